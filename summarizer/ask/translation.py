"""Lines in another language: translated, checked, read a second time, asked for again with the objection in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from summarizer import figures, languages
from summarizer.article.findings import Finding
from summarizer.article.line import finished, one_line
from summarizer.ask import drafts, glossed, placeholders, prompts
from summarizer.ask.chunks import Section
from summarizer.ask.house import House
from summarizer.ask.placeholders import Masked
from summarizer.ask.review import Pair
from summarizer.ask.trust import Trust, defended, harm, open_to
from summarizer.checks import TranslationChecker
from summarizer.errors import (
    ContextWindowError,
    ModelError,
    ModelRefusedError,
    ModelTruncatedError,
    OutputSchemaError,
)
from summarizer.languages.hant import is_traditional, traditional
from summarizer.llm.prompt import Prompt
from summarizer.llm.tokens import tokens

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["HEADLINE", "Drafted", "Source", "Translated", "Translator", "draft"]

#: A small model that loses itself in one line loses the next ones, too.
_LINES_AT_ONCE, _EMBEDDED_LINES_AT_ONCE = 24, 4
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
        house: what is asked with, and what its lines are held to beside.
    """

    session: "Session"
    section: Section
    checker: TranslationChecker
    trust: Trust
    house: House = field(default_factory=House)

    @property
    def target(self) -> str:
        """The language to write."""
        return self.checker.target

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
        (done,) = await _asked([self], [drafted], new, again=False)
        (done,) = await _asked([self], [done], objected, again=True)
        done = self.likened(drafted, done)
        settled = [self._settled(line, done) for line in lines]
        pairs = [(line.text, found.text or "") for line, found in zip(lines, settled, strict=True)]
        for i, note in self.checker.transliterated(pairs):
            settled[i] = replace(settled[i], findings=(*settled[i].findings, note))
        return tuple(found.at(line.where) for line, found in zip(lines, settled, strict=True))

    def _open(self, line: Source, drafted: Drafted) -> bool:
        """Tell whether a line is asked for again: of the embedded model, where placeholders can help it."""
        found = drafted.lines[line.text]
        objections = open_to(found.findings)
        if self.session.endpoint.embedded:
            return any(finding.code.startswith(("figure.", "glossary.")) for finding in objections)
        return found.text is None or bool(objections)

    def told(self) -> Mapping[str, Any]:
        """Return what a model is told of the language that it translates into."""
        scripts = {languages.get(code).script for code in (self.checker.source, self.target)}
        return {"code": self.target, "name": self.names[1], "across_scripts": len(scripts) > 1}

    @property
    def names(self) -> tuple[str, str]:
        """What a model is told that the lines are in, and what it is to write."""
        return languages.names(self.checker.source, self.target)

    def bound(self, number: int, source: Masked) -> drafts.Bound:
        """Return what keeps a small model to one line: its placeholders, or a length that ends its circles."""
        if source.pattern:
            return number, "pattern", source.pattern
        expected = languages.expected_chars(source.text, self.checker.source, self.target)
        return number, "maxLength", round(1.5 * expected) + 40

    def answered(self, line: Source, source: Masked, answer: drafts.LineDraft, drafted: Drafted) -> Translated | None:
        """Return an answer with what is objected to; None where it is empty or its placeholders do not fit."""
        text = source.filled(one_line(answer.text))
        if not text:
            return None
        if finished(line.text, self.checker.source) == line.text and line.role != HEADLINE:
            text = finished(text, self.target)
        last = drafted.lines.get(line.text)
        if last and last.text == text:
            return replace(last, findings=defended(last.findings, one_line(answer.reason)))
        return Translated(text, (*self.checker.check(line.text, text, ""), *self._broken(line, text)))

    def _broken(self, line: Source, text: str) -> Iterable[Finding]:
        """Return what a line breaks of the house's rules; a quotation is in other people's words."""
        own = line.role in ("", HEADLINE)
        return self.house.rules.objections(text, self.target, line.where) if own else ()

    def likened(self, before: Drafted, after: Drafted) -> Drafted:
        """Return `after` with what only all lines together show, told of those that are new in it."""
        pairs = [(text, line.text or "") for text, line in after.lines.items()]
        found = self.checker.beside(pairs)
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
        found = self._converted(found)
        against = self.trust.against(found.findings)
        return self._left_out(line, against.message) if against else found

    def _converted(self, found: Translated) -> Translated:
        """Return a line that came in simplified characters, asked for or not, in traditional ones, and say so."""
        others = tuple(finding for finding in found.findings if finding.code != "brief.script")
        if found.text is None or len(others) == len(found.findings) or not is_traditional(self.target):
            return found
        text = traditional(found.text, self.target)
        note = Finding(
            "brief.converted", f"{text!r} came in simplified characters, as {found.text!r}; read it once more"
        )
        return Translated(text, (*others, note))

    def _left_out(self, line: Source, why: str) -> Translated:
        message = f"{line.text!r} has no translation into {languages.name(self.target)}: {why}"
        return Translated(None, (Finding("brief.untranslated", message),))


