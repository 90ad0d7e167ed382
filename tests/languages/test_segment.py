"""Examples of sentences: where they end, and what does not end them."""

import pytest

from summarizer import languages
from summarizer.article import segment
from tests.support.examples import Record, cases, lacking, read


class Examples(Record):
    """`segment.toml`: `next` follows each sentence of `whole`; `split` is text → its sentences."""

    next: str
    whole: tuple[str, ...]
    split: dict[str, tuple[str, ...]]


def sentences(text: str, code: str) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in segment.split(text, code))


@pytest.mark.parametrize(("code", "sentence"), cases("segment", Examples, "whole"))
def test_a_sentence_stays_whole(code: str, sentence: str) -> None:
    after = read(code, "segment", Examples).next
    assert sentences(f"{sentence}{languages.get(code).joint}{after}", code) == (sentence, after)


@pytest.mark.parametrize(("code", "example"), cases("segment", Examples, "split"))
def test_sentences_end(code: str, example: tuple[str, tuple[str, ...]]) -> None:
    text, expected = example
    assert sentences(text, code) == expected


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_sentences(code: str) -> None:
    assert lacking(code, "segment", Examples) == []
