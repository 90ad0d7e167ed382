"""Whose a quote is: what the article ties to the words, what the rules take from elsewhere, whom the model names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.article.span import Span
from summarizer.checks.attribution import same_voice
from summarizer.digest import Speaker
from summarizer.ground.locate import locate
from summarizer.ground.quotation import touching
from summarizer.ground.reading import Reading
from summarizer.speech import Speaker as Known
from summarizer.speech import Speech
from summarizer.speech.quotations import weight

__all__ = ["Spoken", "attributed"]

#: A person whom a model names beside a quote stands within so many sentences of it.
_NEAR = 3
#: Letters that every form of a name's word has.
_STEM = 3
#: Characters that a rule may have read too far behind a Chinese name, whose end no space shows.
_OVERRUN = 2
#: A clause has so many words or more, or in Chinese twice as many characters.
_CLAUSE = 4
_HAN = re.compile(r"[\u3400-\u9fff]")
_DOT = re.compile("[·•‧]")
#: An article before an office: ``the mayor``, ``l'assessore``.
_ARTICLE = re.compile(r"^[a-z]{1,3}(?:['’]|\s+)")
_WORD = re.compile(r"[^\W\d_]+")

Attributed = tuple[Speaker | None, tuple[Finding, ...]]


@dataclass(frozen=True)  # no slots: a place is looked for when somebody asks for it
class Spoken:
    """A quote before it is published: where it stands, the speech it is of, and whom the model names.

    Attributes:
        span: its place in the article.
        said: the speech that the rules hear there, None where they hear nobody.
        named: the speaker in the model's words, empty where it names none.
        trusted: whether the model's word may outweigh what the rules only infer.
    """

    reading: Reading
    span: Span
    said: Speech | None
    named: str
    trusted: bool

    @property
    def known(self) -> Known | None:
        """The speaker by the rules."""
        return self.said.speaker if self.said else None

    @cached_property
    def source(self) -> Span | None:
        """Where the subject of the verb of saying stands, None where that verb is not the quote's own."""
        if self.said is None or self.said.source is None:
            return None
        source = Span(*self.said.source)
        return source if source.overlaps(touching(self.reading, self.span, 1)) else None

    @property
    def tied(self) -> bool:
        """Whether the article ties the rules' speaker to the words: his name is the subject of the verb of saying.

        A noun ("the buyer", "the company") is no name, and neither is a lone word with the capital that begins a
        sentence.
        """
        if self.source is None or self.known is None or self.known.unnamed or self.known.name.islower():
            return False
        begins = touching(self.reading, self.source).start == self.source.start
        printed = self.source.of(self.reading.article.text)
        lone = begins and not _HAN.search(printed) and " " not in self.known.name and self.known.role is None
        return not lone and _part(printed, self.known.name)

    @property
    def proved(self) -> bool:
        """Whether the tie is proof: in Chinese, whose words no spaces part, the name may be cut out of a longer word.

        There (``巴基斯`` of ``巴基斯坦…主任哈立德``) the word of a trusted model for somebody near counts for more.
        """
        cut = self.trusted and self.known is not None and bool(_HAN.search(self.known.name))
        return self.tied and not (cut and self.near is not None)

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Where the article has the name that the model gives, nearest to the quote first."""
        if not any(c.isalpha() for c in self.named) or any(c.isdigit() for c in self.named) or self.echoed:
            return ()
        found = tuple(_places(self.reading.article.text, self.named, self.reading.language))
        return tuple(sorted(found, key=lambda place: max(place.start - self.span.end, self.span.start - place.end)))

    @property
    def echoed(self) -> bool:
        """Whether the model gives the words of the quote, or most of them, for the name of who says them."""
        quote, named = _plain(self.span.of(self.reading.article.text)), _plain(self.named)
        short, long = sorted((quote, named), key=len)
        return short in long and 2 * len(short) > len(long)

    @property
    def at_verb(self) -> Span | None:
        """Where the model's speaker stands, if all or a part of the name is the subject of the verb of saying."""
        if self.source is None or not self.places:
            return None
        whole = next((p for p in self.places if p.overlaps(self.source)), None)
        short = _part(self.source.of(self.reading.article.text), self.named)
        return whole or (self.places[0] if short else None)

    @property
    def near(self) -> Span | None:
        """Where the model's speaker stands who is named near the quote, by the whole name or what is short for it."""
        around = touching(self.reading, self.span, _NEAR if self.trusted else 0)
        whole = next((p for p in self.places if p.overlaps(around)), None)
        if whole or not self.places or not self.trusted:
            return whole
        text = around.of(self.reading.article.text)
        return (
            self.places[0]
            if any(next(_places(text, short, self.reading.language), None) for short in self._short)
            else None
        )

    @property
    def inner(self) -> bool:
        """Whether the model's speaker acts between the verb of saying and the words: a report in another's report.

        ``Reuters reports that the club's lawyers prepare a suit over what they call “…”``. Behind a name that stands
        right before the words the article may only say whom they were said to.
        """
        if self.source is None or self.near is None or not self.source.end <= self.near.start:
            return False
        between = Span(self.near.end, max(self.near.end, self.span.start))
        sentence = touching(self.reading, self.span)
        return sentence.overlaps(self.near) and weight(between.of(self.reading.article.text)) >= _CLAUSE

    @property
    def meant(self) -> Span | None:
        """Where the model's speaker stands: near the quote, or a person's full name or known speaker anywhere.

        Whom an interview is with stands at its head, and is *he* or *the winner* for the rest of it.
        """
        anywhere = _full_name(self.named) or languages.get(self.reading.language).general or self.speaks
        return self.near or next(iter(self.places if anywhere else ()), None)

    @property
    def speaks(self) -> bool:
        """Whether the rules hear the model's speaker somewhere in the article."""
        return any(_part(self.named, s.speaker.name) for s in self.reading.speeches if s.speaker)

    @property
    def _short(self) -> Iterator[str]:
        """What may stand for the name that the model gives: its last word, a part of a foreign name, the office."""
        if _full_name(self.named):
            yield from [part for part in _DOT.split(self.named) if part != self.named] or self.named.split()[-1:]
        people = (s.speaker for s in self.reading.speeches if s.speaker and s.speaker.name == self.named)
        yield from {person.role for person in people if person.role}


