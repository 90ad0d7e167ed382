"""Two languages asked for at once: a trouble that passes costs no brief, one that lasts is paid for by one question."""

import asyncio
import time
from collections import Counter

import pytest

from summarizer import Settings, Summarizer, errors
from summarizer.article import from_text
from summarizer.ask.drafts import translation
from summarizer.digest import assemble
from summarizer.llm import Endpoint, Learned, Limits
from summarizer.llm.client import Client
from summarizer.llm.prompt import Message, Prompt
from summarizer.llm.sending import Trouble
from tests.providers.protocol import wanted
from tests.support.endpoint import Reply, completion, failure, serving
from tests.support.model import asked, changed

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)


def digest_of(endpoint, **settings):
    with Summarizer(Settings(base_url=endpoint.base_url, **settings)) as summarizer:
        return summarizer.summarize_sync(from_text(ARTICLE), ["it", "zh"])


def retold(value):
    """Put a statement in other words than the article's: it is read a second time."""
    value["abstract"][0] |= {"sentences": [1], "text": "In 2023 the port of Trieste handled 62 million passengers."}


def faulty(fault, draft, *, times=10**6):
    """Answer each question of one kind with `fault` the first `times`, and all others well."""
    met, well = Counter(), changed(retold, "SummaryDraft")

    def script(request):
        name, question = wanted(request)[0], asked(request)[0]
        if name != draft:
            return well(request)
        met[question] += 1
        return fault if met[question] <= times else well(request)

    return script


#: A fault, how often each question can meet it and still be answered, seconds that a request may take.
FAULTS = {
    "failure": (failure(500, "The server had an error"), 2, 30),
    "hang": (Reply(hang_s=1.2), 1, 0.6),
    "page": (Reply(200, b"<!doctype html><title>Maintenance</title>", {"Content-Type": "text/html"}), 1, 30),
    "misfit": (completion('{"it": "none", "headline": 1}'), 2, 30),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_trouble_of_both_translations_that_passes_ends_right(name):
    fault, times, timeout_s = FAULTS[name]
    with serving(faulty(fault, "TranslationDraft", times=times)) as endpoint:
        digest = digest_of(endpoint, timeout_s=timeout_s)
    assemble.validate(digest)
    assert [brief.target_language for brief in digest.briefs] == ["it", "zh"]
    assert [f.code for f in digest.findings if f.severity == "error"] == []


def sent(endpoint, draft) -> int:
    return sum(wanted(request)[0] == draft for request in endpoint.requests)


@pytest.mark.parametrize("name", FAULTS)
def test_a_trouble_that_lasts_costs_a_request_more_a_language_than_for_the_summary(name):
    fault, _, timeout_s = FAULTS[name]
    with serving(faulty(fault, "DigestDraft")) as endpoint, pytest.raises(errors.SummarizerError):
        digest_of(endpoint, timeout_s=timeout_s)
    once = sent(endpoint, "DigestDraft")
    with serving(faulty(fault, "TranslationDraft")) as endpoint:
        digest = digest_of(endpoint, timeout_s=timeout_s)
    assert [f.code for f in digest.findings].count("brief.missing") == 2
    assert digest.quotes
    # the second reading of the summary is answered beside them, and starts no new patience
    assert sent(endpoint, "ReviewDraft") == 1
    # where the question for both languages fails one for each is tried
    assert sent(endpoint, "TranslationDraft") <= once + 2


def test_an_answer_that_was_under_way_shows_no_end_of_a_trouble():
    trouble, asked_at = Trouble(), time.monotonic() - 1
    trouble.failed(TimeoutError(), asked_at)
    trouble.misfitted(asked_at)
    trouble.answered(asked_at)
    trouble.fitted(asked_at)
    assert (len(trouble.failures), trouble.misfits) == (1, 1)
    trouble.answered(time.monotonic())
    trouble.fitted(time.monotonic())
    assert (len(trouble.failures), trouble.misfits) == (0, 0)


async def two_questions(endpoint, limits):
    client = Client(Endpoint(endpoint.base_url, "m", None), limits, learned=Learned(fitting={"json_schema"}))
    session, prompt = client.session(), Prompt("translation", "v1#0", (Message("user", "lines"),))
    try:
        return await asyncio.gather(
            *(session.ask(prompt, translation(["it"], 1), 200) for _ in "ab"), return_exceptions=True
        )
    finally:
        await client.aclose()


async def test_one_of_two_waits_for_a_rate_limit_that_lasts():
    limited = failure(429, headers={"Retry-After": "0.3"})
    with serving(lambda _: limited) as endpoint:
        answers = await two_questions(endpoint, Limits(patience_s=1))
    assert [type(answer) for answer in answers] == [errors.ModelUnavailableError] * 2
    assert all("rate-limited" in str(answer) for answer in answers)
    assert len(endpoint.requests) <= 4 + 1


async def test_both_are_answered_after_a_rate_limit_that_ends():
    good = completion('{"it": {"1": "ciao"}}')

    def script(_):
        return failure(429, headers={"Retry-After": "0.3"}) if len(endpoint.requests) <= 3 else good

    with serving(script) as endpoint:
        answers = await two_questions(endpoint, Limits(patience_s=5))
    assert [answer.value.lines("it")[1].text for answer in answers] == ["ciao", "ciao"]
