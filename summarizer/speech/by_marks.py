"""Quotations by their marks alone, where nobody has listed the verbs of saying: the model names the speaker."""

from summarizer.speech.marks import passages, undoubled
from summarizer.speech.model import Speech
from summarizer.speech.quotations import weight

__all__ = ["find"]

#: What stands in marks and has fewer words is a title, a term or a word that the writer sets apart.
_WORDS = 5


def find(text: str) -> tuple[Speech, ...]:
    """Return what stands between quotation marks and is long enough for somebody's words, without a speaker."""
    quoted = (p for p in passages(undoubled(text)) if weight(text[p.start : p.end]) >= _WORDS)
    return tuple(Speech(*_inside(text, p.start, p.end), "direct", None) for p in quoted)


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place without white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
