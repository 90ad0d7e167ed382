"""A worker: holds the client and the rules once, and makes the digests of one batch of rows after the other."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarizer import startup
from summarizer.article import Article
from summarizer.ask.house import House
from summarizer.batch import nested, rows
from summarizer.batch.events import Ended, Failed, Finished
from summarizer.batch.inputs import Input, stem
from summarizer.batch.making import Asking
from summarizer.batch.money import Budget, Cost, Purse
from summarizer.batch.records import safe
from summarizer.batch.rows import Columns, Row
from summarizer.batch.run import Options, run
from summarizer.batch.store import Store
from summarizer.config import Settings
from summarizer.digest import Digest
from summarizer.errors import ArticleError, ModelError, SummarizerError, reported
from summarizer.pipeline import Summarizer
from summarizer.ray import host, output
from summarizer.ray.attempts import Attempts, Trying
from summarizer.ray.claims import RemoteClaims
from summarizer.ray.gate import RemoteGate
from summarizer.ray.output import Output
from summarizer.ray.purse import RemotePurse
from summarizer.ray.shared import Shared
from summarizer.ray.shelf import Shelf

__all__ = ["Making", "Plan", "receipts"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker is told.

    Attributes:
        settings: with the key, which goes to the workers inside the cluster's own messages.
        to: target languages of the briefs.
        language: of all articles; None to take a row's own, or else to find it out.
        columns: what the rows call what we need.
        strict: a digest with a finding of severity ``error`` counts as failed.
        output: where digests are written; None hands them out instead.
        budget: what the run may cost.
        shared: the actors that all workers ask.
        house: templates, style, glossary and length, as the driver read them: a worker need not have the files.
    """

    settings: Settings
    to: tuple[str, ...]
    language: str | None = None
    columns: Columns = field(default_factory=Columns)
    strict: bool = False
    output: Output | None = None
    budget: Budget = field(default_factory=Budget)
    shared: Shared = field(default_factory=Shared)
    house: House | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """A row, read: an article with its key, or the reason why there is none."""

    name: str
    article: Article | None = None
    key: str | None = None
    error: SummarizerError | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    """How a row ended: ``done``, ``had`` (the output has it), ``failed``, or ``left`` (the run stopped before it)."""

    given: _Given
    outcome: str
    digest: Digest | None = None
    error: SummarizerError | None = None
    cost: Cost = field(default_factory=Cost)

    @property
    def row(self) -> Mapping[str, Any]:
        """As `output.schema` has it."""
        digest = None if self.digest is None else nested.row(self.digest)
        return {"name": self.given.name, "key": self.given.key, "digest": digest, "error": _told(self.error)}

    @property
    def receipt(self) -> Mapping[str, Any]:
        """As `receipts` has it."""
        found = () if self.digest is None else self.digest.findings
        wrong = any(each.severity == "error" for each in found)
        known = {"name": self.given.name, "key": self.given.key, "outcome": self.outcome, "wrong": wrong}
        return {**known, "error": _told(self.error), "cost": asdict(self.cost)}


def receipts() -> Any:
    """Return the Arrow schema of what a worker says of rows that it has written: how each ended, and its cost."""
    import pyarrow

    text, count = pyarrow.string(), pyarrow.int64()
    counted = [(name, count) for name in ("requests", "input_tokens", "cached_tokens", "output_tokens")]
    cost = pyarrow.struct([*counted, ("usd", pyarrow.float64())])
    error = output.schema().field("error").type
    known = [("name", text), ("key", text), ("outcome", text), ("wrong", pyarrow.bool_())]
    return pyarrow.schema([*known, ("error", error), ("cost", cost)])


