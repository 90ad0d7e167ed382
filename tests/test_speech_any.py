"""What holds for every text: offsets inside it, in order, apart from each other, and nothing raised."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.speech import find

PIECES = st.sampled_from(
    [
        '"', "“", "”", "«", "»", "‘", "’", "'", "「", "」", "\n\n", "\n", ". ", ", ", "，", "。", "：", ": ", " - ", "…", " ",
        "Anna Rossi", "Mayor", "president of", "said", "that", "according to", "he", "We will", "the company", "adding that",
        "il sindaco", "ha detto", "che", "secondo", "spiega", "«Sì»", "Lo ha detto",
        "市长王明", "表示", "说", "他", "据", "介绍", "我们", "马可·贝鲁奇", "2024", "🙂", "\u0301", "\ue000", "\x00",
    ]
)  # fmt: skip


for code in ("en", "it", "zh"):
    find("", code)  # reads the language's words, which is no part of the time an example may take


@pytest.mark.parametrize("language", ["en", "it", "zh"])
@given(st.lists(PIECES, max_size=30))
def test_spans_are_in_order_and_apart(language: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    found = find(text, language)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(s.speaker is None or 0 <= s.speaker.start < s.speaker.end <= len(text) for s in found)


def test_a_regional_tag_is_its_language() -> None:
    text = "市长王明表示，贸易增长。"
    assert find(text, "zh-Hans-CN") == find(text, "zh")


def test_an_unknown_language_is_said_so() -> None:
    with pytest.raises(ConfigurationError, match="not supported"):
        find("Hej.", "da")
