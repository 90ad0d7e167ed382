"""Examples of quoted words: which are in a text, however they look, and which are not."""

import pytest

from summarizer import languages
from summarizer.ground.locate import locate
from tests.support.examples import Record, cases, lacking


class Quoted(Record):
    """Words that are in a text, and the passages that they are."""

    text: str
    quoted: str
    passages: tuple[str, ...]
    why: str = ""


class Examples(Record):
    """`locate.toml`: `refused` is text → words that it does not have."""

    refused: dict[str, tuple[str, ...]]
    located: tuple[Quoted, ...]


@pytest.mark.parametrize(("code", "example"), cases("locate", Examples, "refused"))
def test_words_numbers_and_negations_are_whole(code: str, example: tuple[str, tuple[str, ...]]) -> None:
    text, altered = example
    assert [quoted for quoted in altered if locate(text, quoted)] == [], languages.name(code)


@pytest.mark.parametrize(("code", "example"), cases("locate", Examples, "located"))
def test_what_only_looks_different_is_the_same(code: str, example: Quoted) -> None:
    found = tuple(span.of(example.text) for span in locate(example.text, example.quoted))
    assert found == example.passages, languages.name(code)


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_quoted_words(code: str) -> None:
    assert lacking(code, "locate", Examples) == []
