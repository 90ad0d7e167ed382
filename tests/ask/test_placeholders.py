import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.ask.placeholders import Masked, mask, plain

LINE = "Exports rose 7.6% to 69.66 billion yuan on 12 October 2023."


def test_each_figure_goes_behind_a_placeholder_and_comes_back_in_the_targets_form():
    masked = mask(LINE, "en", "it")
    assert "7.6" not in masked.text
    assert "69.66" not in masked.text
    answer = "Il " + " e ".join(masked.fills) + "."
    filled = masked.filled(answer)
    assert filled is not None
    assert "69,66 miliardi" in filled
    assert "12 ottobre 2023" in filled


@pytest.mark.parametrize("answer", ["none", "[number 1] [number 1]", "[number 1] [number 2]", "[money 1]"])
def test_a_missing_doubled_or_invented_placeholder_is_no_answer(answer):
    assert Masked("[number 1] ports", {"[number 1]": "8"}).filled(answer) is None


def test_spaces_and_capitals_in_a_placeholder_are_the_models_habit():
    assert Masked("[number 1] ports", {"[number 1]": "8"}).filled("[ Number 1 ] porti") == "8 porti"


def test_a_garbled_figure_stays_as_printed():
    masked = mask("Visitors numbered 515,15 in all.", "en", "zh")
    assert list(masked.fills.values()) == ["515,15"]


def test_a_line_without_figures_has_no_pattern():
    assert plain("No figures here.").pattern is None
    assert mask("No figures here.", "en", "it").pattern is None


def test_the_pattern_takes_each_placeholder_once_in_any_order_and_no_other_digit():
    pattern = re.compile(Masked("[date 1] [money 2]", {"[date 1]": "x", "[money 2]": "y"}).pattern)
    assert pattern.fullmatch("a [date 1] b [money 2] c")
    assert pattern.fullmatch("[money 2] b [date 1]")
    assert not pattern.fullmatch("[money 2] b")
    assert not pattern.fullmatch("[money 2] [date 1] [date 1]")
    assert not pattern.fullmatch("[money 2] [date 1] 5")
    assert not pattern.fullmatch('[money 2] " [date 1]')


def test_digits_that_are_no_figure_may_stay():
    masked = Masked("the G20 and [number 1]", {"[number 1]": "8"})
    assert re.fullmatch(masked.pattern, "il G20 e [number 1]")


@given(st.text(max_size=200), st.sampled_from(["en", "it", "zh"]), st.sampled_from(["en", "it", "zh"]))
def test_filling_an_unchanged_line_never_fails(text, source, target):
    masked = mask(text, source, target)
    if not any(placeholder in text for placeholder in masked.fills):
        printed = re.findall(r"(?i)\[\s*(?:number|percent|money|date)\s*\d+\s*\]", text)
        assert printed or masked.filled(masked.text) is not None


def test_small_numbers_in_words_stay_in_the_sentence():
    masked = mask("The first two cities met on Friday and paid ninety-three euros.", "en", "it")
    assert "first two" in masked.text
    assert "Friday" not in masked.text
    assert "ninety-three" not in masked.text


@pytest.mark.parametrize(
    "text",
    ["A third of them left.", "The 45th fair opened.", "It opens on 13 and 17 October.", "At six in the morning."],
)
def test_only_what_the_program_prints_as_a_person_would_goes_behind_a_placeholder(text):
    assert all(form[0].isdigit() and "," not in form for form in mask(text, "en", "it").fills.values())


def test_each_placeholder_knows_what_it_stands_for():
    masked = mask("It cost 3.2 billion euros.", "en", "it")
    assert masked.printed == {"[money 1]": "3.2 billion euros"}
    assert masked.fills == {"[money 1]": "3,2 miliardi di euro"}


def test_what_is_garbled_goes_behind_a_placeholder_as_printed():
    masked = mask("Agreements of <> billion yuan were signed by 8,<> buyers.", "en", "it")
    assert list(masked.fills.values()) == ["<> billion yuan", "8,<>"]
