"""The program of the child process: what pdfium sees on the pages of a PDF, one line of JSON a page.

Run as a file, not as a module, so that it needs nothing of this package and starts fast; in a process of its own,
because a hostile file may crash pdfium, fill the memory or never end: the parent then has the pages so far. It
reads the PDF from standard input; its arguments are the most pages to read and the most bytes of memory to use.

The first line of standard output is ``{"pages": int, "title": str, "author": str, "created": str, "made_by": str}``
or ``{"error": "password" | "damaged"}``. A page is ``{"width", "height", "image", "unmapped", "broken", "turned",
"unread", "vertical", "under_image", "hidden": [str, …], "lines": [[text, left, top, right, bottom, size], …]}``:
points from the page's upper left corner as it is shown, ``image`` the share of it that pictures cover, ``size`` the
em of the font, ``unmapped`` how many glyphs stand for no character, ``broken`` the words that lack one of them, as
they are read, ``turned`` how many do not stand upright, ``unread`` how many are too many, ``vertical`` whether its
lines run from top to bottom: then it is laid down.
"""

import contextlib
import ctypes
import json
import math
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, islice, pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as api

#: A gap this wide, in ems, parts what stands beside one another: columns, cells.
GAP, BACK, STEP = 0.8, 1.2, 0.8
#: Between a Chinese character and another: as much as word processors add is no space.
_BESIDE = 0.3
#: Below this size no reader reads: a footnote has 7 points.
TINY_PT = 2.0
#: Text differs less from what is behind it, of 255 shades of grey, than an eye sees.
FAINT = 20
MOST_CHARS, MOST_PIXELS = 200_000, 1_500
MARGIN_PT = 51.0  # 18 mm
#: Two glyphs of one word stand no farther apart, in ems; so much of a word, and so many words, are told.
_IN_WORD, _TOLD_GLYPHS, _TOLD_WORDS = 0.15, 8, 100
#: So many pieces of a line are looked at for holes.
MOST_IN_ROW = 200
#: What marks look like in text that runs from top to bottom → the marks (Unicode, blocks FE10 and FE30), full width.
UPRIGHT = {
    chr(code): unicodedata.normalize("NFKC", chr(code)).translate({at: at + 0xFEE0 for at in range(0x21, 0x7F)})
    for code in (*range(0xFE10, 0xFE19), *range(0xFE31, 0xFE49))
} | {"\ufe30": "："}  # which Big5 has for it
#: Stands for a glyph that stands for no character.
HOLE = "\ufffd"
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


class Box(NamedTuple):
    """A rectangle in points from the upper left corner of the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float


class Glyph(NamedTuple):
    """A character with its place; `size` is its font's em in points, `style` the number of the way it is drawn in."""

    char: str
    box: Box
    base: float
    size: float
    style: int


@dataclass(frozen=True, slots=True)
class Style:
    """How a text object is drawn: in no ink, upright or on its side, in which grey, with a font of its own."""

    invisible: bool
    upright: bool
    sideways: bool
    grey: float
    embedded: bool


@dataclass(slots=True)
class Seen:
    """What one page holds, while it is read."""

    lines: list[list[Glyph]] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    unmapped: int = 0
    broken: list[str] = field(default_factory=list)
    turned: int = 0
    unread: int = 0
    vertical: bool = False


def main() -> None:
    """Write what is on the pages until there are no more."""
    most_pages, most_bytes = int(sys.argv[1]), int(sys.argv[2])
    _bound_memory(most_bytes)
    out = sys.stdout.buffer
    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
    except pdfium.PdfiumError as error:
        password = api.FPDF_GetLastError() == api.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        _write(out, {"error": "password" if password else "damaged"})
        return
    _write(out, {"pages": len(document), **_about(document)})
    for number in range(min(len(document), most_pages)):
        _write(out, _page(document, number))


def _bound_memory(most_bytes: int) -> None:
    """Bound what this process may take, where the system knows how."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(out: Any, value: dict[str, Any]) -> None:
    out.write(json.dumps(value).encode() + b"\n")
    out.flush()


def _about(document: Any) -> dict[str, str]:
    told = document.get_metadata_dict(skip_empty=True)
    return {
        key: str(told.get(name, ""))[:500]
        for key, name in (
            ("title", "Title"),
            ("author", "Author"),
            ("created", "CreationDate"),
            ("made_by", "Producer"),
        )
    }


def _page(document: Any, number: int) -> dict[str, Any]:
    """Return what a page shows; one that pdfium cannot open shows nothing and says so."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return {"damaged": True}
    try:
        return _shown(page)
    finally:
        page.close()


