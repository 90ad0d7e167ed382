"""The tables of a Han language as compiled patterns, by what they find: names, offices, subjects, cues."""

import re
from functools import cache
from typing import TYPE_CHECKING

from summarizer import languages
from summarizer.languages.wordlist import any_of, beginning, peeked
from summarizer.speech.han.pieces import HAN, LATIN_NAME, MARKED, Pieces, no_says, said
from summarizer.speech.han.wordlists import Endings
from summarizer.speech.lexicon import ContinuationWords, EntityWords, Lexicon, QuotationWords, SmallWords, filled
from summarizer.speech.phrases import Phrases
from summarizer.speech.words import QUOTED

if TYPE_CHECKING:
    from summarizer.languages import Language
    from summarizer.languages.speech import HanSpeech

__all__ = ["HanPatterns", "patterns"]

_SITE = 12  # characters of a page's name with its dash
_BEFORE_SAID = rf"(?=\s?[，：:,]|\s?{QUOTED})"


def _lexicon(language: "Language", table: "HanSpeech") -> Lexicon:
    goes_on = Phrases((*table.continuation.points, *table.continuation.goes_on), but=table.continuation.no_going_on)
    first_person = Phrases(table.continuation.first_person, but=table.continuation.no_person)
    return Lexicon(
        small=filled(SmallWords, table.subjects, table.coreference),
        quotations=filled(QuotationWords, table.quotations),
        continuation=filled(
            ContinuationWords, table.continuation, table.cues, goes_on=goes_on, first_person=first_person
        ),
        entities=filled(EntityWords, table.offices, table.names, table.coreference),
        language=language,
    )


class NamePatterns:
    """What finds names, with the office beside them or without."""

    def __init__(self, table: "HanSpeech", parts: Pieces) -> None:
        names, roles, aged = parts.names, parts.roles, table.name_patterns.aged
        rest = rf"(?P<rest>[^，。！？（）()\n{QUOTED}]{{0,24}}?)"
        self.person = _person(table, parts)  # an office that a name may follow
        self.no_name = re.compile(parts.after_name)  # what follows instead
        self.full = re.compile(names.full)  # a name of three characters before a word that surely follows it
        # 作为…院长，(祁宏伟)
        self.acting = re.compile(rf"{any_of(table.name_patterns.acting)}[^，。]{{0,24}}?(?P<role>{roles})，")
        self.bracketed = re.compile(rf"[（(]{rest}(?P<role>{roles})[，。）)、]")  # （复旦大学教授）
        # the name before it
        self.before_bracket = re.compile(rf"(?<![\u4e00-\u9fff·])(?:{names.dotted}|{names.chinese})$")
        self.whole = re.compile(names.whole)  # a name that is all there is
        self.leading = re.compile(names.running)  # a name at the head of a clause that goes on
        self.aged = re.compile(rf"{aged}(?:(?<=\d{aged})|(?<=\d\s{aged}))")  # 82岁的(陈伯)
        self.dotted = re.compile(names.dotted)  # a foreign name with its parts
        # one without at the end of a phrase: 经纪人|拉伊奥拉
        self.ending = re.compile(rf"(?<![{table.names.foreign}])[{table.names.foreign}]{{3,8}}$")
        # after a foreign name: it is a body's, 约翰·霍普金斯|大学
        self.of_body = re.compile(peeked(word for word in table.bodies.bodies if len(word) > 1))
        self.two = frozenset(table.names.surnames_two)  # family names of two characters


def _person(table: "HanSpeech", parts: Pieces) -> re.Pattern[str]:
    around = table.office_patterns
    ends, roles = around.office_ends, parts.roles
    place = r"[\u4e00-\u9fffA-Za-z0-9（）()·、\-—&]"
    more = rf"(?:[{around.office_joins}]{place}{{0,12}}?(?:{roles}))*"
    role = rf"(?P<role>(?:{roles}|[{ends}]){more})"
    return re.compile(rf"{beginning((*parts.offices, *ends))}{role}(?!{around.no_office_after})\s?")


