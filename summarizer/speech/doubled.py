"""Quotation marks that are typed as two signs, ``<<`` and two apostrophes, read as the one mark they stand for."""

import re

__all__ = ["single"]

_PAIRS = re.compile(
    r"(?<![\w<>'`])(?P<open><<|>>|''|``)(?=\S)(?P<inner>[^\n]{2,1500}?)(?<=\S)(?P<close>>>|<<|'')(?![\w<>'])"
)


def single(text: str) -> str:
    """Return `text`, as long as before, with a blank and one mark for each doubled mark that has its partner."""
    if not ("<<" in text or ">>" in text or "''" in text):
        return text
    return _PAIRS.sub(lambda match: f" “{match['inner']}” ", text)
