"""The grammar of speech in Chinese: names by their office, frames before a comma or colon, characters as words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer import languages
from summarizer.speech.frames import Frame
from summarizer.speech.lexicon import Lexicon, lexicon
from summarizer.speech.mentions import Mention
from summarizer.speech.words import QUOTED, Words

__all__ = ["HanGrammar", "characters", "name_parts"]

_CHARACTER = re.compile(r"\ue000+|[A-Za-zÀ-ÿ]+(?:[.'’-][A-Za-zÀ-ÿ]+)*|\d+(?:[.,]\d+)*|\S")
_CLAUSE_END = "，。；！？：,;:!?\n" + QUOTED
_LATIN_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ·][A-ZÀ-Þ][\w.'’-]*){0,4}"


def characters(masked_text: str, start: int, end: int) -> Words:
    """Split ``masked_text[start:end]`` into Han characters, Latin words, numbers and quoted passages."""
    spans = [
        (m.start(), m.end(), QUOTED if m[0][0] == QUOTED else m[0])
        for m in _CHARACTER.finditer(masked_text, start, end)
    ]
    printed = [word for _, _, word in spans]
    return Words(printed, [w.lower() for w in printed], [s for s, _, _ in spans], [e for _, e, _ in spans])


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The ``[speech]`` table of a Han language as compiled patterns."""

    lexicon: Lexicon
    person: re.Pattern[str]  # an office and the name after it
    titled: re.Pattern[str]  # a name and the office after it
    verb: re.Pattern[str]
    clause_verb: re.Pattern[str]
    according: re.Pattern[str]
    role: re.Pattern[str]
    body: re.Pattern[str]
    name: re.Pattern[str]
    pronoun: re.Pattern[str]
    two: frozenset[str]  # names of families of two characters


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _patterns(language: str) -> _Patterns:
    table = languages.section(language, "speech")
    *two, one = table["surnames"].split()
    roles, after = _any(table["roles"]), _any(table["after_name"])
    family = f"(?:{'|'.join(two)}|[{one}])"
    foreign = f"[{table['foreign']}]"
    given = r"[\u4e00-\u9fff]"
    chinese = f"{family}{given}{{1,2}}"
    dotted = r"[\u4e00-\u9fff]{1,8}(?:[·•‧][\u4e00-\u9fff]{1,8})+"
    name = rf"(?:{dotted}|{_LATIN_NAME}|{chinese}|{foreign}{{2,8}})"
    lazy = rf"(?:{dotted}?|{_LATIN_NAME}|{family}{given}{{1,2}}?|{foreign}{{2,8}}?)"
    stop = rf"(?=[，。；：、！？（）()\s{QUOTED}]|$|{after})"
    place = r"[\u4e00-\u9fffA-Za-z0-9（）()·、\-—&]"
    cue = rf"(?:{_any(table['after_verb'])})?"
    says = _any(table["says"])
    return _Patterns(
        lexicon=lexicon(language),
        person=re.compile(
            rf"(?P<role>(?:{roles})(?:[、兼](?:{place}{{0,12}}?)(?:{roles}))*)\s?(?!{after})(?P<name>{lazy}){stop}"
        ),
        titled=re.compile(rf"(?P<name>{chinese}|{dotted}|{family}|{_LATIN_NAME})(?P<role>{roles}|先生|女士)"),
        verb=re.compile(rf"(?:{says}){cue}(?=\s?[，：:,]|\s?{QUOTED})"),
        clause_verb=re.compile(rf"(?:{_any(table['states'])})(?![，。：、的了]|者|自己)"),
        according=re.compile(
            rf"(?:{_any(table['according'])})(?P<who>[^，。；：{QUOTED}]{{1,40}}?)(?:{_any(table['according_ends'])})[，,]"
        ),
        role=re.compile(rf"(?:{roles})$"),
        body=re.compile(rf"(?:{_any(table['bodies'])})$"),
        name=re.compile(rf"{name}$"),
        pronoun=re.compile(rf"(?:{_any(table['pronouns'])})"),
        two=frozenset(two),
    )


