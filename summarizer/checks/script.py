"""Whether a line is in its language and its script: a small model slips into another, or leaves words as they are."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from summarizer import languages
from summarizer.article import langid
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.length import without_gloss
from summarizer.ground.text import Text

__all__ = ["foreign", "in_statement", "in_translation"]

#: What the Unicode names of letters and digits begin with, for the scripts that our languages are written in.
_OF_HAN = frozenset({"CJK", "LATIN", "FULLWIDTH", "DIGIT", "IDEOGRAPHIC"})
_OF_LATIN = frozenset({"LATIN", "FULLWIDTH", "DIGIT", "FEMININE", "MASCULINE", "MODIFIER"})
_HAN = re.compile(r"[\u3400-\u9fff]")
_GLOSS = re.compile(r"[(（][^()（）]*[)）]")
_WORD = re.compile(r"[^\W\d_]+")
#: A word of small Latin letters in Chinese is no name, no abbreviation and no unit: it was not translated.
_LATIN_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ\d@./_-])[a-zà-ÿ]{4,}(?![A-Za-zÀ-ÿ\d@./_-])")


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a translation that is not in its language, or words of it that are not."""
    text, line, target = claim.line.text, claim.source.text, claim.line.language
    chinese = claim.line.han
    if _same_words(line, text) and langid.is_in(line, claim.source.language):
        yield Finding("brief.language", f"{text!r} is the source line itself, untranslated", claim.where)
    elif _kept(claim.source, text):
        return
    elif (chinese and _no_han(text)) or not langid.is_in(text, target) or foreign(text, target, line):
        yield Finding("brief.language", f"{text!r} is not in {languages.name(target)}", claim.where)
    elif chinese and (left := _LATIN_WORD.findall(without_gloss(text, " "))):
        yield Finding("brief.words", f"left untranslated in {text!r}: {', '.join(left)}", claim.where)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement that is not in its article's language."""
    line, expected = claim.line.text, claim.line.language
    if not langid.is_in(line, expected) or foreign(line, expected, claim.reading.article.text):
        yield Finding("summary.language", f"{line!r} is not in the article's language ({expected})", claim.where)


def foreign(text: str, language: str, source: str) -> str:
    """Return the letters and digits of `text` that are of a script not used in `language`, nor in `source`.

    Of a Chinese source only what a translation gives in brackets may stay as it is: anything else was not translated.
    """
    own = _OF_HAN if languages.get(language).script == "han" else _OF_LATIN
    known = frozenset(source)
    if own is _OF_LATIN and 2 * len(_HAN.findall(source)) > sum(map(str.isalpha, source)):
        text, known = _GLOSS.sub(" ", text), known - frozenset(_HAN.findall(source))
    strange = (c for c in text if (c.isalpha() or c.isdigit()) and c not in known and _script(c) not in own)
    return "".join(dict.fromkeys(strange))


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNNAMED").split(" ", 1)[0].split("-", 1)[0]


def _same_words(line: str, text: str) -> bool:
    """Tell whether a line of three different words or more came back as it was."""
    words = _WORD.findall(line.casefold())
    return len(set(words)) >= 3 and words == _WORD.findall(text.casefold())


def _kept(line: Text, text: str) -> bool:
    """Tell whether a text is in the third language of its line, or of an original that a Chinese line gives."""
    words, own = (" ".join(_WORD.findall(part.casefold())) for part in (text, line.text))
    if not words or _HAN.search(text):
        return False
    return words in own if line.han else words == own and not langid.is_in(line.text, line.language)


def _no_han(text: str) -> bool:
    """Tell whether a line for Chinese readers has two Latin words or more and no Chinese: a title, not a name."""
    words = [w for w in _WORD.findall(text) if not w.isupper() and w.isascii()]
    return len(words) >= 2 and not _HAN.search(text)
