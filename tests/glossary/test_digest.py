"""A glossary through the whole line: what the model is shown, what is asked again, and what a digest says of it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer import Settings, Summarizer, cli, glossary
from summarizer.article import from_text
from summarizer.batch import keys
from summarizer.checks import TranslationChecker
from summarizer.digest.audit import audit
from summarizer.errors import ConfigurationError
from tests.support.claims import reading
from tests.support.endpoint import completion, serving
from tests.support.model import answer, asked, extractive, lines

ARTICLE = (
    "The port of Trieste signed a framework agreement with Xiamen on Monday. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "It will employ 230 people from next spring."
)
TERM = "framework agreement"
ROWS = "term,language,kind,it,zh,forbidden it,note\n"
OFFICE = ROWS + f"{TERM},en,,accordo quadro,框架协议,accordo cornice,of <|2004|>\nship,en,,nave,船,,\n"


def kind(request) -> str:
    return str(request.body["response_format"]["json_schema"]["name"])


def writing(*answers: str):
    """Answer extractively, with `answers` in turn for the first line of each translation."""
    left = list(answers)

    def reply(request):
        value = answer(*asked(request))
        if kind(request) == "TranslationDraft" and left:
            lines(value, "it")[0].put(left.pop(0))
        return completion(json.dumps(value, ensure_ascii=False))

    return reply


def made(folder: Path, reply, rows: str = OFFICE, **settings):
    path = folder / "office.csv"
    path.write_text(rows, encoding="utf-8")
    files = [path] if rows else []
    with serving(reply) as endpoint:
        given = Settings(base_url=endpoint.base_url, model="m", glossary=files, **settings)
        with Summarizer(given) as summarizer:
            digest = summarizer.summarize_sync(from_text(ARTICLE, language="en"), ["it"])
    return digest, [r for r in endpoint.requests if kind(r) == "TranslationDraft"]


def found(digest, code: str = "glossary."):
    return [f for f in digest.findings if f.code.startswith(code)]


def test_the_model_is_shown_the_entries_of_its_lines_as_data_and_no_others(tmp_path):
    digest, (first, *_) = made(tmp_path, extractive, review="none")
    assert f"- {TERM} = accordo quadro; never accordo cornice (of < |2004| >) [line 1" in first.prompt
    assert "nave" not in first.prompt
    assert digest.provenance.glossary == glossary.load([tmp_path / "office.csv"]).hash
    assert "+v1#" in digest.provenance.prompts["translation"]


@pytest.mark.parametrize("rows", ["", ROWS + "ship,en,,nave,船,,\n"])
def test_where_no_line_has_an_entry_the_questions_are_as_they_were(rows, tmp_path):
    _, without = made(tmp_path, extractive, "")
    digest, asked_for = made(tmp_path, extractive, rows)
    assert [r.body for r in asked_for] == [r.body for r in without]
    assert digest.provenance.glossary == (glossary.load([tmp_path / "office.csv"]).hash if rows else None)


@pytest.mark.parametrize("review", ["none", "all"])
def test_what_is_not_obeyed_is_asked_again_whatever_a_second_reader_says(review, tmp_path):
    wrong = "Il porto di Trieste ha firmato lunedì un accordo cornice con Xiamen"
    right = "Il porto di Trieste ha firmato lunedì un accordo quadro con Xiamen"
    digest, (_, again) = made(tmp_path, writing(wrong, right), review=review)
    assert (
        "the glossary forbids 'accordo cornice' for 'framework agreement', which is 'accordo quadro'" in again.prompt
    )
    assert digest.briefs[0].headline.target.rstrip(".") == right
    assert found(digest, "glossary.forbidden") == []


def test_what_stays_disobeyed_is_published_with_the_doubt_beside_it(tmp_path):
    wrong = "Il porto di Trieste ha firmato lunedì un accordo cornice con Xiamen"
    digest, _ = made(tmp_path, writing(wrong, wrong, wrong), review="all")
    assert digest.briefs[0].headline.target.rstrip(".") == wrong
    assert ("glossary.forbidden", "error", "/briefs/0/headline/target") in [
        (f.code, f.severity, f.where) for f in found(digest)
    ]


def test_a_published_digest_is_held_to_the_glossary_that_is_given(tmp_path):
    digest, _ = made(tmp_path, extractive, "")
    assert [f for f in audit(digest) if f.code.startswith("glossary.")] == []
    (tmp_path / "office.csv").write_text(OFFICE, encoding="utf-8")
    assert "glossary.missing" in {f.code for f in audit(digest, glossary.load([tmp_path / "office.csv"]))}
    (tmp_path / "port.json").write_text(digest.model_dump_json(), encoding="utf-8")
    command = ["check", str(tmp_path / "port.json"), "--glossary", str(tmp_path / "office.csv")]
    assert "glossary.missing" in CliRunner().invoke(cli.app, command).stdout


def test_the_store_knows_results_by_what_the_glossary_says(tmp_path):
    article = from_text(ARTICLE, language="en")
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (one, other):
        path.write_text(OFFICE, encoding="utf-8")
    settings = [Settings(glossary=files) for files in ([], [one], [other])]
    without, first, second = (keys.key(article, ["it"], each, None) for each in settings)
    assert without != first == second
    other.write_text(OFFICE.replace("nave", "bastimento"), encoding="utf-8")
    assert keys.key(article, ["it"], settings[2], None) != second


def test_a_bad_glossary_is_told_before_anything_is_asked(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("term,it\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"bad\.csv, line 1"):
        Summarizer(Settings(glossary=[path]))


SPEAKER = (
    'The mayor of Trieste, Anna Rossi, said: "Rail traffic grew, and it will grow again." Rossi spoke on Monday.'
)
ROSSI = "Anna Rossi,en,person,,安娜·罗西,,\n"


@pytest.mark.parametrize(
    ("rows", "texts", "codes"),
    [
        ("", ("安娜·罗西发言。", "罗西发言。"), {"name.transliterated"}),
        (ROSSI, ("安娜·罗西发言。", "罗西发言。"), set()),
        ("Anna Rossi,en,person,Anna Rossi,,,\n", ("安娜·罗西发言。", "罗西发言。"), {"name.transliterated"}),
        ("", ("安娜·罗西发言。", "安娜·罗熙发言。"), {"name.transliterated", "name.rendering"}),
        ("", ("安娜·罗西随后发言。", "安娜·罗西说。"), {"name.transliterated"}),
        ("", ("安娜·罗西（Anna Rossi）发言。", "罗熙（Rossi）发言。"), {"name.rendering"}),
        (ROSSI, ("安娜·罗西发言。", "安娜·罗熙发言。"), {"glossary.missing"}),
    ],
)
def test_a_name_has_one_rendering_and_one_of_the_glossary_needs_no_note(rows, texts, codes, tmp_path):
    path = tmp_path / "office.csv"
    path.write_text(ROWS + rows, encoding="utf-8")
    checker = TranslationChecker(reading(SPEAKER, "en"), "zh", glossary.load([path]))
    pairs = [("Anna Rossi spoke.", texts[0]), ("Rossi spoke on Monday.", texts[1])]
    told = [f for line, text in pairs for f in checker.check(line, text, "")]
    told += [f for own in checker.beside(pairs) for f in own] + [f for _, f in checker.transliterated(pairs)]
    assert {f.code for f in told if f.code.startswith(("name.", "glossary."))} == codes


def test_two_spellings_of_a_foreign_name_are_told_in_the_later_line():
    article = "意大利驻华大使埃莱娜·吉里贝蒂表示，双方合作前景广阔。吉里贝蒂随后离开。"
    checker = TranslationChecker(reading(article, "zh"), "it")
    pairs = [
        ("埃莱娜·吉里贝蒂表示，双方合作前景广阔。", "L'ambasciatrice Elena Ghiribetti vede ampie prospettive."),
        ("吉里贝蒂随后离开。", "Poi Giribetti è partita."),
    ]
    first, second = checker.beside(pairs)
    assert first == ()
    assert [f.code for f in second] == ["name.rendering"]
    assert "'Giribetti'" in second[0].message
    assert checker.beside([pairs[0], (pairs[1][0], "Poi Ghiribetti è partita.")])[1] == ()
