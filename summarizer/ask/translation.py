"""Lines in another language: translated, checked, asked for again with figures behind markers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarizer import figures, languages
from summarizer.article.findings import Finding
from summarizer.article.line import finished, one_line
from summarizer.ask import drafts, placeholders, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.placeholders import Masked
from summarizer.checks import TranslationChecker
from summarizer.errors import (
    ContextWindowError,
    ModelError,
    ModelRefusedError,
    ModelTruncatedError,
    OutputSchemaError,
)
from summarizer.ground.evidence import terms
from summarizer.llm.prompt import Prompt
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["Source", "Translated", "Translator"]


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
        text: None when no answer was fit to publish.
        findings: what the checks object to.
    """

    text: str | None
    findings: tuple[Finding, ...]

    @property
    def harm(self) -> int:
        """How much worse than none its errors are: what is wrong weighs more than what is missing."""
        return sum(_HARM.get(f.code, 2) for f in self.findings if f.severity == "error")

    def at(self, where: str) -> "Translated":
        """Return the same for another place in the digest."""
        return replace(self, findings=tuple(replace(f, where=where) for f in self.findings))


#: No reader of the target language could tell: such a line is left out of the brief and listed instead.
_UNFIT = frozenset(
    {
        "answer.suspicious",
        "brief.language",
        "brief.name",
        "brief.negation",
        "brief.repeated",
        "figure.contradicted",
        "figure.unsupported",
        "name.missing",
    }
)
_HARM = {
    "brief.language": 9,
    "figure.contradicted": 5,
    "figure.unsupported": 5,
    "brief.negation": 5,
    "figure.missing": 3,
}


@dataclass(frozen=True, slots=True)
class _Round:
    """How many lines are asked for at once, and whether their figures stand behind markers."""

    lines: int
    masked: bool


