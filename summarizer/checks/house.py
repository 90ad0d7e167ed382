"""What a house forbids: words of its own list, headlines that are too long, two sentences where one was asked for.

None of it says that a line is wrong: the model is asked again, and what is left is published with the finding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer import languages
from summarizer.article import segment
from summarizer.article.findings import Finding
from summarizer.article.span import Span

__all__ = ["Forbidden", "Rules"]

_HEADLINE = re.compile(r"/headline(/target)?$")
_HAN = r"\u3400-\u9fff"
#: A letter or digit of a script that parts its words; Han characters stand beside such words without a space.
_LETTER = rf"[^\W{_HAN}]"
#: Characters that print writes in more than one way.
_ALIKE = {" ": r"\s+", "'": "['’]", "’": "['’]", "-": "[-‐‑]", "‐": "[-‐‑]", "‑": "[-‐‑]"}


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A word or phrase that no line may have; one that ends in ``*`` stands for all words that begin so.

    Attributes:
        word: in any case; NFC.
        instead: what to write; empty where nothing is said.
        language: the base code of the language that it is forbidden in; empty for all.
    """

    word: str
    instead: str = ""
    language: str = ""

    def within(self, text: str) -> Iterator[Span]:
        """Yield where it stands in a text."""
        yield from (Span(*found.span()) for found in _pattern(self.word).finditer(text))


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    stem = word.rstrip("*")
    written = "".join(_ALIKE.get(char) or re.escape(char) for char in " ".join(stem.split()))
    before, behind = f"(?<!{_LETTER})", f"{_LETTER}*" if stem != word else f"(?!{_LETTER})"
    first, last = (re.match(_LETTER, char) for char in (stem[0], stem[-1]))
    return re.compile(f"{before if first else ''}{written}{behind if last else ''}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is held against the lines of a digest beside the article.

    Attributes:
        words: those that no line may have.
        headline_words: of a headline at most, where words are parted by spaces; None for any number.
        headline_chars: characters of a headline at most; None for any number.
        one_sentence: whether a statement that holds two sentences is objected to.
    """

    words: tuple[Forbidden, ...] = ()
    headline_words: int | None = None
    headline_chars: int | None = None
    one_sentence: bool = False

    def objections(self, line: str, language: str, where: str) -> Iterator[Finding]:
        """Yield what a line breaks of the rules, each with its place in the line.

        Args:
            line: of the digest, in the words of the house: no quotation.
            language: its BCP 47 tag.
            where: its JSON pointer (RFC 6901); a headline's ends in ``/headline`` or ``/headline/target``.
        """
        for each in self.words:
            if each.language in ("", languages.base(language)):
                yield from (_forbidden(each, line, span, where) for span in each.within(line))
        if _HEADLINE.search(where):
            yield from self._headline(line, language, where)
        elif self.one_sentence and where.startswith("/summary"):
            parts = segment.split(line, language)
            if len(parts) > 1:
                message = f"{line!r} holds {len(parts)} sentences where one was asked for: say it in one"
                yield Finding("house.length", message, where, within=Span(parts[1].start, len(line)))

    def _headline(self, line: str, language: str, where: str) -> Iterator[Finding]:
        words = [word.start() for word in re.finditer(r"\S+", line)]
        most, chars = self.headline_words, self.headline_chars
        if most is not None and len(words) > most and languages.get(language).script != "han":
            yield _long(line, f"{len(words)} words, and {most} are allowed", words[most], where)
        if chars is not None and len(line) > chars:
            yield _long(line, f"{len(line)} characters, and {chars} are allowed", chars, where)


def _forbidden(rule: Forbidden, line: str, span: Span, where: str) -> Finding:
    advice = f"say “{rule.instead}”" if rule.instead else "say it in other words"
    message = f"“{span.of(line)}” is on the house's list of forbidden words: {advice}"
    return Finding("house.word", message, where, within=span)


def _long(line: str, much: str, start: int, where: str) -> Finding:
    return Finding("house.headline", f"the headline has {much}: shorten it", where, within=Span(start, len(line)))
