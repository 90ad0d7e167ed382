"""Figures as a person prints them in another language, and which of them a translator needs to be given.

A good translator writes years, dates, percentages and numbers in words right. What goes wrong is the scale, where one
language counts in ten thousands and the other in millions, and the separators, where a comma turns into a point.
"""

import re
from dataclasses import replace

from summarizer import languages
from summarizer.figures.equal import same
from summarizer.figures.figure import Figure
from summarizer.figures.find import find
from summarizer.figures.fold import fold
from summarizer.figures.lexicon import lexicon
from summarizer.figures.numeral import read
from summarizer.figures.write import write

__all__ = ["forms", "in_print"]

#: Digits with their separators: ``4.9``, ``25.000``, ``1 340``.
_NUMERAL = re.compile(r"\d+(?:[.,\u00a0\u202f ']\d+)*")
_DECIMAL_MARK = re.compile(r"\d[.,．]\d")
_ABBREVIATED = re.compile(r"\d ?[A-Za-z]{1,2}$")
#: A number in words up to this is a word of its sentence.
_SMALL = 10


def forms(text: str, source: str, target: str, *, digits: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the figures of a line whose digits or scale change in translation, each with its form.

    Args:
        text: the line.
        source: BCP 47 tag of its language.
        target: BCP 47 tag of the language to write.
        digits: only those whose digits themselves change, not the marks between them alone.

    Returns:
        (as printed, in the target's form), in the order of the line, for example ``("4.9 billion yuan", "49亿元")``.

    Raises:
        ConfigurationError: a language is not supported.
    """
    pairs = ((figure, in_print(figure, source, target)) for figure in find(text, source))
    changed = ((f.text, form) for f, form in pairs if form and _changes(f, form, source, target))
    kept = (each for each in changed if not digits or _digits(each[0]) != _digits(each[1]))
    return tuple(dict.fromkeys(kept))


def in_print(figure: Figure, source: str, target: str) -> str | None:
    """Return a figure as a person prints it in the target language; None where `write` cannot know that.

    It cannot for ordinals, which agree with their noun; fractions; small numbers in words; hours in words; names
    such as 4K; figures of a language without a folder; and figures that say by themselves something else than in
    their sentence ("13" of "13 and 14
    October", "30多万", which is approximate). Digits without a separator stay as they are: they may be a code.
    """
    named = figure.kind == "number" and _ABBREVIATED.search(figure.text)  # 4K is one, and 5 mm may be a measure
    if figure.suspect or _worded(figure) or named:
        return None
    if languages.get(source).general or languages.get(target).general:
        return None
    alone = _whole(figure.text, source)
    if alone is None or alone.approximate or not _alike(figure, alone):
        return None
    form = figure.text if figure.kind == "number" and figure.text.isdigit() else write(figure, target)
    back = _whole(form, target)
    return form if back is not None and _says(figure, back) and not _retold(figure, form) else None


def _retold(figure: Figure, form: str) -> bool:
    """Tell whether a form tells a time in another way: 6:00 for six in the morning, the 21st for this century."""
    return figure.date.endswith("XX") or (figure.date.startswith("T") and form != figure.text)


def _worded(figure: Figure) -> bool:
    """Tell whether a figure is an ordinal, a fraction or a small number in words."""
    if figure.kind in ("date", "percent", "ordinal"):
        return figure.kind == "ordinal"
    if figure.number != figure.number.to_integral_value():
        return not _DECIMAL_MARK.search(figure.text)
    return figure.kind == "number" and abs(figure.number) <= _SMALL and not _NUMERAL.search(figure.text)


def _whole(text: str, language: str) -> Figure | None:
    """Return the figure that a text is, if it is one from end to end."""
    found = find(text, language)
    return found[0] if len(found) == 1 and found[0].text == text else None


def _alike(figure: Figure, alone: Figure) -> bool:
    return (figure.kind, figure.value, figure.currency) == (alone.kind, alone.value, alone.currency)


def _says(figure: Figure, back: Figure) -> bool:
    """Tell whether a form says what its figure says; units and directions are words of the sentence."""
    unit = figure.unit if figure.kind == "percent" else None
    bare = replace(figure, direction=None, approximate=False, unit=unit)
    return bare.kind == back.kind and same(bare, back) and same(back, bare)


def _changes(figure: Figure, form: str, source: str, target: str) -> bool:
    """Tell whether the digits or the scale of a figure are others in its form."""
    printed, written = _NUMERAL.findall(figure.text), _NUMERAL.findall(form)
    if figure.date or len(printed) != 1 or len(written) != 1:
        return False
    ours, theirs = lexicon(source).decimal, lexicon(target).decimal
    before, after = read(fold(printed[0]), ours), read(fold(written[0]), theirs)
    plain = printed[0].isdigit() or ours == theirs
    if printed == written or (plain and before == figure.value):
        return False
    return before != after or _digits(printed[0]) == _digits(written[0])  # 2.0 is not to lose its nought


def _digits(numeral: str) -> str:
    return "".join(filter(str.isdigit, numeral))
