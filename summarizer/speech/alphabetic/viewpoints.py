"""Cues without a verb: ``according to Rossi``, ``secondo Rossi``, ``Rossi, secondo cui``."""

from collections.abc import Sequence
from dataclasses import replace

from summarizer.speech.alphabetic.asides import aside_end, ends
from summarizer.speech.alphabetic.brackets import paper
from summarizer.speech.alphabetic.descriptions import described, inside, phrase_end
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.cue import Cue
from summarizer.speech.mention import Mention, ending
from summarizer.speech.words import QUOTED, Words, span

__all__ = ["according", "account_of", "behind", "behind_source", "by_whom", "starting"]

_APPOSED = 5  # words that say what a body is; fewer may begin a list: "la giunta, il consiglio e …"
_SOURCES = 8  # words of a source
_ACCOUNT = 3  # words to the noun of an account: "einem achtseitigen Bericht"
_OWNED = 5  # words of what somebody owns: "its latest position paper"


def according(words: Words, at: int, end: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``according to Rossi`` and ``secondo Rossi``, before what is said or after it."""
    if lex.language.verb_brackets:
        return _before_verb(words, at, end, found, lex)
    weak = lex.cues.at_start_only.at(words.low, at) > 0
    end += end < len(words) - 1 and words.low[end] in lex.names.numbers  # "according to two people"
    subject = _owner(words, end, lex) or starting(found, end)
    subject = subject or (None if weak else _source(words, end, found, lex))
    if subject is None and at > 0 and lex.language.conjunction_optional:
        last = words.edge(end)
        paper = (
            words.low[at - 1] == "," and ends(words, last) and not lex.cues.channels.isdisjoint(words.low[end:last])
        )
        return behind(words, at, last, Mention(end, last, "many")) if paper else None  # "…, according to filings."
    if subject is None or (subject.kind == "pronoun" and words.low[end] not in lex.small.possessives):
        return None
    comma = next((i for i in range(subject.low, subject.high) if words.low[i] == ","), 0)
    definite = comma and words.low[comma + 1] in lex.small.determiners - lex.names.indefinite
    after = words.at(subject.high)
    if definite and subject.kind == "person" and after.isalnum() and after not in lex.small.conjoined:
        subject = replace(subject, high=comma, role=None, organisation=None)  # "Secondo il Molo, la sindaca è …"
    high = aside_end(words, subject.high, lex) or _owned_end(words, subject.high, lex)
    if words.at(high) in lex.names.attributes and subject.kind in {"many", "role"}:
        high = words.edge(high)
        told = span(subject.role[0], words.ends[high - 1]) if subject.role else None
        subject = replace(subject, description=told)
    high = _past_apposition(words, high, found, lex)
    return _parted(words, at, high, subject, found, lex)


def _source(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return a source whom no list knows: whose account it is, somebody described, several, or a paper alone."""
    author = _author(words, at, found, lex)
    if author is None and QUOTED in words.low[at:] and words.low[at - 1] in lex.small.determiners:
        author = described(words, at - 1, phrase_end(words, at, lex), lex)  # "Secondo i giudici d'appello, «…»"
    author = author or _sources(words, at, lex)
    if author is None and lex.language.verb_brackets:
        return (starting(found, at + 1) if words.plain(at) else None) or _paper(words, at, lex)
    return author


def _parted(words: Words, at: int, high: int, subject: Mention, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Return a source ``words[at:high]`` that a comma, a quotation or a new clause parts from what is said."""
    weak = lex.cues.at_start_only.at(words.low, at) > 0
    after, loose = words.at(high), lex.small.conjoined | lex.small.adversatives
    led = at == 1 or (at == 2 and words.low[1] == ",")  # "E, secondo i funzionari, …"
    if at > 0 and not (led and words.low[0] in loose):
        return None if weak else behind(words, at, high, subject)
    if after == "," == words.at(high + 2) and words.low[high + 1] in lex.small.openers:
        return Cue(at, high + 3, "right", subject)  # "Per Moro, invece, …"
    clause = after in lex.small.determiners or starting(found, high) is not None
    if after in {",", QUOTED} or (clause and not weak):
        return Cue(at, high + (after == ","), "right", subject)
    # "Per la Moretti il governo", but "Per la scuola il governo": it takes a person
    return Cue(at, high, "right", subject, doubtful=True) if after in lex.small.determiners else None


def behind_source(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``der Polizei zufolge`` and ``Berichten zufolge``, where the preposition stands behind its noun."""
    told = tuple(lex.verbs.nouns | lex.cues.channels)
    near = range(at - 1, max(-1, at - 1 - _OWNED), -1)
    noun = next((i for i in near if words.low[i].endswith(told)), None)
    if noun is None or not all(word[0].isalnum() or word == QUOTED for word in words.low[noun:at]):
        subject = ending(found, at)
        return _verb_second(words, subject.low, at + 1, subject, lex) if subject is not None else None
    subject = _genitive(words, noun + 1, found, lex) if noun < at - 1 else None
    low = noun - (words.at(noun - 1) in lex.small.determiners)  # "Angaben der Polizei zufolge"
    return _verb_second(words, low, at + 1, subject or Mention(low, at, "many"), lex)


def _before_verb(words: Words, at: int, start: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``laut Polizei ist …``, ``nach ersten Angaben ist …`` and ``nach Ansicht von Rossi ist …``.

    A noun of account tells that a preposition ("nach") is no "after"; its genitive is whose account it is.
    """
    plain = words.low[at] in lex.small.prepositions
    told = lex.verbs.nouns if plain else lex.verbs.nouns | lex.cues.channels
    ahead = range(start, min(start + _ACCOUNT, len(words) - 1))
    noun = next((i for i in ahead if words.low[i].endswith(tuple(told))), None)
    source: Mention | None = None
    if noun is not None and all(word.isalpha() for word in words.low[start:noun]):
        source = _genitive(words, noun + 1, found, lex) or Mention(start, noun + 1, "many")
    elif not plain and words.low[start] not in lex.small.prepositions - lex.small.determiners:
        source = _paper(words, start, lex) or _genitive(words, start, found, lex, bare=True)
    return _verb_second(words, at, _apposed(words, source.high, lex), source, lex) if source is not None else None


def _apposed(words: Words, at: int, lex: Grammar) -> int:
    """Step over what is told of a source between commas: ``Laut Karl Winter, Chef von Nordbau, ist …``."""
    if words.at(at) != ",":
        return at
    stop = words.edge(at + 1)
    told = words.at(stop) == "," and lex.cues.finite.isdisjoint(words.low[at:stop])
    return aside_end(words, at, lex) or (stop if told else at)


def account_of(words: Words, cue: Cue, subject: Mention, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return whose account a subject speaks of: ``Sie lehnte den Vorschlag der Stadt ab, den Hafen zu schließen``."""
    ahead = range(subject.high, cue.high - 1)
    noun = next((i for i in ahead if words.low[i].endswith(tuple(lex.verbs.nouns))), None)
    return _genitive(words, noun + 1, found, lex) if noun is not None else None


def _genitive(words: Words, at: int, found: Sequence[Mention], lex: Grammar, *, bare: bool = False) -> Mention | None:
    """Return whose account it is: ``der Polizei``, ``von Ermittlern``, ``politischer Beobachter``, ``Winters``.

    A source itself (`bare`) has no genitive: ``laut | Polizei``.
    """
    low = at + (words.low[at] in lex.names.genitive or words.low[at] in lex.small.determiners)
    owner = starting(found, low) or paper(words, low - 1)
    owner = owner if owner is not None and owner.low >= at else None
    high = next((i + 1 for i in range(low, min(low + _ACCOUNT, len(words))) if i in words.nouns), low)
    if low == at and not bare:
        end = next(i for i in range(at, len(words) + 1) if not words.capital(i))
        if end > at and words.low[end - 1].endswith("s"):
            return Mention(at, end, "person", name=span(words.starts[at], words.ends[end - 1] - 1))
        if not words.low[low].endswith("er"):
            return None
    if high == low or (owner is not None and owner.high >= high):
        return owner
    told = span(words.starts[low], words.ends[high - 1])
    return Mention(low, high, "role", role=told, description=told, head=words.low[high - 1], indefinite=True)


def _in_side_clause(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a relative clause has begun and is not over: ``ein Bau, der nach Angaben der Stadt …, ist``."""
    comma = next((i for i in range(at - 1, -1, -1) if words.low[i] == ","), None)
    opener = words.low[comma + 1] if comma is not None else ""
    led = comma is not None and (comma + 2 == at or words.low[comma + 2] in lex.small.prepositions)
    return opener in lex.cues.relatives or (led and opener in lex.small.determiners)


def _paper(words: Words, at: int, lex: Grammar) -> Mention | None:
    """Return a paper or account that tells nobody's name: ``nach | Polizeiangaben``, ``laut | Medienberichten``."""
    for index in range(at, min(at + _ACCOUNT, len(words))):
        if words.low[index] == QUOTED or words.low[index].endswith(tuple(lex.cues.channels)):
            return Mention(at, index + 1, "many")
    return None


def _verb_second(words: Words, at: int, high: int, subject: Mention, lex: Grammar) -> Cue | None:
    """Return a source that no comma parts from what is said: ``Laut Polizei ist …``, ``Das ist laut Polizei …``."""
    if at == 0:
        return Cue(at, high + (words.at(high) == ","), "right", subject)
    if _in_side_clause(words, at, lex):
        return None
    until = next((i for i in range(high, len(words)) if words.low[i] == ";"), None)
    return _closing(words, at, high, subject) or Cue(at, high, "both", subject, until=until)


def _past_apposition(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> int:
    """Step over what a body is, between commas: ``Secondo Unimec, l'associazione dei costruttori, gli ordini …``."""
    if at + 2 >= len(words):
        return at
    close = next((i for i in range(at + (words.low[at] == ","), len(words)) if not inside(words, i, lex)), at)
    if list(words.low[close : close + 2]) == [",", QUOTED]:
        return close  # "Secondo Anna Moro, titolare di un bar sul mare, «…»"
    if words.low[at] != "," or words.low[at + 1] not in lex.small.determiners:
        return at
    said = next((m for m in found if m.low in {at + 1, at + 2}), None)
    if said is None or said.kind not in {"body", "role"} or words.capital(at + 2) or said.high < at + _APPOSED:
        return at
    return said.high if said.high < len(words) - 2 and words.low[said.high] == "," else at


def _owner(words: Words, at: int, lex: Grammar) -> Mention | None:
    """Read the owner in ``according to its latest position paper``."""
    pronoun = lex.small.possessives.get(words.at(at))
    return Mention(at, at + 1, "pronoun", head=pronoun) if pronoun and words.plain(at + 1) else None


def _author(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return whose paper or account a source is: ``secondo le stime del | Comune``, ``quanto riferito da | Neri``."""
    at = words.past(at, lex.small.determiners, lex.names.role_modifiers)
    of = lex.names.genitive | lex.cues.agents
    near = (m for m in found if at < m.low <= at + _OWNED and words.low[m.low - 1] in of)
    account = words.at(at) in lex.cues.channels
    return next((m for m in near if account and all(inside(words, i, lex) for i in range(at, m.low))), None)


def _sources(words: Words, at: int, lex: Grammar) -> Mention | None:
    """Read sources in the plural up to a mark: ``according to investigators``; one thing alone may be a calendar."""
    end = next((i for i in range(at, len(words)) if not inside(words, i, lex)), len(words))
    low = at - (words.low[at - 1] in lex.small.determiners)
    head = next((i for i in range(at, end) if words.low[i] in lex.small.of), end) - 1
    if words.at(end)[:1].isalnum() or head < at or end > low + _SOURCES or words.capital(head):
        return None
    if words.low[head] in lex.cues.channels:
        known = words.low[low] in lex.small.determiners  # "according to the report", "according to statistics"
        return Mention(low, end, "many") if known else None
    telling = words.low[low] if lex.language.subject_may_follow else words.low[head]
    plural = telling.endswith(lex.cues.several_endings) and (low < at or not lex.language.subject_may_follow)
    told = span(words.starts[at], words.ends[end - 1])
    source = Mention(low, end, "role", role=told, description=told, head=words.low[head], indefinite=True)
    return source if plural else None


def _owned_end(words: Words, at: int, lex: Grammar) -> int:
    """Return where a paper ends that is somebody's: ``the chamber's | latest position paper``."""
    end = at
    if words.low[at - 1] == "'s" or words.low[at - 1] in lex.small.possessives:
        while (
            end - at < _OWNED
            and words.at(end) not in lex.small.of
            and words.at(end).isalnum()
            and words.printed[end].islower()
        ):
            end += 1
    return end


def behind(words: Words, at: int, high: int, subject: Mention) -> Cue | None:
    """Read a phrase that tells the speaker after what is said, or between commas in its middle."""
    between = words.low[at - 1] == "," == words.at(high)
    return _closing(words, at, high, subject) or (Cue(at, high, "both", subject) if between else None)


def _closing(words: Words, at: int, high: int, subject: Mention) -> Cue | None:
    closes = ends(words, high) or high >= len(words) - 1
    return Cue(at - (words.low[at - 1] == ","), high, "left", subject) if closes else None


def by_whom(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``la capogruppo Irene Moretti, secondo cui …``, and not ``l'azienda per la quale lavora``."""
    length = lex.cues.by_whom.at(words.low, at)
    before = at - (words.at(at - 1) == ",")
    subject = ending(found, before) if length else None
    weak = lex.cues.at_start_only.at(words.low, at) and words.at(at + length) not in {QUOTED, *lex.small.determiners}
    return Cue(before, at + length, "right", subject) if subject is not None and not weak else None


def starting(found: Sequence[Mention], at: int) -> Mention | None:
    """Return the noun phrase that begins at `at` or runs across it."""
    return next((m for m in found if m.low == at or m.low < at < m.high), None)
