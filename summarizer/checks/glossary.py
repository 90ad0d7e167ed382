"""What a translation must call things by the glossary of an office, and must not.

A doubt and no proof: the line may say the right thing by a pronoun. Nor does a second reading settle it, which knows
no glossary and compares what two lines say.
"""

from collections.abc import Iterator

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.glossary.forms import folded, occurrences
from summarizer.glossary.mentions import Mention, Place, said
from summarizer.glossary.model import spoken

__all__ = ["in_translation", "titles"]


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find what a line calls otherwise than the glossary, or as the glossary forbids."""
    text, code = folded(claim.line.text), claim.line.language
    for mention in (m for m in claim.mentions if not _within_name(m, text)):
        right = _right(mention, claim, text)
        forbidden = said(spoken(mention.entry.forbidden, code), mention.entry, text, code, near=True)
        wrong = next((text[a:b] for a, b in forbidden if not any(_covers(place, (a, b)) for place in right)), "")
        if len(right) < mention.times and wrong:
            message = f"the glossary forbids {wrong!r} for {_told(mention, code)}: {claim.line.text!r}"
            yield Finding("glossary.forbidden", message, claim.where)
        elif not right and spoken(mention.entry.renderings, code):
            message = f"{claim.line.text!r} lacks what the glossary has for {_told(mention, code)}"
            yield Finding("glossary.missing", message, claim.where)
        yield from _untitled(claim, mention, text)


def _right(mention: Mention, claim: Claim, text: str) -> list[Place]:
    """Return where a translation has a rendering of a mention.

    A word of the same family (*ministero*, *ministro*) is none where it is forbidden, or what another mention is
    called.
    """
    code, entry = claim.line.language, mention.entry
    forms = spoken(entry.renderings, code)
    near = said(forms, entry, text, code, near=True)
    others = (other.entry for other in claim.mentions if other.entry is not entry)
    taken = [place for each in others for place in said(spoken(each.renderings, code), each, text, code, near=True)]
    taken += said(spoken(entry.forbidden, code), entry, text, code, near=True)
    loose = (place for place in said(forms, entry, text, code) if not any(_covers(own, place) for own in near))
    return [*near, *(place for place in loose if not any(_covers(own, place) for own in taken))]


def _covers(place: Place, other: Place) -> bool:
    return place[0] <= other[0] and other[1] <= place[1]


def _within_name(mention: Mention, text: str) -> bool:
    """Tell whether what is called so is part of a name that a translation has as it is: *Women's Hospital*."""
    return mention.printed[0].isupper() and mention.phrase[0].islower() and mention.printed in text


def titles(mention: Mention, line: str, source: str, target: str) -> tuple[str, str] | None:
    """Return a title that a line gives a person with what it is in another language; None where it gives none."""
    own = spoken(mention.entry.titles, source)
    wanted = spoken(mention.entry.titles, target)
    found = [title for title in own if any(occurrences(title, line, languages.base(source), "inflected"))]
    return (found[0], wanted[0]) if found and wanted else None


def _told(mention: Mention, code: str) -> str:
    forms = spoken(mention.entry.renderings, code)
    return f"{mention.phrase!r}, which is {' or '.join(map(repr, forms))}" if forms else repr(mention.phrase)


def _untitled(claim: Claim, mention: Mention, text: str) -> Iterator[Finding]:
    both = titles(mention, folded(claim.source.text), claim.source.language, claim.line.language)
    accepted = spoken(mention.entry.titles, claim.line.language)
    code = claim.line.code
    if both and not any(any(occurrences(title, text, code, "parted")) for title in accepted):
        title = f"{both[0]!r} of {mention.phrase!r}, which is {both[1]!r}"
        message = f"{claim.line.text!r} lacks what the glossary has for {title}"
        yield Finding("glossary.missing", message, claim.where)
