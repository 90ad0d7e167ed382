"""Figures: find and read them, tell whether two say the same, compare texts, write them.

::

    find(text, language)              the figures of a text, with offsets and values
    same(source, output)              whether two figures say the same, across languages
    compare(source, "en", output, "it")  supported, unsupported, contradicted, missing
    compared(side(…), side(…))        the same for texts whose figures have been found
    known(text, figures)              every value that some reading of a text gives
    changed(printed, found, known)    whether a figure cannot stand for one of its source
    changed_value(printed, found)     the same where one text is read by its digits alone
    invented(found, figures, known)   whether a source gives a figure in no reading
    qualifier(text, start, language)  where the words for about or more than begin before a figure
    relative(text, start, end, language, published)  the day, month or year that yesterday or last year is
    enumerated(text, language)        how many things the lists of a text may have
    telephones(text, language)        telephone numbers, which are no figures
    write(figure, language)           a figure in a language's own form
    forms(text, source, target)       the figures of a line whose digits or scale change in translation

Garbled figures are found with ``suspect=True``. Nothing here needs a model or an article.
"""

from summarizer.figures.by_value import changed as changed_value
from summarizer.figures.compare import Comparison, compare, compared
from summarizer.figures.context import qualifier
from summarizer.figures.equal import same
from summarizer.figures.figure import Direction, Figure, Kind
from summarizer.figures.find import find
from summarizer.figures.forms import forms, in_print
from summarizer.figures.known import changed, invented, known
from summarizer.figures.lists import enumerated
from summarizer.figures.magnitude import Magnitude
from summarizer.figures.relative import relative
from summarizer.figures.side import Side, side
from summarizer.figures.uncounted import telephones
from summarizer.figures.write import write

__all__ = [
    "Comparison",
    "Direction",
    "Figure",
    "Kind",
    "Magnitude",
    "Side",
    "changed",
    "changed_value",
    "compare",
    "compared",
    "enumerated",
    "find",
    "forms",
    "in_print",
    "invented",
    "known",
    "qualifier",
    "relative",
    "same",
    "side",
    "telephones",
    "write",
]
