"""Articles by address in a run: fetched in their turn, beside the others, politely, and named as they were given."""

import asyncio
import json
import threading

import pytest

from summarizer.article.model import Known
from summarizer.batch.events import Ended, Failed, Finished, Started
from summarizer.batch.inputs import count, inputs, opened
from summarizer.batch.making import Ruling
from summarizer.batch.run import Options, run
from summarizer.batch.store import Store
from summarizer.config import Settings, load
from summarizer.errors import ArticleError, ConfigurationError, UnexpectedError
from summarizer.fetch import Fetcher
from summarizer.formats import reading as formats
from summarizer.formats.piece import Piece
from tests.cli.test_app import run as command
from tests.support.endpoint import serving
from tests.support.model import extractive
from tests.support.web import HTML, PAGE, answer, page, redirect, web

__all__ = ["command"]

SETTINGS = Settings(fetch=True, fetch_allow=["127.0.0.1"], fetch_apart_s=0)


@pytest.fixture
def server():
    with web() as served:
        served.answers |= {f"/{n}": page(PAGE.replace("bridge", f"bridge number {n}")) for n in range(4)}
        yield served


def events(sources, settings=SETTINGS, options=None):
    async def all_of_them():
        with Store(None) as store:
            made = run(Ruling(settings), inputs(sources, settings), store, options or Options())
            return [event async for event in made]

    return asyncio.run(all_of_them())


def digests(seen):
    return {event.name: event.digest for event in seen if isinstance(event, Finished)}


def errors(seen):
    return {event.name: str(event.error) for event in seen if isinstance(event, Failed)}


def test_an_address_is_an_article_with_the_address_where_it_was_found(server):
    server.answers["/old"] = redirect("/0?a=b")
    server.answers["/0?a=b"] = page(
        PAGE.replace("<head>", '<head><link rel="canonical" href="https://other.example/">')
    )
    (digest,) = digests(events([server.url("/old")])).values()
    assert digest.article.source == digest.article.url == server.url("/0?a=b")
    assert digest.article.title == "Bridge opens"


def test_what_a_server_says_of_the_encoding_is_taken(server):
    text = "Il sindaco ha aperto il ponte. La città è contenta, perché la pioggia è già finita." * 2
    server.answers["/a"] = answer(
        text.encode("iso8859-3"), headers={"Content-Type": "text/plain; charset=ISO-8859-3"}
    )
    (digest,) = digests(events([server.url("/a")])).values()
    assert digest.article.text == text


def test_without_the_setting_nothing_is_fetched_and_it_is_told_how(server):
    seen = events([server.url("/0")], Settings(fetch_allow=["127.0.0.1"]))
    (told,) = errors(seen).values()
    assert "not fetched without --fetch" in told
    assert server.asked == []


def test_each_address_ends_in_one_outcome_in_its_order_and_the_counts_add_up(server, tmp_path):
    (tmp_path / "a.txt").write_text("The mayor opened the new bridge on Monday. Many people came to see it.")
    sources = [server.url("/0"), server.url("/none"), "http://10.0.0.1/", str(tmp_path / "a.txt"), server.url("/1"),
               server.url("/0"), "https://[", "HTTP://" + server.url("/2")[7:]]  # fmt: skip
    seen = events(sources, options=Options(in_order=True, concurrency=3))
    told = [event for event in seen if isinstance(event, Finished | Failed)]
    assert [event.name for event in told] == [*sources[:5], *sources[6:]]  # the second /0 is the first one
    assert [event.number for event in told] == list(range(7))
    assert [type(event) for event in told] == [Finished, Failed, Failed, Finished, Finished, Failed, Finished]
    end = seen[-1]
    assert isinstance(end, Ended)
    assert (end.counts.done, end.counts.failed, end.counts.under_way, end.counts.left) == (4, 3, 0, 0)
    assert server.paths.count("/robots.txt") == 1


