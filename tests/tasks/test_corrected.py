"""Sections of one's own, corrected by a person: as values, in the browser, and on the review server."""

import functools
import threading

import pytest

from summarizer.digest import Change, Digest, corrections, pointer
from summarizer.digest.audit import audit
from summarizer.errors import CorrectionError
from summarizer.render.page import ReviewMode, page
from summarizer.review.files import Shelf
from summarizer.review.server import Review
from tests.support.driver import chromium, opening
from tests.tasks.test_rows import CHANGCHUN, PARTNERS, digest_of, number, rows, signed, told

ROW = "/sections/0/rows/0/values"
SECOND = "/sections/0/rows/1/values"


@functools.cache
def made():
    """A digest with agreements: four parties, subject, place and date, and a second row of two parties alone."""
    second = {**signed(), "parties": PARTNERS[:2], "subject": "cooperation of chambers", "place": "", "date": ""}
    return digest_of(CHANGCHUN, rows([signed(), second]))[0]


def place(name, row=ROW, digest=None):
    values = pointer.at((digest or made()).model_dump(mode="json"), row)
    return next(f"{row}/{i}" for i, each in enumerate(values) if each["field"] == name)


def edit(where, after):
    return Change(kind="edit", where=f"{where}/text", before=value(made(), where)["text"], after=after)


def removed(where):
    return Change(kind="removed", where=where)


def value(digest, where):
    return pointer.at(digest.model_dump(mode="json"), where)


def test_a_value_that_was_cut_out_moves_to_the_passage_that_is_named():
    edited = corrections.apply(made(), [edit(place("place"), "Jilin"), edit(place("date"), "2018-06-26")])
    text = edited.article.text
    for name in ("place", "date"):
        found = value(edited, place(name))
        assert text[found["start"] : found["end"]] == found["text"] in ("Jilin", "2018-06-26")
        assert any(start <= found["start"] < end for start, end in found["evidence"])
    assert value(edited, place("date"))["value"] == "2018-06-26"
    assert audit(edited) == tuple(audit(made()))
    assert [change.before for change in edited.review.changes] == ["Changchun", "June 21"]


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("place", "Trieste", "field.absent"),
        ("date", "July 4", "field.absent"),
        ("parties", "cooperation", "field.kind"),
        ("subject", "contracts worth 77 million euros", "figure.invented"),
        ("subject", "合同", "summary.language"),
    ],
)
def test_what_breaks_a_promise_is_refused_at_its_line(name, words, code):
    with pytest.raises(CorrectionError) as refused:
        corrections.apply(made(), [edit(place(name), words)])
    assert (code, place(name)) in {(f.code, pointer.line(f.where)) for f in refused.value.findings}


def test_a_day_that_no_rule_reads_is_taken_and_noted_there_and_ever_after():
    digest = corrections.apply(made(), [edit(place("date"), "first")])
    assert (value(digest, place("date"))["text"], value(digest, place("date"))["value"]) == ("first", None)
    assert [(f.code, f.where) for f in digest.findings if f.code == "field.unread"] == [
        ("field.unread", place("date"))
    ]
    assert [f.where for f in audit(digest) if f.code == "field.unread"] == [place("date")]


def test_a_value_can_be_taken_out_and_a_row_goes_with_its_last():
    less = corrections.apply(made(), [removed(place("date"))])
    assert "date" not in told(less)[0]
    assert [type(change.before).__name__ for change in less.review.changes] == ["Value"]
    count = len(made().sections[0].rows[0].values)
    gone = corrections.apply(made(), [removed(f"{ROW}/{i}") for i in range(count)])
    assert told(gone) == told(made())[1:]
    step = made()
    for change in gone.review.changes:
        step = corrections.apply(step, [change.model_copy(update={"settled": ()})])
    assert step.sections == gone.sections
    assert Digest.model_validate_json(gone.model_dump_json()) == gone


def test_a_finding_moves_with_its_row_and_goes_with_its_line():
    words = {"where": place("subject", SECOND), "message": "look", "severity": "warning", "span": None}
    body = made().model_dump(mode="json")
    body["findings"].append({"code": "review.difference", **words})
    doubted = Digest.model_validate(body)
    first = [removed(f"{ROW}/{i}") for i in range(len(made().sections[0].rows[0].values))]
    moved = corrections.apply(doubted, first)
    assert [f.where for f in moved.findings if f.message == "look"] == [words["where"].replace("rows/1", "rows/0")]
    settled = corrections.apply(doubted, [edit(words["where"], "cooperation between chambers")])
    assert not [f for f in settled.findings if f.message == "look"]


