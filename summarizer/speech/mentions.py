"""Noun phrases that may name a speaker: a person with an office, an office alone, a body, a pronoun."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.speech.lexicon import Lexicon
from summarizer.speech.words import QUOTED, Words

__all__ = ["Mention", "describe", "mentions"]

_MAX_APPOSITION = 45  # words; the longest offices of officials stay under it
_STOPS = frozenset(",;:.()!?…") | {QUOTED}
_COMPANY_ENDS = frozenset({"ltd", "inc", "llc", "corp", "s", "co", "plc", "limited"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase: ``words[low:high]`` of its sentence.

    Attributes:
        kind: ``role`` is an office without a name ("the mayor"), ``many`` more than one speaker.
        name: code-point offsets of the name, None without one.
        role: code-point offsets of the office, None without one.
        organisation: code-point offsets of the office's body or place, None without one.
        head: for a pronoun the pronoun, for an office its words, in small letters.
    """

    low: int
    high: int
    kind: Literal["person", "body", "role", "pronoun", "many"]
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    organisation: tuple[int, int] | None = None
    head: str = ""


def mentions(words: Words, lex: Lexicon) -> list[Mention]:
    """Return the noun phrases of a sentence that may name somebody, in order."""
    found: list[Mention] = []
    at = 0
    while at < len(words):
        end = _phrase_end(words, at, lex)
        mention = describe(words, at, end, lex) if end > at else None
        if mention is not None:
            found.append(mention)
        at = max(end, at + 1)
    return found


