import pytest

from summarizer.article import load_bytes
from summarizer.article.marks import settled


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("2023<sup>1</sup> figures", "2023¹ figures"),
        ("10<sup>3</sup> m<sup class='x'>2</sup>", "10³ m²"),
        ("10<sup>-3</sup>", "10⁻³"),
        ('5 million<sup><a href="#n1">2</a></sup> euros', "5 million euros"),
        ("in 2024<sup>[3]</sup>", "in 2024"),
        ("<del>5</del> 7 million", " 7 million"),
        ("<s class='old'>5</s>7", "7"),
        ("the 21<sup>st</sup> century", "the 21<sup>st</sup> century"),
    ],
)
def test_marks_that_change_figures_are_settled_before_tags_go(markup, text):
    assert settled(markup) == text


def test_a_page_keeps_its_figures_apart_from_its_notes():
    page = (
        "<html><body><article><h1>Port report</h1><p>The port handled 62 million passengers in 2023<sup>1</sup> and "
        "paid <del>5</del> 7 million euros for 10<sup>3</sup> new benches, the port authority said on Monday.</p>"
        "<p>It will employ 230 people from next spring, and the ministry approved the plan.</p></article></body></html>"
    )
    text = load_bytes(page.encode(), "a.html").text
    assert "2023¹" in text
    assert "20231" not in text
    assert "5 7 million" not in text
    assert "10³" in text


def test_markdown_does_the_same():
    text = load_bytes(b"# Report\n\nIt paid ~~5~~ 7 million euros in 2024<sup>2</sup>, the town said.\n", "a.md").text
    assert "7 million euros in 2024²" in text
    assert "5 7" not in text
