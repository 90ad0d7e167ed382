"""The main job with the real embedded model: slow, and the only test that shows what a model really does."""

import json
import os
from pathlib import Path

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import langid, load
from summarizer.digest import assemble
from summarizer.local import catalogue

SEED = Path(__file__).resolve().parents[2] / "seeds" / "shanghai-mayor-meets-ambassador.en.txt"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not catalogue.is_present(catalogue.DEFAULT.name, catalogue.models_dir()) and "CI" not in os.environ,
        reason="the embedded model is not here: summarizer models pull",
    ),
]


@pytest.fixture(scope="module")
def made():
    """A digest of a real article in two languages, and the account of every question asked for it."""
    accounts = []
    whole = assemble.digest

    def spying(article, parts, account, settings):
        accounts.append(account)
        return whole(article, parts, account, settings)

    with pytest.MonkeyPatch.context() as patch, Summarizer(Settings()) as summarizer:
        patch.setattr(assemble, "digest", spying)
        digest = summarizer.summarize_sync(load(SEED), to=["it", "zh"])
    return digest, accounts[0].calls


def test_the_digest_is_valid_and_says_that_it_is_a_draft(made):
    digest, _ = made
    assemble.validate(digest)
    assert digest.provenance.endpoint == "embedded"
    assert "brief.draft" in [f.code for f in digest.findings]


def test_every_quote_stands_in_the_article_at_its_offsets(made):
    digest, _ = made
    assert digest.quotes
    assert all(digest.article.text[q.start : q.end] == q.text for q in digest.quotes)


def test_nobody_who_was_only_present_speaks(made):
    digest, _ = made
    named = [q.speaker.name for q in digest.quotes if q.speaker]
    assert named
    assert not [name for name in named if "D'Angelo" in name]


def test_every_published_line_is_in_its_language(made):
    digest, _ = made
    lines = [(digest.summary.headline, "en"), *((p.text, "en") for p in digest.summary.key_points)]
    for brief in digest.briefs:
        lines += [(s.target, brief.target_language) for s in (brief.headline, *brief.segments) if s.target]
    for quote in digest.quotes:
        lines += [(text, code) for code, text in quote.translations.items()]
    wrong = [line for line, code in lines if not langid.is_in(line, code)]
    said = json.dumps([f.message for f in digest.findings], ensure_ascii=False)
    assert [line for line in wrong if line not in said] == []
    assert {b.target_language for b in digest.briefs} == {"it", "zh"}
    assert all(b.segments for b in digest.briefs)


def test_later_questions_share_the_cached_beginning(made):
    _, calls = made
    later = calls[1:]
    assert sum(c.cached_tokens for c in later) >= 0.7 * sum(c.input_tokens for c in later)
