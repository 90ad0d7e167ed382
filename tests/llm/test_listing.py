import json

import pytest
from pydantic import SecretStr

from summarizer import errors
from summarizer.llm import Endpoint, Limits
from summarizer.llm.client import Client
from summarizer.llm.listing import Listing
from tests.support.endpoint import Reply, failure, in_turn, serving


def read(document: object) -> Listing:
    return Listing.read(json.dumps(document).encode())


def one(**fields: object):
    return read({"data": [{"id": "m", **fields}]}).find("m")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[" * 10**5,
        b"null",
        b"7",
        b'{"data": {}}',
        b'{"data": [null, 3, {"id": 3}, {}]}',
    ],
)
def test_what_is_no_list_of_models_is_an_empty_one(body):
    assert Listing.read(body) == Listing()


@pytest.mark.parametrize(
    "document",
    [{"data": [{"id": "m"}]}, {"models": [{"name": "m"}]}, [{"id": "m"}], {"data": None, "models": [{"id": "m"}]}],
)
def test_a_list_is_read_wherever_it_stands(document):
    assert list(read(document).models) == ["m"]


@pytest.mark.parametrize(
    ("fields", "window"),
    [
        ({"context_length": 202_752}, 202_752),
        ({"max_model_len": 40_960}, 40_960),
        ({"max_context_length": 131_072, "loaded_context_length": 4_096}, 4_096),
        ({"meta": {"n_ctx": 8_192, "n_ctx_train": 40_960}}, 8_192),
        ({"context_length": "202752"}, None),
        ({"context_length": True, "max_model_len": -1}, None),
        ({"context_length": 10**30}, None),
        ({"meta": [1]}, None),
        ({}, None),
    ],
)
def test_the_smallest_window_that_is_told_counts(fields, window):
    assert one(**fields).context_tokens == window


@pytest.mark.parametrize(
    ("price", "usd"),
    [
        ("0.0000025", 2.5),
        (0.0000025, 2.5),
        ("0", 0.0),
        *[(bad, None) for bad in ("-1", "nan", "inf", "dear", None, True, False, [], 10**400, 3)],
    ],
)
def test_a_price_for_one_token_is_told_for_a_million(price, usd):
    model = one(pricing={"prompt": price, "completion": "0.00001"})
    assert (model.input_usd_per_million, model.output_usd_per_million) == (usd, 10.0)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [("m", "m"), ("models/gemini-2.5-flash", "gemini-2.5-flash"), ("llama3:latest", "llama3"), ("a/b/c", "c")],
)
def test_a_model_is_found_by_the_name_that_the_endpoint_takes(listed, asked):
    assert read([{"id": listed}]).find(asked).name == listed
    assert read([{"id": listed}]).find("another") is None


def test_the_nearest_names_come_first_and_any_three_where_none_is_near():
    listing = read([{"id": name} for name in ("GPT-4.1", "gpt-4.1-mini", "whisper-1", "o3")])
    assert listing.near("gpt-4.1-mni")[0] == "gpt-4.1-mini"
    assert "GPT-4.1" in listing.near("gpt-4.1")
    assert listing.near("qqqqqqqq") == ("GPT-4.1", "gpt-4.1-mini", "whisper-1")
    assert Listing().near("m") == ()


def test_a_name_that_would_move_the_cursor_is_cleaned():
    (name,) = read([{"id": "m\x1b[31m\n" + "x" * 500}]).models
    assert name.isprintable()
    assert len(name) == 200


async def listed(endpoint_url: str, limits: Limits | None = None) -> Listing:
    client = Client(Endpoint(endpoint_url, "m", SecretStr("key-0123456789")), limits or Limits())
    try:
        return await client.listing()
    finally:
        await client.aclose()


@pytest.mark.parametrize(
    "reply", [failure(401), failure(403), failure(404), failure(503), Reply(307), Reply(body=b"<p>")]
)
async def test_an_endpoint_that_will_not_list_its_models_is_not_judged_by_that(reply):
    with serving(in_turn(reply)) as endpoint:
        assert await listed(endpoint.base_url) == Listing()
    (request,) = endpoint.requests
    assert (request.method, request.route) == ("GET", "/v1/models")
    assert request.header("authorization") == "Bearer key-0123456789"


async def test_a_list_beyond_all_bounds_is_none():
    with serving(in_turn(Reply(body=b"x" * 3_000))) as endpoint:
        assert await listed(endpoint.base_url, Limits(max_body_bytes=2_000)) == Listing()


async def test_nobody_there_is_an_error():
    with pytest.raises(errors.ModelUnavailableError, match="no connection"):
        await listed("http://127.0.0.1:9/v1")
    with serving(lambda _: Reply(hang_s=2)) as endpoint, pytest.raises(errors.ModelUnavailableError, match="in time"):
        await listed(endpoint.base_url, Limits(timeout_s=0.3))
