from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, find, same, write

LANGUAGES = ("en", "it", "zh")
CURRENCIES = ("USD", "EUR", "CNY", "GBP", "JPY", "HKD", "CHF", "KRW", "INR", "RUB", "AUD", "CAD")

languages = st.sampled_from(LANGUAGES)
values = st.decimals(min_value=Decimal("0.001"), max_value=Decimal("1e15"), places=3)


def figure(kind, value, **more):
    return Figure(0, 1, "?", kind, value, **more)


def test_a_suspect_figure_comes_back_as_printed():
    broken = Figure(3, 9, "515,15", "number", None, suspect=True)
    assert write(broken, "zh") == "515,15"


@settings(deadline=None)
@given(value=values, language=languages)
@example(value=Decimal("1000.5"), language="it")
@example(value=Decimal("2024"), language="en")
def test_a_number_read_back_is_the_number(value, language):
    written = write(figure("number", value), language)
    (found,) = find(f"({written})", language)
    assert found.text == written
    assert same(figure("number", value), found)


@settings(deadline=None)
@given(value=values, language=languages, currency=st.sampled_from(CURRENCIES))
def test_money_read_back_is_the_money(value, language, currency):
    amount = figure("money", value, currency=currency)
    (found,) = find(write(amount, language), language)
    assert (found.kind, found.value, found.currency) == ("money", value, currency)


@settings(deadline=None)
@given(value=values, language=languages, unit=st.sampled_from(("%", "pp", "bp")))
def test_a_percentage_read_back_is_the_percentage(value, language, unit):
    (found,) = find(write(figure("percent", value, unit=unit), language), language)
    assert (found.kind, found.value, found.unit) == ("percent", value, unit)


@settings(deadline=None)
@given(value=st.integers(min_value=3, max_value=99999), language=languages)
def test_an_ordinal_read_back_is_the_ordinal(value, language):
    (found,) = find(write(figure("ordinal", Decimal(value)), language), language)
    assert (found.kind, found.value) == ("ordinal", Decimal(value))


@settings(deadline=None)
@given(day=st.dates(min_value=date(1600, 1, 1)), language=languages, cut=st.integers(0, 2))
def test_a_date_read_back_is_the_date(day, language, cut):
    value = (day.isoformat(), f"--{day.month:02d}-{day.day:02d}", f"{day.year:04d}-{day.month:02d}")[cut]
    if cut != 1 and day.year >= 2200:
        value = f"--{day.month:02d}-{day.day:02d}"
    (found,) = find(write(figure("date", value), language), language)
    assert found.value == value


@settings(deadline=None)
@given(value=values, first=languages, second=languages)
def test_two_languages_forms_say_the_same(value, first, second):
    amount = figure("money", value, currency="CNY")
    (one,), (other,) = find(write(amount, first), first), find(write(amount, second), second)
    assert same(one, other)