class OfficePatterns:
    """What parts an office from the body it is held in."""

    def __init__(self, table: "HanSpeech", parts: Pieces) -> None:
        self.roles = Endings(parts.offices)
        self.bodies = Endings([*table.bodies.bodies, *table.bodies.common_bodies])
        self.countries = Endings(table.bodies.countries)
        self.departments = Endings(table.offices.departments)
        self.divisions = Endings(table.offices.divisions)  # before 部长: 企划
        # what ends before the body of an office begins
        self.lead = re.compile(_no_object(table) + peeked(table.offices.before_office))
        # what belongs to an office and not to its body: 技术, 常务
        self.field = re.compile(rf"(?:{peeked(table.offices.fields)})+$|^{HAN}{table.office_patterns.party}$")


class SubjectPatterns:
    """What finds the subject of a clause."""

    def __init__(self, table: "HanSpeech", parts: Pieces) -> None:
        of, between = table.subject_patterns.genitive, f"[{table.subject_patterns.between}]"
        addresses = (*table.offices.heads, *table.names.addresses, *table.names.honorifics)
        self.titled = _titled(table, parts)  # a name and the office after it
        # an office near the head of a clause that goes on
        self.presiding = re.compile(
            rf"{parts.roles}(?!{table.office_patterns.no_office_after})(?={parts.after_name})"
        )
        self.pronoun = re.compile(rf"(?:{peeked(table.coreference.pronouns)})(?!{of})")
        self.persons = frozenset(table.subject_patterns.persons)  # pronouns of persons
        self.barred = frozenset(table.subject_patterns.no_subject)  # before an office: it is not the subject
        self.between = re.compile(between)  # between two speakers
        self.coordinated = re.compile(rf".{{0,24}}?{between}\S{{0,24}}?")  # all that stands between two speakers
        # after a person's name: those who act for him
        self.team = re.compile(rf"{HAN}{{0,3}}?(?:{peeked(table.subjects.teams)})")
        self.lead = _lead(table)  # what may stand before a subject
        self.quoting = re.compile(any_of(table.subjects.quoting))  # before whoever is quoted
        # after a name: it is not the subject
        self.owning = re.compile(rf"\s?{of}(?!{table.subject_patterns.words_of[1:]})")
        self.tail = _tail(table, parts)  # what follows a subject
        # ends a subject that shows something: 支付宝|数据|还
        aside = r"》?(?:\s?[（(][^）)]*[）)])?"
        self.documented = re.compile(rf"(?P<noun>{peeked(table.cues.documents)}){aside}(?:{parts.after_subject})?$")
        self.described = _described(table, parts)  # 不愿具名的券商分析师
        self.counting = re.compile(any_of(table.subjects.counting))  # 一位, before it
        self.honoured = Endings([*table.subjects.described, *table.names.honorifics])  # after it: 一位|女士
        # behind a body's name: 新闻部(PCOO)
        self.abbreviation = re.compile(r"\s?[（(][^）)]*[）)]$")
        # a preposition that makes the next name no subject
        self.object_before = re.compile(rf"{_no_object(table)}(?:{peeked(table.subjects.objects)})[^，。]{{0,300}}$")
        # 该, 这位
        self.pointing = re.compile(rf"(?:{peeked(table.subjects.pointing)})(?P<firm>{table.subject_patterns.firm})?")
        self.address = re.compile(any_of(addresses))  # any of `addresses`
        self.addresses = addresses  # ends of what a person may be called after the name


def _no_object(table: "HanSpeech") -> str:
    """Return what holds where no word begins or ends that only looks like a preposition: 同济大学, 命运共同体."""
    return rf"(?!{peeked(table.subjects.no_objects)}){_no_end(table)}"