def _shown(page: Any) -> dict[str, Any]:
    place = _Place.of(page)
    text = page.get_textpage()
    seen = _read(text, place)
    image = _image_share(page, place)
    under_image = _is_recognised(seen, image)
    sight = None if under_image else _Sight.of(page, place)
    lines, hidden = [], []
    for line in seen.lines:
        kept, dropped = _parted(line, seen.styles, place, sight)
        hidden.extend(dropped)
        if kept:
            lines.append(kept)
    text.close()
    width, height = place.width, place.height
    if seen.vertical:
        lines, width, height = (
            _laid_down([each for each in lines if not _is_head(each, height)], width),
            height,
            width,
        )
    return {
        "width": width,
        "height": height,
        "vertical": seen.vertical,
        "image": round(image, 3),
        "unmapped": seen.unmapped,
        "broken": seen.broken,
        "turned": seen.turned,
        "unread": seen.unread,
        "under_image": under_image,
        "hidden": hidden,
        "lines": [_written(line) for line in lines],
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """A page's crop box and how it is turned, to say where a point of its own space is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int  # degrees, clockwise

    @classmethod
    def of(cls, page: Any) -> "_Place":
        left, bottom, right, top = page.get_cropbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        return abs(self.top - self.bottom if self.turned in {90, 270} else self.right - self.left)

    @property
    def height(self) -> float:
        return abs(self.right - self.left if self.turned in {90, 270} else self.top - self.bottom)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turned == 90:
            return y - self.bottom, x - self.left
        if self.turned == 180:
            return self.right - x, y - self.bottom
        if self.turned == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def holds(self, box: Box) -> bool:
        return box.right > 1 and box.left < self.width - 1 and box.bottom > 1 and box.top < self.height - 1


def _read(text: Any, place: _Place) -> Seen:
    """Read the glyphs of a page in the order in which they were drawn, parted into pieces of a line."""
    seen = Seen()
    line: list[Glyph] = []
    numbers: dict[int, int] = {}
    drawn: list[Glyph] = []
    count = api.FPDFText_CountChars(text.raw)
    seen.unread = max(0, count - MOST_CHARS)
    for index in range(count - seen.unread):
        code = api.FPDFText_GetUnicode(text.raw, index)
        char = _char(code)
        if char is None:
            if code in {10, 13}:
                line = _flushed(seen, line)
            else:
                seen.unmapped += 1
                drawn.append(_glyph(text, index, HOLE, place, (seen.styles, numbers)))
            continue
        glyph = _glyph(text, index, char, place, (seen.styles, numbers))
        drawn.append(glyph)
        style = seen.styles[glyph.style]
        if not style.upright and not style.sideways:
            seen.turned += not char.isspace()
            continue
        if line and (style.sideways or seen.styles[line[-1].style].sideways or _apart(line, glyph)):
            line = _flushed(seen, line)
        if char != " " or (line and line[-1].char != " "):
            line.append(glyph)
    _flushed(seen, line)
    _settle(seen)
    if seen.unmapped:
        seen.broken = list(islice(_broken([each for each in drawn if each.char != " "]), _TOLD_WORDS))
    return seen


def _broken(drawn: list[Glyph]) -> Iterator[str]:
    """Yield the words, as they are read, that lack a glyph: it stands right beside one of their letters."""
    for is_hole, run in groupby(range(len(drawn)), key=lambda at: drawn[at].char == HOLE):
        places = list(run)
        if not is_hole:
            continue
        before, after = _word(drawn, places[0], -1), _word(drawn, places[-1], 1)
        if any(char.isalnum() for char in before[:1] + after[:1]):
            yield before[::-1] + after


def _word(drawn: list[Glyph], at: int, step: int) -> str:
    """Return the characters that stand right beside a glyph and one another, in the order of going away from it."""
    found = ""
    while 0 <= at + step < len(drawn) and len(found) < _TOLD_GLYPHS:
        left, right = sorted((drawn[at], drawn[at + step]), key=lambda each: each.box.left)
        gap = (right.box.left - left.box.right) / left.size
        if not -0.5 < gap < _IN_WORD or abs(left.base - right.base) > _IN_WORD * left.size:
            break
        at += step
        found += drawn[at].char.replace(HOLE, "")
    return found


def _settle(seen: Seen) -> None:
    """Drop what lies on its side, except in text that runs from top to bottom, where Latin words and figures do."""
    seen.vertical = _is_vertical(seen.lines)
    if seen.vertical:
        return
    lying = [line for line in seen.lines if seen.styles[line[0].style].sideways]
    seen.turned += sum(each.char != " " for line in lying for each in line)
    seen.lines = _filled([line for line in seen.lines if not seen.styles[line[0].style].sideways])


def _is_vertical(lines: list[list[Glyph]]) -> bool:
    """Tell whether Chinese characters follow one another downwards, and not to the right."""
    glyphs = [each for line in lines for each in line if _wide(each.char)]
    down = right = 0
    for before, after in pairwise(glyphs):
        across, below = (after.box.left - before.box.left) / after.size, (after.base - before.base) / after.size
        down += abs(across) < 0.3 and 0.5 < below < 1.6
        right += abs(below) < 0.3 and 0.5 < across < 1.6
    return down > max(20, right)


def _laid_down(lines: list[list[Glyph]], width: float) -> list[list[Glyph]]:
    """Return text that runs from top to bottom, its columns from the right, as lines of a page that is turned."""
    made = Seen()
    line: list[Glyph] = []
    for glyph in (_laid(each, width) for each in chain.from_iterable(lines)):
        if line and _apart(line, glyph):
            line = _flushed(made, line)
        line.append(glyph)
    _flushed(made, line)
    return made.lines


def _is_head(line: list[Glyph], height: float) -> bool:
    """Tell whether a piece runs across in the margin of a page that is set from top to bottom."""
    above = max(each.box.bottom for each in line) < MARGIN_PT
    return len(line) > 1 and (above or min(each.box.top for each in line) > height - MARGIN_PT)


def _laid(glyph: Glyph, width: float) -> Glyph:
    left, top, right, bottom = glyph.box
    middle = width - (left + right) / 2
    box = Box(top, middle - glyph.size / 2, bottom, middle + glyph.size / 2)
    return glyph._replace(box=box, base=middle + 0.38 * glyph.size)


def _filled(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put what was drawn later into a hole of a line back into it: some programs draw another font's marks so."""
    rows: dict[int, list[list[Glyph]]] = {}
    for line in lines:
        rows.setdefault(round(line[0].base), []).append(line)
    gone = set()
    for line in sorted(lines, key=_extent):  # the wider ones keep their place
        at = round(line[0].base)
        near = (host for base in (at - 1, at, at + 1) for host in rows.get(base, ())[:MOST_IN_ROW])
        if any(_put(line, host) for host in near):
            gone.add(id(line))
    return [line for line in lines if id(line) not in gone]


def _extent(line: list[Glyph]) -> float:
    return line[-1].box.right - line[0].box.left


def _put(piece: list[Glyph], line: list[Glyph]) -> bool:
    """Put a piece into the hole of a line where it stands; tell whether there is one."""
    left, right, size = piece[0].box.left, piece[-1].box.right, piece[0].size
    if not (line[0].box.left < left and right < line[-1].box.right):
        return False
    inked = [at for at, each in enumerate(line) if each.char != " "]
    if len(inked) < 2:
        return False
    after = next(at for at in inked[1:] if line[at].box.left > left or at == inked[-1])
    before = inked[inked.index(after) - 1]
    gaps = left - line[before].box.right, line[after].box.left - right
    if min(gaps) < -0.25 * size:
        return False
    # the space that pdfium put where the hole was is none, unless there still is room for one
    first, last = ([line[before]._replace(char=" ")] if gap > 0.15 * size else [] for gap in gaps)
    line[before + 1 : after] = [*first, *piece, *last]
    return True


def _char(code: int) -> str | None:
    """Return the character of a code; None for line ends and for what is no character, "-" for pdfium's hyphens."""
    if code in {2, 0xFFFE, 0xAD}:  # what pdfium writes for a hyphen at the end of a line
        return "\u00ad"
    char = chr(code) if code <= 0x10FFFF else "\ufffd"
    if char in UPRIGHT:
        return UPRIGHT[char]
    if char.isspace() and code not in {10, 13}:
        return " "
    return None if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} or char == "\ufffd" else char


