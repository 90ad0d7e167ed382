"""Whom the text speaks of: what "he", "it", "the company" and a cue without a subject stand for."""

from summarizer.speech.cue import Cue
from summarizer.speech.entities import Entities, gender
from summarizer.speech.lexicon import Lexicon
from summarizer.speech.mention import Mention, beginning
from summarizer.speech.model import Speaker
from summarizer.speech.sentences import Sentence

__all__ = ["Coreference"]

_FAR = 3  # sentences that speak of nobody by name, after which a pronoun may stand for anybody


class Coreference:
    """Keeps the person and the body spoken of while the sentences are read in order."""

    def __init__(self, lex: Lexicon, entities: Entities) -> None:
        self._lex = lex
        self._entities = entities
        self._spoken: list[Speaker] = []  # everybody who was that person, in order
        self._heard: dict[Speaker, int] = {}  # persons who are named as speakers, and the paragraph of the first time
        self._person: Speaker | None = None  # the person spoken of last, whom "he" stands for
        self._body: Speaker | None = None  # the body spoken of last, which "it" stands for
        self._named: Speaker | None = None  # the one with a name before that, which "the company" stands for
        self._moved = False  # the narrator turned to `_person` after the last speaker
        self._last: Speaker | None = None  # whoever spoke last, which a cue without a subject stands for
        self._since = 0  # sentences since `_person` was spoken of

    def remember(self) -> None:
        """Note at the end of a sentence whom it was about."""
        self._since += 1
        if self._person is not None and self._person not in self._spoken[-1:]:
            self._spoken.append(self._person)

    def resolve(self, cue: Cue, sentence: Sentence) -> Speaker | None:
        """Return the speaker of a cue; one without a subject has that of the sentence or cue before."""
        if cue.subject is not None:
            inside = cue.side != "right" or cue.subject.low > 2  # "Vestal Energy sells a pump that the company says"
            if inside and cue.subject.kind == "body":
                self._look_for_body(sentence, cue)
            self._last = self.speaks(cue.subject, sentence)
            return self._last
        earlier = [c.subject for c in sentence.cues if c.high <= cue.low and c.subject is not None]
        kinds = {"person", "role", "body", "pronoun"}
        if self._lex.language.subject_optional:  # a body goes on with what it does: "La Toyota non sa ma avverte che"
            kinds -= {"pronoun"} if cue.side == "right" and not sentence.quoted else {"pronoun", "body"}
        told = self._lex.language.subject_optional and cue.side == "left" and not sentence.quoted
        able = (m for m in sentence.mentions if m.high <= cue.low and m.kind in kinds and not told)
        named = [m for m in able if _heads(sentence, m, self._lex) or _after_opening(sentence, m, self._lex)]
        if earlier or named:
            self._last = self.whom(earlier[-1] if earlier else named[0])
        elif not self._lex.language.subject_optional:
            return None  # its clause has a subject that we cannot read
        elif self._moved:
            self._last = self._person
        if not earlier and _several(sentence, cue, self._lex) and self._entities.one_person(self._last):
            self._last = None  # "Neri ha detto che …. «…», hanno aggiunto."
        self._moved = False
        return self._last

    def speaks(self, mention: Mention, sentence: Sentence) -> Speaker | None:
        """Return who a noun phrase says is speaking, and keep him in mind."""
        speaker = self._presupposed(self.whom(mention), mention, sentence.paragraph)
        person = speaker is not None and self._entities.one_person(speaker)
        if speaker is not None and person and not self._entities.like_firm(mention, speaker):
            self._heard.setdefault(speaker, sentence.paragraph)
        return speaker

    def whom(self, mention: Mention) -> Speaker | None:
        """Return whom a noun phrase stands for here, and keep him in mind."""
        if mention.kind == "pronoun":
            if mention.role:
                self._person = self._entities.pointed(mention, self._person)
            return self._body if mention.head in self._lex.small.neuter else self._meant(mention)
        speaker = self._entities.resolve(mention, self._person if self._since <= _FAR else None)
        if mention.kind in {"person", "role"}:
            self._since = 0
        if mention.kind == "body":
            if speaker is not None and speaker.name[:1].islower():
                speaker = self._stood_for(speaker, mention)
            self._named = self._named_body()
            self._body = speaker
        elif mention.kind == "person" and speaker is not None and self._entities.like_firm(mention, speaker):
            self._person = self._named = speaker
        elif mention.kind == "person" or (mention.kind == "many" and mention.head) or self._one(mention.head):
            self._person = speaker  # nobody after "one said": who adds something is none spoken of before
        elif mention.head not in self._lex.small.generic:
            self._person = None
        return speaker

    def _presupposed(self, speaker: Speaker | None, mention: Mention, paragraph: int) -> Speaker | None:
        """Return whom a new office presupposes: the only one who spoke so far, named and without that office.

        ``the former Alloa manager``, ``the five-time winner``, and any right behind a headline that has a name speak.
        """
        heard = next(iter(self._heard)) if len(self._heard) == 1 else None
        office = speaker is not None and speaker.unnamed and mention.kind == "role" and not mention.indefinite
        if heard is None or speaker is None or not office:
            return speaker
        headed = self._heard[heard] == 0 and paragraph == 1 and not self._since
        told = headed or not self._lex.entities.presupposing.isdisjoint((speaker.role or "").lower().split())
        apart = speaker.organisation is not None or heard.role is None
        man, other = self._entities.gender_of(heard), self._entities.gender_of(speaker)
        meant = told and apart and (not man or man == (other or man)) and self._entities.one_person(heard)
        self._person = heard if meant else self._person
        return heard if meant else speaker

    def _one(self, office: str) -> bool:
        """Tell whether an office is one person's: "senior official", not "senior officials"."""
        low = office.lower()
        return low in self._lex.entities.roles or low.rpartition(" ")[2] in self._lex.entities.roles

    def _meant(self, mention: Mention) -> Speaker | None:
        """Return whom "he" or "she" stands for: the person spoken of last, unless he or she is none."""
        if mention.head in self._lex.small.plural:  # "Prosecutors said …"
            return self._last if self._last and self._last.unnamed and not self._one(self._last.role or "") else None
        if self._since > _FAR:
            return None
        self._since = 0
        wanted = gender((mention.head,), self._lex)
        told = self._entities.gender_of(self._person) if self._person is not None and wanted else ""
        if told and told != wanted:
            found = next((s for s in reversed(self._spoken) if self._entities.gender_of(s) == wanted), None)
            return found or self._body_of_gender()
        return self._person or self._body_of_gender()

    def _body_of_gender(self) -> Speaker | None:
        """Return the body that spoke last where "she" stands for bodies too: ``La mairie … Elle a ajouté``."""
        body = self._last is not None and self._last == self._body and not self._lex.small.neuter
        return self._last if body and self._lex.language.subject_may_follow else None

    def _stood_for(self, speaker: Speaker, mention: Mention) -> Speaker:
        """Return the body that "the company" stands for.

        "Their union", "the ministry" and "the group of women" stand for themselves.
        """
        before, words = self._body_before(), speaker.name.split()
        kind = any(
            word in self._lex.entities.kinds and (before is None or word not in before.name.lower())
            for word in (words[0], words[-1])
        )
        own = kind or self._entities.owned(mention) or not self._lex.small.of.isdisjoint(words)
        return speaker if before is None or own else before

    def _look_for_body(self, sentence: Sentence, cue: Cue) -> None:
        """Keep the body that a sentence begins with: ``Kronberg Tools expects sales to fall, the company said``."""
        able = (m for m in sentence.mentions if m.high <= cue.low and not self._entities.owned(m))
        near = (self._entities.resolve(m, None) for m in able if m.kind == "body")
        named = [body for body in near if body is not None and body.name[:1].isupper()]
        first = beginning(sentence.mentions[:1], 0)
        if not named and first and first.kind in {"person", "body"} and self._entities.like_body(first):
            self._body, self._last = self._entities.resolve(first, None), None
        elif named:
            self._body, self._last = named[-1], None

    def _body_before(self) -> Speaker | None:
        """Return the body spoken of last, or whoever spoke last if he has no office and so may be one."""
        last = self._last if self._last is not None and self._last.role is None else None
        last = None if last is not None and self._entities.gender_of(last) else last
        return last if last is not None and last.name[:1].isupper() else self._named_body()

    def _named_body(self) -> Speaker | None:
        return self._body if self._body is not None and self._body.name[:1].isupper() else self._named

    def look(self, sentence: Sentence) -> None:
        """Keep whom a sentence without a cue is about, for the pronouns and left-out subjects of the next."""
        roles = (m for m in sentence.mentions if m.kind == "role")
        head = next(
            (m for m in roles if _heads(sentence, m, self._lex) or _after_opening(sentence, m, self._lex)), None
        )
        if head is not None:  # nobody whom it goes on to name is spoken of
            self.whom(head)
            self._moved = True
            return
        able = [m for m in sentence.mentions if m.kind in {"person", "body"}]
        first = next((m for m in able if m.low or self._entities.resolve(m, self._person) is not None), None)
        if first is not None and first.kind == "body" and first.low > 1:  # a person with an office goes before a body
            first = next((m for m in able if m.role and m.name), first)
        if _is_demonym(sentence, self._lex):
            self._person, self._moved = None, True  # nobody says that it is the one spoken of before
            return
        if _told_of(sentence, self._lex) and (first is None or first.low > 1 or first.kind == "body"):
            self._person = None
        acts = first is not None and first.kind == "body" and first.low <= 1 and self._lex.language.subject_optional
        if acts or _new_subject(sentence, self._lex):
            self._person, self._moved = None, True  # whoever spoke before does not go on
        if first is None:
            return
        speaker = self._entities.resolve(first, self._person)
        if first.kind == "body":
            proper = speaker is not None and speaker.name[:1].isupper() and " " in speaker.name
            self._body = speaker if proper and first.low <= 1 else self._body
        elif (
            self._entities.is_person(first)
            or self._entities.first_named(first)
            or _apposed(sentence, first, self._lex)
            or _titled(sentence, first, self._lex)
        ):
            self._person, self._moved, self._since = speaker, True, 0
        elif _begins(sentence, first) and speaker is not None and (" " in speaker.name or speaker.name[0] > "\u2e80"):
            self._person, self._moved = None, True  # a person or a place: we cannot tell


