"""The article in a mail's text: not the mail that it answers, the signature, or the notices at its foot.

A forwarded mail is the article, and what stands above it is a note about it. Nothing is left out in silence: what
was, and how it begins, is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import Literal

from summarizer.formats import letter_words as words

__all__ = ["Letter", "Line", "letters", "name", "read"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail's text.

    Attributes:
        text: without its marks of quotation; empty between paragraphs.
        depth: how often it is quoted: ``> >`` is 2.
        signature: whether the mail's markup says that it belongs to the signature.
    """

    text: str
    depth: int = 0
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """Which lines of a mail are the article; where it was forwarded, what the header above it says.

    Attributes:
        kept: places of the article's lines, in order.
        subject: of the mail that the article came in, without ``Re:`` and ``Fwd:``.
        sender: of the forwarded mail, None where it is the mail itself.
        sent: when, as that header writes it.
        forwarded: whether the article is a mail within the mail.
        left: what was left out, in words.
    """

    kept: tuple[int, ...]
    subject: str
    sender: str | None = None
    sent: str | None = None
    forwarded: bool = False
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """A mail's header within a text: the places where it begins and ends, and what it says."""

    start: int
    end: int
    said: dict[str, str]
    kind: Literal["forwarded", "answered", "either"] = "either"


_NOTE = "a note above the forwarded mail"
_FORWARDS = 20  # so many forwards of forwards are opened
_HEADER_LINES = 40
_SIGNATURE_LINES, _SIGNATURE_WIDTH = 15, 120
_FOOT_PARAGRAPHS, _BETWEEN = 12, 200  # how far from the end a notice may stand, and how long what follows it may be
_RULE = re.compile(r"[\s_*=~#-]*\Z")
_YEAR_AND_TIME = re.compile(r"\b\d{4}\b.*?\d{1,2}[:.]\d{2}|\d{1,2}[:.]\d{2}.*?\b\d{4}\b")
_ADDRESS = re.compile(r"\s*[<\[(](?:mailto:)?[^<>\[\]()\s]*@[^<>\[\]()]*[>\])]")


def read(lines: Sequence[Line], subject: str) -> Letter:
    """Return which lines are the article, and what the mail around it says.

    Args:
        lines: the mail's text.
        subject: of the mail, as it is: it may say that it answers or forwards another.
    """
    whole = Letter(tuple(range(len(lines))), words.bare_subject(subject))
    found = _unquoted(lines, _opened(lines, whole, subject))
    for step in (_without_signature, _without_foot, _without_separator, _without_farewell):
        found = step(lines, found)
    return replace(found, kept=_trimmed(lines, found.kept))


def letters(texts: Sequence[str]) -> int:
    """Return how much texts say: their letters and digits, a Chinese character counting for three."""
    return sum(3 if char > "\u2e7f" else 1 for text in texts for char in text if char.isalnum())


def _opened(lines: Sequence[Line], letter: Letter, subject: str) -> Letter:
    """Go into forwarded mails, and leave out the one that is answered."""
    for _ in range(_FORWARDS):
        header = _next_header(lines, letter.kept)
        if header is None:
            return letter
        above = tuple(at for at in letter.kept if at < header.start)
        below = tuple(at for at in letter.kept if at >= header.end)
        if not _is_forward(lines, above, below, header, subject):
            return _left(lines, letter, above, "the mail that it answers")
        subject = header.said.get("subject", subject)
        inner = replace(_left(lines, letter, (*below, *_inside(letter, header)), _NOTE), kept=below)
        letter = replace(
            inner,
            subject=words.bare_subject(subject),
            sender=name(header.said.get("sender", "")),
            sent=header.said.get("sent"),
            forwarded=True,
        )
    return letter


def _inside(letter: Letter, header: _Header) -> tuple[int, ...]:
    """Return the places of a header's own lines, of which nothing needs to be told."""
    return tuple(at for at in letter.kept if header.start <= at < header.end)


def _is_forward(
    lines: Sequence[Line], above: tuple[int, ...], below: tuple[int, ...], header: _Header, subject: str
) -> bool:
    """Tell whether the article is the mail below a header, rather than what stands above it."""
    over, under = _said(lines, above), _said(lines, below)
    if not over or not under:
        return bool(under)
    if header.kind == "answered":
        return False
    if header.kind == "forwarded" or words.is_forward(subject):
        return True
    return not words.is_answer(subject) and under > over


def _next_header(lines: Sequence[Line], kept: tuple[int, ...]) -> _Header | None:
    """Return the first header of another mail; what is quoted under its "wrote:" is `_unquoted`'s."""
    for n, at in enumerate(kept):
        if not lines[at].text:
            continue
        header = _marked(lines, kept, n) or _header(lines, kept, n, 3)
        if header is not None:
            return header
        wrote = _wrote(lines, kept, n)
        if wrote is not None:
            return wrote if wrote.end > wrote.start else None
    return None


