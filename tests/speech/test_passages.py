"""Marks of quotation: which open and close a passage, in any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.speech.marks import passages


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“a “nested” b”", ["a “nested” b"]),
        ("‘The workers’ rights matter,’ he said", ["The workers’ rights matter,"]),
        ("l'Italia è un po' 'bella' e l'altra", ["bella"]),
        ('a 7" pipe and "a fair"', ["a fair"]),
        ("„gut“ und »besser«", ["gut", "besser"]),
        ("“好，“他说", ["好，"]),
    ],
)
def test_marks_are_paired(text: str, inside: list[str]) -> None:
    assert [text[p.start : p.end] for p in passages(text)] == inside


@given(st.text(alphabet="\"'“”‘’«»„「」 aB.,\n中。", max_size=80))
def test_passages_never_overlap(text: str) -> None:
    found = passages(text)
    assert all(0 <= p.outer_start <= p.start < p.end <= p.outer_end <= len(text) for p in found)
    assert all(one.outer_end <= other.outer_start for one, other in pairwise(found))
