"""A translated line, held against its source line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks import (
    antonyms,
    figures,
    glossary,
    injection,
    length,
    likeness,
    magnitudes,
    names,
    negation,
    offices,
    places,
    renderings,
    romanised,
    script,
    telephones,
)
from summarizer.checks.claim import Claim, first_of
from summarizer.glossary.mentions import Mention
from summarizer.glossary.model import Glossary, spoken
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["CHECKS", "GENERAL", "TranslationChecker"]

#: What a translation is checked for, in the order in which a digest lists the findings.
CHECKS = (
    script.in_translation,
    length.in_translation,
    figures.in_translation,
    magnitudes.in_translation,
    telephones.in_translation,
    injection.in_translation,
    names.missing,
    names.added,
    names.exchanged,
    romanised.in_translation,
    glossary.in_translation,
    first_of(negation.in_translation, antonyms.in_translation, negation.crossed),
    offices.in_translation,
    figures.rate_in_translation,
    first_of(places.swapped, places.strange_city, places.strange_country),
)
#: Those of them that need no words of a language.
GENERAL = (
    script.in_translation,
    length.in_translation,
    figures.in_translation,
    telephones.in_translation,
    injection.in_translation,
    names.missing,
    names.added,
    names.exchanged,
    romanised.in_translation,
    glossary.in_translation,
)


@dataclass(frozen=True, slots=True)
class TranslationChecker:
    """Checks translations of lines about one article.

    Attributes:
        reading: the article; its language is that of the lines.
        target: language of their translations.
        glossary: what they have to call things.
    """

    reading: Reading
    target: str
    glossary: Glossary = field(default_factory=Glossary)

    @property
    def source(self) -> str:
        """The language of the lines."""
        return self.reading.language

    def check(self, line: str, text: str, where: str) -> tuple[Finding, ...]:
        """Return what is wrong with `text` as the translation of `line`; `where` is its JSON pointer."""
        claim = Claim(
            Text(text, self.target), (self.reading.line(line),), self.reading, where, glossary=self.glossary
        )
        return tuple(finding for check in (GENERAL if self.general else CHECKS) for finding in check(claim))

    @property
    def general(self) -> bool:
        """Tell whether one of the two languages has no folder: no words of it are known."""
        return languages.get(self.source).general or languages.get(self.target).general

    def transliterated(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Finding]]:
        """Yield the names whose original stands in no line, with the position of the first that has them."""
        return names.transliterated(pairs, self.reading, self.target, self.glossary)

    def beside(self, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[Finding, ...], ...]:
        """Return for each line with its translation what only all of them together show."""
        found = [list(own) for own in likeness.objections(pairs, self.source, self.target)]
        for i, doubt in renderings.unlike(pairs, self.reading, self.target, self.glossary):
            found[i].append(doubt)
        return tuple(map(tuple, found))

    def mentions(self, line: str) -> tuple[Mention, ...]:
        """Return what a line has of the glossary."""
        return Claim(
            self.reading.line(line), (self.reading.line(line),), self.reading, "", glossary=self.glossary
        ).mentions

    def names_in(self, line: str) -> list[str]:
        """Return the people named in a line whose names the target language writes alike."""
        if languages.get(self.source).script != languages.get(self.target).script:
            return []
        fixed = [m.phrase for m in self.mentions(line) if spoken(m.entry.renderings, self.target)]
        return [n for n in self.reading.people if n in line and not any(n in own or own in n for own in fixed)]
