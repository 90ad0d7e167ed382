"""A corrected digest as the start of a gold case."""

import json

import pytest

from summarizer import cli
from summarizer.digest import Change, Digest, corrections
from summarizer.errors import ConfigurationError, GoldError
from summarizer.evals import cases, reviewed
from summarizer.render import json as as_json
from tests.digest.test_audit import published


def corrected(language):
    """A digest whose last key point had a wrong figure, mended by a person."""
    digest = published(language)
    body = digest.model_dump(mode="json")
    right = body["summary"]["key_points"][2]["text"]
    body["summary"]["key_points"][2]["text"] = right.replace("62", "63").replace("6200", "6300")
    wrong = Digest.model_validate(body)
    change = Change(
        kind="edit", where="/summary/key_points/2/text", before=wrong.summary.key_points[2].text, after=right
    )
    return corrections.apply(wrong, [change], "Ada")


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_a_corrected_digest_becomes_a_draft_and_gold_once_a_person_has_finished_it(language, tmp_path):
    digest = corrected(language)
    path = reviewed.label(digest, tmp_path / "case.json")
    with pytest.raises(GoldError, match="nobody has corrected"):
        cases.read(path)
    draft = json.loads(path.read_text(encoding="utf-8"))
    draft["labellers"] = 1
    path.write_text(json.dumps(draft), encoding="utf-8")
    case = cases.read(path)  # every label agrees with the article
    assert [fact.fact for fact in case.key_facts] == [point.text for point in digest.summary.key_points]
    assert all(fact.values for fact in case.key_facts[1:])
    (target,) = case.targets
    assert case.briefs[target].headline.target == digest.briefs[0].headline.target
    assert [line.target for line in case.briefs[target].lines] == [line.target for line in digest.briefs[0].segments]
    assert {(q.start, q.end) for q in digest.quotes} <= {(q.start, q.end) for q in case.quotes}
    assert [trap.wrong for trap in case.traps] == [digest.review.changes[0].before]
    assert len(case.traps[0].values) == 1


def test_the_rows_of_a_corrected_digest_are_labels(tmp_path):
    digest = published("en")
    fields = [{"name": "who", "title": "Who", "proof": "name"}]
    values = [{"field": "who", "text": name, "evidence": []} for name in ("Gong Zheng", "Massimo Ambrosetti")]
    sections = [{"name": "visits", "title": "Visits", "fields": fields, "rows": [{"values": values}]}]
    made = Digest.model_validate({**digest.model_dump(mode="json"), "sections": sections})
    draft = json.loads(reviewed.label(made, tmp_path / "case.json").read_text(encoding="utf-8"))
    assert draft["sections"] == {"visits": [{"who": ["Gong Zheng", "Massimo Ambrosetti"]}]}
    (tmp_path / "d.json").write_text(made.model_dump_json(), encoding="utf-8")
    given = ["--from", str(tmp_path / "d.json"), "--out", str(tmp_path / "other.json"), "--task", "figures"]
    with pytest.raises(ConfigurationError, match="leave --task out"):
        cli.app(["eval", "label", *given], standalone_mode=False)


def test_what_was_only_written_better_is_no_trap_and_a_target_line_neither(tmp_path):
    digest = published("en")
    edits = [
        Change(kind="edit", where=where, before=before, after=after)
        for where, before, after in [
            ("/summary/key_points/2/text", digest.summary.key_points[2].text, "Trieste's port handled 62 million tonnes of goods in 2023."),
            ("/briefs/0/segments/2/target", digest.briefs[0].segments[2].target, "Nel 2023 il porto di Trieste ha movimentato 62 milioni di tonnellate di merci."),
        ]
    ]  # fmt: skip
    path = reviewed.label(corrections.apply(digest, edits), tmp_path / "case.json")
    assert json.loads(path.read_text(encoding="utf-8"))["traps"] == []


def test_a_language_without_a_brief_gets_a_place_for_one(tmp_path):
    path = reviewed.label(published("en"), tmp_path / "case.json", ["zh", "it"])
    draft = json.loads(path.read_text(encoding="utf-8"))
    assert "write this line by hand" in draft["briefs"]["zh"]["headline"]["target"]
    assert "write this line by hand" not in draft["briefs"]["it"]["headline"]["target"]


def test_the_command_takes_an_article_or_a_digest(tmp_path):
    (tmp_path / "d.json").write_text(as_json(corrected("en")), encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(2 * as_json(corrected("en"), lines=True), encoding="utf-8")
    command = ["eval", "label", "--out", str(tmp_path / "case.json")]
    with pytest.raises(ConfigurationError, match="one of the two"):
        cli.app(command, standalone_mode=False)
    with pytest.raises(ConfigurationError, match="one of the two"):
        cli.app([*command, "a.txt", "--from", str(tmp_path / "d.json")], standalone_mode=False)
    with pytest.raises(ConfigurationError, match="2 digests"):
        cli.app([*command, "--from", str(tmp_path / "two.jsonl")], standalone_mode=False)
    cli.app([*command, "--from", str(tmp_path / "d.json")], standalone_mode=False)
    assert json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))["traps"]
    with pytest.raises(ConfigurationError, match="somebody's labels"):
        cli.app([*command, "--from", str(tmp_path / "d.json")], standalone_mode=False)