def attributed(spoken: Spoken, where: str) -> Attributed:
    """Return the speaker of a quote, and what there is to know about the choice.

    A name that the article ties to the words is followed whatever the model says, unless that one reports what
    another says. What the rules take from a pronoun, an office or a sentence before, and any Chinese name, gives way
    to another name near the quote, a noun to a name anywhere, if the model is trusted.

    Args:
        spoken: the quote.
        where: JSON pointer of its speaker.
    """
    known = spoken.known
    if known is None:
        return _unknown(spoken, where)
    if not spoken.named:
        return _published(known), ()
    if _part(spoken.named, known.name) or _part(known.name, spoken.named):
        return _whole(spoken, known, where)
    if same_voice(_ARTICLE.sub("", spoken.named), known):
        return _published(known), ()
    return _disputed(spoken, known, where)


def _unknown(spoken: Spoken, where: str) -> Attributed:
    """Return whom the model names where the rules have nobody: at the verb, known from elsewhere, or near by name."""
    named = spoken.named
    if spoken.trusted and spoken.near is not None and languages.get(spoken.reading.language).general:
        return _by_model(spoken, spoken.near), ()  # the verbs of saying are not known: a name that is near is enough
    at_verb = spoken.at_verb if spoken.trusted else None
    if at_verb is not None:
        return _by_model(spoken, at_verb), ()
    place = _believable(spoken) if named else None
    if place is None:
        reason = f"the model names {named!r}" if named and not spoken.echoed else "the article does not say who"
        return None, (Finding("quote.unattributed", f"no certain speaker: {reason}", where),)
    name = place.of(spoken.reading.article.text)
    message = f"{name!r} was named by the model; the article does not say so in a way that the rules can read"
    return _by_model(spoken, place), (Finding("quote.named", message, where),)


def _believable(spoken: Spoken) -> Span | None:
    """Return where a speaker stands whom only the model names: one who speaks elsewhere, or whom a trusted one means.

    A model that is not trusted names cities and dates.
    """
    if spoken.trusted:
        return spoken.meant
    return spoken.near if spoken.speaks else None


def _whole(spoken: Spoken, known: Known, where: str) -> Attributed:
    """Return the whole one of two names of which one holds the other: a cut name never beats it."""
    proper = not known.unnamed and not known.name[:1].islower()  # "an official" is no more whole than "official"
    longer = proper and len(_plain(spoken.named)) > len(_plain(known.name))
    place = spoken.places[0] if spoken.places else None
    if place is not None and longer and not _titled(spoken.named, known):
        return _renamed(spoken, known, spoken.at_verb or place, where)
    if spoken.trusted and _overrun(spoken.named, known.name):
        place = Span(known.start, known.start + len(spoken.named))
        return _renamed(spoken, known, place, where)
    return _published(known), ()