#: A small model keeps few lines apart, and a marker only in a grammar made for its one line.
_EMBEDDED = (_Round(4, masked=False), _Round(1, masked=True), _Round(1, masked=True))
_HOSTED = (_Round(16, masked=False), _Round(16, masked=True), _Round(1, masked=True))
#: Two translations that share this much of their words are the same, …
_SAME = 0.8
#: … which only lines may have that share this much of theirs.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates lines about one article into one language.

    Attributes:
        session: who is asked.
        section: the part of the article that the model sees with the lines.
        checker: what each translation is held against.
    """

    session: "Session"
    section: Section
    checker: TranslationChecker

    @property
    def target(self) -> str:
        """The language to write."""
        return self.checker.target

    async def translate(self, lines: Sequence[Source]) -> tuple[Translated, ...]:
        """Return the translation of each line.

        Three rounds: as they are, the failing ones with their figures behind markers and the reason,
        the rest one by one. What still fails is published with its findings, or left out with them where
        it would mislead: another language, a figure, a person or a negation that the source line does not have.

        Raises:
            ModelError: the model gave no usable answer.
        """
        # a quote is often a sentence of the summary too: each text is asked for once
        unique = list({line.text: line for line in reversed(lines)}.values())[::-1]
        best: dict[str, Translated] = {}
        asked: set[Prompt] = set()
        for round_ in _EMBEDDED if self.session.endpoint.embedded else _HOSTED:
            failing = [line for line in unique if line.text not in best or best[line.text].harm]
            for start in range(0, len(failing), round_.lines):
                batch = failing[start : start + round_.lines]
                try:
                    await self._improve(best, asked, batch, masked=round_.masked)
                except (ModelError, OutputSchemaError) as error:
                    if not best or isinstance(error, ContextWindowError):
                        raise  # not one line came: there is no brief
                    return self._all_settled(lines, best)
        return self._all_settled(lines, best)

    def _all_settled(self, lines: Sequence[Source], best: Mapping[str, Translated]) -> tuple[Translated, ...]:
        return tuple(self._settled(line, best).at(line.where) for line in lines)

    async def _improve(
        self, best: dict[str, Translated], asked: set[Prompt], batch: Sequence[Source], *, masked: bool
    ) -> None:
        """Ask for the lines of a batch; keep each answer that does less harm than the one there is.

        A question that was asked before in the same words is not asked again: its answer would be the same.
        """
        sources = [self._masked(line.text) if masked else placeholders.plain(line.text) for line in batch]
        shown = [
            self._shown(number, source, _fault(best.get(line.text), source))
            for number, (line, source) in enumerate(zip(batch, sources, strict=True), 1)
        ]
        prompt = self._prompt(shown, markers_used=any(source.fills for source in sources))
        if prompt in asked:
            return
        asked.add(prompt)
        for line, source, answer in zip(batch, sources, await self._ask(prompt, sources), strict=True):
            text = source.filled(answer) if answer else None
            if text is None:
                continue
            if finished(line.text, self.checker.source) == line.text:
                text = finished(text, self.target)
            candidate = self._checked(line, text, best)
            if line.text not in best or candidate.harm < best[line.text].harm:
                best[line.text] = candidate

    def _prompt(self, shown: Sequence[Mapping[str, Any]], *, markers_used: bool) -> Prompt:
        values = {
            "lines": shown,
            "source_language": languages.name(self.checker.source),
            "target_language": languages.name(self.target),
            "markers": markers_used,
        }
        return prompts.load("translation").render(self.section.values, values)

    async def _ask(self, prompt: Prompt, sources: Sequence[Masked]) -> list[str | None]:
        """Return an answer for each line; None for those that have none."""
        into = drafts.translation(len(sources), sources[0].pattern if len(sources) == 1 else None)
        budget = 100 + sum(60 + 3 * tokens(source.text) for source in sources)
        try:
            answer = await self.session.ask(prompt, into, budget)
        except (ModelTruncatedError, ModelRefusedError, OutputSchemaError):
            if not self.session.endpoint.embedded:
                raise
            # the call is on record; the lines stay open and are asked for in the next round
            return [None] * len(sources)
        return [one_line(text) if text else None for text in _in_order(answer.value, len(sources))]

    def _shown(self, number: int, source: Masked, fault: Finding | None) -> Mapping[str, Any]:
        shown = [] if source.fills else self._figures(source.text)
        return {
            "number": number,
            "text": prompts.as_data(source.text),
            "figures": [{"source": printed, "target": form} for printed, form in shown],
            "names": self.checker.names_in(source.text),
            "fault": fault.code if fault else "",
            # only what is wrong with a figure says more to a model than its advice does
            "message": fault.message if fault and fault.code.startswith("figure.") else "",
        }

    def _figures(self, text: str) -> list[tuple[str, str]]:
        """Return the figures of a line with their form in the target language, where the two differ."""
        found = self.checker.reading.line(text).figures
        forms = ((f.text, figures.written(f, self.target)) for f in found)
        return [(printed, form) for printed, form in forms if printed != form]

    def _masked(self, text: str) -> Masked:
        return placeholders.mask(text, self.checker.source, self.target)

    def _checked(self, line: Source, text: str, best: Mapping[str, Translated]) -> Translated:
        found = self.checker.check(line.text, text, line.where)
        return Translated(text, (*found, *self._repeated(line, text, best)))

    def _repeated(self, line: Source, text: str, best: Mapping[str, Translated]) -> tuple[Finding, ...]:
        """Return the finding `brief.repeated` where a different line has this translation by now, else none."""
        others = ((other, t.text) for other, t in best.items() if t.text and other != line.text)
        twin = next((other for other, its in others if self._repeats(line.text, text, other, its)), None)
        message = f"{text!r} is the translation of another line: {twin!r}"
        return (Finding("brief.repeated", message, line.where),) if twin is not None else ()

    def _repeats(self, line: str, text: str, other: str, translated: str) -> bool:
        alike = _overlap(line, other, self.checker.source) >= _ALIKE
        return not alike and _overlap(text, translated, self.target) >= _SAME

    def _settled(self, line: Source, best: Mapping[str, Translated]) -> Translated:
        """Leave out a line that never came or would mislead its reader, and say so with the reason.

        `brief.repeated` is looked for anew, without asking the model: a line translated again in the meantime
        may have made the repetition, or ended it.
        """
        found = best.get(line.text)
        if found is None or found.text is None:
            return self._left_out(line, None)
        own = (f for f in found.findings if f.code != "brief.repeated")
        last = Translated(found.text, (*own, *self._repeated(line, found.text, best)))
        unfit = next((f for f in last.findings if f.code in _UNFIT), None)
        return self._left_out(line, unfit) if unfit else last

    def _left_out(self, line: Source, unfit: Finding | None) -> Translated:
        why = unfit.message if unfit else "no answer could be used"
        message = f"{line.text!r} has no translation into {languages.name(self.target)}: {why}"
        gone = Finding("brief.untranslated", message, line.where)
        return Translated(None, (gone, unfit) if unfit else (gone,))


def _fault(last: Translated | None, source: Masked) -> Finding | None:
    """Return why the last answer failed; not its figures where markers stand, so that they are not repeated."""
    found = last.findings if last else ()
    errors = (f for f in found if f.severity == "error")
    return next((f for f in errors if not (source.fills and f.code.startswith("figure."))), None)


def _overlap(one: str, other: str, language: str) -> float:
    """Return the share of terms that two lines have in common (Jaccard); 0 where neither has any."""
    a, b = terms(one, language), terms(other, language)
    return len(a & b) / len(a | b) if a | b else 0.0


def _in_order(draft: drafts.TranslationDraft, count: int) -> list[str | None]:
    """Return the texts by their numbers; None for a line whose number is missing or doubled.

    Never by their places: an answer that skips one line would shift all that follow.
    """
    if count == 1:
        return [draft.lines[0].text]
    texts: dict[int, str | None] = {}
    for line in draft.lines:
        texts[line.number] = None if line.number in texts else line.text
    return [texts.get(number) for number in range(1, count + 1)]
