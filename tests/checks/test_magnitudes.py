from itertools import permutations, product

import pytest

from summarizer import figures
from summarizer.checks.translations import TranslationChecker
from tests.support.claims import reading

#: A line about protesters for each magnitude, in every language with a folder.
LINES = {
    "en": ("Dozens of protesters.", "Hundreds of protesters.", "Tens of thousands of protesters.", "Hundreds of thousands of protesters."),
    "it": ("Decine di manifestanti.", "Centinaia di manifestanti.", "Decine di migliaia di manifestanti.", "Centinaia di migliaia di manifestanti."),
    "fr": ("Des dizaines de manifestants.", "Des centaines de manifestants.", "Des dizaines de milliers de manifestants.", "Des centaines de milliers de manifestants."),
    "de": ("Dutzende Demonstranten.", "Hunderte Demonstranten.", "Zehntausende Demonstranten.", "Hunderttausende Demonstranten."),
    "es": ("Decenas de manifestantes.", "Cientos de manifestantes.", "Decenas de miles de manifestantes.", "Cientos de miles de manifestantes."),
    "zh": ("数十名抗议者。", "数百名抗议者。", "数万名抗议者。", "数十万名抗议者。"),
}  # fmt: skip


def told(source: str, target: str, lines: tuple[str, str]) -> list[str]:
    checker = TranslationChecker(reading(lines[0], source), target)
    return [f.code for f in checker.check(*lines, "/briefs/0/headline/target") if f.code.startswith("figure")]


@pytest.mark.parametrize(("source", "target"), list(permutations(LINES, 2)))
def test_a_magnitude_agrees_with_the_same_one_alone(source: str, target: str) -> None:
    pairs = list(product(LINES[source], LINES[target]))
    assert [i for i, pair in enumerate(pairs) if not told(source, target, pair)] == [0, 5, 10, 15]


def test_a_language_without_a_folder_has_none() -> None:
    assert figures.side("Centenas de pessoas", "pt", ()).magnitudes == ()
