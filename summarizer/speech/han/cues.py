"""Cues of speech in Chinese sentences: verbs of saying before a comma, colon, quotation or clause."""

import re
from bisect import bisect_right, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from summarizer.speech.cue import Cue
from summarizer.speech.han.interviews import Label
from summarizer.speech.han.patterns import HanPatterns
from summarizer.speech.han.pieces import COMMAS
from summarizer.speech.han.scan import Scan
from summarizer.speech.han.subjects import Subjects, place
from summarizer.speech.mention import Mention
from summarizer.speech.sentences import Parsed
from summarizer.speech.words import QUOTED, Span, Words

__all__ = ["Parser"]

_CLAUSES = 2  # of a sentence that may hold whom it is about
_LONGEST = 1500  # characters; a longer "sentence" is a table, and looking for its cues would not be linear
# what a passage that ends the clause before a cue is: no term in running text, as in 台风“海葵”，气象局预计
_AFTER_SPEECH = re.compile(rf"(?<![\u4e00-\u9fff{QUOTED}]){QUOTED}+[\s，,]*$")
_PRESENTED = re.compile(rf"[：:]\s?{QUOTED}|[，,]\s?{QUOTED}{{15,300}}$")
_PAPER = 10  # characters of a paper before its reporter: 北京青年报|记者从市园林局获悉
_PEOPLE = 8  # characters before a verb that end with those who speak: 不少|买房人|则
_SAID = 3  # characters, with their stop, that a clause after a verb of saying has at least
_NOBODY = Mention(0, 0, "many")  # somebody, and nobody we can name
_COLONS = "：:"
_BESIDE = f"{QUOTED}{COMMAS} "  # what may stand between a cue and the sentence before
_BETWEEN = re.compile(rf"(?<={QUOTED})(?P<who>[^，。；：！？{QUOTED}]{{2,14}})[，,]\s?(?={QUOTED})")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence while its cues are read."""

    text: str
    start: int
    end: int
    words: Words
    edges: Sequence[int]  # where its clauses end
    head: Mention | None  # whom it is about

    def clause(self, at: int) -> int:
        """Return where the clause of `at` begins."""
        index = bisect_right(self.edges, at)
        return self.edges[index - 1] if index else 0

    def word(self, at: int) -> int:
        return place(self.words, self.start + at)


class Parser:
    """Reads the sentences of one article, whose names are known."""

    def __init__(
        self, plain: str, subjects: Subjects, han: HanPatterns, scan: Scan, labelled: Mapping[int, Label]
    ) -> None:
        self._plain = plain
        self._labels = labelled
        self._patterns = han
        self._own = han.cues
        self._table = han.table
        self._hearsay = han.table.cue_patterns.hearsay
        self._subjects = subjects
        self._scan = scan

    def parse(self, start: int, end: int) -> Parsed:
        """Return a sentence's characters, the person or body it begins with, and its cues."""
        end = self._own.end(self._plain, start, end)
        words = self._scan.words(start, end)
        if not words.starts or len(words) > _LONGEST:
            return words, [], []
        if start in self._labels:
            return self._labelled(self._labels[start], words)
        clauses = self._scan.clauses(start, end)
        line = self._own.dateline.search(self._plain, start, end) if self._scan.wired.within(start, end) else None
        told = line.end() if line else start
        head = self._head(told, end, words, [clause for clause in clauses if clause[0] >= told])
        mentions = [head] if head else []
        if self._scan.silent(start, end):
            return words, mentions, []
        edges = [last - start for _, last in clauses]
        if line:
            insort(edges, told - start)
        return words, mentions, self._cues(_Sentence(self._plain[start:end], start, end, words, edges, head))

    def _cues(self, sentence: _Sentence) -> Sequence[Cue]:
        """Return the cues of a sentence that may have some."""
        accorded = list(self._according(sentence))
        verbs = [cue for cue in self._verbs(sentence) if all(not a.low <= cue.low < a.high for a in accorded)]
        own = {cue.low for cue in verbs if cue.subject is not None}  # 据报纸报道，李明说，…: what Li said
        found = [cue for cue in accorded if cue.high not in own]
        found += [cue for cue in verbs if cue.high not in own or not self._of_paper(sentence, cue)]
        found.sort(key=attrgetter("low"))
        return list(_kept(found, sentence.head, self._patterns.subjects.persons))

    def _of_paper(self, sentence: _Sentence, cue: Cue) -> bool:
        end = sentence.words.ends[cue.high - 1] - sentence.start
        return sentence.text[:end].rstrip(COMMAS).endswith(self._table.cues.reports)

    def _labelled(self, label: Label, words: Words) -> Parsed:
        """Read a line of an interview: a question is the narrator's, an answer is the interviewed person's."""
        high = place(words, label.end)
        if label.asks:
            return words, [Mention(0, high, "pronoun", head="")], []
        subject = Mention(0, high, "person" if label.name else "pronoun", label.name)
        return words, [subject], [Cue(0, high, "right", subject)]

    def _head(self, start: int, end: int, words: Words, clauses: Sequence[Span]) -> Mention | None:
        """Return whom the sentence is about: the subject of its first clause that has one."""
        at = start
        for low, high in [*clauses[:_CLAUSES], (end, end)][:_CLAUSES]:
            mention = self._subjects.read(at, low, words) if low > at else None
            if mention is not None or (low < end and self._plain[low] == QUOTED):
                return mention
            at = high
        return None

    def _subject(self, sentence: _Sentence, low: int, high: int, *, strict: bool = False) -> Mention | None:
        return self._subjects.read(sentence.start + low, sentence.start + high, sentence.words, strict=strict)

    def _according(self, sentence: _Sentence) -> Iterator[Cue]:
        if not self._scan.accorded.within(sentence.start, sentence.end):
            return
        for match in self._own.according.finditer(sentence.text):
            subject = self._subject(sentence, *match.span("who")) if match["who"] else None
            if subject is None and (
                match["from"] or self._hearsay in sentence.text[match.start() : match.start("who")]
            ):
                subject = _NOBODY  # 据统计，; 据老街坊们介绍，: whom we cannot name
            before = sentence.text[sentence.clause(match.start()) : match.start()]
            paper = match["from"] is not None and len(before) < _PAPER
            if subject is not None and (not before or paper or self._leads(before)):
                yield Cue(sentence.word(match.start()), sentence.word(match.end()), "right", subject)

    def _leads(self, before: str) -> bool:
        """Tell whether words only lead to a subject: 但, 与此同时."""
        return bool(self._own.same.fullmatch(before) or self._patterns.subjects.lead.fullmatch(before))

    def _verbs(self, sentence: _Sentence) -> Iterator[Cue]:
        closes = self._scan.closes(sentence.start, sentence.end)
        closing = self._own.closing.search(sentence.text) if closes else None
        cues = list(self._closing(closing, sentence)) if closing else []
        stop = closing.start() if closing and cues else len(sentence.text)
        for match in self._scan.verbs(sentence.start, sentence.start + stop):
            cues += self._verb(sentence, match, first=not cues)
        acts = self._acts(sentence) if not cues and QUOTED in sentence.text else ()
        cues += [*acts, *self._clauses(sentence, cues)]
        yield from cues or self._beside(sentence)

    def _beside(self, sentence: _Sentence) -> Iterator[Cue]:
        """Take a sentence after a quotation for its cue if it is about a person: ``“…。”魏经理竖起了大拇指。``."""
        if self._plain[sentence.start - 1 : sentence.start] != QUOTED:
            return
        before = self._plain[max(0, sentence.start - _LONGEST) : sentence.start]
        presented = before.rstrip(QUOTED).endswith(tuple(COMMAS + _COLONS))  # 王明说：“…。”客人参观了园区。
        if presented or QUOTED in sentence.text:
            return
        for low, high in pairwise([0, *sentence.edges]):
            subject = self._subject(sentence, low, high)
            if subject is not None and subject.kind in {"person", "pronoun"}:
                yield Cue(0, len(sentence.words), "left", subject, tied=False)
                return

    def _closing(self, match: re.Match[str], sentence: _Sentence) -> Iterator[Cue]:
        """Read the cue at a sentence's end: ``”龚正说。``, or one that is all the sentence has."""
        if match["verb"] in self._table.cues.reports:
            return  # 电视台报道。: a noun
        subject = self._subject(sentence, *match.span("who"))
        low = match.start("who")
        late = self._plain[sentence.start - 1 : sentence.start] == QUOTED
        if low > 0 and (late or self._patterns.subjects.lead.fullmatch(sentence.text, 0, low - 1)):
            low = 0  # “…。”看着屏幕，龚正说。: the quotation is a sentence of its own
        elif sentence.text[max(0, low - 1) : low] in {*COMMAS} and sentence.text[low - 2 : low - 1] != QUOTED:
            thing = subject is None or self._names_a_thing(sentence, subject, match.start("verb"), match["verb"])
            if thing:
                return  # 并强调了纪律要求: a noun
        if subject is None:
            paper = self._table.cue_patterns.among in match["verb"]  # 声明中说: whose it is, another sentence tells
            subject = _NOBODY if match["who"] or paper else sentence.head
        yield Cue(sentence.word(low), sentence.word(match.end("verb")), "left", subject, tied=low > 0)

    def _acts(self, sentence: _Sentence) -> Iterator[Cue]:
        """Take for a cue a person's clause between quotations, before a colon or a quotation with its own stop."""
        places: list[tuple[int, int, int, Literal["both", "right"]]] = []
        for match in _BETWEEN.finditer(sentence.text):  # “…，”老张顿了顿，“…。”
            places.append((*match.span("who"), match.end(), "both"))
        for match in _PRESENTED.finditer(sentence.text):
            places.append((sentence.clause(match.start()), match.start(), match.start() + 1, "right"))
        for low, high, after, side in places:
            subject = self._subject(sentence, low, high)
            if subject is not None and subject.kind in {"person", "role", "pronoun"}:
                yield Cue(sentence.word(low), sentence.word(after), side, subject)

    def _verb(self, sentence: _Sentence, match: re.Match[str], *, first: bool) -> Iterator[Cue]:
        text = sentence.text
        low, high = match.start() - sentence.start, match.end() - sentence.start
        clause = sentence.clause(low)
        low += self._past_noun(text[clause:low], match[0])
        verb = text[low:high]
        subject = self._teller(sentence, clause, low, verb)
        subject = self._antecedent(sentence, subject, clause) if first else subject
        mark = text[high : high + 1]
        quoted = mark in _COLONS or QUOTED in text[high : high + 2]
        before = text[clause:low]
        shown = verb.startswith(self._table.cues.shows)
        thing = (shown and subject is None) or self._names_a_thing(sentence, subject, low, verb)
        if before.endswith(self._table.cues.denials) or thing:
            return
        named = text[high:].lstrip(QUOTED)[:1].isalnum() and not verb.startswith(self._table.cues.frames)
        named = mark == QUOTED and (named or verb.endswith(self._table.cue_patterns.done))
        if self._own.reporter.search(before) or named:
            return  # 有记者问：…: the question of an interview; 影片讲述了“…”, 通报“…”细节: no words of its own
        same = subject is None and bool(self._own.same.fullmatch(before))
        if subject is None and not same and quoted:
            same = (clause > 0 and sentence.head is not None) or bool(self._patterns.subjects.tail.match(before))
            subject = None if same else _NOBODY
        if subject is None and not same and first and self._framed(before, verb):
            subject = _NOBODY
        if same and not quoted:
            subject = self._doer(sentence, clause)
        if subject is None and not same:
            return
        if text[:clause].endswith(QUOTED) and subject is None and not before:
            return  # “警察局”表示: the marks hold the subject
        side: Literal["both", "right"] = "both" if _AFTER_SPEECH.search(text, 0, clause) else "right"
        begin, end = sentence.word(clause), sentence.word(high + (mark in COMMAS + _COLONS))
        yield Cue(begin, end, side, subject, same=same)

    def _past_noun(self, before: str, verb: str) -> int:
        """Return how long the noun is that a verb of saying begins with: ``该|声明|说``, not ``警方|声明说``."""
        noun = self._own.paper.match(verb)
        return noun.end() if noun and (not before or before.endswith(self._table.subjects.pointing)) else 0

    def _teller(self, sentence: _Sentence, low: int, high: int, verb: str, *, strict: bool = False) -> Mention | None:
        """Return the subject of a verb, which for one of showing is a source: ``支付宝数据|显示``."""
        if verb.startswith(self._table.cues.shows):
            return self._subjects.document(sentence.start + low, sentence.start + high, sentence.words)
        found = self._subject(sentence, low, high, strict=strict)
        firm = not strict or verb.startswith(self._table.cues.frames)  # 示威者要求民主: a matter
        somebody = found is None and firm and self._own.somebody.search(sentence.text, max(low, high - _PEOPLE), high)
        return _NOBODY if somebody else found  # 不少|买房人|则认为

    def _antecedent(self, sentence: _Sentence, subject: Mention | None, clause: int) -> Mention | None:
        """Return nobody we can name for a pronoun after a clause of the same sentence whose subject is not read."""
        pronoun = subject is not None and subject.head in self._patterns.subjects.persons
        if not pronoun or sentence.head not in {None, subject}:
            return subject
        told = self._own.circumstances.sub("", sentence.text[:clause]).strip(_BESIDE)
        return _NOBODY if told else subject

    def _doer(self, sentence: _Sentence, clause: int) -> Mention | None:
        """Return nobody we can name where a clause goes on with another whose subject is not read: ``…，并称``."""
        goes_on = sentence.text[:clause].strip(_BESIDE) and sentence.head is None
        return _NOBODY if goes_on else None

    def _framed(self, before: str, verb: str) -> bool:
        """Tell whether whatever stands before a verb of saying is its subject: ``联合声明|表示，``."""
        firm = verb.startswith((self._table.cue_patterns.tell, *self._table.cues.frames, *self._table.cues.reports))
        return firm and len(before) > 1 and not before.endswith(self._table.cue_patterns.come)

    def _names_a_thing(self, sentence: _Sentence, subject: Mention | None, at: int, verb: str) -> bool:
        """Tell whether a verb of saying is a noun, or only a reason: 宣布了一系列|提议, 按政府|要求, 由于|担心."""
        if verb.startswith((*self._table.cues.frames, *self._table.cues.shows)):
            return False
        clause = sentence.clause(at)
        spans = (subject.name, subject.role) if subject else ()
        after = max([clause, *(each[1] - sentence.start for each in spans if each)])
        reason = self._own.reasons.search(sentence.text, clause, at)
        return reason is not None or self._own.earlier.search(sentence.text, after, at) is not None

    def _clauses(self, sentence: _Sentence, told: Sequence[Cue]) -> Iterator[Cue]:
        """Read the verbs that take their clause without a comma: ``安博思表示愿…``, beside the cues `told`."""
        if not self._scan.stated.within(sentence.start, sentence.end) or any(cue.side == "left" for cue in told):
            return
        # what somebody says in what a paper reports is his
        framed = min((c.low for c in told if not self._of_paper(sentence, c)), default=len(sentence.words))
        for match in self._own.clause_verb.finditer(sentence.text):
            low, high = sentence.word(sentence.clause(match.start())), sentence.word(match.end())
            if any(cue.low < high and low < cue.high for cue in told):
                continue
            cue = self._stated(sentence, match, goes_on=framed < low)
            if cue is not None:
                yield cue
                framed = min(framed, low)

    def _stated(self, sentence: _Sentence, match: re.Match[str], *, goes_on: bool) -> Cue | None:
        """Read such a verb; in what somebody is told to say (`goes_on`) only what he says besides: ``，并称…``."""
        clause = sentence.clause(match.start())
        before = sentence.text[clause : match.start()]
        subject = None if goes_on else self._teller(sentence, clause, match.start(), match[0], strict=True)
        if before.endswith((*self._table.cues.denials, self._table.subject_patterns.genitive)):
            return None
        told = self._own.circumstance.match(sentence.text, match.end())
        shown = match[0].startswith(self._table.cues.shows)
        if told or (shown and subject is None) or self._names_a_thing(sentence, subject, match.start(), match[0]):
            return None
        led = goes_on or (clause > 0 and sentence.text[clause - 1] in COMMAS and sentence.head is not None)
        carries = bool(before) or (led and match[0] in self._table.cues.frames)  # 发出传票，|要求: an act
        same = subject is None and carries and bool(self._own.same.fullmatch(before))
        if same and not goes_on:
            subject = self._doer(sentence, clause)
        if (subject is None and not same) or len(sentence.text) - match.end() <= _SAID:
            return None
        # 他希望 begins a report of its own, 双方希望 goes on
        his = subject is not None and subject.head in self._patterns.subjects.persons
        wish = match[0] in self._table.cues.wishes and not his
        if wish and goes_on:
            return None
        act = not match[0].startswith(self._table.cues.frames)  # 他表示愿意，但…: he goes on
        turn = self._own.turns.search(sentence.text, match.end()) if act else None
        until = sentence.word(turn.start()) if turn else None
        low, high = sentence.word(clause), sentence.word(match.end())
        return Cue(low, high, "right", subject, same=same, wish=wish, until=until)


def _kept(found: Sequence[Cue], about: Mention | None, persons: Collection[str]) -> Iterator[Cue]:
    """Yield the cues that do not overlap an earlier one; some without a name are those of the sentence's head."""
    reached, named, framed = 0, False, False
    for cue in found:
        if cue.low < reached or (cue.low == reached > 0 and framed):
            continue  # 王明表示，专家认为，…: what the expert thinks is told by the first
        framed = cue.side == "right" and not cue.same
        subject = cue.subject
        lost = subject is None and cue.same and not named
        pronoun = subject is not None and (subject.head in persons or (subject.kind == "pronoun" and subject.role))
        # 县长徐振华带队，他（这位县长）说：…
        if lost or (pronoun and about is not None and about.kind == "person" and about.high <= cue.low):
            subject = about
        reached, named = cue.high, named or subject is not None
        yield cue if subject is cue.subject else replace(cue, subject=subject)
