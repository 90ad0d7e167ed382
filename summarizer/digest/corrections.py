"""Corrections by a person: lines edited, doubts let go, lines taken out; a broken promise is refused at its line.

A page hands in `Change` values. All of one call point into the digest as it was given, in any order. They are made
together or not at all, and the digest keeps them in `Digest.review`: edits, then doubts, then what was taken out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.digest import Change, Digest, FindingRecord, Review, Value
from summarizer.digest import pointer as pointers
from summarizer.digest.assemble import finding_record, validate
from summarizer.digest.audit import audit
from summarizer.digest.permitted import QUOTE, SPEAKER, VALUE, refused, whole
from summarizer.digest.repeated import along, apart
from summarizer.digest.requoted import placed, requoted, revalued
from summarizer.errors import CorrectionError

__all__ = ["apply"]


def apply(
    digest: Digest, changes: Sequence[Change], reviewer: str | None = None, moment: datetime | None = None
) -> Digest:
    """Return a digest with a person's changes made, listed in its `review`, and its findings brought up to date.

    * ``edit``: a headline, the abstract, a key point, a line of a brief, a translation of a quote, a speaker's name,
      role or organisation, a value of a section gets other words. The text of a quote, or of a value that was cut out
      of the article, may only become another passage of it: its span moves there.
      Where the same line stands elsewhere (in the abstract and a brief, say), it is changed there, too.
    * ``accepted``: a finding that is no proof is let go: it stays, with `accepted` and severity ``info``.
    * ``removed``: a key point, a line of a brief, a quote, its speaker, one of its translations or a value of a
      section is taken out; a row goes with its last value.

    Every line that was edited is held against the article anew: what had been found about it is replaced.

    Args:
        digest: what the changes point into.
        changes: `before` must be what stands there: of a finding, line or quote its text will do, or null.
        reviewer: whose changes they are, None where nobody says.
        moment: when, with a time zone; now where it is None.

    Raises:
        CorrectionError: a change cannot be made, or a line would break a promise; its findings say which and why,
            each with its pointer into `digest`. Nothing is changed.
        ConfigurationError: the article's language is not supported.
        OutputSchemaError: the result does not fit the published schema: a bug here, caught before it leaves.
    """
    body = digest.model_dump(mode="json")
    _raise_refused(list(refused(body, changes)), "these changes cannot be made")
    asked = _asked(body, changes)
    edits = (*asked.edits, *along(digest, asked.edits))
    edited, unplaced = _edited(digest, edits)
    _raise_refused(unplaced, "these changes cannot be made")
    touched = _touched(edits)
    found = _found(digest, edited, asked, touched)
    told = (*found, *_stale(digest, edits, asked.gone))
    made = _finished(edited, asked, told, touched)
    listed = [_recorded(change, digest, made, asked.gone) for change in (*edits, *asked.accepted, *asked.removed)]
    if listed:
        earlier = digest.review.changes if digest.review else ()
        name = one_line(reviewer or "")[:200] or None
        review = Review(reviewer=name, at=moment or datetime.now(UTC), changes=(*earlier, *listed))
        made = made.model_copy(update={"review": review})
    validate(made)
    return made


@dataclass(frozen=True, slots=True)
class _Asked:
    """Changes that can be made, in the order in which they are, each with what stands at its place."""

    edits: tuple[Change, ...]
    accepted: tuple[Change, ...]
    removed: tuple[Change, ...]
    emptied: tuple[str, ...] = ()

    @property
    def gone(self) -> tuple[str, ...]:
        return (*(change.where for change in self.removed), *self.emptied)


def _raise_refused(findings: Sequence[Finding], message: str) -> None:
    if findings:
        first = findings[0]
        raise CorrectionError(f"{message}: {first.where or '/'}: {first.message}", tuple(findings))


def _asked(body: Any, changes: Sequence[Change]) -> _Asked:
    """Return the changes in their order, edits that change nothing left out; lists lose their last entries first."""
    given = [c.model_copy(update={"before": _given(body, c), "after": _cleaned(c), "settled": ()}) for c in changes]
    removed = sorted((c for c in given if c.kind == "removed"), key=lambda c: _numbers(c.where), reverse=True)
    gone = tuple(c.where for c in removed)
    kept = [c for c in given if not any(pointers.beneath(c.where, place) and c.where != place for place in gone)]
    return _Asked(
        edits=tuple(c for c in kept if c.kind == "edit" and c.after != c.before),
        accepted=tuple(c for c in kept if c.kind == "accepted" and not pointers.at(body, c.where)["accepted"]),
        removed=tuple(c for c in removed if c in kept),
        emptied=tuple(_emptied(body, gone)),
    )


def _emptied(body: Any, gone: Sequence[str]) -> Iterator[str]:
    """Yield the rows of sections that lose all their values, from the last."""
    for row in dict.fromkeys(where.rpartition("/values/")[0] for where in gone if "/values/" in where):
        if all(f"{row}/values/{i}" in gone for i in range(len(pointers.at(body, row)["values"]))):
            yield row


def _given(body: Any, change: Change) -> Any:
    if change.kind == "edit":
        return change.before
    return whole(change, pointers.at(body, change.where))


def _cleaned(change: Change) -> str | None:
    """Return the words of an edit as a digest has them; a quote's are looked up as they were given."""
    if change.kind != "edit" or change.after is None:
        return None
    return change.after.strip() if QUOTE.fullmatch(change.where) else one_line(change.after) or None


