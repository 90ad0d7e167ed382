import asyncio
import time
from contextlib import aclosing

import pytest
from pydantic import SecretStr

from summarizer.errors import ConfigurationError, ModelRejectedError, ModelUnavailableError
from summarizer.llm import Endpoint, Limits
from summarizer.llm.batches import Batches
from tests.support.batches import serving_batches
from tests.support.endpoint import failure, serving
from tests.support.model import extractive


def asked(base_url, what, key=None):
    async def go():
        async with aclosing(Batches(Endpoint(base_url, "m", key), Limits())) as batches:
            return await what(batches)

    return asyncio.run(go())


def test_a_batch_is_found_by_its_tag_among_many_and_not_further_back_than_it_can_be():
    async def many(batches):
        for n in range(230):
            await batches.begin(f"t{n}", await batches.upload(f"t{n}", b"{}\n"), lambda: None)
        now = time.time()
        return (
            await batches.find(["t3", "t229", "never"], now - 60),
            await batches.find(["t3"], now + 60),
            await batches.find([], now - 60),
        )

    with serving_batches(extractive) as server:
        found, late, none = asked(server.base_url, many)
    assert {tag: remote.id for tag, remote in found.items()} == {"t3": "batch_3", "t229": "batch_229"}
    assert (late, none) == ({}, {})


@pytest.mark.parametrize(
    ("status", "error"), [(404, ConfigurationError), (401, ModelRejectedError), (503, ModelUnavailableError)]
)
def test_what_the_endpoint_refuses_is_our_error_and_holds_no_key(status, error):
    key = SecretStr("sk-a-secret-of-some-length")
    with (
        serving(lambda _: failure(status, "no, sk-a-secret-of-some-length", {"Retry-After": "0.01"})) as endpoint,
        pytest.raises(error) as raised,
    ):
        asked(endpoint.base_url, lambda batches: batches.get("batch_0"), key)
    assert "secret" not in str(raised.value)
