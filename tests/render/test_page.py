import base64
import hashlib
import json
import re
from dataclasses import dataclass
from html import unescape

import pytest
from lxml import html as lxml_html

from summarizer.article.findings import CODES
from summarizer.render.page import ReviewMode, page, pieces
from tests.support.press import PORT, port, run


@dataclass(frozen=True)
class Value:
    member: int
    text: str
    sentence: str


@dataclass(frozen=True)
class Difference:
    kind: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Group:
    members: tuple[int, ...]
    differs: tuple[Difference, ...]


def data(text, name="data"):
    block = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    return json.loads(block[1])


def policy(text):
    return unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])


def hashed(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_pages_own_script_and_style_and_nothing_more():
    text = page(run())
    style = text.partition("<style>")[2].partition("</style>")[0]
    script = text.rpartition("<script>")[2].rpartition("</script>")[0]
    assert policy(text) == (
        f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|</", style)
    assert not re.search(r"</script|<!--|innerHTML|insertAdjacentHTML|document\.write|\beval\b", script)


def test_only_a_page_that_a_server_takes_back_may_connect_and_only_there():
    reviewing = page(run(), review=ReviewMode())
    assert "connect-src 'self'" in policy(reviewing)
    assert "connect-src" not in policy(page(run()))
    assert (data(reviewing)["save"], data(page(run()))["save"]) == ("./save", None)


def test_every_digest_stands_in_it_whole():
    text = page(run())
    assert [data(text, f"digest-{n}") for n in range(3)] == [json.loads(d.model_dump_json()) for d in run()]


def test_the_index_says_what_a_list_needs():
    entry = data(page(run()))["entries"][0]
    assert {name: entry[name] for name in ("language", "headline", "outlet", "published", "speakers")} == {
        "language": "en",
        "headline": "Trieste grows",
        "outlet": "The Harbour Post",
        "published": "2026-01-01",
        "speakers": ["Anna Rossi", "Luca Bianchi"],
    }
    assert (entry["errors"], entry["warnings"]) == (1, 3)
    assert entry["id"] == port().article.id
    assert data(page(run()))["codes"] == {code: meant.says for code, meant in CODES.items()}


def test_a_server_may_call_the_digests_what_it_likes():
    index = data(page(run(), review=ReviewMode(ids=("a", "b", "c"))))
    assert [entry["id"] for entry in index["entries"]] == ["a", "b", "c"]


def test_articles_that_tell_one_story_are_named_with_what_differs():
    differs = (Difference("figure", (Value(0, "62", "62 tonnes."), Value(2, "63", "63 tonnes."))),)
    index = data(page(run(), [Group((0, 2), differs)]))
    values = [
        {"member": 0, "text": "62", "sentence": "62 tonnes."},
        {"member": 2, "text": "63", "sentence": "63 tonnes."},
    ]
    assert index["groups"] == [{"members": [0, 2], "differs": [{"kind": "figure", "values": values}]}]


def test_it_comes_in_pieces_that_hold_one_digest_each():
    asked = []

    def told():
        for digest in run():
            asked.append(digest.article.source)
            yield digest

    made = pieces(told())
    next(made)
    assert asked == []
    assert "digest-0" in next(made)
    assert asked == ["press/port.txt"]
    assert page(run()).endswith("".join(made))


def test_a_run_without_digests_is_a_page_too():
    assert data(page([]))["entries"] == []


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028"])
def test_no_text_ends_the_block_that_it_stands_in(words):
    digest = port().model_copy(update={"summary": port().summary.model_copy(update={"headline": words})})
    text = page([digest])
    tree = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    assert len(tree.xpath("//script")) == 3
    assert data(text, "digest-0")["summary"]["headline"] == words


def test_nothing_in_it_has_an_address_or_a_handler():
    tree = lxml_html.document_fromstring(page(run()).encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    attributes = [
        (name, value) for each in tree.iter() if isinstance(each.tag, str) for name, value in each.attrib.items()
    ]
    assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "style", "action"}]
    assert not [value for name, value in attributes if "://" in value and name != "content"]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_contrasts_with_what_it_stands_on(scheme):
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", page([]).split(":root {")[scheme + 1].partition("}")[0]))
    on = {
        "ink": ("paper", "sheet", "quote", "lit", "exact", "bad-wash", "doubt-wash", "hair"),
        "soft": ("paper", "sheet"),
        "link": ("paper", "sheet"),
        "accent": ("paper",),
        "good": ("paper", "sheet"),
        "bad": ("paper", "bad-wash"),
        "doubt": ("paper", "doubt-wash"),
    }
    for text, grounds in on.items():
        for ground in grounds:
            dark, light = sorted((luminance(colours[text]), luminance(colours[ground])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_the_article_of_the_tests_has_letters_beyond_the_basic_plane():
    assert [ord(letter) > 0xFFFF for letter in PORT[:3]] == [True, True, False]
