"""Lines in another language: translated, checked, read a second time, asked for again with the objection in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from summarizer import figures, languages
from summarizer.article.findings import Finding
from summarizer.article.line import finished, one_line
from summarizer.ask import drafts, placeholders, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.placeholders import Masked
from summarizer.ask.review import Pair
from summarizer.ask.trust import Trust, defended, harm, open_to
from summarizer.checks import TranslationChecker, likeness
from summarizer.errors import (
    ContextWindowError,
    ModelError,
    ModelRefusedError,
    ModelTruncatedError,
    OutputSchemaError,
)
from summarizer.llm.prompt import Prompt
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["HEADLINE", "Drafted", "Source", "Translated", "Translator"]

#: A small model keeps few lines apart.
_LINES_AT_ONCE, _EMBEDDED_LINES_AT_ONCE = 24, 8
#: The role of a headline, which ends without a full stop.
HEADLINE = "a headline, without a full stop"


@dataclass(frozen=True, slots=True)
class Source:
    """A line to translate.

    Attributes:
        text: one line in the source language.
        where: JSON pointer of its translation in the digest.
        role: what the model is told that it is, e.g. `HEADLINE`; empty for a plain statement.
    """

    text: str
    where: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """A translated line.

    Attributes:
        text: None when no answer was fit to publish.
        findings: what is objected to.
    """

    text: str | None
    findings: tuple[Finding, ...]

    def at(self, where: str) -> "Translated":
        """Return the same for another place in the digest."""
        return replace(self, findings=tuple(replace(f, where=where) for f in self.findings))


@dataclass(frozen=True, slots=True)
class Drafted:
    """Translations under way.

    Attributes:
        lines: source line → its translation as it stands.
        notes: what could not be done.
    """

    lines: Mapping[str, Translated] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()

    def pairs(self, target: str) -> list[Pair]:
        """Return the lines with their translations into the language `target`, for a second reading."""
        done = ((text, line) for text, line in self.lines.items() if line.text)
        return [Pair(text, line.text or "", line.findings, languages.name(target)) for text, line in done]

    def judged(self, findings: Sequence[tuple[Finding, ...]], notes: Iterable[Finding]) -> "Drafted":
        """Return the same with what a second reading leaves of the objections to its `pairs`."""
        read = zip((text for text, line in self.lines.items() if line.text), findings, strict=True)
        lines = {text: replace(self.lines[text], findings=found) for text, found in read}
        return Drafted({**self.lines, **lines}, (*self.notes, *notes))

    def better(self, other: Mapping[str, Translated]) -> "Drafted":
        """Return the same with those of `other` that are objected to no more than the ones there are."""
        taken = {
            text: new
            for text, new in other.items()
            if text not in self.lines or harm(new.findings) <= harm(self.lines[text].findings)
        }
        return replace(self, lines={**self.lines, **taken})


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates lines about one article into one language.

    Attributes:
        session: who is asked.
        section: the part of the article that the model sees with the lines.
        checker: what each translation is held against.
        trust: what is asked for again, and what leaves a line out.
    """

    session: "Session"
    section: Section
    checker: TranslationChecker
    trust: Trust

    @property
    def target(self) -> str:
        """The language to write."""
        return self.checker.target

    async def draft(self, lines: Sequence[Source]) -> Drafted:
        """Return a first translation of each line, with what the rules object to.

        Raises:
            ModelError: not one line came.
            OutputSchemaError: the same, by an answer that never fitted the schema.
        """
        return self._likened(Drafted(), await self._asked(Drafted(), _unique(lines), again=False))

    async def finish(self, lines: Sequence[Source], drafted: Drafted) -> tuple[Translated, ...]:
        """Return the translation of each line, None with the reason where a finding stands against it.

        Lines that were not drafted are translated; those that are objected to are asked for once more, with the
        last translation and the objections. The model may let its line stand: a doubt is then published beside it.

        Raises:
            ContextWindowError: the window turned out smaller; the article must be split.
        """
        unique = _unique(lines)
        new = [line for line in unique if line.text not in drafted.lines]
        objected = [line for line in unique if line not in new and self._open(line, drafted)]
        done = await self._asked(drafted, new, again=False)
        done = self._likened(drafted, await self._asked(done, objected, again=True))
        settled = [self._settled(line, done) for line in lines]
        pairs = [(line.text, found.text or "") for line, found in zip(lines, settled, strict=True)]
        for i, note in self.checker.transliterated(pairs):
            settled[i] = replace(settled[i], findings=(*settled[i].findings, note))
        return tuple(found.at(line.where) for line, found in zip(lines, settled, strict=True))

    def _open(self, line: Source, drafted: Drafted) -> bool:
        found = drafted.lines[line.text]
        return found.text is None or bool(open_to(found.findings))

    async def _asked(self, drafted: Drafted, lines: Sequence[Source], *, again: bool) -> Drafted:
        """Ask for lines in batches; what failed midway leaves the others as they are."""
        embedded = self.session.endpoint.embedded
        masked = again and embedded  # behind placeholders a small model cannot get a figure wrong
        size = _EMBEDDED_LINES_AT_ONCE if embedded else _LINES_AT_ONCE
        for start in range(0, len(lines), size):
            batch = lines[start : start + size]
            try:
                answers = await self._batch(drafted, batch, again=again, masked=masked)
            except (ModelError, OutputSchemaError) as error:
                if not drafted.lines or isinstance(error, ContextWindowError):
                    raise  # not one line came: there is no brief
                return drafted
            drafted = drafted.better(answers)
        return drafted

    async def _batch(
        self, drafted: Drafted, batch: Sequence[Source], *, again: bool, masked: bool
    ) -> Mapping[str, Translated]:
        """Return the checked answer for each line of a batch that has one."""
        sources = [self._masked(line.text) if masked else placeholders.plain(line.text) for line in batch]
        shown = [
            self._shown(number, line, source, drafted.lines.get(line.text) if again else None)
            for number, (line, source) in enumerate(zip(batch, sources, strict=True), 1)
        ]
        answers = await self._ask(self._prompt(batch, shown, sources, again=again), sources, again=again)
        return {
            line.text: checked
            for line, source, answer in zip(batch, sources, answers, strict=True)
            if answer and (checked := self._answered(line, source, answer, drafted)) is not None
        }

    def _prompt(
        self, batch: Sequence[Source], shown: Sequence[Mapping[str, Any]], sources: Sequence[Masked], *, again: bool
    ) -> Prompt:
        values = {
            "lines": shown,
            "source_language": languages.name(self.checker.source),
            "target_language": languages.name(self.target),
        }
        if self.session.endpoint.embedded:
            # it has read the article already, and goes on from there; another model is spared it
            held = {"placeholders": any(source.fills for source in sources)}
            return prompts.load("lines").render(self.section.values, values | held)
        told = {
            "spoken": any(line.role not in ("", HEADLINE) for line in batch),
            "across_scripts": self._across_scripts,
            "again": again,
            "published": self.section.article.published or "",  # tells what "last May" means
        }
        return prompts.load("translation", alone=True).render_alone(values | told)

    @property
    def _across_scripts(self) -> bool:
        """Whether names change their script."""
        return len({languages.get(code).script for code in (self.checker.source, self.target)}) > 1

    async def _ask(
        self, prompt: Prompt, sources: Sequence[Masked], *, again: bool
    ) -> Sequence[drafts.LineDraft | None]:
        """Return an answer for each line; None for those that have none."""
        embedded = self.session.endpoint.embedded
        bounds = [self._bound(number, source) for number, source in enumerate(sources, 1)] if embedded else []
        into = drafts.translation([self.target], len(sources), bounds, defended=again and not embedded)
        budget = 100 + sum(60 + 3 * tokens(source.text) for source in sources)
        try:
            answer = await self.session.ask(prompt, into, budget)
        except (ModelTruncatedError, ModelRefusedError, OutputSchemaError):
            if not embedded:
                raise
            # the call is on record; the lines stay open and are asked for once more
            return [None] * len(sources)
        lines = answer.value.lines(self.target)
        return [lines.get(number) for number in range(1, len(sources) + 1)]

    def _shown(self, number: int, line: Source, source: Masked, last: Translated | None) -> Mapping[str, Any]:
        return {
            "number": number,
            "text": prompts.as_data(source.text),
            "role": prompts.as_data(line.role),
            "figures": () if source.fills else figures.forms(source.text, self.checker.source, self.target),
            "placeholders": [(name, source.printed[name], form) for name, form in source.fills.items()],
            "names": self.checker.names_in(source.text),
            # where placeholders stand, a wrong figure shown would be repeated
            "last": prompts.as_data(last.text) if last and last.text and not source.fills else "",
            "objections": [prompts.as_data(f.message) for f in open_to(last.findings)] if last else [],
        }

    def _bound(self, number: int, source: Masked) -> drafts.Bound:
        """Return what keeps a small model to one line: its placeholders, or a length before it goes in circles."""
        if source.pattern:
            return number, "pattern", source.pattern
        expected = languages.expected_chars(source.text, self.checker.source, self.target)
        return number, "maxLength", round(1.5 * expected) + 40

    def _masked(self, text: str) -> Masked:
        return placeholders.mask(text, self.checker.source, self.target)

    def _answered(
        self, line: Source, source: Masked, answer: drafts.LineDraft, drafted: Drafted
    ) -> Translated | None:
        """Return an answer with what is objected to; None where its placeholders do not fit."""
        text = source.filled(one_line(answer.text))
        if not text:
            return None
        if finished(line.text, self.checker.source) == line.text and line.role != HEADLINE:
            text = finished(text, self.target)
        last = drafted.lines.get(line.text)
        if last and last.text == text:
            return replace(last, findings=defended(last.findings, one_line(answer.reason)))
        return Translated(text, self.checker.check(line.text, text, ""))

    def _likened(self, before: Drafted, after: Drafted) -> Drafted:
        """Return `after` with what only all lines together show, told of those that are new in it."""
        pairs = [(text, line.text or "") for text, line in after.lines.items()]
        found = likeness.objections(pairs, self.checker.source, self.target)
        lines = dict(after.lines)
        for (text, _), own in zip(pairs, found, strict=True):
            if own and lines[text] != before.lines.get(text):
                lines[text] = replace(lines[text], findings=(*lines[text].findings, *own))
        return replace(after, lines=lines)

    def _settled(self, line: Source, drafted: Drafted) -> Translated:
        """Leave out a line that never came or that a finding stands against, and say so with the reason."""
        found = drafted.lines.get(line.text)
        if found is None or found.text is None:
            return self._left_out(line, "no answer could be used")
        against = self.trust.against(found.findings)
        return self._left_out(line, against.message) if against else found

    def _left_out(self, line: Source, why: str) -> Translated:
        message = f"{line.text!r} has no translation into {languages.name(self.target)}: {why}"
        return Translated(None, (Finding("brief.untranslated", message),))


def _unique(lines: Iterable[Source]) -> list[Source]:
    """Return each text once, as it is met first: a quote is often a sentence of the summary too."""
    return list({line.text: line for line in reversed(list(lines))}.values())[::-1]
