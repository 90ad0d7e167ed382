"""Where a request may go: forbidden addresses in every spelling, names that lead there, and what is allowed."""

import ipaddress
import socket

import pytest

from summarizer.errors import ArticleError, ConfigurationError
from summarizer.fetch import Address, Fetcher, Limits
from summarizer.fetch.guard import Guard
from tests.support.web import connections, names, page, web

#: One address at least of each block that nobody publishes in.
SPECIAL_4 = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.254",
    "127.0.0.1", "127.0.1.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1",
    "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
SPECIAL_6 = (
    "::", "::1", "::2", "100::1", "2001:2::1", "2001:10::1", "2001:db8::1", "3fff::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fd12:3456:789a::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "64:ff9b:1::7f00:1",
    "4000::1", "e000::1",
)  # fmt: skip
#: Addresses of machines that one must not reach, each to be spelled in every way that some system understands.
INSIDE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1")


def spellings(address: str) -> list[str]:
    """Other ways to write an IPv4 address as a host."""
    a, b, c, d = (int(part) for part in address.split("."))
    whole = (a << 24) | (b << 16) | (c << 8) | d
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    high, low = f"{(a << 8) | b:x}", f"{(c << 8) | d:x}"
    return [
        f"{whole}", f"0x{whole:x}", f"0X{whole:08X}", f"0{whole:o}", f"{a}.{(b << 16) | (c << 8) | d}",
        f"{a}.{b}.{(c << 8) | d}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a:03}.{b:03}.{c:03}.{d:03}", f"{a}.{b}.{c}.0x{d:x}", f"{address}.", address.translate(wide),
        address.replace(".", "。"), address.replace(".", "%2e"), f"%31{address[1:]}", f"{address}%00.example.org",
        f"[::ffff:{address}]", f"[::ffff:{high}:{low}]", f"[::{address}]", f"[64:ff9b::{address}]",
        f"[64:ff9b:1::{address}]", f"[2002:{high}:{low}::1]", f"[2001:0:{high}:{low}::1]", f"[::ffff:0:{address}]",
        f"[2001:0:808:808::{0xFFFF ^ int(high, 16):x}:{0xFFFF ^ int(low, 16):x}]", f"reader@{address}",
        f"news.example@{address}", f"news.example:80@{address}", f"news.example\\@{address}",
        f"{address}\\.news.example", f"{address}\t", f"{address}:0", f"{address}:99999",
    ]  # fmt: skip


#: IPv6 addresses with a public IPv4 address inside, and other oddities.
ODD = (
    "[::ffff:93.184.216.34]", "[64:ff9b::93.184.216.34]", "[2002:5db8:d822::1]", "[2001:0:5db8:d822::1]",
    "[::93.184.216.34]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[::1%25lo]", "[2606:4700::1%251]", "[v1.a]", "[::1",
    "[127.0.0.1]", "0x", "0", "1", "127", "127.1", "1.1.1", "1.2.3.4.5", "256.256.256.256", "93.184.216.34.",
    "９３.184.216.34", "0x5db8d822", "1572395042", "093.184.216.34", "a..example", "-a.example", "a b.example", "",
    ".", "..", "a" * 64 + ".example", "xn--a.example\u2024", "a\u2100b.example", "ex\u00admple..org",
    "user@news.example", ":pass@news.example", "news.example:port", "news.example:-1", "news.example:65536",
)  # fmt: skip
FORBIDDEN = {
    *SPECIAL_4, *(f"[{each}]" for each in SPECIAL_6), *(way for each in INSIDE for way in spellings(each)), *ODD
}  # fmt: skip


def test_there_are_enough_of_them():
    assert len(FORBIDDEN) >= 150


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_forbidden_address_is_connected_to_or_looked_up(scheme, monkeypatch):
    tried, looked_up = connections(monkeypatch), names(monkeypatch, {})
    fetcher = Fetcher(Limits(apart_s=0))
    for host in sorted(FORBIDDEN):
        with pytest.raises(ArticleError):
            fetcher.get(f"{scheme}://{host}/article")
    assert tried == []
    assert looked_up == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://news.example/a", "gopher://127.0.0.1:70/_x", "dict://127.0.0.1/", "news.example/a",
        "data:text/html,<p>x", "javascript:alert(1)", "//127.0.0.1/", "ws://news.example/", "http:127.0.0.1", "http:///a",
        "https://", "http://news.example/a\r\nHost: x", "http://news.example/\x00", "http://" + "a" * 5_000,
        "unix:///var/run/docker.sock", "http://?@127.0.0.1/", "http://#@127.0.0.1/", "\ud800", "http://news.example/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked_for(url, monkeypatch):
    tried, looked_up = connections(monkeypatch), names(monkeypatch, {})
    with pytest.raises(ArticleError):
        Fetcher(Limits()).get(url)
    assert (tried, looked_up) == ([], [])


@pytest.mark.parametrize(
    "address", [*SPECIAL_4, *SPECIAL_6, "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:808:808::1"]
)
def test_a_name_that_leads_to_a_forbidden_address_is_not_connected_to(address, monkeypatch):
    tried = connections(monkeypatch)
    looked_up = names(monkeypatch, {"news.example": [address], "both.example": [f"93.184.216.34 {address}"]})
    for host in ("news.example", "both.example"):
        with pytest.raises(ArticleError, match="not on the public web"):
            Fetcher(Limits()).get(f"http://{host}/")
    assert tried == []
    assert looked_up == ["news.example", "both.example"]


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::6810:84e5", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"]
)
def test_a_name_that_leads_to_the_public_web_is_connected_to(address, monkeypatch):
    tried = connections(monkeypatch)
    names(monkeypatch, {"news.example": [address]})
    with pytest.raises(ArticleError, match="no connection"):
        Fetcher(Limits()).get("http://news.example/")
    assert [ipaddress.ip_address(place[0]) for place in tried] == [ipaddress.ip_address(address)]