def test_while_a_server_is_slow_other_articles_go_on(server, tmp_path):
    """The page is given out only when the other article has come to its end: a loop that waits would never see it."""
    (tmp_path / "a.txt").write_text("The mayor opened the new bridge on Monday. Many people came to see it.")
    over = threading.Event()

    def when_the_other_is_over(line):
        assert over.wait(30)
        line.sendall(page())

    server.answers["/slow"] = when_the_other_is_over

    async def follow():
        ended = []
        with Store(None) as store:
            sources = [server.url("/slow"), str(tmp_path / "a.txt")]
            async for event in run(Ruling(SETTINGS), inputs(sources, SETTINGS), store, Options(concurrency=2)):
                if isinstance(event, Finished | Failed):
                    ended.append(event.name)
                    over.set()
        return ended

    assert asyncio.run(follow()) == [str(tmp_path / "a.txt"), server.url("/slow")]


def test_whoever_goes_does_not_wait_for_a_slow_server(server):
    go_on = threading.Event()
    server.answers["/slow"] = lambda _: go_on.wait(30)

    async def follow():
        with Store(None) as store:
            made = run(Ruling(SETTINGS), inputs([server.url("/slow")], SETTINGS), store, Options())
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(made), 0.3)
            await made.aclose()

    asyncio.run(follow())
    assert not go_on.is_set()
    go_on.set()


def test_a_run_that_stops_fetches_nothing_more_and_counts_what_had_no_turn(server):
    stop = asyncio.Event()

    async def follow():
        seen = []
        with Store(None) as store:
            sources = [server.url(f"/{n}") for n in range(4)]
            made = run(Ruling(SETTINGS), inputs(sources, SETTINGS), store, Options(stop=stop, concurrency=1))
            async for event in made:
                seen.append(event)
                if isinstance(event, Started):
                    stop.set()
        return seen

    counts = asyncio.run(follow())[-1].counts
    assert counts.done + counts.left == 4
    assert counts.left >= 2
    assert len(server.asked) == 1 + counts.done


def test_several_articles_at_one_address_each_have_their_turn(server):
    """An archive is asked for by its own name; here a page's place is taken by one that holds three."""
    seen, given = [], list(inputs([server.url("/0"), server.url("/1")], SETTINGS))
    single = given[0].inside
    given[0] = type(given[0])(given[0].name, "a", given[0].load, lambda: [*single(), *given[1:2], *single()])

    async def follow():
        with Store(None) as store:
            options = Options(total=2, concurrency=4, in_order=True)
            async for event in run(Ruling(SETTINGS), iter(given), store, options):
                seen.append(event)

    asyncio.run(follow())
    finished = [event for event in seen if isinstance(event, Finished)]
    assert [event.number for event in finished] == [0, 1, 2, 3]
    assert sorted(event.name[-2:] for event in finished) == ["/0", "/0", "/1", "/1"]
    assert (seen[-1].counts.total, seen[-1].counts.done) == (4, 4)


def test_a_fault_of_ours_while_fetching_ends_that_article_alone(server, monkeypatch):
    real = Fetcher.get
    monkeypatch.setattr(Fetcher, "get", lambda self, url: real(self, url) if url.endswith("0") else 1 / 0)
    seen = events([server.url("/1"), server.url("/0")])
    (failed,) = (event for event in seen if isinstance(event, Failed))
    assert isinstance(failed.error, UnexpectedError)
    assert list(digests(seen)) == [server.url("/0")]


def test_output_files_are_called_after_the_pages():
    urls = ["https://news.example/2025/bridge-opens.html?x=1#a", "https://news.example/", "https://news.example/è/",
            "https://news.example/..%2f..%2fetc", "https://news.example/%E6%96%B0%E9%97%BB.shtml", "https://["]  # fmt: skip
    names = [each.stem for each in inputs(urls, SETTINGS)]
    assert names == ["bridge-opens", "news.example", "è", "etc", "新闻", "article"]


def test_how_many_articles_an_address_holds_is_known_only_when_it_is_fetched(server):
    assert count([server.url("/0")], SETTINGS) is None
    assert count([server.url("/0")], Settings()) == 1
    assert server.asked == []
    for suffix in ("jsonl", "parquet"):
        server.answers[f"/a.{suffix}"] = page()
        (each,) = opened(inputs([server.url(f"/a.{suffix}")], SETTINGS))
        assert each.load().title == "Bridge opens"


