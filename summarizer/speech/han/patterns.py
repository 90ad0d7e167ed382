"""The ``[speech]`` table of a Han language as compiled patterns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer import languages
from summarizer.speech.han.wordlists import Endings, any_of
from summarizer.speech.lexicon import Lexicon, lexicon
from summarizer.speech.words import QUOTED

__all__ = ["CLAUSE", "COMMAS", "HAN", "OFFICE_ENDINGS", "HanPatterns", "patterns"]

HAN = r"[\u4e00-\u9fff]"
COMMAS = "，,"
#: What parts clauses; a quoted passage does too, except a term in the middle of one: 这位“90后”书记.
#: Each branch begins with a character, so that the search leaps over all others.
CLAUSE = re.compile(
    rf"[，。；！？：,;:!?\n]|{QUOTED}(?<![\u4e00-\u9fff{QUOTED}]{QUOTED}){QUOTED}*|{QUOTED}+(?!{HAN}|{QUOTED})"
)
OFFICE_ENDINGS = "长员师"  # with the character before them they are an office that no list holds: 关长, 教练员
_LATIN_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ·][A-ZÀ-Þ][\w.'’-]*){0,4}"
_NO_DAY = "(?!周[一二三四五六日末])"  # 周 is a family name and the week
_LED = (
    "长",
    "主任",
    "主席",
    "书记",
    "经理",
    "总裁",
    "总监",
    "主编",
    "教授",
    "研究员",
    "代表",
    "领事",
)  # they have deputies
_JOINS = "在与和同对向就等的也还说称则均都曾将已被把是及从到了又再仍更只便却以因并而或"  # end no given name


@dataclass(frozen=True, slots=True)
class HanPatterns:
    """What finds names, offices and cues in Chinese text."""

    lexicon: Lexicon
    fold: Mapping[str, str]  # traditional characters to the simplified ones that the table is written in
    traditional: re.Pattern[str]  # any of the former
    person: re.Pattern[str]  # an office that a name may follow
    no_name: re.Pattern[str]  # what follows instead
    adverbial: frozenset[str]  # family names that are adverbs too: 常青
    adverbial_second: frozenset[str]  # after one of them: no name
    whole: re.Pattern[str]  # a name of three characters before a word that surely follows it
    acting: re.Pattern[str]  # 作为…院长，(祁宏伟)
    bracketed: re.Pattern[str]  # （复旦大学教授）
    before_bracket: re.Pattern[str]  # the name before it
    apposed: re.Pattern[str]  # 陈思远，同济大学教授，
    titled: re.Pattern[str]  # a name and the office after it
    verb: re.Pattern[str]  # a verb of saying before its comma, colon or quotation
    clause_verb: re.Pattern[str]  # a verb of saying before a clause
    closing: re.Pattern[str]  # a cue at a sentence's end
    roles: Endings
    bodies: Endings
    common_bodies: frozenset[str]  # 商场, 酒店
    countries: Endings
    subjectless: tuple[str, ...]  # begins a clause without a subject: 走进
    last_words: Endings  # what such a cue ends with, unless it tells somebody
    likened: re.Pattern[str]  # 用“…”来形容
    according: re.Pattern[str]
    name: re.Pattern[str]
    leading: re.Pattern[str]  # a name at the head of a clause that goes on
    presiding: re.Pattern[str]  # an office near the head of a clause that goes on
    aged: re.Pattern[str]  # 82岁的(陈伯)
    being: re.Pattern[str]  # 科斯塔是…总经理
    dotted: re.Pattern[str]  # a foreign name with its parts
    pronoun: re.Pattern[str]
    same: re.Pattern[str]  # what stands before a verb whose subject is the one before: 并, 同时, 还
    lead: re.Pattern[str]  # what may stand before a subject
    tail: re.Pattern[str]  # what follows a subject
    described: re.Pattern[str]  # 不愿具名的券商分析师
    counting: re.Pattern[str]  # 一位, before it
    anyone: tuple[str, ...]  # ends of what many may be called
    no_offices: frozenset[str]  # words that end like one: 移师
    departments: tuple[str, ...]  # 事业部
    divisions: Endings  # before 部长: 企划
    turning: re.Pattern[str]  # begins a sentence of the narrator
    object_before: re.Pattern[str]  # a preposition that makes the next name no subject
    pointing: re.Pattern[str]  # 该, 这位
    office_lead: re.Pattern[str]
    heads: tuple[str, ...]  # ends of offices that head the body before them: 长, 总裁
    address: re.Pattern[str]  # any of `addresses`
    addresses: tuple[str, ...]  # ends of what a person may be called after the name
    field: re.Pattern[str]  # what belongs to an office and not to its body: 技术, 常务
    asker: re.Pattern[str]  # the label of a question in an interview
    reporter: re.Pattern[str]  # who asks, at the end of a subject: 有记者
    answer: re.Pattern[str]  # the label of an answer that is no name
    attending: re.Pattern[str]  # a sentence that tells who was there
    denials: tuple[str, ...]  # before a verb of saying: nothing was said
    everybody: str  # stands for those who are of one mind with whoever speaks
    wishes: frozenset[str]
    honorifics: frozenset[str]
    two: frozenset[str]  # family names of two characters


@dataclass(frozen=True, slots=True)
class _Names:
    """Patterns of names, as text."""

    family: str
    chinese: str
    foreign: str
    dotted: str
    full: str  # of three characters
    lazy: str  # a name in running text: up to what may come after a name
    any: str


@cache
def patterns(language: str) -> HanPatterns:
    """Return the patterns of a Han language."""
    table = languages.section(language, "speech")
    names = _names(table)
    offices = [*table["roles"], *(f"副{role}" for role in table["roles"] if role.endswith(_LED) and role[0] != "副")]
    roles, after, says = any_of(offices), any_of(table["after_name"]), any_of(table["says"])
    after_verb = any_of(table["after_verb"])
    first = "".join(sorted({role[0] for role in offices} | set(OFFICE_ENDINGS)))
    place = r"[\u4e00-\u9fffA-Za-z0-9（）()·、\-—&]"
    speaks = "".join(sorted({word[0] for word in table["says"]}))
    tells = rf"(?=[{speaks}])(?:告诉[^，。：；{QUOTED}]{{1,8}}|(?:(?<!的)|(?=[说称])){says})"
    told = rf"{any_of(table['addressing'])}[^，。：；{QUOTED}]{{0,7}}(?:{any_of(table['addressed'])})(?=[，,：:])"
    more = rf"(?:{after_verb})?"
    acts = any_of(table["acts"])
    before_said = rf"(?=\s?[，：:,]|\s?{QUOTED})"
    nominal = rf"(?:{any_of(table['degrees'])}){{0,4}}(?:{any_of(table['feelings'])})(?=[，。；！、]|$|和|与|并)"
    # offices that begin like what follows a subject: 分析师
    spared = any_of(role for role in offices if role.startswith(tuple(table["after_subject"])))
    return HanPatterns(
        lexicon=lexicon(language),
        fold=dict(zip(table["traditional"], table["simplified"], strict=True)),
        traditional=re.compile(f"[{table['traditional']}]"),
        person=re.compile(
            rf"(?=[{first}])(?P<role>(?:{roles}|[长员师])(?:[、兼]{place}{{0,12}}?(?:{roles}))*)(?!会)\s?"
        ),
        no_name=re.compile(after),
        adverbial=frozenset(table["adverbial"]),
        adverbial_second=frozenset(table["adverbial_second"]),
        whole=re.compile(names.full),
        acting=re.compile(rf"(?:作为|身为)[^，。]{{0,24}}?(?P<role>{roles})，"),
        bracketed=re.compile(rf"[（(](?P<rest>[^，。！？（）()\n{QUOTED}]{{0,24}}?)(?P<role>{roles})[，。）)、]"),
        before_bracket=re.compile(rf"(?<![\u4e00-\u9fff·])(?:{names.dotted}|{names.chinese})$"),
        apposed=re.compile(
            rf"^(?P<name>{names.chinese})，(?P<rest>[^，。！？（）()\n{QUOTED}]{{0,24}}?)(?P<role>{roles})(?=[，。])",
            re.MULTILINE,
        ),
        titled=re.compile(
            rf"(?P<name>{names.dotted}|{names.chinese}|{names.foreign}{{2,8}}|{names.family}|{_LATIN_NAME})\s?"
            rf"(?P<role>{roles}|{any_of(table['honorifics'])})(?=$|[^\u4e00-\u9fff]|{after}|{any_of(table['after_subject'])})"
        ),
        verb=re.compile(
            rf"{told}|(?:{tells}){more}{before_said}|{acts}(?:{after_verb}){before_said}|{acts}(?=\s?[：:]|\s?[，,]?{QUOTED})"
        ),
        clause_verb=re.compile(
            rf"(?:{any_of(table['states'])})(?![，。：、的了过]|者|自己|(?<=说)[明法服不到起话出过来]|{nominal})"
        ),
        closing=re.compile(
            rf"(?:^|(?<={QUOTED})[，,]?|(?<=[，,]))(?P<who>[^，。；：{QUOTED}]{{0,40}}?)(?P<verb>(?:{tells}){more})(?=[。！]?$)"
        ),
        roles=Endings(offices),
        bodies=Endings([*table["bodies"], *table["common_bodies"]]),
        common_bodies=frozenset(table["common_bodies"]),
        countries=Endings(table["countries"]),
        subjectless=tuple(table["subjectless"]),
        last_words=Endings([*table["says"], *table["after_verb"]]),
        likened=re.compile(rf"[用以](?P<quoted>{QUOTED}+)来?(?:形容|评价|描述|概括|总结|回应)"),
        according=re.compile(
            rf"(?!在(?![^，。；：]{{1,40}}看来[，,]))"  # 在他看来, but 在义乌经商的人说 has a subject
            rf"(?:{any_of(table['according'])})(?P<who>[^，。；：{QUOTED}]{{1,40}}?)(?:{any_of(table['according_ends'])})[，,]"
        ),
        name=re.compile(names.any),
        leading=re.compile(names.lazy),
        presiding=re.compile(rf"{roles}(?!会)(?={after}|{says})"),
        dotted=re.compile(names.dotted),
        aged=re.compile(r"\d\s?岁的"),
        being=re.compile(rf"(?:是|为|，)(?:一[位名个])?(?P<rest>[^，。！？]{{0,24}}?)(?P<role>{roles})(?=[，。])"),
        pronoun=re.compile(rf"(?:{any_of(table['pronouns'])})(?!的)"),
        same=re.compile(rf"(?:{any_of(table['same_subject'])}|，)*(?:在[^，。]{{1,12}})?"),
        lead=re.compile(rf"(?:{any_of(table['before_subject'])}|\d{{1,4}}\s?岁的|\d{{1,8}}月?\d{{0,8}}日|、|\s)+"),
        tail=re.compile(rf"(?!{spared}){any_of(table['after_subject'])}|于(?!\S{{0,1}}[表说])|\d{{1,8}}[月日]"),
        described=re.compile(
            rf"(?:{any_of(table['describing'])})[^，。；：{QUOTED}]{{0,24}}?的[^，。；：的{QUOTED}]{{0,8}}?(?:{roles}|{any_of(table['described'])})"
            rf"(?=$|[^\u4e00-\u9fff]|{after}|{any_of(table['after_subject'])})"
        ),
        counting=re.compile(any_of(table["counting"])),
        anyone=tuple(table["anyone"]),
        no_offices=frozenset(table["no_offices"]),
        departments=tuple(table["departments"]),
        divisions=Endings(table["divisions"]),
        turning=re.compile(
            rf"(?!目前){any_of(table['turning'])}|目前[，,]?(?=[^。]{{0,300}}?(?:{any_of(table['proceedings'])}))"
        ),
        object_before=re.compile(
            rf"(?!{any_of(table['no_objects'])})(?:{any_of(table['objects'])})[^，。]{{0,300}}$"
        ),
        pointing=re.compile(rf"(?:{any_of(table['pointing'])})"),
        office_lead=re.compile(rf"(?!{any_of(table['no_objects'])}){any_of(table['before_office'])}"),
        heads=tuple(table["heads"]),
        address=re.compile(any_of([*table["heads"], *table["addresses"], *table["honorifics"]])),
        addresses=(*table["heads"], *table["addresses"], *table["honorifics"]),
        field=re.compile(rf"(?:{any_of(table['fields'])})+$|^[\u4e00-\u9fff]方$"),
        asker=re.compile(rf"(?:[^\s，。：:]{{0,8}}(?:{any_of(table['askers'])}))[：:]"),
        reporter=re.compile(rf"(?:^|[有名位]|社|报|台)(?:{any_of(table['askers'])})$"),
        answer=re.compile(rf"(?:{any_of(table['answers'])})[：:]"),
        attending=re.compile(rf"(?<![将愿要拟])(?:{any_of(table['attends'])})了?[^，。：{QUOTED}]{{0,8}}。?$"),
        denials=tuple(table["denials"]),
        everybody=table["generic"][0],
        wishes=frozenset(table["wishes"]),
        honorifics=frozenset(table["honorifics"]),
        two=frozenset(table["surnames_two"]),
    )


def _names(table: Mapping[str, Any]) -> _Names:
    """Make the patterns of names from the table's family names and characters of foreign names."""
    one, after = table["surnames"], any_of([*table["after_name"], *table["says"]])
    longer = [word for word in [*table["after_name"], *table["says"]] if len(word) > 1 or word in _JOINS]
    long_after = any_of(longer)
    family = f"(?:{'|'.join(table['surnames_two'])}|[{one}])"
    not_foreign = any_of([word for word in longer if word[0] in table["foreign"]])
    foreign = rf"(?:(?!{not_foreign})[{table['foreign']}])"
    stop = rf"(?=[，。；：、！？（）()\s\d{QUOTED}]|$|{after})"
    last = rf"(?:{foreign}{{1,8}}|[{one}](?=[，。；：、！？（）()\s{QUOTED}说表]|$))"
    more = table["foreign_dotted"]
    dotted = rf"(?:[{table['foreign']}{more}]{{1,8}}(?:[·•‧](?:[{more}]{foreign}{{0,7}}|{last}))+)"
    chinese = rf"{_NO_DAY}{family}{HAN}{{1,2}}"
    # a given name has two characters rather than one if the word after it then begins well: 吕大为|介绍, not 吕大|为
    sure = rf"(?=[，。；：、！？（）()\s\d{QUOTED}]|$|{long_after})"
    full = rf"{family}[{one}]?(?!{long_after}){HAN}(?!{long_after})(?![{_JOINS}]){HAN}{sure}"
    long, short = ([word for word in table["kin"] if (len(word) > 1) is two] for two in (True, False))
    # 许伯|说, and 许伯安 is somebody's name
    ends = rf"(?=$|[^\u4e00-\u9fff]|{any_of(table['after_name'])}|{any_of(table['after_subject'])})"
    called = rf"{family}(?:{any_of(long)}|(?:{any_of(short)}){ends})"
    given = rf"{_NO_DAY}(?:[小老阿][{one}]|{full}|{family}{HAN}{{1,2}}?|{foreign}{{2,8}}?)"
    return _Names(
        family=family,
        chinese=chinese,
        foreign=foreign,
        dotted=dotted,
        full=full,
        lazy=rf"(?:{dotted}|{_LATIN_NAME}|{called}|{given}{stop})",
        any=rf"(?:{dotted}|{_LATIN_NAME}|{called}|{chinese}|{foreign}{{2,8}})",
    )
