"""Whether a man or a woman is meant, as far as titles, offices and pronouns tell; most names do not."""

from collections.abc import Iterable
from typing import Literal

from summarizer.speech.lexicon import Lexicon

__all__ = ["Gender", "gender", "last_word"]

Gender = Literal["male", "female", ""]


def gender(words: Iterable[str], lex: Lexicon, first_name: str = "") -> Gender:
    """Return what words in small letters tell, and failing them the ending of a first name."""
    found = set(words)
    male, female = not found.isdisjoint(lex.male), not found.isdisjoint(lex.female)
    if male != female:
        return "male" if male else "female"
    low = first_name.lower()
    if low in lex.male or low in lex.female:
        return "male" if low in lex.male else "female"
    if low.endswith(lex.female_endings or ("\0",)):
        return "female"
    return "male" if low.endswith(lex.male_endings or ("\0",)) else ""


def last_word(text: str, end: int) -> str:
    """Return the word before an offset, in small letters: ``mrs`` of ``Mrs. Reed``."""
    before = text[max(0, end - 16) : end].replace("’", "'").rstrip(" .").split()
    return before[-1].lower() if before else ""
