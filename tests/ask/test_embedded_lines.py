"""How the embedded model is asked for translations: behind the article, by a grammar, again behind placeholders."""

import re

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.llm import Endpoint, Limits
from summarizer.llm.connect import Backend
from tests.providers.protocol import line, wanted
from tests.support.endpoint import completion, serving
from tests.support.model import changed, extractive, lines

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
PLACEHOLDER = re.compile(r"\[(?:number|money|date|percent) \d+\]")


def digest_of(script, to=("it",)):
    """Return the digest and the requests for translations where the embedded model's server follows a script."""
    with serving(script) as server:
        endpoint = Endpoint(server.base_url, "own", None, concurrency=1, bounded_strings=True, embedded=True)
        with Summarizer(Settings(), backend=Backend(endpoint, Limits(), 60)) as summarizer:
            digest = summarizer.summarize_sync(from_text(ARTICLE), to)
    return digest, [r for r in server.requests if wanted(r)[0] == "TranslationDraft"]


def targets(digest):
    return [segment.target for brief in digest.briefs for segment in (brief.headline, *brief.segments)]


def wrong(value):
    for each in lines(value, "it"):
        each.put(each.text.replace("186,3", "1863").replace("62 milioni", "620 milioni"))


def test_lines_are_asked_for_behind_the_article_by_a_grammar():
    digest, (asked,) = digest_of(extractive)
    assert asked.prompt.index("<article") < asked.prompt.index("Task: translate")
    assert ARTICLE.partition(". ")[0] in asked.prompt.partition("Task:")[0]
    assert "grammar" in asked.body
    assert "response_format" not in asked.body
    assert len(targets(digest)) > 2
    assert all(targets(digest))


def test_the_summary_is_asked_for_by_its_schema():
    names = []

    def script(request):
        names.append((wanted(request)[0], "grammar" in request.body, "response_format" in request.body))
        return extractive(request)

    digest_of(script)
    assert ("SummaryDraft", False, True) in names
    assert ("TranslationDraft", True, False) in names


def test_a_line_has_room_by_its_own_length():
    _, (asked,) = digest_of(extractive)
    schema = wanted(asked)[1]
    told = dict(re.findall(r"^(\d+)\. (.+)$", asked.prompt.partition("Task:")[2], re.MULTILINE))
    room = {number: line(schema, "it", number)["maxLength"] for number in told}
    assert list(room) == list(schema["$defs"]["LinesDraft"]["properties"])
    longest, shortest = max(told, key=lambda n: len(told[n])), min(told, key=lambda n: len(told[n]))
    assert room[longest] > room[shortest]
    assert all(len(told[number]) < most < 3 * len(told[number]) + 60 for number, most in room.items())


def test_lines_with_wrong_figures_are_asked_for_again_together_behind_placeholders():
    digest, (first, again) = digest_of(changed(wrong, "TranslationDraft", times=1))
    assert not PLACEHOLDER.search(first.prompt)
    task, schema = again.prompt.partition("Task:")[2], wanted(again)[1]
    told = dict(re.findall(r"^(\d+)\. (.+)$", task, re.MULTILINE))
    assert len(told) > 1
    for number, text in told.items():
        names = PLACEHOLDER.findall(text)
        assert names
        assert all(re.escape(name).replace(r"\ ", " ") in line(schema, "it", number)["pattern"] for name in names)
    assert "62 million" not in "".join(told.values())
    assert "your last translation" not in task  # a wrong figure shown would be repeated
    assert "objection: " in task
    assert any("62 milioni" in target for target in targets(digest))
    assert not any("620" in target or "1863" in target for target in targets(digest))


def test_a_line_asked_for_again_has_no_reason():
    _, (_, again) = digest_of(changed(wrong, "TranslationDraft", times=1))
    assert "reason" not in again.prompt.partition("Task:")[2]
    assert all(line(wanted(again)[1], "it", number)["type"] == "string" for number in ("1", "2"))


@pytest.mark.parametrize("number", ["1", "2"])
def test_an_answer_whose_placeholders_do_not_fit_changes_no_line(number):
    def twice(value):
        (each,) = [each for each in lines(value, "it") if each.number == number]
        each.put(f"{each.text} {each.text}")

    first, then = changed(wrong, "TranslationDraft"), changed(twice, "TranslationDraft")
    digest, _ = digest_of(lambda request: (then if "objection: " in request.prompt else first)(request))
    assert "brief.untranslated" in [f.code for f in digest.findings]
    assert not any("[" in target or "620" in target or "1863" in target for target in targets(digest))


@pytest.mark.parametrize(
    ("reply", "times"),
    [(completion('{"it":{"1":"Il', finish_reason="length"), 1), (completion("no JSON at all"), 3)],
    ids=["cut", "misfit"],
)
def test_lines_whose_answer_cannot_be_used_are_asked_for_once_more(reply, times):
    left = [reply] * times

    def script(request):
        return left.pop() if left and wanted(request)[0] == "TranslationDraft" else extractive(request)

    digest, asked = digest_of(script)
    assert len(asked) == times + 1
    assert all(targets(digest))
    assert "brief.untranslated" not in [f.code for f in digest.findings]
