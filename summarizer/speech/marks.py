"""Quotation marks in pairs: doubled signs, apostrophes and inches told apart, paragraphs joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.article import segment

__all__ = ["Passage", "passages", "undoubled"]

#: Opening marks with the marks that may close them. ``„…“`` is German, ``»…«`` Danish and old Italian.
_CLOSERS = {
    "“": "”\"“", "„": "“”", "‟": "”", "«": "»", "»": "«»", "「": "」", "『": "』", "〝": "〞〟", "＂": "＂",
    '"': "\"”“", "‘": "’", "‚": "‘’", "‹": "›", "'": "'’", "”": "”",
}  # fmt: skip
_OPEN_ONLY = "“„‟«「『〝‘‚‹"
_CLOSE_ONLY = "”»」』〞〟’›"
_SINGLE = "'‘’‚‹›"
_MARKS = frozenset("".join(_CLOSERS) + "".join(_CLOSERS.values()))
_MARK = re.compile(f"[{re.escape(''.join(sorted(_MARKS)))}]")
_BEFORE_OPENING = " \t\n\u00a0\u202f\u3000([{（［【《-–—―:：/,，。；;、!！?？"
_DOUBLED = re.compile(
    r"(?<![\w<>'`])(?P<open><<|>>|''|``)(?=\S)(?P<inner>[^\n]{2,1500}?)(?<=\S)(?P<close>>>|<<|'')(?![\w<>'])"
)
_MAX_PARAGRAPHS = 8  # a mark left open longer than this is a misprint, not a quotation


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between marks.

    Attributes:
        start: the first code point inside the marks.
        end: half-open, the last inside.
        outer_start: with the opening mark.
        outer_end: with the closing mark.
        opened: False when the opening mark is missing, and `start` is the paragraph's.
        closed: False when the closing mark is missing, and `end` is the paragraph's.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Loose:
    """A mark without a partner in its paragraph, or (`closes`) a pair at the head of one, which may go on another."""

    at: int
    opening: bool
    paragraph: int
    closes: int | None = None


def undoubled(text: str) -> str:
    """Return `text`, as long as before, with a blank and one mark for each doubled mark that has its partner."""
    if not ("<<" in text or ">>" in text or "''" in text):
        return text
    return _DOUBLED.sub(lambda match: f" “{match['inner']}” ", text)


def passages(text: str) -> tuple[Passage, ...]:
    """Return the outermost quoted passages of `text`, in order, not overlapping."""
    spans = list(segment.paragraphs(text))
    found: list[Passage] = []
    loose: list[_Loose] = []
    for number, (start, end) in enumerate(spans):
        pairs, rest = _pair(text, start, end)
        found += [Passage(a + 1, b, a, b + 1) for a, b in pairs]
        loose += [_Loose(at, opening, number) for at, opening in rest]
        loose += [
            _Loose(at, opening=True, paragraph=number, closes=b) for at, b in pairs if not text[start:at].strip()
        ]
    loose.sort(key=lambda mark: mark.at)
    found += _across(text, spans, sorted(_without_apostrophes(text, loose), key=lambda mark: mark.at))
    return tuple(_outermost(text, sorted(found, key=lambda p: (p.outer_start, -p.outer_end))))


def _without_apostrophes(text: str, loose: list[_Loose]) -> Iterator[_Loose]:
    """Yield loose marks; single ones only where paragraphs begin with them and one closes the last of these."""
    run: list[_Loose] = []
    for mark in loose:
        if text[mark.at] not in _SINGLE:
            yield mark
            continue
        near = run if run and mark.paragraph == run[-1].paragraph + 1 else []
        run = [*near, mark] if mark.opening and mark.closes is None else []
        if near and not run:
            yield from (*near, mark)


def _outermost(text: str, ordered: list[Passage]) -> Iterator[Passage]:
    reached = -1
    for passage in ordered:
        inner = text[passage.start : passage.end]
        if passage.outer_start >= reached and inner.strip():
            spaced = text[passage.outer_start] == "«" and inner[0].isspace()  # « … »
            start = passage.start + (len(inner) - len(inner.lstrip()) if spaced else 0)
            yield replace(passage, start=start, end=start + len(inner.strip())) if spaced else passage
            reached = passage.outer_end


def _pair(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, bool]]]:
    """Pair the marks of one paragraph; the second list has the loose ones with whether they open."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    loose: list[tuple[int, bool]] = []
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    for index, at in enumerate(marks):
        opens, closes = _sides(text, at, start, end)
        if _glued(text, at, end):
            closes = any(text[other] == text[at] for other in stack)
            opens = not closes
        partner = _partner(text, stack, at) if closes else None
        if partner is not None and not _plural(text, marks, index, end):
            pairs.append((stack[partner], at))
            loose += [(other, True) for other in stack[partner + 1 :] if text[other] not in _SINGLE]
            del stack[partner:]
        elif opens:
            stack.append(at)
        elif not _inch(text, at) and (text[at] not in _SINGLE or text[at - 1] in ",.!?…"):
            loose.append((at, False))
    loose += [(at, True) for at in stack if text[at] not in _SINGLE or not text[start:at].strip()]
    return pairs, sorted(loose)


