"""The review server over real sockets: what it shows and saves, and whom and what it turns away."""

import errno
import http.client
import json
import os
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from summarizer.digest import Digest
from summarizer.errors import ArticleError, ConfigurationError
from summarizer.render import json as as_json
from summarizer.review.files import Shelf
from summarizer.review.server import MAX_BODY_BYTES, Review
from tests.digest.test_audit import published

HEADLINE = "Trieste's port handled 62 million tonnes of goods in 2023."


@dataclass
class Open:
    """A review under way, asked as a browser asks."""

    review: Review

    @property
    def port(self):
        return urlsplit(self.review.address).port

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, **headers):
        """Return status, headers and body of an answer; a header that is None is left out."""
        whole = {"Host": f"127.0.0.1:{self.port}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        if body is not None and "Content-Length" not in whole:
            whole["Content-Length"] = str(len(body))
        for name, value in whole.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        told = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return told

    def tab(self):
        """Open the page as a new tab does; return its path."""
        status, headers, _ = self.ask("GET", f"/{self.review.token}/")
        assert status == 303
        assert self.ask("GET", headers["Location"])[0] == 200
        return headers["Location"]

    def save(self, tab, body, **headers):
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        known = {"Origin": self.origin, "Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}
        status, _, told = self.ask("POST", f"{tab}save", text, **{**known, **headers})
        return status, json.loads(told)


def page(digests):
    """A page in place of the product's own, which has tests of its own."""
    return "<!doctype html><title>review</title>" + "".join(f"<p>{d.summary.headline}</p>" for d in digests)


@contextmanager
def reviewing(*sources, tell=lambda _: None, reviewer="Ada"):
    review = Review(Shelf([str(s) for s in sources], tell), page, reviewer)
    thread = threading.Thread(target=review.serve)
    thread.start()
    try:
        yield Open(review)
    finally:
        review.stop()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def kept(tmp_path):
    """A folder with two digests."""
    folder = tmp_path / "out"
    folder.mkdir()
    for language in ("en", "it"):
        (folder / f"{language}.json").write_text(as_json(published(language)), encoding="utf-8")
    return folder


@pytest.fixture
def opened(kept):
    with reviewing(kept) as under_way:
        yield under_way


def retitled(digest, after=HEADLINE):
    change = {"kind": "edit", "where": "/summary/headline", "before": digest.summary.headline, "after": after}
    return {"digest": digest.article.id, "changes": [change]}


def test_a_correction_is_written_back_and_the_file_is_kept_once_as_it_was(kept, opened):
    before = (kept / "en.json").read_bytes()
    tab = opened.tab()
    status, told = opened.save(tab, retitled(published("en")))
    assert (status, told["ok"]) == (200, True), told
    written = Digest.model_validate_json((kept / "en.json").read_bytes())
    assert written.model_dump(mode="json") == told["digest"]
    assert (written.summary.headline, written.review.reviewer) == (HEADLINE, "Ada")
    assert (kept / "en.orig.json").read_bytes() == before
    # the same tab goes on; what was first stays what is kept
    assert opened.save(tab, retitled(written, published("en").summary.headline))[0] == 200
    assert (kept / "en.orig.json").read_bytes() == before
    assert sorted(p.name for p in kept.iterdir()) == ["en.json", "en.orig.json", "it.json"]
    assert opened.review.shelf.saved == (kept / "en.json",)


def test_a_line_that_would_break_a_promise_is_answered_at_its_line_and_nothing_is_written(kept, opened):
    before = (kept / "en.json").read_bytes()
    status, told = opened.save(opened.tab(), retitled(published("en"), "Trieste handled 64 million tonnes in 2023."))
    assert (status, told["ok"], told["digest"]) == (422, False, None)
    # the brief's line has the old figure still
    places = {("/summary/headline", "error"), ("/briefs/0/headline/target", "error")}
    assert {(f["where"], f["severity"]) for f in told["findings"]} == places
    assert (kept / "en.json").read_bytes() == before
    assert not (kept / "en.orig.json").exists()


def test_of_two_tabs_the_later_one_is_told_and_writes_nothing(kept, opened):
    one, other = opened.tab(), opened.tab()
    assert opened.save(one, retitled(published("en")))[0] == 200
    after = (kept / "en.json").read_bytes()
    status, told = opened.save(other, retitled(published("en"), "Trieste handled goods in 2023."))
    assert (status, told["ok"]) == (409, False)
    assert "Ada saved this digest" in told["message"]
    assert told["digest"]["summary"]["headline"] == HEADLINE
    assert (kept / "en.json").read_bytes() == after
    # the other article is nobody's business
    assert (
        opened.save(other, retitled(published("it"), "Il porto di Trieste ha movimentato merci nel 2023."))[0] == 200
    )
    # having loaded the page anew, it may
    assert opened.ask("GET", other)[0] == 200
    written = Digest.model_validate_json(after)
    assert opened.save(other, retitled(written, published("en").summary.headline))[0] == 200


def test_of_many_saves_at_once_exactly_one_is_taken(kept, opened):
    tabs = [opened.tab() for _ in range(8)]
    statuses = []
    threads = [
        threading.Thread(target=lambda t=tab: statuses.append(opened.save(t, retitled(published("en")))[0]))
        for tab in tabs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(statuses) == [200] + [409] * 7
    assert len(Digest.model_validate_json((kept / "en.json").read_bytes()).review.changes) == 2


def test_a_file_that_another_program_changed_is_not_overwritten(kept, opened):
    tab = opened.tab()
    changed = published("en").model_copy(update={"quotes": ()})
    (kept / "en.json").write_text(as_json(changed), encoding="utf-8")
    assert opened.save(tab, retitled(published("en")))[0] == 409
    (kept / "en.json").unlink()
    status, told = opened.save(tab, retitled(published("en")))
    assert (status, told["ok"]) == (500, False)
    assert "en.json: there is no such file" in told["message"]
    assert b"Trieste ha" in opened.ask("GET", tab)[2]  # the others are still shown


def test_one_line_of_json_lines_is_replaced_and_no_other(tmp_path):
    path = tmp_path / "all.jsonl"
    rows = [as_json(published(language), lines=True) for language in ("en", "it", "zh")]
    path.write_text("".join(rows), encoding="utf-8")
    with reviewing(path) as under_way:
        tab = under_way.tab()
        assert (
            under_way.save(tab, retitled(published("it"), "Il porto di Trieste ha movimentato merci nel 2023."))[0]
            == 200
        )
        assert under_way.save(tab, retitled(published("en")))[0] == 200
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[2] == rows[2]
    assert [Digest.model_validate_json(line).review is not None for line in lines] == [True, True, False]
    assert (tmp_path / "all.orig.jsonl").read_text(encoding="utf-8") == "".join(rows)


@pytest.mark.parametrize(
    "host",
    [None, "", "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example",
     "127.0.0.1:{port}@evil.example", "[::1]:{port}", "0.0.0.0:{port}", "127.0.0.2:{port}", "LOCALHOST:{port}"],
)  # fmt: skip
def test_a_foreign_host_gets_nothing(host, kept, opened):
    tab, before = opened.tab(), (kept / "en.json").read_bytes()
    named = host.format(port=opened.port) if host is not None else None
    status, headers, body = opened.ask("GET", tab, Host=named)
    assert status == 403
    assert b"Trieste" not in body
    assert "Access-Control-Allow-Origin" not in headers
    assert opened.save(tab, retitled(published("en")), Host=named)[0] == 403
    assert (kept / "en.json").read_bytes() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None}, {"Origin": "null"}, {"Origin": "http://evil.example"}, {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1"}, {"Origin": "http://localhost:{port}"}, {"Origin": "http://127.0.0.1:{port}.evil.example"},
        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": ""},
    ],
)  # fmt: skip
def test_a_foreign_page_saves_nothing(headers, kept, opened):
    tab, before = opened.tab(), (kept / "en.json").read_bytes()
    given = {name: value and value.format(port=opened.port) for name, value in headers.items()}
    assert opened.save(tab, retitled(published("en")), **given)[0] == 403
    assert (kept / "en.json").read_bytes() == before


def test_localhost_is_this_machine_too(opened):
    name = f"localhost:{opened.port}"
    assert opened.save(opened.tab(), retitled(published("en")), Host=name, Origin=f"http://{name}")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/{token}", "/{token}x/", "/{other}/", "/{token}/../", "/{token}/../../etc/passwd", "/{token}/%2e%2e/en.json",
     "/{token}/en.json", "/{token}/{token}/../save", "http://127.0.0.1/{token}/", "/{token}/?a=/../..",
     "/{token}/..%2f..%2fetc%2fpasswd", "/{token}/\\..\\..", "/favicon.ico", "*"],
)  # fmt: skip
def test_there_is_nothing_beside_the_page(path, opened):
    status, _, body = opened.ask("GET", path.format(token=opened.review.token, other="A" * 32))
    assert status == 404
    assert b"Trieste" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "HEAD"])
