"""The committed gold: whole, various, and labelled twice in part."""

from collections import Counter
from pathlib import Path

import pytest

from summarizer.evals import adversarial, agreement, cases, reference
from summarizer.evals.wording import Label

EVALS = Path(__file__).resolve().parents[2] / "evals"
GOLD = cases.load(EVALS / "gold" / "recorded")
EVERY = (*GOLD, *cases.load(EVALS / "gold" / "unrecorded"))


def test_there_are_thirty_articles_and_more_in_three_languages():
    languages = Counter(case.language for case in GOLD)
    assert len(GOLD) >= 30
    assert min(languages[code] for code in ("en", "it", "zh")) >= 10
    assert {case.targets for case in GOLD} >= {("it",), ("zh",), ("en",)}


def test_they_reach_from_a_few_sentences_to_three_thousand_words():
    lengths = sorted(len(case.text) for case in GOLD)
    assert lengths[0] < 300
    assert lengths[-1] > 18_000


def test_every_seed_is_among_them():
    seeds = {path.name for path in (EVALS.parent / "seeds").glob("*.txt")}
    assert {Path(case.origin).name for case in GOLD if case.origin.startswith("seeds/")} == seeds


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_reference_briefs_say_every_key_fact_and_no_trap(case):
    facts = [(fact.fact, Label(fact.wordings, fact.values, case.language)) for fact in case.key_facts]
    traps = [(trap.wrong, Label(trap.wordings, trap.values, case.language, whole=True)) for trap in case.traps]
    for code, brief in case.briefs.items():
        lines = brief.target.split("\n")
        assert [fact for fact, label in facts if not any(label.said_by(line, code) for line in lines)] == []
        assert [trap for trap, label in traps if any(label.said_by(line, code) for line in lines)] == []


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_a_trap_is_told_by_its_own_words(case):
    for trap in case.traps:
        assert Label(trap.wordings, trap.values, case.language, whole=True).said_by(trap.wrong, case.language)


def test_speakers_stand_in_their_articles():
    strangers = [
        (case.id, quote.speaker.name)
        for case in EVERY
        for quote in case.quotes
        if quote.speaker and quote.speaker.name not in case.text
    ]
    assert strangers == []


def test_second_labels_agree_as_the_page_beside_them_says():
    made = agreement.agreement(EVERY, cases.load(EVALS / "gold" / "second_reader"))
    assert made.articles * 3 >= len(EVERY)
    page = (EVALS / "gold" / "second_reader" / "README.md").read_text(encoding="utf-8")
    for told, value in (
        ("quotes, same span, F1", made.quotes_exact),
        ("quotes, 80 % overlap, F1", made.quotes_overlap),
        ("quotes, Krippendorff's alpha over code points", made.quotes_alpha),
        ("figures that matter, F1", made.figures),
        ("sentences with a key fact, Krippendorff's alpha", made.facts_alpha),
    ):
        assert f"| {told} | {value:.3f} |" in page


def test_every_alteration_fits_its_digest():
    altered = adversarial.load(EVALS / "adversarial", EVERY)
    for case in EVERY:
        right = reference.digest(case)
        for alteration in altered.get(case.id, ()):
            assert alteration.altered(right) != right
    types = Counter(alteration.type for some in altered.values() for alteration in some)
    assert set(types) >= {"figure", "speaker", "negation", "unit", "language", "invented"}
    assert types.total() >= 300
