"""The five seed articles are what their manifest says."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import article
from summarizer.batch.sources import found

SEEDS = Path(__file__).parent.parent / "seeds"


def manifest() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SEEDS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def load(name: str) -> article.Article:
    return article.load(SEEDS / name)


def test_every_seed_is_in_the_manifest() -> None:
    files = {path.name for path in SEEDS.iterdir()} - {"manifest.jsonl"}
    assert {row["file"] for row in manifest()} == files
    assert len(files) == 5
    assert [path for path, _ in found([str(SEEDS)])] == sorted(str(SEEDS / name) for name in files)


@pytest.mark.parametrize("row", manifest(), ids=lambda row: row["file"])
def test_a_seed_is_as_described(row: dict[str, Any]) -> None:
    assert hashlib.sha256((SEEDS / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    found = load(row["file"])
    assert (found.id, found.language) == (row["id"], row["language"])
    assert row["from"]
    assert row["odd"]
    assert not {"article.cleaned", "article.encoding", "article.language", "article.instructions"} & {
        finding.code for finding in found.findings
    }


@pytest.mark.parametrize(
    ("name", "title", "published", "sentences"),
    [
        ("pechino-milano-expo-2015.it.txt", None, None, 13),
        ("shanghai-mayor-meets-ambassador.en.txt", None, None, 14),
        (
            "shijingshan-open-cooperation-forum.en.txt",
            "Openness and Collaboration for a Shared Future",
            "2025-09-14",
            102,
        ),
        (
            "belt-and-road-changchun.en.txt",
            "'Belt and Road' Intl Economic and Trade Cooperation Conference held in Changchun",
            "2018-06-26",
            14,
        ),
        ("supply-chain-expo.en.txt", None, None, 31),
    ],
)
def test_what_a_seed_says_of_itself(name: str, title: str | None, published: str | None, sentences: int) -> None:
    found = load(name)
    assert (found.title, found.published, len(found.sentences)) == (title, published, sentences)


def test_headings_and_captions_are_sentences_of_their_own() -> None:
    texts = {
        sentence.text for name in ("shijingshan-open-cooperation-forum.en.txt",) for sentence in load(name).sentences
    }
    assert {"Shaping the Future Together with the World", "SOURCE Open Cooperation Forum"} <= texts


def test_only_the_article_that_begins_inside_a_sentence_says_so() -> None:
    found = {row["file"]: [finding.code for finding in load(row["file"]).findings] for row in manifest()}
    assert {name for name, codes in found.items() if "article.fragment" in codes} == {"supply-chain-expo.en.txt"}


def test_garbled_figures_are_kept_as_printed() -> None:
    text = load("supply-chain-expo.en.txt").text
    assert all(garbled in text for garbled in ("515,15", "8,<>", "28nd", "10,5 square", "15000,23", "<> billion"))
