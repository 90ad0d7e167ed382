"""The rules on the articles labelled by hand: issue 4's table, the parts held out apart."""

import pytest

from tests.labelled_speech import Counts, articles, measure


@pytest.mark.parametrize("part", ["tuning", "held", "last"])
@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_the_rules_reach_the_measures(language: str, part: str) -> None:
    total = {name: Counts() for name in ("direct", "reported", "speaker", "named", "role")}
    for article in articles(language, part):
        counts, _ = measure(article)
        for name, count in counts.items():
            total[name].add(count.gold, count.found, count.right)
    assert total["direct"].f1 >= 0.95
    assert total["reported"].f1 >= 0.80
    assert total["speaker"].right / total["speaker"].gold >= 0.92


def test_ten_articles_a_language_are_labelled_and_a_quarter_was_held_out() -> None:
    for language in ("en", "it", "zh"):
        every = list(articles(language))
        held = [article for article in every if article.part in {"held", "last"}]
        assert len(every) >= 10
        assert len(held) * 4 >= len(every)
