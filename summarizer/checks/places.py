"""Well-known cities across languages and scripts: *Xiamen* is 厦门, and no 西安.

Each language has its names of the same cities under the same keys: ``[cities]`` of its file. The first form is the
name, the others are what may stand for it: adjectives, older names.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from summarizer import languages
from summarizer.checks.negation import patterned

__all__ = ["moved", "unheard"]

_HAN = re.compile(r"[\u3400-\u9fff]")


def moved(source: str, language: str, text: str, target: str, article: str) -> tuple[str, str] | None:
    """Return a city of a translation and the one of its line in whose place it stands, None without both.

    The city may be one of the article's that belongs to another line; where the line has no city at all, the
    article must not have it either, and the second value is empty.
    """
    code, base = languages.base(language), languages.base(target)
    own, kept = _near(source, code), _near(text, base)
    gained = [(key, name) for key, name in _named(text, base).items() if key not in own]
    lost = [name for key, name in _named(source, code).items() if key not in kept]
    if gained and lost:
        return gained[0][1], lost[0]
    known = _near(article, code)
    return next(((name, "") for key, name in gained if key not in known), None)


def unheard(statement: str, article: str, language: str) -> str | None:
    """Return a city of a statement that its article does not have; None when it has them all."""
    base = languages.base(language)
    known = _near(article, base)
    return next((name for key, name in _named(statement, base).items() if key not in known), None)


@lru_cache(maxsize=2048)
def _named(text: str, code: str) -> Mapping[str, str]:
    """Return the cities that a text calls by their names, as printed."""
    matches = ((key, name.search(text)) for key, (name, _) in _patterns(code).items())
    return {key: match[0] for key, match in matches if match}


@lru_cache(maxsize=2048)
def _near(text: str, code: str) -> frozenset[str]:
    """Return the cities that a text may speak of, by whatever word."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return frozenset(key for key, (_, any_form) in _patterns(code).items() if any_form.search(plain))


@cache
def _patterns(code: str) -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    table = languages.section(code, "cities")
    return {key: (_name(forms[0]), patterned(form.lower() for form in forms)) for key, forms in table.items()}


def _name(form: str) -> re.Pattern[str]:
    plain = re.escape(form.rstrip("*")).replace("'", "['’]")
    if _HAN.search(form):
        return re.compile(plain)
    return re.compile(rf"(?<![\w-]){plain}(?![\w-])")
