"""Speech in Chinese: names by their office, frames before a comma or colon, characters as words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Literal

from summarizer.speech.frames import Frame
from summarizer.speech.han_names import HanPatterns, name_parts, names_in, office, patterns
from summarizer.speech.marks import passages
from summarizer.speech.mentions import Mention
from summarizer.speech.parts import Speech
from summarizer.speech.people import People
from summarizer.speech.reader import Reader
from summarizer.speech.sentences import Parsed, read, repaired
from summarizer.speech.words import QUOTED, Words, masked

__all__ = ["find"]

#: What is one word of Chinese text but more than one character, and the blanks, which are none.
_LONGER = re.compile(r"(?P<quoted>\ue000+)|(?P<blank>\s+)|[A-Za-zÀ-ÿ]+(?:[.'’-][A-Za-zÀ-ÿ]+)*|\d+(?:[.,]\d+)*")
_CLAUSE = re.compile(rf"[，。；！？：,;:!?\n{QUOTED}]")
_CLAUSES = 3  # of a sentence that may hold whom it is about
_NAMES = 300  # persons; an article that names more is a list
_LONGEST = 1500  # characters; a longer "sentence" is a table, and looking for its frames would not be linear
_AFTER_QUOTATION = re.compile(rf"(?<={QUOTED})(?P<who>[^，。；：{QUOTED}]{{4,14}})[。！]?$")
_COMMAS = "，,"
_COLONS = "：:"


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article written in Han characters."""
    found = patterns(language)
    named = names_in(text, found)
    marked = passages(text)
    if not all(passage.closed for passage in marked):
        marked = tuple(repaired(text, marked, language, _Grammar(text, named, found).parse))
    grammar = _Grammar(masked(text, marked), named, found)
    people = People(text, found.lexicon, partial(name_parts, two=found.two))
    people.learn(named)
    sentences = read(text, marked, language, grammar.parse)
    people.hear(frame.subject for sentence in sentences for frame in sentence.frames if frame.subject)
    return Reader(text, found.lexicon, people, sentences).read()


def _characters(plain: str, start: int, end: int) -> Words:
    """Split ``plain[start:end]`` into Han characters, Latin words, numbers and quoted passages."""
    printed: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = start
    for match in _LONGER.finditer(plain, start, end):
        low, high = match.span()
        printed += plain[at:low]
        starts += range(at, low)
        ends += range(at + 1, low + 1)
        at = high
        if not match["blank"]:
            printed.append(QUOTED if match["quoted"] else match[0])
            starts.append(low)
            ends.append(high)
    printed += plain[at:end]
    starts += range(at, end)
    ends += range(at + 1, end + 1)
    return Words(printed, [word.lower() for word in printed], starts, ends)


def _place(words: Words, offset: int) -> int:
    """Return the index of the first word that begins at `offset` or after it."""
    return bisect_left(words.starts, offset)


