"""A sentence that the model wrote about an article, held against the article."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer import figures, instructions, language, segment, speech
from summarizer.article import Article
from summarizer.checks.antonyms import restated, reversal
from summarizer.checks.attribution import claimed, mostly, rival
from summarizer.checks.contrasts import inverted
from summarizer.checks.injection import Screen
from summarizer.checks.names import Named
from summarizer.checks.negation import denied, pieces
from summarizer.checks.offices import swapped
from summarizer.checks.script import foreign
from summarizer.digest import Offsets
from summarizer.findings import Finding
from summarizer.ground.evidence import Evidence, Index, terms
from summarizer.line import one_line
from summarizer.span import Span
from summarizer.speech import Speech

__all__ = ["Checker", "Grounded", "told"]

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Grounded:
    """A statement with the spans that say it and what the checks object to.

    Attributes:
        text: as the model wrote it, on one line.
        spans: sentences of the article, in its order; empty only for a statement without support.
        sentences: their positions in the article (0-based).
        findings: empty when nothing is wrong.
    """

    text: str
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def offsets(self) -> tuple[Offsets, ...]:
        """The spans as the digest writes them."""
        return tuple((s.start, s.end) for s in self.spans)


@dataclass(frozen=True, slots=True)
class Checker:
    """Holds statements in the article's own language against it.

    Attributes:
        article: the source.
        index: the words of its sentences.
        screen: what suspicious statements are held against.
        words: every word of it, in small letters.
        homes: the figures of its sentences.
        speeches: what its people say.
    """

    article: Article
    index: Index
    screen: Screen
    words: frozenset[str]
    homes: Mapping[Span, tuple[figures.Figure, ...]]
    speeches: tuple[Speech, ...]

    @classmethod
    def of(cls, article: Article) -> "Checker":
        """Prepare the checks of one article."""
        found = instructions.find(article.text, article.language)
        return cls(
            article,
            Index.of(article.sentences, article.language),
            Screen(article.text, article.language, found),
            frozenset(part.casefold() for w in _WORD.findall(article.text) for part in (w, *re.split(r"['’]", w))),
            _homes(article),
            speech.find(article.text, article.language),
        )

    @property
    def people(self) -> tuple[str, ...]:
        """Full names of those who speak and have an office: people, not bodies, whose names are translated."""
        said = (s.speaker for s in self.speeches if s.speaker and s.speaker.role and _is_name(s.speaker.name))
        return tuple(dict.fromkeys(speaker.name for speaker in said))

    def ground(self, text: str, cited: Iterable[int], where: str, max_chars: int) -> Grounded:
        """Return `text` with its evidence and findings.

        Args:
            text: what the model wrote.
            cited: positions (0-based) of the sentences that it gave as its source.
            where: JSON pointer of the statement in the digest.
            max_chars: the length at which the model was stopped.
        """
        line, cut = _whole(one_line(text), self.article.language, max_chars)
        said = self.index.evidence(line, cited, self.article.language)
        evidence = self._with_figures(line, said)
        position = {(s.start, s.end): i for i, s in enumerate(self.article.sentences)}
        sentences = tuple(position[s.start, s.end] for s in evidence.spans)
        findings = [*self._figures(line, where), *self._language(line, where), *self._suspicion(line, where)]
        if not any(c.isalnum() for c in line):
            findings.append(Finding("summary.empty", "a statement holds no word", where))
        elif not evidence.supported:
            message = f"the article has too few of the words of {line!r} to be its source"
            findings.append(Finding("summary.unsupported", message, where))
        if said.spans and not where.endswith("headline"):
            findings.extend(self._elsewhere(line, said.spans, where))
        if cut:
            code = "summary.fragment" if cut in line else "summary.cut"
            findings.append(Finding(code, f"the length limit cut {cut!r} off; say less in one statement", where))
        named = Named(self.article, self.words, self.speeches)
        findings.extend(named.strange(line, where))
        findings.extend(self._attribution(line, evidence.spans, where))
        findings.extend(named.offices(line, where))
        findings.extend(self._speakers(line, evidence.spans, where))
        findings.extend(self._negations(line, evidence.spans, where))
        findings.extend(self._rates(line, evidence.spans, where))
        return Grounded(line, evidence.spans, sentences, tuple(findings))

    def _with_figures(self, line: str, evidence: Evidence) -> Evidence:
        """Add the sentences that hold the statement's figures: no reader should look for a figure in vain."""
        spans = list(evidence.spans)
        for figure in figures.find(line, self.article.language):
            homes = [s for s, own in self.homes.items() if any(figures.same(f, figure) for f in own)]
            if homes and not any(span in homes for span in spans):
                spans.append(homes[0])
        return Evidence(tuple(sorted(spans)), evidence.supported)

    def _elsewhere(self, line: str, cited: tuple[Span, ...], where: str) -> list[Finding]:
        """Find figures that stand in other sentences than those whose words the statement shares."""
        held = [f for span in cited for f in self.homes.get(span, ())]
        found = figures.find(line, self.article.language)
        known = [f for own in self.homes.values() for f in own]
        strange = [
            f
            for f in found
            if not any(figures.same(h, f) for h in held)
            and any(figures.same(k, f) for k in known)
            and not self._beside_words(f, line, cited)
        ]
        return [
            Finding("figure.elsewhere", f"{told(f)} stands in another sentence than what {line!r} reports", where)
            for f in strange
        ]

    def _beside_words(self, figure: figures.Figure, line: str, cited: tuple[Span, ...]) -> bool:
        """Tell whether a sentence that holds a figure gives the statement words that its source lacks.

        One that brings the figure alone (*exports to Japan*, in a statement about China) does not report the same.
        """
        code = self.article.language
        wanted = _plain_terms(line, code) - self._cited_terms(cited)
        homes = [span for span, own in self.homes.items() if any(figures.same(f, figure) for f in own)]
        return any(wanted & _plain_terms(span.of(self.article.text), code) for span in homes)

    def _cited_terms(self, cited: tuple[Span, ...]) -> frozenset[str]:
        texts = (span.of(self.article.text) for span in cited)
        return frozenset[str]().union(*(_plain_terms(text, self.article.language) for text in texts))

    def _language(self, line: str, where: str) -> list[Finding]:
        expected = self.article.language
        if language.is_in(line, expected) and not foreign(line, expected, self.article.text):
            return []
        return [Finding("summary.language", f"{line!r} is not in the article's language ({expected})", where)]

    def _suspicion(self, line: str, where: str) -> list[Finding]:
        reason = self.screen.reason(line, self.article.language)
        return [Finding("answer.suspicious", f"{line!r}: {reason}", where)] if reason else []

    def _figures(self, line: str, where: str) -> list[Finding]:
        code = self.article.language
        compared = figures.compare(self.article.text, code, line, code)
        wrong = [
            Finding(
                "figure.contradicted",
                f"you wrote {told(written)}, the article says {told(printed)}",
                where,
                Span(printed.start, printed.end),
            )
            for printed, written in compared.contradicted
        ]
        return wrong + [
            Finding("figure.unsupported", f"{told(f)} is a figure that the article does not give", where)
            for f in compared.unsupported
        ]

    def _attribution(self, line: str, spans: tuple[Span, ...], where: str) -> list[Finding]:
        """Find what somebody said and the statement tells as a fact: no name of theirs, no word of saying."""
        said = [s for s in self.speeches if all(mostly(span, s) for span in spans)] if spans else []
        if said and speech.find(line, self.article.language):
            return []  # "He said": a pronoun stands for whom the statement before is about
        for one in said:
            speaker = one.speaker
            if speaker and not any(part in line for part in (*speaker.name.split(), speaker.role or speaker.name)):
                message = f"{line!r} tells as a fact what {speaker.name} says"
                return [Finding("summary.attribution", message, where, Span(one.start, one.end))]
        return []

    def _speakers(self, line: str, spans: tuple[Span, ...], where: str) -> list[Finding]:
        """Find what a statement has one person say and the article another."""
        claim = claimed(line, self.article)
        other = rival(claim, spans, self.speeches, self.article) if claim else None
        if claim is None or other is None or other.speaker is None or line.startswith(other.speaker.name):
            return []  # a name that opens the line is its subject, whatever stands between it and the verb
        message = f"{line!r} has {claim.speaker.name} say what the article has {other.speaker.name} say"
        return [Finding("summary.speaker", message, where, Span(other.start, other.end))]

    def _negations(self, line: str, spans: tuple[Span, ...], where: str) -> list[Finding]:
        """Find a negation that the statement's sentences do not have, or that it leaves out of their words."""
        code = self.article.language
        cited = [span.of(self.article.text) for span in spans]
        alike = dict.fromkeys(text for piece in pieces(line) for text in self.index.alike(piece, code))
        turned = denied(line, cited, tuple(alike), code)
        if turned is None and (reason := reversal(line, cited, alike, code)):
            turned = f"the contrary is said, {reason}"
        every = [sentence.text for sentence in self.article.sentences]
        turned = turned or inverted(line, (*cited, *alike), code) or restated(line, every, code)
        return [Finding("summary.negation", f"{turned}: {line!r}", where, next(iter(spans), None))] if turned else []

    def _rates(self, line: str, spans: tuple[Span, ...], where: str) -> list[Finding]:
        """Find what a figure is given for, put in the place of another: *a year* for *a month*."""
        code = self.article.language
        cited = " ".join(span.of(self.article.text) for span in spans)
        swap = swapped(cited, code, line, code, "rates") if cited and figures.find(line, code) else None
        # a longer source has more of them than a statement repeats: only what the article never says is strange
        if swap is None or swap.given in self.article.text.casefold():
            return []
        message = f"{line!r} has {swap.given!r}, the article {swap.right!r}"
        return [Finding("figure.contradicted", message, where, spans[0])]


