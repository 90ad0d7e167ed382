"""Corrections by a person: what may be changed, what is refused at its line, and what the digest says of it."""

import json
from datetime import UTC, datetime

import pytest

from summarizer.digest import Change, Digest, FindingRecord, corrections, pointer
from summarizer.digest.audit import audit
from summarizer.errors import CorrectionError
from tests.digest.test_audit import published, spoken

MOMENT = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)


def read(digest, where):
    return pointer.at(digest.model_dump(mode="json"), where)


def edit(digest, where, after):
    return Change(kind="edit", where=where, before=read(digest, where), after=after)


def corrected(digest, *changes):
    return corrections.apply(digest, changes, "Ada", MOMENT)


def refusals(digest, *changes):
    before = digest.model_dump_json()
    with pytest.raises(CorrectionError) as raised:
        corrected(digest, *changes)
    assert digest.model_dump_json() == before
    return {(f.code, f.where) for f in raised.value.findings}


def doubted(digest, where="/summary/key_points/2", code="name.unsupported", severity="warning"):
    """A digest with one finding of its own, the last."""
    found = FindingRecord(code=code, severity=severity, message="look here", where=where, span=None)
    return digest.model_copy(update={"findings": (*digest.findings, found)})


def last(digest):
    return f"/findings/{len(digest.findings) - 1}"


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_a_line_takes_other_words_and_the_digest_says_so(language):
    digest = published(language)
    # the article's own words, and their translation
    headline, target = digest.briefs[0].segments[0].source, digest.briefs[0].segments[0].target
    made = corrected(
        digest, edit(digest, "/summary/headline", headline), edit(digest, "/briefs/0/headline/target", target)
    )
    assert made.summary.headline == made.briefs[0].headline.source == headline
    assert (made.review.reviewer, made.review.at) == ("Ada", MOMENT)
    assert [(c.kind, c.where) for c in made.review.changes] == [
        ("edit", "/summary/headline"), ("edit", "/briefs/0/headline/target"), ("edit", "/briefs/0/headline/source"),
    ]  # fmt: skip
    assert made.review.changes[0].before == digest.summary.headline
    assert made.model_copy(
        update={"summary": digest.summary, "briefs": digest.briefs, "review": None, "findings": ()}
    ) == (digest.model_copy(update={"findings": ()}))


def test_one_language_of_a_line_is_not_corrected_to_say_something_else_than_the_other():
    digest = published("zh")
    assert ("brief.place", "/briefs/0/headline/target") in refusals(
        digest, edit(digest, "/summary/headline", digest.briefs[0].segments[0].source)
    )


def test_a_change_that_changes_nothing_is_none():
    digest = published("en")
    assert corrected(digest, edit(digest, "/summary/headline", digest.summary.headline)) == digest


def test_a_line_is_corrected_wherever_it_stands():
    digest = published("en")
    source = digest.briefs[0].segments[2].source
    abstract = digest.model_copy(
        update={"summary": digest.summary.model_copy(update={"abstract": f"{digest.summary.abstract} {source}"})}
    )
    new = "Trieste's port handled 62 million tonnes of goods in 2023."
    made = corrected(abstract, edit(abstract, "/summary/key_points/2/text", new))
    assert made.briefs[0].segments[2].source == made.summary.key_points[2].text == new
    assert made.summary.headline == digest.summary.headline  # the same words, and another line
    assert made.summary.abstract == f"{digest.summary.abstract} {new}"
    stale = [f for f in made.findings if f.code == "correction.stale"]
    assert {f.where for f in stale} == {"/briefs/0/segments/2/target"}
    titled = corrected(abstract, edit(abstract, "/summary/headline", new))
    assert titled.briefs[0].headline.source == new
    assert {f.where for f in titled.findings if f.code == "correction.stale"} == {"/briefs/0/headline/target"}


def test_a_sentence_of_the_abstract_is_corrected_in_the_briefs():
    digest = published("en")
    source = digest.briefs[0].segments[2].source
    whole = f"{digest.summary.abstract} {source}"
    digest = digest.model_copy(update={"summary": digest.summary.model_copy(update={"abstract": whole})})
    new = "The port of Trieste moved 62 million tonnes of goods in 2023."
    made = corrected(digest, edit(digest, "/summary/abstract", whole.replace(source, new)))
    assert made.briefs[0].segments[2].source == new
    gone = corrected(digest, edit(digest, "/summary/abstract", digest.article.text[: digest.article.sentences[0][1]]))
    assert "/briefs/0/segments/2/source" in {f.where for f in gone.findings if f.code == "correction.stale"}


