"""Figures in digits of languages without a folder, and how they are compared with those of any other."""

from decimal import Decimal

import pytest

from summarizer import figures


def read(text: str, code: str) -> list[tuple[str, str, str, str | None]]:
    return [(f.text, f.kind, str(f.value), f.currency or f.unit) for f in figures.find(text, code)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ja", "費用は1億2000万円で、3.5％増えた。", [("1億2000万", "number", "120000000", None), ("3.5％", "percent", "3.5", "%")]),
        ("ja", "2026年3月に2万5千人", [("2026年3月", "date", "2026-03", None), ("2万5千", "number", "25000", None)]),
        ("ja", "10月に再開する", [("10月", "date", "--10", None)]),
        ("ko", "1억 2천만 원, 9월 14일", [("1억 2천만", "number", "120000000", None), ("9월 14일", "date", "--09-14", None)]),
        ("ar", "بلغت ٣٫٥٪ من ١٬٢٣٤", [("٣٫٥٪", "percent", "3.5", "%"), ("١٬٢٣٤", "number", "1234", None)]),
        ("ar", "12.5 مليون دولار أمريكي", [("12.5 مليون دولار أمريكي", "money", "12500000", "USD")]),
        ("fa", "۱۲ میلیون نفر", [("۱۲ میلیون", "number", "12000000", None)]),
        ("hi", "१२ करोड़ रुपये, ५ लाख", [("१२ करोड़", "number", "120000000", None), ("५ लाख", "number", "500000", None)]),
        ("pt", "R$ 12,5 milhões em 14 de setembro de 2025", [("R$ 12,5 milhões", "money", "12500000", "BRL"), ("14 de setembro de 2025", "date", "2025-09-14", None)]),
        ("pt", "2,8 mil milhões de libras", [("2,8 mil milhões", "number", "2800000000", None)]),
        ("pt", "1.234 pessoas às 18:30", [("1.234", "number", "1234", None), ("18:30", "date", "T18:30", None)]),
        ("ru", "12,5 млн и 2,5 миллиардами к 14 сентября 2025 г.", [("12,5 млн", "number", "12500000", None), ("2,5 миллиардами", "number", "2500000000", None), ("14 сентября 2025 г.", "date", "2025-09-14", None)]),
        ("ru", "до 25 ноября.", [("25 ноября", "date", "--11-25", None)]),
        ("vi", "2,5 nghìn tỷ vào ngày 14 tháng 9 năm 2025", [("2,5 nghìn tỷ", "number", "2500000000000", None), ("14 tháng 9 năm 2025", "date", "2025-09-14", None)]),
        ("tr", "%12,5 ve 3 milyon", [("%12,5", "percent", "12.5", "%"), ("3 milyon", "number", "3000000", None)]),
        ("sv", "5 t stål från G20, 2019", [("5", "number", "5", None), ("2019", "date", "2019", None)]),
        ("pt", "ver https://porto.example/2025/14 ou +351 21 555 0100", []),
    ],
)  # fmt: skip
def test_digits_are_read_as_cldr_has_them(
    code: str, text: str, expected: list[tuple[str, str, str, str | None]]
) -> None:
    assert read(text, code) == expected


def told(source: str, output: str, codes: tuple[str, str]) -> list[tuple[str, str]]:
    compared = figures.compare(source, codes[0], output, codes[1])
    return [
        *((printed.text, found.text) for printed, found in compared.contradicted),
        *(("", figure.text) for figure in compared.unsupported),
        *((figure.text, "") for figure in compared.missing),
    ]


@pytest.mark.parametrize(
    ("codes", "source", "output", "expected"),
    [
        (("en", "pt"), "It cost 12.5 million dollars.", "Custou 12,5 milhões de dólares.", []),
        (("en", "pt"), "It cost 12.5 million dollars.", "Custou 12,5 bilhões de dólares.", [("12.5 million dollars", "12,5 bilhões")]),
        (("en", "ja"), "Six officers and 18,400 vehicles.", "警官6人と1万8400台。", []),
        (("en", "ja"), "Six officers were hurt.", "警官7人がけがをした。", [("Six", "7")]),
        (("en", "ja"), "Nine officers were hurt in June.", "6月に警官九人がけがをした。", []),
        (("ru", "ja"), "Стоимость 2,5 млн, рост 7,6 %.", "費用は250万、7.6％増。", []),
        (("ru", "ja"), "Стоимость 2,5 млн, рост 7,6 %.", "費用は250万、7.9％増。", [("7,6 %", "7.9％")]),
        (("ar", "zh"), "ارتفع العدد إلى ١٬٢٣٤ في 14 سبتمبر 2025", "2025年9月14日，人数升至1234人", []),
        (("en", "ru"), "The mine is 385 miles away.", "До шахты 620 км.", []),
        (("en", "ru"), "Nearly 179.8 billion were paid.", "Выплачено почти 180 млрд.", []),
        (("en", "pt"), "16,703 people came.", "Vieram 16.703 pessoas.", []),
        (("pt", "en"), "Vieram vinte e três pessoas.", "Twenty-three people came.", []),
        (("en", "vi"), "20,000 people came.", "20 ngàn người đã đến.", []),
        (("en", "ko"), "Covid-19 hit 41 towns.", "코로나19가 41개 도시를 덮쳤다.", []),
        (("en", "ko"), "It hit 41 towns.", "47개 도시를 덮쳤다.", [("41", "47")]),
        (("ja", "ja"), "2027年春に開館する。", "27年春開館", []),
        (("en", "ar"), "It was her 36th meeting.", "كان هذا اجتماعها السادس والثلاثين.", []),
    ],
)  # fmt: skip
def test_values_are_compared_across_any_pair(
    codes: tuple[str, str], source: str, output: str, expected: list[tuple[str, str]]
) -> None:
    assert told(source, output, codes) == expected


def test_a_value_that_a_word_may_scale_is_no_proof() -> None:
    (printed,), (found,) = figures.find("2,000,000 people", "en"), figures.find("20 ngàn", "vi")
    assert found.value == Decimal(20)
    assert not figures.changed_value(printed, found)
    (found,) = figures.find("2.345.000 người", "vi")
    assert figures.changed_value(figures.find("2,347,000 people", "en")[0], found)


@pytest.mark.parametrize("text", ["", "１２％", "٣", "9" * 5000, "1.2.3.4,5,6", "千万億", "１億" * 3000, "%" * 4000])
@pytest.mark.parametrize("code", ["ja", "ar", "pt"])
def test_no_text_stops_the_reading(code: str, text: str) -> None:
    for figure in figures.find(text, code):
        assert text[figure.start : figure.end] == figure.text


def test_a_figure_is_written_as_cldr_has_it() -> None:
    (figure,) = figures.find("12,345.6", "en")
    assert figures.write(figure, "pt") == "12.345,6"
    assert figures.forms("12,345.6 people", "en", "pt") == ()
