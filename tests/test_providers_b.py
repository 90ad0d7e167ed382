"""A whole digest from servers that behave as providers and gateways document, with the requests a good client needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from endpoint import Script, serving
from providers import groq, litellm, llamacpp, lmstudio, ollama, openrouter, sglang, vllm
from summarizer import Settings, Summarizer, errors, publish
from summarizer.article import from_text
from summarizer.digest import Digest

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
#: Summary, quotes and two translations.
QUESTIONS = 4


@dataclass(frozen=True)
class Case:
    """One server, and the requests that a good client sends it for the short article.

    One question is under way at a time, so that each thing is learned once.

    Attributes:
        learned: requests beside the `QUESTIONS`, by what they taught.
    """

    name: str
    script: Callable[[], Script]
    path: str
    settings: dict[str, Any]
    learned: dict[str, int] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        return QUESTIONS + sum(self.learned.values())


ROOM = {"the answer limit needs room for hidden reasoning": 1}
CASES = [
    Case(
        "groq",
        groq.script,
        groq.PATH,
        groq.SETTINGS,
        {"strict schemas may not bound lists and numbers": 1, **ROOM, "the rate was limited": 1},
    ),
    Case(
        "groq-without-schemas",
        groq.script,
        groq.PATH,
        groq.PLAIN_SETTINGS,
        {"this model takes no schema: a tool": 1, "the rate was limited": 1},
    ),
    Case(
        "openrouter",
        openrouter.script,
        openrouter.PATH,
        openrouter.SETTINGS,
        {**ROOM, "the upstream failed, told in a 200": 1, "the upstream limited the rate, told in a choice": 1},
    ),
    Case(
        "openrouter-unconstrained",
        openrouter.unconstrained,
        openrouter.PATH,
        openrouter.SETTINGS,
        # an answer with none of the schema's names is no chance: the schema was ignored
        {"the upstream does not keep to a schema: it stands in the message": 1},
    ),
    Case("ollama", ollama.script, ollama.PATH, ollama.SETTINGS, ROOM),
    Case("vllm", vllm.script, vllm.PATH, vllm.SETTINGS, ROOM),
    Case("vllm-xgrammar", vllm.xgrammar, vllm.PATH, vllm.SETTINGS, {"schemas may not bound lists": 1}),
    Case("sglang", sglang.script, sglang.PATH, sglang.SETTINGS, ROOM),
    # the answer stands in reasoning_content: nothing to learn for who reads it there when the content is empty
    Case("lmstudio", lmstudio.script, lmstudio.PATH, lmstudio.SETTINGS),
    Case("llamacpp", llamacpp.script, llamacpp.PATH, llamacpp.SETTINGS, {**ROOM, "the model was being loaded": 1}),
    Case(
        "litellm", litellm.script, litellm.PATH, litellm.SETTINGS, {**ROOM, "the temperature is not ours to set": 1}
    ),
    Case(
        "litellm-without-formats",
        litellm.script,
        litellm.PATH,
        litellm.UNKNOWN_SETTINGS,
        {"the gateway knows no response_format for this model: a tool": 1},
    ),
]


def digest_of(endpoint, path, text, **settings) -> Digest:
    root = endpoint.base_url.removesuffix("/v1")
    with Summarizer(
        Settings(base_url=root + path, api_key="gsk-of-a-test-only", concurrency=1, **settings)
    ) as asking:
        return asking.summarize_sync(from_text(text), ["it", "zh"])


def assert_complete(digest: Digest) -> None:
    """Both briefs with every line of the summary and every quote, and nothing that must not go out."""
    publish.validate(digest)
    assert [f"{f.code}: {f.message}" for f in digest.findings if f.severity == "error"] == []
    assert [b.target_language for b in digest.briefs] == ["it", "zh"]
    assert len({tuple(s.source for s in b.segments) for b in digest.briefs}) == 1
    assert all(line.target for b in digest.briefs for line in (b.headline, *b.segments))
    assert digest.quotes
    assert all(set(q.translations) == {"it", "zh"} for q in digest.quotes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_digest_comes_out_and_each_thing_is_learned_once(case):
    with serving(case.script()) as endpoint:
        digest = digest_of(endpoint, case.path, ARTICLE, **case.settings)
    assert_complete(digest)
    assert {request.route for request in endpoint.requests} == {f"{case.path}/chat/completions"}
    assert len(endpoint.requests) == case.requests, case.learned


#: Servers of a small window that name it when they refuse; without reasoning, so that only this is to be learned.
WINDOWS = {
    "vllm": (lambda: vllm.script(8_192, thinking=0), vllm.SETTINGS),
    "sglang": (lambda: sglang.script(8_192, thinking=0), sglang.SETTINGS),
    "lmstudio": (lambda: lmstudio.script(8_192), lmstudio.SETTINGS),
    "llamacpp": (lambda: llamacpp.script(8_192, thinking=0), llamacpp.SETTINGS),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_smaller_than_the_article_is_learned_from_the_refusal_that_names_it(name):
    script, settings = WINDOWS[name]
    with serving(script()) as endpoint:
        digest = digest_of(endpoint, "/v1", LONG, **FEW, **settings)
    assert_complete(digest)


def told_or_done(endpoint) -> tuple[Digest | None, str]:
    """Return the digest, or the message of a client that rather says which setting to change."""
    try:
        return digest_of(endpoint, ollama.PATH, LONG, **FEW, **ollama.SETTINGS), ""
    except errors.ModelError as error:
        return None, str(error)


def test_a_prompt_that_was_cut_in_silence_is_not_answered_from():
    served = ollama.script(thinking=0)
    with serving(served) as endpoint:
        digest, told = told_or_done(endpoint)
    # once is how it shows; a client that has learned sends no such prompt again
    assert served.cut <= 1
    if digest is None:
        assert "context" in told
    else:
        assert_complete(digest)


def test_no_prompt_is_cut_where_the_context_is_told():
    served = ollama.script(thinking=0)
    with serving(served) as endpoint:
        digest = digest_of(endpoint, ollama.PATH, LONG, context_tokens=ollama.NUM_CTX, **FEW, **ollama.SETTINGS)
    assert served.cut == 0
    assert_complete(digest)
