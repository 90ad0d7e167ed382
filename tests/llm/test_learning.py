"""What is learned of an endpoint that refuses, changes its mind or misleads: little is asked, and all know it."""

import asyncio
import json
import sys
from itertools import count

import pytest

from summarizer import Settings, Summarizer, cli, errors
from summarizer.article import from_text
from summarizer.digest import assemble
from summarizer.llm.quoted import without_quotes
from tests.providers.generation import generate, limit_of
from tests.providers.protocol import limit, prompt_tokens, question, wanted
from tests.support.endpoint import completion, failure, serving
from tests.support.model import extractive, said

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
#: Sentences whose words mean something else to whoever reads a complaint.
MISLEADING = (
    "The temperature in the harbour fell while max_tokens, tools and the JSON schema were debated. "
    "A system role for the response_format was not supported, said the council, and insufficient funds were blamed. "
)

#: One for summary and quotes, one for the translations, and one second reading of both. The scripted summary is in the
#: article's own words, so that it is not read again.
QUESTIONS = 3


def digest_of(endpoint, text=ARTICLE, **settings):
    with Summarizer(Settings(base_url=endpoint.base_url, concurrency=1, **settings)) as summarizer:
        return summarizer.summarize_sync(from_text(text), ["it", "zh"])


def failing(script, text=ARTICLE, **settings):
    with serving(script) as endpoint, pytest.raises(errors.SummarizerError) as raised:
        digest_of(endpoint, text, **settings)
    return raised.value, len(endpoint.requests)


def test_an_endpoint_that_refuses_everything_in_turn_is_told_as_one():
    def script(request):
        names = [name for name in request.body if name not in ("model", "messages")]
        return failure(400, f"Unsupported parameter: '{names[0] if names else 'messages'}' is not supported")

    error, requests = failing(script)
    assert type(error) is errors.ModelRejectedError
    assert "is not supported" in str(error)
    assert requests <= 8


def test_an_endpoint_that_complains_of_what_was_left_out_ends_too():
    turns = count()

    def script(_):
        field = "max_tokens" if next(turns) % 2 else "temperature"
        return failure(400, f"{field}: bad value")

    error, requests = failing(script)
    assert type(error) is errors.ModelRejectedError
    assert requests <= 4


def test_a_field_that_is_refused_now_and_then_is_given_up_for_good():
    turns = count()

    def script(request):
        if "temperature" in request.body and next(turns) % 2:
            return failure(400, "Unsupported value: 'temperature'", param="temperature")
        return extractive(request)

    with serving(script) as endpoint:
        digest = digest_of(endpoint)
    assemble.validate(digest)
    assert len(digest.briefs) == 2
    assert len(endpoint.requests) == QUESTIONS + 1


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_complaint_that_quotes_the_article_gives_nothing_up(status):
    def script(request):
        return failure(status, f"Content rejected: {question(request)[:4000]}", code="moderation_blocked")

    error, requests = failing(script, MISLEADING + ARTICLE, timeout_s=20)
    assert f"({status})" in str(error)
    assert "billing" not in str(error)
    assert requests == (4 if status == 500 else 1)


def test_what_a_complaint_says_beside_its_quote_is_heard():
    def script(request):
        if "temperature" in request.body:
            return failure(400, f"Extra inputs are not permitted: temperature, input: {json.dumps(request.body)}")
        return extractive(request)

    with serving(script) as endpoint:
        digest = digest_of(endpoint, MISLEADING + ARTICLE)
    assemble.validate(digest)
    assert all("temperature" not in request.body for request in endpoint.requests[1:])
    assert all("max_tokens" in request.body for request in endpoint.requests)
    assert {limit(request) for request in endpoint.requests if "quotes" in wanted(request)[1]["properties"]} == {
        limit(endpoint.requests[0])
    }


def test_a_quote_is_found_through_escapes_and_in_chinese():
    source = '第一句话提到温度和工具。\nThe tools were\tthere, and "the schema" too.'
    told = f"温度 is wrong in {json.dumps(source, ensure_ascii=False)}"
    assert without_quotes(told, [source]).split()[:4] == ["温度", "is", "wrong", "in"]
    assert "schema" not in without_quotes(told, [source])
    assert "提到" not in without_quotes(told, [source])
    assert without_quotes("the schema is bad", [source]) == "the schema is bad"


def test_a_quote_is_found_where_its_characters_stand_as_codes():
    source = "贸易额为49亿元，增长了7%，🚢 città e qualità in più."
    told = f"max_tokens is wrong in {json.dumps(source)}"
    assert without_quotes(told, [source]).split()[:4] == ["max_tokens", "is", "wrong", "in"]
    assert not set("479") & set(without_quotes(told, [source]))
    assert without_quotes(r"a lone half \ud83d is no character", [source]).endswith("is no character")