async def draft(translators: Sequence[Translator], lines: Sequence[Source]) -> list[Drafted]:
    """Return a first translation of each line by each translator, with what the rules object to.

    Lines that are few are translated into all languages in one question: they are paid for once.

    Raises:
        ModelError: not one line came.
        OutputSchemaError: the same, by an answer that never fitted the schema.
    """
    drafted = await _asked(translators, [Drafted() for _ in translators], _unique(lines), again=False)
    return [translator.likened(Drafted(), each) for translator, each in zip(translators, drafted, strict=True)]


async def _asked(
    translators: Sequence[Translator], drafted: Sequence[Drafted], lines: Sequence[Source], *, again: bool
) -> list[Drafted]:
    """Ask for lines in batches; what failed midway leaves the others as they are."""
    done = list(drafted)
    size = _EMBEDDED_LINES_AT_ONCE if translators[0].session.endpoint.embedded else _LINES_AT_ONCE
    for start in range(0, len(lines), size):
        sheet = _Sheet(tuple(translators), tuple(lines[start : start + size]), tuple(done), again)
        try:
            answers = await sheet.answers()
        except (ModelError, OutputSchemaError) as error:
            if not done[0].lines or isinstance(error, ContextWindowError):
                raise  # not one line came: there is no brief
            break
        done = [each.better(new) for each, new in zip(done, answers, strict=True)]
    return done


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Lines that are asked for in one question, in one language or several.

    Attributes:
        translators: one for each language; they share session, section and source language.
        lines: what is to be translated.
        drafted: what each of them has so far.
        again: whether the lines are objected to, and shown with the last translation and the objections.
    """

    translators: tuple[Translator, ...]
    lines: tuple[Source, ...]
    drafted: tuple[Drafted, ...]
    again: bool

    async def answers(self) -> list[Mapping[str, Translated]]:
        """Return for each translator the checked answer of each line that has one."""
        answers = await self._answer()
        if answers is None:
            return [{} for _ in self.translators]
        each = zip(self.translators, self.drafted, strict=True)
        return [self._checked(translator, drafted, answers.lines(translator.target)) for translator, drafted in each]

    @property
    def _first(self) -> Translator:
        return self.translators[0]

    @property
    def _embedded(self) -> bool:
        return self._first.session.endpoint.embedded

    @property
    def _sources(self) -> list[Masked]:
        """The lines as they are sent: behind placeholders a small model cannot get a figure wrong."""
        if not (self.again and self._embedded):
            return [placeholders.plain(line.text) for line in self.lines]
        checker = self._first.checker
        return [placeholders.mask(line.text, checker.source, checker.target) for line in self.lines]

    async def _answer(self) -> drafts.TranslationDraft | None:
        """Ask; None where the embedded model gave no usable answer: its lines stay open for another try."""
        sources, targets = self._sources, [each.target for each in self.translators]
        bounds = [self._first.bound(i, source) for i, source in enumerate(sources, 1)] if self._embedded else []
        into = drafts.translation(targets, len(sources), bounds, defended=self.again and not self._embedded)
        budget = 100 + len(targets) * sum(60 + 3 * tokens(source.text) for source in sources)
        try:
            return (await self._first.session.ask(self._prompt(sources), into, budget)).value
        except (ModelTruncatedError, ModelRefusedError, OutputSchemaError):
            if not self._embedded:
                raise
            return None

    def _prompt(self, sources: Sequence[Masked]) -> Prompt:
        first, embedded = self._first, self._embedded
        values = {
            "lines": [self._shown(*each) for each in zip(count(1), self.lines, sources, strict=False)],
            "source_language": first.names[0],
        }
        if embedded:
            # it has read the article already, and goes on from there; another model is spared it
            held = {"placeholders": any(source.fills for source in sources)}
            target = {"target_language": first.names[1]}
            return self._glossed(
                first.house.templates.load("lines").render(first.section.values, values | held | target)
            )
        told = {
            "targets": [each.told() for each in self.translators],
            "spoken": any(line.role not in ("", HEADLINE) for line in self.lines),
            "again": self.again,
            "published": first.section.article.published or "",  # tells what "last May" means
        }
        return self._glossed(first.house.templates.load("translation", alone=True).render_alone(values | told))

    def _glossed(self, prompt: Prompt) -> Prompt:
        """Return the question with what its lines have of the glossary; the same where that is nothing."""
        own = (glossed.about(each.checker, [line.text for line in self.lines]) for each in self.translators)
        targets = [each for each in own if each["entries"]]
        behind = self.translators[0].house.templates.load("glossary").behind
        return behind(prompt, {"targets": targets}) if targets else prompt

    def _shown(self, number: int, line: Source, source: Masked) -> Mapping[str, Any]:
        last = self.drafted[0].lines.get(line.text) if self.again else None
        limit = self._first.house.shape.heading if line.role == HEADLINE else ""
        own = self._for_embedded(line, source) if self._embedded else self._for_others(line)
        return {
            "number": number,
            "text": prompts.as_data(source.text),
            "role": prompts.as_data(line.role + limit),
            # where placeholders stand, a wrong figure shown would be repeated
            "last": prompts.as_data(last.text) if last and last.text and not source.fills else "",
            "objections": [prompts.as_data(f.message) for f in open_to(last.findings)] if last else [],
            **own,
        }

    def _for_embedded(self, line: Source, source: Masked) -> Mapping[str, Any]:
        checker = self._first.checker
        return {
            "figures": () if source.fills else figures.forms(source.text, checker.source, checker.target),
            "placeholders": [(name, source.printed[name], form) for name, form in source.fills.items()],
            "names": checker.names_in(line.text),
        }

    def _for_others(self, line: Source) -> Mapping[str, Any]:
        """Return for each language its names, and the figures whose digits are others: a comma needs no telling."""
        source, each = self._first.checker.source, [(t.target, t.checker) for t in self.translators]
        forms = ((code, figures.forms(line.text, source, code, digits=True)) for code, _ in each)
        names = ((code, checker.names_in(line.text)) for code, checker in each)
        return {"figures": [one for one in forms if one[1]], "names": [one for one in names if one[1]]}

    def _checked(
        self, translator: Translator, drafted: Drafted, answers: Mapping[int, drafts.LineDraft]
    ) -> Mapping[str, Translated]:
        lines = zip(count(1), self.lines, self._sources, strict=False)
        checked = {
            line.text: translator.answered(line, source, answers[number], drafted) for number, line, source in lines
        }
        return {text: line for text, line in checked.items() if line is not None}


def _unique(lines: Iterable[Source]) -> list[Source]:
    """Return each text once, as it is met first: a quote is often a sentence of the summary too."""
    return list({line.text: line for line in reversed(list(lines))}.values())[::-1]
