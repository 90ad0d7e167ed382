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
    """

    def __init__(self, wordings: Mapping[str, Sequence[Sequence[str]]], values: Iterable[str], language: str) -> None:
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
        return all(any(figures.same(value, f) or figures.same(f, value) for f in found) for value in self._values)


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
