"""A digest as Markdown and as JSON: nothing lost, and no text of a stranger that turns into markup."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer import render
from summarizer.article.line import one_line
from summarizer.digest import Digest
from summarizer.render import words
from summarizer.render.sheet import sheet
from tests.support.hostile_digest import digest

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


def shape(markdown: str) -> list[str]:
    """What a reader of Markdown takes for markup: the kinds of its tokens, without the words."""
    return [
        kind
        for token in READER.parse(markdown)
        for kind in (token.type, *(child.type for child in token.children or () if child.type != "text"))
    ]


#: What words alone are shown with.
SHAPES = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "softbreak"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
    *("em_open", "em_close", "strong_open", "strong_close"),
}


def lines(markdown: str) -> list[str]:
    """The lines of text that a reader of Markdown shows."""
    return [
        line
        for token in READER.parse(markdown)
        if token.type == "inline"
        for line in "".join("\n" if c.type == "softbreak" else c.content for c in token.children or ()).split("\n")
    ]


def texts(made: Digest) -> list[str]:
    """Every text of a digest that its reader must find in Markdown, on one line."""
    told = sheet(made)
    quoted = [text for q in made.quotes for text in (q.text, *q.translations.values())]
    speakers = [(q.speaker.name, q.speaker.role, q.speaker.organisation) for q in made.quotes if q.speaker]
    briefed = [line for b in made.briefs for pair in (b.headline, *b.segments) for line in (pair.source, pair.target)]
    summed = [line.source for line in (*told.headlines, *told.abstract, *told.points)]
    points = [point.text for point in made.summary.key_points]
    flat = [text for group in speakers for text in group if text]
    said = [f.message for f in made.findings]
    return [words.text(text) for text in (*summed, *points, *quoted, *flat, *briefed, *said)]


def holds(made: Digest) -> None:
    """Hold that a reader of a digest's Markdown finds each text as it is, and no markup but that of words alone."""
    shown = render.markdown(made)
    assert set(shape(shown)) <= SHAPES
    headings = sum(line.startswith("#") for line in render.markdown(made).splitlines())
    assert shape(shown).count("heading_open") == headings
    read = lines(shown)
    assert [text for text in texts(made) if not any(text in line for line in read)] == []
    abstract = "".join(line.source for line in sheet(made).abstract)
    assert "".join(words.text(made.summary.abstract).split()) in "".join(abstract.split())


@given(st.lists(TEXTS.filter(one_line), min_size=1, max_size=18))
def test_no_text_is_lost_or_altered_in_markdown_and_none_turns_into_markup(some):
    holds(digest(*some))


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_each_construct_of_markdown_is_shown_as_it_is_wherever_it_stands(construct):
    holds(digest(construct))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_real_digest_stands_in_its_markdown_whole(path):
    holds(Digest.model_validate_json(path.read_bytes()))


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
    assert "- “It is so” \\[1\\]\n  — It is so (word for word)\n" in page
    assert "- It is so \\[1\\]\n  — speaker not certain (in the article's words)" in page


def different(**changed):
    """A digest whose lines all differ."""
    plain = digest("word").model_dump(mode="json")
    plain["summary"] |= {"headline": "H", "abstract": "A 1. A 2."}
    plain["summary"]["key_points"] = [{"text": text, "evidence": []} for text in ("P1", "P2")]
    plain["quotes"][1]["text"] = "Q2"
    segments = (("A 1.", "T1"), ("P2", "T2"))
    plain["briefs"][0] |= {
        "headline": {"source": "H", "target": "HT"},
        "segments": [{"source": s, "target": t, "evidence": [[7, 9]]} for s, t in segments],
    }
    return Digest.model_validate(plain | changed)


def test_each_line_stands_once_with_its_translation_and_the_numbers_of_its_sentences():
    shown = render.markdown(different())
    assert [line for line in shown.splitlines() if line.startswith("|")] == [
        "| English | Chinese |",
        "| --- | --- |",
        r"| A 1. \[2\] | T1 |",
        "| A 2. | *left out* |",
        "| English | Chinese |",
        "| --- | --- |",
        "| P1 | *left out* |",
        r"| P2 \[2\] | T2 |",
    ]
    assert shown.startswith("# H\n\n- Chinese: **HT**\n\n")


def test_the_sentences_that_are_cited_stand_at_the_end():
    shown = render.markdown(different())
    assert shown.partition("## Sentences cited\n\n")[2].splitlines()[:2] == [
        r"- \[1\] First.",
        r"- \[2\] Second.",
    ]


