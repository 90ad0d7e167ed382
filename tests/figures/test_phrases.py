"""Phrases found at a place, before it and anywhere: the same as a search for each of them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from summarizer.figures.phrases import Phrases

MEANINGS = {"a": 1, "ab": 2, "per cent": 3, "€": 4, "元": 5, "人民币": 6, "yuan": 7, "yuans": 7, "b*": 8}
PHRASES = Phrases.of(MEANINGS)
LETTER = "[a-zà-öø-ÿ]"
WORDS = [
    "a",
    "ab",
    "per cent",
    "per  cent",
    "percent",
    "€",
    "元",
    "人民币",
    "yuan",
    "yuans",
    "b",
    "bee",
    "x",
    " ",
    "7",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)


def found(text: str, start: int) -> str | None:
    """The longest phrase at a place, looked for one by one."""
    rules = {
        word: re.escape(word).replace(r"\ ", r"\s*")
        for word in ("a", "ab", "per cent", "yuan", "yuans", "€", "元", "人民币")
    }
    patterns = [
        *(
            f"{rule}(?!{LETTER})" if word[-1].isascii() and word[-1].isalpha() else rule
            for word, rule in rules.items()
        ),
        f"b{LETTER}*",
    ]
    matches = [m[0] for p in patterns if (m := re.compile(p).match(text, start))]
    return max(matches, key=len, default=None)


@given(TEXTS)
def test_a_phrase_at_a_place_is_the_longest_there(text: str) -> None:
    for start in range(len(text) + 1):
        expected = found(text, start)
        at = PHRASES.at(text, start)
        assert (at[0] if at else None) == (start + len(expected) if expected else None)


@given(TEXTS)
def test_phrases_anywhere_begin_words_and_do_not_overlap(text: str) -> None:
    expected, place = [], 0
    while place < len(text):
        inside = place and re.match(LETTER, text[place - 1]) and re.match(LETTER, text[place])
        word = None if inside else found(text, place)
        if word:
            expected.append((place, place + len(word)))
        place += len(word) if word else 1
    assert [(start, end) for start, end, _ in PHRASES.all(text)] == expected


def test_a_phrase_that_ends_at_a_place_is_found_backwards() -> None:
    assert PHRASES.ending("in yuan 7", 8) == (3, 7)
    assert PHRASES.ending("in yuan7", 7) == (3, 7)
    assert PHRASES.ending("5 per  cent 7", 12) == (2, 3)
    assert PHRASES.ending("xyuan 7", 6) is None
    assert PHRASES.ending("yuan x 7", 7) is None
    assert PHRASES.ending("人民币7", 3) == (0, 6)
    assert PHRASES.ending("yuan" + " " * 40 + "7", 44) is None
    assert PHRASES.ending("", 0) is None


def test_no_phrases_match_nothing() -> None:
    nothing: Phrases[int] = Phrases.of({})
    assert nothing.at("yuan", 0) is None
    assert nothing.ending("yuan", 4) is None
    assert list(nothing.all("yuan")) == []
