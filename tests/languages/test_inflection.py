"""Forms of words by the endings of their language: what a rule reaches, and what it must not."""

import pytest

from summarizer import languages
from summarizer.languages.inflection import forms, inflection


@pytest.mark.parametrize(
    ("code", "word", "others"),
    [
        ("it", "accordo", ["accordi"]),
        ("it", "banca", ["banche"]),
        ("it", "imprese", ["impresa"]),
        ("it", "provincia", ["province"]),
        ("it", "ambasciatore", ["ambasciatrice", "ambasciatori"]),
        ("it", "socio", ["soci"]),
        ("it", "città", []),
        ("en", "party", ["parties"]),
        ("en", "tariffs", ["tariff"]),
        ("en", "analyses", ["analysis"]),
        ("en", "spokesman", ["spokesmen"]),
        ("en", "memoranda", ["memorandum"]),
        ("es", "acuerdo", ["acuerdos"]),
        ("es", "avión", ["aviones"]),
        ("es", "luces", ["luz"]),
        ("zh", "协议", []),
    ],
)
def test_a_noun_has_its_other_number(code: str, word: str, others: list[str]) -> None:
    assert {word, *others} <= set(forms(word, code, ("nouns",)))
    assert others or forms(word, code, ("nouns",)) == (word,)


@pytest.mark.parametrize(
    ("code", "word", "kinds", "other"),
    [
        ("it", "porto", ("nouns",), "porta"),
        ("it", "ministro", ("nouns", "agreeing"), "ministero"),
        ("en", "port", ("nouns",), "ported"),
        ("en", "state", ("nouns", "verbs"), "statement"),
    ],
)
def test_another_word_is_no_form(code: str, word: str, kinds: tuple[str, ...], other: str) -> None:
    assert other not in forms(word, code, kinds)


@pytest.mark.parametrize(
    ("code", "word", "kinds", "other"),
    [
        ("it", "economico", ("agreeing",), "economiche"),
        ("it", "firmare", ("verbs",), "firmato"),
        ("it", "capire", ("verbs",), "capiscono"),
        ("en", "plan", ("verbs",), "planned"),
        ("en", "sign", ("verbs",), "signing"),
    ],
)
def test_adjectives_agree_and_verbs_change(code: str, word: str, kinds: tuple[str, ...], other: str) -> None:
    assert other in forms(word, code, kinds)


@pytest.mark.parametrize("code", languages.available())
def test_each_row_has_endings_that_differ(code: str) -> None:
    rows = [row for name in ("nouns", "agreeing", "verbs") for row in getattr(inflection(code), name)]
    assert all(len(set(row)) == len(row) > 1 for row in rows)
