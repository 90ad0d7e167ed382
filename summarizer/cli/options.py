"""Groups of options: their names in the help of a long command, and how a command takes one value for each."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import partial, update_wrapper
from inspect import Parameter, Signature, signature
from typing import Any

import typer

__all__ = ["article", "checked", "grouped", "house", "kept", "model", "served", "written"]

article = partial(typer.Option, rich_help_panel="Articles")
house = partial(typer.Option, rich_help_panel="The house's own")
written = partial(typer.Option, rich_help_panel="What is written")
model = partial(typer.Option, rich_help_panel="The model")
checked = partial(typer.Option, rich_help_panel="Checks")
kept = partial(typer.Option, rich_help_panel="Store and money")
served = partial(typer.Option, rich_help_panel="How it is reached")


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command as typer reads it: in the place of each parameter that is a dataclass, its fields as options.

    typer has no groups of options; it reads a function's signature, and Python lets a function say its own (PEP 362).

    Raises:
        ValueError: two options have one name.
    """
    parameters = signature(command).parameters.values()
    groups: dict[str, Any] = {each.name: each.annotation for each in parameters if is_dataclass(each.annotation)}

    def flat(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        command(**given)

    update_wrapper(flat, command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
    vars(flat)["__signature__"] = Signature([one for each in parameters for one in _options(each)])
    return flat


def _options(given: Parameter) -> Iterator[Parameter]:
    """Yield the parameters that stand for one of a command: itself, or the fields of its group."""
    if is_dataclass(given.annotation):
        yield from map(_option, fields(given.annotation))
    else:
        yield given.replace(kind=Parameter.KEYWORD_ONLY)


def _option(field: Field[Any]) -> Parameter:
    default = Parameter.empty if field.default is MISSING else field.default
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=field.type)
