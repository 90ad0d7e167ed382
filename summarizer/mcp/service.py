"""What the calls of a server share for its life: one summarizer, one store, and what may be read."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import BaseModel

from summarizer.article import Article, load_bytes, load_text
from summarizer.article.line import one_line
from summarizer.article.metadata import is_address
from summarizer.batch.events import Asked, Ended, Event, Failed, Finished, Waiting
from summarizer.batch.inputs import inputs, opened
from summarizer.batch.money import Budget, Purse
from summarizer.batch.run import Options
from summarizer.digest import Digest, FindingRecord
from summarizer.digest.assemble import finding_record
from summarizer.digest.audit import audit
from summarizer.digest.audit.reread import parsed
from summarizer.errors import ArticleError, ModelUnavailableError, SummarizerError
from summarizer.fetch.aside import started
from summarizer.mcp.values import Checked, Figures, Given, Held, Quotes, Wanted
from summarizer.pipeline import Summarizer

if TYPE_CHECKING:
    from summarizer.batch.store import Store
    from summarizer.config import Settings
    from summarizer.fetch import Fetcher
    from summarizer.mcp.roots import Roots

__all__ = ["Answer", "Service"]

#: How an article is called that came as a text.
_TEXT = "text"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool gives.

    Attributes:
        value: the typed result.
        said: what to know of it beside; None for nothing.
        kept: the id of a digest that the store has now; None where nothing was kept.
    """

    value: BaseModel
    said: str | None = None
    kept: str | None = None


