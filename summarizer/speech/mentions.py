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
            found.append(_with_adjectives(words, mention, lex))
        at = max(end, at + 1)
    return found


def _with_adjectives(words: Words, mention: Mention, lex: Lexicon) -> Mention:
    """Take the small words between an article and a body into its name: ``the country's disaster agency``."""
    first = mention.name[0] if mention.kind == "body" and mention.name else -1
    if mention.low == 0 or first != words.starts[mention.low] or words.capital(mention.low):
        return mention
    for at in range(mention.low - 1, max(-1, mention.low - 5), -1):
        low = words.low[at]
        if low in lex.determiners and at + 1 < mention.low and mention.name:
            return replace(mention, low=at, name=(words.starts[at + 1], mention.name[1]))
        if not (low.isalpha() or low == "'s") or low in lex.connectors or low in lex.auxiliaries:
            break
    return mention


def _named(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a word may be part of a name: a capital, and no function word at a sentence's head."""
    low = words.low[at]
    if (
        not words.capital(at)
        or low in lex.calendar
        or low in lex.determiners
        or low in lex.pronouns
        or low in lex.generic
        or lex.first_person.at(words.low, at)
    ):
        return False
    return not (
        (at == 0 or not words.low[at - 1][0].isalnum())
        and (
            lex.according.at(words.low, at)
            or low in lex.connectors
            or low in lex.auxiliaries
            or lex.goes_on.at(words.low, at)
        )
    )


def _titled(words: Words, at: int, lex: Lexicon) -> bool:
    low = words.low[at]
    return _is_role(low, lex) or low in lex.honorifics or low in lex.role_modifiers


def _phrase_end(words: Words, at: int, lex: Lexicon) -> int:
    """Return where the noun phrase that begins at `at` ends, `at` when none does."""
    low = words.low[at]
    if low in lex.pronouns or low in lex.generic:
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
        return _joined(words, at, end, lex)
    nationality = low in lex.nationalities and end + 1 < len(words) and words.low[end + 1] in lex.bodies
    plural = (
        low in {"'", "’"} and words.low[end - 1].endswith("s") and end + 1 < len(words) and words.capital(end + 1)
    )
    return int(low in {"'s", "&"} or plural or nationality or (low == "." and _abbreviated(words, end - 1, lex)))


def _possessed(words: Words, at: int, lex: Lexicon) -> int:
    """Return how many small words lead from ``Indonesia's`` to the noun of its body: ``disaster mitigation``."""
    for ahead in range(at, min(at + 4, len(words))):
        if words.low[ahead] in lex.bodies or _is_role(words.low[ahead], lex):
            return ahead - at
        if not words.low[ahead].isalpha() or words.low[ahead] in lex.connectors:
            break
    return 0


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


def _joined(words: Words, start: int, at: int, lex: Lexicon) -> int:
    """Return how many words lead over prepositions and articles to the phrase's next name, office or body."""
    if words.low[at] in lex.conjoined and _another_office(words, at, lex):
        return 0
    headed = any(_is_role(low, lex) or low in lex.bodies for low in words.low[start:at])
    if not (
        headed or words.low[at] in lex.genitive or words.low[at] in lex.conjoined or words.low[at] in lex.particles
    ):
        return 0
    end = at
    while end < len(words) and end - at < 3 and _leads(words.low[end], lex):
        end += 1
    if end >= len(words):
        return 0
    if _named(words, end, lex) or _titled(words, end, lex):
        return end - at
    for ahead in range(end, min(end + 4, len(words))):  # of a local textile company
        if words.low[ahead] in lex.bodies:
            return ahead - at
        if not words.low[ahead].isalpha() or words.low[ahead] in lex.connectors:
            break
    if words.low[at] not in lex.genitive or not words.low[end].isalpha():
        return 0
    if words.low[at - 1] in lex.bodies:
        return end + 1 - at  # Camera di commercio
    return _field(words, at, end, lex) if _is_role(words.low[at - 1], lex) else 0


def _leads(low: str, lex: Lexicon) -> bool:
    return low in lex.connectors or low in lex.determiners or low in lex.particles or low in lex.conjoined


def _field(words: Words, at: int, start: int, lex: Lexicon) -> int:
    """Return the length of ``of foreign affairs`` if a comma or the office's body follows."""
    for end in range(start, min(start + 4, len(words))):
        if end > start and (words.low[end] == "," or words.low[end] in lex.at or words.low[end] in lex.genitive):
            return end - at
        if not words.low[end].isalpha() or words.low[end] in lex.connectors:
            break
    return 0


def _is_role(low: str, lex: Lexicon) -> bool:
    """Tell whether a word is the noun of an office or calling, in English in the plural too."""
    return low in lex.roles or (low[-1:] == "s" and low[:-1] in lex.roles)


def _another_office(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether "and" after a person's name leads to the next person's office."""
    before, after = at - 1, at + 1
    while after < len(words) and words.low[after] in lex.determiners:
        after += 1
    named = words.capital(before) and not _titled(words, before, lex)
    named = named and words.low[before] not in lex.bodies and words.low[before] not in lex.places
    while after + 1 < len(words) and words.low[after] in lex.role_modifiers:
        after += 1
    return named and after < len(words) and words.low[after] in lex.roles


def _appositions_end(words: Words, start: int, end: int, lex: Lexicon) -> int:
    """Take in what stands between commas: an office after a name, a name after an office, a company's ending."""
    has_role = any(_is_role(word, lex) for word in words.low[start:end])
    has_name = _only_names(words, start, end, lex)
    if has_role and not has_name and words.low[end - 1] in lex.bodies:
        end = _long_office_end(words, end, lex)
    while end + 1 < len(words) and words.low[end] == ",":
        stop = _comma_end(words, end + 1)
        if words.low[end + 1] in _COMPANY_ENDS and has_role:
            end = _core_end(words, end + 1, lex)
        elif has_name and (led := _role_led(words, end + 1, stop, lex)):
            end = _core_end(words, led, lex)
            has_role = True
        elif has_role and not has_name and _name_alone(words, end + 1, lex):
            end = _core_end(words, end + 1, lex)
            has_name = True
        else:
            break
    return end


def _long_office_end(words: Words, end: int, lex: Lexicon) -> int:
    """Step over the words in small letters of a long office, if a name between commas follows them."""
    at = end
    while at < len(words) and at - end < 14 and words.low[at] not in lex.auxiliaries:
        if words.low[at] == ",":
            after = _core_end(words, at + 1, lex)
            named = after - at > 2 and after < len(words) and words.low[after] == ","
            return at if at > end and named and _only_names(words, at + 1, after, lex) else end
        if not (words.low[at][0].isalnum() or words.low[at][-1] == "'"):
            break
        at += 1
    return end


def _name_alone(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a person's name begins at `at`; a single word counts between commas only."""
    end = _core_end(words, at, lex)
    single = end - at == 1 and end < len(words) and words.low[end] not in ",."
    return not single and _only_names(words, at, end, lex)


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


def _role_led(words: Words, at: int, end: int, lex: Lexicon) -> int:
    """Return where an office stands among the first words, 0 if none does or it has a name of its own."""
    for index in range(at, min(at + 7, end)):
        low = words.low[index]
        if _is_role(low, lex):
            after = index + 1
            while after < end and _titled(words, after, lex):
                after += 1
            own = after < end and words.low[after] not in lex.of and _named(words, after, lex)
            return 0 if own else index
        barred = low in lex.pronouns or low in lex.relatives or low in lex.of
        if barred or not (low.isalpha() or "-" in low or low in {"'s", "&"}):
            break
    return 0


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
    if high - low == 1 and words.low[low] in lex.generic:
        return Mention(low, high, "many", head=words.low[low])
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
        body = not roles and start > low and words.low[low] in lex.determiners  # the Red Cross
        return replace(mention, name=_offsets(words, names[0]), kind="body" if body else "person")
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
    after = start
    role = _role_span(words, after, end, lex)
    if role is not None and role[1] < end and words.low[end - 1] in lex.bodies and not lex.body_first:
        inside = not any(low in lex.of or low == "'s" for low in words.low[role[1] : end])
        role = None if inside else role  # the Port Workers' Union
    if role is None:
        body = any(word in lex.bodies for word in words.low[start:end]) or _acronym(words, start, end)
        cut = (
            end
            if body
            else next((i for i in range(start + 1, end) if words.low[i] in lex.genitive - lex.particles), end)
        )
        return _Part(name=(start, cut), body=body) if start < end else _Part()
    name, organisation, role = _around(words, start, end, role, lex)
    if named and name and organisation:
        organisation = organisation[0], name[1]
    return _Part(name=None if named else name, role=role, organisation=organisation)


def _acronym(words: Words, start: int, end: int) -> bool:
    return end - start == 1 and len(words.printed[start]) > 1 and words.printed[start].isupper()


def _role_span(words: Words, start: int, end: int, lex: Lexicon) -> tuple[int, int] | None:
    head = next((i for i in range(start, end) if _is_role(words.low[i], lex)), None)
    if head is None:
        return None
    low = head
    while low > start and (_titled(words, low - 1, lex) or words.low[low - 1] in lex.nationalities):
        low -= 1
    high = head + 1
    while high < end and (_is_role(words.low[high], lex) or words.low[high] in lex.role_modifiers):
        high += 1
    return low, high


def _around(
    words: Words, start: int, end: int, role: tuple[int, int], lex: Lexicon
) -> tuple[tuple[int, int] | None, tuple[int, int] | None, tuple[int, int]]:
    """Part what stands beside an office into the name, the body it is held in, and the office in full."""
    low, high = role
    left = low - 1 if low > start and words.low[low - 1] == "'s" else low
    owners = [i for i in range(start, left) if words.low[i] == "'s"]
    left = owners[0] if owners else left
    before = (start, left) if left > start and any(words.capital(i) for i in range(start, left)) else None
    if high >= end:
        return None, before, role
    if words.low[high] not in lex.of and words.low[high] not in lex.conjoined:
        return ((high, end) if words.capital(high) else None), before, role
    name = _name_at_end(words, high, end, lex)
    stop = name[0] if name else end
    if any(words.low[i] in lex.roles and words.low[i - 1] in lex.conjoined for i in range(high, stop)):
        return name, before, (low, stop)
    if any(word in lex.diplomats for word in words.low[low:high]):
        return name, before, (low, stop)
    high, complement = _complement(words, high, stop, lex)
    if before is None and complement < stop:
        return name, (complement, _without_bracket(words, complement, stop)), (low, high)
    return name, before, (low, stop)


def _complement(words: Words, high: int, stop: int, lex: Lexicon) -> tuple[int, int]:
    """Return where an office ends and where its body begins: ``Head of Sustainability | at | Novaplast Group``.

    A field belongs to the office: Italian says it with "a" ("assessora alla Cultura"), English with the
    preposition before the one of the body.
    """
    if words.low[high] in lex.portfolios:
        end = high + 1
        while end < stop and words.low[end] not in lex.of:
            end += 1
        high = end
    else:
        second = [i for i in range(high + 1, stop) if words.low[i] in lex.at]
        high = second[0] if second and words.low[high] not in lex.at else high
    complement = high
    while complement < stop and (words.low[complement] in lex.of or words.low[complement] in lex.determiners):
        complement += 1
    return high, complement


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
