"""Examples of figures: what is found in a text, how it is written, what becomes of it in another language.

A figure is told as one line: its kind (where it is not the section's), ``about`` for an approximate one, ``up`` or
``down``, the value, the unit or the currency: ``about 20 km``, ``down 2.4 %``, ``69660000000 CNY``.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from summarizer import figures, languages
from summarizer.figures import Figure
from tests.support.examples import FOLDER, Record, cases, lacking, read_file, sections

Found = dict[str, tuple[str, ...]]


class Translated(Record):
    """A text and a translation or summary of it, with what does not agree; the texts are those of the figures."""

    text: str
    to: str
    translation: str
    contradicted: tuple[tuple[str, str], ...] = ()
    unsupported: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""


class Examples(Record):
    """`figures.toml`: text → its figures; of `garbled` those that cannot be right; of `written` one, form → figure.

    `on` holds texts of articles of a day, `magnitude` the least and, where it is open, the most that a word stands for.
    """

    nothing: tuple[str, ...]
    sound: tuple[str, ...]
    number: Found
    money: Found
    percent: Found
    date: Found
    ordinal: Found
    magnitude: Found
    on: dict[date, Found]
    garbled: Found
    written: dict[str, str]
    translated: tuple[Translated, ...]


class Fact(Record):
    """One fact, told rightly and wrongly in each language."""

    what: str
    right: dict[str, str]
    wrong: dict[str, str]


class Facts(Record):
    """`facts.toml`."""

    fact: tuple[Fact, ...]


FACTS = read_file(FOLDER / "facts.toml", Facts).fact
FOUND = ("number", "money", "percent", "date", "ordinal")


def told(figure: Figure, kind: str) -> str:
    """Return a figure as the examples tell it."""
    parts = (
        figure.kind if figure.kind != kind else "",
        "about" if figure.approximate else "",
        figure.direction or "",
        "garbled" if figure.value is None else str(figure.value),
        figure.unit or figure.currency or "",
    )
    return " ".join(part for part in parts if part)


def meant(line: str) -> Figure:
    """Return the figure that an example of writing tells: kind, value, and the unit or currency."""
    kind, value, measure, *_ = [*line.split(), ""]
    currency, unit = (measure or None, None) if kind == "money" else (None, measure or None)
    return Figure(0, 1, "?", kind, value if kind == "date" else Decimal(value), unit, currency)  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "kind", "example"), sections("figures", Examples, *FOUND))
def test_figures_are_found(code: str, kind: str, example: tuple[str, tuple[str, ...]]) -> None:
    text, expected = example
    assert tuple(told(figure, kind) for figure in figures.find(text, code)) == expected


@pytest.mark.parametrize(("code", "example"), cases("figures", Examples, "magnitude"))
def test_magnitudes_are_found(code: str, example: tuple[str, tuple[str, ...]]) -> None:
    text, expected = example
    found = figures.side(text, code, figures.find(text, code)).magnitudes
    assert tuple(f"{m.low}" if m.high == 10 * m.low else f"{m.low}–{m.high}" for m in found) == expected
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(("code", "text"), cases("figures", Examples, "nothing"))
def test_words_that_count_nothing_are_no_figures(code: str, text: str) -> None:
    assert figures.find(text, code) == ()


@pytest.mark.parametrize(("code", "example"), cases("figures", Examples, "on"))
def test_a_dateline_resolves_relative_dates(code: str, example: tuple[date, Found]) -> None:
    day, texts = example
    found = {text: [told(f, "date") for f in figures.find(text, code, dateline=day)] for text in texts}
    assert found == {text: list(expected) for text, expected in texts.items()}


@pytest.mark.parametrize(("code", "example"), cases("figures", Examples, "garbled"))
def test_what_cannot_be_right_is_flagged_as_printed(code: str, example: tuple[str, tuple[str, ...]]) -> None:
    text, expected = example
    assert tuple(figure.text for figure in figures.find(text, code) if figure.suspect) == expected


@pytest.mark.parametrize(("code", "text"), cases("figures", Examples, "sound"))
def test_sound_figures_are_not_flagged(code: str, text: str) -> None:
    assert [figure.text for figure in figures.find(text, code) if figure.suspect] == []


@pytest.mark.parametrize(("code", "example"), cases("figures", Examples, "written"))
def test_a_figure_takes_the_languages_form(code: str, example: tuple[str, str]) -> None:
    form, figure = example
    assert figures.write(meant(figure), code) == form


@pytest.mark.parametrize(("code", "example"), cases("figures", Examples, "translated"))
def test_what_does_not_agree_is_named(code: str, example: Translated) -> None:
    found = figures.compare(example.text, code, example.translation, example.to)
    assert tuple((a.text, b.text) for a, b in found.contradicted) == example.contradicted
    assert tuple(figure.text for figure in found.unsupported) == example.unsupported
    assert tuple(figure.text for figure in found.missing) == example.missing


def directions() -> Iterator[tuple[Fact, str, str]]:
    """Yield each fact with two languages that it is told in."""
    return ((fact, *pair) for fact in FACTS for pair in permutations(fact.right, 2))


@pytest.mark.parametrize(
    ("fact", "source", "target"),
    [pytest.param(*each, id=f"{each[0].what}-{each[1]}-{each[2]}") for each in directions()],
)
def test_right_translations_pass_and_wrong_ones_do_not(fact: Fact, source: str, target: str) -> None:
    assert figures.compare(fact.right[source], source, fact.right[target], target).clean
    assert not figures.compare(fact.right[source], source, fact.wrong[target], target).clean


@pytest.mark.parametrize(
    ("fact", "code"),
    [pytest.param(fact, code, id=f"{fact.what}-{code}") for fact in FACTS for code in fact.right],
)
def test_a_text_agrees_with_itself_and_not_with_its_wrong_version(fact: Fact, code: str) -> None:
    assert figures.compare(fact.right[code], code, fact.right[code], code).clean
    assert not figures.compare(fact.right[code], code, fact.wrong[code], code).clean


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_figures(code: str) -> None:
    assert lacking(code, "figures", Examples) == []
    assert sum(code in fact.right for fact in FACTS) >= 10


def test_each_fact_is_told_rightly_and_wrongly_in_the_same_languages() -> None:
    assert [fact.what for fact in FACTS if fact.right.keys() != fact.wrong.keys()] == []
    assert {code for fact in FACTS for code in fact.right} <= set(languages.available())
