"""The page about adding a language, held to the code: its tiny Portuguese is built and reads the page's sentence."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from summarizer.languages import checks, tables
from summarizer.languages.figures import SpacedFigures
from summarizer.languages.language import Dateline, Letter, OwnMarks, Page, Sentences, Words
from summarizer.languages.speech import Speech

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/new-language.md").read_text(encoding="utf-8")
FILES = ("language", "figures", "speech", "checks")
Table = Mapping[str, Any]
#: What the tables of the nearest language are, which the page tells to empty.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "language": {
        "words": Words,
        "sentences": Sentences,
        "marks": OwnMarks,
        "dateline": Dateline,
        "page": Page,
        "letter": Letter,
    },
    "figures": {key: get_type_hints(SpacedFigures)[field] for key, field in tables.keys(SpacedFigures).items()},
    "speech": get_type_hints(Speech),
    "checks": {
        "negation": checks.Negation,
        "contrasts": checks.Contrasts,
        "places": checks.Places,
        "refusal": checks.Refusal,
        "instructions": checks.Instructions,
        **dict.fromkeys(("contraries", "offices", "rates", "countries", "cities"), checks.Named),
    },
}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def emptied(found: Any, kind: Any) -> Any:
    """Without its words: no lists, no tables of words; traits, forms and patterns stay."""
    if tables.is_record(kind):
        kinds = get_type_hints(kind)
        return {key: emptied(found[key], kinds[field]) for key, field in tables.keys(kind).items()}
    if isinstance(found, dict):
        return {}
    return [] if get_args(kind)[-1:] == (...,) else found


def merged(one: Table, other: Table) -> dict[str, Any]:
    both = {k: merged(one[k], v) if isinstance(v, dict) and k in one else v for k, v in other.items()}
    return {**one, **both}


def written(table: Table, title: str = "") -> str:
    """TOML; numbers, text and lists are written as in JSON."""
    plain = [
        f"{json.dumps(k)} = {json.dumps(v, ensure_ascii=False)}" for k, v in table.items() if not isinstance(v, dict)
    ]
    inner = [written(v, f"{title}.{k}" if title else k) for k, v in table.items() if isinstance(v, dict)]
    return "\n".join([*([f"[{title}]"] if title else []), *plain, *inner])


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the page's language beside ours."""
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "summarizer", root / "summarizer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "schemas", root / "schemas")
    here = root / "summarizer" / "languages"
    (here / "pt").mkdir()
    examples = {re.match(r"# pt/(\w+)\.toml\n", block)[1]: tomllib.loads(block) for block in blocks("toml")}  # type: ignore[index]
    for file in FILES:
        nearest = tomllib.loads((here / "it" / f"{file}.toml").read_text(encoding="utf-8"))
        own = {key: emptied(value, KINDS[file].get(key)) for key, value in nearest.items()}
        text = written(merged(own, examples.get(file, {})))
        (here / "pt" / f"{file}.toml").write_text(text, encoding="utf-8")
    return root


def run(package: Path, script: str) -> str:
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=package)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_tiny_language_of_the_page_reads_its_sentence(package: Path) -> None:
    (example,), (expected,) = blocks("python"), blocks("text")
    assert run(package, example) == expected


def test_a_language_with_empty_lists_is_checked_without_a_failure(package: Path) -> None:
    script = (
        "from summarizer import Settings, Summarizer, article; from summarizer.digest.audit import audit\n"
        "text = 'O prefeito está em Santos. ' * 9\n"
        "with Summarizer(Settings()) as s: d = s.extract(article.from_text(text, language='pt'))\n"
        "print(d.article.language, [f.code for f in audit(d)])"
    )
    assert run(package, script) == "pt []\n"


def test_a_key_that_the_page_has_and_the_code_has_not_would_fail(package: Path) -> None:
    script = (
        "from summarizer import languages; own = languages.get('pt'); print(own.name, len(own.speech.cues.states))"
    )
    assert run(package, script) == "Portuguese 8\n"
