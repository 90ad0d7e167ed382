"""How a run ended: counts that add up to the inputs, what failed and why, in words, as JSON and as an exit code."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from summarizer.article.line import one_line
from summarizer.batch.events import Ended, Finished
from summarizer.batch.money import Cost
from summarizer.cli.telling import line
from summarizer.errors import ArticleError, ConfigurationError, SummarizerError

__all__ = ["Report", "amount", "counted", "so_far", "span"]

SOME_FAILED, INTERRUPTED = 6, 130


@dataclass(slots=True)
class Report:
    """How a run ended.

    Attributes:
        total: articles in all; None while that is not known.
        store: file that keeps the results; None for none.
        written: digests written; `cached` of them came from the store.
        failures: name, error and its line of each article that failed.
        wrong: names of digests with findings of severity ``error``.
        left: articles that had no turn, or were broken off.
        cost: of everything, failed attempts included.
        why: what made it stop before its time.
        interrupted: whether the user did.
        seconds: wall-clock time.
    """

    total: int | None
    store: Path | None
    written: int = 0
    cached: int = 0
    failures: list[tuple[str, SummarizerError, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    left: int = 0
    cost: Cost = field(default_factory=Cost)
    why: SummarizerError | None = None
    interrupted: bool = False
    seconds: float = 0.0
    _reasons: set[str] = field(default_factory=set)

    def done(self, event: Finished) -> None:
        """Count an article whose digest is written."""
        self.count(event.name, cached=event.cached, wrong=any(f.severity == "error" for f in event.digest.findings))

    def count(self, name: str, *, cached: bool, wrong: bool) -> None:
        """Count an article whose digest is there."""
        self.written += 1
        self.cached += cached
        if wrong:
            self.wrong.append(name)

    def fail(self, name: str, error: SummarizerError) -> None:
        """Keep why an article failed."""
        self.failures.append((name, error, line(error, name)))
        self._reasons.add(str(error))

    def has_said(self, error: SummarizerError) -> bool:
        """Tell whether an article failed for this very reason before."""
        return str(error) in self._reasons

    def end(self, event: Ended) -> None:
        """Keep how the run says that it ended."""
        self.why = self.why or event.why
        self.left = event.counts.left
        self.total = self.written + len(self.failures) + self.left

    @property
    def exit_code(self) -> int:
        """The code of the command: that of all articles where it is the same, else that some failed."""
        if self.interrupted and (self.left or self.total is None or self._open):
            return INTERRUPTED
        if isinstance(self.why, ConfigurationError):
            return self.why.exit_code
        kinds = {error.exit_code for _, error, _ in self.failures}
        kinds |= {0} if self.written else set()
        kinds |= {self.why.exit_code} if self.why else set()
        return next(iter(kinds), 0) if len(kinds) <= 1 else SOME_FAILED

    @property
    def _open(self) -> int:
        """Articles that a run broken off could not count."""
        return 0 if self.total is None else self.total - self.written - len(self.failures) - self.left

    def lines(self) -> Iterator[str]:
        """Yield the end in words."""
        ended = [f"{self.written:,} done", f"{len(self.failures):,} failed"]
        ended[0] += f" ({self.cached:,} of them were in the store)" if self.cached else ""
        left = self.left + self._open
        ended += [f"{left:,} not done"] if left else []
        total = "" if self.total is None else f"{counted(self.total, 'article')}: "
        asked = f" · {counted(self.cost.requests, 'request')} · {amount(self.cost)}" if self.cost.requests else ""
        yield f"{total}{', '.join(ended)} · {span(self.seconds)}{asked}"
        if self.wrong:
            yield f"with errors, not to go out as they are: {len(self.wrong):,}"
            yield from (f"  {one_line(name)}" for name in self.wrong)
        yield from self._failed()
        yield from self._how_to_go_on(left)

    def _failed(self) -> Iterator[str]:
        """Yield every article that failed; a reason that several share is told once, with their names beneath."""
        sharing: dict[str, list[tuple[str, str]]] = {}
        for name, error, told in self.failures:
            sharing.setdefault(str(error), []).append((name, told))
        for reason, articles in sharing.items():
            if len(articles) == 1:
                yield f"failed: {articles[0][1]}"
                continue
            yield one_line(f"failed, {counted(len(articles), 'article')}: {reason}")
            yield from (f"  {one_line(name)}" for name, _ in articles)

    def _how_to_go_on(self, left: int) -> Iterator[str]:
        if self.why is not None:
            yield one_line(f"stopped: {self.why}")
        if left or self.failures:
            kept = f"; what is done is kept in {self.store}" if self.store else ""
            mended = not left and all(isinstance(error, ArticleError) for _, error, _ in self.failures)
            first = "mend what failed, then" if mended else "to go on,"
            yield one_line(f"{first} give the same command again{kept}")

    def as_json(self) -> str:
        """Return the same as one JSON object."""
        shown: dict[str, Any] = {
            "articles": self.total,
            "done": self.written,
            "cached": self.cached,
            "failed": len(self.failures),
            "not_done": self.left + self._open,
            "with_errors": self.wrong,
            "failures": [
                {"name": name, "error": type(error).__name__, "reason": told} for name, error, told in self.failures
            ],
            "stopped": str(self.why) if self.why else None,
            "interrupted": self.interrupted,
            "cost": asdict(self.cost),
            "seconds": round(self.seconds, 3),
            "store": str(self.store) if self.store else None,
            "exit_code": self.exit_code,
        }
        return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def amount(cost: Cost) -> str:
    """Return tokens and dollars in words."""
    return so_far(cost) if cost.usd is not None else f"{so_far(cost)} · cost unknown (no prices in the settings)"


def counted(number: int, what: str) -> str:
    """Return a number of things in words: ``1 request``, ``2,000 requests``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def so_far(cost: Cost) -> str:
    """Return tokens, and dollars where prices are known, in words: the shortest, for a line of progress."""
    return counted(cost.tokens, "token") + ("" if cost.usd is None else f" · {cost.usd:.4f} USD")


def span(seconds: float) -> str:
    """Return a time in words, as ``6 min 12 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
