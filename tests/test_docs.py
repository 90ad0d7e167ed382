import importlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import typer

from summarizer import cli
from summarizer.article.findings import CODES, Code
from summarizer.config import Settings
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError
from summarizer.llm import Extras, extras
from tests.support import reference
from tests.support.endpoint import serving
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parent.parent


def page(name: str) -> str:
    return (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs/library.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
def test_each_example_of_the_library_page_runs(number, monkeypatch):
    monkeypatch.chdir(ROOT)
    with serving(extractive) as endpoint:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        names = {"__name__": "example"}
        exec(compile(examples()[number], f"docs/library.md example {number}", "exec"), names)
    assert endpoint.requests
    assert names.get("digest") or names.get("digests")


def test_the_example_of_lines_made_elsewhere_asks_no_model():
    names = {"__name__": "example"}
    exec(compile(examples()[4], "docs/library.md example 4", "exec"), names)
    assert {f.code for f in names["wrong"]} & {"figure.changed", "figure.contradicted", "figure.unsupported"}


@pytest.mark.parametrize(
    ("page", "count"),
    [("figures", 5), ("speech", 2), ("findings", 1), ("corrections", 2), ("glossary", 1), ("languages", 1)],
)
def test_the_examples_of_the_other_pages_run(page, count, monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == count
    for number, block in enumerate(blocks):
        exec(compile(block, f"docs/{page}.md example {number}", "exec"), {"__name__": "example"})


def said(command: str, finish: Callable[[str], None] | None = None) -> str:
    """Run a command as a terminal of 80 columns would; of one that goes on, `finish` is given its first line."""
    words = [sys.executable, "-m", *shlex.split(command)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as run:
        first = run.stdout.readline() if finish else ""
        try:
            if finish:
                finish(first.strip())
        finally:
            if finish:
                run.send_signal(signal.SIGINT)
        rest = run.stdout.read()
    assert run.returncode == 0, rest
    return first + rest


def told(printed: str) -> list[str]:
    """Return what was printed without what differs from run to run: numbers, addresses, the order of articles.

    How far a run is, is said only where it takes its time.
    """
    known = re.sub(r"http://127\.0\.0\.1:\d+(/\S*)?", "ADDRESS", printed)
    lines = (line for line in known.splitlines() if line.strip() and " under way" not in line)
    return sorted(re.sub(r"\d[\d.,]*", "#", line) for line in lines)


def headline(address: str) -> None:
    """Correct what the tutorial corrects, as the page does."""
    digest = Digest.model_validate_json(Path("digests/shanghai-mayor-meets-ambassador.en.json").read_bytes())
    (after,) = re.findall(r"make the first headline \*(.*?)\*", page("tutorial"), re.DOTALL)
    change = {"kind": "edit", "where": "/summary/headline", "before": digest.summary.headline}
    body = {"digest": digest.article.id, "changes": [{**change, "after": " ".join(after.split())}]}
    with urllib.request.urlopen(address, timeout=60) as shown:
        where = shown.url
    headers = {"Content-Type": "application/json", "Origin": where[: where.index("/", 7)]}
    asked = urllib.request.Request(f"{where}save", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert json.loads(answer.read())["ok"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
def test_the_tutorials_commands_print_what_it_says(monkeypatch, tmp_path):
    pytest.importorskip("docx")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("BROWSER", "true")
    steps = re.findall(r"^\$ (.+)\n((?:(?!\$ |```).*\n)*)", page("tutorial"), re.MULTILINE)
    (corrected,) = re.findall(r"```text\n(.*?)```", page("tutorial"), re.DOTALL)
    with serving(extractive) as endpoint:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        for command, printed in steps:
            reviewing = command.startswith("summarizer review")
            wanted = printed + corrected if reviewing else printed
            assert told(said(command, headline if reviewing else None)) == told(wanted), command
    assert len(steps) == 7
    made = {path.name for path in tmp_path.iterdir()}
    assert {"review.docx", "draft.eml", "quotes.csv", "shanghai.docx"} <= made
    assert "Shanghai Mayor Gong Zheng met with the Italian Ambassador to China" in Path("draft.eml").read_text(
        "utf-8"
    )


def test_the_rules_page_prints_what_it_says(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    steps = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", page("rules"), re.DOTALL)
    assert len(steps) == page("rules").count("```python") >= 8
    names = {"__name__": "example"}  # each step goes on from the one before
    for number, (code, told) in enumerate(steps, 1):
        exec(compile(code, f"docs/rules.md step {number}", "exec"), names)
        assert capsys.readouterr().out == told


def test_the_glossary_has_each_word_once_in_order_and_only_rooms_that_exist():
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", page("rules").partition("## Glossary")[2], re.MULTILINE)[2:]
    words = [word for word, _, _ in rows]
    assert words == sorted(set(words))
    assert all(meaning for _, meaning, _ in rows)
    rooms = {room for _, _, where in rows for room in re.findall(r"`([^`]+)`", where)}
    assert [room for room in rooms if not (ROOT / room).exists() and not (ROOT / "summarizer" / room).exists()] == []


def test_the_page_has_six_examples():
    assert len(examples()) == 6


def test_every_finding_code_is_documented_with_its_class_and_severity():
    page = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z._]+)` \| (\w+) \| (\w+) \| (.+) \|$", page, re.MULTILINE)
    assert {code: Code(*told) for code, *told in rows} == dict(CODES)


def test_every_setting_is_documented_with_its_default():
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", page, re.MULTILINE))
    wanted = {n: "–" if f.default is None else f"`{f.default}`" for n, f in Settings.model_fields.items()}
    assert rows == wanted


def settings_by_flag(command: str, monkeypatch) -> dict[str, str]:
    """Give the command each of its flags alone; return setting → flag, by what it hands to `config.load`."""
    found = {}

    def load(flags=None, _file=None):
        handed.update({name: value for name, value in (flags or {}).items() if value is not None})
        raise ConfigurationError("enough")

    monkeypatch.setattr("summarizer.config.load", load)
    parameters = typer.main.get_command(cli.app).commands[command].params
    for option in (p for p in parameters if p.param_type_name == "option" and p.opts[0] != "--help"):
        handed = {}
        value = {"--format": "json", "--request": "a=1"}.get(option.opts[0], "9")
        arguments = [
            command,
            option.opts[0],
            *([] if option.is_flag else [value]),
            *(["article.txt"] if command == "summarize" else []),
        ]
        with pytest.raises(ConfigurationError, match="enough"):
            cli.app(arguments, standalone_mode=False)
        found |= dict.fromkeys(handed, option.opts[0])
    return found


def test_every_setting_is_documented_with_its_flag_and_no_other(monkeypatch):
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| \S+ \| (\S+) \|", page, re.MULTILINE))
    assert told.keys() == Settings.model_fields.keys()
    flags = settings_by_flag("summarize", monkeypatch)
    assert told == {name: f"`{flags[name]}`" if name in flags else "–" for name in told}
    assert settings_by_flag("doctor", monkeypatch).items() <= flags.items()


def test_the_readme_names_only_commands_and_files_that_exist():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert links
    paths = [link.partition("#")[0] for link in links if not link.startswith("http")]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    targets = re.findall(r"^make (\w+)", page, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets
    assert all(f"\n{target}:" in makefile for target in targets)


def test_every_page_is_a_link_away_from_the_readme():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "docs").glob("*.md") if f"](docs/{path.name}" not in page] == []


def test_what_the_readme_calls_measured_stands_on_the_page_that_it_names():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*\*.+? \| (.+?) \| \[.+?\]\(docs/(\w+)\.md\) \|$", readme, re.MULTILINE)
    assert len(rows) == readme.partition("## Install")[0].count("\n| **") == 5
    for measured, name in rows:
        figures = re.findall(r"[\d.][\d.,/]*\d", measured)
        assert figures
        assert [
            figure for figure in figures if not re.search(rf"(?<![\d.,/]){re.escape(figure)}(?![\d,])", page(name))
        ] == []


def test_the_readmes_flags_are_the_commands_flags():
    page = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs/configuration.md").read_text(
        encoding="utf-8"
    )
    flags = set(re.findall(r"(--[a-z][a-z-]+)", page))
    assert flags <= set(options(typer.main.get_command(cli.app)))


def options(command) -> Iterator[str]:
    """Yield every flag of a command and of those below it."""
    for each in getattr(command, "commands", {}).values():
        yield from options(each)
    for parameter in command.params:
        yield from parameter.opts


def providers() -> dict[str, object]:
    """The scripted providers: those with settings; the other files are what they share."""
    files = (ROOT / "tests/providers").glob("*.py")
    modules = {
        path.stem: importlib.import_module(f"tests.providers.{path.stem}")
        for path in files
        if path.stem != "__init__"
    }
    return {name: module for name, module in modules.items() if hasattr(module, "SETTINGS")}


def endpoint_rows() -> list[tuple[str, str]]:
    """The table of the endpoints page: the provider's file, and the flags to set for it."""
    page = (ROOT / "docs/endpoints.md").read_text(encoding="utf-8")
    return re.findall(r"^\| \[[^]]+\]\(\.\./tests/providers/(\w+)\.py\) \| `(--[^`]+)`", page, re.MULTILINE)


def test_every_scripted_provider_has_one_row_on_the_endpoints_page_and_no_other_is_there():
    assert sorted(name for name, _ in endpoint_rows()) == sorted(providers())


@pytest.mark.parametrize("name", providers())
def test_the_endpoints_page_says_to_set_what_the_tests_set(name):
    words = shlex.split(dict(endpoint_rows())[name])
    flags = list(zip(words[::2], words[1::2], strict=True))
    module = providers()[name]
    given = dict(flags)
    wanted = Extras.of(module.SETTINGS.get("request", {}))
    assert urlsplit(given["--base-url"]).path == module.PATH
    assert given["--model"] == module.SETTINGS["model"]
    told = Extras.of(extras.parse(value for flag, value in flags if flag == "--request"))
    assert (told.body, told.query) == (wanted.body, wanted.query)
    assert given.keys() <= {"--base-url", "--model", "--request"}


@pytest.mark.parametrize("name", providers())
def test_every_scripted_provider_names_public_sources(name):
    assert re.search(r"^Sources.*:\n(?:.*\n)*?- https://", providers()[name].__doc__, re.MULTILINE)


def test_the_architecture_page_names_every_room_and_only_what_exists():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    package = ROOT / "summarizer"
    rooms = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in package.iterdir()
        if not path.name.startswith("_") and path.name != "py.typed"
    }
    named = re.findall(r"`([a-z_/]+(?:\.(?:py|md|toml)|/))`", page)
    assert rooms - set(named) == set()
    assert [name for name in named if not (package / name).exists() and not (ROOT / name).exists()] == []


def test_the_changelog_has_the_version_and_its_sections_newest_first():
    page = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *stages = re.findall(r"^## (.+)$", page, re.MULTILINE)
    found = [re.fullmatch(r"(\d+\.\d+\.\d+)(?:, [a-z]+ stage)? – (\d{4}-\d\d-\d\d)", title) for title in stages]
    assert first == "Unreleased"
    assert all(found), stages
    assert [stage[2] for stage in found] == sorted((stage[2] for stage in found), reverse=True)
    assert found[0][1] == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    kinds = set(re.findall(r"^### (.+)$", page, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_reference_of_the_command_is_what_the_code_says():
    assert page("reference") == reference.text(), "make reference writes it"
