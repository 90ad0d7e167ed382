"""The reference of the command, made from the code: what ``--help`` says, command by command.

python -m tests.support.reference > docs/reference.md
"""

import sys
from collections.abc import Iterator
from typing import Any

import typer

from summarizer import cli

WIDTH = 96
HEAD = """# The command, flag by flag

Made from the code (`make reference`): what `summarizer COMMAND --help` prints. `summarizer --install-completion` has the shell
complete commands and flags. What flags mean together: [many articles](batch.md), [configuration](configuration.md).
"""


def text() -> str:
    """Return the page."""
    parts = (
        f"## {name}\n\n```text\n{shown}\n```\n"
        for name, shown in _pages("summarizer", typer.main.get_command(cli.app))
    )
    return "\n".join([HEAD, *parts])


def _pages(name: str, command: Any, parent: Any = None) -> Iterator[tuple[str, str]]:
    context = command.context_class(command, info_name=name.rpartition(" ")[2], parent=parent, terminal_width=WIDTH)
    with context:
        yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        for each in getattr(command, "commands", {}):
            yield from _pages(f"{name} {each}", command.commands[each], context)


if __name__ == "__main__":
    sys.stdout.write(text())
