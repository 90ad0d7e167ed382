"""Examples of a page's lines: which are no part of an article, and who wrote it."""

import pytest

from summarizer import article, languages
from summarizer.article import around
from tests.support.examples import Record, cases, lacking
from tests.support.examples import read as examples

PROSE = "<p>La nave arriva domani, ha detto il presidente del porto ai giornalisti.</p>"


class Examples(Record):
    """`page.toml`: lines that stand around an article, in the place of its end, and in it; authors' names."""

    around: tuple[str, ...]
    walls: tuple[str, ...]
    own: tuple[str, ...]
    signed: dict[str, str]


def read(code: str, line: str) -> article.Article:
    html = f"<!doctype html><html><body><article>{PROSE * 3}<p>{line}</p></article></body></html>"
    return article.load_text(html, "a.html", language=code)


@pytest.mark.parametrize(("code", "line"), cases("page", Examples, "around"))
def test_what_stands_around_an_article_is_no_part_of_it(code: str, line: str) -> None:
    found = read(code, line)
    assert line not in found.text
    assert "article.truncated" not in [each.code for each in found.findings]


@pytest.mark.parametrize(("code", "line"), cases("page", Examples, "walls"))
def test_what_asks_for_a_subscription_is_left_out_and_said(code: str, line: str) -> None:
    found = read(code, line)
    assert line not in found.text
    (told,) = (each.message for each in found.findings if each.code == "article.truncated")
    assert line[:20] in told


@pytest.mark.parametrize(("code", "line"), cases("page", Examples, "own"))
def test_a_line_of_an_article_stays(code: str, line: str) -> None:
    found = read(code, line)
    assert found.text.endswith(line)
    assert "article.truncated" not in [each.code for each in found.findings]


@pytest.mark.parametrize("code", languages.available())
def test_an_author_is_named_without_the_word_before(code: str) -> None:
    for written, name in examples(code, "page", Examples).signed.items():
        assert around.unsigned(written) == name


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_pages(code: str) -> None:
    assert lacking(code, "page", Examples) == []