def _renamed(spoken: Spoken, known: Known, place: Span, where: str) -> Attributed:
    """Return the rules' speaker under the model's name for them."""
    name = place.of(spoken.reading.article.text)
    speaker = _published(known).model_copy(update={"name": name, "start": place.start, "end": place.end})
    message = f"the rules read {known.name!r}; the model names {name!r} there, which was followed"
    return speaker, (Finding("quote.speaker", message, where),)


def _disputed(spoken: Spoken, known: Known, where: str) -> Attributed:
    """Return one of two different speakers: the one at the verb, else the model's if it is trusted and near."""
    told = f"the model names {spoken.named!r}, the rules take {known.name!r}"
    if spoken.trusted and not spoken.tied and spoken.at_verb is not None:
        message = f"{told}; the former is the subject of the verb of saying"
        return _by_model(spoken, spoken.at_verb), (Finding("quote.speaker", message, where),)
    runs_on = spoken.said is not None and spoken.said.cue is None  # no word there says who speaks
    place = spoken.meant if runs_on or known.name.islower() else spoken.near
    if spoken.trusted and place is not None and (spoken.inner or not spoken.proved):
        inferred = "" if spoken.tied else " from a sentence before or a pronoun"
        message = f"{told}{inferred}; the model was followed, see who is meant"
        return _by_model(spoken, place), (Finding("quote.named", message, where),)
    reason = "whom the article ties to the words" if spoken.proved else "who was followed"
    return _published(known), (Finding("quote.speaker", f"{told}, {reason}", where),)


def _published(known: Known) -> Speaker:
    role = None if known.role == known.name else known.role
    return Speaker(name=known.name, role=role, organisation=known.organisation, start=known.start, end=known.end)


def _by_model(spoken: Spoken, place: Span) -> Speaker:
    """Return the speaker that stands at a place, with the office that the rules know of a person of that name."""
    name = place.of(spoken.reading.article.text)
    known = [s.speaker for s in spoken.reading.speeches if s.speaker and _plain(s.speaker.name) == _plain(name)]
    if known:
        return _published(known[0])
    return Speaker(name=name, role=None, organisation=None, start=place.start, end=place.end)


def _places(text: str, name: str, language: str) -> Iterator[Span]:
    """Yield where a name stands, never inside a longer word; where none is to the letter, by the reversible fold.

    Where nobody has listed how a language inflects, a name may have other endings, and where its script has no
    capitals something joined to it.
    """
    general = languages.get(language).general
    edge = "" if _HAN.search(name) or (general and name.lower() == name.upper()) else r"\b"
    exact = [Span(*m.span()) for m in re.finditer(rf"{edge}{re.escape(name)}{edge}", text)]
    inflected = [Span(*m.span()) for m in re.finditer(_inflected(name), text)] if general and not exact else []
    yield from exact or locate(text, name)[:1] or inflected


def _inflected(name: str) -> str:
    """Return the pattern of a name whose words may have other endings, of three letters at most."""
    words = [re.escape(word[: max(_STEM, len(word) - 2)]) + r"\w{0,3}" for word in _WORD.findall(name)]
    return r"\b" + r"[^\w\n]{1,3}".join(words) + r"\b" if words else r"(?!)"


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _part(one: str, other: str) -> bool:
    """Tell whether one name is the other or a part of it (``Gong`` and ``Gong Zheng``, ``龚正`` and ``市长龚正``)."""
    if _HAN.search(one) or _HAN.search(other):
        return _plain(one) in _plain(other) or _plain(other) in _plain(one)
    a, b = (set(_WORD.findall(name.casefold())) for name in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def _titled(named: str, known: Known) -> bool:
    """Tell whether a longer name only adds the office or the body that the rules know: ``Mayor Gong Zheng``."""
    office = _plain(f"{known.role or ''}{known.organisation or ''}")
    if _HAN.search(named):
        return _plain(named).replace(_plain(known.name), "", 1) in office
    own = set(_WORD.findall(known.name.casefold()))
    return all(word in office for word in set(_WORD.findall(named.casefold())) - own)


def _overrun(named: str, known: str) -> bool:
    """Tell whether the rules read a name too far: ``埃莱娜·吉里贝蒂|连``, ``Olalde|是``."""
    rest = known[len(named) :]
    if not named or not known.startswith(named) or _DOT.match(rest):
        return False
    if not _HAN.search(named):
        return bool(_HAN.match(rest))  # a name in Latin letters ends where the Chinese begins
    return 0 < len(rest) <= _OVERRUN


def _full_name(name: str) -> bool:
    """Tell a name of several words, or in Chinese characters, from a single word that may be a place."""
    words = name.split()
    return bool(_HAN.search(name)) or (len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper())
