"""A digest as Markdown and as JSON: nothing lost, and no text of a stranger that turns into markup."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer import render
from summarizer.article.line import one_line
from summarizer.digest import Digest

KEPT = sorted((Path(__file__).resolve().parents[1] / "data" / "digests").glob("*.json"))
#: Reads Markdown as GitHub does: CommonMark, tables, struck-out text; a part of rich, which shows digests on terminals.
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
#: What Markdown and HTML take for markup, in pieces that make sense to them.
MARKUP = [
    "*",
    "_",
    "**",
    "__",
    "`",
    "```",
    "~~",
    "#",
    "##",
    "-",
    "+",
    "=",
    "===",
    "---",
    ">",
    "<",
    "|",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "!",
    "&",
    ";",
    ":",
    "1.",
    "2)",
    "10.",
    "[a](b)",
    "![a](b)",
    "<b>",
    "</b>",
    "<!--",
    "&amp;",
    "&lt;",
    "&#35;",
    "<script>x</script>",
    "http://a.example",
    "<a@b.example>",
    "[1]:",
    "|",
    "---",
    "|",
    "\\|",
    "\\\\",
    "*",
    "*",
    "*",
    "-",
    "[",
    "]",
    "$x$",
    "^",
    "{",
    "}",
    "%",
    "@",
    "'",
    '"',
    "“",
    "”",
    "「",
    "」",
    "。",
]
CONSTRUCTS = [
    *(
        "*port*",
        "_port_",
        "**port**",
        "__port__",
        "`port`",
        "``po`rt``",
        "~~port~~",
        "# port",
        "### port #",
        "> port",
    ),
    *("- port", "+ port", "* port", "1. port", "10) port", "---", "- - -", "* * *", "___", "===", "-", "=", "1."),
    *("[port](http://a.example)", "![port](a.png)", "[port]: http://a.example", "[port]", "<http://a.example>"),
    *(
        "<b>port</b>",
        "<!-- port -->",
        "<script>x</script>",
        "&amp;",
        "&lt;b&gt;",
        "&#35; port",
        "&nbsp;port",
        "a | b",
    ),
    *("| a | b |", "\\", "port\\", "\\*port\\*", "```", "~~~", "7 * 3 * 2", "snake_case_word", "2 < 3 > 1", "AT&T"),
]
WORDS = [
    "port",
    "7,6%",
    "l'accordo",
    "上海",
    "9.6亿元",
    " ",
    "\n",
    "\u00a0",
    "\t",
    "\u200b",
    "\u202e",
    "e\u0301",
    "𠮷",
]
TEXTS = st.lists(st.sampled_from([*MARKUP, *WORDS]) | st.characters(codec="utf-8"), min_size=1, max_size=12).map(
    "".join
)


def digest(*texts: str) -> Digest:
    """A digest with these texts, over and over, wherever text of the article or of the model is shown."""
    given_texts = [texts[i % len(texts)] for i in range(18)]
    take = iter(given_texts).__next__
    statement = {"evidence": [[0, 5]]}
    return Digest.model_validate(
        {
            "article": {
                "id": "0" * 64,
                "source": take(),
                "title": None,
                "language": "en",
                "published": "2025-09-14",
                "outlet": take(),
                "text": "First. Second.",
                "sentences": [[0, 6], [7, 14]],
            },
            "summary": {
                "language": "en",
                "headline": take(),
                "abstract": take(),
                "key_points": [{"text": take(), **statement}, {"text": take(), "evidence": []}],
            },
            "quotes": [
                {
                    "text": take(),
                    "start": 0,
                    "end": 5,
                    "kind": kind,
                    "status": "verified",
                    "speaker": speaker,
                    "translations": translations,
                }
                for kind, speaker, translations in (
                    (
                        "direct",
                        {"name": take(), "role": take(), "organisation": take(), "start": None, "end": None},
                        {"it": take()},
                    ),
                    ("reported", None, {}),
                )
            ],
            "figures": [],
            "briefs": [
                {
                    "source_language": "en",
                    "target_language": "zh",
                    "headline": {"source": take(), "target": take()},
                    "segments": [{"source": take(), "target": take(), **statement}],
                }
            ],
            "findings": [
                {"code": "quote.named", "severity": "warning", "message": take(), "where": "/quotes/0", "span": None},
                {"code": "figure.missing", "severity": "error", "message": "m", "where": "", "span": [0, 5]},
            ],
            "provenance": {
                "model": take(),
                "endpoint": "embedded",
                "prompts": {},
                "requests": 3,
                "input_tokens": 20,
                "cached_tokens": 10,
                "output_tokens": 5,
                "cost_usd": None,
                "seconds": 1.5,
                "created": datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
            },
        }
    )


def shape(markdown: str) -> list[str]:
    """What a reader of Markdown takes for markup: the kinds of its tokens, without the words."""
    return [
        kind
        for token in READER.parse(markdown)
        for kind in (token.type, *(child.type for child in token.children or () if child.type != "text"))
    ]


def lines(markdown: str) -> list[str]:
    """The lines of text that a reader of Markdown shows."""
    return [
        line
        for token in READER.parse(markdown)
        if token.type == "inline"
        for line in "".join("\n" if c.type == "softbreak" else c.content for c in token.children or ()).split("\n")
    ]


def texts(made: Digest) -> list[str]:
    """Every text of a digest that its reader must find in Markdown."""
    quoted = [(q.text, *q.translations.values()) for q in made.quotes]
    speakers = [(q.speaker.name, q.speaker.role, q.speaker.organisation) for q in made.quotes if q.speaker]
    briefed = [line for b in made.briefs for pair in (b.headline, *b.segments) for line in (pair.source, pair.target)]
    summed = [made.summary.headline, made.summary.abstract, *(p.text for p in made.summary.key_points)]
    flat = [text for group in (*quoted, *speakers) for text in group if text]
    return [*summed, *flat, *briefed, *(f.message for f in made.findings)]


def holds(made: Digest) -> None:
    """Hold that a reader of a digest's Markdown finds each text as it is, and the markup that words alone have."""
    shown = render.markdown(made)
    assert shape(shown) == shape(render.markdown(digest("word")))
    read = lines(shown)
    assert [text for text in texts(made) if not any(one_line(text) in line for line in read)] == []


