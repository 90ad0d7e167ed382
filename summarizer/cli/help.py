"""Commands as people meet them: help in groups, and no option that says two things at once."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["DIGESTS", "EVALS", "MODELS", "RUNS", "Command", "Commands"]

#: Groups of commands.
DIGESTS, RUNS, MODELS, EVALS = "From articles to briefs", "Runs", "Models and endpoints", "Evals and schemas"

#: The groups of commands in their order.
_COMMANDS = (DIGESTS, RUNS, MODELS, EVALS)
#: How typer shows what a value is.
_TYPE = re.compile(r" <(?:list\[)?(str|int|float|path)\b[^>]*>")
_WORDS = {"str": "text", "int": "number", "float": "number", "path": "path"}


class Command(TyperCommand):
    """A command whose options stand in groups, in the order in which the groups are met, and are given once."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; of two values for an option that takes one the first would be dropped in silence.

        Raises:
            typer.BadParameter: such an option is given twice.
        """
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        single = [each for each in order if _takes_one(each)]
        for each in single:
            if single.count(each) > 1:
                said = "give it once: it takes one value, and the first one would be dropped"
                raise typer.BadParameter(said, ctx=ctx, param_hint=f"'{max(each.opts, key=len)}'")
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then each group of options under its name; those without one come last."""
        records = [(_group(each), each.get_help_record(ctx)) for each in self.get_params(ctx)]
        groups = list(_grouped((group, (_plain(row[0]), row[1])) for group, row in records if row is not None))
        alone = len(groups) <= 2  # arguments, and options of one kind
        for name, rows in groups:
            with formatter.section(name.removeprefix("Other ").capitalize() if alone else name):
                formatter.write_dl(rows)


class Commands(TyperGroup):
    """Commands in groups, each with its whole first sentence."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each group of commands under its name."""
        listed = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = (
            (_group(each), (name, _first_sentence(each.help))) for name, each in listed if each and not each.hidden
        )
        found = dict(_grouped(rows))
        for title in sorted(found, key=(*_COMMANDS, *found).index):
            with formatter.section(title):
                formatter.write_dl(found[title])


def _takes_one(each: Any) -> bool:
    """Tell whether a parameter is an option with one value: no flag, and none that may be repeated."""
    is_option = getattr(each, "param_type_name", "") == "option"
    return is_option and not (each.multiple or each.is_flag or each.count)


def _plain(name: str) -> str:
    """Return a parameter with the type of its value as people call it; of an argument without: its name says it."""
    word = _TYPE.search(name)
    return _TYPE.sub(f" <{_WORDS[word[1]]}>" if name.startswith("-") else "", name) if word else name


def _group(each: Any) -> str:
    """Return the group of a command or parameter."""
    panel = getattr(each, "rich_help_panel", None)
    kinds = {"argument": "Arguments", "option": "Other options"}
    return panel or kinds.get(getattr(each, "param_type_name", ""), "Other commands")


def _first_sentence(text: str | None) -> str:
    return (text or "").strip().partition("\n\n")[0].replace("\n", " ").removesuffix(".")


def _grouped(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the groups in the order in which they come, those named "Other …" last."""
    groups: dict[str, list[Any]] = {}
    for group, row in rows:
        groups.setdefault(group, []).append(row)
    yield from sorted(groups.items(), key=lambda item: item[0].startswith("Other"))
