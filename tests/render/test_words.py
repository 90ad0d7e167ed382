"""What every format says in words about a finding's place, its line and its source."""

import pytest

from summarizer.digest import Digest, Speaker
from summarizer.render import words
from tests.support.hostile_digest import digest

MADE = digest("word").model_copy(
    update={"article": digest("word").article.model_copy(update={"text": "港口\n增长。 A line\nwent on."})}
)


def at(where: str, code: str = "figure.missing", span: tuple[int, int] | None = None) -> Digest:
    finding = MADE.findings[0].model_copy(update={"where": where, "code": code, "span": span})
    return MADE.model_copy(update={"findings": (finding,)})


@pytest.mark.parametrize(
    ("pointer", "told"),
    [
        ("", "the whole digest"),
        ("/summary", "summary"),
        ("/summary/headline", "headline"),
        ("/summary/abstract", "abstract"),
        ("/summary/key_points/1", "key point 2"),
        ("/summary/key_points/0/evidence/0", "key point 1"),
        ("/quotes", "quotes"),
        ("/quotes/1", "quote 2"),
        ("/quotes/0/speaker/role", "quote 1, speaker"),
        ("/quotes/0/translations/it", "quote 1, Italian translation"),
        ("/quotes/0/translations/xx", "quote 1, xx translation"),
        ("/figures/7", "figures"),
        ("/briefs", "briefs"),
        ("/briefs/0", "Chinese brief"),
        ("/briefs/0/headline/target", "Chinese brief, headline"),
        ("/briefs/0/segments", "Chinese brief"),
        ("/briefs/0/segments/0/target", "Chinese brief, line 1"),
        ("/briefs/0/segments/0/source", "Chinese brief, line 1, English side"),
        ("/briefs/0/segments/9/target", "Chinese brief"),
        ("/article/sentences/1", "the article, sentence 2"),
        ("/article/text", "the article"),
        ("/provenance/model", "how it was made"),
        ("/elsewhere/\u0664", "the whole digest"),
        ("/quotes/\u0664", "quotes"),
        ("/quotes/99999999999999999999", "quotes"),
        ("no pointer", "the whole digest"),
    ],
)
def test_each_place_is_told_in_words(pointer, told):
    made = at(pointer)
    assert words.where(made.findings[0], made) == told
    words.shown(made.findings[0], made)


def test_what_concerns_the_article_is_said_of_the_article():
    made = at("", "article.language")
    assert words.where(made.findings[0], made) == "the article"


@pytest.mark.parametrize(
    ("pointer", "span", "shown"),
    [
        ("/briefs/0/segments/0/target", None, words.Shown("word", "word", (1,))),
        ("/briefs/0/headline/target", None, words.Shown("word", "word", ())),
        ("/briefs/0/segments/0/source", None, words.Shown("word", "", (1,))),
        ("/quotes/0/kind", None, words.Shown("word", "", (1,))),
        ("/quotes/0/translations/it", None, words.Shown("word", "word", (1,))),
        ("/summary/key_points/0", (7, 9), words.Shown("word", "", (2,))),
        ("/provenance/model", None, words.Shown()),
    ],
)
def test_a_finding_shows_its_line_and_what_the_source_says(pointer, span, shown):
    made = at(pointer, span=span)
    assert words.shown(made.findings[0], made) == shown


def test_a_wrap_between_chinese_characters_leaves_no_space_and_a_space_stays():
    assert words.text("港口\n 增长 开放。\nA\nB") == "港口增长 开放。 A B"
    assert words.sentence(MADE, 1) == "港口增长。"


def test_a_no_break_space_stays_what_it_is():
    assert words.text("«\u202fOui\u202f»\u00a0: 12\u00a0%") == "«\u202fOui\u202f»\u00a0: 12\u00a0%"
    assert words.text(" a\u00a0 b\u202f") == "a b"


def test_dates_are_written_as_people_write_them():
    assert words.date("2025-09-14T08:00:00+08:00") == "14 September 2025"
    assert words.date("last\x1b[31m week") == "last[31m week"
    assert words.date(None) == ""


def test_a_quote_that_the_article_does_not_have_is_called_so():
    unverified = MADE.quotes[0].model_copy(update={"status": "unverified"})
    assert words.kind(MADE.quotes[0]) == "word for word"
    assert words.kind(unverified) == "word for word, not found in the article"


def test_what_must_be_mended_comes_first_and_is_counted():
    assert [f.severity for f in words.sorted_findings(MADE)] == ["error", "warning"]
    assert words.counted(MADE) == "1 to mend, 1 to look at"


@pytest.mark.parametrize(
    ("name", "role", "organisation", "told"),
    [
        ("WeWork spokesperson", "spokesperson", "WeWork", "WeWork spokesperson"),
        ("Anna Verdi", "presidente", "Camera di Commercio", "Anna Verdi, presidente, Camera di Commercio"),
        ("Leo Ceoni", "CEO", None, "Leo Ceoni, CEO"),
        ("商务部", None, "商务部", "商务部"),
    ],
)
def test_a_speaker_is_told_without_saying_anything_twice(name, role, organisation, told):
    speaker = Speaker(name=name, role=role, organisation=organisation, start=0, end=1)
    assert words.speaker(speaker, "en") == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("it", "A, b, C"),
        ("zh", "A，b，C"),
        ("zh-TW", "A，b，C"),
        ("ja", "A、b、C"),
        ("fa", "A، b، C"),
        ("ar", "A, b, C"),
        ("xx", "A, b, C"),
    ],
)
def test_a_speaker_is_told_with_the_commas_of_the_language(code, told):
    assert words.speaker(Speaker(name="A", role="b", organisation="C", start=0, end=1), code) == told