@given(st.lists(TEXTS.filter(one_line), min_size=1, max_size=18))
def test_no_text_is_lost_or_altered_in_markdown_and_none_turns_into_markup(some):
    holds(digest(*some))


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_each_construct_of_markdown_is_shown_as_it_is_wherever_it_stands(construct):
    holds(digest(construct))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_real_digest_stands_in_its_markdown_whole(path):
    made = Digest.model_validate_json(path.read_bytes())
    read = lines(render.markdown(made))
    assert [text for text in texts(made) if not any(one_line(text) in line for line in read)] == []


@given(st.lists(st.text(), min_size=1, max_size=18))
def test_json_holds_everything_on_one_line_or_indented(some):
    made = digest(*some)
    line, page = render.json(made, lines=True), render.json(made)
    assert line.index("\n") == len(line) - 1
    assert page.endswith("}\n")
    assert json.loads(line) == json.loads(page) == made.model_dump(mode="json")
    assert Digest.model_validate_json(line) == made


def test_json_writes_characters_and_not_their_numbers():
    assert "上海" in render.json(digest("上海"))


def test_only_direct_speech_wears_quotation_marks():
    page = render.markdown(digest("It is so"))
    assert "- “It is so”\n  — It is so, It is so, It is so (direct, verified)\n" in page
    assert "- It is so\n  — speaker not certain (reported, verified)" in page


def test_statements_have_the_numbers_of_their_sentences():
    read = lines(render.markdown(digest("Word")))
    assert {"Word [1]", "Word"} <= set(read)


def test_errors_come_first_with_their_place():
    _, _, findings = render.markdown(digest("word")).partition("## Findings\n\n")
    assert findings.splitlines()[:2] == [
        "- **error** `figure.missing` at 0–5: m",
        "- **warning** `quote.named` in /quotes/0: word",
    ]


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("/summary/headline", "# H"),
        ("/summary/abstract", "A"),
        ("/summary/key_points/1", "- P2"),
        ("/quotes/1/speaker", "  — speaker not certain (reported, verified)"),
        ("/briefs/0/headline/target", "| **S** | **T** |"),
        ("/briefs/0/segments/0/target", r"| S2 \[1\] | T2 |"),
    ],
)
@pytest.mark.parametrize(("severity", "shown"), [("warning", True), ("error", False), ("info", False)])
def test_a_doubt_stands_beside_its_line_and_nowhere_else(where, line, severity, shown):
    plain = digest("word").model_dump(mode="json")
    plain["summary"] |= {"headline": "H", "abstract": "A"}
    plain["summary"]["key_points"][1] = {"text": "P2", "evidence": []}
    plain["briefs"][0]["headline"] = {"source": "S", "target": "T"}
    plain["briefs"][0]["segments"][0] |= {"source": "S2", "target": "T2"}
    plain["findings"] = [
        {"code": "figure.missing", "severity": severity, "message": "look", "where": where, "span": None}
    ]
    told = render.markdown(Digest.model_validate(plain)).partition("## Findings")[0]
    told_lines = told.split("\n")
    at = [i for i, each in enumerate(told_lines) if "*Check this: look*" in each]
    assert len(at) == shown
    for i in at:
        row = told_lines[i].replace(" *Check this: look* |", " |")
        assert line in (row, *(each for each in told_lines[max(0, i - 2) : i] if each))


def test_what_is_not_there_leaves_no_heading():
    bare = digest("word").model_copy(update={"quotes": (), "briefs": (), "findings": ()})
    assert [line for line in render.markdown(bare).splitlines() if line.startswith("#")] == [
        "# word",
        "## Key points",
    ]


@pytest.mark.parametrize(("cost", "told"), [(None, "2 s, 2026"), (0.00123, "2 s, 0.0012 USD, 2026")])
def test_the_cost_is_told_where_it_is_known(cost, told):
    made = digest("word")
    priced = made.model_copy(update={"provenance": made.provenance.model_copy(update={"cost_usd": cost})})
    assert told in render.markdown(priced)


def test_a_headline_without_a_translation_leaves_its_place_empty():
    made = digest("word")
    headline = made.briefs[0].headline.model_copy(update={"target": ""})
    untranslated = made.model_copy(update={"briefs": (made.briefs[0].model_copy(update={"headline": headline}),)})
    assert "| **word** |  |\n" in render.markdown(untranslated)


@pytest.mark.parametrize("nothing", ["", "\u200b", " \u202e "])
def test_texts_without_a_character_leave_no_marks(nothing):
    shown = render.markdown(digest(nothing))
    assert "****" not in shown
    assert shown.splitlines()[2] == "*2025-09-14 · English*"
    assert "  — speaker without a name (direct, verified)" in shown
