"""A PDF → the article in it: text in reading order, whole paragraphs, without running heads and hidden text."""

from summarizer.formats.pdf.document import pieces

__all__ = ["pieces"]
