"""Two labellers: nothing to compare is no perfect agreement."""

import pytest

from summarizer.errors import EvalError
from summarizer.evals.agreement import agreement, alpha, span_f1
from tests.support.eval_case import case_in


def test_a_labeller_agrees_with_himself():
    case = case_in("en")
    made = agreement([case], [case])
    assert {getattr(made, name) for name in made.__slots__} == {1}


def test_where_nothing_is_labelled_there_is_no_value():
    empty = case_in("en", quotes=(), key_facts=(), figures=())
    made = agreement([empty], [empty])
    assert (made.quotes_exact, made.quotes_overlap, made.kinds, made.speakers) == (None, None, None, None)
    assert (made.figures, made.facts_alpha) == (None, None)
    assert (alpha([]), span_f1([], [])) == (None, None)


def test_folders_without_a_common_article_are_an_error():
    with pytest.raises(EvalError, match="no article in common"):
        agreement([case_in("en")], [case_in("it")])
