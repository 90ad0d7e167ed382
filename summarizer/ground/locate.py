"""Find a passage in an article although its marks, spaces or line wraps were changed, and only then.

No edit distance anywhere: what differs in a letter, a digit, a sign or a unit is not there.
"""

import re
from collections.abc import Iterator

from summarizer.article.span import Span
from summarizer.ground.edges import free_end, free_start
from summarizer.ground.fold import QUOTE, Folded, fold, line_hyphens
from summarizer.speech.marks import passages

__all__ = ["locate"]

_ELLIPSIS = re.compile(r"(?:[\[(]\s*(?:…+|\.{3,})\s*[\])]|…+|\.{3,}|(?:\. ){2,}\.)")
_NESTED = 3  # pairs of marks around a quote; more are a misprint
_REST_OF_WORD = re.compile(r"[a-zA-ZÀ-ɏ]+(?=[a-zA-ZÀ-ɏ])")
_MARKS = "\"'“”‘’„‟‚‛«»‹›「」『』〝〞＂＇ "
_OTHER_SPACE = re.compile(r"[^\S \n]")


def locate(text: str, quoted: str) -> tuple[Span, ...]:
    """Return where `quoted` stands in `text`, empty when it is not there word for word.

    Only the reversible fold of `summarizer.ground.fold` is tolerated, and a capital or small first letter at the
    start and after an ellipsis. Marks around `quoted` are not part of the match. A match never begins or ends
    inside a word, a number or a compound, nor right after a negation, a minus or a currency sign that
    belongs to it. Linear in the length of `text` and of `quoted`.

    Args:
        text: the article.
        quoted: what is looked for; an ellipsis (``…``, ``...``, ``[...]``, ``……``) stands for left-out text.

    Returns:
        One span, or one for each piece between ellipses, in order and as close together as the last one allows.
    """
    unwrapped = _unwrapped(quoted.strip())
    for candidate in dict.fromkeys((unwrapped, unwrapped.strip(_MARKS))):
        pieces = [piece for piece in _ELLIPSIS.split(candidate) if piece.strip(_MARKS)]
        found = _locate_pieces(text, [candidate]) or (_locate_pieces(text, pieces) if pieces != [candidate] else ())
        if found:
            return found
    return ()


def _unwrapped(quoted: str) -> str:
    """Take off the marks that stand around the whole of `quoted`, or on one side without a partner."""
    for _ in range(_NESTED):
        # every space is one to marks, thin ones too; lines stay lines
        plain = _OTHER_SPACE.sub(" ", quoted)
        around = next((p for p in passages(plain) if (p.outer_start, p.outer_end) == (0, len(quoted))), None)
        if around is None:
            break
        quoted = quoted[around.start : around.end].strip()
    return quoted


def _locate_pieces(text: str, pieces: list[str]) -> tuple[Span, ...]:
    if not any(piece.strip() for piece in pieces):
        return ()
    for source, wanted in _foldings(text, pieces):
        found = _in_order(text, source, wanted)
        if found:
            return found
    return ()


def _foldings(text: str, pieces: list[str]) -> Iterator[tuple[Folded, list[str]]]:
    """Yield the ways to read the hyphens at line ends: as the other side writes the word, then all one way."""
    quoted = "\n\n".join(pieces)
    if not line_hyphens(text) and not line_hyphens(quoted):
        yield fold(text), [fold(piece).text for piece in pieces]
        return
    ours, theirs = set(re.findall(r"\w+", text)), set(re.findall(r"\w+", quoted))
    compounds = set(re.findall(r"(?=(\b\w+-\w+))", text)), set(re.findall(r"(?=(\b\w+-\w+))", quoted))
    yield (
        fold(text, lambda a, b: a + b in theirs or f"{a}-{b}" not in compounds[1]),
        [fold(piece, lambda a, b: a + b in ours or f"{a}-{b}" not in compounds[0]).text for piece in pieces],
    )
    yield fold(text, lambda _a, _b: False), [fold(piece, lambda _a, _b: False).text for piece in pieces]
    yield fold(text), [fold(piece).text for piece in pieces]


def _in_order(text: str, source: Folded, wanted: list[str]) -> tuple[Span, ...]:
    """Find each piece after the one before it, then draw the earlier ones as near as they come."""
    found: list[tuple[int, int]] = []
    at = 0
    for piece in wanted:
        match = _first(text, source, piece, at)
        if match is None:
            return ()
        found.append(match)
        at = match[1]
    for index in range(len(found) - 2, -1, -1):
        start, end = found[index]
        found[index] = _last(text, source, source.text[start:end], found[index + 1][0]) or (start, end)
    return tuple(Span(source.starts[start], source.ends[end - 1]) for start, end in found)


def _first(text: str, source: Folded, piece: str, low: int) -> tuple[int, int] | None:
    """Return the first match of one folded piece from `low` on: as it is, then in its other forms."""
    for wanted, margin in _forms(piece.strip()):
        at = source.text.find(wanted, low)
        while at >= 0:
            end = at + len(wanted) - margin
            if free_start(text, source, at) and free_end(text, source, end):
                return at, end
            at = source.text.find(wanted, _next_start(source, at))
    return None


def _next_start(source: Folded, at: int) -> int:
    """Skip the rest of a word or cluster: no match may begin in it, and one test a letter would not be linear."""
    after = _REST_OF_WORD.match(source.text, at)
    at = max(at + 1, after.end() if after else 0)
    while at < len(source.starts) and source.starts[at] == source.starts[at - 1]:
        at += 1
    return at


def _last(text: str, source: Folded, wanted: str, high: int) -> tuple[int, int] | None:
    at = source.text.rfind(wanted, 0, high)
    while at >= 0:
        end = at + len(wanted)
        if free_start(text, source, at) and free_end(text, source, end):
            return at, end
        at = source.text.rfind(wanted, 0, end - 1)
    return None


def _forms(piece: str) -> Iterator[tuple[str, int]]:
    """Yield the forms of a folded piece, each with how many characters at its end are not part of the match.

    The other case of the first letter is one, where the rest of the word is in small letters. American copy ends
    a quote with a comma inside the marks where the copied sentence has its full stop.
    """
    first = re.match(r"[^\W\d_]+", piece)
    forms = [piece] if piece else []
    if first and first[0][1:] == first[0][1:].lower() and len(piece[0].swapcase()) == 1:
        forms.append(piece[0].swapcase() + piece[1:])
    yield from ((form, 0) for form in forms)
    if piece.endswith(".") and len(piece) > 1:
        yield from ((form[:-1] + "," + QUOTE, 1) for form in forms)