def test_a_complaint_that_names_our_own_limit_is_answered_with_the_other_name():
    def script(request):
        if "max_tokens" in request.body:
            return failure(400, f"max_tokens={request.body['max_tokens']} is not a parameter of this model")
        return extractive(request)

    with serving(script) as endpoint:
        digest = digest_of(endpoint)
    assemble.validate(digest)
    assert len(endpoint.requests) == QUESTIONS + 1


@pytest.mark.parametrize(("model", "lessons"), [("m-20241022", 1), ("of 2024", 2)])
def test_a_complaint_that_names_our_limit_beside_the_largest_is_answered_with_that(model, lessons):
    """Of several numbers below ours the largest is tried first: one too large is told again, one too small never."""

    def script(request):
        if limit(request) > 700:
            return failure(400, f"max_tokens: {limit(request)} > 700, the maximum of this model ({model})")
        return extractive(request)

    with serving(script) as endpoint:
        digest = digest_of(endpoint)
    assemble.validate(digest)
    assert len(endpoint.requests) == QUESTIONS + lessons


#: Forty sentences, about 700 tokens of the servers here.
YEARS = " ".join(f"In year {1900 + n} the port handled {n + 2} million tonnes of goods." for n in range(40))


def windowed(window):
    def script(request):
        told = (
            f"This model's maximum context length is {window} tokens. However, you requested {prompt_tokens(request)}"
        )
        return failure(400, told) if prompt_tokens(request) > window else extractive(request)

    return script


def test_a_window_smaller_than_any_question_is_told():
    error, requests = failing(windowed(300), YEARS)
    assert isinstance(error, errors.ModelRejectedError)
    assert "--context-tokens" in str(error)
    assert requests <= 4


def test_a_window_that_holds_a_few_sentences_is_worked_in():
    with serving(windowed(600)) as endpoint:
        digest = digest_of(endpoint, YEARS, max_key_points=1)
    assemble.validate(digest)
    assert sum(prompt_tokens(request) > 600 for request in endpoint.requests) == 1
    assert digest.summary.key_points


def test_articles_at_once_fail_each_for_its_own_reason():
    texts = {
        "filtered": ARTICLE.replace("Trieste", "Genova"),
        "failing": ARTICLE.replace("Trieste", "Bari"),
        "good": ARTICLE,
    }

    def script(request):
        asked = question(request)
        if "Genova" in asked:
            return failure(400, "blocked", code="content_filter")
        return failure(500, "overloaded") if "Bari" in asked else extractive(request)

    async def all_three(endpoint):
        async with Summarizer(Settings(base_url=endpoint.base_url)) as summarizer:
            work = (summarizer.summarize(from_text(text), ["it", "zh"]) for text in texts.values())
            return await asyncio.gather(*work, return_exceptions=True)

    with serving(script) as endpoint:
        filtered, failed, good = asyncio.run(all_three(endpoint))
    assert type(filtered) is errors.ModelRefusedError
    assert type(failed) is errors.ModelUnavailableError
    assert len(good.briefs) == 2


def reasoning(request):
    """Think 2,400 tokens before each answer, within the limit: no question leaves room for so many by itself."""
    made = generate(said(request), 2_400, limit_of(request, "max_completion_tokens", "max_tokens"))
    usage = {"prompt_tokens": 900, "completion_tokens": made.tokens}
    details = {"completion_tokens_details": {"reasoning_tokens": made.reasoning_tokens}}
    return completion(made.answer, finish_reason=made.finish_reason, usage={**usage, **details})


def test_room_for_thinking_is_learned_once_for_twenty_articles_at_once():
    texts = [ARTICLE.replace("62 million", f"{62 + n} million") for n in range(20)]

    async def all_of_them(endpoint):
        async with Summarizer(Settings(base_url=endpoint.base_url, concurrency=8)) as summarizer:
            return await asyncio.gather(*(summarizer.summarize(from_text(text), ["it", "zh"]) for text in texts))

    with serving(reasoning) as endpoint:
        digests = asyncio.run(all_of_them(endpoint))
    assert all(len(digest.briefs) == 2 for digest in digests)
    assert len(endpoint.requests) == 20 * QUESTIONS + 1
    assert sum(digest.provenance.requests for digest in digests) == 20 * QUESTIONS + 1


def test_what_the_first_article_of_a_command_teaches_holds_for_the_others(monkeypatch, tmp_path, capsys):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(ARTICLE.replace("62 million", f"{62 + n} million"), encoding="utf-8")

    def script(request):
        if "temperature" in request.body:
            return failure(400, "temperature is not supported")
        return reasoning(request)

    with serving(script) as endpoint:
        flags = ["--to", "it", "--to", "zh", "--format", "json", "--base-url", endpoint.base_url, "--quiet"]
        monkeypatch.setattr(sys, "argv", ["summarizer", "summarize", str(tmp_path), *flags])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert not ended.value.code
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert len(endpoint.requests) == 3 * QUESTIONS + 2
