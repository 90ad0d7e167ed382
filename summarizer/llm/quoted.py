"""What a text repeats of another: servers quote a request when they complain, and with it the article."""

import re
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["without_quotes"]

#: So many words in a row that both texts have are no chance; a Han character counts as a word.
_RUN = 4
_WORD = re.compile(r"[\u3400-\u9fff]|\w+")
#: A line end or a quotation mark as a JSON string or a Python one shows it.
_ESCAPED = re.compile(r"""\\[nrt"'/\\]""")
#: Characters as JSON in ASCII shows them: UTF-16 code units, four hex digits each.
_CODED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")


def without_quotes(text: str, sources: Iterable[str]) -> str:
    """Return `text` without the runs of words that stand in one of `sources`, whatever stands between the words."""
    text = _ESCAPED.sub(" ", _CODED.sub(_decoded, text))
    words = list(_WORD.finditer(text))
    known = {run for source in sources for run in _runs([w[0].lower() for w in _WORD.finditer(source)])}
    starts = [i for i, run in enumerate(_runs([w[0].lower() for w in words])) if run in known]
    quoted = sorted({i + offset for i in starts for offset in range(_RUN)})
    for place in reversed(quoted):
        text = text[: words[place].start()] + text[words[place].end() :]
    return text


def _decoded(coded: re.Match[str]) -> str:
    return bytes.fromhex(coded[0].replace("\\u", "")).decode("utf-16-be", "replace")


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[offset:] for offset in range(_RUN)), strict=False)
