"""Whether a line is in its language and its script: a small model slips into another, or leaves words as they are."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from summarizer import languages
from summarizer.article import langid
from summarizer.article.findings import Finding
from summarizer.checks.claim import Claim
from summarizer.checks.length import without_gloss
from summarizer.ground.text import Text
from summarizer.languages import general
from summarizer.languages.hant import is_traditional, of_other_script

__all__ = ["foreign", "in_statement", "in_translation"]

#: What the Unicode names of letters and digits begin with, for the scripts that our languages are written in.
_OF_HAN = frozenset({"CJK", "LATIN", "FULLWIDTH", "DIGIT", "IDEOGRAPHIC"})
_OF_LATIN = frozenset({"LATIN", "FULLWIDTH", "DIGIT", "FEMININE", "MASCULINE", "MODIFIER"})
#: The same of a language without a folder, beside its own scripts: names stay in Latin letters in every script.
_ANYWHERE = _OF_LATIN | {"HALFWIDTH", "IDEOGRAPHIC", "EXTENDED"}
_HAN = re.compile(r"[\u3400-\u9fff]")
_GLOSS = re.compile(r"[(（][^()（）]*[)）]")
_WORD = re.compile(r"[^\W\d_]+")
#: What stands in quotation marks or brackets: a title or an original may be left as it is.
_ASIDE = re.compile(
    r"[“\"][^“”\"]*[”\"]|„[^“”„]*[“”]|»[^«»]*«|«[^«»]*»|《[^《》]*》|「[^「」]*」|[(（][^()（）]*[)）]|\[[^\[\]]*\]"
)
#: A line with fewer words beside such a title shows no language.
_JUDGED_WORDS = 4
#: So many words in a row that the source line has too are told in the message.
_SAME_WORDS = 3
#: A word of small Latin letters in Chinese is no name, no abbreviation and no unit: it was not translated.
_LATIN_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ\d@./_-])[a-zà-ÿ]{4,}(?![A-Za-zÀ-ÿ\d@./_-])")


def in_translation(claim: Claim) -> Iterator[Finding]:
    """Find a translation that is not in its language, or words of it that are not."""
    text, line, target = claim.line.text, claim.source.text, claim.line.language
    if claim.line.han and (strange := _of_other_script(claim.line, claim.source)):
        yield Finding("brief.script", f"{text!r} {_asked(strange, target)}", claim.where)
    if _untranslated(claim.source, claim.line):
        yield Finding("brief.language", f"{text!r} is the source line itself, untranslated", claim.where)
    elif _kept(claim.source, text):
        return
    elif _elsewhere(claim, _own_words(text, line)):
        message = f"{text!r} is not in {languages.name(target)}{_as_in_source(text, line)}"
        yield Finding("brief.language", message, claim.where)
    elif claim.line.han and (left := _LATIN_WORD.findall(without_gloss(text, " "))):
        yield Finding("brief.words", f"left untranslated in {text!r}: {', '.join(left)}", claim.where)


def _untranslated(line: Text, text: Text) -> bool:
    """Tell whether a line came back as it was; between the two scripts of one language it may be the same in both."""
    return line.code != text.code and _same_words(line.text, text.text) and langid.is_in(line.text, line.language)


def in_statement(claim: Claim) -> Iterator[Finding]:
    """Find a statement that is not in its article's language."""
    line, expected = claim.line.text, claim.line.language
    if not langid.is_in(line, expected) or foreign(line, expected, claim.reading.article.text):
        yield Finding("summary.language", f"{line!r} is not in the article's language ({expected})", claim.where)
    elif claim.line.han and (strange := _of_other_script(claim.line, claim.reading.text)):
        yield Finding("summary.language", f"{line!r} {_asked(strange, expected)}", claim.where)


def _of_other_script(line: Text, source: Text) -> str:
    """Return the characters of a Chinese line in the script that is not asked for; brackets may hold any."""
    known = source.text if not source.han or languages.same(line.language, source.language) else ""
    return "".join(c for c in of_other_script(_GLOSS.sub(" ", line.text), line.language) if c not in known)


def _asked(strange: str, language: str) -> str:
    """Return the words of a message on characters in the wrong script."""
    name = languages.name(language) if is_traditional(language) else f"{languages.name(language)} in simplified print"
    return f"is to be in {name}, and these characters are not: {'、'.join(strange)}"


def foreign(text: str, language: str, source: str) -> str:
    """Return the letters and digits of `text` that are of a script not used in `language`, nor in `source`.

    Of a Chinese source only what a translation gives in brackets may stay as it is: anything else was not translated.
    """
    own = _used(language)
    known = frozenset(source)
    if own is _OF_LATIN and 2 * len(_HAN.findall(source)) > sum(map(str.isalpha, source)):
        text, known = _GLOSS.sub(" ", text), known - frozenset(_HAN.findall(source))
    strange = (
        c for c in text if (c.isalpha() or c.isdigit()) and c not in known and general.first_word(c) not in own
    )
    return "".join(dict.fromkeys(strange))


def _used(language: str) -> frozenset[str]:
    """Return what the Unicode names of the letters and digits that a language is written in begin with."""
    own = languages.get(language)
    if own.general:
        return _ANYWHERE | general.scripts(own.code)
    return _OF_HAN if own.script == "han" else _OF_LATIN


def _elsewhere(claim: Claim, own: str) -> bool:
    """Tell whether a translation is in another language or script; `own` are its words without titles left as is."""
    text, target = claim.line.text, claim.line.language
    if foreign(text, target, claim.source.text):
        return True
    if claim.line.han:
        return _no_han(own) or not langid.is_in(own, target)
    judged = own == text or len(_WORD.findall(own)) >= _JUDGED_WORDS
    return judged and not langid.is_in(own, target)


def _own_words(text: str, source: str) -> str:
    """Return a translation without what stands in marks or brackets and word for word in its source line."""
    known = f" {_spelt(source)} "
    return _ASIDE.sub(lambda aside: " " if f" {_spelt(aside[0])} " in known else aside[0], text)


def _as_in_source(text: str, source: str) -> str:
    """Return an ending of a message that quotes the longest run of words that the source line has too."""
    words, own = _WORD.findall(text), _WORD.findall(source.casefold())
    found = SequenceMatcher(None, [w.casefold() for w in words], own, autojunk=False).find_longest_match()
    run = " ".join(words[found.a : found.a + found.size])
    return f": {run!r} is as in the source" if found.size >= _SAME_WORDS else ""


def _spelt(text: str) -> str:
    """Return the words of a text in small letters, with one space between two."""
    return " ".join(_WORD.findall(text.casefold()))


def _same_words(line: str, text: str) -> bool:
    """Tell whether a line of three different words or more came back as it was."""
    words = _WORD.findall(line.casefold())
    return len(set(words)) >= 3 and words == _WORD.findall(text.casefold())


def _kept(line: Text, text: str) -> bool:
    """Tell whether a text is in the third language of its line, or of an original that a Chinese line gives."""
    words, own = _spelt(text), _spelt(line.text)
    if not words or _HAN.search(text):
        return False
    return words in own if line.han else words == own and not langid.is_in(line.text, line.language)


def _no_han(text: str) -> bool:
    """Tell whether a line for Chinese readers has two Latin words or more and no Chinese: a title, not a name."""
    words = [w for w in _WORD.findall(text) if not w.isupper() and w.isascii()]
    return len(words) >= 2 and not _HAN.search(text)
