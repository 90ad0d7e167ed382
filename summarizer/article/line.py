"""One clean line out of whatever a model wrote."""

import re
import unicodedata

from summarizer import languages

__all__ = ["UNWANTED", "finished", "one_line"]

#: Unicode categories that no line of a digest holds: control, format (bidirectional marks, zero width), surrogates.
UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def one_line(text: str) -> str:
    """Return `text` in NFC on one line, without control characters: a digest is shown on terminals."""
    shown = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in UNWANTED)
    return unicodedata.normalize("NFC", " ".join(shown.split()))


def finished(text: str, language: str) -> str:
    """Return a sentence with its full stop, which small models leave out; other ends stay as they are."""
    if not text or _END.search(text):
        return text
    return text + languages.get(language).full_stop


_END = re.compile(r"[.!?…:;。！？：；؟۔।॥։።။។][\"'”’»」』)）\]]*$")
