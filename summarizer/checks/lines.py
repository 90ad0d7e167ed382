"""Lines made elsewhere, held against their article: translations alone and beside each other, and statements."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer import languages
from summarizer.article import Article
from summarizer.article.findings import Finding
from summarizer.checks.statements import StatementChecker
from summarizer.checks.translations import TranslationChecker
from summarizer.glossary.model import Glossary
from summarizer.ground.reading import Reading

__all__ = ["check_lines", "check_statements", "statement", "translations"]

#: No length limit stopped whoever wrote a line elsewhere.
_ANY_LENGTH = 10**9


def check_lines(
    article: Article, pairs: Sequence[tuple[str, str]], to: str, glossary: Glossary | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """Return what is wrong with translations of lines about an article, by the rules alone.

    Args:
        article: what the lines are about; its language is theirs.
        pairs: each a line in the article's language (its own, or one of a text about it) and its translation; of
            any length. Give all lines of a text at once: that a translation is another line's shows by the others.
        to: BCP 47 code of the translations.
        glossary: what they have to call things; None for nothing.

    Returns:
        For each pair its findings, in the order of the pairs; empty where nothing is wrong. `Finding.severity` is
        ``error``, ``warning`` or ``info``, `Finding.proof` tells what cannot be right from what probably is not, and
        `Finding.where` is the JSON pointer (RFC 6901) of the translation in `pairs`: ``/0/1`` for the first. A line
        without a translation has the finding ``brief.untranslated``.

    Raises:
        ConfigurationError: the language of the article or of the translations is not supported.
    """
    languages.checked(article.language)
    languages.checked(to)
    return translations(Reading.of(article), pairs, to, glossary)


def check_statements(article: Article, statements: Sequence[str]) -> tuple[tuple[Finding, ...], ...]:
    """Return what is wrong with sentences about an article in its own language, by the rules alone.

    Which sentences of the article say what a statement says is found by the words that they share.

    Args:
        article: what the statements are about.
        statements: sentences of a summary, headlines, key points; of any length.

    Returns:
        For each statement its findings, as `check_lines` gives them; `Finding.where` is ``/0`` for the first.
        A statement without a word has the finding ``summary.empty``.

    Raises:
        ConfigurationError: the article's language is not supported.
    """
    languages.checked(article.language)
    reading = Reading.of(article)
    return tuple(statement(reading, text, (), f"/{i}") for i, text in enumerate(statements))


def translations(
    reading: Reading, pairs: Sequence[tuple[str, str]], to: str, glossary: Glossary | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of `check_lines` for an article that was read already."""
    checker = TranslationChecker(reading, to, glossary or Glossary())
    beside = checker.beside(pairs)
    found = list[tuple[Finding, ...]]()
    for i, ((line, text), others) in enumerate(zip(pairs, beside, strict=True)):
        where = f"/{i}/1"
        found.append((*_translation(checker, line, text, where), *(replace(f, where=where) for f in others)))
    return tuple(found)


def statement(reading: Reading, text: str, cited: Iterable[int], where: str) -> tuple[Finding, ...]:
    """Return what is wrong with a statement about an article that was read already.

    Args:
        reading: the article.
        text: the statement.
        cited: positions (0-based) of the sentences given as its source; empty where nobody gave any.
        where: its JSON pointer (RFC 6901).
    """
    return StatementChecker(reading).ground(text, cited, where, _ANY_LENGTH).findings


def _translation(checker: TranslationChecker, line: str, text: str, where: str) -> tuple[Finding, ...]:
    if any(c.isalnum() for c in text):
        return checker.check(line, text, where)
    if any(c.isalnum() for c in line):
        return (Finding("brief.untranslated", f"{line!r} has no translation here", where),)
    return ()  # a line of marks has none
