"""A language without a folder: what Unicode's CLDR says of it (through Babel), and nothing by heart.

It is known if both CLDR and the identifier of languages know it. Its tables are empty but for what CLDR has, so that
the rules that need words of it do nothing; `docs/languages.md` says which those are.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from summarizer.languages import identifier

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "called", "canonical", "comma", "density", "english", "first_word", "full_stop", "in_its_script", "is_spaced",
    "knows", "labels", "locale", "marks", "other_script", "regional", "right_to_left", "script", "scripts",
    "short_magnitudes", "short_months", "written",
]  # fmt: skip

#: Who writes without spaces between words has fewer of them in the names of countries than so (share of characters).
_SPACES = 0.03
#: A script with a smaller share of the letters in a locale's names is another language's.
_OWN = 0.001
#: What ends a sentence in scripts with a full stop of their own (Unicode, property Sentence_Terminal).
_FULL_STOPS = {
    "Jpan": "。", "Hans": "。", "Hant": "。", "Deva": "।", "Beng": "।", "Guru": "।", "Orya": "।", "Khmr": "។",
    "Mymr": "။", "Ethi": "።", "Armn": "։", "Thai": "", "Laoo": "",
}  # fmt: skip
#: What print puts around a quotation and around one inside it: CLDR's delimiters, which Babel leaves out of its data.
_MARKS = (("“", "”"), ("‘", "’"))
_MARKS_OF = {"Jpan": (("「", "」"), ("『", "』"))}
#: ISO 15924 → how the rooms of speech and names call the scripts that they know.
_SCRIPTS = {"Latn": "latin", "Hans": "han", "Hant": "han"}
#: The two of Chinese, which `languages.hant` tells apart.
_CHINESE = ("Hans", "Hant")


@cache
def knows(code: str) -> bool:
    """Tell whether CLDR and the identifier both know a language by its code, as `written` gives it."""
    from babel.localedata import exists

    plain = code.isascii() and code.replace("-", "").isalpha()
    return plain and exists(code.replace("-", "_")) and bool(labels(code) & identifier.codes())


@cache
def written(tag: str) -> str:
    """Return the code of a language by its BCP 47 tag, with a script that CLDR knows it in and that is not the usual.

    ``sr-Latn-RS`` → ``sr-Latn``, ``sr-Cyrl`` → ``sr``.
    """
    from babel.localedata import exists

    code, own = tag.replace("_", "-").split("-")[0].lower(), _asked(tag)
    return f"{code}-{own}" if own and own != _script(code) and exists(f"{code}_{own}") else code


def other_script(tag: str, code: str) -> str:
    """Return the script that a BCP 47 tag asks for where a language's code stands for another one; else nothing."""
    own, known = _asked(tag), {"", _script(code)}
    return "" if own in known or (own in _CHINESE and not known.isdisjoint(_CHINESE)) else own


def _asked(tag: str) -> str:
    """Return the script subtag of a BCP 47 tag: ``Latn``; empty where it has none."""
    _, *rest = tag.replace("_", "-").split("-")
    return next((part.title() for part in rest if len(part) == len("Latn") and part.isalpha()), "")


@cache
def _scripts_of(code: str) -> tuple[str, ...]:
    """Return the codes of a language with each other script that CLDR knows it in: ``sr-Latn``."""
    from babel.localedata import locale_identifiers

    tags = {"-".join(each.split("_")[:2]) for each in locale_identifiers() if each.startswith(f"{code}_")}
    return tuple(sorted({written(tag) for tag in tags} - {code}))


def in_its_script(code: str, text: str) -> str:
    """Return the code of a language with the script that a text in it has most letters of: ``sr-Latn``."""
    others = _scripts_of(code)
    if not others:
        return code
    letters = Counter(map(first_word, filter(str.isalpha, text)))
    most = letters.most_common(1)[0][0] if letters else _letters(code)
    return code if most == _letters(code) else next((each for each in others if _letters(each) == most), code)


@cache
def _letters(code: str) -> str:
    """Return what the Unicode names of most of a language's letters begin with."""
    return Counter(map(first_word, filter(str.isalpha, "".join(_names(code))))).most_common(1)[0][0]


def called(name: str, own: Iterable[str]) -> str | None:
    """Return the code of a language that a person calls by its name, in English or, those in `own`, in itself."""
    named = [(code, locale(code).get_language_name(code)) for code in own]
    named += locale("en").languages.items()
    wanted = name.casefold()
    return next((code for code, told in named if str(told).casefold() == wanted and knows(code)), None)


@cache
def canonical(label: str) -> str:
    """Return CLDR's code of a language that the identifier spells otherwise: ``tl`` is ``fil``."""
    from babel.core import get_global

    alias = str(get_global("language_aliases").get(label, label))
    return alias if alias.isalpha() else label


@cache
def locale(code: str) -> "Locale":
    """Return CLDR's data of a language.

    Raises:
        babel.UnknownLocaleError: CLDR has none.
    """
    from babel import Locale

    return Locale.parse(code, sep="-")


