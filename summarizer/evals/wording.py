"""Whether a sentence says what a label is about: by groups of alternative words, and by values."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from summarizer import figures, languages

__all__ = ["Label", "carries", "fold"]

#: Marks that are typed in several ways.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "·": "", "・": "", "•": ""})


class Label:
    """What a `KeyFact` or a `Trap` must match, prepared once for many sentences.

    Args:
        wordings: language → groups of alternatives.
        values: figures as printed in `language`.
        language: of the article.
        whole: a figure must say all of the value, as for a trap: "in October" is not the wrong day of October, nor
            "about 70" the wrong 69. Without it a sentence may round the value or leave a part of a date out.
    """

    def __init__(
        self,
        wordings: Mapping[str, Sequence[Sequence[str]]],
        values: Iterable[str],
        language: str,
        *,
        whole: bool = False,
    ) -> None:
        self._whole = whole
        self._groups = {
            code: [[fold(word) for word in group] for group in groups] for code, groups in wordings.items()
        }
        self._values = [figure for value in values for figure in figures.find(value, language)]

    def said_by(self, sentence: str, language: str) -> bool:
        """Tell whether one sentence says it: each group has an alternative in it, each value a figure like it.

        A language without wordings is never matched.
        """
        groups = self._groups.get(languages.base(language))
        if not groups:
            return False
        text = fold(sentence)
        return all(any(word in text for word in group) for group in groups) and self._valued(sentence, language)

    def _valued(self, sentence: str, language: str) -> bool:
        if not self._values:
            return True
        found = _figures(sentence, language)
        return all(any(self._same(value, figure) for figure in found) for value in self._values)

    def _same(self, value: figures.Figure, figure: figures.Figure) -> bool:
        return figures.same(figure, value) or (not self._whole and figures.same(value, figure))


def carries(label: Label, sentences: Iterable[str], language: str) -> bool:
    """Tell whether any of the sentences says what the label is about."""
    return any(label.said_by(sentence, language) for sentence in sentences)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` without regard to case, width, and the form of apostrophes and name dots."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE).split())


@lru_cache(maxsize=4096)  # every label of a case looks at the same sentences
def _figures(sentence: str, language: str) -> tuple[figures.Figure, ...]:
    return tuple(figures.find(sentence, language))
