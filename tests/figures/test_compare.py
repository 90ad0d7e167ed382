import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, compare, find, match, same, write

LANGUAGES = ("en", "it", "zh")
TRIPLES = [
    json.loads(line)
    for line in (Path(__file__).resolve().parents[1] / "data" / "figures" / "triples.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
DIRECTIONS = [(one, other) for one in LANGUAGES for other in LANGUAGES if one != other]


def one(text, language):
    (figure,) = find(text, language)
    return figure


@pytest.mark.parametrize("way", DIRECTIONS, ids="-".join)
@pytest.mark.parametrize("case", TRIPLES, ids=lambda case: case["what"])
def test_right_translations_pass_and_wrong_ones_do_not(case, way):
    source, output = way
    assert compare(case[source], source, case[output], output).clean
    assert not compare(case[source], source, case["wrong"][output], output).clean


@pytest.mark.parametrize("case", TRIPLES, ids=lambda case: case["what"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_agrees_with_itself_and_not_with_its_wrong_version(case, language):
    assert compare(case[language], language, case[language], language).clean
    assert not compare(case[language], language, case["wrong"][language], language).clean


@pytest.mark.parametrize(
    ("source", "output", "expected"),
    [
        (("179.8 billion", "en"), ("quasi 180 miliardi", "it"), True),
        (("nearly 180 billion", "en"), ("179,8 miliardi", "it"), False),
        (("179.8 billion", "en"), ("180 miliardi", "it"), False),
        (("about 180 billion", "en"), ("180 miliardi", "it"), True),
        (("a fifth", "en"), ("20%", "it"), True),
        (("two thirds", "en"), ("三分之二", "zh"), True),
        (("69.66 billion yuan", "en"), ("696.6亿元", "zh"), True),
        (("69.66 billion yuan", "en"), ("6966亿元", "zh"), False),
        (("5%", "en"), ("5个百分点", "zh"), False),
        (("US$5", "en"), ("5 euro", "it"), False),
        (("5 cents", "en"), ("5美分", "zh"), True),
        (("September 14, 2025", "en"), ("9月14日", "zh"), True),
        (("9月14日", "zh"), ("September 14, 2025", "en"), False),
        (("the 24th", "en"), ("24日", "zh"), True),
        (("7 p.m.", "en"), ("alle ore 19:00", "it"), True),
        (("10 inches", "en"), ("25 cm", "it"), True),
        (("10 inches", "en"), ("30 cm", "it"), False),
        (("350 km/h", "en"), ("时速350公里", "zh"), True),
        (("515,15", "en"), ("515,15", "zh"), True),
        (("515,15", "en"), ("51,515", "zh"), False),
        (("the '30s", "en"), ("20世纪30年代", "zh"), True),
        (("Friday", "en"), ("venerdì", "it"), True),
    ],
)
def test_same(source, output, expected):
    assert same(one(*source), one(*output)) is expected


def test_opposite_directions_are_not_the_same():
    up, down = (Figure(0, 2, "5%", "percent", Decimal(5), unit="%", direction=way) for way in ("up", "down"))
    assert not same(up, down)
    assert same(up, Figure(0, 2, "5%", "percent", Decimal(5), unit="%"))


def test_a_negative_percentage_is_a_fall_and_no_rise():
    source = "gli ordini esteri sono cresciuti del 4,1%, contro il -2,6% della domanda interna"
    assert compare(
        source, "it", "gli ordini esteri sono cresciuti del 4,1%, la domanda interna è calata del 2,6%", "it"
    ).clean
    assert not compare(
        source, "it", "gli ordini esteri sono cresciuti del 4,1%, la domanda interna è cresciuta del 2,6%", "it"
    ).clean


def test_a_contradiction_names_both_figures():
    result = compare("GDP reached 69.66 billion yuan.", "en", "Il PIL ha toccato 696,6 miliardi di yuan.", "it")
    ((source, output),) = result.contradicted
    assert (source.text, output.text) == ("69.66 billion yuan", "696,6 miliardi di yuan")
    assert result.unsupported == result.missing == ()


def test_a_turned_direction_is_named():
    result = compare("Il rischio è aumentato a 12 punti.", "it", "The risk fell to 12 points.", "en")
    ((source, output),) = result.contradicted
    assert (source.direction, output.direction) == ("up", "down")


def test_unsupported_and_missing():
    result = compare(
        "Nel 2024 hanno partecipato 240 imprese.", "it", "240 companies from 12 countries took part.", "en"
    )
    assert [figure.text for figure in result.unsupported] == ["12"]
    assert [figure.text for figure in result.missing] == ["2024"]
    assert [output.text for _, output in result.supported] == ["240"]


def test_a_summary_may_leave_figures_out():
    result = compare("Sales rose 5% to 30 million euros in 2023.", "en", "Sales rose 5%.", "en")
    assert result.unsupported == result.contradicted == ()
    assert len(result.missing) == 2


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Both sides met twice in a decade.", "In dieci anni le due parti si sono incontrate due volte."),
        ("Half of the members voted.", "Il 50% dei membri ha votato."),
        ("They saw the Four Corners.", "Hanno visto la regione."),
        ("The film was shown on Saturday Night Live.", "Il film è andato in onda in televisione."),
        ("Cases of the new virus rose.", "Sono aumentati i casi di Covid-19."),
    ],
)
def test_words_and_names_that_imply_numbers_raise_no_alarm(source, output):
    assert compare(source, "en", output, "it").clean


def test_an_amount_may_leave_its_money_to_the_one_beside_it():
    assert compare(
        "a loss of 12 million euros after 3 million",
        "en",
        "perdita di 12 milioni di euro dopo 3 milioni di euro",
        "it",
    ).clean
    assert not compare(
        "a loss of 12 tonnes after 3 million", "en", "perdita di 12 tonnellate dopo 3 milioni di euro", "it"
    ).clean


def test_figures_that_change_places_are_seen():
    assert not compare("They won 3-1 and 5-2.", "en", "Hanno vinto 3-3 e 5-2.", "it").clean


def test_a_numbered_name_may_not_change_its_number():
    assert not compare("Leaders of the G20 met.", "en", "I leader del G30 si sono incontrati.", "it").clean


def test_a_year_given_elsewhere_may_complete_a_date():
    source = "In 2025 the fair opens on May 5."
    assert compare(source, "en", "La fiera apre il 5 maggio 2025.", "it").unsupported == ()


def test_figures_found_before_can_be_matched():
    result = match(find("12 firms", "en"), find("21 imprese", "it"))
    assert [(a.text, b.text) for a, b in result.contradicted] == [("12", "21")]


@settings(deadline=None)
@given(
    value=st.integers(min_value=3, max_value=10**12),
    other=st.integers(min_value=3, max_value=10**12),
    way=st.sampled_from(DIRECTIONS),
)
def test_amounts_agree_exactly_when_they_are_equal(value, other, way):
    source, output = way
    first, second = (Figure(0, 1, "?", "money", Decimal(n), currency="EUR") for n in (value, other))
    result = compare(write(first, source), source, write(second, output), output)
    assert result.clean == (value == other)
