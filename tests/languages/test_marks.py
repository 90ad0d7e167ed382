"""Examples of quotation marks: how words that were said are printed, and how their translation is."""

import pytest

from summarizer import languages
from summarizer.digest import Quote
from summarizer.render import marks
from tests.support import written
from tests.support.examples import Record, cases, lacking


def quote(said: str, **more: object) -> Quote:
    return Quote.model_validate(written.quote(said, said, **more))


class Elsewhere(Record):
    """Words in the print of a script or a region."""

    tag: str
    text: str
    printed: str


class Examples(Record):
    """`marks.toml`: what was said → how it is printed; a translation, a line of a digest as given → the same."""

    printed: dict[str, str]
    translated: dict[str, str]
    lines: dict[str, str]
    elsewhere: tuple[Elsewhere, ...]


@pytest.mark.parametrize(("code", "example"), cases("marks", Examples, "printed"))
def test_direct_speech_stands_in_the_marks_of_its_language(code: str, example: tuple[str, str]) -> None:
    said, printed = example
    assert marks.original(quote(said), code) == printed
    assert marks.original(quote(said, kind="reported"), code) == said


@pytest.mark.parametrize(("code", "example"), cases("marks", Examples, "translated"))
def test_a_translation_stands_in_those_of_its_own_once(code: str, example: tuple[str, str]) -> None:
    given, printed = example
    made = quote("We come", translations={code: given})
    assert marks.translated(made, code) == printed
    reported = made.model_copy(update={"kind": "reported"})
    assert marks.translated(reported, code) == marks.spaced(given, code)


@pytest.mark.parametrize(("code", "example"), cases("marks", Examples, "lines"))
def test_a_line_is_never_folded_inside_its_marks(code: str, example: tuple[str, str]) -> None:
    given, printed = example
    assert marks.spaced(given, code) == printed


@pytest.mark.parametrize(("code", "example"), cases("marks", Examples, "elsewhere"))
def test_a_script_or_region_has_its_own(code: str, example: Elsewhere) -> None:
    assert languages.base(example.tag) == code
    assert marks.quoted(example.text, example.tag) == example.printed


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_its_marks(code: str) -> None:
    assert lacking(code, "marks", Examples) == []


@pytest.mark.parametrize(
    ("code", "printed"),
    [("ja", "「x」"), ("pt", "“x”"), ("ru", "“x”"), ("xx", "“x”"), ("", "“x”"), ("no tag!", "“x”")],
)
def test_a_language_without_a_folder_has_those_of_its_script_or_plain_ones(code: str, printed: str) -> None:
    assert marks.quoted("x", code) == printed


def test_a_nested_quotation_is_never_taken_for_marks_of_the_translation() -> None:
    made = quote("“No”", translations={"it": "«No»"})
    assert marks.original(made, "en") == "‘“No”’"
    assert marks.translated(made, "it") == "“«No»”"
