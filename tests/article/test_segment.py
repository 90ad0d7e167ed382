"""Sentences: offsets are exact, and the grammar of three languages decides where they end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import segment
from summarizer.errors import ConfigurationError

PIECES = [
    "Il",
    "The",
    "他说",
    "a",
    "B",
    "12",
    ".",
    "...",
    "。",
    "！",
    "?",
    "”",
    "“",
    '"',
    "»",
    "«",
    "(",
    ")",
    "（",
    "）",
]
PIECES += [
    " ",
    "  ",
    "\n",
    "\n\n",
    "\u00a0",
    "U.S",
    "n",
    "Sept",
    "dott",
    "[1]",
    "…",
    ",",
    "，",
    ":",
    "-",
    "《",
    "》",
    "\u3000",
]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_every_character_is_in_one_sentence(text: str) -> None:
    for language in ("en", "it", "zh"):
        at = 0
        for sentence in segment.split(text, language):
            assert text[sentence.start : sentence.end] == sentence.text
            assert sentence.text
            assert sentence.text == sentence.text.strip()
            assert not text[at : sentence.start].strip()
            at = sentence.end
        assert not text[at:].strip()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_blank_line_always_parts(text: str) -> None:
    both = f"{text}\n\nIl resto"
    assert [s for s in segment.split(both, "it") if "Il resto" in s.text][-1].text == "Il resto"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        segment.split("Text.", "xx")
