import asyncio
import json
from collections import Counter
from dataclasses import replace

import pytest

from summarizer import Summarizer
from summarizer.article import from_text
from summarizer.batch.events import Failed, Finished
from summarizer.batch.inputs import Input
from summarizer.config import Settings
from summarizer.errors import ConfigurationError, StoreError
from summarizer.later import rounds
from summarizer.later.ledger import Ledger
from summarizer.later.values import Sizes
from summarizer.later.work import opened
from summarizer.llm.prices import Price
from tests.support.batches import Fate, serving_batches, words
from tests.support.endpoint import completion, failure, serving
from tests.support.model import extractive

TEXT = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."


def articles(count):
    return [
        from_text(f"{TEXT} Ship number {n} called there.", source=f"{n}.txt", language="en") for n in range(count)
    ]


def settings(server, **more):
    return Settings(base_url=server.base_url, model="m", **more)


def stepped(path, wanted, given=(), to=("it",), sizes=None):
    """Take one step, as a process of its own would: submit what is given, or collect; return the events' ends."""

    async def step():
        async with opened(wanted, to, path, settle_s=0.0) as work:
            if given:
                assert list(work.take_in(map(Input.of, given), {})) == []
            events = [event async for event in work.step(sizes or Sizes())]
            return [event for event in events if isinstance(event, Failed | Finished)]

    return asyncio.run(step())


def collected(path, wanted, most=12, **more):
    """Collect until nothing waits; return the digests by name, and how many steps it took."""
    for number in range(1, most + 1):
        ends = stepped(path, wanted, **more)
        with Ledger(path) as ledger:
            tally = ledger.tally()
        if not tally.unsent and not tally.sent:
            return {e.name: e.digest for e in ends if isinstance(e, Finished)}, number
    raise AssertionError(f"still waiting after {most} steps: {tally}")


def comparable(digest):
    shown = digest.model_dump(mode="json")
    for name in ("seconds", "created", "cost_usd", "endpoint", "requests", "cached_tokens"):
        del shown["provenance"][name]
    return shown


def test_the_digests_are_those_of_a_run_at_once_and_nothing_is_paid_twice(tmp_path):
    price = {"m": Price(input=2.0, output=8.0, batch=0.5)}
    given = articles(4)
    with serving_batches(extractive) as server:
        wanted = settings(server, prices=price)
        assert stepped(tmp_path / "s.sqlite", wanted, given) == []
        made, _ = collected(tmp_path / "s.sqlite", wanted)
    with serving(extractive) as endpoint:

        async def at_once():
            async with Summarizer(settings(endpoint, prices=price)) as summarizer:
                return [await summarizer.summarize(each, ["it"]) for each in given]

        alone = {each.article.source: each for each in asyncio.run(at_once())}
    assert server.paid == Counter(words(each.body) for each in endpoint.requests)
    assert {n: comparable(d) for n, d in made.items()} == {n: comparable(d) for n, d in alone.items()}
    for name, digest in made.items():
        assert digest.provenance.requests == alone[name].provenance.requests
        assert digest.provenance.cost_usd == pytest.approx(alone[name].provenance.cost_usd / 2, abs=2e-6)


def once(first):
    """Answer each request's first try by `first` (or as usual where that gives nothing), and the next as usual."""
    seen = Counter()

    def script(request):
        known = words(request.body)
        seen[known] += 1
        reply = first(request) if seen[known] == 1 else extractive(request)
        return extractive(request) if reply == "usual" else reply

    return script


def every(n, fault):
    counted = Counter()

    def first(_):
        counted["all"] += 1
        return fault() if counted["all"] % n == 0 else "usual"

    return first


@pytest.mark.parametrize(
    "fault",
    [
        lambda: failure(429, "Rate limit reached"),
        lambda: failure(500, "The server had an error"),
        lambda: None,
        lambda: completion('{"nothing": "of this kind"}'),
        lambda: completion("", choices=None),
    ],
    ids=["limited", "failed", "missing", "misfit", "broken"],
)
def test_a_line_without_a_usable_answer_is_asked_for_again_and_no_other(tmp_path, fault):
    with serving_batches(once(every(4, fault))) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(3))
        made, _ = collected(tmp_path / "s.sqlite", settings(server))
    assert len(made) == 3
    assert all(f.severity != "error" for digest in made.values() for f in digest.findings)
    assert sum(server.paid.values()) == sum(digest.provenance.requests for digest in made.values())


def test_what_an_expired_batch_has_done_is_kept_and_the_rest_asked_again(tmp_path):
    fates = {0: Fate("expired", done=0.5), 2: Fate("cancelled", done=0.0)}
    with serving_batches(extractive, lambda n: fates.get(n, Fate())) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(4))
        made, _ = collected(tmp_path / "s.sqlite", settings(server))
    assert len(made) == 4
    assert sum(server.paid.values()) == sum(d.provenance.requests for d in made.values())


