"""What a run would take, in words; nothing is asked."""

from typing import TYPE_CHECKING

from summarizer.ask.house import House
from summarizer.batch.estimate import Estimate, Forecast
from summarizer.batch.inputs import opened
from summarizer.batch.store import Store
from summarizer.cli.report import counted, span
from summarizer.cli.telling import tell
from summarizer.errors import ConfigurationError, SummarizerError, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.article import Article
    from summarizer.cli.running import Job
    from summarizer.llm.endpoint import Endpoint

__all__ = ["text"]


def text(job: "Job") -> str:
    """Return how many articles would be asked about, with requests, tokens, cost and time.

    Raises:
        ConfigurationError: nothing would be asked, or the settings name nobody who could be.
        StoreError: the store cannot be read.
    """
    if job.to is None:
        raise ConfigurationError("--dry-run tells what a model would cost, and --no-model asks none: leave one out")
    endpoint, house = _endpoint(job), House.of(job.settings)
    forecast = Forecast.about(job.settings, endpoint, job.to, house)
    found, made = {"new": 0, "kept": 0, "bad": 0}, Estimate()
    with _store(job) as store:
        for article in _articles(job):
            kind = "bad" if article is None else "kept" if _is_kept(article, job, house, endpoint, store) else "new"
            found[kind] += 1
            if article is not None and kind == "new":
                made += forecast.of(article)
    return "\n".join(_lines(found, made, forecast, job))


def _lines(found: dict[str, int], made: Estimate, forecast: Forecast, job: "Job") -> "Iterator[str]":
    new, kept, bad = found["new"], found["kept"], found["bad"]
    total = counted(new + kept + bad, "article")
    yield f"{total}: {new:,} to ask about, {kept:,} in the store, {bad:,} that cannot be read"
    at_once = min(forecast.endpoint.concurrency, max(new, 1))
    usd = forecast.usd(made)
    if not new:
        return
    cost = f'cost unknown: set input and output under [prices."{forecast.endpoint.model}"] in the settings file'
    yield f"about {made.requests:,.0f} requests to {forecast.endpoint.model} at {forecast.endpoint.label}"
    yield f"about {made.input_tokens:,.0f} tokens sent and {made.output_tokens:,.0f} received"
    yield cost if usd is None else f"about {usd:.2f} USD"
    yield f"about {span(made.seconds / at_once)}, {at_once} at once, where an answer comes with 60 tokens a second"
    if job.budget.bounded:
        yield f"it would stop at {job.budget}"


def _endpoint(job: "Job") -> "Endpoint":
    """Return who would be asked; the embedded model is neither fetched nor started."""
    from summarizer.llm import connect

    return connect.planned(job.settings)


def _store(job: "Job") -> Store:
    path = job.kept_in
    return Store(path, reading=True) if path is not None and path.exists() else Store(None)


def _articles(job: "Job") -> "Iterator[Article | None]":
    """Yield the articles, None for one that cannot be read, which is told."""
    for given in opened(job.inputs()):
        try:
            with reported(None):
                yield given.load()
        except ConfigurationError:
            raise
        except SummarizerError as error:
            tell(error, given.name)
            yield None


def _is_kept(article: "Article", job: "Job", house: House, endpoint: "Endpoint", store: Store) -> bool:
    from summarizer.batch import keys

    key = keys.key(article, job.to or (), job.settings, endpoint, house)
    return not job.force and store.result(key) is not None
