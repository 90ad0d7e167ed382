import json

import pytest

from summarizer.later.lines import Told, request, told


def line(**fields):
    return json.dumps({"id": "r", "custom_id": "a", "response": None, "error": None, **fields}).encode()


def test_a_request_is_one_line_and_holds_its_body():
    written = request("a", {"model": "m", "messages": [{"role": "user", "content": "uno\ndue\u2028tre 四"}]})
    assert written.count("\n") == 1
    read = json.loads(written)
    assert (read["custom_id"], read["method"], read["url"]) == ("a", "POST", "/v1/chat/completions")
    assert read["body"]["messages"][0]["content"] == "uno\ndue\u2028tre 四"


@pytest.mark.parametrize(
    ("fields", "status", "last"),
    [
        ({"response": {"status_code": 200, "body": {"x": 1}}}, 200, True),
        ({"response": {"status_code": 400, "body": {"error": {}}}}, 400, True),
        ({"response": {"status_code": 429, "body": {"error": {}}}}, 429, False),
        ({"response": {"status_code": 503, "body": None}}, 503, False),
        ({"error": {"code": "batch_expired", "message": "too late"}}, 0, False),
        ({"response": {"status_code": "200", "body": {}}}, 0, False),
        ({"response": {"body": {}}}, 0, False),
        ({}, 0, False),
        ({"error": "no"}, 0, False),
    ],
)
def test_a_line_says_what_became_of_a_request(fields, status, last):
    (found,) = told(line(**fields))
    assert (found.id, found.status, found.is_last_word) == ("a", status, last)
    assert found.said


def test_why_a_request_was_not_carried_out_is_said_in_the_endpoints_words():
    (found,) = told(line(error={"code": "batch_expired", "message": "too late"}))
    assert found == Told("a", 0, "batch_expired: too late")


def test_lines_that_cannot_be_read_say_nothing():
    file = b"\n".join([b"", b"{", b"\xff\xfe", b"[1]", b'{"custom_id": 7}', line(), b"null", b"[" * 100_000])
    assert [found.id for found in told(file)] == ["a"]


def test_half_a_character_is_told_as_a_store_can_hold_it():
    half = "\ud83d"
    (answered,) = told(line(custom_id=half, response={"status_code": 200, "body": {"x": half}}))
    (failed,) = told(line(custom_id=half, error=half))
    assert answered == Told("?", 200, '{"x": "?"}')
    assert failed == Told("?", 0, "?")
