"""Rows of articles in, digests out, as Ray datasets: the steps and how many do them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer import languages
from summarizer.ask.house import House
from summarizer.batch.money import Budget
from summarizer.batch.rows import Columns
from summarizer.config import Settings
from summarizer.llm import connect
from summarizer.ray.cluster import need_ray
from summarizer.ray.output import Output
from summarizer.ray.reading import Reading
from summarizer.ray.shared import begun

if TYPE_CHECKING:
    import ray.data

__all__ = ["Work", "digests", "kept", "tables"]

#: Batches that a worker has under way: while the last articles of one are waited for, the next one has begun.
_AT_ONCE = 2
#: Articles of a batch, for each that may be under way: more make fewer and larger files.
_PER_TURN, _MOST = 4, 256
#: A worker takes half a processor by Ray's book: tasks that read tables find room beside one on each.
_CPUS = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """How articles are worked at.

    Attributes:
        language: of all of them; None to take a row's own, or else to find it out.
        columns: what the rows call what we need.
        strict: a digest with a finding of severity ``error`` counts as failed.
        workers: how many processes; None for one on each processor of the cluster, with the embedded model one on
            each node. Each takes as many articles and requests at once as the setting ``concurrency`` says.
        batch: rows that a worker is given at once, and of one file; None for four for each at once.
        budget: what all of it may cost.
        total: rows in all, where that is known: of few, each worker gets its share.
    """

    language: str | None = None
    columns: Columns = field(default_factory=Columns)
    strict: bool = False
    workers: int | None = None
    batch: int | None = None
    budget: Budget = field(default_factory=Budget)
    total: int | None = None

    def rows(self, concurrency: int, workers: int) -> int:
        """Return how many rows make a batch."""
        share = _MOST if self.total is None else math.ceil(self.total / (workers * _AT_ONCE))
        return self.batch or max(1, min(_MOST, _PER_TURN * concurrency, share))


def digests(
    dataset: "ray.data.Dataset", settings: Settings, to: Sequence[str] = (), work: Work | None = None
) -> "ray.data.Dataset":
    """Return a dataset with a row for each row: name, key, digest, error; of the last two one is there, or both.

    Nothing is made before it is consumed, and nothing is kept: whoever consumes it twice pays twice. `kept` keeps.

    Args:
        dataset: rows with a ``text``; ``id``, ``title``, ``date``, ``url``, ``author``, ``outlet`` and ``language``
            where they are known, and a ``name`` for whoever reads the errors (else the id, the URL).
        settings: who answers, and how; the key goes to the workers.
        to: target languages of the briefs.
        work: how; None for the defaults.

    Raises:
        ConfigurationError: an unknown language or setting, or Ray is not installed.
    """
    return _made(dataset, settings, to, work or Work(), None)


def kept(
    dataset: "ray.data.Dataset", settings: Settings, to: Sequence[str], output: Output, work: Work | None = None
) -> "ray.data.Dataset":
    """Return a dataset that says of each row how it ended and what that cost; the digests are in a folder by then.

    Rows that the folder has are not asked for again; answers that a lost worker or an earlier run paid for are used.

    Args:
        dataset: as `digests` takes it.
        settings: who answers, and how.
        to: target languages of the briefs.
        output: from `summarizer.ray.begin`.
        work: how; None for the defaults.

    Raises:
        ConfigurationError: an unknown language or setting, or Ray is not installed.
    """
    return _made(dataset, settings, to, work or Work(), output)


def tables(paths: Sequence[str], settings: Settings, columns: Columns) -> "ray.data.Dataset":
    """Return the rows of tables as a dataset, each with its place; what cannot be read is a row that says why.

    Args:
        paths: tables (Parquet, JSON Lines, CSV) that every machine finds at the same place.
        settings: bound the size of an article.
        columns: what they call what we need; the dataset has our own names.

    Raises:
        ConfigurationError: Ray is not installed.
    """
    listed = [{"path": str(Path(path).absolute()), "shown": path} for path in paths]
    data = need_ray().data.from_items(listed, override_num_blocks=len(listed))
    reading = Reading(columns, settings.max_input_bytes)
    made: ray.data.Dataset = data.map_batches(reading.__call__, batch_size=1, batch_format="pyarrow", num_cpus=_CPUS)
    return made


def _made(
    dataset: "ray.data.Dataset", settings: Settings, to: Sequence[str], work: Work, output: Output | None
) -> "ray.data.Dataset":
    from summarizer.ray.making import Making, Plan

    ray = need_ray()
    if not ray.is_initialized():
        ray.init()  # as Ray Data does by itself
    targets = tuple(dict.fromkeys(languages.checked(code) for code in to))
    work.budget.check(_models(settings), settings)
    house = House.of(settings)
    shared = begun(settings, work.budget, f"summarizer-{id(dataset):x}", kept=output is not None)
    plan = Plan(settings, targets, work.language, work.columns, work.strict, output, work.budget, shared, house)
    workers = work.workers or len(shared.hosts) or _processors()
    rows = work.rows(settings.concurrency, workers)
    return dataset.repartition(target_num_rows_per_block=rows).map_batches(
        Making,
        fn_constructor_args=(plan,),
        batch_size=rows,
        batch_format="pyarrow",
        num_cpus=_CPUS,
        compute=ray.data.ActorPoolStrategy(size=workers, max_concurrent_calls_per_actor=_AT_ONCE),
    )


def _models(settings: Settings) -> list[str]:
    """Return who would be asked.

    Raises:
        ConfigurationError: nobody can be.
    """
    return [connect.planned(settings).model, *([settings.review_model] if settings.review_model else [])]


def _processors() -> int:
    ray = need_ray()
    there: float = ray.cluster_resources().get("CPU", 1)
    return max(1, math.floor(there))
