"""Readings checked against independent implementations: cn2an for Chinese, text2num for English and Italian."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_to_num import text2num

from summarizer.figures import find

UNITS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove",
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
}


def english(number):
    if number >= 1000:
        rest = number % 1000
        return f"{english(number // 1000)} thousand" + (f" {english(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{english(number // 100)} hundred" + (f" and {english(rest)}" if rest else "")
    if number >= 20:
        rest = number % 10
        return TENS["en"].split()[number // 10 - 2] + (f"-{english(rest)}" if rest else "")
    return UNITS["en"].split()[number - 1]


def italian(number):
    if number >= 1000:
        thousands = "mille" if number // 1000 == 1 else f"{italian(number // 1000).removesuffix('uno')}mila"
        if number // 1000 % 10 == 1 and number // 1000 > 20:
            thousands = f"{italian(number // 1000).removesuffix('o')}mila"
        return thousands + (italian(number % 1000) if number % 1000 else "")
    if number >= 100:
        hundreds = ("" if number // 100 == 1 else italian(number // 100)) + "cento"
        return hundreds + (italian(number % 100) if number % 100 else "")
    if number >= 20:
        tens, rest = TENS["it"].split()[number // 10 - 2], number % 10
        return (tens[:-1] if rest in {1, 8} else tens) + (italian(rest) if rest else "")
    return UNITS["it"].split()[number - 1]


def value(text, language):
    (figure,) = find(text, language)
    assert figure.text == text
    return figure.value


@settings(deadline=None)
@given(number=st.integers(min_value=2, max_value=10**15))
@pytest.mark.parametrize("style", ["low", "up"])
def test_chinese_numerals_as_cn2an_writes_them(style, number):
    assert value(cn2an.an2cn(number, style), "zh") == number


@settings(deadline=None)
@given(number=st.decimals(min_value=Decimal("2.01"), max_value=Decimal("99999.99"), places=2))
def test_chinese_decimals_as_cn2an_writes_them(number):
    assert value(cn2an.an2cn(str(number.normalize()) if number % 1 else str(int(number))), "zh") == number


@settings(deadline=None)
@given(number=st.integers(min_value=2, max_value=999_999))
def test_english_number_words_as_text2num_reads_them(number):
    words = english(number)
    assert value(words, "en") == text2num(words, "en") == number


@settings(deadline=None)
@given(number=st.integers(min_value=2, max_value=999_999))
def test_italian_number_words(number):
    assert value(italian(number), "it") == number


@settings(deadline=None)
@given(number=st.integers(min_value=2, max_value=999))
def test_italian_number_words_as_text2num_reads_them(number):
    words = italian(number)
    assert value(words, "it") == text2num(words, "it")
