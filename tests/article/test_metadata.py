"""The headline and the date a plain text gives itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.metadata import address, dateline, headline, iso, moment


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("BEIJING, Sept. 14, 2025 /PRNewswire/ -- The fair opened.", "2025-09-14"),
        ("Title\n\nUpdated: 2018-06-26\n\nThe conference opened on June 21.", "2018-06-26"),
        ("新华社北京2023年12月2日电（记者 李明）会议召开。", "2023-12-02"),
        ("发布时间：2023-12-02 10:15 来源：滨海新闻网\n\n会议召开。", "2023-12-02"),
        ("2023年12月02日 19:20　来源：滨海新闻网\n\n会议召开。", "2023-12-02"),
        ("ROMA, 14 set. 2025 (Agenzia) - Il ministro ha detto di sì.", "2025-09-14"),
        ("Milano, 1° ottobre 2024 - La fiera apre.", "2024-10-01"),
        ("Pubblicato il 3 marzo 2021\n\nLa fiera apre.", "2021-03-03"),
        ("Maria Rossi | Pubblicato il 3 marzo 2021 alle 10:15\n\nLa fiera apre.", "2021-03-03"),
        ("Il programma sarà pubblicato il 3 settembre 2024.", None),
        ("The report was published on 3 May 2024 and says little.", None),
        ("Titolo\n\n14/09/2025\n\nLa fiera apre.", "2025-09-14"),
        ("Title\n\nMonday, 5 May 2025\n\nThe fair opened.", "2025-05-05"),
        ("LONDON (Agency) 5 May 2025 -- The fair opened.", "2025-05-05"),
        ("The fair opened on Sept. 14, 2025 in Beijing.", None),
        (", December 12 -- The China Council held a conference.", None),
        ("新华社北京12月2日电 会议召开。", None),
        ("Updated: 2018-13-40\n\nText.", None),
        ("La fiera del 14 settembre 2025 è stata un successo.", None),
        ("", None),
    ],
)
def test_dateline(text: str, date: str | None) -> None:
    assert dateline(text) == date


def test_a_date_far_into_the_text_is_no_dateline() -> None:
    assert dateline("The fair opened. " * 200 + "\n\nUpdated: 2018-06-26") is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Openness for a Shared Future\n\nThe fair opened.", "Openness for a Shared Future"),
        ("'Belt and Road' Conference held\n\nUpdated: 2018-06-26", "'Belt and Road' Conference held"),
        ("Will it last?\n\nNobody knows.", "Will it last?"),
        ("首届展览会闭幕\n\n展览会闭幕。", "首届展览会闭幕"),
        ("Only a headline", "Only a headline"),
        ("The fair opened.\n\nIt closed.", None),
        ("He said: “It opened.”\n\nIt closed.", None),
        ("展会闭幕。他说：“很好。”", None),
        ("The fair opened\nIt closed", None),
        ("and went on\n\nIt closed.", None),
        (", December 12\n\nIt closed.", None),
        ("2018-06-26\n\nThe fair opened.", None),
        ("x" * 201 + "\n\nText.", None),
    ],
)
def test_headline(text: str, title: str | None) -> None:
    assert headline(text) == title


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2025-09-16T07:30:00+02:00", "2025-09-16T07:30:00+02:00"),
        ("2024-05-21T18:05:00Z", "2024-05-21T18:05:00+00:00"),
        ("2024-05-21", "2024-05-21"),
        ("May 21, 2024", "2024-05-21"),
        ("21 maggio 2024", "2024-05-21"),
        ("yesterday", None),
    ],
)
def test_a_machine_date(words: str, expected: str | None) -> None:
    assert moment(words) == expected


@given(st.text(alphabet="0123456789-/. 年月日,setSeptUpdated:\n(电", max_size=80))
def test_any_text_has_a_date_or_none(text: str) -> None:
    for found in (dateline(text), iso(text), moment(text)):
        assert found is None or found[:4].isdigit()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ("news/article.txt", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://[broken/", None),
        ("https://example.org/a b", None),
        ("", None),
    ],
)
def test_an_address_is_one_of_the_web_with_a_host(words, expected):
    assert address(words) == expected