@pytest.mark.parametrize(
    "url", ["http://me:hunter2@news.example/", "ftp://me:hunter2@h/", "http://me:hunter2@h@127.0.0.1/\n"]
)
def test_no_message_has_a_password(url):
    with pytest.raises(ArticleError) as caught:
        Address.parse(url)
    assert "hunter2" not in str(caught.value)


def test_a_name_that_leads_elsewhere_the_second_time_is_not_followed_there(monkeypatch):
    """DNS rebinding: whatever a look-up says is checked, and each connection goes where its own look-up led."""
    with web() as server:
        server.answers["/a"] = page("the inside")
        tried = connections(monkeypatch)
        looked_up = names(monkeypatch, {"news.example": ["93.184.216.34", "127.0.0.1"]})
        with pytest.raises(ArticleError, match="no connection"):
            Fetcher(Limits()).get("http://news.example/a")
        assert tried == [("93.184.216.34", 80)]
        assert looked_up == ["news.example"]
        with pytest.raises(ArticleError, match="not on the public web"):
            Fetcher(Limits()).get("http://news.example/a")
        assert tried == [("93.184.216.34", 80)]
        assert server.asked == []


def test_a_connection_that_ends_elsewhere_than_where_it_was_made_to_is_closed_unused(monkeypatch):
    """A proxy or firewall on the way may bend a connection: the peer is looked at before anything is sent."""
    with web() as server:
        names(monkeypatch, {"news.example": ["93.184.216.34"]})
        real = socket.socket.connect
        monkeypatch.setattr(socket.socket, "connect", lambda self, _: real(self, ("127.0.0.1", server.port)))
        with pytest.raises(ArticleError, match="led elsewhere"):
            Fetcher(Limits()).get("http://news.example/a")
        assert server.asked == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    with web() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        tried = connections(monkeypatch)
        names(monkeypatch, {"news.example": ["93.184.216.34"]})
        with pytest.raises(ArticleError):
            Fetcher(Limits()).get("http://news.example/a")
        assert tried == [("93.184.216.34", 80)]
        assert proxy.asked == []


def test_a_name_that_takes_too_long_to_look_up_is_given_up(monkeypatch):
    import threading

    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: over.wait(30) and [])
    with pytest.raises(ArticleError, match=r"0\.2 s were not enough"):
        Fetcher(Limits(timeout_s=0.2)).get("http://news.example/a")
    over.set()


@pytest.mark.parametrize(
    ("allow", "host", "leads", "reached"),
    [
        ("intranet.example", "intranet.example", "10.1.2.3", True),
        ("intranet.example", "intranet.example", "fd00::5", True),
        ("intranet.example", "intranet.example", "169.254.169.254", False),
        ("intranet.example", "intranet.example", "0.0.0.0", False),
        ("intranet.example", "www.intranet.example", "10.1.2.3", False),
        ("Intranet.Example.", "intranet.example", "10.1.2.3", True),
        ("10.1.0.0/16", "intranet.example", "10.1.2.3", True),
        ("10.1.0.0/16", "intranet.example", "10.2.2.3", False),
        ("10.1.0.0/16", "intranet.example", "10.1.2.3 10.2.2.3", False),
        ("10.1.2.3", "10.1.2.3", "", True),
        ("10.1.2.3", "[::ffff:10.1.2.3]", "", False),
        ("fd00::/8", "[fd00::5]", "", True),
    ],
)
def test_what_is_allowed_is_reached_on_any_port_and_nothing_beside_it(allow, host, leads, reached, monkeypatch):
    tried = connections(monkeypatch)
    names(monkeypatch, {host: [leads]} if leads else {})
    with pytest.raises(ArticleError, match="no connection" if reached else "not on the public web"):
        Fetcher(Limits(allow=[allow])).get(f"http://{host}:8080/")
    assert bool(tried) == reached


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_the_public_web_is_read_from_its_own_ports(port, monkeypatch):
    tried = connections(monkeypatch)
    names(monkeypatch, {"news.example": ["93.184.216.34"]})
    with pytest.raises(ArticleError, match="ports of the web"):
        Fetcher(Limits()).get(f"http://news.example:{port}/")
    assert tried == []


@pytest.mark.parametrize(
    "entry", ["", "a b", "http://intranet.example", "64:ff9b::/96", "10.0.0.0/99", "127.1", "a@b"]
)
def test_what_cannot_be_allowed_is_told_before_anything_is_fetched(entry):
    with pytest.raises(ConfigurationError, match="fetch_allow"):
        Guard([entry])


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("HTTP://News.Example:80/a/../b?q=1#part", "http://news.example/a/../b?q=1"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example.:8443/è?q=à b", "https://news.example:8443/%C3%A8?q=%C3%A0%20b"),
        ("https://中国.example/新闻", "https://xn--fiqs8s.example/%E6%96%B0%E9%97%BB"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://news.example/a%2Fb\\c", "http://news.example/a%2Fb%5Cc"),
        ("http://[2606:4700:0:0::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("  https://news.example/a ", "https://news.example/a"),
    ],
)
def test_an_address_has_one_spelling(given, read):
    assert Address.parse(given).url == read
    assert Address.parse(read).url == read
