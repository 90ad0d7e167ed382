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


def found(text: str, quoted: str) -> list[str]:
    return [span.of(text) for span in locate(text, quoted)]


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


def test_verbatim_chinese_is_located() -> None:
    text = "龚正说，中意两国都是文明古国，2024年贸易额达739亿美元。我们欢迎意大利企业。"
    assert found(text, "2024年贸易额达739亿美元") == ["2024年贸易额达739亿美元"]
    assert found(text, "中意两国都是文明古国……我们欢迎意大利企业。") == [
        "中意两国都是文明古国",
        "我们欢迎意大利企业。",
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("worth 21 million yuan", "1 million"),
        ("worth 21 million yuan", "million y"),
        ("we are unable to go", "able to go"),
        ("a fall of 5.25 points", "5 points"),
        ("a fall of 5.25 points", "a fall of 5"),
        ("growth of 1,234 units", "234 units"),
        ("12 345 units", "345 units"),
        ("it fell to -5 degrees", "5 degrees"),
        ("it cost $5 million", "5 million"),
        ("it grew by 5%", "it grew by 5"),
        ("We can't go", "We can"),
        ("a non-profit group", "profit group"),
        ("a well-known group", "a well"),
        ("D'Angelo attended", "Angelo attended"),
        ("We will not invest", "invest"),
        ("Non parteciperemo", "parteciperemo"),
        ("我们不同意该方案", "同意该方案"),
        ("增长一百万元", "百万元"),
        ("增长5亿元", "增长5"),
        ("百分之五十", "五十"),
        ("第三十届", "十届"),
        ("10² metres", "102 metres"),
        ("1½ metres", "11/2 metres"),
        ("10² metres", "10 metres"),
        ("the ① point", "the 1 point"),
        ("café noir", "cafe noir"),
        ("per l’Italia", "per la Italia"),
        ("co-operate", "cooperate"),
        ("we re-sign it", "we resign it"),
    ],
)  # fmt: skip
def test_words_numbers_and_negations_are_whole(text: str, quoted: str) -> None:
    assert locate(text, quoted) == ()


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("L'Italia è pronta", "Italia è pronta", "Italia è pronta"),
        ("dall'8 giugno", "8 giugno", "8 giugno"),
        ("un paese inter-\nnazionale", "un paese internazionale", "un paese inter-\nnazionale"),
        ("un fatto ben-\nnoto", "un fatto ben-noto", "un fatto ben-\nnoto"),
        ("“We agree,” he said.", "“We agree.”", "We agree,"),
        ("the “golden brand” of CIFTIS", "the 'golden brand' of CIFTIS", "the “golden brand” of CIFTIS"),
        ("a town — built in 1900 — burns", "a town—built in 1900—burns", "a town — built in 1900 — burns"),
        ("２３亿元，增长５％。", "23亿元,增长5%.", "２３亿元，增长５％。"),
        ("an eﬃcient ﬁrm", "an efficient firm", "an eﬃcient ﬁrm"),
        ("5 ㎡ of space", "5 m² of space", "5 ㎡ of space"),
        ("we win - he said - again", "we win", "we win"),
        ("Well… yes, we can", "Well... yes, we can", "Well… yes, we can"),
    ],
)
def test_what_only_looks_different_is_the_same(text: str, quoted: str, expected: str) -> None:
    assert found(text, quoted) == [expected]


def test_the_pieces_around_an_ellipsis_stay_in_order_and_close_together() -> None:
    text = "We agree. We agree to trade. They left. We trade."
    assert found(text, "We agree … we trade.") == ["We agree", "We trade."]
    assert locate(text, "We agree … we trade.")[0] == Span(10, 18)
    assert locate(text, "They left … we agree") == ()


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
