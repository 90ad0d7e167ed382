"""Groups of options in the help of a long command: each name makes an option of its group, as `typer.Option`."""

from functools import partial

import typer

__all__ = ["article", "checked", "house", "kept", "model", "served", "written"]

article = partial(typer.Option, rich_help_panel="Articles")
house = partial(typer.Option, rich_help_panel="The house's own")
written = partial(typer.Option, rich_help_panel="What is written")
model = partial(typer.Option, rich_help_panel="The model")
checked = partial(typer.Option, rich_help_panel="Checks")
kept = partial(typer.Option, rich_help_panel="Store and money")
served = partial(typer.Option, rich_help_panel="How it is reached")
