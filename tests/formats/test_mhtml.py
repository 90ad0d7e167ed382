"""Pages that a browser saved whole: the page with its address, whatever stands beside it."""

import quopri

import pytest

from summarizer.article import load_bytes
from summarizer.errors import ArticleError
from summarizer.formats import mhtml
from summarizer.formats.piece import Limits

PAGE = (
    "<!DOCTYPE html><html><head><title>Caffè</title></head><body><article><h1>Office opens</h1><p>The Turin chamber "
    "opened an office in Shanghai on Monday, its president said.</p><p>“È un passo,” said Mario Rossi to us.</p>"
    "</article></body></html>"
)
TEXT = (
    "The Turin chamber opened an office in Shanghai on Monday, its president said.\n\n“È un passo,” said Mario Rossi "
    "to us."
)
HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/2024/office
Subject: =?utf-8?Q?Office=20opens?=
Date: Tue, 5 Mar 2024 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

"""


def saved(
    page: bytes, charset: str = "", location: str = "https://example.org/2024/office", head: str = HEAD
) -> bytes:
    advert = (
        b"------B\nContent-Type: text/html\nContent-Location: cid:ad\n\n<p>An advertisement of some length.</p>\n"
    )
    own = f"------B\nContent-Type: text/html{charset}\nContent-Transfer-Encoding: quoted-printable\n"
    own += f"Content-Location: {location}\n\n"
    picture = b"\n------B\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n------B--\n"
    return head.encode() + advert + own.encode() + quopri.encodestring(page) + picture


@pytest.mark.parametrize(
    ("charset", "codec"), [("; charset=utf-8", "utf-8"), ("", "utf-8"), ("; charset=utf-16le", "utf-16-le")]
)
def test_the_page_is_the_article_with_its_address(charset, codec):
    article = load_bytes(saved(PAGE.encode(codec), charset), "page.mhtml")
    assert (article.text, article.title) == (TEXT, "Office opens")
    assert article.url == "https://example.org/2024/office"
    assert article.published is None  # the day on which it was saved is none


def test_a_page_in_chinese_bytes():
    page = '<html><head><meta charset="gb2312"></head><body><p>都灵商会4日在上海设立办事处。</p></body></html>'
    assert load_bytes(saved(page.encode("gb2312")), "p.mht").text == "都灵商会4日在上海设立办事处。"


def test_the_start_that_the_file_names_is_the_page():
    head = HEAD.replace('type="text/html"', 'type="text/html"; start="<main@x>"')
    data = saved(PAGE.encode(), head=head).replace(
        b"Content-Location: https://example.org/2024/office\n\n<!", b"Content-ID: <main@x>\n\n<!"
    )
    (piece,) = mhtml.pieces(data, "p.mht", Limits())
    assert "Office opens" in piece.text


def test_without_a_page_it_is_refused():
    with pytest.raises(ArticleError, match="no page in this file"):
        list(mhtml.pieces(HEAD.encode() + b"------B\nContent-Type: image/png\n\nx\n------B--", "p.mht", Limits()))
