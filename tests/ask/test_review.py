"""The second reading, through the whole line: what it is shown, and what its word does to a line."""

import json
import re

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from tests.support.endpoint import Reply, completion, failure, serving
from tests.support.model import answer, asked, extractive

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    "The new terminal was opened by the mayor on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
#: In other words than the article's.
OWN = "It will employ many people from next spring."
#: What no rule sees: who did what to whom.
SWAPPED = "The mayor was opened by the new terminal on 12 October 2023."
#: What a rule doubts: a negation that the source does not have.
DENIED = "The new terminal was not opened by the mayor on 12 October 2023."


def kind(request):
    return request.body["response_format"]["json_schema"]["name"]


def script(statement=None, differences=(), mended=None, relation="numbered statement"):
    """Answer extractively; a key point says `statement`, the second reading finds `differences`."""

    def reply(request):
        value = answer(*asked(request))
        if kind(request) in ("SummaryDraft", "DigestDraft") and statement:
            value["key_points"] = [{"sentences": [2], "text": statement}]
        if kind(request) == "ReviewDraft" and relation in request.prompt:
            number = next((n for n, line in pairs(request).items() if line in {statement, *map(str, differences)}), 0)
            value["differences"] = [{"number": number, **each} for each in differences] if number else []
        if kind(request) == "MendDraft" and mended is not None:
            value["statements"][0] |= mended
        return completion(json.dumps(value, ensure_ascii=False))

    return reply


_LINE = re.compile(r"^(\d+)\. (?:\((?:Italian|Chinese|English)\) )?(.+?)(?: (?:\[\d+\])+)?$", re.MULTILINE)


def pairs(request):
    """Return the lines that a second reading is asked about, by number."""
    return {int(number): line for number, line in _LINE.findall(request.prompt)}


def digest_of(reply, to=(), **settings):
    with serving(reply) as endpoint, Summarizer(Settings(base_url=endpoint.base_url, model="m", **settings)) as made:
        return made.summarize_sync(from_text(ARTICLE), to), endpoint.requests


def points(digest):
    return [point.text for point in digest.summary.key_points]


def found(digest, code):
    return [f for f in digest.findings if f.code == code]


def differs(first, second, what="the roles are swapped"):
    return {"first": first, "second": second, "what": what}


def test_it_sees_the_lines_and_their_sources_and_neither_the_article_nor_the_rules():
    digest, requests = digest_of(script(OWN), to=["it"])
    readings = [r for r in requests if kind(r) == "ReviewDraft"]
    assert len(readings) == 2
    statements, translations = readings
    assert list(pairs(statements).values()) == [OWN]
    assert "1. (Italian) " in translations.prompt
    assert all("<article" not in r.prompt for r in readings)
    assert all("compare lines" in r.body["messages"][0]["content"] for r in readings)
    assert "review" in digest.provenance.prompts
    assert [f for f in digest.findings if f.severity != "info"] == []


def test_what_is_copied_from_the_article_needs_no_second_reader():
    digest, requests = digest_of(script(OWN))
    (reading,) = [r for r in requests if kind(r) == "ReviewDraft"]
    assert list(pairs(reading).values()) == [OWN]
    assert digest.summary.abstract in ARTICLE


def test_what_only_the_reader_sees_is_a_doubt_and_asked_again_in_its_words():
    told = differs("opened by the mayor", "opened by the new terminal")
    right = {"sentences": [2], "text": "The mayor opened the new terminal on 12 October 2023.", "reason": ""}
    digest, requests = digest_of(script(SWAPPED, [told], right))
    (again,) = [r.prompt for r in requests if kind(r) == "MendDraft"]
    assert "'opened by the new terminal' for 'opened by the mayor': the roles are swapped" in again
    assert points(digest) == ["The mayor opened the new terminal on 12 October 2023."]
    assert found(digest, "review.difference") == []


def test_a_line_that_stands_against_the_reader_alone_is_published_with_the_doubt():
    digest, _ = digest_of(script(SWAPPED, [differs("opened by the mayor", "opened by the new terminal")]))
    assert points(digest) == [SWAPPED]
    (doubt,) = found(digest, "review.difference")
    assert (doubt.severity, doubt.where) == ("warning", "/summary/key_points/0")


def test_a_doubt_that_the_reader_does_not_share_is_let_go():
    digest, requests = digest_of(script(DENIED))
    assert points(digest) == [DENIED]
    assert [f.severity for f in found(digest, "summary.negation")] == ["info"]
    assert not any(kind(r) == "MendDraft" for r in requests)


def test_what_rule_and_reader_both_object_to_is_left_out():
    digest, _ = digest_of(script(DENIED, [differs("was opened", "was not opened")]))
    assert points(digest) == []
    (gone,) = found(digest, "summary.left_out")
    assert DENIED in gone.message


