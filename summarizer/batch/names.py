"""Names of output files: the same in every run, and never another article's."""

import zipfile
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path

from summarizer.article.line import one_line

__all__ = ["FORMS", "Names", "suffix"]

_SUFFIX: Mapping[str, str] = {"json": ".json", "markdown": ".md", "text": ".txt", "docx": ".docx", "eml": ".eml"}
#: Formats of files.
FORMS = tuple(_SUFFIX)
#: In a Word file the id is a property; the rest is packed.
_PROPERTIES, _PROPERTIES_BYTES = "docProps/core.xml", 1_000_000
#: As much of an article's id as makes a name its own; every digest has it in its text, in every format.
_ID_CHARS = 12
#: File systems take 255 bytes; a number, an id and a suffix come on top.
_STEM_BYTES = 200


def suffix(form: str) -> str:
    """Return the suffix of files in a format: ``json``, ``markdown``, ``text``, ``docx`` or ``eml``."""
    return _SUFFIX[form]


class Names:
    """Names of the files of one folder.

    An article keeps the plain name of its input where no other article of this run or of an earlier one has it;
    else its id is added. Asked in the order of the inputs, they are the same in every run.

    Args:
        folder: where the files are.
        form: as in `suffix`.
    """

    def __init__(self, folder: Path, form: str) -> None:
        self._folder = folder
        self._suffix = suffix(form)
        self._taken: set[str] = set()

    def of(self, stem: str, article_id: str) -> str:
        """Return the file name of an article.

        Args:
            stem: the name without a suffix that its input suggests.
            article_id: SHA-256 of its text, hexadecimal.
        """
        stem = one_line(stem).encode()[:_STEM_BYTES].decode("utf-8", "ignore").strip() or "article"
        mine = f"{stem}-{article_id[:_ID_CHARS]}"
        names = chain((stem, mine), (f"{mine}-{n}" for n in count(2)))
        # some file systems take "A" and "a" for one name
        free = next(n for n in names if n.casefold() not in self._taken and not self._is_anothers(n, article_id))
        self._taken.add(free.casefold())
        return free + self._suffix

    def _is_anothers(self, name: str, article_id: str) -> bool:
        """Tell whether a file is there that is not of this article."""
        try:
            return article_id[:_ID_CHARS].encode() not in _told(self._folder / (name + self._suffix))
        except FileNotFoundError:
            return False
        except (OSError, zipfile.BadZipFile, KeyError):
            return True  # a folder of that name, or a file that may not be read: not ours to replace


def _told(path: Path) -> bytes:
    """Return that of a file in which the id of its article stands."""
    if path.suffix != _SUFFIX["docx"]:
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed, packed.open(_PROPERTIES) as properties:
        return properties.read(_PROPERTIES_BYTES)
