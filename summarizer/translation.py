"""Lines in another language: translated, checked, asked for again with figures behind markers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer import drafts, figures, language, languages, prompts
from summarizer.errors import ModelTruncatedError, OutputSchemaError
from summarizer.findings import Finding
from summarizer.ground.line import one_line
from summarizer.ground.suspicion import Screen
from summarizer.llm import Session
from summarizer.sections import Section, tokens

__all__ = ["Source", "Translated", "Translator"]

#: A small model keeps few lines apart; a large one is asked for many at once.
_LINES_EMBEDDED, _LINES = 4, 16
#: A translation is at most so many times longer or shorter than its language usually is, give or take a name.
_STRETCH, _SLACK_CHARS = 1.9, 12
_MARKER = re.compile(r"\[\s*(number|percent|money|date|ordinal)\s*(\d+)\s*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A line to translate.

    Attributes:
        text: one line in the source language.
        where: JSON pointer of its translation in the digest.
    """

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Translated:
    """A translated line.

    Attributes:
        text: None when no answer passed the language check.
        findings: what the checks object to.
    """

    text: str | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(f.severity == "error" for f in self.findings)


@dataclass(frozen=True, slots=True)
class _Masked:
    """A line whose figures stand behind markers, and what each marker stands for in the target language."""

    text: str
    fills: Mapping[str, str] = field(default_factory=dict)

    def filled(self, answer: str) -> str | None:
        """Put the figures in; None when a marker is missing, doubled or invented."""
        found = [f"[{kind.lower()} {number}]" for kind, number in _MARKER.findall(answer)]
        if sorted(found) != sorted(self.fills):
            return None
        return _MARKER.sub(lambda m: self.fills[f"[{m[1].lower()} {m[2]}]"], answer)


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates lines about one article into one language.

    Attributes:
        session: who is asked.
        section: the part of the article that the model sees with the lines.
        target: the language to write.
        names: people of the article, whose names stay as they are between Latin scripts.
        screen: what suspicious answers are held against.
    """

    session: Session
    section: Section
    target: str
    names: tuple[str, ...]
    screen: Screen

    async def translate(self, lines: Sequence[Source]) -> tuple[Translated, ...]:
        """Return the translation of each line.

        Three rounds: as they are, the failing ones with their figures behind markers and the reason,
        the rest one by one. What still fails is published with its findings, or left out with one when
        it is not even in the language.

        Raises:
            ModelError: the model gave no usable answer.
        """
        best: dict[int, Translated] = {}
        for round_, size in enumerate((self._batch, self._batch, 1)):
            open_ = [i for i in range(len(lines)) if i not in best or best[i].errors]
            for start in range(0, len(open_), size):
                batch = open_[start : start + size]
                await self._round(lines, batch, best, masked=round_ > 0)
        return tuple(self._settled(lines[i], best.get(i)) for i in range(len(lines)))

    @property
    def _batch(self) -> int:
        return _LINES_EMBEDDED if self.session.endpoint.embedded else _LINES

    async def _round(
        self, lines: Sequence[Source], batch: Sequence[int], best: dict[int, Translated], *, masked: bool
    ) -> None:
        """Ask for the lines of a batch and keep each answer that is better than the one there is."""
        sources = [self._masked(lines[i].text) if masked else _Masked(lines[i].text) for i in batch]
        complaints = [best[i].findings[0].message if i in best and best[i].findings else "" for i in batch]
        for i, source, answer in zip(batch, sources, await self._ask(sources, complaints), strict=True):
            if answer is None:
                continue
            candidate = self._checked(lines[i], source, answer)
            if candidate is not None and (i not in best or candidate.errors < best[i].errors):
                best[i] = candidate

    async def _ask(self, sources: Sequence[_Masked], complaints: Sequence[str]) -> list[str | None]:
        """Return an answer for each source; None for those that the answer leaves out."""
        lines = [
            self._shown(number, source, complaint)
            for number, (source, complaint) in enumerate(zip(sources, complaints, strict=True), 1)
        ]
        values = {
            "lines": lines,
            "source_language": languages.name(self._source_language),
            "target_language": languages.name(self.target),
            "markers": any(source.fills for source in sources),
        }
        prompt = prompts.load("translation").render(self.section.values, values)
        budget = 100 + sum(60 + 3 * tokens(source.text) for source in sources)
        try:
            answer = await self.session.ask(prompt, drafts.translation(len(sources)), budget)
        except (ModelTruncatedError, OutputSchemaError):
            # the call is on record; the lines stay open and are asked for in the next round
            return [None] * len(sources)
        return [one_line(text) for text in _in_order(answer.value, len(sources))]

    def _shown(self, number: int, source: _Masked, complaint: str) -> dict[str, Any]:
        shown = [] if source.fills else self._figures(source.text)
        return {
            "number": number,
            "text": source.text,
            "figures": [{"source": printed, "target": written} for printed, written in shown],
            "names": self._names_in(source.text),
            "complaint": complaint,
        }

    def _figures(self, text: str) -> list[tuple[str, str]]:
        """Return the figures of a line with their form in the target language, where the two differ."""
        found = figures.find(text, self._source_language)
        forms = ((f.text, _written(f, self.target)) for f in found if any(c.isdigit() for c in f.text))
        return [(printed, written) for printed, written in forms if printed != written]

    def _masked(self, text: str) -> _Masked:
        parts, fills, at = [], {}, 0
        for number, figure in enumerate(figures.find(text, self._source_language), 1):
            marker = f"[{figure.kind} {number}]"
            parts += [text[at : figure.start], marker]
            fills[marker] = _written(figure, self.target)
            at = figure.end
        return _Masked("".join([*parts, text[at:]]), fills)

    def _checked(self, line: Source, source: _Masked, answer: str) -> Translated | None:
        text = source.filled(answer)
        if text is None:
            return None
        findings = [
            *self._language(text, line.where),
            *self._extent(line, text),
            *_figure_findings(line, self._source_language, text, self.target),
            *self._suspicion(text, line.where),
            *self._missing_names(line, text),
        ]
        return Translated(text, tuple(findings))

    def _language(self, text: str, where: str) -> list[Finding]:
        if language.is_in(text, self.target):
            return []
        return [Finding("brief.language", f"{text!r} is not in {languages.name(self.target)}", where)]

    def _extent(self, line: Source, text: str) -> list[Finding]:
        """Find translations that break off, or are far shorter or longer than their line can be."""
        expected = len(line.text) * _density(self.target) / _density(self._source_language)
        if not expected / _STRETCH - _SLACK_CHARS <= len(text) <= expected * _STRETCH + _SLACK_CHARS:
            reason = "shorter" if len(text) < expected else "longer"
            return [Finding("brief.length", f"{text!r} is far {reason} than {line.text!r}", line.where)]
        last = text.rpartition(" ")[2].casefold()
        if last in languages.section(self.target, "words")["function_words"]:
            return [Finding("brief.length", f"{text!r} breaks off", line.where)]
        return []

    def _suspicion(self, text: str, where: str) -> list[Finding]:
        reason = self.screen.reason(text, self.target)
        return [Finding("answer.suspicious", f"{text!r}: {reason}", where)] if reason else []

    def _missing_names(self, line: Source, text: str) -> list[Finding]:
        return [
            Finding("name.missing", f"{name!r} of the source line is not in {text!r}", line.where)
            for name in self._names_in(line.text)
            if name not in text
        ]

    def _names_in(self, text: str) -> list[str]:
        """Return the people named in a line whose names the target language writes alike."""
        if "zh" in (languages.base(self._source_language), languages.base(self.target)):
            return []
        return [name for name in self.names if name in text]

    def _settled(self, line: Source, found: Translated | None) -> Translated:
        """Leave out a line that is in the wrong language, or that never came, and say so."""
        if found is not None and not any(f.code == "brief.language" for f in found.findings):
            return found
        why = found.findings[0].message if found else "no answer could be used"
        message = f"{line.text!r} has no translation into {languages.name(self.target)}: {why}"
        return Translated(None, (Finding("brief.untranslated", message, line.where),))

    @property
    def _source_language(self) -> str:
        return self.section.article.language


def _in_order(draft: drafts.TranslationDraft, count: int) -> list[str]:
    """Return the texts by their numbers; by their places where the numbers are not 1 … `count`."""
    by_number = {line.number: line.text for line in draft.lines}
    if sorted(by_number) == list(range(1, count + 1)):
        return [by_number[number] for number in range(1, count + 1)]
    return [line.text for line in draft.lines]


def _density(language_code: str) -> float:
    """Return how many characters the language needs for what takes one in English."""
    return float(languages.section(language_code, "words")["density"])


def _written(figure: figures.Figure, target: str) -> str:
    """Return the figure as the target language writes it; a garbled one stays as printed."""
    return figure.text if figure.suspect or figure.value is None else figures.write(figure, target)


def _figure_findings(line: Source, source_language: str, text: str, target: str) -> Iterable[Finding]:
    compared = figures.compare(line.text, source_language, text, target)
    for printed, written in compared.contradicted:
        message = f"you wrote {written.text!r}, the source says {printed.text!r}"
        yield Finding("figure.contradicted", message, line.where)
    for figure in compared.unsupported:
        yield Finding("figure.unsupported", f"the source has no figure {figure.text!r}", line.where)
    for figure in compared.missing:
        message = f"the figure {figure.text!r} of the source is missing; write {_written(figure, target)!r}"
        yield Finding("figure.missing", message, line.where)