def test_what_a_brief_alone_has_is_not_lost():
    made = different()
    brief = made.briefs[0]
    other = brief.model_copy(update={"segments": (brief.segments[0].model_copy(update={"source": "B"}),)})
    headed = other.model_copy(update={"headline": brief.headline.model_copy(update={"source": "BH"})})
    shown = render.markdown(made.model_copy(update={"briefs": (brief, headed)}))
    assert r"| B \[2\] | *left out* | T1 |" in shown
    assert "**BH**\n\n- Chinese: **HT**\n" in shown


def test_findings_are_told_in_words_where_no_line_stands_and_errors_come_first():
    made = different(
        findings=[
            {"code": "summary.left_out", "severity": "warning", "message": "w", "where": "/summary", "span": None},
            {
                "code": "brief.untranslated",
                "severity": "error",
                "message": "e",
                "where": "/briefs/0/segments",
                "span": None,
            },
            {
                "code": "figure.missing",
                "severity": "error",
                "message": "f",
                "where": "/briefs/0/segments/0/target",
                "span": None,
            },
        ]
    )
    before, _, findings = render.markdown(made).partition("## Findings\n\n")
    assert findings.splitlines()[:3] == [
        "- **must be mended**: Chinese brief: e",
        "- **look at this**: summary: w",
        "",
    ]
    assert "| T1 **Must be mended: f** |" in before
    assert "**2 to mend, 1 to look at**" in before


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("/summary/headline", "# H"),
        ("/summary/abstract", "| A 2. | *left out* |"),
        ("/summary/key_points/1", "| P2 \\[2\\] *Look at this: so* | T2 |"),
        ("/quotes/1/speaker", "  — speaker not certain (in the article's words)"),
        ("/briefs/0/headline/target", "- Chinese: **HT**"),
        ("/briefs/0/segments/0/target", "| A 1. \\[2\\] | T1 *Look at this: so* |"),
    ],
)
@pytest.mark.parametrize(("severity", "shown"), [("warning", True), ("info", False)])
def test_a_doubt_stands_beside_its_line_and_nowhere_else(where, line, severity, shown):
    found = {"code": "figure.missing", "severity": severity, "message": "so", "where": where, "span": None}
    told, _, listed = render.markdown(different(findings=[found])).partition("## Findings")
    told_lines = [each for each in told.split("\n") if each]
    at = [i for i, each in enumerate(told_lines) if "*Look at this: so*" in each]
    assert (len(at), ": so\n" in listed) == ((1, False) if shown else (0, True))
    for i in at:
        assert line in told_lines[max(0, i - 1) : i + 1]


def test_what_is_not_there_leaves_no_heading():
    bare = digest("word").model_copy(update={"quotes": (), "briefs": (), "findings": ()})
    assert [line for line in render.markdown(bare).splitlines() if line.startswith("#")] == [
        "# word",
        "## Sentences cited",
    ]


@pytest.mark.parametrize(("cost", "told"), [(None, "2 s, 2026"), (0.00123, "2 s, 0.0012 USD, 2026")])
def test_the_cost_is_told_where_it_is_known(cost, told):
    made = digest("word")
    priced = made.model_copy(update={"provenance": made.provenance.model_copy(update={"cost_usd": cost})})
    assert told in render.markdown(priced)


def test_a_digest_that_no_model_made_says_so():
    made = digest("word")
    ruled = made.provenance.model_copy(update={"model": "none", "endpoint": "none", "requests": 0})
    shown = render.markdown(made.model_copy(update={"provenance": ruled}))
    assert "none at none" not in shown
    assert "*made by the rules alone, no model was asked, " in shown


def test_a_headline_without_a_translation_is_said_to_be_left_out():
    made = different()
    headline = made.briefs[0].headline.model_copy(update={"target": ""})
    untranslated = made.model_copy(update={"briefs": (made.briefs[0].model_copy(update={"headline": headline}),)})
    assert "- Chinese: *left out*\n" in render.markdown(untranslated)


@pytest.mark.parametrize("nothing", ["", "\u200b", " \u202e "])
def test_texts_without_a_character_leave_no_marks(nothing):
    shown = render.markdown(digest(nothing))
    assert "****" not in shown
    assert "*14 September 2025 · English*" in shown
    assert "  — speaker without a name (word for word)" in shown