def _numbers(where: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(s), "") if s.isascii() and s.isdigit() else (-1, s) for s in pointers.steps(where))


def _edited(digest: Digest, edits: Sequence[Change]) -> tuple[Digest, list[Finding]]:
    """Return the digest with the edits made, and those for which there is no place in the article."""
    body, faults = digest.model_dump(mode="json"), []
    for change in edits:
        if quoted := QUOTE.fullmatch(change.where):
            moved = requoted(digest, pointers.at(body, quoted[1]), change.after or "")
            if moved is None:
                message = "the article does not have these words; a quote can only become another passage of it"
                faults.append(Finding("quote.unverified", message, change.where))
            else:
                pointers.at(body, quoted[1]).update(moved)
        elif spoken := SPEAKER.fullmatch(change.where):
            _name(digest.article.text, pointers.at(body, spoken[1].rpartition("/")[0]), spoken[2], change.after)
        elif valued := VALUE.fullmatch(change.where):
            made = _revalued(digest, valued[1], change.after or "")
            if isinstance(made, Finding):
                faults.append(replace(made, where=change.where))
            else:
                pointers.at(body, valued[1]).update(made.model_dump(mode="json"))
        else:
            _put(body, change.where, change.after)
    faults += _nameless(body, edits)
    return (digest if faults else Digest.model_validate(body)), faults


def _revalued(digest: Digest, where: str, words: str) -> Value | Finding:
    """Return the value at a pointer with other words, or why it cannot have them."""
    _, i, _, j, _, k = pointers.steps(where)
    section = digest.sections[int(i)]
    value = section.rows[int(j)].values[int(k)]
    field = next((f for f in section.fields if f.name == value.field), None)
    if field is None:
        return Finding("field.record", f"{value.text!r} is of no field of its section; take it out")
    return revalued(digest, value, field, words)


def _put(body: Any, where: str, value: str | None) -> None:
    above, _, name = where.rpartition("/")
    pointers.at(body, above)[pointers.steps(f"/{name}")[0]] = value


def _name(text: str, quote: dict[str, Any], field: str, value: str | None) -> None:
    """Give a quote's speaker another name, role or organisation; a name has its place in the article."""
    nobody = {"name": "", "role": None, "organisation": None, "start": None, "end": None}
    speaker = quote["speaker"] or nobody
    place = dict(zip(("start", "end"), placed(text, value or "", quote["start"]), strict=True))
    quote["speaker"] = {**speaker, field: value, **(place if field == "name" else {})}


def _nameless(body: Any, edits: Sequence[Change]) -> Iterator[Finding]:
    for place in dict.fromkeys(found[1] for c in edits if (found := SPEAKER.fullmatch(c.where))):
        if not pointers.at(body, place)["name"]:
            yield Finding("correction.refused", "nobody is named here; write the speaker's name first", place)