def _glyph(text: Any, index: int, char: str, place: _Place, styles: tuple[list[Style], dict[int, int]]) -> Glyph:
    box, x, y = api.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    api.FPDFText_GetLooseCharBox(text.raw, index, box)
    api.FPDFText_GetCharOrigin(text.raw, index, x, y)
    made = place.box(box.left, box.bottom, box.right, box.top)
    base = place.point(x.value, y.value)[1]
    return Glyph(char, made, base, _size(text, index), _style(text, index, place, styles))


def _size(text: Any, index: int) -> float:
    """Return the em of a glyph's font as it is shown: its box would be another for each font of the same size."""
    matrix = api.FS_MATRIX()
    api.FPDFText_GetMatrix(text.raw, index, matrix)
    return float(api.FPDFText_GetFontSize(text.raw, index) * math.hypot(matrix.c, matrix.d)) or 1.0


def _style(text: Any, index: int, place: _Place, styles: tuple[list[Style], dict[int, int]]) -> int:
    """Return the number of the style that a glyph is drawn in; what pdfium added has that of the glyph before."""
    known, numbers = styles
    drawn = api.FPDFText_GetTextObject(text.raw, index)
    key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
    if not key and known:
        return len(known) - 1
    if key not in numbers:
        style = _styled(text, index, drawn, place)
        if style not in known:  # some programs draw each letter by itself
            known.append(style)
        numbers[key] = known.index(style)
    return numbers[key]


