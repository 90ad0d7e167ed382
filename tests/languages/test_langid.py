"""Examples of language: of which one a text is, and whether a line is where it should be."""

import pytest

from summarizer import languages
from summarizer.article import langid
from tests.support.examples import Record, cases, lacking


class Examples(Record):
    """`langid.toml`: texts and scraps of the language, lines that may stand in its text and lines that may not."""

    texts: tuple[str, ...]
    scraps: tuple[str, ...]
    own: tuple[str, ...]
    foreign: tuple[str, ...]


@pytest.mark.parametrize(("code", "text"), cases("langid", Examples, "texts"))
def test_a_text_is_identified(code: str, text: str) -> None:
    found, confidence = langid.identify(text)
    assert found == code
    assert 0.5 <= confidence <= 1


@pytest.mark.parametrize(("code", "text"), cases("langid", Examples, "scraps"))
def test_the_closest_language_is_found(code: str, text: str) -> None:
    assert langid.closest(text) == code


@pytest.mark.parametrize(("code", "line"), cases("langid", Examples, "own"))
def test_a_line_is_in_its_language(code: str, line: str) -> None:
    assert langid.is_in(line, code)


@pytest.mark.parametrize(("code", "line"), cases("langid", Examples, "foreign"))
def test_a_foreign_line_is_not(code: str, line: str) -> None:
    assert not langid.is_in(line, code)


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_its_lines(code: str) -> None:
    assert lacking(code, "langid", Examples) == []
