"""Examples of checks: what all of them together say of a translation of a line, or of a statement about an article."""

import pytest

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.checks import negation, statements, translations
from summarizer.checks.claim import Check, Claim
from summarizer.ground.text import Text
from tests.support.claims import statement, translation
from tests.support.examples import Record, cases, lacking


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


def findings(checks: tuple[Check, ...], claim: Claim) -> list[Finding]:
    return [finding for check in checks for finding in check(claim)]


def agree(found: list[Finding], expected: Translation | Statement) -> bool:
    """Tell whether the findings are those of an example, each code once, in the order of the checks."""
    codes = tuple(dict.fromkeys(finding.code for finding in found))
    return codes == expected.codes and (not expected.says or any(expected.says in each.message for each in found))


@pytest.mark.parametrize(("code", "example"), cases("checks", Examples, "translation"))
def test_a_translation_is_judged(code: str, example: Translation) -> None:
    claim = translation(example.line, code, example.text, example.to, example.article)
    found = findings(translations.CHECKS, claim)
    assert agree(found, example), found


@pytest.mark.parametrize(("code", "example"), cases("checks", Examples, "statement"))
def test_a_statement_is_judged(code: str, example: Statement) -> None:
    found = findings(statements.CHECKS, statement(example.text, example.cited, code, example.others))
    assert agree(found, example), found


@pytest.mark.parametrize(("code", "line"), cases("checks", Examples, "denials"))
def test_a_denial_is_read(code: str, line: str) -> None:
    assert negation.read(Text(line, code)).negations


@pytest.mark.parametrize(("code", "line"), cases("checks", Examples, "idioms"))
def test_an_idiom_is_no_denial(code: str, line: str) -> None:
    assert negation.read(Text(line, code)).negations == ()


@pytest.mark.parametrize("code", languages.available())
def test_each_language_has_examples_of_checks(code: str) -> None:
    assert lacking(code, "checks", Examples) == []
