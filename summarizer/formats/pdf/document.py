"""A PDF → a `Piece`: pdfium's look at its pages, in a process of its own, and what is to be said of it."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any

from summarizer.article import metadata, unseen
from summarizer.article.blocks import squeeze
from summarizer.article.findings import Finding
from summarizer.article.line import one_line
from summarizer.article.model import Known, place
from summarizer.errors import ArticleError, ConfigurationError
from summarizer.formats import head
from summarizer.formats.pdf import layout
from summarizer.formats.pdf.heads import without_heads
from summarizer.formats.pdf.paragraphs import paragraphs
from summarizer.formats.piece import Limits, Piece

__all__ = ["pieces"]

_CHILD = Path(__file__).with_name("child.py")
_MEMORY_BYTES = 2_000_000_000
#: What a process needs to start; it reads what strangers wrote, and gets no key.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
_FEW_LETTERS = 20
#: Producers (ISO 32000-1, 14.3.3) through which browsers and systems print.
_PRINTED = re.compile(r"Skia|Quartz|cairo|Print To PDF|wkhtmltopdf|Qt \d", re.IGNORECASE)
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tex|rtf|pages|xlsx?|pptx?|html?)\Z|[\\/]|\AMicrosoft ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the child told: of the document, and of each page that it came to."""

    about: Mapping[str, Any]
    pages: tuple[Mapping[str, Any], ...]


def pieces(data: bytes, name: str, limits: Limits) -> Iterator[Piece]:
    """Yield the one article of a PDF.

    Raises:
        ArticleError: it is protected by a password, damaged, or a picture of a text.
        ConfigurationError: pypdfium2 is not installed.
    """
    need()
    read = _read(data, limits)
    shown = place(name)
    _refuse(read, shown, limits.seconds)
    pages = without_heads([_page(each) for each in read.pages if not each.get("damaged")])
    made = paragraphs(pages)
    text = "\n\n".join(paragraph.text for paragraph in made)
    findings = tuple(_findings(read, len(text), limits))
    yield Piece("", "", text[: limits.text_bytes], known=_known(read.about, made, text, findings))


def need() -> None:
    """Raise where PDFs cannot be read.

    Raises:
        ConfigurationError: pypdfium2 is not installed.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ConfigurationError(
            "PDF files need the package pypdfium2", "install it: pip install 'summarizer-briefs[documents]'"
        )


def _read(data: bytes, limits: Limits) -> _Read:
    """Return what the child reads until it ends, its time is over, or it tells more than an article has."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with _child(file, limits) as out:
            told = [json.loads(line) for line in _lines(out, max(1_000_000, 4 * limits.text_bytes), limits.pages + 1)]
    return _Read(told[0] if told else {"error": "damaged"}, tuple(told[1:]))


def _lines(out: IO[bytes], most_bytes: int, most: int) -> Iterator[bytes]:
    """Yield whole lines, as many as the bounds allow."""
    for _ in range(most):
        line = out.readline(most_bytes + 1)
        most_bytes -= len(line)
        if not line.endswith(b"\n") or most_bytes < 0:
            return
        yield line