BROKEN = [
    ("/summary/headline", "The port of Trieste handled 64 million tonnes of goods in 2023.", "figure"),
    ("/summary/key_points/2/text", "Il porto di Trieste ha movimentato 62 milioni di tonnellate di merci.", "summary.language"),
    ("/briefs/0/segments/2/target", "Il porto di Trieste ha movimentato 26 milioni di tonnellate di merci nel 2023.", "figure"),
    ("/briefs/0/segments/2/target", "The port of Trieste handled 62 million tonnes of goods in 2023.", "brief"),
    ("/quotes/Q/text", "The new terminal cost 187.3 million euros", "quote.unverified"),
    ("/quotes/Q/speaker/name", "Mario Draghi", "quote.stranger"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "words", "code"), BROKEN)
def test_an_edit_that_breaks_a_promise_is_an_error_at_its_line(where, words, code):
    digest = published("en")
    where = where.replace("Q", str(spoken("en")))
    found = refusals(digest, edit(digest, where, words))
    assert any(c.startswith(code) for c, _ in found)
    assert {pointer.line(place) for _, place in found} >= {pointer.line(where)}


def test_changes_are_made_together_or_not_at_all_and_only_broken_lines_are_named():
    digest = published("en")
    sound = edit(
        digest, "/briefs/0/segments/1/target", digest.briefs[0].segments[1].target.replace("costato", "costati")
    )
    found = refusals(digest, sound, edit(digest, *BROKEN[2][:2]))
    assert {pointer.line(where) for _, where in found} == {"/briefs/0/segments/2"}


def test_an_error_that_was_there_before_elsewhere_hinders_nobody():
    digest = published("en")
    body = digest.model_dump()
    body["briefs"][0]["segments"][2]["target"] = (
        "Il porto di Trieste ha movimentato 26 milioni di tonnellate di merci nel 2023."
    )
    digest = Digest.model_validate(body)
    assert any(f.severity == "error" for f in audit(digest))
    made = corrected(
        digest, edit(digest, "/summary/headline", digest.article.text[slice(*digest.article.sentences[1])])
    )
    assert made.review


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("edit", "/article/text"), ("edit", "/article/id"), ("edit", "/schema_version"), ("edit", ""), ("edit", "/"),
        ("edit", "/summary/key_points/99/text"), ("edit", "/summary/key_points/-1/text"),
        ("edit", "/summary/key_points/00/text"), ("edit", "/summary/key_points/٠/text"), ("edit", "/quotes/0/start"),
        ("edit", "/quotes/0/status"), ("edit", "/figures/0/value"), ("edit", "/findings/0/message"),
        ("edit", "/provenance/model"), ("edit", "/review"), ("edit", "summary/headline"), ("edit", "/summary/headline/"),
        ("edit", "/quotes/0/translations/xx"), ("edit", "/quotes/99/translations/it"), ("edit", "/quotes/0/translations/en"),
        ("removed", "/summary"), ("removed", "/summary/headline"), ("removed", "/briefs/0"), ("removed", "/quotes/99"),
        ("removed", "/findings/0"), ("removed", "/article"), ("removed", "/quotes/0/translations/zh"),
        ("accepted", "/findings/99"), ("accepted", "/summary/headline"), ("accepted", "/findings/x"),
    ],
)  # fmt: skip
def test_nothing_else_can_be_changed(kind, where):
    after = "New words" if kind == "edit" else None
    assert refusals(published("en"), Change(kind=kind, where=where, after=after)) == {("correction.refused", where)}


@pytest.mark.parametrize("words", ["", "  \n", "…", "\u202e\u200b", None, "x" * 20_001])
def test_a_line_without_a_word_or_without_end_is_none(words):
    digest = published("en")
    assert refusals(digest, edit(digest, "/summary/headline", words)) == {("correction.refused", "/summary/headline")}


def test_control_characters_and_line_ends_do_not_enter():
    digest = published("en")
    words = digest.article.text[slice(*digest.article.sentences[1])]
    made = corrected(digest, edit(digest, "/summary/headline", words.replace(" ", "\x1b \n\u202e", 1)))
    assert made.summary.headline == words


