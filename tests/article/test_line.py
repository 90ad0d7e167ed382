"""One clean line: no blank at its ends, no two in a row, no character that is not shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.line import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Trade\n grew\t", "Trade grew"),
        ("\u200b Trade \u200b grew \u202e", "Trade grew"),
        ("\ufeff\u00a0上海", "上海"),
        ("\x1b[2J", "[2J"),
        ("\u200b", ""),
        ("cafe\u0301", "café"),
    ],
)
def test_blanks_are_one_and_what_is_not_shown_is_gone(text, line):
    assert one_line(text) == line


@given(st.text())
def test_a_line_is_settled_once(text):
    line = one_line(text)
    assert line == one_line(line) == line.strip()
    assert "  " not in line
    assert unicodedata.is_normalized("NFC", line)
