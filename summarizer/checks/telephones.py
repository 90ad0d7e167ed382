"""Telephone numbers that the source does not have: they count nothing, and nobody can translate one."""

import re
from collections.abc import Iterator

from summarizer import figures
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.ground.text import Text

__all__ = ["in_statement", "in_translation"]

#: A country's code and the nought of an area, which callers from elsewhere exchange (ITU-T E.123).
_PREFIX = re.compile(r"^\+\s?\d{1,3}|^0+")


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find telephone numbers of a translation that its line does not have."""
    return _strange(claim, claim.source)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find telephone numbers of a statement that its article does not have."""
    return _strange(claim, claim.reading.text)


def _strange(claim: Claim, source: Text) -> Iterator[Finding]:
    """Yield a proof where the source has another number, a doubt where it has none."""
    for number in claim.line.once(_numbers):
        if not _stands(number, source):
            code = "figure.changed" if source.once(_numbers) else "figure.unsupported"
            message = f"the source does not have the telephone number {number!r}; copy it as it stands there"
            yield Finding(code, message, claim.where)


def _numbers(text: Text) -> tuple[str, ...]:
    return figures.telephones(text.text, text.language)


def _stands(number: str, text: Text) -> bool:
    """Tell whether a text has a telephone number, written in whatever way."""
    digits = text.once(_digits)
    return any(re.sub(r"\D", "", form) in digits for form in (number, _PREFIX.sub("", number)))


def _digits(text: Text) -> str:
    return "".join(filter(str.isdecimal, text.text))
