"""What holds for every text: offsets inside it, in order, apart from each other, and nothing raised."""

import itertools
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.speech import Speaker, find

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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mayor said that trade grew.\n\n____"),  # a sentence without a word
        ("it", "Il sindaco ha detto che gli scambi crescono. ____"),
        ("it", "La portavoce del sindaco"),  # an office whose complement ends the text
        ("it", "a E"),  # a name that ends the text, where an office would stand
        ("it", "Lo ha detto il presidente a Sarezzo (provincia di Brescia)."),  # a bracket that holds a preposition
        ("it", "Lo ha detto (il presidente di Brescia)."),
    ],
)
def test_what_a_rule_looks_for_may_be_missing(language: str, text: str) -> None:
    assert all(0 <= s.start < s.end <= len(text) for s in find(text, language))


def test_a_speaker_says_where_the_name_stands() -> None:
    text = "Mayor Gong Zheng met a guest. Gong said that trade grows."
    assert [s.speaker for s in find(text, "en")] == [Speaker("Gong Zheng", "Mayor", None, 6, 16)]


@pytest.mark.parametrize(
    ("language", "text", "cue", "source"),
    [
        ("en", "Mayor Gong Zheng met a guest. “Trade will grow this year,” Gong said.", "Gong said", "Gong"),
        (
            "en",
            "Trade will grow, Mayor Gong Zheng said on Friday.",
            ", Mayor Gong Zheng said on Friday",
            "Gong Zheng",
        ),
        ("en", "Mayor Gong Zheng met a guest. He said that trade grows.", "He said that", None),
        ("en", "Mayor Gong Zheng met a guest. The mayor said that trade grows.", "The mayor said that", "mayor"),
        ("it", "Secondo il consorzio, il cantiere aprirà a maggio.", "Secondo il consorzio,", "consorzio"),
        ("zh", "市长龚正在会见时说：“贸易将继续增长，合作前景广阔。”", "市长龚正在会见时说：", "龚正"),
        ("zh", "市长龚正会见了客人，他说，贸易将继续增长。", "他说，", None),
    ],
)
def test_a_cue_says_where_it_stands_and_where_it_has_its_subject(
    language: str, text: str, cue: str, source: str | None
) -> None:
    found = find(text, language)[-1]
    assert found.cue is not None
    assert text[slice(*found.cue)] == cue
    assert (text[slice(*found.source)] if found.source else None) == source


def test_a_regional_tag_is_its_language() -> None:
    text = "市长王明表示，贸易增长。"
    assert find(text, "zh-Hans-CN") == find(text, "zh")


def test_an_unknown_language_is_said_so() -> None:
    with pytest.raises(ConfigurationError, match="not supported"):
        find("Hej.", "xx")


#: Words of every kind that the rules look around at: what they look for may always be missing.
KINDS = {
    "it": [
        "a",
        "E",
        "di",
        "il",
        "presidente",
        "Rossi",
        "secondo",
        "ha",
        "detto",
        "che",
        "«",
        "»",
        ",",
        "Camera",
        "del",
        "sindaco",
        "(",
        ")",
        "e",
        "l'",
        "12",
        "–",
        ":",
    ],
    "en": [
        "a",
        "E",
        "of",
        "the",
        "president",
        "Smith",
        "according",
        "to",
        "said",
        "that",
        "“",
        "”",
        ",",
        "Council",
        "'s",
        "mayor",
        "(",
        ")",
        "and",
        "12",
        "–",
        ":",
    ],
    "zh": [
        "据",
        "市长",
        "王明",
        "说",
        "，",
        "“",
        "”",
        "称",
        "的",
        "会",
        "局",
        "（",
        "）",
        "、",
        "12",
        "对",
        "在",
        "：",
        "是",
        "长",
    ],
}


@pytest.mark.parametrize("language", KINDS)
def test_no_two_words_end_the_rules(language):
    joint = "" if language == "zh" else " "
    for words in itertools.product(KINDS[language], repeat=2):
        text = joint.join(words)
        assert all(0 <= s.start < s.end <= len(text) for s in find(text, language))