def _sides(text: str, at: int, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the mark may open and whether it may close, from what stands around it."""
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "'’‘" and before.isalnum() and after.isalnum() and not _han(before) and not _han(after):
        return False, False
    open_here = not after.isspace() and (before in _BEFORE_OPENING or before in _MARKS or _han(before))
    close_here = not before.isspace() and not (after.isalnum() and not _han(after))
    if mark in "»”":
        return open_here and not close_here and after not in ",.;:!?)", True  # « … », dit-il
    gap = before.isspace() and after.isspace()  # "It will hold. “: a mark apart from its words closes what is open
    if mark in _OPEN_ONLY:
        return True, (close_here and not open_here) or (mark == "“" and (gap or before in "，。！？,.!?…"))
    if mark in _CLOSE_ONLY:
        return False, mark != "’" or close_here
    return open_here, close_here or (mark == '"' and gap)


def _glued(text: str, at: int, end: int) -> bool:
    """Tell whether the space beside a straight mark is lost: ``"It is great,"said Li.``, ``Li said."It is.``."""
    known = text[at] == '"' and at > 0 and at + 1 < end and text[at - 1] in ",.!?…"
    return known and text[at + 1].isalpha() and not _han(text[at + 1])


def _han(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def _partner(text: str, stack: list[int], at: int) -> int | None:
    for index in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        if text[at] in _CLOSERS[text[stack[index]]]:
            return index
    return None


def _plural(text: str, marks: list[int], index: int, end: int) -> bool:
    """Tell whether a closing single mark is rather the apostrophe of ``the workers' rights``."""
    at = marks[index]
    if text[at] not in "'’" or text[at - 1] not in "sS" or at + 2 >= end or not text[at + 2].islower():
        return False
    for other in marks[index + 1 : index + 6]:
        opens, closes = _sides(text, other, 0, end)
        if opens:
            return False
        if closes and text[other] in "'’":
            return True
    return False


def _inch(text: str, at: int) -> bool:
    return text[at] in '"”″' and at > 0 and text[at - 1].isdigit()


def _across(text: str, spans: list[tuple[int, int]], loose: list[_Loose]) -> Iterator[Passage]:
    """Join the marks left loose in their paragraphs: an opening one with the next closing one, or with nothing."""
    opening: _Loose | None = None
    reached = -1  # the last paragraph that the open quotation is known to go on in
    for mark in loose:
        heads = not text[spans[mark.paragraph][0] : mark.at].strip()
        goes_on = opening is not None and mark.paragraph == reached + 1 and heads
        if opening is not None and goes_on and mark.closes is not None:
            yield Passage(opening.at + 1, mark.closes, opening.at, mark.closes + 1)
            opening = None
        elif goes_on and mark.opening:
            reached = mark.paragraph
        elif not mark.opening:
            yield _closed(spans, opening, mark)
            opening = None
        elif mark.closes is None:
            if opening is not None:
                yield _unclosed(spans, opening)
            opening, reached = mark, mark.paragraph
    if opening is not None:
        yield _unclosed(spans, opening)


def _closed(spans: list[tuple[int, int]], opening: _Loose | None, mark: _Loose) -> Passage:
    if opening is not None and mark.paragraph - opening.paragraph <= _MAX_PARAGRAPHS:
        return Passage(opening.at + 1, mark.at, opening.at, mark.at + 1)
    start = spans[mark.paragraph][0]
    return Passage(start, mark.at, start, mark.at + 1, opened=False)


def _unclosed(spans: list[tuple[int, int]], opening: _Loose) -> Passage:
    end = spans[opening.paragraph][1]
    return Passage(opening.at + 1, end, opening.at, end, closed=False)
