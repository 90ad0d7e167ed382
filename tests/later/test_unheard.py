import asyncio

import pytest

from summarizer.batch.events import Finished
from summarizer.batch.inputs import Input
from summarizer.cli.later import steps
from summarizer.errors import ModelError
from summarizer.later.ledger import Ledger
from summarizer.later.values import Sizes
from summarizer.later.work import opened
from tests.cli.test_app import articles, run
from tests.later import test_rounds
from tests.support.batches import serving_batches
from tests.support.model import extractive

__all__ = ["articles", "run"]


@pytest.fixture
def server():
    with serving_batches(extractive) as serving:
        yield serving


def unheard(server, status=502, begun=True):
    """Have the answer to the next batch get lost on its way, whether it was begun or not."""
    answer = server.answer

    def lost(method, path, body):
        if (method, path.partition("/v1")[2]) != ("POST", "/batches"):
            return answer(method, path, body)
        server.answer = answer
        if begun:
            answer(method, path, body)
        return server._error(status, "the answer is not told")

    server.answer = lost


def step(path, server, given=(), settle_s=900.0):
    async def taken():
        async with opened(test_rounds.settings(server), (), path, settle_s=settle_s) as work:
            list(work.take_in(map(Input.of, given), {}))
            return [event async for event in work.step(Sizes()) if isinstance(event, Finished)]

    return asyncio.run(taken())


def submitted(path, server, status=502, *, begun=True):
    unheard(server, status, begun)
    with pytest.raises(ModelError):
        step(path, server, test_rounds.articles(2))


def test_a_batch_that_nobody_heard_of_is_found_however_late_it_is_listed_and_never_sent_twice(tmp_path, server):
    path = tmp_path / "s.sqlite"
    submitted(path, server)
    server.unlisted = 3
    ended = [step(path, server) for _ in range(8)]
    assert sorted(each.name for each in ended[-1]) == ["0.txt", "1.txt"]
    assert set(server.paid.values()) == {1}


def test_a_batch_that_was_never_begun_is_sent_again_when_it_is_not_listed_for_long_enough(tmp_path, server):
    path = tmp_path / "s.sqlite"
    submitted(path, server, begun=False)
    step(path, server)
    assert server.begun == []
    step(path, server, settle_s=0.0)
    assert len(server.begun) == 1


def test_a_batch_that_the_endpoint_refused_is_sent_again_at_once(tmp_path, server):
    path = tmp_path / "s.sqlite"
    submitted(path, server, 400, begun=False)
    step(path, server)
    assert len(server.begun) == 1


def test_what_goes_on_without_the_lost_batch_is_not_held_up_by_it(tmp_path, server):
    path = tmp_path / "s.sqlite"
    submitted(path, server)
    server.unlisted = 1_000
    step(
        path,
        server,
        [test_rounds.from_text("The ferry sank off Bari. No one was hurt.", source="new", language="en")],
    )
    ended = [step(path, server) for _ in range(4)]
    assert [each.name for each in ended[-1]] == ["new"]
    with Ledger(path) as ledger:
        assert [each.is_unheard for each in ledger.batches()].count(True) == 1


def test_the_user_is_told_of_it(tmp_path, server, run, articles, monkeypatch):
    monkeypatch.setattr(steps, "_LOOK_S", 0.0)
    unheard(server)
    store = tmp_path / "s.sqlite"
    words = ("--store", store, "--base-url", server.base_url, "--model", "m")
    assert run("batch", "submit", articles, *words)[0] == 3
    server.unlisted = 2
    _, shown, _ = run("batch", "status", store)
    assert "begun or not, nobody heard; looked for at the endpoint until" in shown
    code, _, err = run("batch", "collect", store, "--out", tmp_path / "out")
    assert (code, "begun or not, nobody heard" in err) == (0, True)
    code, _, err = run("batch", "collect", store, "--out", tmp_path / "out", "--wait")
    assert (code, "2 done, 0 failed, 0 waiting" in err) == (0, True)
    assert set(server.paid.values()) == {1}
