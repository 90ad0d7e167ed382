"""Negations are read by grammar: what denies, what only looks so, and what turns a line or a statement round."""

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from tests.support.endpoint import serving
from tests.support.model import changed, lines

TEXT = "The port of Trieste will not charge a fee of 62 euros to fishermen from the town next year."
LINE = "Il porto di Trieste {} un contributo di 62 euro ai pescatori della città nel prossimo anno."


def digest_of(text):
    """Return the digest where the model translates every line by `text`, and the questions that were asked."""

    def wrong(value):
        for line in lines(value, "it"):
            line.put(text)

    settings = {"model": "m", "max_quotes": 0, "review": "none", "trust": "low"}
    with (
        serving(changed(wrong, "TranslationDraft")) as endpoint,
        Summarizer(Settings(base_url=endpoint.base_url, **settings)) as summarizer,
    ):
        return summarizer.summarize_sync(from_text(TEXT, language="en"), ["it"]), endpoint.requests


def test_a_line_that_lost_its_negation_is_asked_for_again_and_left_out():
    digest, requests = digest_of(LINE.format("chiederà"))
    assert any("objection: " in request.prompt for request in requests)
    assert digest.briefs[0].segments == ()
    assert {"brief.untranslated"} <= {f.code for f in digest.findings}


def test_a_line_that_keeps_its_negation_stays():
    digest, _ = digest_of(LINE.format("non chiederà"))
    assert {s.target for s in digest.briefs[0].segments} == {LINE.format("non chiederà")}
    assert "brief.negation" not in {f.code for f in digest.findings}