def test_no_other_method_is_answered(method, opened):
    status, headers, _ = opened.ask(
        method, opened.tab(), **({"Origin": "http://evil.example"} if method == "OPTIONS" else {})
    )
    assert status == 501
    assert not [name for name in headers if name.lower().startswith("access-control")]


def test_a_page_is_not_posted_to_nor_corrections_asked_for(opened):
    tab = opened.tab()
    assert opened.ask("GET", f"{tab}save")[0] == 405
    assert opened.ask("POST", tab, b"{}", Origin=opened.origin, Content_Type="application/json")[0] == 405


MALFORMED = [
    b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"digest":' * 50_000, b"{}", b'{"digest": 1, "changes": []}',
    b'{"digest": "x", "changes": {}}', b'{"digest": "x", "changes": [1]}', b'{"digest": "x", "changes": [{"kind": "edit"}]}',
    b'{"digest": "x", "changes": [{"kind": "drop", "where": "/summary/headline"}]}',
    b'{"digest": "x", "changes": [{"kind": "edit", "where": "/a", "before": "\\ud800", "after": "b"}]}',
    b'{"digest": "x", "changes": [{"kind": "edit", "where": 7, "before": "a", "after": "b"}]}', b'{"digest": NaN, "changes": []}',
]  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: repr(body[:40]))
def test_what_is_no_correction_is_told_so(body, kept, opened):
    before = (kept / "en.json").read_bytes()
    status, told = opened.save(opened.tab(), body)
    assert (status, told["ok"]) == (400, False)
    assert told["message"].startswith("these are no corrections")
    assert (kept / "en.json").read_bytes() == before