def _named(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a word may be part of a name: a capital, and no function word at a sentence's head."""
    low = words.low[at]
    if (
        not words.capital(at)
        or low in lex.calendar
        or low in lex.determiners
        or low in lex.pronouns
        or low in lex.first_person
    ):
        return False
    return not (
        at == 0
        and (
            lex.according.at(words.low, at)
            or low in lex.connectors
            or low in lex.auxiliaries
            or lex.goes_on.at(words.low, at)
        )
    )


def _titled(words: Words, at: int, lex: Lexicon) -> bool:
    low = words.low[at]
    return low in lex.roles or low in lex.honorifics or low in lex.role_modifiers


def _phrase_end(words: Words, at: int, lex: Lexicon) -> int:
    """Return where the noun phrase that begins at `at` ends, `at` when none does."""
    low = words.low[at]
    if low in lex.pronouns:
        return at + 1
    end = at
    while end < len(words) and words.low[end] in lex.determiners:
        end += 1
    core = _core_end(words, end, lex)
    if core == end:
        return at
    return _appositions_end(words, end, core, lex)


def _core_end(words: Words, at: int, lex: Lexicon) -> int:
    """Return the end of names, offices and bodies joined by prepositions, brackets and ``'s``."""
    end = at
    while end < len(words):
        step = _step(words, at, end, lex)
        if not step:
            break
        end += step
    return end


def _step(words: Words, at: int, end: int, lex: Lexicon) -> int:
    """Return by how many words the phrase ``words[at:end]`` goes on."""
    low = words.low[end]
    if _named(words, end, lex) or _titled(words, end, lex) or low in lex.bodies:
        return 1
    if end == at:
        return 0
    if low == "(":
        return _bracket(words, end)
    if low in lex.connectors or low in lex.particles or low in lex.conjoined:
        return _joined(words, end, lex)
    nationality = low in lex.nationalities and end + 1 < len(words) and words.low[end + 1] in lex.bodies
    return int(low in {"'s", "&"} or nationality or (low == "." and _abbreviated(words, end - 1, lex)))


def _abbreviated(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether the full stop after word `at` is that of ``Dr.``, ``Co.`` or an initial, inside the phrase."""
    low = words.low[at]
    initial = len(low) == 1 and words.capital(at)
    return initial or (at + 2 < len(words) and (low in lex.honorifics or low in _COMPANY_ENDS))


def _bracket(words: Words, at: int) -> int:
    for end in range(at + 1, min(at + 6, len(words))):
        if words.low[end] == ")":
            return end + 1 - at
    return 0


def _joined(words: Words, at: int, lex: Lexicon) -> int:
    """Return how many words lead over prepositions and articles to the phrase's next name, office or body."""
    end = at
    while (
        end < len(words)
        and end - at < 3
        and (
            words.low[end] in lex.connectors
            or words.low[end] in lex.determiners
            or words.low[end] in lex.particles
            or words.low[end] in lex.conjoined
        )
    ):
        end += 1
    if end >= len(words):
        return 0
    if _named(words, end, lex) or _titled(words, end, lex):
        return end - at
    if words.low[at - 1] in lex.bodies and words.low[at] in lex.of and words.low[end].isalpha():
        return end + 1 - at  # Camera di commercio
    for ahead in range(end, min(end + 4, len(words))):  # of a local textile company
        if words.low[ahead] in lex.bodies:
            return ahead - at
        if not words.low[ahead].isalpha() or words.low[ahead] in lex.connectors:
            break
    return 0


def _appositions_end(words: Words, start: int, end: int, lex: Lexicon) -> int:
    """Take in what stands between commas: an office after a name, a name after an office, a company's ending."""
    has_role = any(word in lex.roles for word in words.low[start:end])
    has_name = _only_names(words, start, end, lex)
    while end + 1 < len(words) and words.low[end] == ",":
        stop = _comma_end(words, end + 1)
        if words.low[end + 1] in _COMPANY_ENDS and has_role:
            end = _core_end(words, end + 1, lex)
        elif has_name and _role_led(words, end + 1, stop, lex):
            end = max(_core_end(words, _skip(words, end + 1, lex), lex), end + 1)
            has_role = True
        elif has_role and not has_name and _name_alone(words, end + 1, lex):
            end = _core_end(words, end + 1, lex)
            has_name = True
        else:
            break
    return end


def _name_alone(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a person's name begins at `at`; a single word counts between commas only."""
    end = _core_end(words, at, lex)
    single = end - at == 1 and end < len(words) and words.low[end] not in ",."
    return not single and _only_names(words, at, end, lex)


def _skip(words: Words, at: int, lex: Lexicon) -> int:
    while at < len(words) and (
        words.low[at] in lex.determiners
        or words.low[at] in lex.conjoined
        or (words.low[at].islower() and not _titled(words, at, lex))
    ):
        at += 1
    return at


def _comma_end(words: Words, at: int) -> int:
    for end in range(at, min(at + _MAX_APPOSITION, len(words))):
        if words.low[end] in ",;":
            return end
    return min(at + _MAX_APPOSITION, len(words))


def _only_names(words: Words, start: int, end: int, lex: Lexicon) -> bool:
    """Tell whether the words are a person's name and nothing else."""
    inner = [i for i in range(start, end) if words.low[i] not in lex.particles and words.low[i] not in ". '"]
    if not inner or len(inner) > 5:
        return False
    return all(
        _named(words, i, lex) and words.low[i] not in lex.bodies and words.low[i] not in lex.roles for i in inner
    )


def _role_led(words: Words, at: int, end: int, lex: Lexicon) -> bool:
    """Tell whether an office stands among the first words, without a name of its own right after it."""
    for index in range(at, min(at + 7, end)):
        low = words.low[index]
        if low in lex.roles:
            after = index + 1
            while after < end and _titled(words, after, lex):
                after += 1
            return after >= end or words.low[after] in lex.of or not _named(words, after, lex)
        if not (low.isalpha() or "-" in low or low == "'s") or low in lex.pronouns:
            return False
    return False


@dataclass(frozen=True, slots=True)
class _Part:
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    organisation: tuple[int, int] | None = None
    body: bool = False


def describe(words: Words, low: int, high: int, lex: Lexicon) -> Mention | None:
    """Say what the noun phrase ``words[low:high]`` is, None when it can be no speaker."""
    start = low
    while start < high and words.low[start] in lex.determiners:
        start += 1
    if high - low == 1 and words.low[low] in lex.pronouns:
        return Mention(low, high, "pronoun", head=words.low[low])
    parts: list[_Part] = []
    for a, b in _segments(words, start, high):
        parts.append(_part(words, a, b, lex, named=any(part.name and not part.body for part in parts)))
    names = [part.name for part in parts if part.name and not part.body and words.capital(part.name[0])]
    roles = [part for part in parts if part.role]
    if names and not roles and _coordinated(words, start, high, lex):
        return Mention(low, high, "many")
    organisation = next((part.organisation for part in parts if part.organisation), None)
    role = _offsets(words, roles[0].role) if roles else None
    head = " ".join(words.low[slice(*roles[0].role)]) if roles and roles[0].role else ""
    mention = Mention(low, high, "person", None, role, _offsets(words, organisation), head)
    if names:
        return replace(mention, name=_offsets(words, names[0]))
    if roles:
        return replace(mention, kind="role")
    body = next((part.name for part in parts if part.body), None)
    return replace(mention, kind="body", name=_offsets(words, body)) if body else None


def _offsets(words: Words, span: tuple[int, int] | None) -> tuple[int, int] | None:
    return (words.starts[span[0]], words.ends[span[1] - 1]) if span and span[1] > span[0] else None


def _segments(words: Words, start: int, end: int) -> list[tuple[int, int]]:
    commas = [
        i
        for i in range(start, end)
        if words.low[i] == "," and not (i + 1 < end and words.low[i + 1] in _COMPANY_ENDS)
    ]
    edges = [start - 1, *commas, end]
    return [(a + 1, b) for a, b in itertools.pairwise(edges) if b > a + 1]


def _coordinated(words: Words, start: int, end: int, lex: Lexicon) -> bool:
    return any(words.low[i] in lex.conjoined and words.low[i] != "&" for i in range(start, end)) and not any(
        words.low[i] in lex.bodies for i in range(start, end)
    )


def _part(words: Words, start: int, end: int, lex: Lexicon, *, named: bool) -> _Part:
    """Read one stretch between commas; `named` when the person's name stood in an earlier one."""
    while start < end and (words.low[start] in lex.determiners or words.low[start] in lex.conjoined):
        start += 1
    after = start
    while after < end and (words.low[after] in lex.honorifics or words.low[after] == "."):
        after += 1
    if start < after < end and not any(word in lex.roles for word in words.low[after:end]):
        return _Part(name=(after, end))
    role = _role_span(words, after, end, lex)
    if role is None:
        body = any(word in lex.bodies for word in words.low[start:end]) or _acronym(words, start, end)
        while end > start and words.low[end - 1] == "'s":
            end -= 1
        return _Part(name=(start, end), body=body) if start < end else _Part()
    name, organisation, role = _around(words, start, end, role, lex)
    if named and name and organisation:
        organisation = organisation[0], name[1]
    return _Part(name=None if named else name, role=role, organisation=organisation)


def _acronym(words: Words, start: int, end: int) -> bool:
    return end - start == 1 and len(words.printed[start]) > 1 and words.printed[start].isupper()


def _role_span(words: Words, start: int, end: int, lex: Lexicon) -> tuple[int, int] | None:
    head = next((i for i in range(start, end) if words.low[i] in lex.roles), None)
    if head is None:
        return None
    low = head
    while low > start and (_titled(words, low - 1, lex) or words.low[low - 1] in lex.nationalities):
        low -= 1
    high = head + 1
    while high < end and words.low[high] in lex.roles | lex.role_modifiers:
        high += 1
    return low, high


def _around(
    words: Words, start: int, end: int, role: tuple[int, int], lex: Lexicon
) -> tuple[tuple[int, int] | None, tuple[int, int] | None, tuple[int, int]]:
    """Part what stands beside an office into the name, the body it is held in, and the office in full."""
    low, high = role
    left = low - 1 if low > start and words.low[low - 1] == "'s" else low
    before = (start, left) if left > start and any(words.capital(i) for i in range(start, left)) else None
    if high >= end:
        return None, before, role
    if words.low[high] not in lex.of and words.low[high] not in lex.conjoined:
        return ((high, end) if words.capital(high) else None), before, role
    name = _name_at_end(words, high, end, lex)
    stop = name[0] if name else end
    if any(words.low[i] in lex.roles and words.low[i - 1] in lex.conjoined for i in range(high, stop)):
        return name, before, (low, stop)
    complement = high
    while complement < stop and (words.low[complement] in lex.of or words.low[complement] in lex.determiners):
        complement += 1
    if before is None and complement < stop:
        return name, (complement, _without_bracket(words, complement, stop)), role
    return name, before, (low, stop)


def _without_bracket(words: Words, start: int, end: int) -> int:
    if words.low[end - 1] != ")":
        return end
    return max(i for i in range(start, end) if words.low[i] == "(")


def _name_at_end(words: Words, start: int, end: int, lex: Lexicon) -> tuple[int, int] | None:
    """Return the person's name that ends ``of the China Chamber of International Commerce Sun Xiao``."""
    low = end
    while low > start and _named(words, low - 1, lex) and words.low[low - 1] not in lex.places:
        if not lex.body_first and words.low[low - 1] in lex.bodies:
            break
        low -= 1
    after_head = words.low[low - 1] in lex.places or words.low[low - 1] == ")" or words.low[low - 1] in lex.bodies
    if lex.body_first and low < end and words.low[low] in lex.bodies:
        low, after_head = low + 1, True
    count = end - low
    if count >= 3:
        return end - 2, end
    return (low, end) if after_head and count == 2 else None


def by_end(found: Sequence[Mention]) -> dict[int, Mention]:
    """Index mentions by the word after their last."""
    return {mention.high: mention for mention in found}