def _several(sentence: Sentence, cue: Cue, lex: Lexicon) -> bool:
    """Tell whether the verb of a cue without a subject is that of several: ``«…», hanno aggiunto``."""
    words = sentence.words.low
    verb = next((word for word in words[cue.low : cue.high] if word[0].isalpha()), "")
    return verb.endswith(lex.small.plural_endings)


def _new_subject(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether a sentence begins with somebody new whom we cannot read: ``Una donna ha chiamato la radio.``."""
    words = sentence.words.low
    told = any(m.kind in {"person", "role", "pronoun"} for m in sentence.mentions)
    new = words[:1] and words[0] in lex.small.indefinite | lex.small.generic
    return bool(new) and "," not in words[:5] and not told


def _begins(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a noun phrase begins a clause, an age before it apart: ``At noon, 65-year-old Ivo Reed left``."""
    before = sentence.words.low[mention.low - 1]
    return mention.low <= 1 or before == "," or before[0].isdigit()


def _heads(sentence: Sentence, mention: Mention, lex: Lexicon) -> bool:
    """Tell whether a sentence begins with a noun phrase, and not with a place: ``A Jinhe, racconta, …``."""
    first = sentence.words.low[0]
    return mention.low == 0 or (mention.low == 1 and first[0].isalpha() and first not in lex.small.prepositions)


def _after_opening(sentence: Sentence, mention: Mention, lex: Lexicon) -> bool:
    """Tell whether only a phrase stands before a noun phrase: ``Da parte sua, l'ambasciatore ha ringraziato e …``."""
    words = sentence.words.low
    opening = words[0] in lex.small.prepositions or words[0] in lex.small.openers
    return opening and words[mention.low - 1] == "," and "," not in words[: mention.low - 1]


def _is_demonym(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether a sentence begins with ``The American`` and a comma or verb: somebody whom we cannot name."""
    words = sentence.words
    told = words.at(0) in lex.small.determiners and words.at(1) in lex.small.nationalities
    return told and all(m.low > 1 for m in sentence.mentions) and words.at(2) not in lex.small.prepositions


def _told_of(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether a sentence begins with somebody whom we cannot read: ``The American, who won the race, …``."""
    words = sentence.words.low
    comma = words.index(",") if "," in words[:5] else 0
    who = comma > 0 and any(word in lex.small.personal for word in words[comma + 1 : comma + 2])
    return who and words[0] in lex.small.determiners


def _titled(sentence: Sentence, mention: Mention, lex: Lexicon) -> bool:
    """Tell whether a sentence begins with a noun that no list has and a whole name: ``Le rappeur Jean Roux``."""
    words = sentence.words
    noun = mention.low == 2 and words.plain(1) and words.at(0) in lex.small.determiners - lex.small.indefinite
    return noun and lex.language.subject_may_follow and mention.high - mention.low > 1


def _apposed(sentence: Sentence, mention: Mention, lex: Lexicon) -> bool:
    """Tell whether an age, "who" or a calling follows a name: ``Li Na, 23, …``, ``Ana Ruiz, una estudiante de …``."""
    after = sentence.words.low[mention.high : mention.high + 3]
    if after[:1] != [","] or not after[1:]:
        return False
    person = lex.entities.roles | lex.small.nationalities | lex.entities.male | lex.entities.female
    calling = after[1] in lex.small.indefinite and not person.isdisjoint(after[2:])
    return after[1].isdigit() or after[1] in lex.small.personal or calling
