"""Sections of one's own as tables: one a task, with the places and proofs of their values; CSV, Parquet, a folder."""

import csv
import io

import pytest

from summarizer import Digest
from summarizer.batch import flat
from summarizer.batch.export import export
from summarizer.errors import ConfigurationError
from summarizer.render import json as as_json
from summarizer.render.files import rendered
from summarizer.render.rows import rows
from tests.cli.test_app import run
from tests.support import press
from tests.tasks.test_corrected import made
from tests.tasks.test_rows import PARTNERS, signed

__all__ = ["run"]


def two():
    """Digests of two articles with agreements; one also has visits, of a field that is called like a column."""
    body = press.port().model_dump(mode="json")
    known = {"title": "T", "proof": "name", "choices": []}
    body["sections"] = [
        {
            "name": "visits",
            "title": "Visits",
            "fields": [{"name": "name", **known}, {"name": "row", **known}],
            "rows": [{"values": [{"field": "name", "text": "=Ada", "evidence": [[3, 40]]}]}],
        },
        {
            "name": "agreements",
            "title": "Agreements",
            "fields": [{"name": "parties", **known}, {"name": "note", **known}],
            "rows": [{"values": [{"field": "note", "text": "Bea", "evidence": [[3, 40]]}]}],
        },
    ]
    return [("a.txt", made()), ("b.txt", Digest.model_validate(body))]


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_of_a_section_is_a_row_with_places_proofs_and_the_sentences_behind_it():
    first = rows(two())["agreements"].rows[0]
    text = made().article.text
    assert first["parties"] == "; ".join(PARTNERS)
    places = [tuple(map(int, each.split("-"))) for each in first["parties.at"].split("; ")]
    assert [text[start:end] for start, end in places] == PARTNERS
    assert first["parties.proof"] == "; ".join(["name 6"] * 4)
    assert (first["date"], first["date.value"]) == ("June 21", "--06-21")
    assert (first["subject"], first["subject.at"]) == (signed()["subject"], "")
    assert first["subject.proof"] == "text 6"
    assert "signed contracts" in first["row.sentences"]
    assert first["article.headline"] == made().summary.headline


def test_a_doubt_about_a_value_stands_in_its_row():
    body = made().model_dump(mode="json")
    where = "/sections/0/rows/1/values/0"
    body["findings"].append(
        {"code": "field.elsewhere", "severity": "warning", "message": "far", "where": where, "span": None}
    )
    told = rows([("a", Digest.model_validate(body))])["agreements"].rows
    assert [row["row.look_at"] for row in told] == ["", "look at this: far"]


def test_each_task_has_a_table_whatever_its_fields_are_called_and_no_cell_is_a_formula():
    tables = rows(two())
    assert list(tables) == ["agreements", "visits"]
    (visit,) = tables["visits"].rows
    assert (visit["name"], visit["article.name"], visit["row.number"]) == ("=Ada", "b.txt", 1)
    assert tables["agreements"].columns.index("note") > tables["agreements"].columns.index("date.proof")
    with pytest.raises(ConfigurationError, match=r"agreements, visits.*name a folder"):
        rendered(two(), "csv-sections")
    assert next(row["parties"] for row in read(rendered([two()[0]], "csv-sections"))) == "; ".join(PARTNERS)
    with pytest.raises(ConfigurationError, match="--task"):
        rendered([("c", press.port())], "csv-sections")


def test_a_store_gives_the_rows_of_one_task(tmp_path):
    assert export(iter(two()), "csv", tmp_path / "v.csv", "visits") == 2
    (visit,) = read((tmp_path / "v.csv").read_bytes())
    assert (visit["name"], visit["row.number"]) == ("'=Ada", "1")
    with pytest.raises(ConfigurationError, match="these digests have: agreements, visits"):
        export(iter(two()), "csv", tmp_path / "v.csv", "nothing")
    with pytest.raises(ConfigurationError, match="--format csv or"):
        export(iter(two()), "jsonl", tmp_path / "v.csv", "visits")


def test_parquet_has_the_same_columns(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra [parquet] is not installed")
    assert export(iter(two()), "parquet", tmp_path / "a.parquet", "agreements") == 2
    table = pq.read_table(tmp_path / "a.parquet")
    assert tuple(table.column_names) == rows(two())["agreements"].columns
    assert table.to_pylist()[0]["row.number"] == 1
    assert table.to_pylist()[2]["parties"] == ""


def test_the_table_of_digests_has_the_rows_in_one_cell():
    told = flat.row("a.txt", made())["sections"].split("\n")
    assert told[1] == f"Agreements signed – Parties: {', '.join(PARTNERS[:2])}; Subject: cooperation of chambers"
    assert flat.row("c", press.port())["sections"] == ""


def test_the_command_writes_a_folder_of_tables_or_one(run, tmp_path):
    digests = tmp_path / "d.jsonl"
    digests.write_text("".join(as_json(digest, lines=True) for _, digest in two()), encoding="utf-8")
    assert run("render", digests, "--format", "csv-sections", "--out", tmp_path / "tables")[0] == 0
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["agreements.csv", "visits.csv"]
    code, _, err = run("render", digests, "--format", "csv-sections", "--out", tmp_path / "one.csv")
    assert code == 2
    assert "name a folder" in err


def test_a_strangers_digest_writes_no_file_elsewhere_and_no_formula(run, tmp_path):
    body = two()[1][1].model_dump(mode="json")
    body["sections"][0] |= {"name": "../../out", "fields": [{"name": "=1+1", "title": "x", "proof": "name"}]}
    (tmp_path / "d.json").write_text(Digest.model_validate(body).model_dump_json(), encoding="utf-8")
    assert run("render", tmp_path / "d.json", "--format", "csv-sections", "--out", tmp_path / "x/y/tables")[0] == 0
    assert {path.name for path in (tmp_path / "x/y/tables").iterdir()} == {"out.csv", "agreements.csv"}
    header = (tmp_path / "x/y/tables/out.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert ",'=1+1," in header
