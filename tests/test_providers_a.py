"""A whole digest from each of the hosted providers, as its documentation says that it behaves."""

import asyncio
from functools import partial

import pytest

from endpoint import serving
from providers import (
    anthropic_compatible,
    azure_deployments,
    azure_v1,
    deepseek,
    deepseek_reasoner,
    gemini,
    mistral,
    mistral_reasoning,
    openai_chat,
    openai_reasoning,
    qwen,
    qwen_thinking,
)
from providers.protocol import KEY
from summarizer import Settings, Summarizer, errors, publish
from summarizer.article import from_text

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
#: One for the summary, one for the quotes, two for the translations.
QUESTIONS = 4

#: The provider, its script, what has to be learned once, each at the price of one request. Room for hidden tokens is
#: learned once where it is added to each question's limit: the servers think equally long about every question.
PROVIDERS = [
    pytest.param(openai_chat, openai_chat.script, [], id="openai-chat"),
    pytest.param(
        openai_chat, partial(openai_chat.script, limited=1), ["wait for the rate limit"], id="openai-limited"
    ),
    pytest.param(
        openai_reasoning,
        openai_reasoning.script,
        ["max_completion_tokens for max_tokens, and with it no temperature", "room for reasoning"],
        id="openai-reasoning",
    ),
    pytest.param(
        openai_reasoning,
        partial(openai_reasoning.script, refuses=True),
        ["max_completion_tokens for max_tokens, and with it no temperature", "room for reasoning, told by a 400"],
        id="openai-reasoning-refuses",
    ),
    pytest.param(azure_v1, azure_v1.script, ["a schema without bounds"], id="azure-v1"),
    pytest.param(azure_deployments, azure_deployments.script, ["a schema without bounds"], id="azure-deployments"),
    pytest.param(gemini, gemini.script, ["room for thoughts"], id="gemini"),
    pytest.param(gemini, partial(gemini.script, bare=True), ["room for thoughts, no message"], id="gemini-bare"),
    pytest.param(
        anthropic_compatible,
        anthropic_compatible.script,
        ["no temperature", "a schema without bounds"],
        id="anthropic",
    ),
    pytest.param(deepseek, deepseek.script, ["a tool for json_schema"], id="deepseek"),
    pytest.param(
        deepseek_reasoner,
        deepseek_reasoner.script,
        ["a tool for json_schema", "JSON mode for a forced tool", "room for thoughts"],
        id="deepseek-reasoner",
    ),
    pytest.param(qwen, qwen.script, [], id="qwen"),
    pytest.param(
        qwen_thinking,
        qwen_thinking.script,
        ["a tool for json_schema", "a tool that is not forced"],
        id="qwen-thinking",
    ),
    pytest.param(mistral, mistral.script, [], id="mistral"),
    pytest.param(mistral_reasoning, mistral_reasoning.script, ["room for thoughts"], id="mistral-reasoning"),
]


def digest_of(endpoint, provider, **settings):
    address = {"base_url": endpoint.root + provider.PATH, "api_key": KEY}
    with Summarizer(Settings(**{**address, **provider.SETTINGS, **settings})) as summarizer:
        return summarizer.summarize_sync(from_text(ARTICLE), ["it", "zh"])


@pytest.mark.parametrize(("provider", "script", "learned"), PROVIDERS)
def test_a_digest_is_complete_and_nothing_is_learned_twice(provider, script, learned):
    with serving(script()) as endpoint:
        digest = digest_of(endpoint, provider)
    publish.validate(digest)
    assert [f for f in digest.findings if f.severity == "error"] == []
    lines = [digest.summary.abstract, *(point.text for point in digest.summary.key_points)]
    for brief in digest.briefs:
        assert brief.headline.target
        assert [segment.source for segment in brief.segments] == lines
        assert all(segment.target for segment in brief.segments)
    assert [brief.target_language for brief in digest.briefs] == ["it", "zh"]
    assert len(endpoint.requests) == QUESTIONS + len(learned)
    assert digest.provenance.requests == QUESTIONS + len(learned)


@pytest.mark.parametrize(("provider", "script", "learned"), PROVIDERS)
def test_what_was_learned_is_kept_for_the_next_article(provider, script, learned):
    address = {"api_key": KEY, **provider.SETTINGS}
    with serving(script()) as endpoint:
        settings = Settings(base_url=endpoint.root + provider.PATH, **address)

        async def both():
            async with Summarizer(settings) as summarizer:
                await summarizer.summarize(from_text(ARTICLE), ["it", "zh"])
                await summarizer.summarize(from_text(ARTICLE), ["it", "zh"])

        asyncio.run(both())
    assert len(endpoint.requests) == 2 * QUESTIONS + len(learned)


@pytest.mark.parametrize("provider", [azure_v1, anthropic_compatible], ids=["azure", "anthropic"])
def test_a_schema_without_its_bounds_is_tried_before_the_schema_is_given_up(provider):
    with serving(provider.script()) as endpoint:
        digest_of(endpoint, provider)
    last = endpoint.requests[-1]
    assert last.strict
    assert "maxItems" not in str(last.schema)


#: Providers whose key a user can mistype; Azure's classic API has it in a header of its own.
@pytest.mark.parametrize(
    "provider",
    [openai_chat, openai_reasoning, azure_v1, gemini, anthropic_compatible, deepseek, qwen, mistral],
    ids=lambda provider: provider.__name__.rpartition(".")[2],
)
def test_a_wrong_key_is_told_at_once_and_not_shown(provider):
    wrong = "mistyped-key-0123456789"
    with serving(provider.script()) as endpoint, pytest.raises(errors.ModelRejectedError) as raised:
        digest_of(endpoint, provider, api_key=wrong)
    assert len(endpoint.requests) == 1
    assert "key" in str(raised.value).lower()
    assert wrong not in str(raised.value)


def test_a_prompt_that_azures_filter_stops_is_a_refusal():
    with serving(azure_v1.script(filtered=True)) as endpoint, pytest.raises(errors.ModelRefusedError, match="filter"):
        digest_of(endpoint, azure_v1)


def test_a_deployment_that_does_not_exist_is_told_in_azures_words():
    with (
        serving(azure_v1.script()) as endpoint,
        pytest.raises(errors.ModelRejectedError, match="deployment for this resource does not exist"),
    ):
        digest_of(endpoint, azure_v1, model="another")


def test_an_open_qwen_model_says_which_setting_it_needs():
    with serving(qwen.script()) as endpoint, pytest.raises(errors.ModelRejectedError, match="enable_thinking"):
        digest_of(endpoint, qwen, model="qwen3-32b")


def test_a_smaller_window_than_set_is_learned_from_the_complaint():
    long = " ".join(
        f"In year {1900 + n} the port of Trieste handled {n + 2} million tonnes of goods." for n in range(300)
    )
    with serving(openai_reasoning.script(window=3000)) as endpoint:
        settings = Settings(base_url=endpoint.base_url, api_key=KEY, **openai_reasoning.SETTINGS)
        with Summarizer(settings) as summarizer:
            digest = summarizer.summarize_sync(from_text(long), ["it"])
    publish.validate(digest)
    assert digest.summary.key_points
