"""The one notation for words in the tables of languages, and lists of words as patterns.

============ ==================================================================================================
``{a,b}``    alternatives: ``prim{o,a}`` is *primo* and *prima*, ``{,s}`` an s or none; written out when read
``*``        the rest of a word: ``mayor*``
``#``        a number
``…``        up to four words of the same clause, six characters of Chinese: ``not … but``
============ ==================================================================================================

Which of the last three a table may have stands at the head of its file. Text that is a pattern of Python's ``re``
is a `Pattern`, text that is printed or filled in is a `Form`: neither is written out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NewType

__all__ = [
    "LETTER",
    "Form",
    "Pattern",
    "WordList",
    "any_of",
    "beginning",
    "either",
    "expand",
    "open_word",
    "peeked",
    "stem",
]

#: A pattern of Python's `re`.
Pattern = NewType("Pattern", str)
#: Text with places to fill in, or text that is no word.
Form = NewType("Form", str)
#: Of folded text: a Han character may touch a Latin word, another letter may not.
LETTER = "a-zà-öø-ÿ"

_BRACES = re.compile(r"\{([^{}]*)\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: What an idiom may take in at its ``…``, always inside one clause.
_GAP = {True: r"[^\s，。；：！？、,.;:!?]{0,6}", False: r"(?:[^\s,.;:!?]{1,40} ){0,4}"}
#: What stands for other characters in a word of a table.
_OPEN = re.compile(r"…\s?|[*#]")
_NOTHING = r"(?!)"


@dataclass(frozen=True, slots=True)
class WordList:
    """Some words of a table, to be sought in small letters, with all that may stand open in them.

    Attributes:
        stems: of each word the letters without which it cannot stand in a text.
        pattern: all words; of none it matches nothing.
    """

    stems: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "WordList":
        """Return words of a table."""
        held = tuple(words)
        return cls(tuple(map(stem, held)), re.compile(either(map(open_word, held))))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first of the words in a text; most texts have none, which their letters tell soonest."""
        return self.pattern.search(text) if self.may_be_in(text) else None

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text has the letters of any of the words."""
        return any(letters in text for letters in self.stems)


def stem(word: str) -> str:
    """Return the longest run of letters that a word of a table has in every form."""
    return max(_OPEN.split(word.replace("’", "'")), key=len)


def open_word(word: str) -> str:
    """Return the pattern of one word, at a word's edges, with all that may stand open in it."""
    han = bool(_HAN.search(word))
    body = re.escape(word.replace("’", "'")).replace(r"\*", r"[^\W\d_]*").replace(r"\#", r"\d+")
    body = body.replace(r"…\ ", _GAP[False]).replace("…", _GAP[han])
    return body if han else rf"(?<![^\W_]){body}(?![^\W_])"


def either(patterns: Iterable[str]) -> str:
    """Return a pattern that matches the first that fits of some patterns; of none it matches nothing."""
    return "|".join(patterns) or _NOTHING


def expand(word: str) -> tuple[str, ...]:
    """Write out a word with alternatives in braces: ``prim{o,a}`` → ``primo``, ``prima``."""
    parts = _BRACES.split(word)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    return tuple("".join(choice) for choice in product(*choices))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of `words`, sharing their beginnings.

    A word that begins or ends in a Latin letter does so at a word's edge; a word that ends in ``*`` stands
    for every word that begins so. A space matches any white space but a blank line. With no words the
    pattern matches nothing.
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(tree, "") if tree else _NOTHING


def peeked(words: Iterable[str]) -> str:
    """Return `any_of` the words behind a look at their first character, which rules most places out at once.

    For many words in the middle of a pattern; at the beginning of one `re` does so by itself.
    """
    listed = tuple(words)
    return beginning(listed) + any_of(listed)


def beginning(words: Iterable[str]) -> str:
    """Return a look at the character that any of `words` begins with; of none it matches nothing."""
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    return f"(?=[{first}])" if first else _NOTHING


def _branch(tree: Mapping[str, Mapping], last: str) -> str:  # type: ignore[type-arg]
    endings = [key for key in tree if key == ""]
    choices = [_step(key, tree[key]) for key in tree if key != ""]
    if endings:
        choices.append(f"(?![{LETTER}])" if re.match(f"[{LETTER}]", last) else "")
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _step(key: str, rest: Mapping[str, Mapping]) -> str:  # type: ignore[type-arg]
    if key == "*":
        return f"[{LETTER}]*"
    here = r"[^\S\n]*\n?[^\S\n]*" if key == " " else re.escape(key)
    return here + _branch(rest, key)
