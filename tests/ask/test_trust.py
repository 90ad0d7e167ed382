import pytest

from summarizer.article.findings import Finding
from summarizer.ask.trust import Trust, defended, harm, open_to
from summarizer.config import Settings

PROOF = Finding("brief.language", "it is English")
DOUBT = Finding("brief.negation", "it denies")
CLEARED = Finding("brief.negation", "it denies", standing="cleared")
CONFIRMED = Finding("brief.negation", "it denies", standing="confirmed")
NOTE = Finding("brief.draft", "a draft")


@pytest.mark.parametrize(
    ("settings", "embedded", "trust"),
    [
        ({}, False, Trust(high=True, review="all")),
        ({}, True, Trust(high=False, review="none")),
        ({"trust": "low"}, False, Trust(high=False, review="none")),
        ({"trust": "high"}, True, Trust(high=True, review="all")),
        ({"review": "doubts"}, False, Trust(high=True, review="doubts")),
        ({"trust": "low", "review": "all"}, False, Trust(high=False, review="all")),
    ],
)
def test_hosted_models_are_trusted_and_the_embedded_one_is_not_unless_it_is_set(settings, embedded, trust):
    assert Trust.of(Settings(**settings), embedded=embedded) == trust


@pytest.mark.parametrize(
    ("finding", "severity", "at_high", "at_low", "is_open"),
    [
        (PROOF, "error", True, True, True),
        (DOUBT, "warning", False, True, True),
        (CLEARED, "info", False, False, False),
        (CONFIRMED, "error", True, True, True),
        (NOTE, "info", False, False, False),
    ],
)
def test_what_leaves_a_line_out(finding, severity, at_high, at_low, is_open):
    assert finding.severity == severity
    assert (Trust(high=True, review="none").against([NOTE, finding]) is not None) == at_high
    assert (Trust(high=False, review="none").against([NOTE, finding]) is not None) == at_low
    assert open_to([NOTE, finding]) == ((finding,) if is_open else ())


def test_a_proof_is_told_before_a_doubt():
    assert Trust(high=False, review="none").against([DOUBT, PROOF]) == PROOF


def test_a_proof_weighs_more_than_any_number_of_doubts():
    assert harm([]) < harm([DOUBT]) < harm([DOUBT, DOUBT]) < harm([PROOF])
    assert harm([CLEARED, NOTE]) == harm([])


@pytest.mark.parametrize(
    ("review", "read"), [("all", (True, True)), ("doubts", (False, True)), ("none", (False, False))]
)
def test_what_is_read_a_second_time(review, read):
    trust = Trust(high=True, review=review)
    assert (trust.reads([]), trust.reads([DOUBT])) == read
    assert trust.reads([CLEARED]) == read[0]


def test_a_reason_stands_beside_each_doubt_and_nowhere_else():
    told = defended([DOUBT, NOTE], "the source says so")
    assert [f.message for f in told] == ["it denies (the model lets it stand: the source says so)", "a draft"]
    assert defended([DOUBT], "") == (DOUBT,)
