"""Examples of instructions: orders to a language model are found, news about them is not."""

import pytest

from summarizer import languages
from summarizer.article import instructions
from tests.support.examples import Record, cases, lacking


class Examples(Record):
    """`instructions.toml`; an order counts in an article of any language."""

    orders: tuple[str, ...]
    news: tuple[str, ...]


@pytest.mark.parametrize("article", languages.available())
@pytest.mark.parametrize(("code", "line"), cases("instructions", Examples, "orders"))
def test_an_order_is_found(code: str, line: str, article: str) -> None:
    assert instructions.find(line, article), f"an order in {code}"


@pytest.mark.parametrize("article", languages.available())
@pytest.mark.parametrize(("code", "line"), cases("instructions", Examples, "news"))
def test_news_about_orders_is_no_order(code: str, line: str, article: str) -> None:
    assert not instructions.find(line, article), f"news in {code}"


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_instructions(code: str) -> None:
    assert lacking(code, "instructions", Examples) == []