def _marked(lines: Sequence[Line], kept: tuple[int, ...], n: int) -> _Header | None:
    """Return the header under a line that announces another mail; that line alone if it is set between dashes."""
    text = lines[kept[n]].text
    if not words.is_marker(text):
        return None
    kind: Literal["forwarded", "either"] = "forwarded" if words.says_forwarded(text) else "either"
    header = _header(lines, kept, _after(lines, kept, n + 1), 2)
    if header is not None:
        return replace(header, start=kept[n], kind=kind)
    ruled = len(text) > 4 and _RULE.match(text[:2]) and _RULE.match(text[-2:])
    return _Header(kept[n], kept[n] + 1, {}, kind) if ruled else None


def _header(lines: Sequence[Line], kept: tuple[int, ...], n: int, least: int) -> _Header | None:
    """Return the header that begins with the line at `n`: a sender, and `least` kinds of labels in all."""
    said: dict[str, str] = {}
    end, gap = n, False
    for i in range(n, min(n + _HEADER_LINES, len(kept))):
        text = lines[kept[i]].text
        found = words.label(text) if text else None
        if found is not None and (found.kind not in said or found.kind == "recipients"):
            said.setdefault(found.kind, found.value)
            end = i + 1
        elif found is None and text and _goes_on(said, text):
            end = i + 1
        elif text or gap or not said:
            break
        gap = not text
    if "sender" not in said or len(said) < least:
        return None
    return _Header(kept[n], kept[end - 1] + 1, said)


def _goes_on(said: dict[str, str], text: str) -> bool:
    """Tell whether a line goes on with the recipients of the line before."""
    return "recipients" in said and "@" in text and len(text) < 500 and text.rstrip()[-1:] not in ".!?。"


def _after(lines: Sequence[Line], kept: tuple[int, ...], n: int) -> int:
    """Return the next place that has text, three lines on at most."""
    return next((i for i in range(n, min(n + 3, len(kept))) if lines[kept[i]].text), n)


def _wrote(lines: Sequence[Line], kept: tuple[int, ...], n: int) -> _Header | None:
    """Return the lines that say who wrote the mail below; an empty range where that mail is quoted."""
    together = ""
    for i in range(n, min(n + 3, len(kept))):
        line = lines[kept[i]]
        if not line.text:
            return None
        together = f"{together} {line.text}".strip()
        if not words.wrote(together):
            continue
        after = _after(lines, kept, i + 1)
        if after < len(kept) and lines[kept[after]].depth > line.depth:
            return _Header(kept[n], kept[n], {}, "answered")
        return _Header(kept[n], kept[i] + 1, {}, "answered") if _YEAR_AND_TIME.search(together) else None
    return None


def _unquoted(lines: Sequence[Line], letter: Letter) -> Letter:
    """Leave out what is quoted with the line above it that says so; where all is quoted, that is the article."""
    spoken = [at for at in letter.kept if lines[at].text]
    base = min((lines[at].depth for at in spoken), default=0)
    own = tuple(at for at in letter.kept if lines[at].depth <= base)
    if len(own) == len(letter.kept):
        return letter
    quoted = tuple(at for at in letter.kept if lines[at].depth > base)
    introduced = _introductions(lines, letter.kept)
    own = tuple(at for at in own if at not in introduced)
    if not _said(lines, own) or (
        not introduced and not letter.forwarded and _said(lines, quoted) > _said(lines, own)
    ):
        return _left(lines, letter, quoted, "a note beside the quoted mail")
    return _left(lines, letter, own, "the mail that it answers")


def _introductions(lines: Sequence[Line], kept: tuple[int, ...]) -> frozenset[int]:
    """Return the places of lines that say who wrote what is quoted below them."""
    found: set[int] = set()
    for n, at in enumerate(kept):
        if n + 1 == len(kept) or not lines[at].text:
            continue
        after = _after(lines, kept, n + 1)
        if after < len(kept) and lines[kept[after]].depth > lines[at].depth:
            run = [kept[i] for i in range(max(0, n - 2), n + 1) if lines[kept[i]].text]
            ends = (run[i:] for i in range(len(run) - 1, -1, -1))
            found.update(next((e for e in ends if words.wrote(" ".join(lines[i].text for i in e))), ()))
    return frozenset(found)


def _without_signature(lines: Sequence[Line], letter: Letter) -> Letter:
    """Leave out what the markup calls a signature."""
    kept = tuple(at for at in letter.kept if not lines[at].signature)
    return _left(lines, letter, kept, "a signature") if _said(lines, kept) else letter


