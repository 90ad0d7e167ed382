"""Rules whose work once grew with the square of a text: each reads a text that would then take minutes.

Nothing is timed here (``make bench-any`` does that); a rule that is mended wrongly shows by a run that does not end.
"""

from collections.abc import Callable

import pytest

from summarizer import figures
from summarizer.article import langid, segment
from summarizer.article.clean import clean
from summarizer.article.markdown import plain
from summarizer.checks import injection, names, negation, places
from summarizer.checks.claim import Claim
from summarizer.digest.abstract import sentences
from summarizer.ground.text import Text
from tests.support.claims import messages, reading, statement

MANY = 100_000
READING = reading("The port opened.", "en")


def suspicious(text: str) -> str:
    """Return why a line is suspicious."""
    said = messages(injection.in_statement, Claim(READING.line(text), (), READING, ""))
    return said[0].removeprefix(f"{text!r}: ")


def same(text: str) -> Claim:
    """Return the claim that a line translates itself."""
    return Claim(Text(text, "it"), (READING.line(text),), READING, "")


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (lambda text: clean(text).text, f"a{' ' * MANY}b", f"a{' ' * MANY}b"),
        (lambda text: plain(text).text, f"a{' ' * MANY}b", f"a{' ' * MANY}b"),
        (lambda text: plain(text).text[-3:], f"# {'#' * MANY}b", "#b\n"),
        (lambda text: langid.is_in(text, "en"), "@" * MANY, True),
        (lambda text: langid.is_in(text, "en"), f"a@{'b' * MANY}", True),
        (suspicious, "." * MANY, "it repeats '.' over and over"),
        (suspicious, "a-b." * MANY, "it repeats 'a-b.' over and over"),
        (suspicious, "<ab, " * MANY, "it repeats '<ab, ' over and over"),
        (lambda text: figures.find(text, "en")[:0], "111'" * MANY, ()),
        (lambda text: negation.read(Text(text, "en")).negations[:1], "not-" * MANY, ("not",)),
        (lambda text: messages(places.swapped, same(text)), "a" * MANY, []),
        (lambda text: messages(names.added, same(text)), "A" * MANY, []),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else None,
)
def test_a_long_run_is_read_once(rule: Callable[[str], object], text: str, expected: object) -> None:
    assert rule(text) == expected


def test_of_a_statement_of_many_clauses_the_first_are_held_against_each_clause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []
    real = negation._lost
    monkeypatch.setattr(negation, "_lost", lambda *given: calls.append(given) or real(*given))
    text = ", ".join(f"port {number} is open" for number in range(500))
    assert messages(negation.in_statement, statement(text, [text], "en")) == []
    assert len(calls) <= 50


def test_a_mail_address_counts_for_no_language() -> None:
    assert langid.is_in("per.favore@scrivete.alla.segreteria.it", "en")


def test_an_abstract_is_split_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = segment.split
    monkeypatch.setattr(segment, "split", lambda text, code: calls.append(text) or real(text, code))
    abstract = "The port opened. It was late. " * 50
    found = [text for text, _ in sentences(abstract, {"The port opened. It": ((0, 3),)}, "en")]
    assert found == ["The port opened. It", "was late."] * 50
    assert len(calls) == 1