def _is_name(name: str) -> bool:
    """Tell a full name from a noun: *council spokeswoman*."""
    parts = name.split()
    return len(parts) > 1 and not parts[0].islower() and not parts[-1].islower()


def _plain_terms(text: str, code: str) -> frozenset[str]:
    """Return the terms of a text without its figures."""
    kept, at = list[str](), 0
    for figure in figures.find(text, code):
        kept.append(text[at : figure.start])
        at = figure.end
    return frozenset(term for term in terms(" ".join([*kept, text[at:]]), code) if not term.isdigit())


def _whole(line: str, language_code: str, max_chars: int) -> tuple[str, str]:
    """Return a statement without the unfinished sentence at which the model was stopped, and that sentence.

    A statement of one sentence has no other to fall back on and stays as it is; the second value is empty
    when the model was not stopped.
    """
    if len(line) < max_chars - 1:
        return line, ""
    pieces = segment.split(line, language_code)
    last = pieces[-1]
    return (line[: last.start].rstrip() if len(pieces) > 1 else line), last.text


def _homes(article: Article) -> Mapping[Span, tuple[figures.Figure, ...]]:
    """Return the figures of each sentence of an article; sentences without any are left out."""
    homes: dict[Span, tuple[figures.Figure, ...]] = {}
    found = iter(figures.find(article.text, article.language))
    figure = next(found, None)
    for sentence in article.sentences:
        while figure is not None and figure.start < sentence.start:
            figure = next(found, None)
        own = list[figures.Figure]()
        while figure is not None and figure.start < sentence.end:
            own.append(figure)
            figure = next(found, None)
        if own:
            homes[Span(sentence.start, sentence.end)] = tuple(own)
    return homes


def told(figure: figures.Figure) -> str:
    """Return a figure for a message: as printed, with the unit, currency and direction that it was read with."""
    read = [part for part in (figure.unit, figure.currency, figure.direction) if part and part not in figure.text]
    return f"{figure.text!r} ({', '.join(read)})" if read else f"{figure.text!r}"
