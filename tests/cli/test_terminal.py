"""Markdown on a terminal: folded at its width, and no character lost."""

import io
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from summarizer import render
from summarizer.cli.terminal import show
from summarizer.digest import Digest
from tests.support.hostile_digest import digest

KEPT = Path(__file__).resolve().parents[1] / "data/digests/v1.2026-11-28.shanghai-mayor-meets-ambassador.json"
DRAWN = set("─━│┃ \n•")
LONG = "石景山区正加快建设‘会展小镇’，计划今年启动服贸会永久场馆建设，同比增长7.6%。" * 3
DIGESTS = {
    "kept": Digest.model_validate_json(KEPT.read_bytes()),
    "Chinese": digest(LONG, f"Il Consiglio {LONG}", "Donaudampfschifffahrtsgesellschaft" * 4),
    "markup": digest("[red]a[/] | b", ":smile: …", "\x1b[31m上\ufe0f海", "http://a.example/" + "x" * 200),
}


def shown(made: Digest, width: int) -> str:
    said = io.StringIO()
    show(render.markdown(made), Console(file=said, width=width, force_terminal=False))
    return said.getvalue()


@pytest.mark.parametrize("width", [80, 41, 24])
@pytest.mark.parametrize("made", DIGESTS.values(), ids=DIGESTS)
def test_no_character_is_lost_at_any_width(made, width):
    folded, whole = shown(made, width), shown(made, 20_000)
    assert [line for line in folded.splitlines() if cell_len(line) > width] == []
    told, wanted = (Counter(c for c in text if c not in DRAWN) for text in (folded, whole))
    assert told == wanted
    source = Counter(c for line in made.summary.headline.split() for c in line if c.isprintable())
    assert not source - wanted


def test_an_escape_character_of_an_article_reaches_no_terminal():
    assert "\x1b" not in shown(DIGESTS["markup"], 80)


@pytest.mark.parametrize("width", range(24, 44))
def test_no_line_is_folded_at_a_no_break_space(width):
    said = io.StringIO()
    listed = "- «\u202fNous viendrons\u202f», dit-il\u00a0: «\u202fOui\u202f», à 12\u00a0%"
    show(f"{listed}\n\n| a | b |\n|---|---|\n| {listed} | x |", Console(file=said, width=width, force_terminal=False))
    for whole in ("«\u202fNous", "viendrons\u202f»,", "dit-il\u00a0:", "«\u202fOui\u202f»,", "12\u00a0%"):
        assert said.getvalue().count(whole) == 2


@pytest.mark.parametrize("width", range(24, 44))
def test_chinese_is_folded_between_characters_and_never_within_a_figure_or_before_a_mark(width):
    said = io.StringIO()
    line = "市议会周一宣布，耗资1250万美元的维修完成后，（桥）将于2025年9月14日重新开放：“兑现承诺。”"
    show(f"- English: {line}\n\n| a |\n|---|\n| {line} |", Console(file=said, width=width, force_terminal=False))
    lines = [each.strip(" •") for each in said.getvalue().splitlines()]
    assert not [each for each in lines if each[:1] in tuple("，。：”）年万")]
    assert not [each for each in lines if each[-1:] in tuple("“（")]
    assert not [each for each in lines if each[-1:].isascii() and each[-1:].isdecimal()]
    assert lines[0] != "English:"
    assert "\x1f" not in said.getvalue()