def test_a_failed_batch_is_told_of_and_given_up_after_five(tmp_path):
    broken = Fate(errors=({"code": "model_not_found", "message": "The model m is not there."},))
    with serving_batches(extractive, lambda _: broken) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(1))
        made, steps = collected(tmp_path / "s.sqlite", settings(server))
        with Ledger(tmp_path / "s.sqlite") as ledger:
            (name, why), *others = ledger.tally().failed
    assert (made, steps, name, others) == ({}, 5, "0.txt", [])
    assert "The model m is not there." in why
    assert not server.paid


def test_a_full_queue_is_waited_for_and_is_no_try(tmp_path):
    full = Fate(errors=({"code": "token_limit_exceeded", "message": "Enqueued token limit reached"},))
    with serving_batches(extractive, lambda n: full if n < 7 else Fate()) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(1))
        made, _ = collected(tmp_path / "s.sqlite", settings(server), most=15)
    assert len(made) == 1


def test_a_batch_that_is_not_over_is_left_alone(tmp_path):
    with serving_batches(extractive, lambda _: Fate(looks=2)) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(1))
        for _ in range(2):
            assert stepped(tmp_path / "s.sqlite", settings(server)) == []
            assert len(server.begun) == 1
        with Ledger(tmp_path / "s.sqlite") as ledger:
            assert [b.status for b in ledger.batches()] == ["in_progress"]
        stepped(tmp_path / "s.sqlite", settings(server))
        assert len(server.begun) == 2


def test_what_is_learned_of_the_model_between_two_rounds_costs_no_answer(tmp_path):
    def thinks(request):
        if "max_tokens" in request.body:
            return failure(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        hidden = {"completion_tokens_details": {"reasoning_tokens": 900}}
        whole = json.loads(extractive(request).body)
        whole["usage"] = {"prompt_tokens": 5000, "completion_tokens": 1000, "total_tokens": 6000, **hidden}
        return completion(None, choices=whole["choices"], usage=whole["usage"])

    with serving_batches(thinks) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(3))
        made, _ = collected(tmp_path / "s.sqlite", settings(server))
    assert len(made) == 3
    assert sum(server.paid.values()) == sum(d.provenance.output_tokens for d in made.values()) // 1000


def test_files_keep_to_the_sizes_and_to_one_model_each(tmp_path):
    wanted = {"review_model": "reader", "review": "all", "trust": "high"}
    with serving_batches(extractive) as server:
        small = Sizes(requests=3)
        stepped(tmp_path / "s.sqlite", settings(server, **wanted), articles(4), sizes=small)
        made, _ = collected(tmp_path / "s.sqlite", settings(server, **wanted), sizes=small)
        sent = [
            [json.loads(line)["body"]["model"] for line in server.files[b.input].splitlines()] for b in server.begun
        ]
    assert len(made) == 4
    assert max(map(len, sent)) == 3
    assert {len(set(models)) for models in sent} == {1}
    assert {models[0] for models in sent} == {"m", "reader"}


def test_only_one_process_takes_a_step_at_a_time(tmp_path):
    with (
        rounds.only_one(tmp_path / "s.sqlite"),
        pytest.raises(StoreError, match="another process"),
        rounds.only_one(tmp_path / "s.sqlite"),
    ):
        pass


def test_other_settings_or_languages_than_those_submitted_are_refused(tmp_path):
    with serving_batches(extractive) as server:
        stepped(tmp_path / "s.sqlite", settings(server), articles(1))
        with pytest.raises(ConfigurationError, match="other settings"):
            stepped(tmp_path / "s.sqlite", settings(server, max_quotes=2))
        with pytest.raises(ConfigurationError, match="briefs in it"):
            stepped(tmp_path / "s.sqlite", settings(server), articles(1), to=("zh",))


def test_an_endpoint_without_batches_says_so(tmp_path):
    with serving(lambda _: failure(404, "Not Found")) as endpoint:
        endpoint.server.RequestHandlerClass.do_POST = lambda self: (
            self.rfile.read(int(self.headers["Content-Length"])),
            self._reply_to({}),
        )
        with pytest.raises(ConfigurationError, match="no Batch API"):
            stepped(tmp_path / "s.sqlite", settings(endpoint), articles(1))


def test_half_a_character_in_an_answer_ends_no_step(tmp_path):
    def half(request):
        reply = extractive(request)
        return replace(reply, body=reply.body.replace(b"Trieste", b"Tri\\ud83d"))

    path = tmp_path / "s.sqlite"
    with serving_batches(half) as server:
        assert stepped(path, settings(server), articles(1)) == []
        digests, _ = collected(path, settings(server))
    assert list(digests) == ["0.txt"]
