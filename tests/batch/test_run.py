import asyncio
import threading
import time
from collections import Counter
from contextlib import aclosing

import pytest

from summarizer import Summarizer
from summarizer.article import from_text
from summarizer.batch.events import Asked, Ended, Failed, Finished, Started, Waiting
from summarizer.batch.inputs import Input
from summarizer.batch.money import Budget
from summarizer.batch.run import Options
from summarizer.batch.store import Store
from summarizer.config import Settings
from summarizer.errors import ArticleError, BudgetError, ConfigurationError, GroundingError, ModelError, StoreError
from summarizer.llm import Limits
from tests.support.endpoint import failure, in_turn, serving
from tests.support.model import extractive

TEXT = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."


def articles(count):
    return [
        from_text(f"{TEXT} Ship number {n} called there.", source=f"{n}.txt", language="en") for n in range(count)
    ]


def events(endpoint, given, store=None, to=("it",), options=None, **settings):
    """Run to the end; return every event."""

    async def all_of_them():
        wanted = Settings(base_url=endpoint.base_url, model="m", **settings)
        async with Summarizer(wanted) as summarizer:
            return [event async for event in summarizer.run(given, to, store, options)]

    return asyncio.run(all_of_them())


def kinds(seen):
    return Counter(type(event).__name__ for event in seen)


def translates(request):
    return "translate" in request.prompt.partition("Task:")[2][:20]


def test_every_article_is_told_begun_asked_and_finished_and_the_counts_add_up():
    with serving(extractive) as endpoint:
        seen = events(endpoint, articles(6), options=Options(total=6))
    told = kinds(seen)
    assert (told["Started"], told["Finished"], told["Failed"], told["Ended"]) == (6, 6, 0, 1)
    assert told["Asked"] == len(endpoint.requests)
    end = seen[-1]
    assert isinstance(end, Ended)
    assert (end.why, end.counts.total, end.counts.done, end.counts.under_way, end.counts.left) == (None, 6, 6, 0, 0)
    assert end.counts.cost.requests == len(endpoint.requests)
    assert sum(e.cost.requests for e in seen if isinstance(e, Finished)) == len(endpoint.requests)
    assert [e.number for e in seen if isinstance(e, Started)] == list(range(6))


def test_articles_are_under_way_at_once_and_no_more_than_allowed():
    lock, now, most = threading.Lock(), [0], [0]

    def script(request):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1
        return extractive(request)

    with serving(script) as endpoint:
        seen = events(endpoint, articles(12), concurrency=4)
    assert 2 <= most[0] <= 4
    assert max(e.counts.under_way for e in seen) == 4


def test_inputs_are_taken_only_as_there_is_room():
    taken = []

    def endless():
        for number, article in enumerate(articles(10) * 10**3):
            taken.append(number)
            yield article

    async def first(endpoint):
        settings = Settings(base_url=endpoint.base_url, model="m", concurrency=2)
        async with Summarizer(settings) as summarizer, aclosing(summarizer.run(endless(), ["it"])) as run:
            async for event in run:
                if isinstance(event, Finished):
                    await asyncio.sleep(0.5)  # a caller that is slow
                    return

    with serving(extractive) as endpoint:
        asyncio.run(first(endpoint))
    assert len(taken) <= 2 * 4 + 2


def test_a_second_run_asks_for_nothing_and_one_that_is_forced_for_all(tmp_path):
    with serving(extractive) as endpoint, Store(tmp_path / "s.sqlite") as store:
        first = events(endpoint, articles(3), store)
        asked = len(endpoint.requests)
        again = events(endpoint, articles(3), store)
        assert len(endpoint.requests) == asked
        forced = events(endpoint, articles(3), store, options=Options(force=True))
        assert len(endpoint.requests) == 2 * asked
    made, kept, anew = ({e.name: e for e in seen if isinstance(e, Finished)} for seen in (first, again, forced))
    assert all(e.cached and not e.cost.requests for e in kept.values())
    assert {n: e.digest for n, e in made.items()} == {n: e.digest for n, e in kept.items()}
    assert not any(e.cached for e in anew.values())
    assert again[-1].counts.cached == 3


