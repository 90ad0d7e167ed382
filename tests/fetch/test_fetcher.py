"""Getting an article from a server on loopback: redirects, robots.txt, pace, bounds, and what the server is told."""

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from email.message import Message
from email.utils import formatdate
from importlib.metadata import version
from pathlib import Path

import pytest

from summarizer.errors import ArticleError, ConfigurationError
from summarizer.fetch import Address, Fetcher, Limits, fetcher
from summarizer.fetch.pace import Pace
from tests.support.web import HTML, PAGE, answer, connections, names, page, redirect, web

LOOPBACK = Limits(allow=["127.0.0.1", "news.example", "other.example"], apart_s=0, timeout_s=10)


@pytest.fixture
def server():
    with web() as served:
        yield served


def get(url, limits=LOOPBACK):
    return Fetcher(limits).get(url)


def why(url, limits=LOOPBACK):
    with pytest.raises(ArticleError) as caught:
        get(url, limits)
    given = Address.parse(url)
    assert str(caught.value).startswith((f"{given.url}: ", f"{given.origin}: "))  # it says where
    return str(caught.value)


def test_an_article_is_got_with_what_the_server_says_of_it(server):
    server.answers["/a?b=c"] = answer(
        "Città".encode("cp1252"), headers={"Content-Type": 'Text/HTML; Charset="cp1252"'}
    )
    got = get(server.url("/a?b=c#part"))
    assert (got.url, got.data, got.media_type, got.charset) == (
        server.url("/a?b=c"), "Città".encode("cp1252"), "text/html", "cp1252"
    )  # fmt: skip


def test_the_server_is_told_who_asks_and_nothing_else(server):
    server.answers["/a"] = answer(PAGE, headers={**HTML, "Set-Cookie": "seen=1"})
    server.answers["/b"] = redirect("/a")
    got = Fetcher(LOOPBACK)
    got.get(server.url("/b"))
    got.get(server.url("/a"))
    assert server.paths == ["/robots.txt", "/b", "/a", "/a"]
    for asked in server.asked:
        assert asked.headers.keys() == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert asked.headers["host"] == f"127.0.0.1:{server.port}"
        assert asked.headers["user-agent"].startswith(f"summarizer-briefs/{version('summarizer-briefs')}")


