"""What is not checked where a language has no folder: said once for an article, and once for a brief."""

from collections.abc import Iterator

from summarizer import languages
from summarizer.article.findings import Finding

__all__ = ["of_article", "of_brief"]

_ARTICLE = (
    "{name} is read by general rules: quotations are found by their marks, figures where they are in digits, and the "
    "language of every line is checked. Not checked: who says a quotation (the model names the speaker, and the name "
    "stands near it), what is reported without marks, figures in words, negations and contraries, offices and "
    "places. Somebody who reads {name} should look at these"
)
_BRIEF = (
    "translations from {source} into {target} are held to general rules: the language and length of each line, its "
    "figures in digits, names in the same letters, the glossary. Not checked: {missing}. Somebody who reads {reader} "
    "should look at these"
)
_MISSING = "negations and contraries, offices, places, figures in words and what figures count"


def of_article(language: str) -> Iterator[Finding]:
    """Say what is not checked in an article's own language, where that has no folder."""
    if languages.get(language).general:
        yield Finding("checks.fewer", _ARTICLE.format(name=languages.name(language)), "/article/language")


def of_brief(source: str, target: str, where: str) -> Iterator[Finding]:
    """Say what is not checked in a brief, where one of its languages has no folder.

    Args:
        source: language of the article.
        target: language of the brief.
        where: JSON pointer of the brief.
    """
    if not (languages.get(source).general or languages.get(target).general):
        return
    own, other = languages.name(source), languages.name(target)
    same = languages.get(source).script == languages.get(target).script
    missing = _MISSING if same else f"{_MISSING}, names between the two scripts"
    message = _BRIEF.format(source=own, target=other, missing=missing, reader=f"{own} and {other}")
    yield Finding("checks.fewer", message, where)
