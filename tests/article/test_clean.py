"""What no reader sees is taken out and counted; everything else stays."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.clean import clean

INVISIBLE = [
    "\u200b",
    "\u202e",
    "\ufeff",
    "\u00ad",
    "\x07",
    "\ud800",
    "\u2028",
    "\r\n",
    "\r",
    "\t",
    "\U000e0041",
    "e\u0301",
]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from([*INVISIBLE, "a", " ", "\n", "字"])).map("".join)))
def test_clean_text_obeys_its_promises(raw: str) -> None:
    text = clean(raw).text
    assert unicodedata.is_normalized("NFC", text)
    assert not {unicodedata.category(char) for char in text if char != "\n"} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(text) & set("\u200b\u200e\u202e\u2066\ufeff\u00ad\u2060")
    assert "\n\n\n" not in text
    assert all(line == line.strip() for line in text.split("\n"))
    text.encode()


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw)
    twice = clean(once.text)
    assert twice.text == once.text
    assert not twice.removed


def test_what_was_removed_is_counted_by_kind() -> None:
    cleaned = clean("a\x00b\x07c\u202ed\u200be\ud800f\u00adg")
    assert cleaned.text == "abcdefg"
    assert cleaned.removed == {"control": 2, "surrogate": 1, "bidirectional": 1, "zero-width": 1, "soft hyphen": 1}


def test_line_ends_and_spaces_get_one_form_without_a_finding() -> None:
    cleaned = clean("\ufeffUno\r\ndue\rtre\u2028quattro\t5  \n\n\n\n　　sei\n")
    assert cleaned.text == "Uno\ndue\ntre\nquattro 5\n\nsei"
    assert not cleaned.removed


def test_text_is_composed() -> None:
    assert clean("perche\u0301").text == "perché"


def test_replacement_characters_stay_and_are_counted() -> None:
    cleaned = clean("citt\ufffd e citt\ufffd")
    assert cleaned.text == "citt\ufffd e citt\ufffd"
    assert cleaned.undecoded == 2


def test_no_break_spaces_and_figures_stay() -> None:
    assert clean("3\u00a0500 €, 8,<>").text == "3\u00a0500 €, 8,<>"


def test_a_tower_of_marks_is_cut_down() -> None:
    cleaned = clean("a" + "\u0315\u0300" * 50_000 + "b")
    assert len(cleaned.text) <= 33
    assert cleaned.removed == {"combining marks beyond 30 in a row": 99_970}
