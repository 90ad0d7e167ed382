"""A translated line, held against its source line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks import (
    antonyms,
    figures,
    injection,
    length,
    names,
    negation,
    offices,
    places,
    romanised,
    script,
)
from summarizer.checks.claim import Claim, first_of
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["CHECKS", "TranslationChecker"]

#: What a translation is checked for, in the order in which a digest lists the findings.
CHECKS = (
    script.in_translation,
    length.in_translation,
    figures.in_translation,
    injection.in_translation,
    names.missing,
    names.added,
    names.exchanged,
    romanised.in_translation,
    first_of(negation.in_translation, antonyms.in_translation, negation.crossed),
    offices.in_translation,
    figures.rate_in_translation,
    first_of(places.swapped, places.strange_city, places.strange_country),
)


@dataclass(frozen=True, slots=True)
class TranslationChecker:
    """Checks translations of lines about one article.

    Attributes:
        reading: the article; its language is that of the lines.
        target: language of their translations.
    """

    reading: Reading
    target: str

    @property
    def source(self) -> str:
        """The language of the lines."""
        return self.reading.language

    def check(self, line: str, text: str, where: str) -> tuple[Finding, ...]:
        """Return what is wrong with `text` as the translation of `line`; `where` is its JSON pointer."""
        claim = Claim(Text(text, self.target), (self.reading.line(line),), self.reading, where)
        return tuple(finding for check in CHECKS for finding in check(claim))

    def transliterated(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Finding]]:
        """Yield the names whose original stands in no line, with the position of the first that has them."""
        return names.transliterated(pairs, self.reading, self.target)

    def names_in(self, line: str) -> list[str]:
        """Return the people named in a line whose names the target language writes alike."""
        if "zh" in (languages.base(self.source), languages.base(self.target)):
            return []
        return [name for name in self.reading.people if name in line]