def _styled(text: Any, index: int, drawn: Any, place: _Place) -> Style:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    api.FPDFText_GetFillColor(text.raw, index, red, green, blue, alpha)
    mode = api.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
    angle = api.FPDFText_GetCharAngle(text.raw, index) * 57.29578
    off = (angle + place.turned) % 360
    return Style(
        invisible=mode in {3, 7} or (alpha.value == 0 and mode == 0),
        upright=angle < 0 or min(off, 360 - off) < 8,
        sideways=angle >= 0 and 82 < off < 98,
        grey=0.299 * red.value + 0.587 * green.value + 0.114 * blue.value,
        embedded=bool(drawn) and api.FPDFFont_GetIsEmbedded(api.FPDFTextObj_GetFont(drawn)) == 1,
    )


def _apart(line: list[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph does not follow what was drawn before it: in another line, cell or column."""
    before = next((each for each in reversed(line) if each.char != " "), None)
    if before is None or glyph.char == " ":
        return False
    size = max(before.size, 1.0)
    gap = glyph.box.left - before.box.right
    return gap > GAP * size or gap < -BACK * size or abs(glyph.base - before.base) > STEP * size


def _flushed(seen: Seen, line: list[Glyph]) -> list[Glyph]:
    """Keep a piece that is complete, and begin the next one."""
    while line and line[-1].char == " ":
        line.pop()
    if line:
        seen.lines.append(line)
    return []


def _is_recognised(seen: Seen, image: float) -> bool:
    """Tell whether the page is a picture with the text recognised in it behind it, in no ink, as scanners make it."""
    letters = [seen.styles[each.style].invisible for line in seen.lines for each in line if each.char.isalnum()]
    return image > 0.5 and sum(letters) > 0.8 * len(letters) > 0


def _image_share(page: Any, place: _Place) -> float:
    """Return the share of the page that its largest pictures cover, at most 1."""
    covered = 0.0
    for drawn in islice(page.get_objects(filter=[api.FPDF_PAGEOBJ_IMAGE], max_depth=3), 500):
        with contextlib.suppress(pdfium.PdfiumError):
            box = place.box(*drawn.get_bounds())
            wide = min(box.right, place.width) - max(box.left, 0)
            high = min(box.bottom, place.height) - max(box.top, 0)
            covered += max(0.0, wide) * max(0.0, high)
    return min(1.0, covered / max(1.0, place.width * place.height))


@dataclass(frozen=True, slots=True)
class _Sight:
    """The page as it is seen: shades of grey, row by row."""

    grey: bytes
    stride: int
    wide: int
    high: int
    scale: float

    @classmethod
    def of(cls, page: Any, place: _Place) -> "_Sight | None":
        scale = min(1.5, MOST_PIXELS / max(place.width, place.height, 1.0))
        try:
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        except (pdfium.PdfiumError, MemoryError, ValueError):
            return None
        return cls(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height, scale)

    def range(self, box: Box) -> tuple[int, int]:
        """Return the darkest and the lightest shade within a box."""
        left, right = max(0, int(box.left * self.scale)), min(self.wide, int(box.right * self.scale) + 1)
        top, bottom = max(0, int(box.top * self.scale)), min(self.high, int(box.bottom * self.scale) + 1)
        rows = [self.grey[y * self.stride + left : y * self.stride + right] for y in range(top, bottom)]
        rows = [row for row in rows if row]
        return (min(map(min, rows)), max(map(max, rows))) if rows else (255, 255)


def _parted(
    line: list[Glyph], styles: list[Style], place: _Place, sight: _Sight | None
) -> tuple[list[Glyph], list[str]]:
    """Part a piece into what a reader sees, and the words that nobody does."""
    kept: list[Glyph] = []
    hidden: list[str] = []
    for word in _words(line):
        if sight is None or _is_seen(word, styles[word[0].style], place, sight):
            kept.extend(word)
        else:
            hidden.append("".join(each.char for each in word).strip())
    return kept, [" ".join(hidden)] if any(hidden) else []


def _words(line: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the words of a piece, the space after each with it; another style begins another word, too."""
    word: list[Glyph] = []
    for glyph in line:
        if (
            word
            and (word[-1].char == " " or (glyph.style != word[-1].style and glyph.char != " "))
            and glyph.char != " "
        ):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _is_seen(word: list[Glyph], style: Style, place: _Place, sight: _Sight) -> bool:
    inked = [each.box for each in word if each.char != " "]
    if not any(each.char.isalnum() for each in word) or not inked:
        return not style.invisible
    box = Box(*(most(values) for most, values in zip((min, min, max, max), zip(*inked, strict=True), strict=True)))
    high = max(each.size for each in word)
    if style.invisible or not place.holds(box) or high < TINY_PT:
        return False
    if style.sideways:
        dark, light = sight.range(box)
        return light - dark >= FAINT
    # from the baseline to the height of an x: above and below there may be ink of other lines
    ink = 0.7 if any(_wide(each.char) for each in word) else 0.45
    dark, light = sight.range(Box(box.left, word[0].base - ink * high, box.right, word[0].base))
    if light - dark >= FAINT:
        return True
    # a font that the file does not bring may draw nothing here, and does elsewhere: then its colour decides
    return not style.embedded and abs(style.grey - (dark + light) / 2) >= FAINT


def _written(line: list[Glyph]) -> list[Any]:
    """Return a piece as it is handed on: its text, its box and its size."""
    line = line[:-1] if line[-1].char == " " else line
    letters = [each for each in line if each.char != " "]
    sizes = sorted(each.size for each in letters)
    size, base = sizes[len(sizes) // 2], sorted(each.base for each in letters)[len(letters) // 2]
    chars, usual = [], _usual_gap(line)
    for at, glyph in enumerate(line):
        small = glyph.size < 0.85 * size and glyph.base < base - 0.12 * size
        if glyph.char == " " and 0 < at < len(line) - 1 and not _is_space(line[at - 1], line[at + 1], usual):
            continue
        chars.append(glyph.char.translate(RAISED) if small else glyph.char)
    edges = [[each.box[side] for each in letters] for side in range(4)]
    box = [min(edges[0]), base - 0.8 * size, max(edges[2]), base + 0.2 * size]
    return ["".join(chars), *(round(value, 1) for value in (*box, size))]


def _usual_gap(line: list[Glyph]) -> float:
    """Return how far apart two Chinese characters of a line stand: justified, all of them stand apart."""
    inked = [each for each in line if each.char != " "]
    gaps = sorted(b.box.left - a.box.right for a, b in pairwise(inked) if _wide(a.char) and _wide(b.char))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _is_space(before: Glyph, after: Glyph, usual: float) -> bool:
    """Tell whether a space beside a Chinese character is one: pdfium sees it in any gap, beside marks, too."""
    wide = _wide(before.char), _wide(after.char)
    gap = (after.box.left - before.box.right - max(0.0, usual)) / after.size
    if all(wide):  # justified, all of them stand apart; a headline's halves and names stand farther
        return before.char.isalnum() and after.char.isalnum() and gap > 0.2
    return not any(wide) or gap > _BESIDE  # word processors set figures and Latin words apart by themselves


def _wide(char: str) -> bool:
    """Tell whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(char) in "WF"


if __name__ == "__main__":
    main()
