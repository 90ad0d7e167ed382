"""What of a Chinese article is read once, then cut by sentence: characters, clause ends and verbs of saying."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from summarizer.speech.han.patterns import HanPatterns
from summarizer.speech.han.pieces import CLAUSE
from summarizer.speech.han.wordlists import Spots
from summarizer.speech.words import QUOTED, CodePoint, Span, Words

__all__ = ["Scan", "characters"]

#: What is one word of Chinese text but more than one character, and the blanks, which are none. A set of characters
#: stands first, so that the search leaps over all others.
_LONGER = re.compile(
    r"[\ue000\s\dA-Za-zÀ-ÿ](?:(?<=\ue000)\ue000*|(?<=\s)\s*|(?<=\d)\d*(?:[.,]\d+)*"
    r"|(?<=[A-Za-zÀ-ÿ])[A-Za-zÀ-ÿ]*(?:[.'’-][A-Za-zÀ-ÿ]+)*)"
)
_TELLING = 12  # characters at a sentence's end that hold the verb of a closing cue


def characters(plain: str, start: int, end: int) -> Words:
    """Split ``plain[start:end]`` into Han characters, Latin words, numbers and quoted passages."""
    printed: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    latin: list[int] = []  # indices of Latin words: no other has small letters
    at = start
    for match in _LONGER.finditer(plain, start, end):
        low, high = match.span()
        printed += plain[at:low]
        starts += range(at, low)
        ends += range(at + 1, low + 1)
        at = high
        word = plain[low:high]
        if not word.isspace():
            printed.append(QUOTED if word[0] == QUOTED else word)
            starts.append(low)
            ends.append(high)
            if word[0].isalpha():
                latin.append(len(printed) - 1)
    printed += plain[at:end]
    starts += range(at, end)
    ends += range(at + 1, end + 1)
    lower = printed.copy()
    for index in latin:
        lower[index] = lower[index].lower()
    # one cast for all: a call for each character would be felt
    return Words(printed, lower, cast("list[CodePoint]", starts), cast("list[CodePoint]", ends))


class Scan:
    """One article: most of its sentences hold nothing of a cue, and those cost a few searches in sorted lists."""

    def __init__(self, plain: str, han: HanPatterns, start: int = 0, end: int | None = None) -> None:
        """Read ``plain[start:end]``, all of the article if nothing else is said."""
        end = len(plain) if end is None else end
        self._plain = plain
        self._last_words = han.cues.last_words
        self._tell = han.table.cue_patterns.tell
        self._words = characters(plain, start, end)
        clauses = cast("list[Span]", [match.span() for match in CLAUSE.finditer(plain, start, end)])
        self._clauses = clauses
        self._clause_starts = [low for low, _ in clauses]
        self._verbs = list(han.cues.verb.finditer(plain, start, end))
        self._verb_starts = [match.start() for match in self._verbs]
        self.stated = Spots(han.cues.clause_verb, plain, start, end)  # verbs that take their clause at once
        self.wired = Spots(han.cues.dateline, plain, start, end)  # the ends of lines that a wire's news begins with
        self.accorded = Spots(han.cues.according, plain, start, end)  # 据…介绍，

    def words(self, start: int, end: int) -> Words:
        """Return the words of ``plain[start:end]``."""
        whole = self._words
        low, high = bisect_left(whole.starts, start), bisect_left(whole.starts, end)
        if (low and whole.ends[low - 1] > start) or (high and whole.ends[high - 1] > end):
            return characters(self._plain, start, end)  # two quotations that touch are one word of the article
        return Words(whole.printed[low:high], whole.low[low:high], whole.starts[low:high], whole.ends[low:high])

    def clauses(self, start: int, end: int) -> Sequence[Span]:
        """Return where the marks stand that end the clauses of ``plain[start:end]``."""
        if self._plain[start - 1 : start] == QUOTED or self._plain[end - 1] == QUOTED:
            # whether a quotation ends a clause depends on what is beside it in its own sentence
            alone = [(m.start() + start, m.end() + start) for m in CLAUSE.finditer(self._plain[start:end])]
            return cast("list[Span]", alone)
        return self._clauses[bisect_left(self._clause_starts, start) : bisect_left(self._clause_starts, end)]

    def verbs(self, start: int, stop: int) -> list[re.Match[str]]:
        """Return the verbs of saying in ``plain[start:stop]`` that have their comma, colon or quotation there too."""
        some = self._verbs[bisect_left(self._verb_starts, start) : bisect_left(self._verb_starts, stop)]
        return [match for match in some if match.end() < stop]

    def closes(self, start: int, end: int) -> bool:
        """Tell whether ``plain[start:end]`` ends as a closing cue may."""
        last = self._plain[max(start, end - _TELLING) : end].rstrip("。！")
        return bool(self._last_words.of(last)) or self._tell in last

    def silent(self, start: int, end: int) -> bool:
        """Tell whether ``plain[start:end]`` holds nothing of which a cue could be made."""
        at = bisect_left(self._verb_starts, start)
        return not (
            (at < len(self._verb_starts) and self._verb_starts[at] < end)
            or QUOTED in self._plain[max(0, start - 1) : end]
            or self.stated.within(start, end)
            or self.accorded.within(start, end)
            or self.closes(start, end)
        )