def script(code: str) -> str:
    """Return the script that a language is mostly written in: ``latin``, ``han``, else its ISO 15924 code."""
    own = _script(code)
    return _SCRIPTS.get(own, own.lower())


@cache
def scripts(code: str) -> frozenset[str]:
    """Return what the Unicode names of a language's letters begin with: ``CYRILLIC``; ``HIRAGANA`` and ``CJK``."""
    found = Counter(word for word in map(first_word, filter(str.isalpha, "".join(_names(code)))))
    return frozenset(word for word, count in found.items() if count >= _OWN * found.total())


@cache
def is_spaced(code: str) -> bool:
    """Tell whether a language puts spaces between words: its script has capitals, or its names have spaces."""
    names = list(locale(code).territories.values())
    letters = sum(map(len, names))
    cased = sum(char.lower() != char.upper() for name in names for char in name)
    spaces = sum(name.count(" ") for name in names)
    return bool(2 * cased > letters or spaces >= _SPACES * letters)


def full_stop(code: str) -> str:
    """Return what ends a sentence."""
    return _FULL_STOPS.get(_script(code), ".")


def comma(code: str) -> str:
    """Return what parts the things of a list, with its space: ``、`` in Japanese; our comma where it is a word."""
    between = str(locale(code).list_patterns["standard"]["middle"]).replace("{0}", "").replace("{1}", "")
    seen = "".join(char for char in between if unicodedata.category(char) != "Cf")
    return ", " if any(map(str.isalpha, seen)) else seen


def marks(code: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the marks around a quotation, and around one inside it: a script's own, else those of English."""
    return _MARKS_OF.get(_script(code), _MARKS)


@cache
def short_months(code: str) -> tuple[str, ...]:
    """Return the names of months that CLDR shortens with a full stop, without it: ``сент``."""
    names = (name for use in locale(code).months.values() for name in use["abbreviated"].values())
    return _shortened(names)


@cache
def short_magnitudes(code: str) -> tuple[str, ...]:
    """Return the magnitudes that CLDR shortens with a full stop, without it: ``тыс``."""
    forms = (
        form.pattern
        for plurals in locale(code).compact_decimal_formats["short"].values()
        for form in plurals.values()
    )
    return _shortened(word for form in forms for word in form.replace("\u00a0", " ").replace("'", "").split())


def _shortened(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word[:-1] for word in words if word.endswith(".") and word[:-1].isalpha()))


@cache
def density(code: str) -> float:
    """Return how many characters a language takes for one of English, by the names that CLDR has for its units."""
    own, english_units = _units(code), _units("en")
    both = own.keys() & english_units.keys()
    length = sum(len(english_units[unit]) for unit in both)
    return sum(len(own[unit]) for unit in both) / length if length else 1.0


@cache
def right_to_left(tag: str) -> bool:
    """Tell whether a BCP 47 tag is of a language written from right to left; False of one that CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return bool(Locale.parse(tag.replace("-", "_")).text_direction == "rtl")
    except (UnknownLocaleError, ValueError):
        return False


@cache
def english(code: str) -> str:
    """Return the English name of a language, with a script that is not its usual one: ``Serbian (Latin)``."""
    first, _, own = code.partition("-")
    name = str(locale("en").languages.get(first, first))
    return f"{name} ({locale('en').scripts.get(own, own)})" if own else name


@cache
def regional(tag: str) -> str:
    """Return the English name of a region's form of a language, ``Brazilian Portuguese``; empty without one."""
    first, *rest = tag.replace("-", "_").split("_")
    return (
        str(locale("en").languages.get("_".join((first.lower(), *(part.upper() for part in rest))), ""))
        if rest
        else ""
    )


@cache
def labels(code: str) -> frozenset[str]:
    """Return how the identifier may spell a language: CLDR's ``nb`` is its ``no``, ``fil`` its ``tl``."""
    from babel.core import get_global

    code = code.partition("-")[0]
    parent = get_global("parent_exceptions").get(code, code)
    older = (old for old, new in get_global("language_aliases").items() if new == code)
    return frozenset((code, parent, *older))


def _script(code: str) -> str:
    from babel.core import get_global

    first, _, own = code.partition("-")
    if own:
        return own
    likely = str(get_global("likely_subtags").get(first, ""))
    return next((part for part in likely.split("_")[1:] if len(part) == len("Latn")), "Latn")


def _names(code: str) -> "list[str]":
    own = locale(code)
    return [name for names in (own.territories, own.languages, own.currencies) for name in names.values()]


@cache
def first_word(letter: str) -> str:
    """Return what the Unicode name of a letter begins with: its script, in capitals."""
    return unicodedata.name(letter, "UNNAMED").split(" ", 1)[0].split("-", 1)[0]


def _units(code: str) -> dict[str, str]:
    """Return unit → its name written out: ``kilometers``."""
    names = ((unit, forms.get("long")) for unit, forms in locale(code).unit_display_names.items())
    return {unit: str(name) for unit, name in names if name}
