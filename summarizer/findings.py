"""What the checks found: every partial result is listed by code, place and severity."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from summarizer.span import Span

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


