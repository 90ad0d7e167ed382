"""Contraries: a word that turns a line or a statement round without a negation."""

import pytest

from summarizer.checks import antonyms
from tests.support.claims import messages, statement, translation


@pytest.mark.parametrize(
    ("source", "code", "text", "target"),
    [
        ("Il consiglio ha approvato il bilancio.", "it", "The council rejected the budget.", "en"),
        ("The minister welcomed the plan.", "en", "部长批评了该计划。", "zh"),
        ("参展商超过600家。", "zh", "Gli espositori sono meno di 600.", "it"),
    ],
)
def test_a_contrary_is_found_in_each_language(source, code, text, target):
    assert messages(antonyms.in_translation, translation(source, code, text, target))
    assert messages(antonyms.in_translation, translation(source, code, source, code)) == []


def test_a_denied_contrary_says_the_same():
    claim = translation("The council did not approve it.", "en", "Il consiglio lo ha respinto.", "it")
    assert messages(antonyms.in_translation, claim) == []


def test_a_statement_may_say_what_another_sentence_says():
    cited, other = ["The council approved the road."], ["It rejected the bridge."]
    assert messages(antonyms.in_statement, statement("The council rejected the road.", cited, "en"))
    claim = statement("The council rejected the bridge.", cited, "en", other)
    assert messages(antonyms.in_statement, claim) == []


def test_a_clause_may_not_be_told_as_its_contrary():
    every = ["Esposito ha ringraziato le autorità locali.", "Il volo è un'opportunità."]
    wrong = statement("Esposito ha criticato le autorità locali e parla di un'opportunità.", every, "it")
    assert messages(antonyms.restated, wrong)
    right = statement("Esposito ha ringraziato le autorità locali.", every, "it")
    assert messages(antonyms.restated, right) == []
