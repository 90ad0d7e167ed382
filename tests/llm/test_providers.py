"""A whole digest from hosted providers, gateways and servers of one's own, each as its documentation says it behaves."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

import pytest

from summarizer import Settings, Summarizer, errors
from summarizer.article import from_text
from summarizer.digest import Digest, assemble
from tests.providers import (
    anthropic_compatible,
    azure_deployments,
    azure_v1,
    deepseek,
    deepseek_reasoner,
    gemini,
    groq,
    litellm,
    llamacpp,
    lmstudio,
    mistral,
    mistral_reasoning,
    ollama,
    openai_chat,
    openai_reasoning,
    openrouter,
    qwen,
    qwen_thinking,
    sglang,
    vllm,
)
from tests.providers.protocol import KEY
from tests.support.endpoint import Script, serving

ARTICLE = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023. "
    "It will employ 230 people from next spring. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
#: About 11,000 tokens: more than 8,192 and less than the 32,768 that the settings take for granted.
LONG = ARTICLE + "\n\n".join(
    f" In week {n} the port of Trieste handled {n * 1_307} containers, and {n * 11} trains left the northern terminal "
    f"for the markets of the upper valleys beyond the mountains. The warehouses behind the quay took in {n * 29} lorries, "
    f"{n * 17} vans and {n * 53} wagons from the coastal road, where the works on the new lane went on all the season."
    for n in range(11, 151)
)
#: The scripted model's translations of many lines resemble each other too much: a summary of few.
FEW = {"max_key_points": 1}
#: One for summary and quotes, one for the translations, and one second reading of both. The scripted summary is in the
#: article's own words, so that it is not read again.
QUESTIONS = 3


@dataclass(frozen=True)
class Case:
    """A provider as it may behave, and what has to be learned of it.

    Attributes:
        name: of the case.
        provider: its module.
        script: makes the server.
        learned: what is learned once, each at the price of one request. Room for hidden tokens is learned once where
            it is added to each question's limit: the servers think equally long about every question.
        settings: in place of the provider's own.
    """

    name: str
    provider: ModuleType
    script: Callable[[], Script]
    learned: tuple[str, ...] = ()
    settings: dict[str, Any] | None = None

    @property
    def asking(self) -> dict[str, Any]:
        return self.provider.SETTINGS if self.settings is None else self.settings


ROOM = "room for hidden tokens"
NEWER_LIMIT = "max_completion_tokens for max_tokens, and with it no temperature"
NO_BOUNDS = "a schema without bounds"
TOOL = "a tool for json_schema"
CASES = [
    Case("openai-chat", openai_chat, openai_chat.script),
    Case("openai-limited", openai_chat, partial(openai_chat.script, limited=1), ("wait for the rate limit",)),
    Case("openai-reasoning", openai_reasoning, openai_reasoning.script, (NEWER_LIMIT, ROOM)),
    Case(
        "openai-reasoning-refuses",
        openai_reasoning,
        partial(openai_reasoning.script, refuses=True),
        (NEWER_LIMIT, f"{ROOM}, told by a 400"),
    ),
    Case("azure-v1", azure_v1, azure_v1.script, (NO_BOUNDS,)),
    Case("azure-deployments", azure_deployments, azure_deployments.script, (NO_BOUNDS,)),
    Case("gemini", gemini, gemini.script, (ROOM,)),
    Case("gemini-bare", gemini, partial(gemini.script, bare=True), (f"{ROOM}, no message",)),
    Case("anthropic", anthropic_compatible, anthropic_compatible.script, ("no temperature", NO_BOUNDS)),
    Case("deepseek", deepseek, deepseek.script, (TOOL,)),
    Case(
        "deepseek-reasoner", deepseek_reasoner, deepseek_reasoner.script, (TOOL, "JSON mode for a forced tool", ROOM)
    ),
    Case("qwen", qwen, qwen.script),
    Case("qwen-thinking", qwen_thinking, qwen_thinking.script, (TOOL, "a tool that is not forced")),
    Case("mistral", mistral, mistral.script),
    Case("mistral-reasoning", mistral_reasoning, mistral_reasoning.script, (ROOM,)),
    Case("groq", groq, groq.script, (NO_BOUNDS, ROOM, "wait for the rate limit")),
    Case("groq-plain", groq, groq.script, (TOOL, "wait for the rate limit"), groq.PLAIN_SETTINGS),
    Case(
        "openrouter",
        openrouter,
        openrouter.script,
        (ROOM, "the upstream failed, told in a 200", "the upstream limited the rate, told in a choice"),
    ),
    # an answer with none of the schema's names is no chance: the schema was ignored
    Case("openrouter-unconstrained", openrouter, openrouter.unconstrained, ("the schema in the message",)),
    Case("ollama", ollama, ollama.script, (ROOM,)),
    Case("vllm", vllm, vllm.script, (ROOM,)),
    Case("vllm-xgrammar", vllm, vllm.xgrammar, (NO_BOUNDS,)),
    Case("sglang", sglang, sglang.script, (ROOM,)),
    # the answer stands in reasoning_content: nothing to learn for who reads it there when the content is empty
    Case("lmstudio", lmstudio, lmstudio.script),
    Case("llamacpp", llamacpp, llamacpp.script, (ROOM, "the model was being loaded")),
    Case("litellm", litellm, litellm.script, (ROOM, "no temperature")),
    Case("litellm-plain", litellm, litellm.script, (TOOL,), litellm.UNKNOWN_SETTINGS),
]


def settings_of(endpoint, provider, **settings) -> Settings:
    address = {"base_url": endpoint.root + provider.PATH, "api_key": KEY}
    return Settings(**{**address, **provider.SETTINGS, **settings})


def digest_of(endpoint, provider, text=ARTICLE, **settings) -> Digest:
    with Summarizer(settings_of(endpoint, provider, **settings)) as summarizer:
        return summarizer.summarize_sync(from_text(text), ["it", "zh"])


def assert_complete(digest: Digest) -> None:
    """Both briefs with every line of the summary and every quote, and nothing that must not go out."""
    assemble.validate(digest)
    assert [f"{f.code}: {f.message}" for f in digest.findings if f.severity == "error"] == []
    assert [brief.target_language for brief in digest.briefs] == ["it", "zh"]
    lines = [digest.summary.abstract, *(point.text for point in digest.summary.key_points)]
    for brief in digest.briefs:  # of a long article the abstract is several segments
        assert " ".join(segment.source for segment in brief.segments) == " ".join(lines)
    assert all(line.target for brief in digest.briefs for line in (brief.headline, *brief.segments))
    assert digest.quotes
    assert all(set(quote.translations) == {"it", "zh"} for quote in digest.quotes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_digest_is_complete_and_nothing_is_learned_twice(case):
    with serving(case.script()) as endpoint:
        digest = digest_of(endpoint, case.provider, **case.asking)
    assert_complete(digest)
    assert {request.route for request in endpoint.requests} == {f"{case.provider.PATH}/chat/completions"}
    assert len(endpoint.requests) == digest.provenance.requests == QUESTIONS + len(case.learned)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_learned_is_kept_for_the_next_article(case):
    async def both(endpoint):
        async with Summarizer(settings_of(endpoint, case.provider, **case.asking)) as summarizer:
            await summarizer.summarize(from_text(ARTICLE), ["it", "zh"])
            await summarizer.summarize(from_text(ARTICLE), ["it", "zh"])

    with serving(case.script()) as endpoint:
        asyncio.run(both(endpoint))
    assert len(endpoint.requests) == 2 * QUESTIONS + len(case.learned)


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
        digest = digest_of(endpoint, openai_reasoning, long)
    assemble.validate(digest)
    assert digest.summary.key_points


#: Servers of a small window that name it when they refuse; without reasoning, so that only this is to be learned.
WINDOWS = {
    vllm: lambda: vllm.script(8_192, thinking=0),
    sglang: lambda: sglang.script(8_192, thinking=0),
    lmstudio: lambda: lmstudio.script(8_192),
    llamacpp: lambda: llamacpp.script(8_192, thinking=0),
}


@pytest.mark.parametrize("provider", WINDOWS, ids=lambda provider: provider.__name__.rpartition(".")[2])
def test_a_window_smaller_than_the_article_is_learned_from_the_refusal_that_names_it(provider):
    with serving(WINDOWS[provider]()) as endpoint:
        digest = digest_of(endpoint, provider, LONG, **FEW)
    assert_complete(digest)


def test_a_prompt_that_was_cut_in_silence_is_not_answered_from():
    served = ollama.script(thinking=0)
    with serving(served) as endpoint:
        digest = digest_of(endpoint, ollama, LONG, **FEW)
    # once is how it shows; a client that has learned sends no such prompt again
    assert served.cut == 1
    assert_complete(digest)
    assert "article.truncated" in [f.code for f in digest.findings]


def test_no_prompt_is_cut_where_the_context_is_told():
    served = ollama.script(thinking=0)
    with serving(served) as endpoint:
        digest = digest_of(endpoint, ollama, LONG, context_tokens=ollama.NUM_CTX, **FEW)
    assert served.cut == 0
    assert_complete(digest)
