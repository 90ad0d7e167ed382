"""Names and offices in Chinese text, and the patterns made of the ``[speech]`` table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer import languages
from summarizer.speech.lexicon import Lexicon, lexicon
from summarizer.speech.mentions import Mention
from summarizer.speech.words import QUOTED

__all__ = ["HanPatterns", "name_parts", "names_in", "office", "patterns"]

_HAN = r"[\u4e00-\u9fff]"
_LATIN_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ·][A-ZÀ-Þ][\w.'’-]*){0,4}"
_OFFICE_ENDINGS = "长员师"  # with the character before them they are an office that no list holds: 关长, 教练员
_OFFICE_REACH = 40  # characters before an office's noun that may hold its body
_OFFICE_FIELD = 8  # characters before an office's noun that belong to it where no body stands


@dataclass(frozen=True, slots=True)
class HanPatterns:
    """The ``[speech]`` table of a Han language as compiled patterns."""

    lexicon: Lexicon
    person: re.Pattern[str]  # an office and the name after it
    acting: re.Pattern[str]  # 作为…院长，祁宏伟
    titled: re.Pattern[str]  # a name and the office after it
    verb: re.Pattern[str]  # a verb of saying before its comma, colon or quotation
    clause_verb: re.Pattern[str]  # a verb of saying before a clause
    closing: re.Pattern[str]  # a frame at a sentence's end
    according: re.Pattern[str]
    role: re.Pattern[str]
    body: re.Pattern[str]
    name: re.Pattern[str]
    aged: re.Pattern[str]  # 82岁的陈伯
    being: re.Pattern[str]  # 科斯塔是…总经理
    dotted: re.Pattern[str]  # a foreign name with its parts
    several: re.Pattern[str]  # names joined by "and"
    pronoun: re.Pattern[str]
    same: re.Pattern[str]  # what stands before a verb whose subject is the one before: 并, 同时, 还
    lead: re.Pattern[str]  # what may stand before a subject
    tail: re.Pattern[str]  # what follows a subject
    object_before: re.Pattern[str]  # a preposition that makes the next name no subject
    office_lead: re.Pattern[str]
    wishes: frozenset[str]
    two: frozenset[str]  # family names of two characters


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def patterns(language: str) -> HanPatterns:
    """Return the patterns of a Han language."""
    table = languages.section(language, "speech")
    two, one = table["surnames_two"], table["surnames"]
    roles, after = _any(table["roles"]), _any(table["after_name"])
    first = "".join(sorted({role[0] for role in table["roles"]} | set(_OFFICE_ENDINGS)))
    family = f"(?:{'|'.join(two)}|[{one}])"
    long_after = _any([word for word in table["after_name"] if len(word) > 1 or word in "在与和同对向就等的也还"])
    foreign = rf"(?:(?!{long_after})[{table['foreign']}])"
    dotted = rf"(?:[{table['foreign']}]{{1,8}}(?:[·•‧]{foreign}{{1,8}})+)"
    chinese = rf"(?!周[一二三四五六日末]){family}{_HAN}{{1,2}}"
    name = rf"(?:{dotted}|{_LATIN_NAME}|{chinese}|{foreign}{{2,8}})"
    stop = rf"(?=[，。；：、！？（）()\s\d{QUOTED}]|$|{after})"
    given = rf"(?!周[一二三四五六日末])(?:[小老][{one}]|{family}{_HAN}{{1,2}}?|{foreign}{{2,8}}?)"
    lazy = rf"(?:{dotted}|{_LATIN_NAME}|{given}{stop})"
    place = r"[\u4e00-\u9fffA-Za-z0-9（）()·、\-—&]"
    cue = rf"(?:{_any(table['after_verb'])})?"
    says = _any(table["says"])
    not_object = rf"(?:{_any(table['objects'])})"
    return HanPatterns(
        lexicon=lexicon(language),
        person=re.compile(
            rf"(?=[{first}])(?P<role>(?:{roles}|[长员师])(?:[、兼]{place}{{0,12}}?(?:{roles}))*)\s?(?!{after})(?P<name>{lazy})"
        ),
        acting=re.compile(rf"(?:作为|身为)[^，。]{{0,24}}?(?P<role>{roles})，(?P<name>{lazy})"),
        titled=re.compile(
            rf"(?P<name>{dotted}|{chinese}|{foreign}{{2,8}}|{family}|{_LATIN_NAME})\s?(?P<role>{roles}|先生|女士)"
        ),
        verb=re.compile(rf"(?:{says}){cue}(?=\s?[，：:,]|\s?{QUOTED})"),
        clause_verb=re.compile(
            rf"(?:{_any(table['states'])})(?![，。：、的了]|者|自己|(?<=说)[明法服不到起话出过来])"
        ),
        closing=re.compile(
            rf"(?:^|(?<={QUOTED})[，,]?|(?<=[，,]))(?P<who>[^，。；：{QUOTED}]{{0,40}}?)(?P<verb>(?:{says}){cue})(?=[。！]?$)"
        ),
        according=re.compile(
            rf"(?:{_any(table['according'])})(?P<who>[^，。；：{QUOTED}]{{1,40}}?)(?:{_any(table['according_ends'])})[，,]"
        ),
        role=re.compile(rf"(?:{roles})$"),
        body=re.compile(rf"(?:{_any(table['bodies'])})$"),
        name=re.compile(name),
        dotted=re.compile(dotted),
        aged=re.compile(rf"\d+\s?岁的(?P<name>{lazy})"),
        being=re.compile(rf"(?:是|为)[^，。！？]{{0,24}}?(?P<role>{roles})(?=[，。])"),
        several=re.compile(rf"{name}(?:[、和与及]{name})+"),
        pronoun=re.compile(rf"(?:{_any(table['pronouns'])})(?!的)"),
        same=re.compile(rf"(?:{_any(table['same_subject'])}|，)*(?:在[^，。]{{1,12}})?"),
        lead=re.compile(rf"(?:{_any(table['before_subject'])}|\d+\s?岁的|\d+月?\d*日|、|\s)+"),
        tail=re.compile(rf"{_any(table['after_subject'])}|于(?!\S{{0,1}}[表说])|\d+月|\d+日"),
        object_before=re.compile(rf"{not_object}[^，。]*$"),
        office_lead=re.compile(rf"(?:{_any(table['before_office'])})"),
        wishes=frozenset(table["wishes"]),
        two=frozenset(two),
    )


@lru_cache(maxsize=4096)
def name_parts(name: str, two: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Part a name into what it may be shortened to: family and given name, or the parts of a foreign one."""
    if re.search(r"[·•‧ ]", name):
        return tuple(part for part in re.split(r"[·•‧ ]", name) if part)
    if not name or not "\u4e00" <= name[0] <= "\u9fff":
        return (name,)
    family = 2 if name[:2] in two and len(name) > 2 else 1
    return (name[:family], name[family:]) if len(name) > family else (name,)


