"""The straight line: an article in, a checked bilingual digest out."""

import asyncio
import threading
import time
import weakref
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Self

from summarizer import languages, rules_only
from summarizer.article import Article
from summarizer.ask import briefs, chunks, opening
from summarizer.ask import rows as own
from summarizer.ask.briefs import Briefing, Missing, Translation
from summarizer.ask.gather import both, gather
from summarizer.ask.house import House
from summarizer.ask.mending import Mender
from summarizer.ask.review import Reader
from summarizer.ask.translation import Translator
from summarizer.ask.trust import Trust
from summarizer.checks import StatementChecker, TranslationChecker
from summarizer.config import Settings, load
from summarizer.digest import Digest, assemble
from summarizer.digest.provenance import Account
from summarizer.errors import ContextWindowError, ModelUnavailableError, reported
from summarizer.ground.reading import Reading
from summarizer.llm import telemetry
from summarizer.llm.background import Background

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarizer.batch.events import Event
    from summarizer.batch.inputs import Input
    from summarizer.batch.run import Options
    from summarizer.batch.store import Store
    from summarizer.llm.client import Client, Desk, Session
    from summarizer.llm.connect import Backend, Progress
    from summarizer.tasks import Task

__all__ = ["Summarizer"]


class Summarizer:
    """Turns articles into checked digests.

    Safe to share between tasks, threads and event loops; connections are kept for each loop. The embedded
    model, where it is used, starts with the first article and ends with `close` or this process.

    Args:
        settings: None reads flags' defaults, the environment and ``summarizer.toml``.
        progress: told what is going on; None for silence.
        backend: who answers, when that is settled already; None finds it out from the settings.
        house: templates, style, glossary and length, where they are read already; None reads what the settings name.
        tasks: sections of an office's own beside those of the settings; a pydantic model is a task, each of its
            fields with its proof (``docs/tasks.md``).

    Raises:
        ConfigurationError: a setting, template, style, glossary or task is wrong.

    Example:
        ``async with Summarizer() as s: digest = await s.summarize(article, to=["it", "zh"])``
    """

    def __init__(
        self,
        settings: Settings | None = None,
        progress: "Progress | None" = None,
        backend: "Backend | None" = None,
        house: House | None = None,
        tasks: "Sequence[Task | type[BaseModel]]" = (),
    ) -> None:
        self.settings = load() if settings is None else settings
        self.house = (House.of(self.settings) if house is None else house).with_tasks(tasks)
        self._progress = progress or _silent
        self._backend = backend
        self._background: Background | None = None
        self._starting = threading.Lock()
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Client]]
        self._clients = weakref.WeakKeyDictionary()

    async def summarize(self, article: Article, to: Sequence[str] = (), desk: "Desk | None" = None) -> Digest:
        """Return the digest of one article.

        Args:
            article: from `summarizer.article.load` or ``from_text``.
            to: target languages of the briefs, e.g. ``["it", "zh"]``; the article's own is skipped.
            desk: has what was answered before, and says what may be spent; None for one article by itself.

        Raises:
            ConfigurationError: an unknown language or setting.
            ModelError: the endpoint gave no usable answer, or the article's deadline passed.
            OutputSchemaError: the model never gave an answer that fits the schema.
            BudgetError: the next call could cost more than `desk` allows.
            UnexpectedError: a fault of this program, met with this article.
        """
        targets = _targets(to)
        backend = await asyncio.to_thread(self.connect)
        client = self._client(backend)
        session = client.session(desk=desk)
        async with client.pace.article(session.number):
            with telemetry.article(article.id, article.language, targets) as span:
                digest = await self._made(session, article, targets, backend.article_timeout_s)
                span.put(_told(digest))
                return digest

    async def _made(self, session: "Session", article: Article, targets: Sequence[str], limit_s: float) -> Digest:
        """Return the digest of an article whose turn has come, before its deadline."""
        started = time.monotonic()
        with reported(article.id):
            try:
                async with asyncio.timeout(limit_s):
                    reading = Reading.of(article)
                    parts = await self._fitting(session, reading, targets)
            except TimeoutError:
                raise ModelUnavailableError(
                    f"{article.source}: no digest in {limit_s:g} s; raise --article-timeout"
                ) from None
            account = Account(session.endpoint, tuple(session.calls), time.monotonic() - started)
            return assemble.digest(reading, parts, account, self.settings)

    async def run(
        self,
        articles: "Iterable[Article | Input]",
        to: Sequence[str] = (),
        store: "Store | None" = None,
        options: "Options | None" = None,
    ) -> "AsyncGenerator[Event, None]":
        """Yield what happens to many articles, at once and bounded; the last event is `Ended`.

        What the store has is not asked for again, and an article that failed half-way goes on from there. Close the
        iterator (``contextlib.aclosing``) where you leave it early: what is under way is then cancelled.

        Args:
            articles: taken one by one as there is room; `summarizer.batch.inputs.inputs` reads files and tables.
            to: target languages of the briefs.
            store: where results are kept; None keeps what this run needs until it ends.
            options: how the run goes; None for the defaults.

        Raises:
            ConfigurationError: an unknown language or setting.
            ModelUnavailableError: the embedded model could not be fetched or started.
            StoreError: the store cannot be used.
        """
        from summarizer.batch import run as running
        from summarizer.batch.inputs import Input
        from summarizer.batch.making import Asking
        from summarizer.batch.store import Store

        targets = _targets(to)
        maker = Asking(self, targets, await asyncio.to_thread(self.connect))
        inputs = (each if isinstance(each, Input) else Input.of(each) for each in articles)
        with Store(None) if store is None else nullcontext(store) as kept:
            async with aclosing(running.run(maker, inputs, kept, options or running.Options())) as events:
                async for event in events:
                    yield event

    def summarize_sync(self, article: Article, to: Sequence[str] = ()) -> Digest:
        """Do the same and wait for it; works inside a running event loop too, which it blocks."""
        _targets(to)
        # not in the loop: a fetch or start that is interrupted here stops at once
        self.connect()
        with self._starting:
            self._background = background = self._background or Background()
        return background.run(self.summarize(article, to))

    def extract(self, article: Article) -> Digest:
        """Return what the rules alone can say: figures, every quote, the article's own first sentence.

        No model is asked, and none is fetched or started.

        Raises:
            UnexpectedError: a fault of this program, met with this article.
        """
        return rules_only.digest(article, self.settings)

    async def _fitting(self, session: "Session", reading: Reading, targets: Sequence[str]) -> assemble.Parts:
        """Ask for the parts of a digest; again in smaller sections when the window turns out smaller than set."""
        while True:
            window = session.context_tokens
            try:
                return await self._parts(session, reading, targets)
            except ContextWindowError:
                if session.context_tokens >= window:
                    raise  # smaller sections would not fit either

    async def _parts(self, session: "Session", reading: Reading, targets: Sequence[str]) -> assemble.Parts:
        """Ask for the parts of a digest: at each step all questions at once."""
        article, embedded = reading.article, session.endpoint.embedded
        trust = Trust.of(self.settings, embedded=embedded).with_orders(reading.orders)
        house, checker = self.house, StatementChecker(reading, self.house.rules)
        sections = chunks.split(article, session.context_tokens, house.further_tokens)
        wanted = [code for code in targets if not languages.same(code, article.language)]
        self._progress(f"{article.source}: summary and quotes", 0, 0)
        (written, chosen), rows = await both(
            opening.written(session, sections, checker, house, trusted=trust.high),
            own.ask(session, checker, house, trust),
        )
        mender = Mender(session, sections, checker, trust, house.templates)
        if trust.review == "none":
            written, rows = await both(mender.mend(written), own.mend(rows))
        if wanted:
            self._progress(f"{article.source}: briefs in {', '.join(wanted)}", 0, 0)
        checkers = [TranslationChecker(reading, code, house.glossary) for code in wanted]
        translators = [Translator(session, sections[0], each, trust, house) for each in checkers]
        reader = Reader(self._second(session), trust, house.templates)
        (written, chosen, rows), begun = await both(
            opening.read(reader, (written, chosen, rows), reading),
            briefs.draft([Briefing(each, quoted=not embedded) for each in translators], written, chosen.quotes),
        )
        asked = trust.review == "none"
        (written, rows), begun = await both(
            both(mender.mend(written, asked=asked), own.mend(rows, asked=asked)), briefs.read(reader, begun)
        )
        done = await gather(each.finish(written, chosen.quotes) for each in begun)
        made = [each for each in done if isinstance(each, Translation)]
        return assemble.Parts(
            summary=house.shape.held(written, article.language, len(article.sentences)),
            quotes=chosen,
            translations=tuple(each.at(position) for position, each in enumerate(made)),
            missing=tuple(each for each in done if isinstance(each, Missing)),
            skipped=tuple(code for code in targets if code not in wanted),
            findings=chunks.truncated(sections),
            glossary=house.glossary.hash,
            sections=tuple(each.published() for each in rows),
        )

    def _second(self, session: "Session") -> "Session":
        """Return the session of the second reading: on the same account, with another model if one is set."""
        backend = connected = self.connect()
        if self.settings.review_model is not None:
            connected = backend.reader(self.settings.review_model)
        return session if connected is backend else self._client(connected).session(session.calls, session.desk)

    def connect(self) -> "Backend":
        """Return who answers; the embedded model is fetched and started where it does.

        Raises:
            ConfigurationError: the settings name nobody who could.
            ModelUnavailableError: the embedded model could not be fetched or started.
        """
        # openai, instructor and their kin take a second to import: nobody pays who asks no model, and whoever does,
        # here, where `summarize` waits for it in a thread, and not in the middle of an event loop
        from summarizer.llm import client, connect  # noqa: F401

        with self._starting:
            if self._backend is None:
                self._backend = connect.backend(self.settings, self._progress)
            return self._backend

    def clients(self) -> "tuple[Client, ...]":
        """Return who asks in the running event loop: the writer, and the second reader where it is another."""
        backend, reader = self.connect(), self.settings.review_model
        return (self._client(backend), *([] if reader is None else [self._client(backend.reader(reader))]))

    def _client(self, backend: "Backend") -> "Client":
        from summarizer.llm.client import Client

        known, model = self._clients.setdefault(asyncio.get_running_loop(), {}), backend.endpoint.model
        if model not in known:
            known[model] = Client(backend.endpoint, backend.limits, backend.around, backend.learned, backend.gate)
        return known[model]

    async def aclose_connections(self) -> None:
        """Close the connections of the running event loop."""
        for client in self._clients.pop(asyncio.get_running_loop(), {}).values():
            await client.aclose()

    def close(self) -> None:
        """Close the connections of `summarize_sync`, and end the embedded model's server, if one was started."""
        with self._starting:
            if self._background is not None:
                self._background.run(self.aclose_connections())
                self._background.close()
                self._background = None
            if self._backend is not None and self._backend.server is not None:
                self._backend.server.close()
            self._backend = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose_connections()
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _targets(to: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of the target languages, each once; refuse unknown ones before anything is asked."""
    return tuple(dict.fromkeys(languages.checked(code) for code in to))


def _told(digest: Digest) -> dict[str, telemetry.Value]:
    """Return what the span of an article says of its digest: counts, no text."""
    severities = [finding.severity for finding in digest.findings]
    return {
        "summarizer.briefs": len(digest.briefs),
        "summarizer.quotes": len(digest.quotes),
        "summarizer.requests": digest.provenance.requests,
        "summarizer.findings.error": severities.count("error"),
        "summarizer.findings.warning": severities.count("warning"),
    }


def _silent(message: str, done: int, total: int) -> None:
    """Say nothing."""
