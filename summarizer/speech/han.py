"""Speech in Chinese: names by their office, frames before a comma or colon, characters as words."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
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

_CHARACTER = re.compile(r"\ue000+|[A-Za-zÀ-ÿ]+(?:[.'’-][A-Za-zÀ-ÿ]+)*|\d+(?:[.,]\d+)*|\S")
_CLAUSE = re.compile(rf"[，。；！？：,;:!?\n{QUOTED}]")
_NAMES = 300  # persons; an article that names more is a list
_LONGEST = 1500  # characters; a longer "sentence" is a table, and looking for its frames would not be linear
_COMMAS = "，,"
_COLONS = "：:"


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article written in Han characters."""
    found = patterns(language)
    marked = passages(text)
    if not all(passage.closed for passage in marked):
        loose = _Grammar(text, found)
        marked = tuple(repaired(text, marked, language, loose.parse))
    plain = masked(text, marked)
    grammar = _Grammar(plain, found)
    people = People(text, found.lexicon, partial(name_parts, two=found.two))
    people.learn(grammar.people)
    sentences = read(text, marked, language, grammar.parse)
    people.hear(frame.subject for sentence in sentences for frame in sentence.frames if frame.subject)
    return Reader(text, found.lexicon, people, sentences).read()


def _characters(plain: str, start: int, end: int) -> Words:
    """Split ``plain[start:end]`` into Han characters, Latin words, numbers and quoted passages."""
    spans = [
        (m.start(), m.end(), QUOTED if m[0][0] == QUOTED else m[0]) for m in _CHARACTER.finditer(plain, start, end)
    ]
    printed = [word for _, _, word in spans]
    return Words(printed, [w.lower() for w in printed], [s for s, _, _ in spans], [e for _, e, _ in spans])


