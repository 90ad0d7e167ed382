"""A quotation as it is printed: in the marks of its own language, each translation in those of its."""

from summarizer import languages
from summarizer.digest import Quote
from summarizer.render import words

__all__ = ["WORN", "original", "quoted", "spaced", "translated"]

#: Marks that a translation may come in, though it was asked for without: opening and closing.
WORN = ("“”", "„“", "„”", "«»", "»«", "「」", "『』", "‘’", "‚‘", "‹›", '""')


def quoted(text: str, language: str) -> str:
    """Return words on one line in the marks of a language's print, with the space that stands inside these.

    Words that have the outer marks themselves stand in the inner ones, so that a reader sees what ends where; the
    words stay as they are.
    """
    outer, inner = languages.marks(language)
    has_outer = any(mark.strip() in text for mark in outer)
    opening, closing = inner if has_outer and inner[0].strip() not in text else outer
    return f"{opening}{text}{closing}"


def spaced(text: str, language: str) -> str:
    """Return a line that was written for a digest with the no-break spaces inside its marks that its print has.

    Models write plain ones, at which a line would be folded: ``«`` alone at its end. The article's own words keep
    theirs, whatever they are.
    """
    for opening, closing in languages.marks(language):
        if opening != opening.strip():
            text = text.replace(f"{opening.strip()} ", opening).replace(f" {closing.strip()}", closing)
    return text


def original(quote: Quote, language: str) -> str:
    """Return a quote on one line, in marks where it is direct speech.

    Args:
        quote: what somebody said.
        language: of the article.
    """
    told = words.text(quote.text)
    return quoted(told, language) if quote.kind == "direct" else told


def translated(quote: Quote, language: str) -> str:
    """Return a quote's translation on one line, in marks where the quote is direct speech."""
    told = spaced(words.text(quote.translations[language]), language)
    if quote.kind != "direct":
        return told
    return quoted(told if _bare(words.text(quote.text)) else (_bare(told) or told), language)


def _bare(text: str) -> str:
    """Return what stands in the marks around a whole text; nothing where there are none."""
    inside = text[1:-1].strip()
    worn = any(text[0] == pair[0] and text[-1] == pair[1] and not set(pair) & set(inside) for pair in WORN if inside)
    return inside if worn else ""
