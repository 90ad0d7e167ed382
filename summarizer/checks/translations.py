"""A translated line, held against its source line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer import figures, language, languages
from summarizer.checks.antonyms import contrary
from summarizer.checks.contrasts import crossed
from summarizer.checks.exonyms import replaced
from summarizer.checks.injection import Screen
from summarizer.checks.negation import turned
from summarizer.checks.offices import demoted, strange_country, swapped
from summarizer.checks.places import moved
from summarizer.checks.romanised import other_person, unread
from summarizer.checks.script import foreign
from summarizer.checks.statements import told
from summarizer.findings import Finding
from summarizer.markers import written

__all__ = ["LineChecker"]

#: A translation is at most so many times longer or shorter than its language usually is, give or take a name.
_STRETCH, _SLACK_CHARS = 1.9, 12
_WORD = re.compile(r"[^\W\d_]+")
#: Two capitalised words or more; that the article has them in this form tells a name from a title.
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]{0,60}[a-zà-ÿ](?: [A-ZÀ-Þ][\w'’-]{0,60}[a-zà-ÿ])+")
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][a-zà-ÿ]{2,}(?![\w-])")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: A word of small Latin letters in Chinese is no name, no abbreviation and no unit: it was not translated.
_LATIN_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ\d@./_-])[a-zà-ÿ]{4,}(?![A-Za-zÀ-ÿ\d@./_-])")

#: An original name or title in brackets after its Chinese form, as print gives it.
_GLOSS = re.compile(r"（[^（）\u3400-\u9fff]*）|\([^()\u3400-\u9fff]*\)")


@dataclass(frozen=True, slots=True)
class LineChecker:
    """Checks translations of lines about one article.

    Attributes:
        source: language of the lines.
        target: language of their translations.
        names: people of the article, whose names stay as they are between Latin scripts.
        screen: what suspicious answers are held against.
    """

    source: str
    target: str
    names: tuple[str, ...]
    screen: Screen

    def check(self, line: str, text: str, where: str) -> tuple[Finding, ...]:
        """Return what is wrong with `text` as the translation of `line`; `where` is its JSON pointer."""
        return (
            *self._language(line, text, where),
            *self._extent(line, text, where),
            *self._figures(line, text, where),
            *self._suspicion(line, text, where),
            *self._missing_names(line, text, where),
            *self._added_names(line, text, where),
            *self._surnames(line, text, where),
            *self._romanised(line, text, where),
            *self._negation(line, text, where),
            *self._swaps(line, text, where),
        )

    def names_in(self, line: str) -> list[str]:
        """Return the people named in a line whose names the target language writes alike."""
        if "zh" in (languages.base(self.source), languages.base(self.target)):
            return []
        return [name for name in self.names if name in line]

    def _language(self, line: str, text: str, where: str) -> Iterator[Finding]:
        if _same_words(line, text):
            yield Finding("brief.language", f"{text!r} is the source line itself, untranslated", where)
        elif self._no_han(text) or not language.is_in(text, self.target) or foreign(text, self.target, line):
            yield Finding("brief.language", f"{text!r} is not in {languages.name(self.target)}", where)
        elif languages.base(self.target) == "zh" and (left := _LATIN_WORD.findall(_GLOSS.sub(" ", text))):
            yield Finding("brief.words", f"left untranslated in {text!r}: {', '.join(left)}", where)

    def _no_han(self, text: str) -> bool:
        """Tell whether a line for Chinese readers has two Latin words or more and no Chinese: a title, not a name."""
        words = [w for w in _WORD.findall(text) if not w.isupper() and w.isascii()]
        return languages.base(self.target) == "zh" and len(words) >= 2 and not _HAN.search(text)

    def _extent(self, line: str, text: str, where: str) -> Iterator[Finding]:
        """Find translations that break off, or are far shorter or longer than their line can be."""
        # the original name in brackets comes on top
        text = _GLOSS.sub("", text)
        expected = languages.expected_chars(line, self.source, self.target)
        last = text.rstrip(".").rpartition(" ")[2].casefold()
        # an auxiliary or a "from" may end a sentence that is shut: "… has not.", "where they come from."
        last = "" if text.endswith(".") and not text.endswith("..") else last
        if not expected / _STRETCH - _SLACK_CHARS <= len(text) <= expected * _STRETCH + _SLACK_CHARS:
            reason = "shorter" if len(text) < expected else "longer"
            yield Finding("brief.length", f"{text!r} is far {reason} than {line!r}", where)
        elif last in languages.section(self.target, "words")["never_last"]:
            yield Finding("brief.length", f"{text!r} breaks off", where)

    def _figures(self, line: str, text: str, where: str) -> Iterator[Finding]:
        compared = figures.compare(line, self.source, text, self.target)
        for printed, found in compared.contradicted:
            yield Finding("figure.contradicted", f"you wrote {told(found)}, the source says {told(printed)}", where)
        for figure in compared.unsupported:
            yield Finding("figure.unsupported", f"the source has no figure {told(figure)}", where)
        for figure in compared.missing:
            form = written(figure, self.target)
            message = f"the figure {told(figure)} of the source is missing; write {form!r}"
            yield Finding("figure.missing", message, where)

    def _suspicion(self, line: str, text: str, where: str) -> Iterator[Finding]:
        if reason := self.screen.reason(text, self.target, line):
            yield Finding("answer.suspicious", f"{text!r}: {reason}", where)

    def _romanised(self, line: str, text: str, where: str) -> Iterator[Finding]:
        """Find Chinese people put in each other's place between the scripts."""
        from_han, to_han = (languages.base(code) == "zh" for code in (self.source, self.target))
        if from_han and not to_han and (name := other_person(line, text, self.screen.text)):
            yield Finding("brief.name", f"{text!r} names {name!r}, the source line does not", where)
        elif to_han and not from_han:
            for name in (n for n in self.names if n in line and unread(n, text)):
                yield Finding("name.missing", f"{name!r} of the source line is not in {text!r}", where)

    def _missing_names(self, line: str, text: str, where: str) -> Iterator[Finding]:
        for name in self.names_in(line):
            if name.split()[-1] not in text:
                yield Finding("name.missing", f"{name!r} of the source line is not in {text!r}", where)

    def _added_names(self, line: str, text: str, where: str) -> Iterator[Finding]:
        """Find people of the article in a translation whose line does not name them: it belongs to another line."""
        printed = (m[0] for m in _FULL_NAME.finditer(text) if m[0] in self.screen.text)
        for name in dict.fromkeys((*(n for n in self.names if n in text), *printed)):
            if not any(part in line for part in name.split()) or self._namesake(name, line):
                yield Finding("brief.name", f"{text!r} names {name!r}, the source line does not", where)

    def _surnames(self, line: str, text: str, where: str) -> Iterator[Finding]:
        """Find a person of the article by one name in a translation, in the place of another of the line's names."""
        if "zh" in (languages.base(self.source), languages.base(self.target)):
            return
        known = {m[0].split()[-1] for m in _FULL_NAME.finditer(self.screen.text)}
        lost = [w for w in _CAPITAL.findall(line) if w in known and w not in text]
        gained = [w for w in _CAPITAL.findall(text) if w in known and w not in line]
        if lost and gained:
            yield Finding("brief.name", f"{text!r} names {gained[0]!r} where {line!r} has {lost[0]!r}", where)

    def _namesake(self, name: str, line: str) -> bool:
        """Tell whether a line names another person of the same family name, and not this one by any other word."""
        given, family = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
        others = (n for n in self.names if n != name and n in line and n.split()[-1] == family)
        return given not in line and any(others)

    def _negation(self, line: str, text: str, where: str) -> Iterator[Finding]:
        if reason := turned(line, self.source, text, self.target):
            yield Finding("brief.negation", f"{reason} in {text!r}, the translation of {line!r}", where)
        elif reason := contrary(line, self.source, text, self.target):
            yield Finding("brief.negation", f"{text!r} says the contrary of {line!r}: {reason}", where)
        elif reason := crossed(line, self.source, text, self.target):
            yield Finding("brief.negation", f"{reason} in {text!r}, the translation of {line!r}", where)

    def _swaps(self, line: str, text: str, where: str) -> Iterator[Finding]:
        """Find offices, countries and what a figure is given for, put in each other's place."""
        if swap := swapped(line, self.source, text, self.target, "offices"):
            yield Finding("name.office", f"{text!r} has {swap.given!r} where {line!r} has {swap.right!r}", where)
        elif reason := demoted(line, self.source, text, self.target):
            yield Finding("name.office", f"{reason} in {text!r}, the translation of {line!r}", where)
        if swap := swapped(line, self.source, text, self.target, "rates"):
            message = f"{text!r} has {swap.given!r} where {line!r} has {swap.right!r}"
            yield Finding("figure.contradicted", message, where)
        if pair := replaced(line, self.source, text, self.target):
            yield Finding("brief.name", f"{text!r} names {pair[0]!r} where {line!r} has {pair[1]!r}", where)
        elif city := moved(line, self.source, text, self.target, self.screen.text):
            right = f"has {city[1]!r}" if city[1] else "has none"
            yield Finding("brief.name", f"{text!r} names {city[0]!r} where {line!r} {right}", where)
        elif name := strange_country(line, self.source, text, self.target, self.screen.text):
            yield Finding("brief.name", f"{text!r} names {name!r}, the source line does not", where)


def _same_words(line: str, text: str) -> bool:
    """Tell whether a line of three words or more came back as it was."""
    words = _WORD.findall(line.casefold())
    return len(words) >= 3 and words == _WORD.findall(text.casefold())
