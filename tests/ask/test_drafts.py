"""Translations as they come back: lines by language and number, and what of an answer is not lost for a slip."""

import json

import pytest
from pydantic import ValidationError

from summarizer.ask.drafts import translation
from tests.providers.protocol import blocks, line

TWO = translation(["it"], 2)
DEFENDED = translation(["it"], 2, defended=True)


def read(draft, value, target="it"):
    """Return number → text and reason of an answer."""
    lines = draft.model_validate_json(json.dumps(value, ensure_ascii=False)).lines(target)
    return {number: (line.text, line.reason) for number, line in lines.items()}


def test_lines_are_read_by_language_and_number_whatever_their_order():
    draft = translation(["it", "zh"], 2)
    answer = {"zh": {"2": "二", "1": "一"}, "it": {"2": "due", "1": "uno"}}
    assert read(draft, answer, "it") == {1: ("uno", ""), 2: ("due", "")}
    assert read(draft, answer, "zh") == {1: ("一", ""), 2: ("二", "")}


@pytest.mark.parametrize("draft", [TWO, DEFENDED], ids=["first", "defended"])
@pytest.mark.parametrize("second", [{}, {"2": None}, {"2": ""}], ids=["left out", "null", "empty"])
def test_a_line_that_is_missing_is_empty_and_the_others_keep_their_numbers(draft, second):
    assert read(draft, {"it": {"1": "uno", **second}}) == {1: ("uno", ""), 2: ("", "")}
    assert read(draft, {"it": {"2": "due"}}) == {1: ("", ""), 2: ("due", "")}


@pytest.mark.parametrize("number", ["3", "0", "02", "due", ""])
def test_a_line_that_nobody_asked_for_is_let_go_of(number):
    assert read(TWO, {"it": {"1": "uno", "2": "due", number: "tre"}}) == {1: ("uno", ""), 2: ("due", "")}


def test_a_line_as_long_as_it_may_be_is_no_reason_to_lose_the_others():
    endless = "parola " * 400
    assert read(TWO, {"it": {"1": endless, "2": "due"}}) == {1: (endless, ""), 2: ("due", "")}


def test_a_defended_line_comes_with_its_reason():
    told = {"text": "uno", "reason": "it is the number"}
    assert read(DEFENDED, {"it": {"1": told, "2": {"text": "due", "reason": ""}}}) == {
        1: ("uno", "it is the number"),
        2: ("due", ""),
    }


@pytest.mark.parametrize("lean", ["due", {"text": "due"}, {"text": "due", "reason": None}])
def test_a_line_alone_is_one_that_was_changed(lean):
    told = {"text": "uno", "reason": "it is the number"}
    assert read(DEFENDED, {"it": {"1": told, "2": lean}}) == {1: ("uno", "it is the number"), 2: ("due", "")}


@pytest.mark.parametrize("empty", [{}, {"text": None}, {"reason": "none came to mind"}, {"text": "", "reason": ""}])
def test_a_defended_line_without_a_text_is_empty(empty):
    assert read(DEFENDED, {"it": {"1": "uno", "2": empty}})[2][0] == ""


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"it": {"1": "uno", "2": "due"}},
        {"it": {"1": "uno", "2": "due"}, "zh": None},
        {"it": {"1": "uno", "2": "due"}, "zh": ["一", "二"]},
        {"it": {"1": "uno", "2": "due"}, "zh": {"1": "一", "2": "二"}, "en": {"1": "one", "2": "two"}},
        {"it": {"1": "uno", "2": {"text": "due"}}, "zh": {"1": "一", "2": "二"}},
        {"it": {"1": "uno", "2": 2}, "zh": {"1": "一", "2": "二"}},
    ],
    ids=["nothing", "no zh", "null", "a list", "another language", "a text for a line", "a number for a line"],
)
def test_a_language_that_is_missing_or_odd_is_a_misfit(value):
    with pytest.raises(ValidationError):
        translation(["it", "zh"], 2).model_validate_json(json.dumps(value))


@pytest.mark.parametrize("extra", [{"more": 1}, {"text": 7}])
def test_an_odd_defended_line_is_a_misfit(extra):
    told = {"text": "uno", "reason": "", **extra}
    with pytest.raises(ValidationError):
        DEFENDED.model_validate_json(json.dumps({"it": {"1": told, "2": "due"}}))


def test_every_line_is_asked_for_by_its_number_in_every_language():
    schema = translation(["it", "zh"], 3).model_json_schema()
    assert list(blocks(schema)) == schema["required"] == ["it", "zh"]
    for block in blocks(schema).values():
        assert list(block["properties"]) == block["required"] == ["1", "2", "3"]
        assert block["additionalProperties"] is False


def test_a_bound_holds_for_its_own_line_and_in_every_language():
    schema = translation(["it", "zh"], 3, [(1, "pattern", "^a$"), (3, "maxLength", 9)]).model_json_schema()
    for target in ("it", "zh"):
        one, two, three = (line(schema, target, number) for number in "123")
        assert one["pattern"] == "^a$"
        assert "maxLength" not in one
        assert "pattern" not in two
        assert two["maxLength"] > 100
        assert three["maxLength"] == 9
        assert "pattern" not in three


def test_what_bounds_a_line_is_sent_and_not_held_to():
    bounded = translation(["it"], 2, [(1, "pattern", "^a$"), (2, "maxLength", 2)])
    assert read(bounded, {"it": {"1": "uno", "2": "due"}}) == {1: ("uno", ""), 2: ("due", "")}


def test_bounds_make_drafts_of_their_own():
    one, other = (translation(["it"], 1, [(1, "maxLength", most)]).model_json_schema() for most in (9, 99))
    assert [line(schema, "it", "1")["maxLength"] for schema in (one, other)] == [9, 99]
    assert translation(["it"], 1, [(1, "maxLength", 9)]) is translation(("it",), 1, ((1, "maxLength", 9),))