def test_one_text_in_two_places_is_paid_for_once(tmp_path):
    twins = [from_text(TEXT, source=name, language="en") for name in ("a/x.txt", "b/x.txt")]
    with serving(extractive) as endpoint, Store(tmp_path / "s.sqlite") as store:
        for options in (Options(), Options(force=True)):
            before = len(endpoint.requests)
            seen = [e for e in events(endpoint, twins, store, options=options) if isinstance(e, Finished)]
            assert sorted(e.digest.article.source for e in seen) == ["a/x.txt", "b/x.txt"]
            assert sum(e.cached for e in seen) == 1
            assert len(endpoint.requests) - before == 3


def test_what_was_answered_is_not_asked_again_when_the_rest_failed(tmp_path):
    broken = [True]

    def script(request):
        return failure(400, "not now") if translates(request) and broken[0] else extractive(request)

    with serving(script) as endpoint, Store(tmp_path / "s.sqlite") as store:
        failed = next(e for e in events(endpoint, articles(1), store) if isinstance(e, Failed))
        assert isinstance(failed.error, ModelError)
        assert failed.digest.summary.headline
        assert failed.digest.briefs == ()
        broken[0] = False
        before = len(endpoint.requests)
        done = next(e for e in events(endpoint, articles(1), store) if isinstance(e, Finished))
        new = endpoint.requests[before:]
    assert done.digest.briefs
    assert not done.cached
    assert [translates(r) for r in new].count(True) == 1
    assert len(new) <= 2  # the translation, and the second reading of it
    assert done.cost.requests == len(new)
    assert done.digest.provenance.requests > len(new)  # the digest says what it took in all


def test_a_question_that_was_not_taken_is_tried_once_more_where_others_are_answered(tmp_path):
    """Three bad moments in a row are no reason to leave an article out until somebody looks."""
    failed = Counter()

    def script(request):
        if len(endpoint.requests) > 2 and not translates(request):
            the_one = next(iter(failed), request.prompt)
            if request.prompt == the_one and failed[the_one] < Limits().attempts:
                failed[the_one] += 1
                return failure(500, "a bad moment")
        return extractive(request)

    with serving(script) as endpoint, Store(tmp_path / "s.sqlite") as store:
        seen = events(endpoint, articles(6), store)
    assert list(failed.values()) == [Limits().attempts]
    assert kinds(seen)["Finished"] == 6
    assert kinds(seen)["Failed"] == 0


def test_an_endpoint_that_rejects_the_key_is_not_asked_for_every_article():
    with serving(in_turn(failure(401, "Incorrect API key"))) as endpoint:
        seen = events(endpoint, articles(50), options=Options(total=50), concurrency=16)
    end = seen[-1]
    assert len(endpoint.requests) <= 5
    assert "OPENAI_API_KEY" in str(end.why)
    assert end.counts.failed + end.counts.left == 50
    assert end.counts.left > 0


def test_an_input_that_cannot_be_read_fails_alone(tmp_path):
    def unread():
        raise ArticleError("x.txt: it is empty")

    given = [Input("x.txt", "x", unread), *articles(2)]
    with serving(extractive) as endpoint, Store(tmp_path / "s.sqlite") as store:
        seen = events(endpoint, given, store)
        run = store.runs()[0]
    assert [e.name for e in seen if isinstance(e, Failed)] == ["x.txt"]
    assert (seen[-1].counts.done, seen[-1].counts.failed) == (2, 1)
    assert (run.done, run.failed, run.outcome) == (2, 1, "done")


@pytest.mark.parametrize("most", [30_000, 60_000])
def test_the_call_that_would_exceed_the_budget_is_not_sent(tmp_path, most):
    with serving(extractive) as endpoint, Store(tmp_path / "s.sqlite") as store:
        options = Options(budget=Budget(max_tokens=most), total=400)
        seen = events(endpoint, articles(400), store, options=options, concurrency=8)
        end = seen[-1]
        assert isinstance(end.why, BudgetError)
        assert 0 < end.counts.cost.tokens <= most
        assert end.counts.cost.requests == len(endpoint.requests)
        assert end.counts.done + end.counts.failed + end.counts.left == 400
        more = events(endpoint, articles(5), store, concurrency=8)
    assert more[-1].counts.done == 5
    assert more[-1].counts.cached >= min(5, end.counts.done)


def test_a_bound_in_dollars_needs_a_price_and_is_kept():
    price = {"m": {"input": 10.0, "output": 100.0}}
    with serving(extractive) as endpoint:
        with pytest.raises(ConfigurationError, match=r"prices"):
            events(endpoint, articles(1), options=Options(budget=Budget(max_usd=1)))
        assert endpoint.requests == []
        seen = events(endpoint, articles(300), options=Options(budget=Budget(max_usd=1)), prices=price)
    assert isinstance(seen[-1].why, BudgetError)
    assert 0 < seen[-1].counts.cost.usd <= 1


