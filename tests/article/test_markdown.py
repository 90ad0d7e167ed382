"""Markdown → the text a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import article
from summarizer.article.markdown import looks_like, plain


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("A **bold** and *slanted* and __strong__ _word_.", "A bold and slanted and strong word."),
        ("A [link](https://example.org/a_(b)) and [other][1].", "A link and other."),
        ("![picture](a.png)Text", "Text"),
        ("`code` and ~~gone~~", "code and "),
        ("2 * 3 * 4 and snake_case_name and 8,<>", "2 * 3 * 4 and snake_case_name and 8,<>"),
        ("\\*not slanted\\* &amp; more", "*not slanted* & more"),
        ("> quoted\n> text", "“quoted\ntext”"),
        ("- one\n* two\n+ three", "one\ntwo\nthree"),
        ("First<br>second", "First\nsecond"),
        ("A <b>tag</b> and <https://example.org>", "A tag and https://example.org"),
        ("Note[^1]", "Note"),
        ("Up <!-- hidden --> down", "Up  down"),
        ("增长**3.5%**，见[报告](a)。", "增长3.5%，见报告。"),
    ],
)
def test_markup_goes_and_words_stay(marked: str, text: str) -> None:
    assert plain(marked).text == text


def test_blocks() -> None:
    marked = "# Title #\nText.\n\nHead\n====\n\n***\n\n```py\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[1]: https://x.y\n"
    lines = [line.strip() for line in plain(marked).text.split("\n") if line.strip()]
    assert lines == ["Title", "Text.", "Head", "code", "a | b", "1 | 2"]


def test_front_matter_is_metadata() -> None:
    data = b'---\ntitle: "La fiera"\ndate: 2025-09-14T08:00\noutlet: Il Giornale\nauthor: Anna Verdi\nurl: https://example.org/fiera\n---\n# La fiera\n\nLa fiera si apre.\n'
    found = article.load_bytes(data, "a.md")
    assert (found.title, found.published, found.outlet) == ("La fiera", "2025-09-14", "Il Giornale")
    assert (found.author, found.url) == ("Anna Verdi", "https://example.org/fiera")
    assert found.text == "La fiera\n\nLa fiera si apre."


@pytest.mark.parametrize(
    ("text", "verdict"), [("# Title\n", True), ("---\ntitle: x\n---\n", True), ("#tag x", False), ("Text", False)]
)
def test_markdown_of_unknown_name_is_known_by_its_beginning(text: str, verdict: bool) -> None:
    assert looks_like(text) is verdict


@given(st.text(alphabet="*_[]()`#>-|~!<>\\ \nab1", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(plain(text).text, str)
