"""Groups of options: what the parser sees of them, and what a command gets."""

from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from summarizer.cli import options
from summarizer.cli.flags import Checks, Endpoint, House, settings
from summarizer.errors import ConfigurationError

_GOT = []


@dataclass(frozen=True, slots=True)
class Place:
    """Where."""

    out: Annotated[Path, options.written(help="A folder.")]
    over: Annotated[bool, options.written("--over", help="Write over.")] = False


@dataclass(frozen=True, slots=True)
class Further(Place):
    """Where, and how often."""

    times: Annotated[int, typer.Option("--times", min=1, help="How often.")] = 1


def _parsed(*arguments):
    """Run a command with a group between other parameters; return its exit code, what it got, and what it printed."""
    app = typer.Typer(rich_markup_mode=None)

    @app.command()
    @options.grouped
    def write(
        sources: Annotated[list[str], typer.Argument(help="What.")],
        place: Further,
        name: Annotated[str, typer.Option(help="Yours.")] = "nobody",
    ) -> None:
        """Write it."""
        _GOT.append((sources, place, name))

    _GOT.clear()
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, _GOT[0] if _GOT else None, done.output


def test_a_command_gets_one_frozen_value_for_a_group_and_its_other_parameters_as_they_are():
    code, got, _ = _parsed("a", "--times", "3", "b", "--out", "x", "--over", "--name", "Anna")
    assert (code, got) == (0, (["a", "b"], Further(Path("x"), over=True, times=3), "Anna"))
    with pytest.raises(FrozenInstanceError):
        got[1].times = 4
    assert _parsed("a", "--out", "x")[1] == (["a"], Further(Path("x")), "nobody")


def test_options_of_a_group_are_held_and_shown_as_any_other():
    code, got, said = _parsed("a")
    assert (code, got) == (2, None)
    assert "Missing option '--out'" in said
    assert "--times" in _parsed("a", "--out", "x", "--times", "0")[2]
    shown = _parsed("--help")[2]
    assert "Write it." in shown
    places = [shown.index(f"--{name}") for name in ("out", "over", "times", "name")]
    assert places == sorted(places)


def test_two_options_of_one_name_are_refused_when_the_command_is_made():
    def write(place: Place, out: Path) -> None: ...

    with pytest.raises(ValueError, match="out"):
        options.grouped(write)


def test_groups_say_the_settings_and_where_files_are_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    given = settings(
        Endpoint(model="m"), Checks(max_quotes=0, glossary=[Path("terms.csv")]),
        House(task=[Path("own.toml"), Path("agreements")], max_key_points=3),
    )  # fmt: skip
    assert (given["model"], given["base_url"], given["max_quotes"], given["max_key_points"]) == ("m", None, 0, 3)
    assert given["glossary"] == [str(tmp_path / "terms.csv")]
    assert given["task"] == [str(tmp_path / "own.toml"), "agreements"]


def test_a_field_of_a_request_that_cannot_be_read_is_told():
    from summarizer.cli.summarize import Asked

    assert settings(Asked(request=["body.top_k=4"]))["request"]
    with pytest.raises(ConfigurationError, match="NAME=VALUE"):
        settings(Asked(request=["nothing"]))
