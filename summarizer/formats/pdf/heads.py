"""Pages without the heads and feet that they repeat, and without their numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from summarizer.formats.pdf.columns import rows
from summarizer.formats.pdf.layout import Line, Page

__all__ = ["without_heads"]

_MARGIN_PT = 51.0  # 18 mm: word processors set a head's line 12.5 mm from the edge
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:pagina|pag\.?|page|p\.|第)\s*)?\d{1,4}(?:\s*(?:/|di|of|von|/\s*共|页\s*共?)\s*\d{0,4})?\s*页?\W{0,3}",
    re.IGNORECASE,
)


def without_heads(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages without running heads and feet, and without page numbers.

    A head is what stands near a page's edge, at the same place on two pages and on a third of all at least, but for
    its digits. A number that stands alone at an edge is a page's even where there is only one, and what stands
    alone or is smaller than the text within 18 mm of the paper's edge is what a browser or an office prints there.
    """
    body = _body_size(pages)
    seen = Counter(key for page in pages for key in {_head(row, page) for row in _edges(page)})
    repeated = {key for key, count in seen.items() if count >= max(2, len(pages) / 3)}
    made = tuple(_without(page, repeated, body) for page in pages)
    # pages that say the same, a form or a slide, are no running heads for that
    return made if 2 * sum(map(_amount, made)) >= sum(map(_amount, pages)) else tuple(pages)


def _amount(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


def _without(page: Page, repeated: set[tuple[str, int]], body: float) -> Page:
    gone = [
        row
        for row in _edges(page)
        if _head(row, page) in repeated or _is_number(row, page) or _is_in_margin(row, page, body)
    ]
    lines = tuple(each for each in page.lines if not any(_is_within(each, row) for row in gone))
    return replace(page, lines=lines)


def _is_within(piece: Line, row: Line) -> bool:
    return row.top <= piece.middle <= row.bottom and row.left - 1 <= piece.left and piece.right <= row.right + 1


def _edges(page: Page) -> list[Line]:
    """Return the lines near the upper and the lower edge of a page."""
    found = list(rows(page.lines))
    near = [row for row in found if row.bottom < 0.2 * page.height or row.top > 0.8 * page.height]
    return [row for row in near if row in found[:4] or row in found[-4:]]


def _head(row: Line, page: Page) -> tuple[str, int]:
    """Return what is the same on each page of a running head: its words, and whether it is a head or a foot."""
    words = re.sub(r"\d+", "#", re.sub(r"\W+", " ", row.text)).casefold().strip()
    return words, round(row.middle / page.height * 50)


def _is_number(row: Line, page: Page) -> bool:
    if not _NUMBER.fullmatch(row.text):
        return False
    others = [each.middle for each in page.lines if not _is_within(each, row)]
    outer = row.middle < min(others, default=0) or row.middle > max(others, default=0)
    return outer and _is_alone(row, page)


def _is_in_margin(row: Line, page: Page, body: float) -> bool:
    outside = row.bottom < _MARGIN_PT or row.top > page.height - _MARGIN_PT
    return outside and (row.size < 0.9 * body or (row.size < 1.2 * body and _is_alone(row, page)))


def _is_alone(row: Line, page: Page) -> bool:
    """Tell whether no other line stands near a line."""
    others = (each.middle for each in page.lines if not _is_within(each, row))
    return all(abs(row.middle - middle) > 2 * row.size for middle in others)


def _body_size(pages: Sequence[Page]) -> float:
    """Return the height of the font that most letters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0
