"""Pairs of lines that obey a glossary and that do not: how many are told apart, with inflection and across scripts."""

import tomllib
from pathlib import Path

import pytest

from summarizer import glossary
from summarizer.checks.translations import TranslationChecker
from tests.support.claims import reading

HERE = Path(__file__).parent
PAIRS = tomllib.loads((HERE / "pairs.toml").read_text(encoding="utf-8"))["pair"]


def objected(pair: dict[str, str], text: str) -> list[str]:
    checker = TranslationChecker(
        reading(pair["line"], pair["from"]), pair["to"], glossary.load([HERE / "office.csv"])
    )
    return [f.message for f in checker.check(pair["line"], text, "") if f.code.startswith("glossary.")]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["line"][:30])
def test_what_obeys_the_glossary_is_accepted(pair: dict[str, str]) -> None:
    assert objected(pair, pair["obeyed"]) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["line"][:30])
def test_what_does_not_is_found(pair: dict[str, str]) -> None:
    assert objected(pair, pair["disobeyed"])


def test_there_are_sixty_pairs_in_six_directions() -> None:
    assert len(PAIRS) == 60
    assert len({(pair["from"], pair["to"]) for pair in PAIRS}) == 6
