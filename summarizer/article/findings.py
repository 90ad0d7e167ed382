"""What the checks found: every partial result is listed by code, place and severity."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from summarizer.article.span import Span

__all__ = ["CODES", "Finding", "Severity"]

Severity = Literal["info", "warning", "error"]

#: Each finding code with its severity and what it tells the reader (``docs/findings.md`` is checked against it).
CODES: Mapping[str, tuple[Severity, str]] = MappingProxyType(
    {
        "article.fragment": ("info", "the article begins or ends in the middle of a sentence"),
        "article.extraction": ("warning", "part of the page's text may not have been extracted"),
        "article.truncated": ("warning", "part of the article could not be read or did not reach the model"),
        "article.encoding": ("warning", "some bytes did not decode and stand as U+FFFD"),
        "article.cleaned": ("info", "control, bidirectional or surrogate characters were removed"),
        "article.language": ("warning", "the article's language is uncertain"),
        "article.instructions": ("warning", "the article holds text that addresses a language model"),
        "summary.extracted": ("info", "no model was asked: the headline and abstract are the article's own"),
        "summary.language": ("error", "a statement is not in the article's language"),
        "summary.attribution": ("info", "a statement tells as a fact what somebody in the article says"),
        "summary.negation": (
            "error",
            "a statement has a negation that its source does not have, lacks one, or says the contrary",
        ),
        "summary.speaker": ("error", "a statement has one person say what another says in the article"),
        "summary.empty": ("error", "a headline or statement holds no word"),
        "summary.cut": (
            "warning",
            "a statement ran into its length limit; its unfinished end was left out",
        ),
        "summary.fragment": ("error", "a statement ran into its length limit and breaks off"),
        "summary.unsupported": ("error", "a statement shares too few words with the article to be a report of it"),
        "figure.contradicted": ("error", "a figure differs from the one that the source gives for the same thing"),
        "figure.unsupported": ("error", "a figure that the source does not give"),
        "figure.elsewhere": ("warning", "a figure stands in another sentence than what the statement reports"),
        "figure.record": ("error", "a listed figure is not what the article has at its place"),
        "figure.missing": ("error", "a translation leaves out a figure of its source"),
        "figure.garbled": ("warning", "a figure of the article cannot be right as printed; it was not repaired"),
        "name.unsupported": ("warning", "a capitalised word that the article does not have"),
        "name.office": ("error", "a person has an office that the article does not give them"),
        "name.missing": ("error", "a translation does not have the name of a person that its source names"),
        "answer.suspicious": ("error", "an answer follows text of the article, or holds what no digest should"),
        "quote.unverified": ("error", "a quote is not what the article has at its place"),
        "quote.kind": ("error", "a quote is called direct and stands in no marks, or the other way round"),
        "quote.speech": ("warning", "a quote stands where the rules find nobody speaking"),
        "quote.misattributed": ("error", "a quote has a speaker whom the article does not give it, or does not name"),
        "quote.speaker": ("info", "the speaker named by the model is not the one that the article gives"),
        "quote.named": ("warning", "only the model names this speaker"),
        "quote.choice": ("warning", "the model chose no quote that exists, or numbers that do not"),
        "quote.unattributed": ("warning", "who said a quote is not certain, so no speaker is given"),
        "brief.language": ("error", "a line of a brief is not in its language"),
        "brief.length": ("error", "a translation breaks off, or is far shorter or longer than its source line"),
        "brief.words": ("error", "words of a translation stand in the source language still"),
        "brief.name": ("error", "a translation names a person or place that its source line does not name"),
        "brief.negation": (
            "error",
            "a translation has a negation that its source line does not have, lacks one, or says the contrary",
        ),
        "brief.repeated": ("error", "two different lines have the same translation"),
        "brief.untranslated": ("error", "a line has no translation that passed the checks and was left out"),
        "brief.missing": ("error", "a brief could not be made: the model gave no usable answer for it"),
        "brief.skipped": ("info", "a target language is the article's own"),
        "brief.draft": ("info", "the embedded model wrote this: a draft to check, not text to publish"),
        "digest.identity": ("error", "the digest's article id is not the SHA-256 of the article's text"),
        "digest.offsets": ("error", "a span lies outside the article, or sentences are out of order"),
        "provenance.model": ("info", "another model than the requested one says that it answered"),
        "provenance.usage": ("info", "the endpoint gave no usable token counts"),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reader should know before publishing.

    Attributes:
        code: dotted, one of `CODES`.
        message: what was found, for a person, naming the words concerned.
        where: JSON pointer (RFC 6901) into the digest, ``""`` for the whole of it.
        span: the place in the article's text, None when there is none.
    """

    code: str
    message: str
    where: str = ""
    span: Span | None = None

    @property
    def severity(self) -> Severity:
        """``info``, ``warning`` or ``error``, as `CODES` gives it."""
        return CODES[self.code][0]