class _Grammar:
    """Reads the sentences of one article; the names it holds are collected first."""

    def __init__(self, plain: str, found: HanPatterns) -> None:
        self._plain = plain
        self._patterns = found
        self.people = names_in(plain, found)
        names = {plain[slice(*m.name)] for m in self.people if m.name}
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
        index = {at: i for i, at in enumerate(words.starts)}
        index |= {at: i + 1 for i, at in enumerate(words.ends)}
        sentence = self._plain[start:end]
        head = self._head(sentence, start, index)
        framed = sorted(
            [*self._according(sentence, start, index), *self._verbs(sentence, start, index, head)],
            key=lambda f: f.low,
        )
        kept: list[Frame] = []
        for frame in framed:
            if not kept or frame.low >= kept[-1].high:
                kept.append(frame)
        return words, [head] if head else [], kept

    def _head(self, sentence: str, start: int, index: Mapping[int, int]) -> Mention | None:
        """Return whom the sentence is about: the subject of its first clause that has one."""
        at = 0
        for clause in _CLAUSE.finditer(sentence + "。"):
            mention = self._subject(start + at, start + clause.start(), index) if clause.start() > at else None
            if mention is not None or sentence[clause.start() : clause.start() + 1] == QUOTED:
                return mention
            at = clause.end()
        return None

    def _according(self, sentence: str, start: int, index: Mapping[int, int]) -> Iterator[Frame]:
        for match in self._patterns.according.finditer(sentence):
            if match.start() and not _CLAUSE.match(sentence[match.start() - 1]):
                continue
            subject = self._subject(start + match.start("who"), start + match.end("who"), index)
            if subject is not None and start + match.end() in index:
                yield Frame(index[start + match.start()], index[start + match.end()], "right", subject)

    def _verbs(self, sentence: str, start: int, index: Mapping[int, int], head: Mention | None) -> Iterator[Frame]:
        closing = self._patterns.closing.search(sentence)
        if closing:
            yield from self._closing(closing, start, index, head)
        some = closing is not None
        for match in self._patterns.verb.finditer(sentence):
            if closing is None or match.end() <= closing.start():
                for frame in self._verb(sentence, start, match, index, head):
                    some = True
                    yield frame
        if not some:
            yield from self._clauses(sentence, start, index)

    def _closing(
        self, match: re.Match[str], start: int, index: Mapping[int, int], head: Mention | None
    ) -> Iterator[Frame]:
        """Read the frame at a sentence's end: ``”龚正说。``, or one that is all the sentence has."""
        subject = self._subject(start + match.start("who"), start + match.end("who"), index)
        low, high = start + match.start("who"), start + match.end("verb")
        if subject is None:
            subject = Mention(0, 0, "many") if match["who"] else head
        if low in index and high in index:
            yield Frame(index[low], index[high], "left", subject, tied=match.start("who") > 0)

    def _verb(
        self, sentence: str, start: int, match: re.Match[str], index: Mapping[int, int], head: Mention | None
    ) -> Iterator[Frame]:
        low, high = match.span()
        clause = max((m.end() for m in _CLAUSE.finditer(sentence, 0, low)), default=0)
        subject = self._subject(start + clause, start + low, index)
        cue = sentence[high : high + 1]
        quoted = cue in _COLONS or cue == QUOTED
        before = sentence[clause:low]
        same = subject is None and bool(self._patterns.same.fullmatch(before))
        if subject is None and not same and quoted:
            adverb = self._patterns.tail.match(before)
            same = adverb is not None
            subject = None if same else Mention(0, 0, "many")  # somebody, and nobody we can name
        begin, end = start + clause, start + high + (cue in _COMMAS + _COLONS)
        if (subject is None and not same) or begin not in index or end not in index:
            return
        if sentence[:clause].endswith(QUOTED) and subject is None and not sentence[clause:low]:
            return  # “警察局”表示: the marks hold the subject
        after_quotation = sentence[:clause].rstrip(_COMMAS).endswith(QUOTED)
        side: Literal["both", "right"] = "both" if after_quotation else "right"
        yield Frame(index[begin], index[end], side, subject or (head if quoted else None), same=same)

    def _clauses(self, sentence: str, start: int, index: Mapping[int, int]) -> Iterator[Frame]:
        """Read a verb that takes its clause without a comma: ``安博思表示愿…``."""
        for match in self._patterns.clause_verb.finditer(sentence):
            clause = max((m.end() for m in _CLAUSE.finditer(sentence, 0, match.start())), default=0)
            subject = self._subject(start + clause, start + match.start(), index, strict=True)
            low, high = start + clause, start + match.end()
            before = sentence[clause : match.start()]
            same = subject is None and bool(before) and bool(self._patterns.same.fullmatch(before))
            if (subject is not None or same) and low in index and high in index and len(sentence) - match.end() > 5:
                yield Frame(
                    index[low], index[high], "right", subject, same=same, wish=match[0] in self._patterns.wishes
                )
                return

    def _subject(self, low: int, high: int, index: Mapping[int, int], *, strict: bool = False) -> Mention | None:
        """Read the subject in ``plain[low:high]``; `strict`: it must reach the verb but for a short adverb."""
        lead = self._patterns.lead.match(self._plain, low, high)
        low = lead.end() if lead else low
        clause = self._plain[low:high]
        named = self._named(clause, low, index)
        tail = self._patterns.tail.search(clause)
        if strict and tail and len(clause) - tail.start() > 8:
            return None
        if named is not None:
            return named
        phrase = (clause[: tail.start()] if tail else clause).strip()
        return self._unnamed(phrase, low, index) if phrase else None

    def _named(self, clause: str, low: int, index: Mapping[int, int]) -> Mention | None:
        """Find a person whom the article names elsewhere by his office, or a titled one."""
        a, b = index.get(low, 0), index.get(low + len(clause), 0)
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

    def _unnamed(self, phrase: str, low: int, index: Mapping[int, int]) -> Mention | None:
        a, b = index.get(low, 0), index.get(low + len(phrase), 0)
        if phrase in self._patterns.lexicon.generic or self._patterns.several.fullmatch(phrase):
            return Mention(a, b, "many", head=phrase)
        if phrase in self._patterns.lexicon.pronouns:
            return Mention(a, b, "pronoun", head=phrase)
        role = self._patterns.role.search(phrase)
        if role:
            body, span = office(self._plain, low + role.start(), low + len(phrase), low, self._patterns)
            return Mention(a, b, "role", None, span, body, self._plain[slice(*span)])
        if self._patterns.body.search(phrase):
            return Mention(a, b, "body", (low, low + len(phrase)))
        if len(phrase) >= 2 and self._patterns.name.fullmatch(phrase):
            return Mention(a, b, "person", (low, low + len(phrase)))
        return None
