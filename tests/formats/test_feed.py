"""Feeds of three kinds: an article for each entry, teasers told, and no bomb that goes off."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article.reading import load_piece
from summarizer.errors import ArticleError
from summarizer.formats import feed
from summarizer.formats.piece import Limits, Piece

BODY = (
    "<p>The Turin chamber opened an office in Shanghai on Monday.</p><p>“It is a big step,” said Mario Rossi.</p>"
    "<ul><li>twelve staff</li><li>one street</li></ul>"
)
READ = (
    "The Turin chamber opened an office in Shanghai on Monday.\n\n“It is a big step,” said Mario Rossi.\n\n"
    "twelve staff\n\none street"
)
ESCAPED = BODY.replace("<", "&lt;").replace(">", "&gt;")
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Il Corriere &amp; Co</title><link>https://example.org/</link>
<item><title>Office &lt;b&gt;opens&lt;/b&gt;</title><media:title>no</media:title><link>/2024/03/office</link>
<dc:creator>Anna Bianchi</dc:creator><pubDate>Mon, 04 Mar 2024 10:30:00 +0100</pubDate>
<description>The beginning […]</description><content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>A teaser</title><link>https://example.org/b</link><author>b@example.org (Bob Rossi)</author>
<description>The chamber of Milan has opened an office in Rome, too […]</description></item>
<item><title>Nothing</title><guid>https://example.org/c</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/"><title type="text">Wire</title>
<entry><title>Office opens</title><link rel="self" href="x"/><link href="2024/office"/><author><name>Anna Bianchi</name>
</author><published>2024-03-04T10:30:00+01:00</published><updated>2025-01-01T00:00:00Z</updated>
<summary>Short</summary><content type="html">{ESCAPED}</content></entry>
<entry><title>In elements</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content>
</entry><entry><title>Plain</title><content type="text">5 &lt; 6, said the teacher of arithmetic.</content></entry></feed>"""
RDF = """<?xml version="1.0" encoding="gb2312"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>新华网</title></channel>
<item><title>办事处开业</title><link>https://example.cn/1</link><dc:date>2024-03-04</dc:date>
<description>都灵商会4日在上海设立办事处。</description></item></rdf:RDF>"""


def pieces(data: str | bytes) -> list[Piece]:
    return list(feed.pieces(data.encode() if isinstance(data, str) else data, "f.xml", Limits()))


def text(piece: Piece) -> str:
    return load_piece(piece, "f.xml").text


def test_rss_with_whole_articles_teasers_and_headlines():
    whole, teaser, nothing = pieces(RSS)
    assert text(whole) == READ
    assert (whole.name, whole.stem, whole.known.title) == ("#1", "Office-opens", "Office opens")
    assert (whole.known.outlet, whole.known.author) == ("Il Corriere & Co", "Anna Bianchi")
    assert (whole.known.published, whole.known.url) == (
        "2024-03-04T10:30:00+01:00",
        "https://example.org/2024/03/office",
    )
    assert not whole.known.findings
    assert text(teaser).startswith("The chamber of Milan")
    assert teaser.known.author == "Bob Rossi"
    (told,) = teaser.known.findings
    assert (told.code, told.message[-21:]) == ("article.extraction", "https://example.org/b")
    assert isinstance(nothing.problem, ArticleError)
    assert nothing.known.url == "https://example.org/c"


def test_atom_in_its_three_types():
    first, elements, plain = pieces(ATOM)
    assert text(first) == text(elements) == READ
    assert (first.known.url, first.known.published) == (
        "https://example.org/2024/office",
        "2024-03-04T10:30:00+01:00",
    )
    assert (first.known.author, first.known.outlet) == ("Anna Bianchi", "Wire")
    assert text(plain) == "5 < 6, said the teacher of arithmetic."


def test_rdf_in_its_own_encoding():
    (piece,) = pieces(RDF.encode("gb2312"))
    assert text(piece) == "都灵商会4日在上海设立办事处。"
    assert (piece.known.title, piece.known.published) == ("办事处开业", "2024-03-04")


def test_a_link_that_is_no_address_is_left_out():
    for link in ("http://[::1", "//[x", "javascript:alert(1)"):
        assert pieces(RSS.replace("/2024/03/office", link))[0].known.url is None
    assert pieces(RSS.replace("https://example.org/", "http://[", 1))[0].known.url is None


def test_a_broken_feed_is_read_as_far_as_it_goes():
    broken = RSS.replace("Il Corriere &amp; Co", "Caff&egrave; & latte &nbsp;").replace("</channel></rss>", "")
    assert text(pieces(broken)[0]) == READ
    assert pieces(broken)[0].known.outlet in {"Caffè & latte", "Caffè latte"}
    with pytest.raises(ArticleError, match="no entries"):
        pieces("<rss version='2.0'><channel/></rss>")


def item(text: str) -> str:
    return (
        f"<rss version='2.0'><channel><item><title>t</title><description>{text}</description></item></channel></rss>"
    )


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "bomb",
    [
        f"<?xml version='1.0'?><!DOCTYPE r [{LAUGHS}]>" + item("A text of some length. &l9;"),
        f"<!DOCTYPE r [<!ENTITY a '{'x' * 100_000}'>]>" + item("A text of some length. " + "&a;" * 20_000),
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + item("A text of some length. [&a;]"),
        "<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd'>" + item("A text of some length."),
        item("<a>" * 300_000),
        item(f"<![CDATA[{'<div>' * 100_000}Some text]]>"),
        item(f"<![CDATA[{'<!--' * 100_000}Some text]]>"),
        item(f"<![CDATA[{'&' * 500_000}Some text]]>"),
        item(f"<![CDATA[{'<' * 500_000}Some text]]>"),
        "<!DOCTYPE r [" + "<!ENTITY " * 100_000 + "]>" + item("A text of some length."),
        "<!DOCTYPE r [" * 50_000 + item("A text of some length."),
    ],
    ids=range(11),
)
def test_bombs_do_no_harm(bomb):
    start = time.process_time()
    with suppress(ArticleError):
        for piece in pieces(bomb):
            assert "root:" not in piece.text
            assert len(piece.text) < 1_000_000
            if piece.problem is None:
                text(piece)
    assert time.process_time() - start < 20


def test_entries_beyond_the_limit_are_told():
    many = "<rss version='2.0'><channel>" + "<item><title>x</title></item>" * 5 + "</channel></rss>"
    found = list(feed.pieces(many.encode(), "f.xml", Limits(entries=3)))
    assert len(found) == 4
    assert "5 entries" in str(found[-1].problem)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(0, 2500))
def test_any_feed_is_read_or_refused(noise, at):
    found: list[Piece] = []
    with suppress(ArticleError):
        found = pieces(RSS[:at] + noise + RSS[at:])
    assert all(piece.problem is not None or piece.text.strip() for piece in found)


def test_an_entry_without_a_link_has_no_address():
    found = pieces(RSS.replace("<link>https://example.org/b</link>", "<link> </link>"))
    assert found[1].known.url is None
