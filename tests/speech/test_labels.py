"""The rules on the articles labelled by hand: issue 4's table, what was never used for tuning apart."""

import pytest

from tests.support.labelled_speech import Counts, articles, measure

LANGUAGES = ("en", "it", "zh")


def totals(language: str, part: str) -> dict[str, Counts]:
    total = {name: Counts() for name in ("direct", "reported", "speaker", "named", "role")}
    for article in articles(language, part):
        for name, count in measure(article)[0].items():
            total[name].add(count.gold, count.found, count.right)
    return total


@pytest.mark.parametrize("part", ["gold", "tuning"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_reach_the_measures(language: str, part: str) -> None:
    total = totals(language, part)
    assert total["direct"].f1 >= 0.95
    assert total["reported"].f1 >= 0.80
    assert total["speaker"].right / total["speaker"].gold >= 0.92


@pytest.mark.parametrize("part", ["fresh", "unseen"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_articles_that_no_rule_was_made_for_they_come_near(language: str, part: str) -> None:
    total = totals(language, part)
    # a little below what was measured (tests/languages/articles.md): these must not get worse
    assert total["direct"].f1 >= 0.87
    assert total["reported"].f1 >= 0.75
    assert total["speaker"].right / total["speaker"].gold >= 0.80


def test_many_articles_are_labelled_and_some_were_held_out() -> None:
    for language in LANGUAGES:
        every = list(articles(language))
        assert len([article for article in every if article.part == "gold"]) >= 10
        assert len([article for article in every if article.part in {"fresh", "unseen"}]) * 5 >= len(every)
