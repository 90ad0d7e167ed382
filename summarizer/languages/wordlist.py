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
from itertools import product
from typing import NewType

__all__ = ["LETTER", "Form", "Pattern", "any_of", "expand"]

#: A pattern of Python's `re`.
Pattern = NewType("Pattern", str)
#: Text with places to fill in, or text that is no word.
Form = NewType("Form", str)
#: Of folded text: a Han character may touch a Latin word, another letter may not.
LETTER = "a-zà-öø-ÿ"

_BRACES = re.compile(r"\{([^{}]*)\}")


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
    return _branch(tree, "") if tree else r"(?!)"


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