@contextmanager
def _child(file: IO[bytes], limits: Limits) -> Iterator[IO[bytes]]:
    """Run the child on a file and give what it writes; it ends with this block, or when its time is over."""
    command = [sys.executable, "-I", str(_CHILD), str(limits.pages), str(_MEMORY_BYTES)]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with subprocess.Popen(  # noqa: S603 - this program's own file, with numbers as its arguments
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        timer = Timer(limits.seconds, process.kill)
        timer.start()
        try:
            if process.stdout is not None:
                yield process.stdout
        finally:
            timer.cancel()
            process.kill()


def _refuse(read: _Read, shown: str, seconds: float) -> None:
    """Raise where nothing can be read, and say why."""
    if read.about.get("error") == "password":
        raise ArticleError(f"{shown}: this PDF is protected by a password; save it without one")
    letters = sum(_letters(page) for page in read.pages)
    pictures = [page for page in read.pages if page.get("image", 0) > 0.3]
    if read.pages and letters < _FEW_LETTERS and pictures:
        count = len(read.pages)
        pages = "1 page" if count == 1 else f"{count} pages"
        raise ArticleError(
            f"{shown}: this PDF is a picture of a text ({pages} without letters); "
            "run text recognition (OCR) on it first"
        )
    unmapped = sum(page.get("unmapped", 0) for page in read.pages)
    if unmapped > letters:
        raise ArticleError(
            f"{shown}: the fonts of this PDF do not say which letters they draw; "
            "run text recognition (OCR) on it first"
        )
    if not letters:
        raise _without_text(read, shown, seconds)


def _without_text(read: _Read, shown: str, seconds: float) -> ArticleError:
    if any(page.get("hidden") for page in read.pages):
        return ArticleError(f"{shown}: all text in this PDF is hidden from its readers; print it to a new PDF")
    if read.about.get("pages") and not read.pages:
        told = f"{seconds:g} second{'s' if seconds != 1 else ''} and {_MEMORY_BYTES // 10**9} GB of memory"
        return ArticleError(f"{shown}: this PDF could not be read within {told}; print it to a new PDF")
    if read.about.get("error") or not read.pages or any(page.get("damaged") for page in read.pages):
        return ArticleError(
            f"{shown}: this PDF is damaged and cannot be read; get it again, or print it to a new PDF"
        )
    return ArticleError(f"{shown}: there is no text in this PDF; check that it holds the article")


def _letters(page: Mapping[str, Any]) -> int:
    return sum(char.isalnum() for line in page.get("lines", ()) for char in line[0])


def _page(told: Mapping[str, Any]) -> layout.Page:
    return layout.Page(told["width"], told["height"], tuple(layout.Line(*line) for line in told["lines"] if line[0]))


def _findings(read: _Read, length: int, limits: Limits) -> Iterator[Finding]:
    """Yield what a reader should know: what was left out, and what may be wrong."""
    yield from unseen.finding(part for page in read.pages for part in page.get("hidden", ()))
    yield from _left_out(read)
    whole = int(read.about.get("pages", 0))
    if len(read.pages) < whole:
        yield Finding(
            "article.truncated", f"of the {whole:,} pages of this PDF the first {len(read.pages):,} were read"
        )
    unread = sum(page.get("unread", 0) for page in read.pages)
    if unread:
        message = f"{unread:,} characters of this PDF were not read: a page holds more of them than paper does"
        yield Finding("article.truncated", message)
    if length > limits.text_bytes:
        message = f"of the {length:,} characters in this PDF the first {limits.text_bytes:,} were read"
        yield Finding("article.truncated", message)


def _left_out(read: _Read) -> Iterator[Finding]:
    pages = list(enumerate(read.pages, 1))
    pictures = [at for at, page in pages if page.get("image", 0) > 0.3 and _letters(page) < _FEW_LETTERS]
    vertical = [at for at, page in pages if page.get("vertical")]
    for told, numbers in (
        ("set from top to bottom, and its columns were read from the right: check their order", vertical),
        ("a picture without letters, and its text was not read", pictures),
        ("damaged, and its text was not read", [at for at, page in pages if page.get("damaged")]),
        (
            "a picture, and its text was recognised by a machine: check it",
            [at for at, page in pages if _is_scan(page)],
        ),
    ):
        if numbers:
            yield Finding("article.extraction", f"{_numbered(numbers)} of this PDF is {told}")
    turned = sum(page.get("turned", 0) for page in read.pages)
    if turned:
        yield Finding(
            "article.extraction", f"{turned:,} letters that do not stand upright were not taken from this PDF"
        )
    yield from _unmapped(read.pages)


def _unmapped(pages: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield the finding that characters are missing: from words, or so many that they cannot be ornaments."""
    words = [word for page in pages for word in page.get("broken", ())]
    count = sum(page.get("unmapped", 0) for page in pages)
    if words:
        listed = ", ".join(f"“{word}”" for word in words[:5]) + (" …" if len(words) > 5 else "")
        message = f"characters of this PDF that cannot be told are missing from words: {listed}"
        yield Finding("article.extraction", message)
    elif count > 0.02 * sum(map(_letters, pages)):
        yield Finding("article.extraction", f"{count:,} characters of this PDF cannot be told and are missing")


def _is_scan(page: Mapping[str, Any]) -> bool:
    return bool(page.get("under_image"))


def _numbered(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
    return f"page {listed}" if len(numbers) == 1 else f"each of the pages {listed}"


def _known(
    about: Mapping[str, Any], made: Sequence[layout.Paragraph], text: str, findings: tuple[Finding, ...]
) -> Known:
    """Return what a PDF knows: its headline is set larger than its text, or stands in its properties."""
    title, author = one_line(about.get("title", "")), one_line(about.get("author", ""))
    return Known(
        title=_headline(made) or (title if _is_title(title, text) else None),
        published=_published(about, made),
        author=author if _is_name(author) else None,
        findings=findings,
    )


def _published(about: Mapping[str, Any], made: Sequence[layout.Paragraph]) -> str | None:
    """Return the date that the text gives itself, in a dateline or a line of its head; else that of its making.

    A program that prints dates the printing, which may be years after: then there is none.
    """
    said = head.published([each.text for each in made])
    printed = _PRINTED.search(about.get("made_by", ""))
    return said or (None if printed else _created(about.get("created", "")))


def _headline(made: Sequence[layout.Paragraph]) -> str | None:
    """Return the largest paragraph of the first page, where it is larger than the text and reads like a line."""
    sizes: Counter[int] = Counter()
    for paragraph in made:
        sizes[round(paragraph.size)] += len(paragraph.text)
    first = [each for each in made if each.page == 0 and 8 <= len(each.text) + _wide(each.text) <= 250]
    words = [each for each in first if len(each.text.split()) > 1 or _wide(each.text) > 5]
    if not words:
        return None
    largest = max(words, key=lambda each: each.size)
    return largest.text if largest.size > 1.15 * max(sizes, key=lambda size: sizes[size]) else None


def _wide(text: str) -> int:
    return sum("\u3400" <= char <= "\u9fff" for char in text)


def _is_title(title: str, text: str) -> bool:
    """Tell whether a PDF's title is a headline: many programs put a file's name or a number there."""
    if not title or _FILE_NAME.search(title):
        return False
    return squeeze(title) in squeeze(text[:3000]) or len(title.split()) > 3 or _wide(title) > 5


def _is_name(author: str) -> bool:
    """Tell whether a PDF's author is a name and no account's."""
    return not any(char.isdigit() for char in author) and (len(author.split()) > 1 or _wide(author) > 1)


def _created(written: str) -> str | None:
    """Return the day of a PDF's date (ISO 32000-1, 7.9.4), None where it is none."""
    found = _CREATED.match(written)
    return metadata.iso("-".join(found.groups())) if found else None