@pytest.mark.parametrize(
    "made_up", [differs("closed by the mayor", "opened"), differs("", ""), differs("opened", "shut for ever")]
)
def test_words_that_are_in_neither_line_count_for_nothing(made_up):
    digest, _ = digest_of(script(SWAPPED, [made_up]))
    assert found(digest, "review.difference") == []


@pytest.mark.parametrize(
    "reply", [failure(400, "no"), completion("{}"), completion('{"differences": [', finish_reason="length")]
)
def test_a_reading_that_fails_costs_no_line_and_is_told(reply: Reply):
    def failing(request):
        return reply if kind(request) == "ReviewDraft" else extractive(request)

    digest, _ = digest_of(failing, to=["it"])
    assert points(digest)
    assert digest.briefs[0].segments
    assert {f.severity for f in found(digest, "review.missing")} == {"warning"}


def test_only_doubts_are_read_where_that_is_set():
    _, quiet = digest_of(script(), review="doubts")
    _, doubtful = digest_of(script(DENIED), review="doubts")
    assert not any(kind(r) == "ReviewDraft" for r in quiet)
    (reading,) = [r for r in doubtful if kind(r) == "ReviewDraft"]
    assert list(pairs(reading).values()) == [DENIED]


def test_another_model_reads_where_one_is_set():
    digest, requests = digest_of(script(), to=["it"], review_model="reader")
    assert {r.body["model"] for r in requests if kind(r) == "ReviewDraft"} == {"reader"}
    assert {r.body["model"] for r in requests if kind(r) != "ReviewDraft"} == {"m"}
    assert digest.provenance.requests == len(requests)
    assert digest.provenance.model != "reader"


def test_no_more_than_four_questions_stand_one_behind_the_other():
    """Summary and quotes; briefs and statements read; briefs read; what has to be mended."""
    _, requests = digest_of(script(OWN), to=["it", "zh"])
    assert [kind(r) for r in requests].count("ReviewDraft") == 2
    assert len(requests) <= 5


def test_a_source_line_is_shown_once_for_all_languages():
    digest, requests = digest_of(script(), to=["it", "zh"])
    shown = next(r.prompt for r in requests if "numbered translation" in r.prompt)
    assert shown.count(digest.briefs[0].segments[-1].source) == 1
    assert shown.count("(Italian)") == shown.count("(Chinese)") == len(digest.briefs[0].segments) + 1


QUOTING = (
    "The council met on Monday in Trieste. Anna Rossi, the mayor, and Marco Bianchi, the harbour master, were there. "
    '"The new terminal will open in autumn," he said. The works cost 186.3 million euros.'
)


def quoting(differences=(), text=QUOTING, requests=None):
    """Name Marco Bianchi as the speaker of what a pronoun says; the second reading may object."""

    def reply(request):
        if requests is not None:
            requests.append(request)
        value = answer(*asked(request))
        for quote in value.get("quotes", ()):
            quote["speaker"] = "Marco Bianchi"
        if kind(request) == "ReviewDraft":
            number = next((n for n, line in pairs(request).items() if line.startswith("Marco Bianchi: ")), 0)
            value["differences"] = [{"number": number, **each} for each in differences] if number else []
        return completion(json.dumps(value, ensure_ascii=False))

    with serving(reply) as endpoint, Summarizer(Settings(base_url=endpoint.base_url, model="m")) as made:
        return made.summarize_sync(from_text(text))


def test_a_speaker_that_is_only_inferred_is_read_a_second_time():
    cleared = quoting()
    assert [q.speaker.name for q in cleared.quotes] == ["Marco Bianchi"]
    assert [f.severity for f in found(cleared, "quote.named")] == ["info"]
    refused = quoting([differs("Anna Rossi, the mayor", "Marco Bianchi", "the mayor said it")])
    assert [q.speaker for q in refused.quotes] == [None]
    assert found(refused, "quote.named") == []
    assert "the mayor said it" in found(refused, "quote.unattributed")[0].message


def test_a_second_reader_of_an_interview_sees_who_it_is_with():
    head = "Marco Bianchi, the harbour master, received us in May."
    text = f"{head} Rain came in. It was cold. Ships were late. Cranes stood still. Nobody came.\n\nWhat does it cost?\n\n"
    requests = []
    digest = quoting(text=text + '"From thirty euros to eight thousand, and tin has risen."', requests=requests)
    assert [q.speaker.name for q in digest.quotes] == ["Marco Bianchi"]
    (reading,) = [r for r in requests if kind(r) == "ReviewDraft" and "Marco Bianchi: " in r.prompt]
    assert head in reading.prompt
    assert "It was cold" not in reading.prompt
