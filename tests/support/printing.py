"""Pages printed to PDF by a headless Chromium, and PDFs written by hand."""

import os
import subprocess
from pathlib import Path

from tests.support.browser import browser

__all__ = ["pdf", "printed"]


def printed(html: str, folder: Path) -> bytes:
    """Return a page as the browser prints it, with the head and foot that it prints by itself."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(html, encoding="utf-8")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    command = [browser(), *quiet, *root, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
    subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def pdf(*pages: str, info: str = "", media: str = "0 0 595 842") -> bytes:
    """Return a PDF of pages given as content streams (ISO 32000-1, 7.8); F1 is Helvetica.

    Args:
        pages: what draws each page, e.g. ``BT /F1 12 Tf 72 700 Td (Words) Tj ET``.
        info: entries of the document's information dictionary, e.g. ``/Title (A bridge)``.
        media: the media box of each.
    """
    font = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    for at, page in enumerate(pages):
        drawn = f"/MediaBox [{media}] /Resources << /Font << /F1 {font} 0 R >> >> /Contents {4 + 2 * at} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {drawn} >>")
        objects.append(f"<< /Length {len(page.encode('latin-1'))} >>\nstream\n{page}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(f"<< {info} >>")
    return assembled([each.encode("latin-1") for each in objects], f"/Info {len(objects)} 0 R")


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    """Return a PDF of objects that are numbered from 1; the first is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n" % (size, table)
    return data + head + b"<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer.encode(), start)