def _without_foot(lines: Sequence[Line], letter: Letter) -> Letter:
    """Leave out notices of secrecy, of subscriptions and of telephones at the end, and such a line at the head."""
    paragraphs = _paragraphs(lines, letter.kept)
    cut = len(paragraphs)
    for n in range(len(paragraphs) - 1, max(0, len(paragraphs) - _FOOT_PARAGRAPHS), -1):
        text = _text(lines, paragraphs[n])
        if _is_notice(text):
            cut = n
        elif len(text) > _BETWEEN:
            break
    first = 1 if cut > 1 and len(_text(lines, paragraphs[0])) <= _BETWEEN and _is_head(lines, paragraphs[0]) else 0
    places = {at for paragraph in paragraphs[first:cut] for at in paragraph}
    return _left(lines, letter, _between(letter.kept, places), "a notice at its foot")


def _is_notice(text: str) -> bool:
    return words.is_secrecy(text) or words.is_subscription(text) or words.is_from_a_device(text)


def _is_head(lines: Sequence[Line], paragraph: tuple[int, ...]) -> bool:
    return words.is_subscription(_text(lines, paragraph))


def _without_separator(lines: Sequence[Line], letter: Letter) -> Letter:
    """Leave out what follows ``-- `` (RFC 3676, 4.3); without its space, only if a signature's few lines follow."""
    so_far = list(accumulate((_said(lines, (at,)) for at in letter.kept), initial=0))
    for n, at in enumerate(letter.kept):
        text = lines[at].text
        if text.rstrip() not in {"--", "—"} or 2 * so_far[n] <= so_far[-1]:
            continue
        if text == "-- " or _is_short(lines, letter.kept, n + 1):
            return _left(lines, letter, letter.kept[:n], "a signature")
    return letter


def _without_farewell(lines: Sequence[Line], letter: Letter) -> Letter:
    """Leave out the sender's leave-taking with the name and address below it."""
    for n, at in enumerate(letter.kept):
        if words.is_farewell(lines[at].text) and _is_short(lines, letter.kept, n + 1):
            cut = letter.kept[:n]
            return _left(lines, letter, cut, "a signature") if _said(lines, cut) else letter
    return letter


def _is_short(lines: Sequence[Line], kept: tuple[int, ...], n: int) -> bool:
    """Tell whether the lines from `n` on may be a name with its address: few and short."""
    texts = (lines[kept[i]].text for i in range(n, len(kept)))
    some = list(islice((text for text in texts if text), _SIGNATURE_LINES + 1))
    return len(some) <= _SIGNATURE_LINES and all(len(text) <= _SIGNATURE_WIDTH for text in some)


def _paragraphs(lines: Sequence[Line], kept: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the places of each run of lines with text."""
    found: list[list[int]] = []
    open_ = False
    for at in kept:
        if not lines[at].text.strip():
            open_ = False
        elif open_:
            found[-1].append(at)
        else:
            found.append([at])
            open_ = True
    return [tuple(paragraph) for paragraph in found]


def _between(kept: tuple[int, ...], places: set[int]) -> tuple[int, ...]:
    """Return the places from the first of `places` to the last."""
    if not places:
        return kept
    first, last = min(places), max(places)
    return tuple(at for at in kept if first <= at <= last)


def _left(lines: Sequence[Line], letter: Letter, kept: tuple[int, ...], what: str) -> Letter:
    """Return the letter with fewer lines, and told what the others were."""
    stays = set(kept)
    gone = [lines[at].text for at in letter.kept if at not in stays]
    if not letters(gone):
        return replace(letter, kept=kept)
    return replace(letter, kept=kept, left=(*letter.left, f"{what} ({_start(gone)})"))


def _start(gone: list[str]) -> str:
    text = " ".join(" ".join(gone).split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _trimmed(lines: Sequence[Line], kept: tuple[int, ...]) -> tuple[int, ...]:
    """Return the places without empty lines and rules at both ends."""
    spoken = {at for at in kept if not _RULE.match(lines[at].text)}
    return _between(kept, spoken)


def _said(lines: Sequence[Line], kept: tuple[int, ...]) -> int:
    return letters([lines[at].text for at in kept])


def _text(lines: Sequence[Line], places: tuple[int, ...]) -> str:
    return " ".join(lines[at].text for at in places)


def name(sender: str) -> str | None:
    """Return who a sender is as a header writes it: the name, or the address where there is none."""
    return _ADDRESS.sub("", sender).strip(" \"'“”*;,") or sender.strip(" <>[];,") or None
