"""What a question shows of the glossary: the entries that its lines have, and no others."""

from collections.abc import Mapping, Sequence
from typing import Any

from summarizer import languages
from summarizer.ask.prompts import as_data
from summarizer.checks import TranslationChecker
from summarizer.checks.glossary import titles
from summarizer.glossary.forms import folded
from summarizer.glossary.mentions import Mention
from summarizer.glossary.model import Words, spoken

__all__ = ["about"]


def about(checker: TranslationChecker, lines: Sequence[str]) -> Mapping[str, Any]:
    """Return what ``glossary.v1.jinja`` is given for one target language: name, and the entries of some lines."""
    shown: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        for mention in checker.mentions(line):
            own = shown.setdefault(as_data(mention.phrase), _shown(mention, checker, line))
            own["lines"].append(number)
    return {"name": languages.name(checker.target), "entries": list(shown.values())}


def _shown(mention: Mention, checker: TranslationChecker, line: str) -> dict[str, Any]:
    title = titles(mention, folded(line), checker.source, checker.target)
    return {
        "term": as_data(mention.phrase),
        "forms": _data(mention.entry.renderings, checker.target),
        "forbidden": _data(mention.entry.forbidden, checker.target),
        "titles": [as_data(each) for each in title or ()],
        "note": as_data(mention.entry.note),
        "lines": [],
    }


def _data(words: Words, language: str) -> list[str]:
    return [as_data(phrase) for phrase in spoken(words, language)]
