"""Names and offices in Chinese text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from summarizer.speech.han.patterns import HanPatterns
from summarizer.speech.mention import Mention
from summarizer.speech.words import Span, span

__all__ = ["joined", "name_parts", "names_in", "office"]

_OFFICE_REACH = 40  # characters before an office's noun that may hold its body
_OFFICE_FIELD = 8  # characters before an office's noun that belong to it where no body stands
_DEPARTMENT = 10  # characters of a department
_FIELD = 2  # characters of a field at least
_FULL = 3  # characters of a Chinese name with a given name of two
_NAME = 24  # characters of the longest name
_BODY = 14  # characters of a body that has no noun of its own: 博纳资本副总裁
_NO_OFFICE = re.compile(r".*[^\u4e00-\u9fffA-Za-z0-9（）()·&]", re.DOTALL)  # up to the last of them


@lru_cache(maxsize=4096)
def name_parts(name: str, two: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Part a name into what it may be shortened to: family and given name, or the parts of a foreign one."""
    if re.search(r"[·•‧ ]", name):
        return tuple(part for part in re.split(r"[·•‧ ]", name) if part)
    if not name or not "\u4e00" <= name[0] <= "\u9fff":
        return (name,)
    family = 2 if name[:2] in two and len(name) > 2 else 1
    return (name[:family], name[family:]) if len(name) > family else (name,)


def names_in(plain: str, han: HanPatterns) -> list[Mention]:
    """Return the persons whom an article names with their office, or by a foreign name in full, by place."""
    persons: list[Mention] = []
    for match in han.names.acting.finditer(plain):
        name = han.names.leading.match(plain, match.end())
        if name:
            persons.append(_holder(plain, span(*name.span()), span(*match.span("role")), 0, han))
    for match in han.names.person.finditer(plain):
        start = match.start("role") - (match["role"] in han.table.office_patterns.office_ends)
        none = start < match.start("role") and plain[start : match.end("role")] in han.table.offices.no_offices
        holder = None if none else _after_office(plain, match.end(), han)
        if holder:
            persons.append(_holder(plain, holder, span(start, match.end("role")), 0, han))
    for match in han.names.bracketed.finditer(plain):
        low = max(0, match.start() - _NAME)
        name = han.names.before_bracket.search(plain[low : match.start()])
        if name:
            named = span(low + name.start(), low + name.end())
            persons.append(_holder(plain, named, span(*match.span("role")), match.start("rest"), han))
    return _in_full(plain, [*persons, *_untitled(plain, persons, han)])


def _untitled(plain: str, known: list[Mention], han: HanPatterns) -> Iterator[Mention]:
    """Yield who is named by his age (``82岁的陈伯``), or in full by a foreign name."""
    aged = [han.names.leading.match(plain, match.end()) for match in han.names.aged.finditer(plain)]
    yield from (Mention(0, 0, "person", span(*name.span())) for name in aged if name)
    ends = {person.name[1] for person in known if person.name}
    for match in han.names.dotted.finditer(plain):
        if any(han.names.of_body.match(plain, at) for at in (match.end(), match.end() - 1)):
            continue  # 约翰·霍普金斯大学
        if match.end() in ends:
            continue  # known with the office before it, whose last character may look foreign: 参赞|凯瑟琳·杜邦
        yield Mention(0, 0, "person", span(*match.span()))


def _after_office(plain: str, at: int, han: HanPatterns) -> Span | None:
    """Return the name right after an office; before a verb of no list (王丽娟接待了他) it stands elsewhere too."""
    named = han.names.leading.match(plain, at)
    if named:
        sure = not han.names.no_name.match(plain, at) or _sure(plain, named, han)
        return span(*named.span()) if sure else None
    return None


def _sure(plain: str, named: re.Match[str], han: HanPatterns) -> bool:
    """Tell whether what begins like an adverb or verb is a name all the same: 主任祝建国介绍, 总经理任红霞说."""
    whole = han.names.full.match(plain, named.start())
    second = plain[named.start() + 1]
    adverbial = named[0][0] in han.table.names.adverbial and second not in han.table.names.adverbial_second
    return adverbial and whole is not None and whole.end() - whole.start() == _FULL


def _in_full(plain: str, persons: list[Mention]) -> list[Mention]:
    """Give an office that stands with a part of a foreign name (``众议长马尔凯``) to the name in full."""
    whole: dict[str, Span] = {}
    for person in persons:
        name = plain[slice(*person.name)] if person.name else ""
        if "·" in name:
            whole.update({part: person.name for part in name.split("·") if person.name and part not in whole})
    if not whole:
        return persons
    return [replace(p, name=full) if p.name and (full := whole.get(plain[slice(*p.name)])) else p for p in persons]


def _holder(plain: str, name: Span, role: Span, floor: int, han: HanPatterns) -> Mention:
    body, whole = office(plain, *role, floor, han)
    return Mention(0, 0, "person", name, whole, body, plain[slice(*whole)])


def joined(plain: str, low: int, at: int, han: HanPatterns) -> bool:
    """Tell whether the word at `at` joins two fields in a body's name: 文化|和|旅游厅, 世界经济|与|政治研究所."""
    left = plain[low:at]
    if plain[at] not in han.table.office_patterns.field_joins or len(left) < _FIELD or han.subjects.tail.search(left):
        return False
    ended = han.offices.bodies.of(left) or han.offices.countries.of(left) or han.names.before_bracket.search(left)
    return not ended and not han.names.person.search(left)


def _department(plain: str, low: int, start: int, han: HanPatterns) -> int | None:
    """Return where the department begins that an office is of: 鼎泰公司|海外事业部|总经理, 企划|部长."""
    if plain[start] == han.table.office_patterns.department:
        division = han.offices.divisions.of(plain[low:start])
        return start - division if division else None
    size = han.offices.departments.of(plain[low:start])
    if not size:
        return None
    division = han.offices.divisions.of(plain[low : start - size])  # 国际|事业部: no body ends with its 国
    own = start - size - division if division else han.offices.bodies.latest(plain, low, start - size)
    return own if 0 < start - own <= _DEPARTMENT else None


def office(plain: str, start: int, end: int, floor: int, han: HanPatterns) -> tuple[Span | None, Span]:
    """Part what stands before the noun ``plain[start:end]`` into its body and the office in full."""
    low = max(floor, start - _OFFICE_REACH)
    parted = _NO_OFFICE.match(plain, low, start)
    low = parted.end() if parted else low
    for lead in han.offices.lead.finditer(plain, low, start):
        low = low if joined(plain, low, lead.start(), han) else lead.end()
    country = han.offices.countries.of(plain[low:start])
    if country:
        return span(start - country, start), span(start, end)
    own = _department(plain, low, start, han)
    if own is not None:
        return (span(low, own) if own > low else None), span(own, end)
    field = han.offices.field.search(plain[low:start])
    noun = low + field.start() if field else start
    if noun == low < start:
        return None, span(low, end)
    heads = plain.endswith(han.table.offices.heads, start, end) and 1 < noun - low <= _BODY
    cut = han.offices.bodies.latest(plain, low, noun)
    cut = cut if cut > low + 1 else low
    if heads and cut < noun:
        return span(low, noun), span(
            noun, end
        )  # 宁波市鼎泰新材董事长: the town is no more than the beginning of the name
    if cut > low + 2 and plain[cut - 1] == plain[cut - 2]:
        cut -= 1  # 三元朱村村党支部书记: the second belongs to the office
    if cut > low:
        return span(low, cut), span(cut, end)
    return None, span(low if 0 < start - low <= _OFFICE_FIELD else start, end)