def _no_end(table: "HanSpeech") -> str:
    """Return what holds where no such word ends: 成都, 反对."""
    words = table.subjects.no_objects
    ends = "|".join(f"{re.escape(word[-1])}(?<={re.escape(word)})" for word in words)
    return rf"(?!{ends})" if ends else ""


def _titled(table: "HanSpeech", parts: Pieces) -> re.Pattern[str]:
    names = parts.names
    name = rf"{names.dotted}|{names.chinese}|{names.foreign}{{2,8}}|{names.family}|{LATIN_NAME}"
    title = rf"{parts.roles}|{peeked(table.names.honorifics)}"
    return re.compile(rf"(?P<name>{name})\s?(?P<role>{title}){parts.after_title}")


def _lead(table: "HanSpeech") -> re.Pattern[str]:
    around = table.subject_patterns
    age = rf"\d{{1,4}}\s?{table.name_patterns.aged}"
    date = rf"\d{{1,8}}{around.month}?\d{{0,8}}{around.day}"
    before = table.subjects.before_subject
    # bodies that begin like what precedes a subject: 主办方
    spared = peeked(
        body for body in (*table.bodies.bodies, *table.bodies.countries) if body.startswith(tuple(before))
    )
    return re.compile(rf"(?:{beginning(before)}(?!{spared}){any_of(before)}|{age}|{date}|[、\s{MARKED}])+")


def _tail(table: "HanSpeech", parts: Pieces) -> re.Pattern[str]:
    around = table.subject_patterns
    # offices, bodies and countries that begin like what follows a subject: 分析师, 也门
    known = (*parts.offices, *table.bodies.bodies, *table.bodies.countries)
    spared = peeked(word for word in known if word.startswith(tuple(table.subjects.after_subject)))
    at = rf"{around.at}(?!\S{{0,1}}[{around.after_family}])"
    begins = beginning((*table.subjects.after_subject, around.at))
    date = rf"\d{{1,8}}[{around.month}{around.day}]"
    return re.compile(rf"{begins}{_no_end(table)}(?:(?!{spared}){parts.after_subject}|{at})|{date}")


def _described(table: "HanSpeech", parts: Pieces) -> re.Pattern[str]:
    of = table.subject_patterns.genitive
    how = rf"(?:{peeked(table.subjects.describing)})[^，。；：{QUOTED}]{{0,24}}?{of}"
    who = rf"[^，。；：{of}{QUOTED}]{{0,8}}?(?:{parts.roles}|{peeked(table.subjects.described)})"
    return re.compile(rf"{how}{who}{parts.after_title}")