class Service:
    """Does what the tools promise; used by all calls of a server, many at once.

    Args:
        settings: of the server.
        store: where digests are kept; whoever made it closes it.
        roots: whose files may be read.
        budget: what all calls together may cost; None for no bound.

    Raises:
        ConfigurationError: addresses are to be fetched, and the extra for that is not installed.
    """

    def __init__(self, settings: "Settings", store: "Store", roots: "Roots", budget: Budget | None = None) -> None:
        self.settings = settings
        self.store = store
        self._roots = roots
        self._purse = Purse(budget or Budget(), settings)
        self._fetcher = _fetcher(settings)
        self._teller: ContextVar[Callable[[str], None] | None] = ContextVar("teller", default=None)
        self._summarizer = Summarizer(settings, self._progress)

    async def summarize(self, wanted: Wanted) -> Answer:
        """Return the digest of an article, from the store where it has it.

        Raises:
            SummarizerError: there is none; as `Summarizer.summarize`, and as `Summarizer.run`.
        """
        article = await self._article(wanted)
        options = Options(command="mcp: summarize", purse=self._purse)
        async with aclosing(self._summarizer.run([article], wanted.to, self.store, options)) as events:
            async for event in events:
                self._tell(event)
                if isinstance(event, Finished):
                    return Answer(event.digest, kept=event.digest.article.id)
                if isinstance(event, Failed | Ended):
                    return _partial(event)
        raise AssertionError("a run ends with its end")

    async def check(self, held: Held) -> Answer:
        """Return what a digest can be objected to.

        Raises:
            ArticleError: it is no digest, or none that is kept here.
        """
        return Answer(await asyncio.to_thread(self._checked, held))

    async def quotes(self, given: Given) -> Answer:
        """Return what the rules find of quotations; no model is asked.

        Raises:
            ArticleError: there is no article in what was given.
        """
        found = await self._extracted(given)
        return Answer(Quotes(article=found.article, quotes=found.quotes, findings=_about(found, "quotes")))

    async def figures(self, given: Given) -> Answer:
        """Return what the rules find of figures; no model is asked.

        Raises:
            ArticleError: there is no article in what was given.
        """
        found = await self._extracted(given)
        return Answer(Figures(article=found.article, figures=found.figures, findings=_about(found, "figures")))

    def kept(self, name: str) -> Digest | None:
        """Return a digest out of the store; None where it has none that is called so.

        Args:
            name: the key of a result, or the id of an article, whose newest digest is meant then.
        """
        return self.store.result(name) or self.store.newest(name)

    @contextmanager
    def telling(self, tell: Callable[[str], None]) -> Iterator[None]:
        """Tell what the calls that are made inside are at, in words."""
        token = self._teller.set(tell)
        try:
            yield
        finally:
            self._teller.reset(token)

    async def aclose(self) -> None:
        """Close connections, and end the embedded model's server where one was started."""
        await self._summarizer.aclose_connections()
        await asyncio.to_thread(self._summarizer.close)

    def _progress(self, message: str, done: int, total: int) -> None:
        """Tell the call in whose context this is; the pipeline knows no calls."""
        tell = self._teller.get()
        if tell is not None:
            tell(f"{message}: {done / total:.0%}" if total else message)

    def _tell(self, event: Event) -> None:
        if isinstance(event, Asked) and event.call.error is None:
            self._progress(f"{event.name}: answered: {event.call.task}", 0, 0)
        elif isinstance(event, Waiting):
            self._progress(f"waiting {event.seconds:.0f} s: {event.why}", 0, 0)

    async def _extracted(self, given: Given) -> Digest:
        article = await self._article(given)
        return await asyncio.to_thread(self._summarizer.extract, article)

    def _checked(self, held: Held) -> Checked:
        digest = self._held(held)
        found = tuple(finding_record(each) for each in audit(digest))
        errors, warnings = (sum(f.severity == severity for f in found) for severity in ("error", "warning"))
        return Checked(article=digest.article.id, errors=errors, warnings=warnings, findings=found)

    def _held(self, held: Held) -> Digest:
        if (held.digest is None) == (held.id is None):
            raise ArticleError("nothing to check, or two things: give either digest or id")
        if held.digest is not None:
            return parsed(json.dumps(held.digest), "digest")
        digest = self.kept(held.id or "")
        if digest is None:
            raise ArticleError(
                f"{one_line(held.id or '')}: no digest of this id is kept here",
                "resources/list has those that are; summarize makes one",
            )
        return digest

    async def _article(self, given: Given) -> Article:
        """Return the article that is meant; reading it may take long, in which other calls go on."""
        forms = {"text": self._from_text, "path": self._from_file, "address": self._from_web}
        named = [name for name in forms if getattr(given, name) is not None]
        if len(named) != 1:
            told = f"{' and '.join(named)} were given" if named else "none was given"
            raise ArticleError(f"an article is given by exactly one of text, path and address; {told}")
        read = forms[named[0]]
        return await asyncio.wrap_future(started(partial(read, getattr(given, named[0]), given.language)))

    def _from_text(self, text: str, language: str | None) -> Article:
        if len(text.encode(errors="surrogatepass")) > self.settings.max_input_bytes:
            raise ArticleError(
                f"{_TEXT}: it is longer than {self.settings.max_input_bytes:,} bytes",
                "give one article at a time, or start the server with a higher max_input_bytes",
            )
        return load_text(text, _TEXT, language=language)

    def _from_file(self, path: str, language: str | None) -> Article:
        most = self.settings.max_input_bytes
        return load_bytes(self._roots.read(path, most), path, max_bytes=most, language=language)

    def _from_web(self, address: str, language: str | None) -> Article:
        shown = one_line(address)
        if not is_address(address):
            raise ArticleError(f"{shown}: this is no address of the web", "give one that begins with https://")
        if self._fetcher is None:
            raise ArticleError(
                f"{shown}: this server fetches no addresses",
                "give the article's text, or start the server with --fetch",
            )
        given = inputs([address], self.settings, language, fetcher=self._fetcher)
        return _only([each.load for each in islice(opened(given), 2)], shown)


def _fetcher(settings: "Settings") -> "Fetcher | None":
    """Return what fetches for all calls, so that together they are polite; None where nothing may be fetched."""
    if not settings.fetch:
        return None
    from summarizer import fetch

    return fetch.Fetcher(fetch.Limits.of(settings))


def _only(found: Sequence[Callable[[], Article]], shown: str) -> Article:
    if len(found) > 1:
        raise ArticleError(f"{shown}: there are several articles", "give the address of one of them")
    return found[0]()


def _partial(event: Failed | Ended) -> Answer:
    """Return a digest that lacks a brief, with why.

    Raises:
        SummarizerError: there is no digest at all.
    """
    if isinstance(event, Failed) and event.digest is not None:
        return Answer(event.digest, said=str(event.error))
    raise _reason(event)


def _reason(event: Failed | Ended) -> SummarizerError:
    if isinstance(event, Failed):
        return event.error
    return event.why or ModelUnavailableError("the article had no turn", "call again")


def _about(digest: Digest, part: str) -> tuple[FindingRecord, ...]:
    """Return what was found about a part of a digest, or about the article."""
    rooms = ("", part, "article")
    return tuple(f for f in digest.findings if f.where.strip("/").partition("/")[0] in rooms)
