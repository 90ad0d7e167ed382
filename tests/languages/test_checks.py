"""Examples of checks: what all of them together say of a translation of a line, or of a statement about an article."""

from collections.abc import Sequence

import pytest

from summarizer import languages
from summarizer.article import segment
from summarizer.article.findings import Finding
from summarizer.checks import negation
from summarizer.checks.statements import StatementChecker
from summarizer.checks.translations import TranslationChecker
from summarizer.ground.text import Text
from tests.support.claims import reading
from tests.support.examples import Record, cases, lacking, read

#: No example is as long as a statement may be.
_MAX_CHARS = 1000


class Translation(Record):
    """A line, its translation and the codes of all findings; none where the translation is sound.

    Attributes:
        article: where the line stands; the line alone where it is left out.
        says: words of one of the messages.
    """

    line: str
    to: str
    text: str
    article: str = ""
    codes: tuple[str, ...] = ()
    says: str = ""
    why: str = ""


class Statement(Record):
    """A statement, the sentences behind it, others of the article, and the codes of all findings."""

    text: str
    cited: tuple[str, ...]
    others: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    says: str = ""
    why: str = ""


class Examples(Record):
    """`checks.toml`; `denials` are lines that deny something, `idioms` lines that only look so."""

    denials: tuple[str, ...]
    idioms: tuple[str, ...]
    translation: tuple[Translation, ...]
    statement: tuple[Statement, ...]


def agree(found: Sequence[Finding], expected: Translation | Statement) -> bool:
    """Tell whether the findings are those of an example, each code once, in the order of the checks."""
    codes = tuple(dict.fromkeys(finding.code for finding in found))
    return codes == expected.codes and (not expected.says or any(expected.says in each.message for each in found))


@pytest.mark.parametrize(("code", "example"), cases("checks", Examples, "translation"))
def test_a_translation_is_judged(code: str, example: Translation) -> None:
    checker = TranslationChecker(reading(example.article or example.line, code), example.to)
    found = checker.check(example.line, example.text, "/briefs/0/headline/target")
    assert agree(found, example), found


@pytest.mark.parametrize(("code", "example"), cases("checks", Examples, "statement"))
def test_a_statement_is_judged(code: str, example: Statement) -> None:
    article = reading(" ".join((*example.cited, *example.others)), code)
    behind = segment.split(" ".join(example.cited), code)
    grounded = StatementChecker(article).ground(example.text, range(len(behind)), "/summary/abstract", _MAX_CHARS)
    assert agree(grounded.findings, example), grounded.findings


@pytest.mark.parametrize(("code", "line"), cases("checks", Examples, "denials"))
def test_a_denial_is_read(code: str, line: str) -> None:
    assert negation.read(Text(line, code)).negations


@pytest.mark.parametrize(("code", "line"), cases("checks", Examples, "idioms"))
def test_an_idiom_is_no_denial(code: str, line: str) -> None:
    assert negation.read(Text(line, code)).negations == ()


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_checks(code: str) -> None:
    assert lacking(code, "checks", Examples) == []
    own = read(code, "checks", Examples)
    for examples in (own.translation, own.statement):
        assert {bool(example.codes) for example in examples} == {True, False}, "sound lines and others"
