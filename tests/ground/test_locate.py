"""Grounding: altered quotes are refused, harmless copies come home to the exact span."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.span import Span
from summarizer.ground.locate import locate
from tests.support.quote_variants import altered, harmless

TEXT = "Gong said that China and Italy are ancient civilizations. We will invest 21 million euros in 2026."


def test_no_altered_quote_is_located() -> None:
    variants = list(altered())
    accepted = [(v.what, v.quoted) for v in variants if locate(v.text, v.quoted)]
    kinds = Counter(v.what for v in variants)
    assert len(variants) >= 300
    assert set(kinds) == {"negation", "figure", "units", "cities", "names", "offices", "character"}
    assert accepted == []


def test_harmless_copies_are_located_at_the_exact_span() -> None:
    variants = list(harmless())
    missed = [v for v in variants if tuple((s.start, s.end) for s in locate(v.text, v.quoted)) != v.spans]
    assert len(variants) >= 300
    assert [(v.what, v.quoted) for v in missed] == []


def test_the_pieces_around_an_ellipsis_stay_in_order_and_close_together() -> None:
    text = "We agree. We agree to trade. They left. We trade."
    assert locate(text, "We agree … we trade.") == (Span(10, 18), Span(text.index("We trade"), len(text)))


@pytest.mark.parametrize("quoted", ["", " ", "…", "“”", '"', "[...]", "not there"])
def test_nothing_to_locate(quoted: str) -> None:
    assert locate(TEXT, quoted) == ()


@given(st.data())
def test_whole_words_of_a_text_are_located(data: st.DataObject) -> None:
    words = TEXT.split(" ")
    low = data.draw(st.integers(0, len(words) - 1))
    high = data.draw(st.integers(low + 1, len(words)))
    quoted = " ".join(words[low:high])
    assert quoted in [span.of(TEXT) for span in locate(TEXT, quoted)]


@given(st.text(max_size=60), st.text(max_size=20))
def test_odd_input_gives_spans_inside_the_text(text: str, quoted: str) -> None:
    spans = locate(text, quoted)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert list(spans) == sorted(spans)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]), min_size=1, max_size=40))
def test_decomposing_the_copy_changes_nothing(text: str) -> None:
    assert locate(text, unicodedata.normalize("NFD", text)) == locate(text, text)