def chains(port: int) -> list[tuple[str, str]]:
    """Where a redirect of a page on loopback leads that must not be followed, and what is told."""
    return [
        ("http://10.0.0.1/", "not on the public web"),
        ("http://169.254.169.254/latest/meta-data/", "not on the public web"),
        ("http://[::1]/", "not on the public web"),
        ("http://[::ffff:10.0.0.1]/", "not on the public web"),
        ("http://[64:ff9b::a00:1]/", "not on the public web"),
        ("http://[fe80::1%25eth0]/", "names no host"),
        ("//192.168.1.1/a", "not on the public web"),
        ("http://inside.example/", "not on the public web"),
        ("http://0x7f000001/", "number in disguise"),
        ("http://2130706433/", "number in disguise"),
        ("http://0177.0.0.1/", "number in disguise"),
        ("http://１２７.0.0.1/", "number in disguise"),
        ("http://user:pass@127.0.0.1/", "user name"),
        (f"http://127.0.0.1@10.0.0.1:{port}/", "user name"),
        ("http://127.0.0.1%2e/", "names no host"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://127.0.0.1/a", "only http and https"),
        ("gopher://127.0.0.1:6379/_x", "only http and https"),
        ("data:text/html,x", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("", "does not say where"),
        ("http://[", "no address of the web|none of the web"),
        ("/loop", "more than 5 times"),
    ]


@pytest.mark.parametrize("hops", [0, 1, 4])
@pytest.mark.parametrize("number", range(len(chains(0))))
def test_a_redirect_that_leads_inside_is_not_followed(number, hops, server, monkeypatch):
    tried = connections(monkeypatch)
    names(monkeypatch, {"inside.example": ["10.0.0.1"]})
    to, told = chains(server.port)[number]
    for hop in range(hops):
        server.answers[f"/{hop}"] = redirect(f"/{hop + 1}", 301 + hop % 2)
    server.answers[f"/{hops}"] = answer(status=307, headers={"Location": to.encode().decode("latin-1")})
    server.answers["/loop"] = redirect("/loop")
    assert re.search(told, why(server.url("/0")))
    assert set(tried) == {("127.0.0.1", server.port)}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_five_redirects_are_followed_and_the_last_address_is_told(status, server, monkeypatch):
    names(monkeypatch, {"news.example": ["127.0.0.1"]})
    for hop in range(5):
        server.answers[f"/{hop}"] = redirect(f"{hop + 1}", status)
    server.answers["/4"] = redirect(server.url("/è", "news.example"), status)
    server.answers["/%C3%A8"] = page()
    assert get(server.url("/0")).url == server.url("/%C3%A8", "news.example")
    server.answers["/start"] = redirect("/0")
    assert "more than 5 times" in why(server.url("/start"))


def test_each_hop_is_looked_up_anew_and_checked(server, monkeypatch):
    looked_up = names(monkeypatch, {"news.example": ["127.0.0.1", "127.0.0.1", "169.254.169.254"]})
    server.answers["/a"] = redirect(server.url("/b", "news.example"))
    server.answers["/b"] = page()
    assert "not on the public web" in why(server.url("/a", "news.example"))
    assert looked_up == ["news.example"] * 3  # robots.txt, the page, where it leads
    assert server.paths == ["/robots.txt", "/a"]


def test_the_user_agent_says_where_to_find_who_made_it(monkeypatch):
    about = Message()
    about["Version"] = "2.0"
    about["Project-URL"] = "Repository, https://code.example/summarizer"
    monkeypatch.setattr(fetcher, "metadata", lambda _: about)
    assert fetcher._agent() == "summarizer-briefs/2.0 (+https://code.example/summarizer)"


def test_the_page_about_fetching_says_what_is_so(server):
    told = (Path(__file__).parents[2] / "docs/fetch.md").read_text(encoding="utf-8")
    server.answers["/a"] = page()
    (example,) = re.findall(r"```python\n(.*?)```", told, re.DOTALL)
    named = {}
    here = example.replace("https://news.example/a", server.url("/a")).replace("Limits(", 'Limits(["127.0.0.1"], ')
    exec(compile(here, "docs/fetch.md", "exec"), named)
    assert named["found"].url == server.url("/a")
    server.answers["/robots.txt"] = answer("User-agent: *\nDisallow: /")
    assert why(server.url("/a")).replace(server.url("/a"), "https://news.example/a") in told
    limits = Limits()
    for bound in (f"`fetch_apart_s` ({limits.apart_s:g} s)", f"`fetch_timeout_s` ({limits.timeout_s:g} s)", "50 MB"):
        assert bound in told
    assert limits.document_bytes == 50_000_000


# --- robots.txt


ASKED_NOT_TO = "robots.txt asks programs not to read this page; open it in a browser and save the page"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /private/", "/a", True),
        ("User-agent: *\nDisallow: /private/", "/private/a", False),
        ("User-agent: *\nDisallow: /*.html$", "/a.html", False),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: summarizer-briefs\nAllow: /", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Summarizer-Briefs\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a", "/a", False),
        ("<html>not found</html>", "/a", True),
        ("\x00\xff\n" * 1000, "/a", True),
        ("User-agent: *\nDisallow: /\n" + "# more\n" * 200_000, "/a", False),
    ],
)
def test_robots_txt_is_heeded(rules, path, allowed, server):
    server.answers["/robots.txt"] = answer(rules)
    server.answers[path] = page()
    if allowed:
        assert get(server.url(path)).data
        return
    assert ASKED_NOT_TO in why(server.url(path))
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (500, False)])
def test_without_a_robots_txt_all_is_allowed_and_without_an_answer_nothing(status, allowed, server):
    server.answers["/robots.txt"] = answer("User-agent: *\nDisallow: /", status)
    server.answers["/a"] = page()
    if allowed:
        assert get(server.url("/a")).data
    else:
        assert "nobody can tell now" in why(server.url("/a"))
        assert server.paths == ["/robots.txt"]


def test_rules_that_a_server_does_not_tell_are_not_asked_for_again_and_again(server):
    server.answers["/robots.txt"] = answer(status=500)
    shared, told = Fetcher(LOOPBACK), set()
    for path in ("/a", "/b", "/a"):
        with pytest.raises(ArticleError) as caught:
            shared.get(server.url(path))
        told.add(str(caught.value))
    assert server.paths == ["/robots.txt"]
    assert len(told) == 1  # so that a run tells it once for all of them


