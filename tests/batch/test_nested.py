import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

pyarrow = pytest.importorskip("pyarrow")

from pyarrow import parquet  # noqa: E402

from summarizer import article, resources, rules_only  # noqa: E402
from summarizer.batch import nested  # noqa: E402
from summarizer.config import Settings  # noqa: E402
from summarizer.digest import Change, Digest, Review  # noqa: E402
from tests.support import hostile_digest  # noqa: E402

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def digests() -> list[Digest]:
    """By the rules, with briefs, and corrected: together they fill every field of the schema."""
    ruled = [rules_only.digest(article.load(str(seed)), Settings()) for seed in sorted(SEEDS.glob("*.txt"))[:3]]
    made = hostile_digest.digest("one", "因为 «due»", "line\nbreak")
    return [*ruled, made, corrected(made)]


def corrected(digest: Digest) -> Digest:
    befores = ("words", digest.findings[0], digest.summary.key_points[0], digest.quotes[0], None)
    changes = tuple(
        Change(kind="removed", where=f"/{n}", before=before, after=None, settled=digest.findings)
        for n, before in enumerate(befores)
    )
    review = Review(reviewer="Ada", at=datetime(2026, 11, 28, 9, 30, 0, 123456, tzinfo=UTC), changes=changes)
    return digest.model_copy(update={"review": review})


def table(given: list[Digest]):
    schema = pyarrow.schema([("digest", nested.kind())])
    return pyarrow.Table.from_pylist([{"digest": nested.row(each)} for each in given], schema=schema)


def test_a_digest_comes_back_from_parquet_as_it_was(tmp_path):
    given = digests()
    parquet.write_table(table(given), tmp_path / "d.parquet")
    back = [nested.digest(row) for row in parquet.read_table(tmp_path / "d.parquet")["digest"].to_pylist()]
    assert back == given
    schema = json.loads(resources.read("schemas", "digest.v1.schema.json"))
    for each in back:
        jsonschema.validate(each.model_dump(mode="json"), schema)


def test_every_field_of_the_published_schema_has_its_type():
    kind = nested.kind()
    schema = json.loads(resources.read("schemas", "digest.v1.schema.json"))
    assert [field.name for field in kind] == list(schema["properties"])
    quote = kind.field("quotes").type.value_type
    assert [field.name for field in quote] == list(schema["$defs"]["Quote"]["properties"])
    assert quote.field("translations").type == pyarrow.map_(pyarrow.string(), pyarrow.string())
    assert kind.field("provenance").type.field("created").type == pyarrow.timestamp("us", tz="UTC")
    assert kind.field("review").nullable
    assert not kind.field("article").nullable


def test_half_a_character_is_no_reason_to_lose_a_digest():
    broken = hostile_digest.hostile("a\ud800b")
    assert table([broken])["digest"][0]["summary"]["headline"].as_py() == "a?b"


def test_duckdb_reads_it_without_us(tmp_path):
    duckdb, given = pytest.importorskip("duckdb"), digests()
    parquet.write_table(table(given), tmp_path / "d.parquet")
    asked = (
        "SELECT digest.summary.headline, len(digest.quotes), digest.quotes[1].text, digest.provenance.requests FROM"
    )
    told = duckdb.sql(f"{asked} read_parquet('{tmp_path / 'd.parquet'}')").fetchall()
    quoted = [each.quotes[0].text if each.quotes else None for each in given]
    assert told == [
        (each.summary.headline, len(each.quotes), quote, each.provenance.requests)
        for each, quote in zip(given, quoted, strict=True)
    ]


def test_polars_reads_it_without_us(tmp_path):
    polars, given = pytest.importorskip("polars"), digests()
    parquet.write_table(table(given), tmp_path / "d.parquet")
    frame = polars.read_parquet(tmp_path / "d.parquet")
    briefs = frame.select(polars.col("digest").struct.field("briefs")).to_series().to_list()
    assert [[line["source"] for brief in each for line in brief["segments"]] for each in briefs] == [
        [line.source for brief in each.briefs for line in brief.segments] for each in given
    ]
    assert [row["digest"]["article"]["text"] for row in frame.to_dicts()] == [each.article.text for each in given]


def test_pandas_reads_it_without_us(tmp_path):
    pandas, given = pytest.importorskip("pandas"), digests()
    parquet.write_table(table(given), tmp_path / "d.parquet")
    frame = pandas.read_parquet(tmp_path / "d.parquet")
    assert [row["article"]["id"] for row in frame["digest"]] == [each.article.id for each in given]