@pytest.mark.parametrize(
    "where", ["/article/text", "/nowhere", "/summary/key_points/99/text", "/quotes/-1/text", "../../x"]
)
def test_an_unknown_place_is_refused_at_it(where, opened):
    change = {"kind": "edit", "where": where, "before": None, "after": "x"}
    status, told = opened.save(opened.tab(), {"digest": published("en").article.id, "changes": [change]})
    assert (status, [f["where"] for f in told["findings"]]) == (422, [where])


def test_an_unknown_digest_and_an_old_page_are_told_so(opened):
    assert opened.save(opened.tab(), {"digest": "../en.json", "changes": []})[0] == 500
    status, told = opened.save(f"/{opened.review.token}/{'A' * 32}/", retitled(published("en")))
    assert status == 410
    assert "load it anew" in told["message"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "text/plain"}, 415), ({"Content_Type": None}, 415), ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Length": None}, 411), ({"Content-Length": "-1"}, 411), ({"Content-Length": "1e9"}, 411),
        ({"Content-Length": str(MAX_BODY_BYTES + 1)}, 413), ({"Content-Length": "9" * 40}, 411),
    ],
)  # fmt: skip
def test_a_body_of_another_kind_or_size_is_not_read(headers, status, opened):
    tab = opened.tab()
    given = {"Origin": opened.origin, "Content_Type": "application/json", **headers}
    names = {name.replace("_", "-"): value for name, value in given.items()}
    lines = [
        f"POST {tab}save HTTP/1.1",
        f"Host: 127.0.0.1:{opened.port}",
        *(f"{k}: {v}" for k, v in names.items() if v),
    ]
    with socket.create_connection(("127.0.0.1", opened.port), timeout=20) as asking:
        asking.sendall("\r\n".join([*lines, "", ""]).encode())
        asking.shutdown(socket.SHUT_WR)
        assert f" {status} ".encode() in asking.makefile("rb").readline()


