"""Contraries, offices, rates, countries, places and names that stand in each other's place."""

import pytest

from summarizer.checks.antonyms import contrary, reversal
from summarizer.checks.exonyms import replaced
from summarizer.checks.namesakes import strange_person
from summarizer.checks.negation import denied
from summarizer.checks.offices import demoted, strange_country, swapped


@pytest.mark.parametrize(
    ("source", "code", "text", "target"),
    [
        ("Il consiglio ha approvato il bilancio.", "it", "The council rejected the budget.", "en"),
        ("The minister welcomed the plan.", "en", "部长批评了该计划。", "zh"),
        ("参展商超过600家。", "zh", "Gli espositori sono meno di 600.", "it"),
    ],
)
def test_a_contrary_is_found_in_each_language(source, code, text, target):
    assert contrary(source, code, text, target)
    assert contrary(source, code, source, code) is None


def test_a_denied_contrary_says_the_same():
    assert contrary("The council did not approve it.", "en", "Il consiglio lo ha respinto.", "it") is None


def test_a_statement_may_say_what_another_sentence_says():
    cited, other = "The council approved the road.", "It rejected the bridge."
    assert reversal("The council rejected the road.", [cited], [], "en")
    assert reversal("The council rejected the bridge.", [cited], [other], "en") is None


def test_a_clause_loses_its_negation_beside_another():
    cited = ["L'azienda non prevede esuberi nello stabilimento.", "Nessuno sarà escluso."]
    lost = "L'azienda prevede esuberi nello stabilimento, nessuno sarà escluso."
    assert denied(lost, cited, (), "it")


def test_an_office_is_kept():
    swap = swapped("La portavoce ha parlato.", "it", "The ambassador spoke.", "en", "offices")
    assert swap
    assert (swap.given, swap.right) == ("ambassador", "portavoce")
    assert demoted("北京市副市长出席。", "zh", "Era presente la sindaca di Pechino.", "it") == "'副' is lost"
    assert demoted("The mayor came.", "en", "È venuto il vicesindaco.", "it") == "'vicesindaco' is added"
    assert demoted("The deputy mayor came.", "en", "È venuto il vicesindaco.", "it") is None


def test_what_a_figure_is_given_for_is_kept():
    assert swapped("180 euro al mese", "it", "180 euros a year", "en", "rates")
    assert swapped("180 euro al mese", "it", "180 euros a month", "en", "rates") is None


def test_a_country_of_nobodys_is_found():
    line = "Arrivano ordini dalla Corea."
    assert strange_country(line, "it", "Orders are coming in from Japan.", "en", line) == "Japan"
    assert strange_country(line, "it", "Orders are coming in from Korea.", "en", line) is None


def test_a_place_is_not_put_for_another():
    line = "According to an importer from Verona, demand grows."
    assert replaced(line, "en", "Secondo un importatore di Vicenza, la domanda cresce.", "it") == (
        "Vicenza",
        "Verona",
    )
    assert replaced("A buyer from Barcelona.", "en", "Un acquirente di Barcellona.", "it") is None
    assert replaced("A buyer from Florence.", "en", "Un acquirente di Firenze.", "it") is None


def test_a_name_after_an_office_is_the_articles():
    article = "Vice Mayor Zhang Wei came. Min Li stayed."
    assert strange_person("Vice Mayor Zhang Min came.", article, "en") == "Zhang Min"
    assert strange_person("Vice Mayor Zhang Wei came.", article, "en") is None
    assert strange_person("Mayor Zhang came to Suzhou.", article, "en") is None