def test_an_input_says_why_it_cannot_be_opened(server):
    server.answers["/a"] = answer("{}", headers={"Content-Type": "application/json"})
    server.answers["/b"] = answer("   ", headers=HTML)
    first, second = opened(inputs([server.url("/a"), server.url("/b")], SETTINGS))
    with pytest.raises(ArticleError, match=r"no text but application/json"):
        first.load()
    with pytest.raises(ArticleError):
        second.load()


@pytest.mark.parametrize("name", ["fetch = true", 'fetch_allow = ["10.0.0.0/8"]'])
def test_a_folder_of_articles_cannot_have_anything_fetched(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "summarizer.toml").write_text(name)
    with pytest.raises(ConfigurationError, match=r"has addresses fetched.*--config"):
        load()
    assert load(file=tmp_path / "summarizer.toml").fetch_allow in ([], ["10.0.0.0/8"])


def test_the_command_fetches_with_the_flag_alone(command, server, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_FETCH_ALLOW", '["127.0.0.1"]')
    monkeypatch.setenv("SUMMARIZER_FETCH_APART_S", "0")
    code, out, err = command("summarize", server.url("/0"), "--no-model", "--format", "json")
    assert (code, out) == (2, "")
    assert "--fetch" in err
    code, out, _ = command(
        "summarize", server.url("/0"), server.url("/1"), "--no-model", "--format", "json", "--fetch"
    )
    assert code == 0
    assert [json.loads(line)["article"]["url"] for line in out.splitlines()] == [server.url("/0"), server.url("/1")]


def test_a_dry_run_fetches_to_know_what_it_would_take(command, server, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_FETCH_ALLOW", '["127.0.0.1"]')
    with serving(extractive) as endpoint:
        where = ("--base-url", endpoint.base_url, "--fetch", "--dry-run")
        code, out, _ = command("summarize", server.url("/0"), *where)
        assert (code, endpoint.requests) == (0, [])
    assert "1 article: 1 to ask about" in out


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Port news</title><link>{site}</link>
<item><title>Bridge opens</title><link>{site}0</link><description>A teaser of the article about the bridge.</description></item>
<item><title>Only a headline</title><link>{site}1</link></item>
<item><title>Gone</title><link>{site}gone</link><description>A teaser of an article that is gone.</description></item>
<item><title>No link</title><description>{text}</description></item>
</channel></rss>"""


def entries(data, name, *_):
    """The pieces of the feed above, as the reader of feeds gives them."""
    site = data.decode().partition("<link>")[2].partition("</link>")[0]
    for number, path in enumerate(("0", "1", "gone"), 1):
        gone = ArticleError(f"{name}: entry {number} has no text of its own") if path == "1" else None
        yield Piece(f"#{number}", "", "" if gone else "A teaser.", known=Known(url=f"{site}{path}"), problem=gone)
    yield Piece("#4", "", TEXT)


TEXT = "The mayor opened the new bridge on Monday. Many people came to see it, and all of them liked it."


@pytest.mark.parametrize("place", ["address", "file"])
def test_a_feeds_entries_take_their_full_texts_by_address(place, server, tmp_path, monkeypatch):
    real = formats.pieces
    monkeypatch.setattr(
        formats, "pieces", lambda data, name, *more: (entries if b"<rss" in data else real)(data, name, *more)
    )
    feed = FEED.format(site=server.url("/"), text=TEXT)
    server.answers["/rss"] = answer(feed, headers={"Content-Type": "application/rss+xml"})
    source = server.url("/rss") if place == "address" else str(tmp_path / "feed.xml")
    (tmp_path / "feed.xml").write_text(feed)
    seen = events([source], options=Options(concurrency=3, in_order=True))
    found = digests(seen)
    assert list(found) == [f"{source}:#1", f"{source}:#2", f"{source}:#4"]
    assert [digest.article.url for digest in found.values()][:2] == [server.url("/0"), server.url("/1")]
    assert "Ten thousand people" in found[f"{source}:#1"].article.text
    assert found[f"{source}:#4"].article.text == TEXT
    (failed,) = errors(seen).items()
    assert failed == (f"{source}:#3", f"{server.url('/gone')}: there is no such page (404); check the address")
