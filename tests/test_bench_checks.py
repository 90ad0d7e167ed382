"""What each finding code alarms on and catches, counted over lines of our own."""

import json
from pathlib import Path

import pytest

from bench import checks
from bench.aligned import Row, Summaries, Translated, load
from summarizer.article.findings import Finding

ROOT = Path(__file__).resolve().parent.parent
EN = "The port of Ravenna handled 27 million tonnes of goods last year."
IT = "Il porto di Ravenna ha movimentato 27 milioni di tonnellate di merci lo scorso anno."
OTHER_EN = "The port authority will publish the full report in the coming weeks."
OTHER_IT = "L'autorità portuale pubblicherà il rapporto completo nelle prossime settimane."


def row(column="en-it", *codes, **over):
    return Row(**{"column": column, "key": "d", "source": "s", "text": "t", "findings": tuple(Finding(c, "m") for c in codes), **over})  # fmt: skip


def written(folder, name, rows):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")


def test_a_line_counts_once_for_a_code_and_an_info_for_none():
    columns = checks.tallied(
        [row("en-it", "figure.missing", "figure.missing", "brief.language"), row("en-it", "brief.draft"), row()]
    )
    column = columns["en-it"]
    assert (column.lines, column.flagged, column.errors, column.left_out) == (3, 1, 1, 1)
    assert column.codes == {"figure.missing": 1, "brief.language": 1}


def test_a_doubt_is_no_error_and_leaves_nothing_out():
    column = checks.tallied([row("bump", "name.unsupported"), row("bump", "summary.language")])["bump"]
    assert (column.flagged, column.errors, column.left_out) == (2, 1, 1)


def test_kinds_of_error_are_told_apart():
    rows = [
        row("bump edited", "figure.missing", kind="a"),
        row("bump edited", kind="a"),
        row("bump edited", kind="b"),
    ]
    assert checks.tallied(rows)["bump edited"].kinds == {"a": (1, 2), "b": (0, 1)}


@pytest.mark.parametrize(("alarms", "proof"), [(0, True), (2, True), (3, False)])
def test_proof_alarms_on_two_of_a_thousand_at_most(alarms, proof):
    rows = [row("zh-it", "brief.name")] * alarms + [row("zh-it")] * (1_000 - alarms)
    columns = checks.tallied([*rows, row("en-it")])
    assert checks.proves("brief.name", columns) is proof


def test_the_table_has_a_row_for_each_code_and_fits_a_page():
    rows = [r for name in (*checks.ALARMS, *checks.CATCHES) for r in (row(name, "brief.name"), row(name))]
    lines = list(checks.table(checks.tallied(rows)))
    (named,) = (line for line in lines if "brief.name" in line)
    assert named.split()[1:] == ["500.0"] * len(checks.ALARMS) + ["|"] + ["1"] * len(checks.CATCHES)
    assert max(map(len, lines)) <= 120


def test_nothing_measured_is_no_table():
    assert list(checks.table(checks.tallied([]))) == []


def test_a_sound_translation_meets_no_objection_and_a_changed_digit_does():
    rows = Translated("d", ("en", "it"), (EN, OTHER_EN), (("en-it", EN, IT), ("en-it", OTHER_EN, OTHER_IT)), altered=True).rows()  # fmt: skip
    assert [(r.column, bool(r.codes)) for r in rows] == [("en-it", False), ("en-it", False), ("digit", True)]
    assert rows[2].text != IT


def test_translations_at_other_lines_are_counted_by_what_was_done():
    lines = [(f"Ship number {n} brought {n} tonnes of grain.", f"La nave numero {n} ha portato {n} tonnellate di grano.") for n in (31, 47, 58, 62, 75, 89)]  # fmt: skip
    unit = Translated("d", ("en", "it"), tuple(en for en, _ in lines), tuple(("en-it", *pair) for pair in lines), altered=True)  # fmt: skip
    moved = [r for r in unit.rows() if r.column == "moved"]
    assert [r.kind for r in moved] == ["exchanged, en-it"] * 2 + ["repeated, en-it"] + ["slipped, en-it"] * 5
    assert [r.codes for r in moved[:2]] == [{"brief.swapped"}] * 2
    assert [r.codes for r in moved[3:]] == [{"brief.swapped"}] * 4 + [frozenset()]  # the last is of no line here


def test_what_the_faithful_summary_meets_too_is_no_catch():
    strange = "Ravenna and Trieste are two ports that handle many goods for the region every single year."
    found = Summaries("a", EN, strange, (("none", f"{strange} "), ("figure", EN.replace("27", "39")))).rows()
    faithful, *edited = (r for r in found if r.column != "bump worded")
    assert [(r.column, r.kind) for r in edited] == [("bump edited", "none"), ("bump edited", "figure")]
    assert faithful.codes
    assert not edited[0].codes
    assert {"figure.changed", "figure.invented"} & edited[1].codes


def test_an_old_alarm_on_an_edited_sentence_is_worded_otherwise_and_no_catch():
    strange = "Ravenna and Trieste are two ports that handle many goods for the region every single year."
    edited = strange.replace("many", "some")
    _, new, worded = Summaries("a", EN, strange, (("kind", edited),)).rows()
    assert (new.column, worded.column) == ("bump edited", "bump worded")
    assert not new.codes
    assert worded.codes


def test_every_set_is_read_and_those_that_are_absent_are_skipped(tmp_path):
    assert list(load(tmp_path, tmp_path)) == []
    written(tmp_path, "ntrex/lines.jsonl", [{"doc": "d", "en": EN, "it": IT, "zh": "拉文纳港"}])
    written(tmp_path, "wmt21_zh_en/lines.jsonl", [{"block": 0, "zh": "拉文纳港", "en": "The port"}])
    marked = {"system": "s", "doc": "d", "segment": 1, "source": "拉文纳港", "target": "The port"}
    written(
        tmp_path, "mqm_zh_en/lines.jsonl", [{**marked, "label": label} for label in ("clean", "wrong", "between")]
    )
    written(tmp_path, "bump/pairs.jsonl", [{"article_id": 1, "article": EN, "faithful": EN, "edited": EN, "error": "e"}])  # fmt: skip
    columns = [r.column for unit in load(tmp_path, tmp_path) for r in unit.rows() if r.column != "digit"]
    assert columns == [*checks.DIRECTIONS, "wmt21", "mqm", "mqm wrong", "bump", "bump edited", "bump worded"]


def test_the_adversarial_set_counts_as_its_own_command_does():
    (unit,) = (u for u in load(ROOT, ROOT / "evals", ["adversarial"]) if u.case.id == "zh-02-fabuhui")
    columns = checks.tallied(unit.rows())
    assert columns["adv"].flagged == 0
    assert columns["adversarial"].lines == len(unit.alterations)
    assert columns["adversarial"].flagged > 0


def test_lines_with_a_code_are_printed_with_source_and_message():
    shown = list(checks.listing([row("en-it", "brief.name"), row()], "brief.name"))
    assert shown == ["[en-it] d", "    s", "    t", "    -> m"]


def test_the_report_is_json_where_asked_for(tmp_path):
    written(tmp_path, "wmt21_zh_en/lines.jsonl", [{"block": 0, "zh": "出口增长7%。", "en": "Exports grew 9%."}])
    out = tmp_path / "out.json"
    checks.main(["--data", str(tmp_path), "--sets", "wmt21", "--jobs", "1", "--json", "--out", str(out)])
    made = json.loads(out.read_text("utf-8"))
    assert made["columns"]["wmt21"]["lines"] == 1
    assert made["flagged"][0]["codes"] == ["figure.changed"]
