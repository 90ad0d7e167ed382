"""Briefs into Chinese in traditional characters, and articles in them: never silently in the other script."""

import json

from summarizer import Settings, Summarizer
from summarizer.article import Article, from_text
from summarizer.batch import flat
from summarizer.checks.lines import check_lines, check_statements
from summarizer.digest import Change, Digest, assemble, permitted
from summarizer.languages import hant
from summarizer.render import tables
from tests.support.endpoint import Reply, Request, completion, serving
from tests.support.model import answer, asked, extractive, lines

ENGLISH = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost NT$186.3 million and was opened on 12 October 2023. "
    "The ministry of transport in Rome approved the plan after two years of talks."
)
TAIWAN = (
    "嘉禾電子董事長林淑芬12日在台北宣布，公司將在桃園興建第三座工廠。"
    "「今年產值將達新台幣5,300億元，成長12.4%。」林淑芬說。"
    "新廠預計後年開始量產，可為當地創造1,200個工作機會。"
)


def digest_of(script, article: Article, to: tuple[str, ...]) -> tuple[Digest, list[Request]]:
    with serving(script) as endpoint:
        settings = Settings(base_url=endpoint.base_url, model="test-model", review="none")
        with Summarizer(settings) as summarizer:
            return summarizer.summarize_sync(article, to), list(endpoint.requests)


def translations(requests: list[Request]) -> list[str]:
    return [r.prompt for r in requests if r.prompt.startswith("Task: translate")]


def codes(digest: Digest) -> list[str]:
    return [f.code for f in digest.findings]


def written(digest: Digest, tag: str) -> str:
    brief = next(b for b in digest.briefs if b.target_language == tag)
    return "".join((brief.headline.target, *(s.target for s in brief.segments)))


def in_simplified(times: int):
    """Answer translations in simplified characters, the first `times` of them."""
    left = [times]

    def script(request: Request) -> Reply:
        value = answer(*asked(request))
        if "zh-TW" in value and left[0]:
            left[0] -= 1
            for line in lines(value, "zh-TW"):
                line.put(hant.simplified(line.text))
        return completion(json.dumps(value, ensure_ascii=False))

    return script


def test_a_brief_is_in_the_script_and_region_that_were_asked_for():
    digest, requests = digest_of(extractive, from_text(ENGLISH), ("zh-TW", "zh"))
    assemble.validate(digest)
    assert [b.target_language for b in digest.briefs] == ["zh-TW", "zh"]
    assert set(digest.quotes[0].translations) == {"zh-TW", "zh"}
    (prompt,) = translations(requests)
    assert "into Traditional Chinese (Taiwan) (zh-TW) and Chinese (zh)" in prompt
    assert hant.of_other_script(written(digest, "zh-TW"), "zh-TW") == ""
    assert hant.of_other_script(written(digest, "zh"), "zh") == ""
    assert [code for code in codes(digest) if code.startswith("brief.")] == []


def test_a_line_in_the_wrong_script_is_asked_for_again_with_its_characters():
    digest, requests = digest_of(in_simplified(1), from_text(ENGLISH), ("zh-TW",))
    first, again = translations(requests)
    assert "objection" not in first
    assert "is to be in Traditional Chinese (Taiwan), and these characters are not: " in again
    assert "brief.converted" not in codes(digest)
    assert "brief.untranslated" not in codes(digest)
    assert hant.of_other_script(written(digest, "zh-TW"), "zh-TW") == ""


def test_a_line_that_stays_in_the_wrong_script_is_converted_and_said_so():
    digest, _ = digest_of(in_simplified(10**6), from_text(ENGLISH), ("zh-TW",))
    said = [f for f in digest.findings if f.code == "brief.converted"]
    lines_of = digest.briefs[0]
    assert len(lines_of.segments) > 1
    assert {f.severity for f in said} == {"warning"}
    assert "/briefs/0/headline/target" in {f.where for f in said}
    assert hant.of_other_script(written(digest, "zh-TW"), "zh-TW") == ""
    assert "brief.script" not in codes(digest)
    assert "brief.untranslated" not in codes(digest)


def test_an_article_in_traditional_characters_is_summarised_in_them():
    digest, requests = digest_of(extractive, from_text(TAIWAN), ("en",))
    assert digest.article.language == "zh-Hant"
    assert "summarise the article in Traditional Chinese." in requests[0].prompt
    assert [q.speaker.name for q in digest.quotes if q.speaker] == ["林淑芬", "林淑芬"]
    assert {f.unit for f in digest.figures if f.kind == "money"} == {"TWD"}
    text = digest.article.text
    assert [text[q.start : q.end] for q in digest.quotes] == [q.text for q in digest.quotes]
    (prompt,) = translations(requests)
    assert "from Chinese into English" in prompt


def test_a_brief_in_the_articles_own_script_is_skipped_and_one_in_the_other_is_made():
    digest, _ = digest_of(extractive, from_text(TAIWAN), ("zh-TW", "en"))
    assert [b.target_language for b in digest.briefs] == ["en"]
    assert "brief.skipped" in codes(digest)


def test_lines_made_elsewhere_are_held_to_their_script():
    article = from_text(ENGLISH)
    line = "The ministry of transport in Rome approved the plan after two years of talks."
    right, wrong = "羅馬交通部經過兩年談判後批准了該計畫。", "罗马交通部经过两年谈判后批准了该计划。"
    for text, to, expected in (
        (right, "zh-TW", []),
        (wrong, "zh", []),
        (wrong, "zh-TW", ["brief.script"]),
        (right, "zh", ["brief.script"]),
    ):
        (found,) = check_lines(article, [(line, text)], to)
        assert [f.code for f in found] == expected, (text, to)
        assert all(f.proof for f in found)


def test_a_line_turned_into_the_other_script_may_be_its_source_word_for_word():
    article = from_text("中国中央电视台报道，这是一次重要的会议，大家都很高兴。")
    pairs = [
        ("这是一次重要的会议，大家都很高兴。", "這是一次重要的會議，大家都很高興。"),
        ("上海、北京、天津。", "上海、北京、天津。"),
    ]
    assert check_lines(article, pairs, "zh-TW") == ((), ())


def test_a_statement_in_the_other_script_than_its_article_is_refused():
    article = from_text(TAIWAN)
    (right,) = check_statements(article, ["公司將在桃園興建第三座工廠。"])
    (wrong,) = check_statements(article, ["公司将在桃园兴建第三座工厂。"])
    assert [f.code for f in right] == []
    assert [f.code for f in wrong] == ["summary.language"]
    assert "將" not in wrong[0].message.partition("these characters")[2]


def test_tables_keep_both_scripts_of_a_digest_in_their_one_column():
    digest, _ = digest_of(extractive, from_text(ENGLISH), ("zh-TW", "zh"))
    row = flat.row("a", digest)
    assert row["headline_zh"] == "\n".join(brief.headline.target for brief in digest.briefs)
    (quote,) = tables.quotes([("a", digest)])
    assert quote["translation_zh"] == " / ".join(digest.quotes[0].translations.values())


def test_a_quote_may_get_a_translation_into_the_other_script_and_not_into_its_own():
    english, _ = digest_of(extractive, from_text(ENGLISH), ())
    taiwan, _ = digest_of(extractive, from_text(TAIWAN), ())
    for digest, code, allowed in ((english, "zh-TW", True), (taiwan, "zh", True), (taiwan, "zh-TW", False)):
        change = Change(where=f"/quotes/0/translations/{code}", kind="edit", before=None, after="好。")
        body = digest.model_dump(mode="json")
        assert (not list(permitted.refused(body, [change]))) == allowed, (digest.article.language, code)
