import pytest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

from pathlib import Path  # noqa: E402

from pyarrow import parquet  # noqa: E402

from summarizer import article  # noqa: E402
from summarizer.batch import nested  # noqa: E402
from summarizer.batch.rows import Columns  # noqa: E402
from summarizer.config import Settings  # noqa: E402
from summarizer.pipeline import Summarizer  # noqa: E402
from summarizer.ray import output  # noqa: E402
from summarizer.ray.making import Making, Plan  # noqa: E402
from summarizer.ray.reading import Reading  # noqa: E402
from tests.support.endpoint import Request, completion, failure, serving  # noqa: E402
from tests.support.model import extractive  # noqa: E402

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def settings(endpoint, **more):
    return Settings(base_url=endpoint.base_url, model="m", **more)


def table(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "articles.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(list(rows)), path)
    return path


def articles(number: int) -> list[dict[str, object]]:
    texts = [seed.read_text(encoding="utf-8") for seed in sorted(SEEDS.glob("*.en.txt"))]
    return [{"id": f"a{n}", "text": f"{texts[n % len(texts)]}\n\nThis is copy {n}."} for n in range(number)]


def read(path: Path, shown: str = "articles.parquet"):
    named = pyarrow.table({"path": [str(path)], "shown": [shown]})
    return pyarrow.concat_tables(list(Reading(Columns(), 2_000_000)(named)))


async def told(making: Making, batch) -> list[dict[str, object]]:
    """What a worker says of one batch; its process ends after that."""
    try:
        return [row async for made in making(batch) for row in made.to_pylist()]
    finally:
        await making._summarizer.aclose_connections()


def written(folder: Path) -> dict[str, object]:
    files = sorted(folder.glob("part-*.parquet"))
    return {
        row["name"]: nested.digest(row["digest"]) for file in files for row in parquet.read_table(file).to_pylist()
    }


def bare(digest):
    """What does not hang on the moment of its making."""
    fixed = digest.provenance.model_copy(update={"seconds": 0.0, "created": digest.article.published})
    return digest.model_copy(update={"provenance": fixed})


async def test_the_digests_are_those_of_one_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = table(tmp_path, *articles(3))
    with serving(extractive) as endpoint:
        out, _ = output.begin(tmp_path / "out")
        receipts = await told(Making(Plan(settings(endpoint), ("it",), output=out)), read(path))
        async with Summarizer(settings(endpoint)) as summarizer:
            from summarizer.batch.inputs import inputs

            alone = [
                await summarizer.summarize(i.load(), ["it"])
                for i in inputs(["articles.parquet"], summarizer.settings)
            ]
    assert [row["outcome"] for row in receipts] == ["done"] * 3
    found = written(tmp_path / "out")
    assert [bare(found[f"articles.parquet:{n + 1}"]) for n in range(3)] == [bare(each) for each in alone]
    assert sum(row["cost"]["requests"] for row in receipts) == sum(each.provenance.requests for each in alone)


async def test_without_a_folder_the_rows_have_the_digests():
    with serving(extractive) as endpoint:
        rows = await told(
            Making(Plan(settings(endpoint), ())), pyarrow.Table.from_pylist([*articles(1), {"id": "no"}])
        )
    assert [row["name"] for row in rows] == ["a0", "no"]
    assert nested.digest(rows[0]["digest"]).article.id == article.load_text(articles(1)[0]["text"], "a0").id
    assert rows[1]["digest"] is None
    assert rows[1]["error"]["kind"] == "ArticleError"


async def test_a_bad_row_is_a_row_with_its_error_and_its_place(tmp_path):
    bad = {"id": "b", "text": " "}
    path = table(tmp_path, articles(1)[0], bad)
    out, _ = output.begin(tmp_path / "out")
    with serving(extractive) as endpoint:
        receipts = await told(Making(Plan(settings(endpoint), (), output=out)), read(path))
    assert [row["outcome"] for row in receipts] == ["done", "failed"]
    file = next((tmp_path / "out").glob("failed-*.parquet"))
    failed = parquet.read_table(file).to_pylist()
    assert failed[0]["error"]["said"].startswith("articles.parquet:2: its 'text' is empty")
    assert failed[0]["digest"] is None
    assert list((tmp_path / "out/_run/paid").iterdir()) == []


async def test_a_rerun_asks_only_for_what_the_output_lacks(tmp_path):
    path = table(tmp_path, *articles(3))
    with serving(extractive) as endpoint:
        first, _ = output.begin(tmp_path / "out")
        await told(Making(Plan(settings(endpoint), (), output=first)), read(path).slice(0, 2))
        asked = len(endpoint.requests)
        second, there = output.begin(tmp_path / "out")
        receipts = await told(Making(Plan(settings(endpoint), (), output=second)), read(path))
    assert there == 2
    assert [row["outcome"] for row in receipts] == ["had", "had", "done"]
    assert len(endpoint.requests) - asked == receipts[2]["cost"]["requests"] > 0
    assert len(written(tmp_path / "out")) == 3


async def test_the_same_text_in_another_row_is_written_and_not_paid_for(tmp_path):
    one = articles(1)[0]
    with serving(extractive) as endpoint:
        first, _ = output.begin(tmp_path / "out")
        await told(Making(Plan(settings(endpoint), (), output=first)), pyarrow.Table.from_pylist([one]))
        asked = len(endpoint.requests)
        second, _ = output.begin(tmp_path / "out")
        twin = {**one, "id": "twin"}
        receipts = await told(Making(Plan(settings(endpoint), (), output=second)), pyarrow.Table.from_pylist([twin]))
    assert [row["outcome"] for row in receipts] == ["done"]
    assert len(endpoint.requests) == asked
    assert written(tmp_path / "out")["twin"].article.source == "twin"


async def test_what_a_lost_worker_paid_for_is_not_asked_again(tmp_path):
    rows = pyarrow.Table.from_pylist(articles(2))
    out, _ = output.begin(tmp_path / "out")

    class Lost(BaseException):
        """The process is gone before its file is written."""

    def lose(*_: object) -> None:
        raise Lost

    with serving(extractive) as endpoint:
        plan = Plan(settings(endpoint), ("it",), output=out)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(output.Output, "write", lose)
            with pytest.raises(Lost):
                await told(Making(plan), rows)
        asked = len(endpoint.requests)
        receipts = await told(Making(plan), rows)
    assert [row["outcome"] for row in receipts] == ["done", "done"]
    assert len(endpoint.requests) == asked
    assert sum(row["cost"]["requests"] for row in receipts) == asked
    assert list((tmp_path / "out/_run/paid").iterdir()) == []


async def test_a_batch_that_was_written_is_not_made_again_by_the_next_worker(tmp_path):
    rows = pyarrow.Table.from_pylist([*articles(1), {"id": "no", "text": ""}])
    out, _ = output.begin(tmp_path / "out")
    with serving(extractive) as endpoint:
        plan = Plan(settings(endpoint), (), output=out)
        first = await told(Making(plan), rows)
        asked = len(endpoint.requests)
        second = await told(Making(plan), rows)
    assert len(endpoint.requests) == asked
    assert sorted((r["name"], r["outcome"]) for r in second) == sorted((r["name"], r["outcome"]) for r in first)
    assert sum(r["cost"]["requests"] for r in second) == sum(r["cost"]["requests"] for r in first)


async def test_a_wrong_key_leaves_the_rows_for_another_run(tmp_path):
    out, _ = output.begin(tmp_path / "out")
    with serving(lambda _: failure(401, "no such key")) as endpoint:
        making = Making(Plan(settings(endpoint, concurrency=1), (), output=out))
        receipts = await told(making, pyarrow.Table.from_pylist(articles(6)))
    assert {row["outcome"] for row in receipts} == {"failed", "left"}
    assert {row["error"]["kind"] for row in receipts} == {"ModelRejectedError"}
    assert len(endpoint.requests) < 6


async def test_who_cannot_ask_at_all_says_so_of_every_row(tmp_path):
    out, _ = output.begin(tmp_path / "out")
    plan = Plan(Settings(model="m"), (), output=out)
    receipts = await told(Making(plan), pyarrow.Table.from_pylist(articles(2)))
    assert [(row["outcome"], row["error"]["kind"]) for row in receipts] == [("left", "ConfigurationError")] * 2


async def test_a_digest_without_a_brief_is_kept_among_the_failed_and_only_the_brief_is_asked_again(tmp_path):
    rows = pyarrow.Table.from_pylist(articles(1))
    refuse = {"on": True}

    def script(request: Request):
        if refuse["on"] and "TranslationDraft" in str(request.schema.get("title")):
            return completion(None, message={"refusal": "no"})
        return extractive(request)

    with serving(script) as endpoint:
        first, _ = output.begin(tmp_path / "out")
        receipts = await told(Making(Plan(settings(endpoint), ("it",), output=first)), rows)
        titles = {str(r.schema.get("title")) for r in endpoint.requests}
        assert [row["outcome"] for row in receipts] == ["failed"], titles
        asked, refuse["on"] = len(endpoint.requests), False
        second, _ = output.begin(tmp_path / "out")
        receipts = await told(Making(Plan(settings(endpoint), ("it",), output=second)), rows)
    assert [row["outcome"] for row in receipts] == ["done"]
    assert 0 < len(endpoint.requests) - asked < asked + 1
    assert "DigestDraft" not in {str(r.schema.get("title")) for r in endpoint.requests[asked:]}