def test_nothing_else_of_a_section_can_be_changed():
    for where in ("/sections/0/title", "/sections/0/rows/0", f"{ROW}/0/start", f"{ROW}/0/value", f"{ROW}/99/text"):
        with pytest.raises(CorrectionError):
            corrections.apply(made(), [Change(kind="edit", where=where, before=None, after="x")])


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def line(shown, where):
    return shown.locator(f'#digest .line[data-where="{where}"]')


def typed(shown, where, words):
    line(shown, where).focus()
    shown.keyboard.press("e")
    line(shown, where).locator("textarea").fill(words)
    shown.keyboard.press("Enter")


def test_a_row_is_corrected_in_the_browser_checked_anew_and_saved(browser, tmp_path):
    kept = tmp_path / "changchun.json"
    kept.write_text(made().model_dump_json(), encoding="utf-8")
    review = Review(Shelf([str(kept)], print), lambda digests: page(digests, review=ReviewMode()))
    thread = threading.Thread(target=review.serve, daemon=True)
    thread.start()
    try:
        with opening(browser, tmp_path) as show:
            shown = show(review.address)
            typed(shown, place("place"), "Trieste")
            shown.get_by_text("can only become another passage").wait_for()
            shown.keyboard.press("Escape")
            typed(shown, place("place"), "Jilin")
            typed(shown, place("subject"), "contracts worth 77 million euros")
            shown.keyboard.press("Control+s")
            shown.get_by_text("must be mended first").wait_for()
            assert "77" in line(shown, place("subject")).locator(".finding.error").first.inner_text()
            typed(shown, place("subject"), "contracts to build a cooperative platform")
            shown.get_by_role("button", name="Remove Agreements signed, row 2").click()
            assert "removed by you" in line(shown, f"{SECOND}/0").inner_text()
            shown.keyboard.press("Control+s")
            shown.get_by_text("Saved.", exact=True).wait_for()
            assert shown.locator("#digest section.own li .line").count() == len(made().sections[0].rows[0].values)
    finally:
        review.stop()
        thread.join()
    saved = Digest.model_validate_json(kept.read_bytes())
    assert len(saved.sections[0].rows) == 1
    assert told(saved)[0]["place"] == ["Jilin"]
    assert told(saved)[0]["subject"] == ["contracts to build a cooperative platform"]
    assert audit(saved) == tuple(audit(made()))


def test_what_the_browser_saves_of_a_section_is_what_the_corrections_make(browser, tmp_path):
    with opening(browser, tmp_path) as show:
        shown = show(page([made()]), accept_downloads=True)
        typed(shown, place("date"), "2018-06-26")
        line(shown, place("parties")).focus()
        shown.keyboard.press("x")
        shown.get_by_role("button", name="Remove Agreements signed, row 2").click()
        with shown.expect_download() as told_of:
            shown.keyboard.press("Control+s")
        saved = Digest.model_validate_json(told_of.value.path().read_bytes())
    changes = [change.model_copy(update={"settled": ()}) for change in saved.review.changes]
    assert saved.sections == corrections.apply(made(), changes).sections
    assert told(saved)[0]["date"] == ["2018-06-26"]
    assert audit(saved) == tuple(audit(made()))


def test_a_choice_is_taken_from_its_list(browser, tmp_path):
    body = made().model_dump(mode="json")
    body["sections"][0]["fields"].append(
        {"name": "kind", "title": "Kind", "proof": "choice", "choices": ["contract", "memorandum"]}
    )
    evidence = body["sections"][0]["rows"][0]["values"][0]["evidence"]
    body["sections"][0]["rows"][0]["values"].append({"field": "kind", "text": "memorandum", "evidence": evidence})
    digest = Digest.model_validate(body)
    where = place("kind", digest=digest)
    with pytest.raises(CorrectionError) as refused:
        corrections.apply(digest, [Change(kind="edit", where=f"{where}/text", before="memorandum", after="treaty")])
    assert [f.code for f in refused.value.findings] == ["field.choice"]
    with opening(browser, tmp_path) as show:
        shown = show(page([digest]))
        line(shown, where).focus()
        shown.keyboard.press("e")
        line(shown, where).locator("select").select_option("contract")
        line(shown, where).get_by_role("button", name="Keep the change").click()
        assert "Kind: contract" in line(shown, where).inner_text()


def test_the_rows_that_are_corrected_are_of_a_real_article():
    assert number(CHANGCHUN, "signed contracts") > 1
    assert len(made().sections[0].rows) == 2
