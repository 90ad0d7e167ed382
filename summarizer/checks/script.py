"""Characters of a script that neither the language nor the source has: a small model slips into another."""

import re
import unicodedata
from functools import lru_cache

from summarizer import languages

__all__ = ["foreign"]

#: What the Unicode names of letters and digits begin with, for the scripts that our languages are written in.
_OF_HAN = frozenset({"CJK", "LATIN", "FULLWIDTH", "DIGIT", "IDEOGRAPHIC"})
_OF_LATIN = frozenset({"LATIN", "FULLWIDTH", "DIGIT", "FEMININE", "MASCULINE", "MODIFIER"})
_HAN = re.compile(r"[\u3400-\u9fff]")
_GLOSS = re.compile(r"[(（][^()（）]*[)）]")


def foreign(text: str, language: str, source: str) -> str:
    """Return the letters and digits of `text` that are of a script not used in `language`, nor in `source`.

    Of a Chinese source only what a translation gives in brackets may stay as it is: anything else was not translated.
    """
    own = _OF_HAN if languages.base(language) == "zh" else _OF_LATIN
    known = frozenset(source)
    if own is _OF_LATIN and 2 * len(_HAN.findall(source)) > sum(map(str.isalpha, source)):
        text, known = _GLOSS.sub(" ", text), known - frozenset(_HAN.findall(source))
    strange = (c for c in text if (c.isalpha() or c.isdigit()) and c not in known and _script(c) not in own)
    return "".join(dict.fromkeys(strange))


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNNAMED").split(" ", 1)[0].split("-", 1)[0]
