"""Lines in a language that is written from right to left, in every format that knows directions."""

import email
import email.policy
import json
import re
from io import BytesIO

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.digest import Digest
from summarizer.render.mail import mail
from summarizer.render.page import page
from tests.support.any_language import article, honest
from tests.support.endpoint import serving


@pytest.fixture(scope="module")
def made() -> Digest:
    with serving(honest("ar")) as endpoint:
        settings = Settings(base_url=endpoint.base_url, model="test-model", review="none")
        with Summarizer(settings) as summarizer:
            return summarizer.summarize_sync(from_text(article("ar").text), ("en",))


def test_the_page_knows_which_languages_run_from_the_right(made: Digest) -> None:
    written = re.search(r'id="data">(.*?)</script>', page([made]))
    assert written is not None
    data = json.loads(written[1])
    assert data["from_right"] == ["ar"]
    assert data["languages"]["ar"] == "Arabic"


def test_a_mail_says_the_direction_of_each_line(made: Digest) -> None:
    parsed = email.message_from_bytes(mail([made]), policy=email.policy.default)
    html = parsed.get_body(("html",)).get_content()
    assert html.count('lang="ar" dir="rtl"') == html.count('lang="ar"') > 0
    assert 'lang="en" dir' not in html


def test_a_word_file_says_it_of_paragraphs_and_runs(made: Digest) -> None:
    docx = pytest.importorskip("docx")
    from summarizer.render.docx import document

    paragraphs = docx.Document(BytesIO(document([made]))).element.body.xpath(".//w:p[w:r]")
    arabic = [p for p in paragraphs if p.xpath("./w:r/w:rPr/w:lang[@w:bidi='ar']")]
    assert arabic
    assert all(p.xpath("./w:pPr/w:bidi") for p in arabic if p.xpath("./w:r[1]/w:rPr/w:rtl"))
    assert not any(p.xpath("./w:pPr/w:bidi") for p in paragraphs if p not in arabic)
