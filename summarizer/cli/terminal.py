"""What the command says while it works: to standard error only, with Rich on a terminal, plain lines elsewhere."""

import re
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from summarizer.article.line import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

__all__ = ["Lines", "Notes", "Screen", "Silence", "notes", "show"]

#: Rich folds at no-break spaces, too, and takes a Chinese sentence for one word. While it does, noncharacters of
#: Unicode, which no text has, stand for the ones; a control character, to Rich a blank of no width, parts the other.
_KEPT = str.maketrans("\u00a0\u202f", "\ufdd0\ufdd1")
_FOLD = "\x1f"
_SPACES = str.maketrans({"\ufdd0": "\u00a0", "\ufdd1": "\u202f", _FOLD: ""})
#: Where a line of Han or Kana may end: no mark that closes begins one, none that opens ends one (Unicode, UAX #14).
_WIDE = "\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff"
_ENDS, _BEGINS = f"[{_WIDE}。，、：；？！”’」』）》]", f"[{_WIDE}“‘「『（《A-Za-z0-9]"
_FOLDS = re.compile(f"(?<={_ENDS})(?={_BEGINS})|(?<=[A-Za-z])(?=[{_WIDE}])")


def show(markdown: str, console: "Console") -> None:
    """Print Markdown folded at a terminal's width: no character of a cell is cut off, wide ones count two columns."""
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.markdown import Markdown, TableElement
    from rich.segment import Segment
    from rich.table import Table

    from summarizer.render.sections import shares

    class Folded(TableElement):
        """A table with columns as wide as they need, whose cells fold where Rich's own cut them off."""

        def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
            for table in super().__rich_console__(console, options):
                if isinstance(table, Table):
                    table.expand, table.show_lines = True, True
                    texts = [[str(cell) for cell in (column.header, *column.cells)] for column in table.columns]
                    for column, share in zip(table.columns, shares(texts), strict=True):
                        column.overflow, column.ratio, column.vertical = "fold", round(100 * share), "top"
                yield table

    class Page(Markdown):
        elements: ClassVar = {**Markdown.elements, "table_open": Folded}

        def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
            for part in super().__rich_console__(console, options):
                yield part._replace(text=part.text.translate(_SPACES)) if isinstance(part, Segment) else part

    console.print(Page(_FOLDS.sub(_FOLD, markdown).translate(_KEPT), hyperlinks=False))


class Notes(Protocol):
    """Where progress goes."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End, and leave the terminal as it was."""

    def progress(self, message: str, done: int, total: int) -> None:
        """Tell what is going on; `done` of `total` bytes, or 0 and 0 where there is nothing to count."""

    def tally(self, text: str) -> None:
        """Tell how far a run of many articles is; told often."""

    def clear(self) -> None:
        """Make room for a result: it may go to the same terminal."""


def notes(*, quiet: bool) -> Notes:
    """Return where progress goes for this run."""
    if quiet:
        return Silence()
    return Screen() if sys.stderr.isatty() else Lines()


class Silence:
    """Says nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def progress(self, message: str, done: int, total: int) -> None:
        """Say nothing."""

    def tally(self, text: str) -> None:
        """Say nothing."""

    def clear(self) -> None:
        """Nothing is in the way."""


class Lines(Silence):
    """One line for each step; of a long count, one for each tenth."""

    #: Seconds between two lines about how far a run is.
    _EVERY_S = 10.0

    def __init__(self) -> None:
        self._last = ("", 0)
        self._tallied_at = time.monotonic()

    def progress(self, message: str, done: int, total: int) -> None:
        """Write a line, unless it would say nothing new."""
        tenth = done * 10 // total if total else 0
        if (message, tenth) != self._last:
            counted = f" {tenth * 10} %" if total else ""
            print(f"{one_line(message)}{counted}", file=sys.stderr, flush=True)  # noqa: T201 - stderr is the place for notes
        self._last = (message, tenth)

    def tally(self, text: str) -> None:
        """Write a line now and then."""
        if time.monotonic() - self._tallied_at >= self._EVERY_S:
            self._tallied_at = time.monotonic()
            print(one_line(text), file=sys.stderr, flush=True)  # noqa: T201 - the same


class Screen:
    """A live line with a spinner, and a bar where there is something to count."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        # markup off: a file may be called "[bold]"
        self._plain = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        self._counting = (*self._plain[:2], BarColumn(bar_width=24), DownloadColumn())
        self._steps = Progress(
            *self._plain, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away; the next step brings it back."""
        self._steps.stop()

    def progress(self, message: str, done: int, total: int) -> None:
        """Show the step; the bar only where there are bytes to count."""
        if self._task is None:
            self._task = self._steps.add_task(message)
        self._steps.columns = self._counting if total else self._plain
        self._steps.start()
        self._steps.update(self._task, description=one_line(message), completed=done, total=total or None)

    def tally(self, text: str) -> None:
        """Show the line."""
        self.progress(text, 0, 0)