class CuePatterns:
    """What finds cues, and the sentences that have none."""

    def __init__(self, table: "HanSpeech", parts: Pieces) -> None:
        around = table.cue_patterns
        askers = peeked(table.interviews.askers)
        says = [word for word in said(table) if len(word) > 1]
        within = rf"(?:{around.within}[^，。]{{1,12}})?"
        attended = rf"(?:{peeked(table.cues.attends)}){around.done}?[^，。：{QUOTED}]{{0,8}}。?$"
        self.verb = _verb(table, parts)  # a verb of saying before its comma, colon or quotation
        self.clause_verb = _clause_verb(table)  # a verb of saying before a clause
        self.closing = _closing(parts)  # a cue at a sentence's end
        # what such a cue ends with, unless it tells somebody
        self.last_words = Endings([*said(table), *table.cues.after_verb])
        self.according = _according(table)
        self.speaks = re.compile(parts.says)  # right after marks: they hold a name
        # what stands before a verb whose subject is the one before: 并, 同时, 还
        self.same = re.compile(rf"(?:{peeked(table.subjects.same_subject)}|，)*{within}")
        # where the news begins that a wire sends: 新华社北京7月26日电（记者王明）
        wires = any_of(table.cue_patterns.wires)
        self.dateline = re.compile(rf"{wires}(?=[\s（(])\s*(?:[（(][^）)\n]{{1,40}}[）)])?\s*")
        # people at the end of a subject, whoever they are: 买房人|则
        people = peeked(word for word in table.cues.addressed if word not in table.cue_patterns.no_people)
        self.somebody = re.compile(rf"{people}(?:{parts.after_subject})?$")
        # a noun that is a verb of saying too, before another: 声明|说
        self.paper = re.compile(rf"(?:{peeked(table.cues.documents)})(?={parts.says})")
        # begins or ends a line that is the page's: （记者王明）, …-新华网
        self.margin = re.compile(r"[（(【]")
        self.page = re.compile(rf"\s?[-—–]\s?{HAN}{{1,6}}?(?:{peeked(table.continuation.sites)})")
        # begins a sentence about somebody spoken of before: 现在这位…
        self.pointing = re.compile(rf"(?:{_lead(table).pattern})?{any_of(table.continuation.pointing)}")
        self.opening = re.compile(_opening(table))  # begins a sentence of the narrator
        self.turning = _turning(table)  # begins one after a person spoke
        self.attending = re.compile(rf"(?<![{around.intending}]){attended}")  # a sentence that tells who was there
        # who asks, at the end of a subject: 有记者
        self.reporter = re.compile(rf"(?:^|[{around.before_asker}])(?:{askers})$")
        # a verb of saying with words after it: its object ends with another
        self.earlier = re.compile(rf"(?:{peeked(says)}|{around.done})(?=.*[^{around.circumstance}{around.among}]$)")
        # before what is nothing said: 由于担心
        self.reasons = re.compile(rf"(?:{peeked(table.subjects.reasons)})$|(?:{peeked(table.subjects.rules)}).")
        # what only tells when, or is too short for a clause
        self.circumstance = re.compile(rf"[^，。；：！？{QUOTED}]{{0,3}}，|[^，。；：！？]*[{around.circumstance}]，")
        self.circumstances = re.compile(  # clauses that only tell when, where or how
            rf"(?:{around.within}|{_opening(table)})[^，。；]{{0,40}}，|[^，。；]{{0,40}}[{around.circumstance}{around.among}]，"
            rf"|{_lead(table).pattern}，"
        )
        self.turns = re.compile(rf"，(?:{peeked(around.turns)})")  # where the narrator goes on after a clause
        # before words that were not said: 从未说过：
        # before the marks around what something is called from there on: （下称“报告”）
        self.alias = re.compile(rf"[（(][^（()）]*(?:{peeked(table.cues.called)})$")
        self.denied = re.compile(
            rf"(?:{peeked(table.cues.denials)})(?:{parts.says})(?:{parts.after_verb})?[，,：:\s]*$"
        )
        # the label of a question in an interview
        self.asker = re.compile(rf"(?:[^\s，。：:]{{0,8}}(?:{askers}))[：:]")
        # the label of an answer that is no name
        self.answer = re.compile(rf"(?:{peeked(table.interviews.answers)})[：:]")

    def end(self, plain: str, start: int, end: int) -> int:
        """Return where a sentence ends, the name of its page left out: ``…举行|-新华网``."""
        page = self.page.search(plain, max(start, end - _SITE), end)
        return page.start() if page and page.end() == end else end


def _verb(table: "HanSpeech", parts: Pieces) -> re.Pattern[str]:
    hearer = rf"[^，。；：{QUOTED}]{{0,7}}(?:{peeked(table.cues.addressed)})(?=[，,：:])"
    told = rf"{peeked(table.cues.addressing)}{hearer}"
    acts, after = peeked(table.cues.acts), parts.after_verb
    says = rf"(?:{parts.tells})(?:{after})?{_BEFORE_SAID}"
    act = rf"{acts}(?:{after}){_BEFORE_SAID}|{acts}(?=\s?[：:]|\s?[，,]?{QUOTED})"
    begins = beginning((*table.cues.addressing, *said(table), *table.cues.acts))
    return re.compile(rf"{begins}(?:{told}|{says}|{act})")


