"""Examples of speech: who says what in a text.

A key of a quotation that an example leaves out is not asked for; an empty one says that there is none. The section is
the kind of its quotations that give no kind of their own; of `speakers` any kind will do.
"""

from typing import Literal

import pytest

from summarizer import languages, speech
from tests.support.examples import Record, cases, lacking, sections

NOBODY = speech.Speaker("", None, None, 0, 0)


class Quote(Record):
    """What is said, and by whom; fields as in `summarizer.speech`."""

    text: str | None = None
    kind: speech.Kind | None = None
    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None


class Example(Record):
    """A text with everything that is said in it, in order."""

    text: str
    quotes: tuple[Quote, ...]
    why: str = ""


class Examples(Record):
    """`speech.toml`."""

    nothing: tuple[str, ...]
    direct: tuple[Example, ...]
    reported: tuple[Example, ...]
    speakers: tuple[Example, ...]


Section = Literal["direct", "reported", "speakers"]


def expected(section: Section, quote: Quote) -> dict[str, str]:
    asked = quote.model_dump(exclude_none=True)
    return asked if section == "speakers" else {"kind": section, **asked}


def found(text: str, said: speech.Speech) -> dict[str, str]:
    who = said.speaker or NOBODY
    own = {"text": text[said.start : said.end], "kind": said.kind}
    return {**own, "speaker": who.name, "role": who.role or "", "organisation": who.organisation or ""}


@pytest.mark.parametrize(
    ("code", "section", "example"), sections("speech", Examples, "direct", "reported", "speakers")
)
def test_what_is_said_is_found(code: str, section: Section, example: Example) -> None:
    every = [found(example.text, said) for said in speech.find(example.text, code)]
    wanted = [expected(section, quote) for quote in example.quotes]
    asked = [{key: own[key] for key in quote} for own, quote in zip(every, wanted, strict=False)]
    assert [*asked, *every[len(wanted) :]] == wanted


@pytest.mark.parametrize(("code", "text"), cases("speech", Examples, "nothing"))
def test_nothing_is_found_where_nobody_speaks(code: str, text: str) -> None:
    assert speech.find(text, code) == ()


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_speech(code: str) -> None:
    assert lacking(code, "speech", Examples) == []