def test_strict_hands_out_no_digest_with_an_error_and_keeps_it(tmp_path):
    from tests.support.model import changed, lines

    def wrong(value):
        lines(value, "it")[1].put("The port of Trieste handled sixty-two million passengers in that year.")

    given = [from_text(TEXT, source="a.txt", language="en")]
    with serving(changed(wrong, "TranslationDraft")) as endpoint, Store(tmp_path / "s.sqlite") as store:
        seen = events(endpoint, given, store, options=Options(strict=True))
        asked = len(endpoint.requests)
        failed = next(e for e in seen if isinstance(e, Failed))
        assert (type(failed.error), failed.digest) == (GroundingError, None)
        assert any(isinstance(e, Finished) for e in events(endpoint, given, store))
        assert len(endpoint.requests) == asked


def test_ends_come_in_the_order_of_the_inputs_where_that_is_wanted():
    def script(request):
        if "Ship number 0 " in request.prompt:
            time.sleep(0.3)
        return extractive(request)

    with serving(script) as endpoint:
        seen = events(endpoint, articles(8), options=Options(in_order=True), concurrency=8)
    assert [e.number for e in seen if isinstance(e, Finished)] == list(range(8))


def test_a_run_that_is_told_to_stop_finishes_what_is_under_way():
    async def stopped(endpoint):
        stop = asyncio.Event()
        options = Options(stop=stop, total=40)
        seen = []
        async with Summarizer(Settings(base_url=endpoint.base_url, model="m", concurrency=4)) as summarizer:
            async for event in summarizer.run(articles(40), ["it"], options=options):
                seen.append(event)
                if isinstance(event, Asked):
                    stop.set()
        return seen

    with serving(extractive) as endpoint:
        seen = asyncio.run(stopped(endpoint))
    end = seen[-1].counts
    assert 1 <= end.done <= 4
    assert (end.failed, end.under_way, end.done + end.left) == (0, 0, 40)


def test_two_runs_on_one_store_share_the_work(tmp_path):
    path = tmp_path / "s.sqlite"

    def script(request):
        time.sleep(0.02)
        return extractive(request)

    results = {}

    def go(name, endpoint):
        with Store(path) as store:
            results[name] = events(endpoint, articles(8), store)

    with serving(script) as endpoint:
        threads = [threading.Thread(target=go, args=(n, endpoint)) for n in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(seen[-1].counts.done == 8 for seen in results.values())
    assert sum(seen[-1].counts.cached for seen in results.values()) == 8
    assert len(endpoint.requests) == 8 * 3


def test_a_pause_that_was_asked_for_holds_for_the_next_process_too(tmp_path):
    came = []

    def script(request):
        came.append(time.time())
        if len(came) == 2:
            return failure(429, "slow down", {"Retry-After": "2"})
        return extractive(request)

    async def killed(endpoint):
        with Store(tmp_path / "s.sqlite") as store:
            one = Settings(base_url=endpoint.base_url, model="m", concurrency=1)
            async with Summarizer(one) as summarizer:
                async for event in summarizer.run(articles(3), ["it"], store):
                    if isinstance(event, Waiting):
                        return

    with serving(script) as endpoint:
        asyncio.run(killed(endpoint))
        with Store(tmp_path / "s.sqlite") as store:
            seen = events(endpoint, articles(3), store)
    assert seen[-1].counts.done == 3
    assert all(at - came[1] >= 2 for at in came[2:])


def test_a_store_that_can_keep_no_more_loses_no_digest_and_stops_the_run(tmp_path, monkeypatch):
    def full(*_, **__):
        raise StoreError("the disk is full")

    with serving(extractive) as endpoint, Store(tmp_path / "s.sqlite") as store:
        monkeypatch.setattr(store, "finish", full)
        monkeypatch.setattr(store, "save_stage", full)
        seen = events(endpoint, articles(30), store, options=Options(total=30))
    end = seen[-1]
    assert isinstance(end.why, StoreError)
    assert 1 <= end.counts.done == sum(isinstance(e, Finished) for e in seen)
    assert end.counts.done + end.counts.left == 30