class _Grammar:
    """Reads the sentences of one article, whose names are known."""

    def __init__(self, plain: str, named: Sequence[Mention], found: HanPatterns) -> None:
        self._plain = plain
        self._patterns = found
        names = {m_text for m in named if m.name and QUOTED not in (m_text := plain[slice(*m.name)])}
        names |= {part for name in names for part in name_parts(name) if len(part) > 1 and "·" in name}
        names = set(sorted(names)[:_NAMES])
        self._names = (
            re.compile("|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))) if names else None
        )

    def parse(self, start: int, end: int) -> Parsed:
        """Return a sentence's characters, the person or body it begins with, and its frames."""
        words = _characters(self._plain, start, end)
        if not words.starts or len(words) > _LONGEST:
            return words, [], []
        sentence = self._plain[start:end]
        head = self._head(sentence, start, words)
        framed = sorted(
            [*self._according(sentence, start, words), *self._verbs(sentence, start, words, head)],
            key=lambda f: f.low,
        )
        kept: list[Frame] = []
        for frame in framed:
            if not kept or frame.low >= kept[-1].high:
                kept.append(frame)
        return words, [head] if head else [], kept

    def _head(self, sentence: str, start: int, words: Words) -> Mention | None:
        """Return whom the sentence is about: the subject of its first clause that has one."""
        at = 0
        for clause in islice(_CLAUSE.finditer(sentence + "。"), _CLAUSES):
            mention = self._subject(start + at, start + clause.start(), words) if clause.start() > at else None
            if mention is not None or sentence[clause.start() : clause.start() + 1] == QUOTED:
                return mention
            at = clause.end()
        return None

    def _according(self, sentence: str, start: int, words: Words) -> Iterator[Frame]:
        for match in self._patterns.according.finditer(sentence):
            if match.start() and not _CLAUSE.match(sentence[match.start() - 1]):
                continue
            subject = self._subject(start + match.start("who"), start + match.end("who"), words)
            if subject is not None:
                yield Frame(
                    _place(words, start + match.start()), _place(words, start + match.end()), "right", subject
                )

    def _verbs(self, sentence: str, start: int, words: Words, head: Mention | None) -> Iterator[Frame]:
        closing = self._patterns.closing.search(sentence)
        if closing:
            yield from self._closing(closing, start, words, head)
        else:
            yield from self._inviting(sentence, start, words)
        some = closing is not None
        for match in self._patterns.verb.finditer(sentence):
            if closing is None or match.end() <= closing.start():
                for frame in self._verb(sentence, start, match, words, head):
                    some = True
                    yield frame
        if not some:
            yield from self._clauses(sentence, start, words)

    def _closing(self, match: re.Match[str], start: int, words: Words, head: Mention | None) -> Iterator[Frame]:
        """Read the frame at a sentence's end: ``”龚正说。``, or one that is all the sentence has."""
        subject = self._subject(start + match.start("who"), start + match.end("who"), words)
        low, high = start + match.start("who"), start + match.end("verb")
        if subject is None:
            subject = Mention(0, 0, "many") if match["who"] else head
        yield Frame(_place(words, low), _place(words, high), "left", subject, tied=match.start("who") > 0)

    def _inviting(self, sentence: str, start: int, words: Words) -> Iterator[Frame]:
        """Take any short clause after a quotation for a frame if a person is its subject: ``”张国智发出邀请。``."""
        match = _AFTER_QUOTATION.search(sentence)
        subject = self._subject(start + match.start("who"), start + match.end("who"), words) if match else None
        if match and subject is not None and subject.name is not None and subject.kind == "person":
            low, high = start + match.start("who"), start + match.end("who")
            if subject.name[0] == low:
                yield Frame(_place(words, low), _place(words, high), "left", subject)

    def _verb(
        self, sentence: str, start: int, match: re.Match[str], words: Words, head: Mention | None
    ) -> Iterator[Frame]:
        low, high = match.span()
        clause = max((m.end() for m in _CLAUSE.finditer(sentence, 0, low)), default=0)
        subject = self._subject(start + clause, start + low, words)
        cue = sentence[high : high + 1]
        quoted = cue in _COLONS or cue == QUOTED
        before = sentence[clause:low]
        same = subject is None and bool(self._patterns.same.fullmatch(before))
        if subject is None and not same and quoted:
            adverb = self._patterns.tail.match(before)
            same = adverb is not None
            subject = None if same else Mention(0, 0, "many")  # somebody, and nobody we can name
        begin, end = start + clause, start + high + (cue in _COMMAS + _COLONS)
        if subject is None and not same:
            return
        if sentence[:clause].endswith(QUOTED) and subject is None and not sentence[clause:low]:
            return  # “警察局”表示: the marks hold the subject
        after_quotation = sentence[:clause].rstrip(_COMMAS).endswith(QUOTED)
        side: Literal["both", "right"] = "both" if after_quotation else "right"
        yield Frame(_place(words, begin), _place(words, end), side, subject or (head if quoted else None), same=same)

    def _clauses(self, sentence: str, start: int, words: Words) -> Iterator[Frame]:
        """Read a verb that takes its clause without a comma: ``安博思表示愿…``."""
        for match in self._patterns.clause_verb.finditer(sentence):
            clause = max((m.end() for m in _CLAUSE.finditer(sentence, 0, match.start())), default=0)
            subject = self._subject(start + clause, start + match.start(), words, strict=True)
            low, high = start + clause, start + match.end()
            before = sentence[clause : match.start()]
            same = subject is None and bool(before) and bool(self._patterns.same.fullmatch(before))
            if (subject is not None or same) and len(sentence) - match.end() > 5:
                yield Frame(
                    _place(words, low),
                    _place(words, high),
                    "right",
                    subject,
                    same=same,
                    wish=match[0] in self._patterns.wishes,
                )
                return

    def _subject(self, low: int, high: int, words: Words, *, strict: bool = False) -> Mention | None:
        """Read the subject in ``plain[low:high]``; `strict`: it must reach the verb but for a short adverb."""
        lead = self._patterns.lead.match(self._plain, low, high)
        low = lead.end() if lead else low
        clause = self._plain[low:high]
        named = self._named(clause, low, words)
        tail = self._patterns.tail.search(clause)
        if strict and tail and len(clause) - tail.start() > 8:
            return None
        if named is not None:
            return named
        phrase = (clause[: tail.start()] if tail else clause).strip()
        return self._unnamed(phrase, low, words) if phrase else None

    def _named(self, clause: str, low: int, words: Words) -> Mention | None:
        """Find a person whom the article names elsewhere by his office, or a titled one."""
        a, b = _place(words, low), _place(words, low + len(clause))
        hits = list(self._names.finditer(clause)) if self._names else []
        if hits and self._patterns.object_before.search(clause[: hits[0].start()]):
            return None
        if len(hits) > 1 and re.fullmatch(r".{0,24}?[、和与及]\S{0,24}?", clause[hits[0].end() : hits[1].start()]):
            return Mention(a, b, "many")
        if hits:
            return Mention(a, b, "person", (low + hits[0].start(), low + hits[0].end()))
        titled = self._patterns.titled.match(clause)
        if titled is None:
            return None
        span = low + titled.start("name"), low + titled.end("name")
        role = (
            None
            if titled["role"] in self._patterns.lexicon.honorifics
            else (low + titled.start("role"), low + titled.end("role"))
        )
        return Mention(a, b, "person", span, role, None, titled["role"] if role else "")

    def _unnamed(self, phrase: str, low: int, words: Words) -> Mention | None:
        a, b = _place(words, low), _place(words, low + len(phrase))
        if phrase in self._patterns.lexicon.generic or self._patterns.several.fullmatch(phrase):
            return Mention(a, b, "many", head=phrase)
        pronoun = self._patterns.pronoun.match(phrase)
        if pronoun:
            return Mention(a, b, "pronoun", head=pronoun[0])
        role = self._patterns.role.search(phrase)
        if role:
            body, span = office(self._plain, low + role.start(), low + len(phrase), low, self._patterns)
            return Mention(a, b, "role", None, span, body, self._plain[slice(*span)])
        if self._patterns.body.search(phrase):
            return Mention(a, b, "body", (low, low + len(phrase)))
        if len(phrase) >= 2 and self._patterns.name.fullmatch(phrase):
            return Mention(a, b, "person", (low, low + len(phrase)))
        return None