def test_robots_txt_is_asked_for_once_by_many_and_for_each_origin(server, monkeypatch):
    names(monkeypatch, {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
    server.answers["/robots.txt"] = redirect("/moved.txt")
    server.answers["/moved.txt"] = answer("User-agent: *\nDisallow: /private")
    server.answers["/a"] = page()
    shared = Fetcher(LOOPBACK)
    threads = [
        threading.Thread(target=shared.get, args=(server.url("/a", host),))
        for host in ["news.example", "other.example"] * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(server.paths) == ["/a"] * 8 + ["/moved.txt"] * 2 + ["/robots.txt"] * 2
    with pytest.raises(ArticleError, match=r"robots\.txt"):
        shared.get(server.url("/private", "news.example"))


# --- pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that only sleeping moves, so that nothing here waits; its sleeps are kept."""
    now, slept = [1_000.0], []

    def sleep(seconds):
        slept.append(round(seconds, 3))
        now[0] += seconds

    monkeypatch.setattr("summarizer.fetch.pace.time.monotonic", lambda: now[0])
    monkeypatch.setattr("summarizer.fetch.pace.time.sleep", sleep)
    return slept


def test_requests_to_a_host_are_apart_and_other_hosts_do_not_wait(clock):
    pace = Pace(2.0)
    for host in ("a", "b", "a", "a"):
        with pace.turn(host):
            pass
    assert clock == [2.0, 2.0]
    pace.pause("b", 30)
    pace.slow_down("b", 5)
    with pace.turn("b"):
        pass
    with pace.turn("b"):
        pass
    assert clock == [2.0, 2.0, 30, 5]


def test_a_host_has_one_request_at_a_time(server):
    under_way, most = [], []

    def slowly(line):
        under_way.append(1)
        most.append(len(under_way))
        time.sleep(0.02)
        under_way.pop()
        line.sendall(page())

    server.answers["/a"] = slowly
    shared = Fetcher(LOOPBACK)
    threads = [threading.Thread(target=shared.get, args=(server.url("/a"),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1] * 6


def in_turn(*answers):
    """Give one answer after the other, the last one for good."""
    waiting = list(answers)
    return lambda line: line.sendall(waiting.pop(0) if len(waiting) > 1 else waiting[0])


def refusal(status=429, after="3"):
    return answer("slow down", status, {"Retry-After": after})


def test_a_server_that_asks_for_a_pause_gets_it(server, clock):
    server.answers["/a"] = in_turn(refusal(), refusal(503, "7"), page())
    assert get(server.url("/a")).data
    assert clock == [3, 7]
    assert server.paths.count("/a") == 3


def test_a_pause_may_be_asked_for_by_a_date(server, clock):
    server.answers["/a"] = in_turn(refusal(after=formatdate(time.time() + 20, usegmt=True)), page())
    assert get(server.url("/a")).data
    assert len(clock) == 1
    assert 0 < clock[0] <= 20


@pytest.mark.parametrize(
    ("given", "told", "times"),
    [
        (refusal(), "no answer now (429); try again in 3 s", 3),
        (refusal(after="3600"), "try again in 3,600 s", 1),
        (refusal(after="9" * 400), "try again later", 1),
        (refusal(after="soon"), "try again later", 1),
        (refusal(after="²"), "try again later", 1),
        (answer(status=503), "try again later", 1),
        (answer(status=500), "no answer now (500)", 1),
    ],
)
def test_a_server_that_has_no_answer_is_not_asked_for_ever(given, told, times, server, clock):
    server.answers["/a"] = given
    assert told in why(server.url("/a"))
    assert server.paths.count("/a") == times
    assert sum(clock) <= 60


def test_servers_that_ask_for_pauses_at_each_step_are_given_up(server, clock):
    for hop in range(5):
        server.answers[f"/{hop}"] = in_turn(refusal(after="50"), redirect(f"/{hop + 1}"))
    server.answers["/5"] = page()
    assert "no answer now (429)" in why(server.url("/0"))
    assert sum(clock) <= 180


def test_a_crawl_delay_is_kept_up_to_a_minute(server, clock):
    server.answers["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 86400")
    server.answers["/a"] = page()
    shared = Fetcher(LOOPBACK)
    shared.get(server.url("/a"))
    shared.get(server.url("/a"))
    assert clock == [60]


# --- statuses and kinds


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (404, "there is no such page (404); check the address"),
        (410, "no such page"),
        (401, "does not give this page to programs (401); open it in a browser"),
        (403, "does not give this page to programs"),
        (451, "does not give this page"),
        (204, "gives no page (204)"),
        (206, "gives no page (206)"),
        (300, "gives no page (300)"),
        (418, "gives no page (418)"),
        (599, "no answer now (599)"),
    ],
)
def test_a_status_is_told_in_words(status, told, server):
    server.answers["/a"] = answer(PAGE, status, HTML)
    assert told in why(server.url("/a"))


@pytest.mark.parametrize(
    "kind",
    [
        "text/html", "TEXT/HTML ; charset=utf-8", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/rss+xml",
        "application/atom+xml", "application/xml", "text/xml", "",
    ],
)  # fmt: skip
def test_texts_documents_and_feeds_are_taken(kind, server):
    server.answers["/a"] = answer(PAGE, headers={"Content-Type": kind} if kind else {})
    assert get(server.url("/a")).data == PAGE.encode()


@pytest.mark.parametrize(
    "kind",
    ["image/png", "video/mp4", "application/zip", "application/octet-stream", "application/json", "text/css",
     "application/javascript", "multipart/x-mixed-replace", "text/html2", "x/\x1b[31m"],
)  # fmt: skip
def test_other_kinds_are_refused_by_their_names_and_unread(kind, server):
    server.answers["/a"] = lambda line: (
        line.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()) or time.sleep(0.1)
    )
    told = why(server.url("/a"))
    assert "\x1b" not in told
    assert "is no text but" in told or "none that a browser could read" in told
    assert kind.isprintable() <= (kind in told)


# --- bounds


SMALL = Limits(allow=["127.0.0.1"], apart_s=0, timeout_s=20, text_bytes=100_000)


def chunked(body, encoding=None):
    """Send a body in chunks of unknown number until nobody listens."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    head += f"Content-Encoding: {encoding}\r\n" if encoding else ""

    def send(line):
        line.sendall(f"{head}\r\n".encode())
        for piece in body:
            line.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        line.sendall(b"0\r\n\r\n")

    return send


def endless():
    while True:
        yield b"x" * 10_000


def bomb(mebibytes, level=9):
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    for _ in range(mebibytes):
        yield packer.compress(b"\0" * 2**20) or b""
    yield packer.flush()


def full(pieces):
    return (piece for piece in pieces if piece)


BOMBS = {
    "said to be large": answer(headers={**HTML, "Content-Length": "999999999999"}),
    "large": answer(b"x" * 200_000, headers=HTML),
    "endless": chunked(endless()),
    "unpacked": chunked(full(bomb(256)), "gzip"),
    "unpacked as an old name": chunked(full(bomb(64)), "x-gzip"),
    "many members": answer(gzip.compress(b"a" * 1_000) * 300, headers={**HTML, "Content-Encoding": "gzip"}),
    "packed twice": answer(gzip.compress(gzip.compress(b"a")), headers={**HTML, "Content-Encoding": "gzip, gzip"}),
    "packed in another way": answer(b"\x1b\x00", headers={**HTML, "Content-Encoding": "br"}),
    "packed in a newer way": answer(b"\x28\xb5\x2f\xfd", headers={**HTML, "Content-Encoding": "zstd"}),
    "damaged": answer(gzip.compress(b"a" * 1_000)[:-300] + b"x" * 300, headers={**HTML, "Content-Encoding": "gzip"}),
    "cut short": answer(gzip.compress(PAGE.encode())[:-20], headers={**HTML, "Content-Encoding": "gzip"}),
    "long heads": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2_000_000,
    "many heads": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 400_000 + b"\r\n",
    "no http": b"\x00\x01\x02" * 1_000,
    "less than said": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nabc",
    "nothing": b"",
    "a wrong chunk": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_and_is_told(name, server):
    import tracemalloc

    server.answers["/a"] = BOMBS[name]
    fetching = Fetcher(SMALL)
    tracemalloc.start()
    try:
        with pytest.raises(ArticleError) as caught:
            fetching.get(server.url("/a"))
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    told = (
        "larger than 100,000 bytes",
        "packs its answer as",
        "packed answer is",
        "cut short or is none",
        "no connection",
    )
    assert any(words in str(caught.value) for words in told)
    assert held < 12_000_000  # the server's own bytes are among them


def test_a_packed_page_is_unpacked_also_in_several_members_and_one_byte_at_a_time(server):
    packed = gzip.compress(PAGE.encode()[:50]) + gzip.compress(PAGE.encode()[50:])
    server.answers["/a"] = chunked((packed[at : at + 1] for at in range(len(packed))), "gzip")
    assert get(server.url("/a")).data == PAGE.encode()
    whole = b"a" * 99_999
    server.answers["/b"] = answer(gzip.compress(whole), headers={**HTML, "Content-Encoding": "GZIP"})
    assert get(server.url("/b"), SMALL).data == whole


def test_what_is_exactly_as_large_as_allowed_is_taken(server):
    server.answers["/a"] = answer(b"x" * 100_000, headers=HTML)
    server.answers["/b"] = answer(b"x" * 100_001, headers=HTML)
    assert len(get(server.url("/a"), SMALL).data) == 100_000
    assert "larger than 100,000 bytes" in why(server.url("/b"), SMALL)


def drip(head: bytes):
    def send(line):
        line.sendall(head)
        for _ in range(600):
            line.sendall(b"x")
            time.sleep(0.05)

    return send


@pytest.mark.parametrize(
    "head",
    [
        b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1;",
    ],
)  # fmt: skip
def test_a_server_that_answers_a_byte_at_a_time_is_given_up_at_the_deadline(head, server):
    server.answers["/robots.txt"] = page("")
    server.answers["/a"] = drip(head)
    began = time.monotonic()
    assert "0.5 s were not enough" in why(server.url("/a"), Limits(["127.0.0.1"], timeout_s=0.5, apart_s=0))
    assert time.monotonic() - began < 15  # it would drip for half a minute


def test_a_server_that_tells_for_ever_that_it_goes_on_is_given_up(server):
    def going_on(line):
        while True:
            line.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")

    server.answers["/a"] = going_on
    assert "0.5 s were not enough" in why(server.url("/a"), Limits(["127.0.0.1"], timeout_s=0.5, apart_s=0))


# --- TLS


@pytest.fixture
def certified(tmp_path):
    """A server for news.example with a certificate that nobody but this test trusts, and where that is."""
    tool = shutil.which("openssl")
    if tool is None:
        pytest.skip("makes a certificate with openssl")
    certificate, secret = tmp_path / "certificate.pem", tmp_path / "secret.pem"
    made = [tool, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=news.example", "-days", "2",
            "-addext", "subjectAltName=DNS:news.example", "-out", str(certificate), "-keyout", str(secret)]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    wanted: list[str] = []
    context.sni_callback = lambda _, name, __: wanted.append(name)
    with web(lambda line: context.wrap_socket(line, server_side=True)) as server:
        yield server, certificate, wanted


@pytest.fixture
def _trust_anew():
    from summarizer.fetch import connection

    connection._trusting.cache_clear()
    yield
    connection._trusting.cache_clear()


@pytest.mark.usefixtures("_trust_anew")
def test_the_name_is_what_the_certificate_is_for_and_the_address_what_is_connected_to(certified, monkeypatch):
    server, certificate, wanted = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names(monkeypatch, {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
    server.answers["/a"] = page()
    server.answers["/down"] = redirect(f"http://news.example:{server.port}/a")
    assert get(f"https://news.example:{server.port}/a").url == f"https://news.example:{server.port}/a"
    assert wanted == ["news.example"] * 2
    assert {asked.headers["host"] for asked in server.asked} == {f"news.example:{server.port}"}
    assert "leads from https to http" in why(f"https://news.example:{server.port}/down")
    assert "certificate is not good" in why(f"https://other.example:{server.port}/a")


@pytest.mark.usefixtures("_trust_anew")
def test_a_certificate_that_nobody_trusts_is_refused(certified, monkeypatch):
    server, _, _ = certified
    names(monkeypatch, {"news.example": ["127.0.0.1"]})
    assert "certificate is not good" in why(f"https://news.example:{server.port}/a")
    assert server.asked == []


def test_a_server_that_speaks_no_tls_is_told(monkeypatch):
    names(monkeypatch, {"news.example": ["127.0.0.1"]})

    def at_once(line):
        line.sendall(answer(status=400))
        return line

    with web(at_once) as plain:
        assert "does not speak TLS" in why(f"https://news.example:{plain.port}/a")


# --- what is missing


def test_a_server_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert "no connection" in why(f"http://127.0.0.1:{port}/a")


def test_a_name_that_nobody_knows_is_told(monkeypatch):
    names(monkeypatch, {})
    assert "no host of this name" in why("http://nowhere.example/a")


def test_what_is_not_installed_is_told_with_how_to_install_it(monkeypatch):
    monkeypatch.setattr(fetcher.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'summarizer-briefs\[fetch\]'"):
        Fetcher(LOOPBACK)