def name_parts(name: str, two: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Part a name into what it may be shortened to: family and given name, or the parts of a foreign one."""
    if re.search(r"[·•‧ ]", name):
        return tuple(part for part in re.split(r"[·•‧ ]", name) if part)
    if not "\u4e00" <= name[0] <= "\u9fff":
        return (name,)
    family = 2 if name[:2] in two and len(name) > 2 else 1
    return (name[:family], name[family:]) if len(name) > family else (name,)


class HanGrammar:
    """Reads the sentences of one article; the names it holds are collected first."""

    def __init__(self, plain: str, language: str) -> None:
        self._patterns = _patterns(language)
        self._plain = plain
        self.people = self._collect(plain)
        self._names = sorted({plain[slice(*m.name)] for m in self.people if m.name}, key=len, reverse=True)

    @property
    def two(self) -> frozenset[str]:
        """Names of families of two characters."""
        return self._patterns.two

    def _collect(self, plain: str) -> list[Mention]:
        found: list[Mention] = []
        for match in self._patterns.person.finditer(plain):
            organisation, role = self._office(match.start("role"), match.end("role"))
            found.append(Mention(0, 0, "person", match.span("name"), role, organisation, plain[slice(*role)]))
        return found

    def _office(self, start: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int]]:
        """Part what stands before an office's words into its body and the office in full."""
        low = start
        while low > 0 and start - low < 40 and re.match(r"[\u4e00-\u9fffA-Za-z0-9（）()·&]", self._plain[low - 1]):
            low -= 1
        before = self._plain[low:start]
        before_at = max((before.rfind(word) + len(word) for word in _LEADS if word in before), default=0)
        low += before_at
        before = before[before_at:]
        best = 0
        for cut in range(len(before), 1, -1):
            if self._patterns.body.search(before[:cut]):
                best = cut
                break
        if best:
            return (low, low + best), (low + best, end)
        return None, (low if 0 < len(before) <= 8 else start, end)

    def read(self, words: Words) -> tuple[list[Mention], list[Frame]]:
        """Return the speakers a sentence names and its frames."""
        if not words.starts:
            return [], []
        start, end = words.starts[0], words.ends[-1]
        index = {at: i for i, at in enumerate(words.starts)}
        index |= {at: i + 1 for i, at in enumerate(words.ends)}
        sentence = self._plain[start:end]
        frames = [*self._according(sentence, start, index), *self._verbs(sentence, start, index)]
        frames.sort(key=lambda frame: frame.low)
        kept: list[Frame] = []
        for frame in frames:
            if not kept or frame.low >= kept[-1].high:
                kept.append(frame)
        return [m for m in (self._head(sentence, start, index),) if m], kept

    def _head(self, sentence: str, start: int, index: dict[int, int]) -> Mention | None:
        """Return the subject of the sentence's first clause."""
        end = next((i for i, char in enumerate(sentence) if char in _CLAUSE_END), len(sentence))
        return self._subject(start, start + end, index)

    def _according(self, sentence: str, start: int, index: dict[int, int]) -> Iterable[Frame]:
        for match in self._patterns.according.finditer(sentence):
            if match.start() and sentence[match.start() - 1] not in _CLAUSE_END:
                continue
            subject = self._subject(start + match.start("who"), start + match.end("who"), index)
            if subject is not None and start + match.end() in index:
                yield Frame(index[start + match.start()], index[start + match.end()], "right", subject)

    def _verbs(self, sentence: str, start: int, index: dict[int, int]) -> Iterable[Frame]:
        reached = 0
        for match in self._patterns.verb.finditer(sentence):
            if match.start() < reached:
                continue
            frame = self._verb(sentence, start, match.start(), match.end(), index)
            if frame is not None:
                reached = match.end()
                yield frame
        if not reached:
            yield from self._clauses(sentence, start, index)

    def _verb(self, sentence: str, start: int, low: int, high: int, index: dict[int, int]) -> Frame | None:
        clause = max(sentence.rfind(mark, 0, low) for mark in _CLAUSE_END) + 1
        begin, end = start + clause, start + high
        subject = self._subject(begin, start + low, index)
        cue = sentence[high : high + 1]
        after_quote = (clause > 0 and sentence[clause - 1] == QUOTED) or (
            clause > 1 and sentence[clause - 2] == QUOTED and sentence[clause - 1] in "，,"
        )
        same = subject is None and bool(
            re.fullmatch(r"(?:并|并且|同时|还|也|又|进一步|随后|最后|此外|，)*(?:在\S{1,12})?", sentence[clause:low])
        )
        if subject is None and not same:
            return None
        if begin not in index or end not in index:
            return None
        if cue and cue in "，,：:":
            end += 1
        if after_quote and (cue in "，," and not sentence[high + 1 : high + 2]):
            return Frame(index[begin], index[end], "left", subject, same=same)
        side: Literal["both", "right"] = "both" if after_quote else "right"
        return Frame(index[begin], index.get(end, index[start + high]), side, subject, same=same)

    def _clauses(self, sentence: str, start: int, index: dict[int, int]) -> Iterable[Frame]:
        """Read ``安博思表示愿…`` and the frame that closes a quotation: ``”龚正说。``."""
        closing = re.search(
            rf"[{QUOTED}][，,]?(?P<who>[^，。；：{QUOTED}]{{1,40}}?)(?:说|表示|称|道|指出|介绍|坦言|强调)[。！]?$",
            sentence,
        )
        if closing:
            subject = self._subject(start + closing.start("who"), start + closing.end("who"), index)
            low = start + closing.start("who")
            if subject is not None and low in index:
                yield Frame(index[low], len(index) and max(index.values()), "left", subject)
            return
        for match in self._patterns.clause_verb.finditer(sentence):
            clause = max(sentence.rfind(mark, 0, match.start()) for mark in _CLAUSE_END) + 1
            subject = self._subject(start + clause, start + match.start(), index, strict=True)
            low, high = start + clause, start + match.end()
            if subject is not None and low in index and high in index and len(sentence) - match.end() > 5:
                wish = match[0] in {"希望", "相信", "期待", "期望", "预计", "认为"}
                yield Frame(index[low], index[high], "right", subject, wish=wish)
                return

    def _subject(self, low: int, high: int, index: dict[int, int], *, strict: bool = False) -> Mention | None:
        """Read the subject in ``plain[low:high]``; `strict`: it must reach the verb but for an adverb."""
        clause = self._plain[low:high]
        head = _TAIL.search(clause)
        phrase = clause[: head.start()] if head else clause
        lead = _LEAD.match(phrase)
        low += lead.end() if lead else 0
        phrase = phrase[lead.end() :] if lead else phrase
        if not phrase.strip() or (strict and head and len(clause) - head.start() > 8):
            return None
        place = index.get(low), index.get(low + len(phrase))
        a, b = place[0] or 0, place[1] or 0
        return self._named(phrase, low, a, b) or self._unnamed(phrase, low, a, b)

    def _named(self, phrase: str, low: int, a: int, b: int) -> Mention | None:
        hits = sorted((phrase.find(name), name) for name in self._names if name in phrase)
        if (
            len(hits) > 1
            and re.search(r"[、和与及]", phrase[hits[0][0] : hits[-1][0]])
            and hits[0][1] not in hits[-1][1]
        ):
            return Mention(a, b, "many")
        if hits:
            at, name = hits[0]
            return Mention(a, b, "person", (low + at, low + at + len(name)))
        person = self._patterns.titled.match(phrase)
        if person and person.end() == len(phrase):
            span = low + person.start("name"), low + person.end("name")
            role = (
                None if person["role"] in {"先生", "女士"} else (low + person.start("role"), low + person.end("role"))
            )
            return Mention(a, b, "person", span, role, None, person["role"] if role else "")
        return None

    def _unnamed(self, phrase: str, low: int, a: int, b: int) -> Mention | None:
        if self._patterns.pronoun.fullmatch(phrase):
            return Mention(a, b, "pronoun", head=phrase)
        role = self._patterns.role.search(phrase)
        if role:
            organisation, office = self._office(low + role.start(), low + len(phrase))
            office = max(office[0], low), office[1]
            return Mention(
                a,
                b,
                "role",
                None,
                office,
                organisation if organisation and organisation[0] >= low else None,
                self._plain[slice(*office)],
            )
        if self._patterns.body.search(phrase):
            return Mention(a, b, "body", (low, low + len(phrase)))
        if self._patterns.name.fullmatch(phrase) and len(phrase) >= 2:
            return Mention(a, b, "person", (low, low + len(phrase)))
        return None


_LEADS = (
    "，",
    "。",
    "会见",
    "由",
    "与",
    "和",
    "的",
    "在",
    "对",
    "据",
    "来自",
    "邀请",
    "会上",
    "时任",
    "现任",
    "担任",
    "同",
)
_LEAD = re.compile(
    r"(?:同时|此外|对此|随后|会上|会见中|座谈会上|会谈中|期间|当天|当日|日前|近日|其中|而|但|另外|最后|并|还|也|今天|昨天|昨日|今日|\d+月?\d*日|、|\s)+"
)
_TAIL = re.compile(
    r"在|于(?!\S{0,1}[表说])|就|对|向|当|还|也|则|均|都|曾|特别|进一步|最后|随后|同时|并|首先|日前|近日|今天|昨天|今日|昨日|\d+月|\d+日|接受|致辞|表态|一致|明确|高兴地|高度|代表\S*?对|介绍了|会见|出席|指着|笑着|告诉|回答|通过|率|再次|强|直|则|坚定|这样|如是|"
    r"分析|补充|热情|欣喜|自豪|感慨|受访|作\S*?时|谈|结合|以|表"
)
