"""Noun phrases that may name a speaker: a person with an office, an office alone, a body, a pronoun."""

import itertools
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.speech.lexicon import Lexicon
from summarizer.speech.noun_phrases import COMPANY_ENDS, is_role, named, phrase_end, titled
from summarizer.speech.words import Words

__all__ = ["Mention", "describe", "mentions"]


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
        if not words.capital(at) and words.low[at] not in lex.phrase_beginnings:
            at += 1
            continue
        end = phrase_end(words, at, lex)
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
    if words.low[low] in lex.generic:
        return Mention(low, high, "many", head=words.low[low])
    parts: list[_Part] = []
    for a, b in _segments(words, start, high):
        parts.append(_part(words, a, b, lex, has_name=any(part.name and not part.body for part in parts)))
    names = [part.name for part in parts if part.name and not part.body and words.capital(part.name[0])]
    roles = [part for part in parts if part.role]
    if names and not roles and _coordinated(words, start, high, lex):
        return Mention(low, high, "many")
    organisation = next((part.organisation for part in parts if part.organisation), None)
    if organisation and words.low[organisation[1] - 1] == "'s" and high < len(words) and words.low[high][0].isalpha():
        organisation = organisation[0], organisation[1] - 1  # the phrase goes on in words we cannot read
    role = _offsets(words, roles[0].role) if roles else None
    head = " ".join(words.low[slice(*roles[0].role)]) if roles and roles[0].role else ""
    mention = Mention(low, high, "person", None, role, _offsets(words, organisation), head)
    if names:
        article = not roles and start > low and words.low[low] in lex.determiners  # the Red Cross
        return replace(mention, name=_offsets(words, names[0]), kind="body" if article else "person")
    if roles:
        return replace(mention, kind="role")
    body = next((part.name for part in parts if part.body), None)
    return replace(mention, kind="body", name=_offsets(words, body)) if body else None


def _offsets(words: Words, span: tuple[int, int] | None) -> tuple[int, int] | None:
    return (words.starts[span[0]], words.ends[span[1] - 1]) if span and span[1] > span[0] else None


def _segments(words: Words, start: int, end: int) -> list[tuple[int, int]]:
    commas = [
        i for i in range(start, end) if words.low[i] == "," and not (i + 1 < end and words.low[i + 1] in COMPANY_ENDS)
    ]
    edges = [start - 1, *commas, end]
    return [(a + 1, b) for a, b in itertools.pairwise(edges) if b > a + 1]


def _coordinated(words: Words, start: int, end: int, lex: Lexicon) -> bool:
    return any(words.low[i] in lex.conjoined and words.low[i] != "&" for i in range(start, end)) and not any(
        words.low[i] in lex.bodies for i in range(start, end)
    )


def _part(words: Words, start: int, end: int, lex: Lexicon, *, has_name: bool) -> _Part:
    """Read one stretch between commas; `has_name` when the person's name stood in an earlier one."""
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
        if not body:
            start, end = _bare_name(words, start, end, lex)
        return _Part(name=(start, end), body=body) if start < end else _Part()
    name, organisation, role = _around(words, start, end, role, lex)
    if has_name and name and organisation:
        organisation = organisation[0], name[1]
    return _Part(name=None if has_name else name, role=role, organisation=organisation)


def _bare_name(words: Words, start: int, end: int, lex: Lexicon) -> tuple[int, int]:
    """Cut a name out of ``the Herald's Mike Organ``, ``Robyn Christie of Melrose`` and ``Bjorn (left)``."""
    owners = [i for i in range(start, end - 1) if words.low[i] == "'s"]
    start = owners[-1] + 1 if owners else start
    small = [i for i in range(start + 1, end) if words.low[i] in lex.of and words.low[i] not in lex.particles]
    brackets = [i for i in range(start + 1, end) if words.low[i] == "("]
    return start, min([end, *small, *brackets])


def _acronym(words: Words, start: int, end: int) -> bool:
    return end - start == 1 and len(words.printed[start]) > 1 and words.printed[start].isupper()


def _role_span(words: Words, start: int, end: int, lex: Lexicon) -> tuple[int, int] | None:
    head = next((i for i in range(start, end) if is_role(words.low[i], lex)), None)
    if head is None:
        return None
    low = head
    while low > start and (titled(words, low - 1, lex) or words.low[low - 1] in lex.nationalities):
        low -= 1
    high = head + 1
    while high < end and (titled(words, high, lex) or _adjectival(words, high, lex)):
        high += 1
    return low, high


def _adjectival(words: Words, at: int, lex: Lexicon) -> bool:
    return words.printed[at].islower() and words.low[at].endswith(lex.adjective_endings or ("\0",))


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
    while low > start and named(words, low - 1, lex) and words.low[low - 1] not in lex.places:
        if not lex.body_first and words.low[low - 1] in lex.bodies:
            break
        low -= 1
    after_head = words.low[low - 1] in lex.places or words.low[low - 1] == ")" or words.low[low - 1] in lex.bodies
    if lex.body_first and low < end and words.low[low] in lex.bodies:
        low, after_head = low + 1, True
    small = low > start and words.printed[low - 1].islower() and words.low[low - 1] not in lex.connectors
    after_head = after_head or (small and words.low[low - 1] not in lex.determiners)
    count = end - low
    if count >= 3:
        return end - 2, end
    return (low, end) if after_head and count == 2 else None