def _touched(edits: Sequence[Change]) -> frozenset[str]:
    """Return the lines that edits are in; a quote that has moved has its speaker to be asked for, too."""
    lines = {pointers.line(change.where) for change in edits}
    moved = {found[1] for change in edits if (found := QUOTE.fullmatch(change.where))}
    return frozenset(lines | {f"{quote}/speaker" for quote in moved})


def _found(before: Digest, edited: Digest, asked: _Asked, touched: frozenset[str]) -> tuple[Finding, ...]:
    """Return what the rules find about the edited lines.

    Raises:
        CorrectionError: something of it must not go out, there or on a line that was sound before.
    """
    if not touched:
        return ()
    fresh = audit(edited.model_copy(update={"findings": ()}))
    stay = [f for f in fresh if not any(pointers.beneath(f.where, gone) for gone in asked.gone)]
    errors = [f for f in stay if f.severity == "error"]
    here = [f for f in errors if pointers.line(f.where) in touched]
    if len(here) < len(errors):
        known = {(f.code, f.where) for f in audit(before)}
        here = [f for f in errors if f in here or (f.code, f.where) not in known]
    _raise_refused(here, "these lines would not be sound")
    return tuple(f for f in stay if pointers.line(f.where) in touched)


def _stale(digest: Digest, edits: Sequence[Change], gone: Sequence[str]) -> Iterator[Finding]:
    """Yield the other side of each line that was corrected in one language only."""
    for where, side in apart(digest, edits):
        if not any(pointers.beneath(where, place) for place in gone):
            message = f"{side} was corrected and this line was not; look whether it still says the same"
            yield Finding("correction.stale", message, where)


def _finished(edited: Digest, asked: _Asked, told: Sequence[Finding], touched: frozenset[str]) -> Digest:
    """Return the digest with its findings as they are now, without what was taken out."""
    body = edited.model_dump(mode="json")
    accepted = {int(pointers.steps(change.where)[1]) for change in asked.accepted}
    held = [_let_go(f) if i in accepted else f for i, f in enumerate(edited.findings)]
    fresh = [finding_record(f) for f in told]
    kept = [f for f in held if not _is_settled(f, touched, fresh)]
    known = {(f.code, f.where, f.message) for f in kept}
    whole = [*kept, *(f for f in fresh if (f.code, f.where, f.message) not in known)]
    for where in (*(change.where for change in asked.removed), *asked.emptied):
        _take_out(body, where)
    shifted = [(f, pointers.moved(f.where, asked.gone)) for f in whole]
    body["findings"] = [f.model_dump() | {"where": where} for f, where in shifted if where is not None]
    return Digest.model_validate(body)


def _let_go(finding: FindingRecord) -> FindingRecord:
    return finding.model_copy(update={"accepted": True, "severity": "info"})


def _is_settled(finding: FindingRecord, touched: frozenset[str], fresh: Sequence[FindingRecord]) -> bool:
    """Tell whether a finding was about a line as it is no more; what the rules repeat word for word stays.

    A reader's objection to the abstract does not say to which of its sentences: it stays until a person lets it go.
    """
    if pointers.line(finding.where) not in touched:
        return False
    if finding.where == "/summary/abstract" and finding.code.startswith("review."):
        return False
    same = (finding.code, finding.where, finding.message)
    return all((f.code, f.where, f.message) != same for f in fresh)


def _take_out(body: Any, where: str) -> None:
    above, name = where.rpartition("/")[0], pointers.steps(where)[-1]
    holder = pointers.at(body, above)
    if name == "speaker":
        holder[name] = None
    elif isinstance(holder, list):
        del holder[int(name)]
    else:
        del holder[name]


def _recorded(change: Change, before: Digest, made: Digest, gone: Sequence[str]) -> Change:
    """Return a change with what had been found about its line and is found no more."""
    if change.kind == "accepted":
        return change
    place = change.where if change.kind == "removed" else pointers.line(change.where)
    about = (f for f in before.findings if pointers.beneath(f.where, place))
    still = {(f.code, f.message, f.where) for f in made.findings}
    settled = tuple(f for f in about if (f.code, f.message, pointers.moved(f.where, gone)) not in still)
    return change.model_copy(update={"settled": settled})
