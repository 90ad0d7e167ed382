"""Lines that break off, or that are far shorter or longer than they can be."""

import re
from collections.abc import Iterator

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim

__all__ = ["in_statement", "in_translation", "without_gloss"]

#: A translation is at most so many times longer or shorter than its language usually is, give or take a name: an
#: abbreviation (贸促会) unfolds to three and five times its length. The characters are of English.
_STRETCH, _SLACK_CHARS = 2.3, 30
_HAN = re.compile(r"[\u3400-\u9fff]")
#: An original name or title in brackets after its Chinese form, as print gives it.
_GLOSS = re.compile(r"（[^（）\u3400-\u9fff]*）|\([^()\u3400-\u9fff]*\)")


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find translations that break off, or are far shorter or longer than their line can be."""
    line, text = (without_gloss(one.text) for one in (claim.source, claim.line))  # what brackets hold comes on top
    expected = languages.expected_chars(line, claim.source.language, claim.line.language)
    slack = _SLACK_CHARS * languages.get(claim.line.language).words.density
    if not expected / _STRETCH - slack <= len(text) <= expected * _STRETCH + slack:
        reason = "shorter" if len(text) < expected else "longer"
        yield Finding("brief.length", f"{claim.line.text!r} is far {reason} than {claim.source.text!r}", claim.where)
    elif _last_word(text) in languages.get(claim.line.language).words.never_last:
        yield Finding("brief.length", f"{text!r} breaks off", claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement at whose length limit the model was stopped."""
    if claim.cut:
        code = "summary.fragment" if claim.cut in claim.line.text else "summary.cut"
        message = f"the length limit cut {claim.cut!r} off; say less in one statement"
        yield Finding(code, message, claim.where)


def without_gloss(text: str, between: str = "") -> str:
    """Return a text without original names in brackets, with `between` in their place; unchanged if they are most."""
    bare = _GLOSS.sub(between, text)
    return bare if 2 * _weight(bare) > _weight(text) else text


def _weight(text: str) -> int:
    """Return the length of a text in letters: a Han character says as much as three."""
    return len(text) + 2 * len(_HAN.findall(text))


def _last_word(text: str) -> str:
    """Return the last word; none where a full stop shuts the sentence: "… has not.", "where they come from."."""
    if text.endswith(".") and not text.endswith(".."):
        return ""
    return text.rstrip(".").rpartition(" ")[2].casefold()
