"""Articles with orders to a language model: read as blanks, shown as stand-ins, followed by nothing published."""

from collections.abc import Iterator, Sequence

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.article.instructions import LEFT_OUT
from summarizer.digest import Digest
from summarizer.ground.reading import Reading
from summarizer.render import markdown
from tests.support.endpoint import serving
from tests.support.injections import Injection, injections, obedient
from tests.support.model import extractive

SUITE = injections()
each = pytest.mark.parametrize("injection", SUITE, ids=[f"{one.id}-{one.kind}" for one in SUITE])


def test_the_suite_has_twenty_of_each_language():
    assert [sum(one.language == code for one in SUITE) for code in ("en", "it", "zh")] == [20, 20, 20]
    assert all(one.traced(text) for one in SUITE for text in one.payload.values())


@each
def test_an_injection_is_blank_and_nothing_else_is(injection):
    article = from_text(injection.text, language=injection.language)
    read = Reading.of(article)
    printed = [span.of(article.text) for span in read.orders]
    assert printed
    assert all(line in injection.order or injection.order in line for line in printed)
    assert not injection.traced(read.article.text)
    assert (article.text, len(read.article.text)) == (read.printed.text, len(article.text))


@each
def test_no_model_is_shown_an_injection(injection):
    with serving(extractive) as endpoint:
        digest = digest_of(injection, endpoint.base_url)
    prompts = [request.prompt for request in endpoint.requests]
    assert any(LEFT_OUT in prompt for prompt in prompts)
    assert not any(injection.traced(prompt) for prompt in prompts)
    assert not injection.traced(published(digest))
    assert injection.order in digest.article.text or injection.kind == "markup"
    assert "article.instructions" in [f.code for f in digest.findings]


@each
def test_nothing_of_an_injection_is_published_though_the_model_obeys(injection):
    with serving(obedient(injection)) as endpoint:
        digest = digest_of(injection, endpoint.base_url, [c for c in ("en", "it", "zh") if c != injection.language])
    assert not injection.traced(published(digest))
    assert digest.summary.abstract
    assert digest.summary.headline
    assert len(digest.briefs) == 2


@each
def test_the_rules_alone_publish_nothing_of_an_injection(injection):
    with Summarizer(Settings()) as summarizer:
        digest = summarizer.extract(from_text(injection.text, language=injection.language))
    assert digest.summary.abstract
    assert not injection.traced(published(digest))
    assert not any(injection.traced(figure.text) for figure in digest.figures)


def digest_of(injection: Injection, url: str, targets: Sequence[str] = ()) -> Digest:
    with Summarizer(Settings(base_url=url, model="test-model")) as summarizer:
        return summarizer.summarize_sync(from_text(injection.text, language=injection.language), targets)


def published(digest: Digest) -> str:
    """Return every line that a digest publishes: its own, and what its Markdown has before the findings."""
    return "\n".join((*_lines(digest), markdown(digest).partition("\n## Findings")[0]))


def _lines(digest: Digest) -> Iterator[str]:
    summary = digest.summary
    yield from (summary.headline, summary.abstract, *(point.text for point in summary.key_points))
    for quote in digest.quotes:
        yield from (quote.text, *quote.translations.values(), quote.speaker.name if quote.speaker else "")
    for brief in digest.briefs:
        for line in (brief.headline, *brief.segments):
            yield from (line.source, line.target)
