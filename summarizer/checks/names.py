"""Names and offices of a statement, held against those of the article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer import languages
from summarizer.article import Article
from summarizer.checks.holders import strange_office
from summarizer.checks.namesakes import strange_person
from summarizer.checks.offices import same_country, unheard_country
from summarizer.checks.places import unheard
from summarizer.findings import Finding
from summarizer.speech import Speech

__all__ = ["Named"]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: An office stands within so many characters of its holder's name.
_BESIDE_CHARS = 80
#: A line with so many words in small letters is no headline in title case, however many names it has.
_SENTENCE_WORDS = 4
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][a-zA-Zà-þ]+")


@dataclass(frozen=True, slots=True)
class Named:
    """Who and what an article names.

    Attributes:
        article: the source.
        words: every word of it, in small letters.
        speeches: what its people say.
    """

    article: Article
    words: frozenset[str]
    speeches: Sequence[Speech]

    def offices(self, line: str, where: str) -> list[Finding]:
        """Find a person given an office that the article gives to somebody else: *District Mayor Sima Hong*.

        The capitalised words right before a name must stand beside that name in the article, too.
        """
        if languages.base(self.article.language) == "zh" and (pair := strange_office(line, self.article.text)):
            message = f"{line!r}: the article does not call {pair[1]} {pair[0]!r}"
            return [Finding("name.office", message, where)]
        people = {s.speaker.name for s in self.speeches if s.speaker and " " in s.speaker.name}
        for name in sorted(people):
            titled = re.search(rf"((?:[A-ZÀ-Þ][\w'’-]* ){{1,6}}){re.escape(name)}", line)
            if titled is None:
                continue
            beside = self._beside(name)
            strange = [word for word in titled[1].split() if word.casefold() not in beside]
            if strange:
                message = f"{titled[0]!r}: the article does not call {name} {' '.join(strange)!r}"
                return [Finding("name.office", message, where)]
        return []

    def strange(self, line: str, where: str) -> list[Finding]:
        """Find capitalised words inside a sentence that the article does not have in any case, and strange places.

        Lines in which most words are capitalised (headlines in title case) say nothing by it.
        """
        strange = self._capitalised(line)
        if strange is None and sum(word.islower() for word in _WORD.findall(line)) < _SENTENCE_WORDS:
            return []
        article, code = self.article.text, self.article.language
        if not strange:
            other = strange_person(line, article, code) or unheard(line, article, code)
            other = other or unheard_country(line, article, code)
            strange = [other] if other else []
        if not strange:
            return []
        return [Finding("name.unsupported", f"{', '.join(strange)}: not in the article, in {line!r}", where)]

    def _capitalised(self, line: str) -> list[str] | None:
        words = _WORD.findall(line)
        capital = [w for w in words[1:] if _LATIN_NAME.fullmatch(w)]
        return [w for w in capital if not self._known(w)] if len(capital) * 2 <= len(words) else None

    def _known(self, word: str) -> bool:
        folded = word.casefold()
        if folded in languages.section(self.article.language, "words")["honoured"]:
            return True
        parts = (part for part in re.split(r"['’\-]", folded) if len(part) > 2)
        known = folded in self.words or any(part in self.words for part in parts)
        return known or same_country(word, self.article.text, self.article.language)

    def _beside(self, name: str) -> str:
        article = self.article.text
        mentions = re.finditer(re.escape(name), article)
        around = (article[max(0, m.start() - _BESIDE_CHARS) : m.end() + _BESIDE_CHARS] for m in mentions)
        return " ".join(around).casefold()
