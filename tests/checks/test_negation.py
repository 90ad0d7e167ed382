"""Negations are read by grammar: what denies, what only looks so, and what turns a line or a statement round."""

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.checks import negation
from summarizer.checks.negation import read
from summarizer.ground.text import Text
from tests.support.claims import messages, statement, translation
from tests.support.endpoint import serving
from tests.support.model import changed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The company will not invest in Turin."),
        ("en", "The firm didn’t sign."),
        ("en", "Nobody was hurt."),
        ("en", "Neither side agreed."),
        ("en", "They left without a deal."),
        ("it", "L'azienda non investirà a Torino."),
        ("it", "Nessun'impresa ha firmato."),
        ("it", "Non c'è né un piano né un bilancio."),
        ("it", "Il ministro è partito senza accordo."),
        ("zh", "公司不会在都灵投资。"),
        ("zh", "公司没有签署协议。"),
        ("zh", "双方尚未达成协议。"),
        ("zh", "他并非主席。"),
        ("zh", "工厂无法开工。"),
    ],
)
def test_a_negation_is_read(language, text):
    assert read(Text(text, language)).negations


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is the No. 7 port, no 12 on the list, run by a non-profit and not only for tourists."),
        ("en", "No doubt the plan, due no later than May, was nothing but good news."),
        ("it", "Non solo il porto, nonché la fiera, non appena aperta, costa non meno di 3 milioni."),
        ("it", "Senza dubbio il piano nonostante tutto piace al non profit."),
        ("zh", "不仅如此，出口不断增长，不少企业不久前来自非洲，未来非常好，无论如何都是如此。"),
        ("zh", "公司不得不投资，无疑是好消息，能不能成功还要看。"),
    ],
)
def test_an_idiom_is_no_negation(language, text):
    assert read(Text(text, language)).negations == ()


PAIRS = [
    (
        "en",
        "it",
        "The company will not invest in Turin.",
        "L'azienda non investirà a Torino.",
        "L'azienda investirà a Torino.",
    ),
    (
        "it",
        "en",
        "Il comune non ha approvato il piano.",
        "The city did not approve the plan.",
        "The city approved the plan.",
    ),
    ("en", "zh", "The company will not invest in Turin.", "公司不会在都灵投资。", "公司会在都灵投资。"),
    ("zh", "en", "公司没有签署协议。", "The company has not signed the deal.", "The company has signed the deal."),
    ("zh", "it", "双方尚未达成协议。", "Le parti non hanno ancora un accordo.", "Le parti hanno un accordo."),
    ("it", "zh", "Il ministro non parteciperà.", "部长不会出席。", "部长将出席。"),
]


@pytest.mark.parametrize(("source", "target", "line", "right", "wrong"), PAIRS)
def test_a_translation_neither_loses_nor_gains_a_negation(source, target, line, right, wrong):
    assert messages(negation.in_translation, translation(line, source, right, target)) == []
    assert "lost" in messages(negation.in_translation, translation(line, source, wrong, target))[0]
    assert "added" in messages(negation.in_translation, translation(wrong, target, line, source))[0]


@pytest.mark.parametrize(
    ("source", "line", "target", "text"),
    [
        ("en", "He failed to reach a deal.", "it", "Non ha raggiunto un accordo."),
        ("it", "Non è riuscito a convincerli.", "en", "He was unable to convince them."),
        ("zh", "该公司缺乏资金。", "en", "The company does not have enough money."),
        ("en", "He refused to comment.", "zh", "他没有发表评论。"),
        ("it", "È impossibile saperlo.", "zh", "不可能知道。"),
    ],
)
def test_a_negative_word_may_stand_for_a_negation(source, line, target, text):
    assert messages(negation.in_translation, translation(line, source, text, target)) == []


