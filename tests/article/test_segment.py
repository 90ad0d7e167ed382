"""Sentences: offsets are exact, and the grammar of three languages decides where they end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import segment
from summarizer.errors import ConfigurationError

PIECES = [
    "Il",
    "The",
    "他说",
    "a",
    "B",
    "12",
    ".",
    "...",
    "。",
    "！",
    "?",
    "”",
    "“",
    '"',
    "»",
    "«",
    "(",
    ")",
    "（",
    "）",
]
PIECES += [
    " ",
    "  ",
    "\n",
    "\n\n",
    "\u00a0",
    "U.S",
    "n",
    "Sept",
    "dott",
    "[1]",
    "…",
    ",",
    "，",
    ":",
    "-",
    "《",
    "》",
    "\u3000",
]


def texts(text: str, language: str) -> list[str]:
    return [sentence.text for sentence in segment.split(text, language)]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_every_character_is_in_one_sentence(text: str) -> None:
    for language in ("en", "it", "zh"):
        at = 0
        for sentence in segment.split(text, language):
            assert text[sentence.start : sentence.end] == sentence.text
            assert sentence.text
            assert sentence.text == sentence.text.strip()
            assert not text[at : sentence.start].strip()
            at = sentence.end
        assert not text[at:].strip()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_blank_line_always_parts(text: str) -> None:
    both = f"{text}\n\nIl resto"
    assert [s for s in segment.split(both, "it") if "Il resto" in s.text][-1].text == "Il resto"


@pytest.mark.parametrize(
    "sentence",
    [
        "Il presidente si è dimesso il 14 sett. 2025 a Roma.",
        "ROMA, 14 set. - Il ministro ha detto di sì.",
        "La legge n. 7 del 1990 è in vigore.",
        "Si vedano l'art. 5, il cap. IV e pag. 12.",
        "Il dott. Rossi, l'avv. Bianchi e la sig.ra Verdi non c'erano.",
        "La Fincantieri S.p.A. ha firmato con la Shougang Co., Ltd. un accordo.",
        "Il prezzo è di 3.500 euro, ossia 3,5 volte tanto.",
        "G. Verdi e J. K. Rowling vissero in S. Francesco.",
        "Mele, pere, ecc. sono frutti.",
        "«È vero?» ha chiesto il sindaco.",
        "Nacque nel 44 a.C. a Roma.",
        "Il gen. Bianchi è arrivato.",
    ],
)
def test_italian_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    assert texts(f"{sentence} Poi basta.", "it") == [sentence, "Poi basta."]


@pytest.mark.parametrize(
    "sentence",
    [
        "BEIJING, Sept. 14, 2025 /PRNewswire/ -- The fair opened.",
        "No. 5 Pier is in the U.S. market, and Nos. 6 and 7 are not.",
        "Mr. Smith, Dr. Jones and Gen. Lee met Sen. Brown.",
        "Prices rose 3.5 percent to 1,234.56 dollars.",
        "Apple Inc. Chief Executive Tim Cook came.",
        "He said… nothing.",
        '"Really?" he asked.',
        '"Really?" Zhang Wei asked.',
        "The U.S. Army and J. K. Rowling agree.",
        "Yahoo! said so.",
        "See e.g. Section 5 vs. Section 6.",
        "They met (see p. 5. It is long) in Rome.",
        "Visit www.example.com or write to a.b@example.org today.",
    ],
)
def test_english_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    assert texts(f"{sentence} Then it ended.", "en") == [sentence, "Then it ended."]


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S.市场上涨7.6%。",
        "“我们会来。”他说。",
        "“展会的成果超出预期。”负责人李晓华说，“明年继续。”",
        "“真的吗？”记者问道。",
        "新华社北京9月14日电（记者 李明）会议召开。",
        "《书名。》是书。",
        "张三（男。25岁。）走了。",
        "面积10.5万平方米，增长3.5%。",
        "Apple Inc.公司表示同意。",
    ],
)
def test_chinese_sentences_stay_whole(sentence: str) -> None:
    assert texts(f"{sentence}后来结束了。", "zh") == [sentence, "后来结束了。"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "È qui. Il resto no.", ["È qui.", "Il resto no."]),
        ("it", "Vive in via Roma n. 7. Il resto tace.", ["Vive in via Roma n. 7.", "Il resto tace."]),
        ("it", "Il 14 gen. Il ministro partì.", ["Il 14 gen.", "Il ministro partì."]),
        ("it", "«È vero.» Lo ha detto lui.", ["«È vero.»", "Lo ha detto lui."]),
        ("it", "« È vero. » Sì.", ["« È vero. »", "Sì."]),
        (
            "it",
            "Lavora per la Rossi S.p.A. Il bilancio è buono.",
            ["Lavora per la Rossi S.p.A.", "Il bilancio è buono."],
        ),
        ("it", "Tacque... Poi parlò.", ["Tacque...", "Poi parlò."]),
        ("en", "It is in the U.S. The market fell.", ["It is in the U.S.", "The market fell."]),
        ("en", "It opened at 5 p.m. He left.", ["It opened at 5 p.m.", "He left."]),
        ("en", 'He said "We came. We left." Then he went.', ['He said "We came.', 'We left."', "Then he went."]),
        ("en", "He left. “We will,” he said.", ["He left.", "“We will,” he said."]),
        ("en", "End.[1] Next.", ["End.[1]", "Next."]),
        ("en", "It ended there.Another line was glued.", ["It ended there.", "Another line was glued."]),
        ("en", "On June 21. Ninety-three came. 5 went.", ["On June 21.", "Ninety-three came.", "5 went."]),
        ("en", "One. (Two, three.) Four.", ["One.", "(Two, three.)", "Four."]),
        ("zh", "他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("zh", "他说：“好。明年再来。”王明表示，不行。", ["他说：“好。", "明年再来。”", "王明表示，不行。"]),
        ("zh", "你好！真的吗？！好。", ["你好！", "真的吗？！", "好。"]),
        ("zh", '他走了。"我来。"他说。', ["他走了。", '"我来。"他说。']),
        ("zh", "第一句．第二句．", ["第一句．", "第二句．"]),
    ],
)
def test_sentences_end(language: str, text: str, expected: list[str]) -> None:
    assert texts(text, language) == expected


def test_a_heading_is_a_sentence_of_its_own() -> None:
    assert texts("A Heading\n\nThe text begins. It ends.", "en") == ["A Heading", "The text begins.", "It ends."]
    assert texts("Vino e turismo\nGli accordi riguardano il vino.", "it") == [
        "Vino e turismo",
        "Gli accordi riguardano il vino.",
    ]


def test_list_items_are_sentences_of_their_own() -> None:
    assert texts("1. The first thing\n2. The second thing\n- A third", "en") == [
        "1. The first thing",
        "2. The second thing",
        "- A third",
    ]


def test_a_paragraph_without_a_stop_ends_at_its_newline() -> None:
    assert texts("Photo by Li Jun\nThe fair opened.", "en") == ["Photo by Li Jun", "The fair opened."]


def test_a_wrapped_line_goes_on() -> None:
    text = (
        "The committee met on Tuesday and agreed to raise the budget by 3.5\n"
        "percent, which Mr.\nSmith did not expect, and the vote was closer than many of\n"
        "them had thought. It ended at noon."
    )
    found = texts(text, "en")
    assert found[-1] == "It ended at noon."
    assert found[0].startswith("The committee met")
    assert "3.5\npercent" in found[0]


def test_a_wrapped_chinese_paragraph_goes_on() -> None:
    line = "这一行没有写完就被截断了因为纸太窄写不下去只好换行"
    assert texts(f"{line}\n{line}\n{line}。", "zh") == [f"{line}\n{line}\n{line}。"]


def test_an_open_quotation_does_not_swallow_what_follows() -> None:
    assert len(segment.split('"One said. Two said. Three said.\n\nFour "x" said. Five said.', "en")) == 5


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        segment.split("Text.", "xx")