def names_in(plain: str, found: HanPatterns) -> list[Mention]:
    """Return the persons whom an article names with their office, or by a foreign name in full, by place."""
    people: list[Mention] = []
    for pattern in (found.acting, found.person):
        for match in pattern.finditer(plain):
            start = match.start("role") - (match["role"] in _OFFICE_ENDINGS)
            people.append(_holder(plain, match.span("name"), (start, match.end("role")), 0, found))
    people += [Mention(0, 0, "person", match.span("name")) for match in found.aged.finditer(plain)]
    for match in found.dotted.finditer(plain):
        being = found.being.match(plain, match.end())
        if being:
            people.append(_holder(plain, match.span(), being.span("role"), match.end() + 1, found))
        else:
            people.append(Mention(0, 0, "person", match.span()))
    return people


def _holder(plain: str, name: tuple[int, int], role: tuple[int, int], floor: int, found: HanPatterns) -> Mention:
    body, whole = office(plain, *role, floor, found)
    return Mention(0, 0, "person", name, whole, body, plain[slice(*whole)])


def office(
    plain: str, start: int, end: int, floor: int, found: HanPatterns
) -> tuple[tuple[int, int] | None, tuple[int, int]]:
    """Part what stands before the noun ``plain[start:end]`` into its body and the office in full."""
    low = start
    while (
        low > floor and start - low < _OFFICE_REACH and re.match(r"[\u4e00-\u9fffA-Za-z0-9（）()·&]", plain[low - 1])
    ):
        low -= 1
    leads = [m.end() for m in found.office_lead.finditer(plain, low, start)]
    low = leads[-1] if leads else low
    for cut in range(start, low + 1, -1):
        if found.body.search(plain[low:cut]):
            return (low, cut), (cut, end)
    return None, (low if 0 < start - low <= _OFFICE_FIELD else start, end)
