"""One article as a page, a mail of three forms, a saved page and a feed's entry: the same sentences each time."""

import email.policy
import html
from email.message import EmailMessage
from pathlib import Path

import pytest

from summarizer.article import Article, load_bytes

PAGES = Path(__file__).resolve().parents[1] / "data/pages"
SMTP = email.policy.SMTP


def sentences(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences]


def mailed(plain: str, page: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "A <a@example.org>", "S"
    message.set_content(plain)
    message.add_alternative(page, subtype="html")
    return message.as_bytes(policy=SMTP)


def saved(page: str) -> bytes:
    message, part = EmailMessage(), EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "S"
    message["Snapshot-Content-Location"] = part["Content-Location"] = "https://example.org/a"
    message.make_related()
    part.set_content(page, subtype="html")
    message.attach(part)
    return message.as_bytes(policy=SMTP)


def fed(page: str) -> bytes:
    space = "http://purl.org/rss/1.0/modules/content/"
    entry = f"<item><title>S</title><content:encoded>{html.escape(page)}</content:encoded></item>"
    return f'<rss version="2.0" xmlns:content="{space}"><channel>{entry}</channel></rss>'.encode()


@pytest.mark.parametrize("name", ["en", "it", "zh"])
def test_the_same_sentences_in_each_form(name):
    page = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    article = load_bytes(page.encode(), "page.html")
    letter = "".join(f"<p>{html.escape(line)}</p>" for line in article.text.split("\n"))
    forms = [
        (mailed("-", page), "a.eml"),
        (mailed("-", letter), "a.eml"),
        (mailed(article.text + "\n", "<img src='a'>"), "a.eml"),
        (saved(page), "a.mhtml"),
        (fed(letter), "a.xml"),
    ]
    for data, source in forms:
        assert sentences(load_bytes(data, source)) == sentences(article), source
