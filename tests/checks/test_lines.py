"""What was made elsewhere, through the public functions: translations of lines, and statements."""

import subprocess
import sys

import pytest

import summarizer
from summarizer import check_lines, check_statements, languages
from summarizer.article import from_text
from summarizer.errors import ConfigurationError

ARTICLES = {
    "en": "The port of Trieste handled 62 million tonnes of goods in 2023. Rail traffic grew by 4% to 9,300 trains.",
    "it": "Il porto di Trieste ha movimentato 62 milioni di tonnellate nel 2023. I treni sono cresciuti del 4% a 9.300.",
    "zh": "的里雅斯特港2023年处理了6200万吨货物。铁路运输增长4%，达到9300列火车。",
}


def article(language):
    return from_text(ARTICLES[language], language=language)


def lines(language):
    return [sentence.text for sentence in article(language).sentences]


def codes(found):
    return [[f.code for f in own] for own in found]


@pytest.mark.parametrize("source", ["en", "it", "zh"])
@pytest.mark.parametrize("to", ["en", "it", "zh"])
def test_each_pair_has_its_findings_in_order(source, to):
    if source == to:
        return
    pairs = list(zip(lines(source), lines(to), strict=True))
    assert codes(check_lines(article(source), pairs, to)) == [[], []]
    wrong = check_lines(article(source), [pairs[0], (pairs[1][0], pairs[1][1].replace("4%", "40%"))], to)
    assert wrong[0] == ()
    assert any(f.code.startswith("figure.") for f in wrong[1])
    assert {f.where for f in wrong[1]} == {"/1/1"}


def test_a_finding_says_how_bad_it_is_and_whether_it_is_proof():
    line = lines("en")[0]
    (untranslated,) = check_lines(article("en"), [(line, line)], "it")
    assert ("brief.language", "error", True) in [(f.code, f.severity, f.proof) for f in untranslated]


def test_lines_that_stand_at_each_others_place_are_found_together():
    first, second = lines("en"), lines("it")
    found = check_lines(article("en"), [(first[0], second[1]), (first[1], second[0])], "it")
    assert all("brief.swapped" in own for own in codes(found))


@pytest.mark.parametrize(("text", "expected"), [("", ["brief.untranslated"]), (" … ", ["brief.untranslated"])])
def test_a_line_without_a_translation_is_told(text, expected):
    found = check_lines(article("en"), [(lines("en")[0], text)], "it")
    assert codes(found) == [expected]
    assert found[0][0].where == "/0/1"


def test_marks_alone_need_no_translation():
    assert check_lines(article("en"), [("* * *", "* * *"), ("", "")], "it") == ((), ())


def test_nothing_has_no_findings():
    assert check_lines(article("en"), [], "it") == ()
    assert check_statements(article("en"), []) == ()


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("en", "Rail traffic grew by 14% to 9,300 trains."),
        ("it", "I treni sono cresciuti del 14% a 9.300."),
        ("zh", "铁路运输增长14%，达到9300列火车。"),
    ],
)
def test_statements_are_held_against_the_article_without_evidence_numbers(language, wrong):
    found = check_statements(article(language), [*lines(language), wrong, " "])
    assert codes(found[:2]) == [[], []]
    assert any(f.code.startswith("figure.") and f.where == "/2" for f in found[2])
    assert ("summary.empty", True, "/3") in [(f.code, f.proof, f.where) for f in found[3]]


def test_lines_of_any_length_are_checked():
    long = ARTICLES["en"] * 200
    assert len(check_lines(article("en"), [(long, ARTICLES["it"] * 200)], "it")) == 1
    assert len(check_statements(article("en"), [long])) == 1


def test_a_language_that_nobody_knows_is_told_with_those_there_are():
    there = ", ".join(languages.available())
    with pytest.raises(ConfigurationError, match=f"'xx' is not supported; choose one of {there}"):
        check_lines(article("en"), [], "xx")


def test_the_functions_are_public_and_importing_the_package_stays_light():
    assert {"check_lines", "check_statements"} <= set(summarizer.__all__)
    code = "import sys, summarizer; sys.exit('summarizer.checks' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


TITLE = "I soci firmano il Manifesto “Tutta mia la notte” per la sicurezza nei locali notturni della città."


@pytest.mark.parametrize(
    "text",
    [
        "“Tutta mia la notte” protocol signed",
        "The members sign the shared Manifesto “Tutta mia la notte”.",
        "The members sign the Manifesto “Tutta mia la notte” (“The Night Is All Mine”) for safety in the city's bars.",
        "The members sign for safety in the city's bars (Manifesto Tutta mia la notte).",
    ],
)
def test_a_title_that_the_source_has_too_tells_nothing_of_a_lines_language(text):
    (found,) = check_lines(from_text(TITLE, language="it"), [(TITLE, text)], "en")
    assert "brief.language" not in [f.code for f in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TITLE, "is the source line itself"),
        ("The members firmano il Manifesto “Tutta mia la notte” per la sicurezza.", "firmano il Manifesto"),
        ("The members sign “un altro documento della notte che non è nella riga”.", "is not in English"),
    ],
)
def test_words_left_as_they_are_outside_a_title_are_told(text, words):
    (found,) = check_lines(from_text(TITLE, language="it"), [(TITLE, text)], "en")
    assert [words in f.message for f in found if f.code == "brief.language"] == [True]
