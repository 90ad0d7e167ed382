"""Tasks take part wherever digests are made: runs with a store, many at half price, many machines, MCP, the library."""

import asyncio
import pickle
from pathlib import Path

import pytest

from summarizer import Digest, Settings, Summarizer
from summarizer.ask.house import House
from summarizer.batch.events import Finished
from summarizer.batch.inputs import Input
from summarizer.batch.making import Asking
from summarizer.batch.store import Store
from summarizer.errors import ConfigurationError
from tests.cli.test_app import run
from tests.later.test_rounds import collected, stepped
from tests.support.batches import serving_batches
from tests.support.endpoint import serving
from tests.tasks.test_rows import CHANGCHUN, PARTNERS, Visit, kind, rows, signed, told

__all__ = ["run"]

AGREED = rows([signed()])
TASK = """
name = "signers"
ask = "{}"
[schema]
type = "object"
required = ["who"]
[schema.properties.who]
type = "string"
proof = "name"
"""


def settings(endpoint, task, **more):
    return Settings(base_url=endpoint.base_url, model="m", review="none", task=[Path(task)] if task else [], **more)


def digests(summarizer, store):
    """Return what a run makes of one article."""

    async def run():
        async with summarizer:
            events = [event async for event in summarizer.run([CHANGCHUN], (), store)]
        return [event.digest for event in events if isinstance(event, Finished)]

    return asyncio.run(run())


def asked(endpoint):
    return sum(kind(request) == "SectionDraft" for request in endpoint.requests)


def test_a_store_has_a_digest_with_its_sections_until_the_task_is_another(tmp_path):
    file = tmp_path / "signers.toml"
    file.write_text(TASK.format("Who signed?"), encoding="utf-8")
    with serving(rows([{"sentences": [1], "who": PARTNERS[0]}])) as endpoint, Store(tmp_path / "s.sqlite") as store:
        for count, words in [(1, "Who signed?"), (1, "Who signed?"), (2, "Who did sign?"), (2, "Who signed?")]:
            file.write_text(TASK.format(words), encoding="utf-8")
            (made,) = digests(Summarizer(settings(endpoint, file)), store)
            assert told(made, "signers") == [{"who": [PARTNERS[0]]}]
            assert asked(endpoint) == count
        (plain,) = digests(Summarizer(settings(endpoint, None)), store)
        assert plain.sections == ()
        moved = tmp_path / "elsewhere.toml"
        moved.write_bytes(file.read_bytes())
        digests(Summarizer(settings(endpoint, moved)), store)
        assert asked(endpoint) == 2


def test_a_model_of_the_library_is_in_the_key_of_a_run(tmp_path):
    script = rows([{"sentences": [6], "guest": PARTNERS[0], "said": "", "copy": ""}])
    with serving(script) as endpoint, Store(tmp_path / "s.sqlite") as store:
        (made,) = digests(Summarizer(settings(endpoint, None), tasks=[Visit]), store)
        assert told(made, "visit") == [{"guest": [PARTNERS[0]]}]
        (plain,) = digests(Summarizer(settings(endpoint, None)), store)
        assert plain.sections == ()


def test_a_batch_collected_later_has_the_sections(tmp_path):
    with serving_batches(AGREED) as server:
        wanted = settings(server, "agreements")
        assert stepped(tmp_path / "s.sqlite", wanted, [CHANGCHUN], to=()) == []
        made, _ = collected(tmp_path / "s.sqlite", wanted, to=())
    (digest,) = made.values()
    assert told(digest)[0]["parties"] == PARTNERS


def test_a_task_that_changed_since_the_submission_is_refused_and_nothing_is_lost(tmp_path):
    file = tmp_path / "signers.toml"
    file.write_text(TASK.format("Who signed?"), encoding="utf-8")
    with serving_batches(rows([{"sentences": [1], "who": PARTNERS[0]}])) as server:
        wanted = settings(server, file)
        stepped(tmp_path / "s.sqlite", wanted, [CHANGCHUN], to=())
        file.write_text(TASK.format("Who did sign?"), encoding="utf-8")
        with pytest.raises(ConfigurationError) as refused:
            stepped(tmp_path / "s.sqlite", wanted, to=())
        file.write_text(TASK.format("Who signed?"), encoding="utf-8")
        made, _ = collected(tmp_path / "s.sqlite", wanted, to=())
    assert refused.value.advice
    assert told(next(iter(made.values())), "signers") == [{"who": [PARTNERS[0]]}]


async def test_an_assistant_gets_the_sections():
    pytest.importorskip("mcp")
    from tests.support.protocol_client import in_process

    with serving(AGREED) as endpoint:
        async with in_process(endpoint.base_url, review="none", task=["agreements"]) as client:
            given = await client.call_tool("summarize", {"text": CHANGCHUN.text})
    assert told(Digest.model_validate(given.structured_content))[0]["parties"] == PARTNERS


async def test_a_worker_of_another_machine_makes_the_sections_without_the_file(tmp_path):
    pytest.importorskip("pyarrow")
    pytest.importorskip("numpy")
    from summarizer.ray import output
    from summarizer.ray.making import Making, Plan
    from tests.ray.test_making import read, table, written
    from tests.ray.test_making import told as receipts

    file = tmp_path / "signers.toml"
    file.write_text(TASK.format("Who signed?"), encoding="utf-8")
    path = table(tmp_path, {"id": "a", "text": CHANGCHUN.text})
    out, _ = output.begin(tmp_path / "out")
    with serving(rows([{"sentences": [1], "who": PARTNERS[0]}])) as endpoint:
        wanted = settings(endpoint, file)
        plan = Plan(wanted, (), output=out, house=House.of(wanted))
        file.unlink()
        await receipts(Making(pickle.loads(pickle.dumps(plan))), read(path))
    (made,) = written(tmp_path / "out").values()
    assert told(made, "signers") == [{"who": [PARTNERS[0]]}]


def test_the_key_of_a_result_is_that_of_the_summarizers_own_tasks():
    given = Settings(base_url="http://127.0.0.1:9/v1", model="m")
    plain, own = Summarizer(given), Summarizer(given, tasks=[Visit])
    keys = {Asking(each, (), each.connect()).key(Input.of(CHANGCHUN).load()) for each in (plain, own)}
    assert len(keys) == 2


def test_the_rules_alone_fill_in_no_fields_and_say_so(run, tmp_path):
    (tmp_path / "a.txt").write_text(CHANGCHUN.text, encoding="utf-8")
    code, _, err = run("summarize", tmp_path / "a.txt", "--no-model", "--task", "agreements")
    assert code == 2
    assert "--task needs a model" in err
