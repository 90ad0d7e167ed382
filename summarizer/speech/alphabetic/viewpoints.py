"""Cues without a verb: ``according to Rossi``, ``secondo Rossi``, ``Rossi, secondo cui``."""

from collections.abc import Sequence
from dataclasses import replace

from summarizer.speech.alphabetic.asides import aside_end, ends
from summarizer.speech.alphabetic.descriptions import described, inside, phrase_end
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.cue import Cue
from summarizer.speech.mention import Mention, ending
from summarizer.speech.words import QUOTED, Words, span

__all__ = ["according", "behind", "by_whom", "closing", "starting"]

_APPOSED = 5  # words that say what a body is; fewer may begin a list: "la giunta, il consiglio e …"
_SOURCES = 8  # words of a source
_ADJECTIVES = 2  # behind a source
_OWNED = 5  # words of what somebody owns: "its latest position paper"


def according(words: Words, at: int, end: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``according to Rossi`` and ``secondo Rossi``, before what is said or after it."""
    weak = lex.cues.at_start_only.at(words.low, at) > 0
    counted = (
        words.at(end) in lex.names.numbers and words.plain(end + 1) and words.low[end + 1] not in lex.cues.finite
    )
    end += counted  # "according to two people"
    subject = _owner(words, end, lex) or starting(found, end)
    subject = _lengthened(words, subject, lex) or (None if weak else _source(words, end, found, lex))
    if subject is None and at > 0 and lex.language.conjunction_optional:
        last = words.edge(end)
        paper = not lex.cues.channels.isdisjoint(words.low[end:last])  # "…, according to filings."
        filed = paper and words.low[at - 1] == "," and ends(words, last)
        return behind(words, at, last, Mention(end, last, "many"), lex) if filed else None
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
    """Return a source whom no list knows: whose account it is, somebody described, or several."""
    author = _author(words, at, found, lex)
    if author is None and QUOTED in words.low[at:] and words.low[at - 1] in lex.small.determiners:
        author = described(words, at - 1, phrase_end(words, at, lex), lex)  # "Secondo i giudici d'appello, «…»"
    return author or _some(words, at, lex) or _sources(words, at, lex) or _whatever(words, at, found, lex)


def _some(words: Words, at: int, lex: Grammar) -> Mention | None:
    """Read ``secondo alcuni``, before a comma or a verb: no adjective of a noun, as in *alcuni osservatori*."""
    alone = words.at(at) in lex.small.generic and (
        words.at(at + 1) in lex.cues.finite or words.at(at + 1) in {",", "."}
    )
    return Mention(at, at + 1, "many", head=words.at(at)) if alone else None


def _lengthened(words: Words, subject: Mention | None, lex: Grammar) -> Mention | None:
    """Give a body or an office the adjectives behind it: ``selon les autorités | sanitaires chinoises, …``."""
    if subject is None or subject.kind not in {"body", "role"} or not words.plain(subject.high):
        return subject
    end = words.edge(subject.high)
    rest = words.low[subject.high : end]
    verbs = (*lex.small.plural_endings, *lex.continuation.past_endings)
    told = all(inside(words, i, lex) and words.low[i] not in lex.names.connectors for i in range(subject.high, end))
    if len(rest) > _ADJECTIVES or not told or any(word.endswith(verbs) for word in rest):
        return subject
    whole = span((subject.name or subject.role or (words.starts[subject.low], 0))[0], words.ends[end - 1])
    return replace(subject, high=end, name=whole) if subject.name else replace(subject, high=end, description=whole)


def _whatever(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Read any noun phrase with its article up to a mark: ``secondo la torre di controllo``; no plan and no law."""
    articles = (lex.small.determiners, lex.names.genitive, lex.names.numbers)  # "selon des documents"
    low = at - any(words.low[at - 1] in some for some in articles)
    noun = words.past(at, *articles)
    end = next((i for i in range(noun, len(words)) if not inside(words, i, lex)), len(words))
    if noun == low or words.at(end)[:1].isalnum() or _is_norm(words, noun, end, lex):
        return None
    owned = ending(found, end)  # "the country's National Oil Office"
    whose = (
        owned is not None and words.low[owned.low - 1] == "'s" and lex.small.of.isdisjoint(words.low[at : owned.low])
    )
    named = owned if whose else None
    return named or described(words, low, end, lex) or Mention(low, end, "many")


def _is_norm(words: Words, at: int, end: int, lex: Grammar) -> bool:
    head = next((i for i in range(at, end) if words.low[i] in lex.small.of), end)
    return not lex.cues.norms.isdisjoint(words.low[at:head])


def _parted(words: Words, at: int, high: int, subject: Mention, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Return a source ``words[at:high]`` that a comma, a quotation or a new clause parts from what is said."""
    weak = lex.cues.at_start_only.at(words.low, at) > 0
    placed = at > 0 and words.at(high) == "," and words.at(high + 1) in lex.small.prepositions
    high = words.edge(high + 1) if placed and ends(words, words.edge(high + 1)) else high  # "…, in Clark, in Nevada."
    after, loose = words.at(high), lex.small.conjoined | lex.small.adversatives
    led = at == 1 or (at == 2 and words.low[1] == ",")  # "E, secondo i funzionari, …"
    if at > 0 and not (led and words.low[0] in loose):
        return None if weak else behind(words, at, high, subject, lex)
    clause = after in lex.small.determiners or starting(found, high) is not None or after in lex.cues.finite
    if after in {",", QUOTED} or (clause and not weak):
        return Cue(at, high + (after == ","), "right", subject)
    # "Per la Moretti il governo", but "Per la scuola il governo": it takes a person
    return Cue(at, high, "right", subject, doubtful=True) if after in lex.small.determiners else None


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
    low = at - (words.low[at - 1] in lex.small.determiners or words.low[at - 1] in lex.names.numbers)
    head = next((i for i in range(at, end) if words.low[i] in lex.small.of), end) - 1
    if words.at(end)[:1].isalnum() or head < at or end > low + _SOURCES or words.capital(head):
        return None
    if _is_norm(words, at, end, lex):
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
        while end - at < _OWNED and words.plain(end) and words.low[end] not in lex.small.of:
            end += 1
    return end


def behind(words: Words, at: int, high: int, subject: Mention, lex: Grammar) -> Cue | None:
    """Read a phrase that tells the speaker after what is said, or between commas in its middle."""
    between = words.low[at - 1] == "," == words.at(high)
    opened = any(words.at(at - 2) in some for some in (lex.cues.conjunctions, lex.cues.relatives, lex.small.personal))
    if between and opened:
        return Cue(at - 1, high + 1, "right", subject)  # "des pièces qui, selon le ministère, …"
    return closing(words, at, high, subject) or (Cue(at, high, "both", subject) if between else None)


def closing(words: Words, at: int, high: int, subject: Mention) -> Cue | None:
    """Read a phrase that tells the speaker at a sentence's end."""
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