@pytest.mark.parametrize(
    ("language", "sentence", "added", "lost"),
    [
        ("en", "The company will build the plant in Turin.", "The company will not build the plant in Turin.", ""),
        ("en", "The company will not build the plant in Turin.", "", "The company will build the plant in Turin."),
        (
            "it",
            "L'azienda costruirà lo stabilimento a Torino.",
            "L'azienda non costruirà lo stabilimento a Torino.",
            "",
        ),
        (
            "it",
            "L'azienda non costruirà lo stabilimento a Torino.",
            "",
            "L'azienda costruirà lo stabilimento a Torino.",
        ),
        ("zh", "公司将在都灵建设新工厂。", "公司不会在都灵建设新工厂。", ""),
        ("zh", "公司不会在都灵建设新工厂。", "", "公司会在都灵建设新工厂。"),
    ],
)
def test_a_statement_neither_loses_nor_gains_a_negation(language, sentence, added, lost):
    assert messages(negation.in_statement, statement(sentence, [sentence], language)) == []
    if added:
        assert "added" in messages(negation.in_statement, statement(added, [sentence], language))[0]
    if lost:
        assert "lost" in messages(negation.in_statement, statement(lost, [sentence], language))[0]


def test_a_statement_about_something_else_in_the_sentence_loses_nothing():
    sentence = "The company, which has not paid its suppliers since May, will build a plant in Turin."
    claim = statement("The company will build a plant in Turin.", [sentence], "en")
    assert messages(negation.in_statement, claim) == []


def test_a_negation_may_come_from_another_sentence_of_the_article():
    said = "The company will not build the plant in Turin."
    cited, other = ["The company spoke about its plant in Turin."], ["It will not build a plant there."]
    assert messages(negation.in_statement, statement(said, cited, "en"))
    assert messages(negation.in_statement, statement(said, cited, "en", other)) == []


def test_a_clause_loses_its_negation_beside_another():
    cited = ["L'azienda non prevede esuberi nello stabilimento.", "Nessuno sarà escluso."]
    lost = "L'azienda prevede esuberi nello stabilimento, nessuno sarà escluso."
    assert messages(negation.in_statement, statement(lost, cited, "it"))


def test_a_denial_that_moves_to_the_other_half_is_found():
    said = "It is not to grab customers but to find partners."
    turned = "It is to grab customers and not to find partners."
    assert messages(negation.inverted, statement(turned, [said], "en"))
    assert messages(negation.inverted, statement(said, [said], "en")) == []
    assert messages(negation.crossed, translation(said, "en", "目的是抢客户，而非找伙伴。", "zh"))
    assert messages(negation.crossed, translation(said, "en", "目的不是抢客户，而是找伙伴。", "zh")) == []


TEXT = "The port of Trieste will not charge a fee of 62 euros to fishermen from the town next year."
LINE = "Il porto di Trieste {} un contributo di 62 euro ai pescatori della città nel prossimo anno."


def digest_of(text):
    """Return the digest where the model translates every line by `text`, and the questions that were asked."""

    def wrong(value):
        for line in value["lines"]:
            line["text"] = text

    settings = {"model": "m", "max_quotes": 0}
    with (
        serving(changed(wrong, "TranslationDraft")) as endpoint,
        Summarizer(Settings(base_url=endpoint.base_url, **settings)) as summarizer,
    ):
        return summarizer.summarize_sync(from_text(TEXT, language="en"), ["it"]), endpoint.requests


def test_a_line_that_lost_its_negation_is_asked_for_again_and_left_out():
    digest, requests = digest_of(LINE.format("chiederà"))
    assert any("mind: deny what this line denies" in request.prompt for request in requests)
    assert digest.briefs[0].segments == ()
    assert {"brief.negation", "brief.untranslated"} <= {f.code for f in digest.findings}


def test_a_line_that_keeps_its_negation_stays():
    digest, _ = digest_of(LINE.format("non chiederà"))
    assert {s.target for s in digest.briefs[0].segments} == {LINE.format("non chiederà")}
    assert "brief.negation" not in {f.code for f in digest.findings}
