"""Other people's gold: the folder to begin with, and drafts by rule."""

import json
from pathlib import Path

import pytest

from summarizer import article
from summarizer.errors import ConfigurationError, GoldError
from summarizer.evals import cases, starter
from summarizer.tasks import files

TEXT = (
    "Mayor Anna Rossi met Chinese investors on Friday.\n\n"
    "“We will open 12 new schools,” said Rossi. Trade grew by 8.3% to 4 million euros, of which 28nd was lost.\n"
)


def test_init_sets_up_an_example_that_is_valid_gold_and_a_schema(tmp_path):
    files = starter.init(tmp_path / "mine")
    assert {f.name for f in files} == {"README.md", "example.json", "gold.v1.schema.json"}
    (case,) = cases.load(tmp_path / "mine" / "gold")
    named = json.loads((tmp_path / "mine" / "gold" / "example.json").read_text())["$schema"]
    assert (tmp_path / "mine" / "gold" / named).resolve().is_file()
    assert case.key_facts
    assert case.briefs


def test_init_overwrites_nothing(tmp_path):
    starter.init(tmp_path)
    with pytest.raises(ConfigurationError, match="there already"):
        starter.init(tmp_path)


def test_a_draft_holds_what_the_rules_find_and_is_no_gold_until_a_person_has_corrected_it(tmp_path):
    source = article.from_text(TEXT, source="news.txt", language="en")
    path = starter.label(source, tmp_path / "news.json", ["it", "it", "en"])
    with pytest.raises(GoldError, match="nobody has corrected"):
        cases.read(path)
    draft = json.loads(path.read_text())
    assert draft["targets"] == ["it"]
    assert [q["text"] for q in draft["quotes"]] == ["We will open 12 new schools,"]
    assert draft["quotes"][0]["speaker"]["name"] == "Anna Rossi"
    assert "28nd" in [g["text"] for g in draft["garbled"]]
    draft["labellers"] = 1
    path.write_text(json.dumps(draft))
    assert cases.read(path).figures


def test_a_draft_has_a_row_to_write_in_for_each_task(tmp_path):
    source = article.from_text(TEXT, source="news.txt", language="en")
    path = starter.label(source, tmp_path / "news.json", [], files.load([Path("agreements")]))
    draft = json.loads(path.read_text())
    fields = ["parties", "subject", "amount", "place", "date"]
    assert draft["sections"] == {"agreements": [{field: ["…"] for field in fields}]}
    path.write_text(json.dumps(draft | {"labellers": 1}))
    with pytest.raises(GoldError, match="sections/agreements/0/parties: write what the article has"):
        cases.read(path)
    path.write_text(json.dumps(draft | {"labellers": 1, "sections": {"agreements": []}}))
    assert cases.read(path).sections == {"agreements": ()}


def test_a_draft_is_never_written_over_labels(tmp_path):
    source = article.from_text(TEXT, source="news.txt", language="en")
    starter.label(source, tmp_path / "news.json", [])
    with pytest.raises(ConfigurationError, match="somebody's labels"):
        starter.label(source, tmp_path / "news.json", [])


def test_the_committed_schema_is_that_of_the_model():
    committed = Path(__file__).resolve().parents[2] / "schemas" / "gold.v1.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == cases.schema()
