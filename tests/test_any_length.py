"""Rules whose work once grew with the square of a text: each reads a text that would then take minutes.

Nothing is timed here (``make bench-any`` does that); a rule that is mended wrongly shows by a run that does not end.
"""

from collections.abc import Callable

import pytest

from summarizer import figures, language, segment
from summarizer.article.clean import clean
from summarizer.article.markdown import plain
from summarizer.audit.digests import _sentences
from summarizer.checks import negation as polarity
from summarizer.checks.exonyms import replaced
from summarizer.checks.injection import Screen
from summarizer.checks.negation import read
from summarizer.checks.translations import LineChecker

MANY = 100_000
SCREEN = Screen("The port opened.", "en", ())
LINE = LineChecker("en", "it", (), SCREEN)


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (lambda text: clean(text).text, f"a{' ' * MANY}b", f"a{' ' * MANY}b"),
        (lambda text: plain(text).text, f"a{' ' * MANY}b", f"a{' ' * MANY}b"),
        (lambda text: plain(text).text[-3:], f"# {'#' * MANY}b", "#b\n"),
        (lambda text: language.is_in(text, "en"), "@" * MANY, True),
        (lambda text: language.is_in(text, "en"), f"a@{'b' * MANY}", True),
        (lambda text: SCREEN.reason(text, "en"), "." * MANY, "it repeats '.' over and over"),
        (lambda text: SCREEN.reason(text, "en"), "a-b." * MANY, "it repeats 'a-b.' over and over"),
        (lambda text: SCREEN.reason(text, "en"), "<ab, " * MANY, "it repeats '<ab, ' over and over"),
        (lambda text: figures.find(text, "en")[:0], "111'" * MANY, ()),
        (lambda text: read(text, "en").negations[:1], "not-" * MANY, ("not",)),
        (lambda text: replaced(text, "en", text, "it"), "a" * MANY, None),
        (lambda text: list(LINE._added_names(text, text, "")), "A" * MANY, []),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else None,
)
def test_a_long_run_is_read_once(rule: Callable[[str], object], text: str, expected: object) -> None:
    assert rule(text) == expected


def test_of_a_statement_of_many_clauses_the_first_are_held_against_each_clause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []
    real = polarity._lost
    monkeypatch.setattr(polarity, "_lost", lambda *given: calls.append(given) or real(*given))
    statement = ", ".join(f"port {number} is open" for number in range(500))
    assert polarity.denied(statement, [statement], [], "en") is None
    assert len(calls) <= 50


@pytest.mark.parametrize(
    ("line", "known"),
    [("a@b.it", "a@b.it"), ("see ports.example.org/x now", "ports.example.org/x"), ("x.y+z@b-c.it", "x.y+z@b-c.it")],
)
def test_an_address_is_still_found(line: str, known: str) -> None:
    assert SCREEN.reason(line, "en") == f"it gives the address {known!r}, which is not in the article"


def test_a_mail_address_counts_for_no_language() -> None:
    assert language.is_in("per.favore@scrivete.alla.segreteria.it", "en")


def test_an_abstract_is_split_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = segment.split
    monkeypatch.setattr(segment, "split", lambda text, code: calls.append(text) or real(text, code))
    abstract = "The port opened. It was late. " * 50
    found = [text for text, _ in _sentences(abstract, {"The port opened. It": ((0, 3),)}, "en")]
    assert found == ["The port opened. It", "was late."] * 50
    assert len(calls) == 1
