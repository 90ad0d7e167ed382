"""A fault that lasts, on one kind of question: what is paid for stays, and no more is paid than for a fault at once."""

import pytest

from summarizer import Settings, Summarizer, errors
from summarizer.article import from_text
from tests.providers.protocol import wanted
from tests.support.endpoint import Reply, Request, completion, failure, serving
from tests.support.model import extractive

ENGLISH = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring."
)
#: More quotes than are asked for: one has to be chosen.
SPOKEN = f'{ENGLISH} "The new quay will open in the spring of next year," said Marco Bianchi, mayor of the city.'
#: Two sections in the window below.
SECTIONS = SPOKEN + " ".join(
    f" In week {n} the port of Trieste handled {n * 1_307} containers, and {n * 11} trains left for the upper valleys."
    for n in range(11, 71)
)
SOON = {"retry-after-ms": "250"}
#: Name → what the endpoint sends for ever.
FAULTS = {
    "500": failure(500, headers=SOON),
    "429": failure(429, headers={"Retry-After": "3600"}),
    "400": failure(400, "this model is not for you"),
    "401": failure(401),
    "page": Reply(body=b"<html>busy</html>"),
    "refusal": completion(None, message={"refusal": "I will not."}),
    "cut": completion('{"it": {', finish_reason="length"),
    "misfit": completion('{"headline": 7, "it": 7}'),
}


def asks_for(request: Request, tasks: str) -> bool:
    """Tell whether a request is for one of the `tasks`, each a draft's name or a field that it has."""
    name, schema = wanted(request)
    return bool({name, *schema["properties"]} & set(tasks.split()))


def run(tasks: str, reply: Reply, to=("it", "zh"), text=ENGLISH, **settings):
    """Return the digest, or the error, and how many requests for one of the `tasks` were sent."""
    met = 0

    def script(request: Request) -> Reply:
        nonlocal met
        if not asks_for(request, tasks):
            return extractive(request)
        met += 1
        return reply

    with (
        serving(script) as endpoint,
        Summarizer(Settings(base_url=endpoint.base_url, model="m", **settings)) as summarizer,
    ):
        try:
            return summarizer.summarize_sync(from_text(text), to), met
        except errors.SummarizerError as error:
            return error, met


@pytest.mark.parametrize("name", FAULTS)
def test_a_lasting_fault_in_the_translations_keeps_summary_and_quotes(name):
    reply = FAULTS[name]
    error, at_once = run("headline", reply)
    assert isinstance(error, errors.ModelError | errors.OutputError)
    digest, later = run("TranslationDraft", reply)
    assert digest.summary.headline
    assert digest.quotes
    assert digest.briefs == ()
    missing = [f.message for f in digest.findings if f.code == "brief.missing"]
    assert [m.partition(":")[0] for m in missing] == [
        "there is no brief in Italian",
        "there is no brief in Chinese",
    ]
    # both languages are asked for in one question, and where that fails in one for each: one may be all that is wrong
    assert later <= at_once + 2
    _, alone = run("TranslationDraft", reply, to=("it",))
    assert alone <= at_once


@pytest.mark.parametrize("name", FAULTS)
def test_an_endpoint_that_fails_for_good_after_the_first_answer_keeps_summary_and_quotes(name):
    reply = FAULTS[name]
    _, at_once = run("headline", reply)
    digest, later = run("TranslationDraft differences statements", reply)
    assert digest.summary.headline
    assert digest.quotes
    codes = [f.code for f in digest.findings]
    # every statement is the article's own: there is nothing to read a second time
    assert (codes.count("brief.missing"), codes.count("review.missing")) == (2, 0)
    # where the question for both languages fails one for each is tried
    assert later <= at_once + 2


@pytest.mark.parametrize("name", FAULTS)
def test_a_lasting_fault_in_the_second_reading_takes_no_line_away(name):
    reply = FAULTS[name]
    _, at_once = run("headline", reply)
    read, _ = run("nothing", reply)
    digest, met = run("differences", reply)
    assert (digest.summary, digest.quotes, digest.briefs) == (read.summary, read.quotes, read.briefs)
    told = [f for f in digest.findings if f.code == "review.missing"]
    assert [f.severity for f in told] == ["warning"]
    # the translations are read in one question for both languages
    assert met <= at_once


@pytest.mark.parametrize("name", FAULTS)
def test_a_lasting_fault_in_the_choice_of_quotes_leaves_the_rules_choice(name):
    digest, met = run("quotes", FAULTS[name], text=SPOKEN, trust="low", max_quotes=1)
    assert met
    assert [q.speaker.name for q in digest.quotes] == ["Anna Rossi"]
    assert "quote.choice" in [f.code for f in digest.findings]
    # an endpoint that asks for an hour of silence is asked nothing more
    assert len(digest.briefs) == (0 if name == "429" else 2)


def test_the_choice_in_one_section_of_several_leaves_the_rules_choice_too():
    digest, met = run("quotes", FAULTS["400"], text=SECTIONS, context_tokens=3_000)
    assert met
    assert [q.speaker.name for q in digest.quotes] == ["Anna Rossi", "Marco Bianchi"]
    assert "quote.choice" in [f.code for f in digest.findings]
    assert len(digest.briefs) == 2


def test_an_outage_that_several_questions_meet_at_once_is_waited_out():
    down = 3

    def script(request: Request) -> Reply:
        nonlocal down
        if asks_for(request, "TranslationDraft") and down:
            down -= 1
            return failure(503)
        return extractive(request)

    with serving(script) as endpoint, Summarizer(Settings(base_url=endpoint.base_url, model="m")) as summarizer:
        digest = summarizer.summarize_sync(from_text(ENGLISH), ["it", "zh"])
    assert [b.target_language for b in digest.briefs] == ["it", "zh"]
