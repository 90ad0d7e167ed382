"""How many tokens a text has, estimated without a tokenizer: from above for room, from below to see what was lost."""

import re

__all__ = ["fewest", "tokens"]

_HAN = re.compile(r"[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")

#: Letters of other scripts than Latin, which tokenizers know less of: up to one token each.
_DENSE = re.compile(r"[\u0370-\u1fff\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]")


def tokens(text: str) -> int:
    """Estimate the tokens of `text` from above: one for a letter of no Latin script, one for three others."""
    dense = len(_DENSE.findall(text))
    return dense + (len(text) - dense + 2) // 3


def fewest(text: str) -> int:
    """Estimate the tokens of `text` from below: one for three Han characters, one for eight others.

    No tokenizer in use packs Italian, English or Chinese news as tightly as that.
    """
    han = len(_HAN.findall(text))
    return han // 3 + (len(text) - han) // 8