def test_a_body_that_is_too_large_is_answered_although_it_was_sent(opened):
    status, told = opened.save(opened.tab(), b" " * (MAX_BODY_BYTES + 1))
    assert (status, told["ok"]) == (413, False)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET " + b"a" * 70_000 + b"\r\n\r\n",
        b"\r\n",
        b"",
    ],
)
def test_what_is_no_http_neither_stops_the_server_nor_shows_anything(sent, opened):
    with socket.create_connection(("127.0.0.1", opened.port), timeout=20) as asking:
        asking.sendall(sent)
        asking.shutdown(socket.SHUT_WR)
        with asking.makefile("rb") as answer:
            assert b"Trieste" not in answer.read()
    assert opened.tab()


def test_the_page_and_the_answers_carry_strict_headers(opened):
    tab = opened.tab()
    _, shown, body = opened.ask("GET", tab)
    assert b"Trieste" in body
    assert shown["Content-Type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in shown["Content-Security-Policy"]
    _, answered, _ = opened.ask("GET", "/")
    for headers in (shown, answered):
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Server"] == "summarizer"
        assert not [name for name in headers if name.lower().startswith("access-control") or name == "Set-Cookie"]


def test_only_this_machine_is_listened_to_and_each_review_has_an_address_of_its_own(kept):
    with reviewing(kept) as one, reviewing(kept) as other:
        assert one.review.address.startswith("http://127.0.0.1:")
        assert one.review.token != other.review.token
        assert one.review._server.socket.getsockname()[0] == "127.0.0.1"
        with pytest.raises(ConfigurationError, match="cannot be used"):
            Review(Shelf([str(kept)], print), page, port=one.port)


@pytest.mark.parametrize("when", ["writing", "naming"])
def test_a_full_disk_is_told_and_nothing_is_half_written(when, kept, opened, monkeypatch):
    before = {p.name: p.read_bytes() for p in kept.iterdir()}
    tab = opened.tab()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync" if when == "writing" else "pathlib.Path.replace", full)
        status, told = opened.save(tab, retitled(published("en")))
    assert (status, told["ok"]) == (507, False)
    assert "the disk is full; make room" in told["message"]
    assert {p.name: p.read_bytes() for p in kept.iterdir()} == before
    assert opened.save(tab, retitled(published("en")))[0] == 200


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(tmp_path, kept):
    real = tmp_path / "real.json"
    real.write_text(as_json(published("zh")), encoding="utf-8")
    real.chmod(0o640)
    link = kept / "zh.json"
    link.symlink_to(real)
    text = published("zh").briefs[0].segments[2].source
    with reviewing(link) as under_way:
        body = retitled(published("zh"), text.replace("处理了", "共处理"))
        assert under_way.save(under_way.tab(), body)[1]["ok"]
    assert link.is_symlink()
    assert Digest.model_validate_json(real.read_bytes()).review
    assert real.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "real.orig.json").exists()


def test_what_is_no_digest_is_left_out_of_a_folder_and_told(kept):
    told = []
    (kept / "report.json").write_text('{"gold": 1}', encoding="utf-8")
    (kept / "copy.json").write_text(as_json(published("it")), encoding="utf-8")
    (kept / "en.orig.json").write_text(as_json(published("en")), encoding="utf-8")
    shelf = Shelf([str(kept)], told.append)
    assert len(shelf) == 2
    assert len(told) == 2
    assert "report.json: this is no digest" in " ".join(told)
    assert "the same article" in " ".join(told)
    with pytest.raises(ArticleError, match="no digest"):
        Shelf([str(kept / "report.json")], told.append)
    with pytest.raises(ArticleError, match="there is no such file"):
        Shelf([str(kept / "nowhere.json")], told.append)
    with pytest.raises(ArticleError, match="there are no digests"):
        Shelf([str(kept.parent / "empty")], told.append) if (kept.parent / "empty").mkdir() is None else None
