import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError
from summarizer.figures import find

LANGUAGES = ("en", "it", "zh")


def test_offsets_count_code_points():
    text = "𝔸 İstanbul: 5 milioni di euro (7,6 %)"
    figures = find(text, "it")
    assert [text[f.start : f.end] for f in figures] == ["5 milioni di euro", "7,6 %"]


def test_a_language_without_a_folder_is_refused():
    with pytest.raises(ConfigurationError, match=r"the folder languages/xx"):
        find("5", "xx")


PIECES = (
    *"0123456789.,-+%$€£¥°'<>()/: \n年月日万亿千百十一二两三点分之又负成折第元零〇半多余",
    *("one", "hundred", "million", " and a ", "half", "third", "fifths", "st", "nd", " per cent", "May ", "Friday"),
    *(
        "un ",
        "milione",
        "cento",
        "mila",
        " e mezzo",
        "due",
        "tre",
        " su ",
        "dal ",
        "secondo",
        "百分之",
        "\ud800",
        "İ",
    ),
)


@settings(deadline=None, max_examples=300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_no_text_raises_and_every_span_is_exact(text):
    for language in LANGUAGES:
        last = 0
        for figure in find(text, language):
            assert text[figure.start : figure.end] == figure.text
            assert last <= figure.start < figure.end
            assert figure.suspect == (figure.value is None)
            last = figure.end
