"""What nobody expected about one article: reported without its text, and the other articles go on."""

import asyncio

import pytest

from summarizer import Settings, Summarizer, speech
from summarizer.article import from_text
from summarizer.errors import ArticleError, UnexpectedError, reported
from tests.support.endpoint import serving
from tests.support.model import extractive

ARTICLE = from_text("The port of Trieste handled 62 million passengers in 2023.", language="en")


def too_deep(depth: int = 0) -> int:
    return too_deep(depth + 1)


@pytest.mark.parametrize(
    "fault", [IndexError("secret words"), RecursionError(), UnicodeError(), TimeoutError(), OSError(5, "io")]
)
def test_a_foreign_exception_is_reported_with_its_place_and_never_with_its_text(fault):
    with pytest.raises(UnexpectedError) as caught, reported(ARTICLE.id):
        raise fault
    said = str(caught.value)
    assert type(fault).__name__ in said
    assert ARTICLE.id[:12] in said
    assert "secret" not in said
    assert caught.value.__cause__ is fault
    assert caught.value.exit_code == 7


def test_the_place_is_the_last_line_of_ours():
    with pytest.raises(UnexpectedError, match=r"AttributeError at summarizer\.speech:\d+"), reported(None):
        speech.find(None, "en")  # type: ignore[arg-type]


def test_an_endless_recursion_is_reported():
    with pytest.raises(UnexpectedError, match="RecursionError"), reported(None):
        too_deep()


@pytest.mark.parametrize(
    "passed", [KeyboardInterrupt, SystemExit, asyncio.CancelledError, MemoryError, BrokenPipeError, ArticleError]
)
def test_what_is_no_fault_of_an_article_passes(passed):
    with pytest.raises(passed), reported(None):
        raise passed


def test_a_digest_fails_alone(monkeypatch):
    with Summarizer(Settings()) as summarizer:
        monkeypatch.setattr("summarizer.rules_only.parts", lambda *_: {}["fault"])
        with pytest.raises(UnexpectedError, match=ARTICLE.id[:12]):
            summarizer.extract(ARTICLE)
        monkeypatch.undo()
        assert summarizer.extract(ARTICLE).article.id == ARTICLE.id


def test_a_digest_with_a_model_fails_alone(monkeypatch):
    with serving(extractive) as endpoint, Summarizer(Settings(base_url=endpoint.base_url, model="m")) as summarizer:
        monkeypatch.setattr("summarizer.digest.assemble.digest", lambda *_: {}["fault"])
        with pytest.raises(UnexpectedError, match=ARTICLE.id[:12]):
            summarizer.summarize_sync(ARTICLE)
