"""What a person may change in a digest, and why a change cannot be made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer import languages
from summarizer.article.findings import CODES, Finding
from summarizer.article.line import one_line
from summarizer.digest import Change
from summarizer.digest import pointer as pointers

__all__ = ["MAX_CHANGES", "MAX_CHARS", "QUOTE", "SPEAKER", "VALUE", "refused", "whole"]

#: A line longer than this is no line, an abstract neither.
MAX_CHARS = 20_000
#: No digest has more lines than this.
MAX_CHANGES = 2_000
_N = r"(?:0|[1-9][0-9]{0,5})"
_EDITED = re.compile(
    rf"/summary/(?:headline|abstract|key_points/{_N}/text)"
    rf"|/briefs/{_N}/(?:headline|segments/{_N})/(?:source|target)"
    rf"|/quotes/{_N}/(?:text|translations/[^/]+|speaker/(?:name|role|organisation))"
    rf"|/sections/{_N}/rows/{_N}/values/{_N}/text"
)
_REMOVED = re.compile(
    rf"/summary/key_points/{_N}|/briefs/{_N}/segments/{_N}|/quotes/{_N}(?:/speaker|/translations/[^/]+)?"
    rf"|/sections/{_N}/rows/{_N}/values/{_N}"
)
_ACCEPTED = re.compile(rf"/findings/{_N}")
#: What may be left empty: a person without an office, or one whom nobody places in a body.
_MAY_BE_EMPTY = ("/role", "/organisation")
#: The text of a quote or of a section's value, with its own pointer; a speaker's field, with the speaker's.
QUOTE = re.compile(rf"(/quotes/{_N})/text")
VALUE = re.compile(rf"(/sections/{_N}/rows/{_N}/values/{_N})/text")
_FOREIGN = re.compile(rf"/quotes/{_N}/translations/([^/]+)")
SPEAKER = re.compile(rf"(/quotes/{_N}/speaker)/(name|role|organisation)")


def refused(body: Any, changes: Sequence[Change]) -> Iterator[Finding]:
    """Yield a finding for each change that cannot be made."""
    if len(changes) > MAX_CHANGES:
        yield Finding("correction.refused", f"{len(changes)} changes at once are more than the {MAX_CHANGES} allowed")
        return
    seen: set[tuple[str, bool]] = set()
    for change in changes:
        place = (change.where, change.kind == "accepted")
        why = "this line is changed twice" if place in seen else _fault(body, change)
        seen.add(place)
        if why:
            yield Finding("correction.refused", why, change.where)


def _fault(body: Any, change: Change) -> str | None:
    """Return why a change cannot be made, None where it can."""
    allowed = {"edit": _EDITED, "accepted": _ACCEPTED, "removed": _REMOVED}[change.kind]
    if not allowed.fullmatch(change.where):
        return f"nothing that can be {change.kind if change.kind != 'edit' else 'edited'} stands at {change.where!r}"
    try:
        there = pointers.at(body, change.where)
    except KeyError:
        there = None
        if not _may_be_added(body, change):
            return "there is no such line in this digest; load it anew"
    if change.kind != "edit" and there is None:
        return "nothing stands there that could be taken out"
    if not _same(change, there):
        return f"somebody changed this line meanwhile: it reads {_told(there)!r} now; load it anew"
    if change.kind == "accepted":
        return _kept(there)
    return _unusable(change) if change.kind == "edit" else None


def _may_be_added(body: Any, change: Change) -> bool:
    """Tell whether a new part may stand there: a translation of a quote, or a speaker whom nobody named."""
    if change.kind != "edit" or change.before is not None:
        return False
    try:
        quote = pointers.at(body, "/".join(change.where.split("/")[:3]))
    except KeyError:
        return False
    if found := SPEAKER.fullmatch(change.where):
        return quote["speaker"] is None or found[2] in quote["speaker"]
    code = _FOREIGN.fullmatch(change.where)
    if code is None or not languages.known(code[1]):
        return False
    return languages.checked(code[1]) == code[1] and not languages.same(code[1], body["article"]["language"])


def _same(change: Change, there: Any) -> bool:
    """Tell whether a change says what stands at its place; of what is more than a text it need not."""
    if change.kind == "edit":
        return bool(change.before == there)
    given = change.before
    if given is None or isinstance(given, str):
        return given is None or given in _words(there)
    return bool(given == whole(change, there))


def whole(change: Change, there: Any) -> Any:
    """Return what stands at a change's place as a change keeps it.

    Args:
        change: what is asked for.
        there: JSON.
    """
    return Change(kind=change.kind, where=change.where, before=there).before


def _told(there: Any) -> str:
    """Return the words of a line, quote, speaker or finding; "" where there are none."""
    return next(iter(_words(there)), "")


def _words(there: Any) -> list[str]:
    if isinstance(there, dict):
        return [there[name] for name in ("message", "text", "source", "target", "name") if name in there]
    return [there] if isinstance(there, str) else []


def _kept(finding: Mapping[str, Any]) -> str | None:
    code = CODES.get(finding["code"])
    if code is not None and code.weight == "proof":
        return "this cannot be right, and cannot be ticked off: correct the line, or take it out"
    return None


def _unusable(change: Change) -> str | None:
    """Return what is wrong with new words, whatever the line."""
    words = one_line(change.after or "")
    if len(words) > MAX_CHARS:
        return f"these are {len(words):,} characters; a line has at most {MAX_CHARS:,}"
    if not any(c.isalnum() for c in words) and not change.where.endswith(_MAY_BE_EMPTY):
        return "there is no word in this line; write it, or take the line out"
    return None