class Making:
    """Makes digests of batches of rows, several batches at once: a class as Ray's ``map_batches`` wants it.

    Args:
        plan: the same for all workers.
    """

    def __init__(self, plan: Plan) -> None:
        startup.fast()
        self._plan = plan
        self._alone = asyncio.Lock()
        self._summarizer = Summarizer(plan.settings, house=plan.house)

    async def __call__(self, batch: Any) -> Any:
        """Yield one Arrow table with a row for each given: of `output.schema`, or of `receipts` where it is written.

        Args:
            batch: an Arrow table with the columns that the plan names; ``name`` and ``problem`` where it has them.
        """
        import pyarrow

        rows, out = batch.to_pylist(), self._plan.output
        if out is None:
            made = await self._made([self._read(row) for row in rows], Store(None))
            yield pyarrow.Table.from_pylist([each.row for each in made], schema=output.schema())
        else:
            told = _written(out, _batch_id(rows)) or await self._kept(out, _batch_id(rows), rows)
            yield pyarrow.Table.from_pylist(list(told), schema=receipts())

    @cached_property
    def _maker(self) -> Asking:
        """Who makes them; the first batch finds out who answers."""
        plan = self._plan
        backend = (host.here(plan.shared.hosts) if plan.shared.hosts else None) or self._summarizer.connect()
        if plan.shared.gate is not None:
            backend = replace(backend, gate=RemoteGate(plan.shared.gate))
        self._summarizer = Summarizer(plan.settings, backend=backend, house=plan.house)
        return Asking(self._summarizer, self._plan.to, backend)

    @cached_property
    def _purse(self) -> Purse | None:
        plan = self._plan
        return None if plan.shared.purse is None else RemotePurse(plan.budget, plan.settings, plan.shared.purse)

    def _making(self, attempts: Attempts | None) -> Asking:
        """Who makes a batch, and notes what is under way where that is kept."""
        maker = self._maker
        if attempts is None:
            return maker
        return Trying(maker.summarizer, maker.to, maker.backend, attempts, self._alone)

    @cached_property
    def _refused(self) -> SummarizerError | None:
        """Why nobody can be asked at all; None where somebody can."""
        try:
            with reported(None):
                self._maker  # noqa: B018 - it is found out once
        except SummarizerError as error:
            return error
        return None

    def _name(self, row: Mapping[str, Any]) -> str:
        columns = self._plan.columns
        return safe(str(row.get("name") or row.get(columns.id) or row.get(columns.url) or "row"))

    def _read(self, row: Mapping[str, Any]) -> _Given:
        """Return a row's article with its key, or why there is none.

        Where nobody can be asked at all, only the article: the run says so.
        """
        name, columns = self._name(row), self._plan.columns
        if row.get("problem"):
            return _Given(name, error=ArticleError(row["problem"]))
        try:
            with reported(None):
                most, language = self._plan.settings.max_input_bytes, self._plan.language
                article = rows.article(Row(name, row), columns, most, language)
                return _Given(name, article, None if self._refused else self._maker.key(article))
        except SummarizerError as error:
            return _Given(name, error=error)

    async def _kept(self, out: Output, batch: str, rows: Sequence[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
        """Return what became of rows, once that is written."""
        answers, attempts = out.answers(batch), out.attempts(batch)
        given = [self._tried(attempts, n, row) for n, row in enumerate(rows)]
        had = [_Made(each, "had") for each in given if each.key is not None and out.had.has(each.name, each.key)]
        known = {id(each.given) for each in had}
        claims = RemoteClaims(self._plan.shared.claims) if self._plan.shared.claims is not None else None
        new = [each for each in given if id(each) not in known]
        made = await self._made(new, Shelf(out, batch, answers, claims), attempts)
        if made:
            made[0] = replace(made[0], cost=made[0].cost + Cost.of(answers.calls, self._plan.settings))
        failed = [each for each in made if each.outcome == "failed"]
        done = [each for each in made if each.outcome == "done"]
        try:
            out.write(out.failed(batch), [each.row for each in failed])
            out.write(out.part(batch), [each.row for each in done])
            attempts.finish()
        except SummarizerError as error:
            return [replace(each, outcome="left", digest=None, error=error).receipt for each in (*had, *made)]
        if not any(each.outcome != "done" and each.given.key for each in made):
            answers.forget()
        return [each.receipt for each in (*had, *made)]

    def _tried(self, attempts: Attempts, number: int, row: Mapping[str, Any]) -> _Given:
        """Read a row, unless workers were lost over that."""
        try:
            with attempts.of(str(number)):
                return self._read(row)
        except SummarizerError as error:
            return _Given(self._name(row), error=error)

    async def _made(self, given: Sequence[_Given], store: Store, attempts: Attempts | None = None) -> list[_Made]:
        """Return how each row ended, in their order."""
        if self._refused is not None:
            return [_Made(each, "left", error=self._refused) for each in given]
        ended: dict[int, _Made] = {}
        why: SummarizerError | None = None
        options = Options(strict=self._plan.strict, purse=self._purse, command="summarize --ray")
        inputs = (Input(each.name, stem(each.name), partial(_article, each)) for each in given)
        with store:
            async for event in run(self._making(attempts), inputs, store, options):
                if isinstance(event, Finished):
                    ended[event.number] = _Made(given[event.number], "done", event.digest, None, event.cost)
                elif isinstance(event, Failed):
                    one = given[event.number]
                    ended[event.number] = _Made(one, "failed", event.digest, event.error, event.cost)
                elif isinstance(event, Ended):
                    why = event.why
        stopped = why or ModelError("the run stopped before this row")
        return [ended.get(n) or _Made(each, "left", error=stopped) for n, each in enumerate(given)]


def _article(given: _Given) -> Article:
    if given.article is None:
        raise given.error or ArticleError(f"{given.name}: there is no article")
    return given.article


def _batch_id(given: Sequence[Mapping[str, Any]]) -> str:
    """Return what names a batch: the same when Ray gives it to another worker."""
    return sha256(json.dumps(given, default=str, sort_keys=True).encode()).hexdigest()[:16]


def _written(out: Output, batch: str) -> "list[Mapping[str, Any]] | None":
    """Return the receipts of a batch that this run has written; None where it has not."""
    found = [path for path in (out.failed(batch), out.part(batch)) if path.exists()]
    if not (found and out.attempts(batch).done) and not out.part(batch).exists():
        return None
    return [_receipt(row) for path in found for row in _rows(path)]


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    yield from rows.need_parquet().read_table(path).to_pylist()


def _receipt(row: Mapping[str, Any]) -> Mapping[str, Any]:
    digest = None if row["digest"] is None else nested.digest(row["digest"])
    given, outcome = _Given(row["name"], key=row["key"]), "failed" if row["error"] else "done"
    cost = Cost() if digest is None else _cost(digest)
    return {**_Made(given, outcome, digest, None, cost).receipt, "error": row["error"]}


def _cost(digest: Digest) -> Cost:
    spent = digest.provenance
    return Cost(spent.requests, spent.input_tokens, spent.cached_tokens, spent.output_tokens, spent.cost_usd)


def _told(error: SummarizerError | None) -> Mapping[str, str] | None:
    if error is None:
        return None
    return {"kind": type(error).__name__, "said": safe(error.said), "advice": safe(error.advice)}
