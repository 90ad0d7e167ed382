"""Pieces of patterns, as text: names, offices and verbs of saying, of which a Han language's patterns are made."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.languages.wordlist import any_of, beginning, peeked
from summarizer.speech.words import QUOTED

if TYPE_CHECKING:
    from summarizer.languages.speech import HanSpeech

__all__ = ["CLAUSE", "COMMAS", "HAN", "LATIN_NAME", "MARKED", "Pieces", "no_says", "said"]

HAN = r"[\u4e00-\u9fff]"
NOT_HAN = r"[^\u4e00-\u9fff]"
COMMAS = "，,"
_GROUP = 24  # first characters
MARKED = '“”「」『』"'  # quotation marks around a name
MARKS = r"，。；：、！？（）()\s"  # what may stand after a name
#: What parts clauses; a quoted passage does too, except a term in the middle of one: 这位“90后”书记.
#: Each branch begins with a character, so that the search leaps over all others.
CLAUSE = re.compile(
    rf"[，。；！？：,;:!?\n]|{QUOTED}(?<![\u4e00-\u9fff{QUOTED}]{QUOTED}){QUOTED}*|{QUOTED}+(?!{HAN}|{QUOTED})"
)
LATIN_NAME = r"[A-ZÀ-Þ][A-Za-zÀ-ɏ\d.'’-]*(?:[ ·][A-ZÀ-Þ][A-Za-zÀ-ɏ\d.'’-]*){0,4}"


class Names:
    """Patterns of names, as text, from the table's family names and characters of foreign names."""

    def __init__(self, table: "HanSpeech") -> None:
        after = [*table.names.after_name, *said(table), *table.name_patterns.weekdays]
        sure = peeked(word for word in after if len(word) > 1 or word in table.name_patterns.no_given)
        no_day = f"(?!{peeked(table.name_patterns.weekdays)})"
        stop = rf"(?=[{MARKS}\d{QUOTED}]|$|{peeked(after)})"
        self.family = family = f"(?:{any_of(table.names.surnames_two)}|[{table.names.surnames}])"
        self.foreign = foreign = _foreign(table, after)  # a character of a foreign name
        self.dotted = _dotted(table, foreign)  # a foreign name with its parts
        self.chinese = rf"{no_day}{family}{HAN}{{1,2}}"  # a Chinese name in full
        self.full = _full(table, family, sure)  # one of three characters, before a word that surely follows it
        known = rf"{self.dotted}|{LATIN_NAME}|{_called(table, family)}"
        given = rf"{no_day}(?:{self.full}|{family}{HAN}{{1,2}}?|{foreign}{{2,8}}?)"
        self.running = rf"(?:{known}|{given}{stop})"  # a name in running text, up to what may come after one
        self.whole = rf"(?:{known}|{self.chinese}|{foreign}{{2,8}})"  # a name that is all there is


class Pieces:
    """What several patterns are made of, as text."""

    def __init__(self, table: "HanSpeech") -> None:
        self.names = Names(table)
        self.offices = _offices(table)  # the nouns of offices, with those of deputies
        self.roles = grouped(self.offices)
        self.after_name = grouped((*table.names.after_name, *said(table)))  # what may come right after a name
        self.after_subject = grouped(table.subjects.after_subject)
        self.says = peeked(said(table))
        self.after_verb = peeked(table.cues.after_verb)  # what may stand between a verb of saying and its comma
        self.tells = _tells(table)  # a verb of saying where it is one
        #: What follows a name with its office, or a description.
        self.after_title = rf"(?=$|{NOT_HAN}|{self.after_name}|{self.after_subject})"


def grouped(words: Sequence[str]) -> str:
    """Return `peeked` words in groups by their first character: a place that fits tries those of one group alone."""
    first = sorted({word[0] for word in words})
    groups = (first[at : at + _GROUP] for at in range(0, len(first), _GROUP))
    return rf"(?:{'|'.join(peeked(word for word in words if word[0] in group) for group in groups)})"


def said(table: "HanSpeech") -> tuple[str, ...]:
    """Return the verbs of saying."""
    return (*table.cues.says, *table.cues.frames, *table.cues.states, *table.cues.shows, *table.cues.announces)


def _offices(table: "HanSpeech") -> tuple[str, ...]:
    deputy, led = table.office_patterns.deputy, tuple(table.office_patterns.deputies)
    deputies = (f"{deputy}{role}" for role in table.offices.roles if role.endswith(led) and role[0] != deputy)
    return (*table.offices.roles, *deputies)


def _tells(table: "HanSpeech") -> str:
    plain = rf"(?:(?<!{table.subject_patterns.genitive})|(?=[{table.cue_patterns.clipped}])){peeked(said(table))}"
    told = rf"{table.cue_patterns.tell}[^，。；：{QUOTED}]{{1,8}}|{plain}"
    return rf"{beginning(said(table))}(?:{told}){no_says(table)}"


def no_says(table: "HanSpeech") -> str:
    """Return what holds where no other word ends than a verb of saying: not 名称."""
    return "".join(f"(?<!{word})" for word in table.cues.no_says)


def _foreign(table: "HanSpeech", after: list[str]) -> str:
    """Return a character of a foreign name that does not begin a word that may follow one."""
    longer = (word for word in after if len(word) > 1 or word in table.name_patterns.no_given)
    return rf"(?:(?!{peeked(word for word in longer if word[0] in table.names.foreign)})[{table.names.foreign}])"


def _dotted(table: "HanSpeech", foreign: str) -> str:
    more = table.names.foreign_dotted
    family = rf"[{table.names.surnames}](?=[{MARKS}{QUOTED}{table.name_patterns.after_foreign}]|$)"
    last = rf"(?:{foreign}{{1,8}}|{family})"
    first = rf"[{table.names.foreign}{more}]{{1,8}}"
    return rf"(?:{first}(?:-{first})*(?:[·•‧](?:[{more}]{foreign}{{0,7}}|{last})(?:-{first})*)+)"


def _full(table: "HanSpeech", family: str, sure: str) -> str:
    """Return a name with a given name of two characters, before a word that begins well: 吕大为|介绍, not 吕大|为."""
    given = rf"(?!{sure}){HAN}(?!{sure})(?![{table.name_patterns.no_given}]){HAN}"
    return rf"{family}[{table.names.surnames}]?{given}(?=[{MARKS}\d{QUOTED}]|$|{sure})"


def _called(table: "HanSpeech", family: str) -> str:
    """Return a family name and what is said for a given one: 许伯|说, and 许伯安 is somebody's name."""
    long, short = ([word for word in table.names.kin if (len(word) > 1) is two] for two in (True, False))
    after = (*table.names.after_name, *said(table), *table.subjects.after_subject)
    ends = rf"(?=$|{NOT_HAN}|{peeked(after)})"
    familiar = rf"[{table.name_patterns.familiar}][{table.names.surnames}]"
    return rf"{family}(?:{peeked(long)}|(?:{peeked(short)}){ends})|{familiar}{ends}"