def _clause_verb(table: "HanSpeech") -> re.Pattern[str]:
    around = table.cue_patterns
    feeling = rf"(?<={around.show})[^，。{around.intending}]{{0,6}}?(?:{peeked(table.cues.feelings)})"
    nominal = rf"{feeling}(?=[，。；！、]|$|{peeked(around.after_feeling)})"
    other = rf"(?<={around.say})[{around.after_say}]"
    none = rf"(?![，。：、]|{peeked(around.no_clause)}|{other}|{nominal})"
    cues = table.cues
    verbs = any_of((*cues.frames, *cues.states, *cues.shows, *cues.announces))
    # 宣布|关闭东桥: a matter
    matter = "".join(rf"(?!(?<={word})(?!\d|{peeked(cues.clauses)}))" for word in cues.announces)
    return re.compile(rf"{verbs}{no_says(table)}{none}{matter}")


def _closing(parts: Pieces) -> re.Pattern[str]:
    begins = rf"(?:^|(?<={QUOTED})[，,]?|(?<=[，,]))"
    verb = rf"(?P<verb>(?:{parts.tells})(?:{parts.after_verb})?)"
    return re.compile(rf"{begins}(?P<who>[^，。；：{QUOTED}]{{0,80}}?){verb}(?=[。！]?$)")


def _according(table: "HanSpeech") -> re.Pattern[str]:
    around = table.cue_patterns
    # 在他看来, but 在义乌经商的人说 has a subject
    within = rf"{around.within}(?=[^，。；：]{{1,40}}{around.seen}[，,])"
    begins = any_of(word for word in table.cues.according if word != around.within)
    lead = rf"(?:{around.reporter}[^，。；：（）(){QUOTED}]{{0,12}}?)?"  # 记者25日从省气象局获悉
    learns = rf"{lead}(?P<from>{any_of(table.cues.learned_from)})"
    who = rf"(?P<who>[^，。；：{QUOTED}]{{1,40}}?|(?<={around.hearsay}))"  # 据统计，: nobody's
    of = table.subject_patterns.genitive
    ends = rf"(?(from)(?:{peeked(table.cues.learned)})|{of}?(?:{peeked(table.cues.according_ends)}))"
    return re.compile(rf"(?:{begins}|{within}|{learns}){who}{ends}[，,：]")


def _opening(table: "HanSpeech") -> str:
    day = rf"(?:\d{{4}}\s?年)?(?:\d{{1,2}}\s?{table.subject_patterns.month})?\d{{1,2}}\s?{table.subject_patterns.day}"
    weekday = peeked(table.name_patterns.weekdays)
    return rf"{day}|{weekday}|{peeked((*table.continuation.opening, *table.subjects.subjectless))}"


def _turning(table: "HanSpeech") -> re.Pattern[str]:
    now, turning = table.cue_patterns.now, peeked(table.continuation.turning)
    proceedings = peeked(table.continuation.proceedings)
    return re.compile(rf"(?!{now}){turning}|{now}[，,]?(?=[^。]{{0,300}}?(?:{proceedings}))")


class HanPatterns:
    """What finds names, offices, subjects and cues in Chinese text."""

    def __init__(self, own: "Language") -> None:
        self.table = table = own.han_speech()
        parts = Pieces(table)
        self.lexicon = _lexicon(own, table)
        self.names = NamePatterns(table, parts)
        self.offices = OfficePatterns(table, parts)
        self.subjects = SubjectPatterns(table, parts)
        self.cues = CuePatterns(table, parts)


@cache
def patterns(language: str) -> HanPatterns:
    """Return the patterns of a Han language.

    Raises:
        ConfigurationError: the language has no folder, or its ``speech.toml`` is not as it must be.
    """
    return HanPatterns(languages.get(language))