def test_a_line_that_somebody_else_changed_is_not_overwritten():
    digest = published("en")
    change = Change(kind="edit", where="/summary/headline", before="what I saw", after="Trieste handled goods")
    assert refusals(digest, change) == {("correction.refused", "/summary/headline")}


def test_the_same_line_twice_is_refused():
    digest = published("en")
    change = edit(digest, "/summary/headline", "Trieste handled goods in 2023")
    assert refusals(digest, change, change) == {("correction.refused", "/summary/headline")}


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_a_quote_becomes_another_passage_and_its_span_moves(language):
    digest = published(language)
    i = spoken(language)
    quote = digest.quotes[i]
    shorter = quote.text[: len(quote.text) * 3 // 4].rpartition(" ")[0] or quote.text[:-3]
    made = corrected(digest, edit(digest, f"/quotes/{i}/text", shorter))
    assert made.quotes[i].text == shorter == digest.article.text[made.quotes[i].start : made.quotes[i].end]
    assert made.quotes[i].start == quote.start
    assert made.quotes[i].kind == "direct"
    assert [f for f in audit(made) if f.severity == "error"] == []


def test_a_quote_that_has_moved_leaves_its_translation_in_doubt():
    digest = published("en")
    i = spoken("en")
    translated = corrected(
        digest,
        Change(
            kind="edit",
            where=f"/quotes/{i}/translations/it",
            after="Il nuovo terminal è costato 186,3 milioni di euro",
        ),
    )
    assert translated.quotes[i].translations["it"].startswith("Il nuovo")
    cut = corrected(translated, edit(translated, f"/quotes/{i}/text", "The new terminal cost 186.3 million"))
    assert (f"/quotes/{i}/translations/it", False) in {
        (f.where, f.accepted) for f in cut.findings if f.code == "correction.stale"
    }
    assert len(cut.review.changes) == 2


def test_a_speaker_is_corrected_named_and_taken_away():
    digest = published("en")
    i = spoken("en")
    gone = corrected(digest, Change(kind="removed", where=f"/quotes/{i}/speaker"))
    assert gone.quotes[i].speaker is None
    assert gone.review.changes[0].before.name == "Massimo Ambrosetti"
    named = corrected(gone, Change(kind="edit", where=f"/quotes/{i}/speaker/name", after="Massimo Ambrosetti"))
    speaker = named.quotes[i].speaker
    assert digest.article.text[speaker.start : speaker.end] == speaker.name == "Massimo Ambrosetti"
    office = corrected(named, Change(kind="edit", where=f"/quotes/{i}/speaker/role", after="Italian Ambassador"))
    assert office.quotes[i].speaker.role == "Italian Ambassador"
    none = corrected(office, edit(office, f"/quotes/{i}/speaker/role", ""))
    assert none.quotes[i].speaker.role is None
    assert refusals(gone, Change(kind="edit", where=f"/quotes/{i}/speaker/role", after="Italian Ambassador"))


def test_what_is_taken_out_leaves_every_other_line_and_finding_at_its_place():
    digest = doubted(doubted(published("en")), "/summary/key_points/0")
    made = corrected(
        digest,
        Change(kind="removed", where="/summary/key_points/0"),
        edit(
            digest,
            "/summary/key_points/1/text",
            "The new terminal cost 186.3 million euros, said Massimo Ambrosetti.",
        ),
        Change(kind="removed", where="/briefs/0/segments/1"),
        Change(kind="removed", where="/briefs/0/segments/0"),
    )
    assert [p.text for p in made.summary.key_points][1:] == [digest.summary.key_points[2].text]
    assert made.summary.key_points[0].text.startswith("The new terminal")
    assert [s.target for s in made.briefs[0].segments] == [digest.briefs[0].segments[2].target]
    assert [f.where for f in made.findings if f.message == "look here"] == ["/summary/key_points/1"]
    gone = [c for c in made.review.changes if c.kind == "removed"]
    assert {c.where for c in gone} == {"/summary/key_points/0", "/briefs/0/segments/1", "/briefs/0/segments/0"}
    assert {f.message for c in gone for f in c.settled} == {"look here"}
    assert replayed(digest, made.review.changes)["summary"]["key_points"] == [
        p.model_dump(mode="json") for p in made.summary.key_points
    ]


def replayed(digest, changes):
    """The texts that the recorded changes give one after the other, made by hand."""
    body = digest.model_dump(mode="json")
    for change in changes:
        above, _, name = change.where.rpartition("/")
        holder = pointer.at(body, above)
        if change.kind == "removed":
            del holder[int(name)]
        elif change.kind == "edit":
            holder[name] = change.after
    return body


def test_a_doubt_that_is_ticked_off_stays_and_hinders_nobody():
    digest = doubted(published("en"))
    made = corrected(digest, Change(kind="accepted", where=last(digest), before="look here"))
    assert len(made.findings) == len(digest.findings)
    assert (made.findings[-1].accepted, made.findings[-1].severity) == (True, "info")
    assert made.review.changes[0].before.severity == "warning"
    again = corrected(made, Change(kind="accepted", where=last(made)))
    assert again == made


def test_proof_cannot_be_ticked_off():
    digest = doubted(published("en"), code="figure.invented", severity="error")
    assert refusals(digest, Change(kind="accepted", where=last(digest))) == {("correction.refused", last(digest))}


def test_an_edit_settles_the_doubts_about_its_line_and_of_no_other():
    digest = doubted(doubted(published("en"), "/briefs/0/segments/1/target", "review.difference"))
    new = "«Il nuovo terminal è costato 186,3 milioni di euro», ha dichiarato Massimo Ambrosetti, ambasciatore d'Italia in Cina."
    made = corrected(digest, edit(digest, "/briefs/0/segments/1/target", new))
    assert [f.where for f in made.findings if f.message == "look here"] == ["/summary/key_points/2"]
    assert [f.code for f in made.review.changes[0].settled] == ["review.difference"]


def test_a_new_doubt_about_an_edited_line_is_shown_and_can_be_ticked_off_for_the_audit_too():
    digest = published("en")
    i = spoken("en")
    doubtful = edit(digest, f"/quotes/{i}/speaker/name", "Gong Zheng")
    made = corrected(digest, doubtful, edit(digest, f"/quotes/{i}/speaker/role", "Shanghai Mayor"))
    places = [n for n, f in enumerate(made.findings) if f.code == "quote.misattributed"]
    assert places
    let_go = corrected(made, Change(kind="accepted", where=f"/findings/{places[0]}"))
    found = [f for f in audit(let_go) if f.code == "quote.misattributed"]
    assert [(f.severity, f.message.endswith("(ticked off by Ada on 2026-11-29)")) for f in found] == [("info", True)]
    back = corrected(let_go, edit(let_go, f"/quotes/{i}/speaker/name", "Massimo Ambrosetti"))
    assert not [f for f in back.findings if f.code == "quote.misattributed"]


def test_a_forged_acceptance_clears_no_proof():
    digest = published("en")
    body = digest.model_dump()
    body["briefs"][0]["segments"][2]["target"] = BROKEN[2][1]
    wrong = next(f for f in audit(Digest.model_validate(body)) if f.severity == "error")
    body["findings"] = [
        {
            "code": wrong.code,
            "severity": "info",
            "message": "fine",
            "where": wrong.where,
            "span": None,
            "accepted": True,
        }
    ]
    assert any(f.severity == "error" for f in audit(Digest.model_validate(body)))


def test_a_corrected_digest_is_read_again_as_it_was():
    digest = doubted(published("en"))
    made = corrected(
        digest,
        Change(kind="accepted", where=last(digest)),
        Change(kind="removed", where="/quotes/0"),
        Change(kind="removed", where="/briefs/0/segments/0"),
    )
    assert Digest.model_validate_json(made.model_dump_json()) == made
    assert json.loads(made.model_dump_json())["review"]["changes"][0]["kind"] == "accepted"


@pytest.mark.parametrize(
    ("where", "removed", "expected"),
    [
        ("/quotes/3/text", ["/quotes/1"], "/quotes/2/text"),
        ("/quotes/1/text", ["/quotes/1"], None),
        ("/quotes/10", ["/quotes/1"], "/quotes/9"),
        ("/quotes/0", ["/quotes/1"], "/quotes/0"),
        ("/quotes", ["/quotes/1"], "/quotes"),
        ("/briefs/1/segments/4", ["/briefs/0/segments/1", "/briefs/1/segments/0", "/briefs/1/segments/2"], "/briefs/1/segments/2"),
        ("/quotes/2/translations/it", ["/quotes/2/speaker", "/quotes/0"], "/quotes/1/translations/it"),
        ("", ["/quotes/1"], ""),
    ],
)  # fmt: skip
def test_pointers_move_with_what_stands_behind_them(where, removed, expected):
    assert pointer.moved(where, removed) == expected
