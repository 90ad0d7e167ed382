"""Articles in, and briefs into, languages without a folder: by the same contract, with fewer checks and a note of which."""

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.batch import flat
from summarizer.digest import Digest, assemble
from summarizer.digest.audit import audit
from summarizer.render import tables
from tests.support.any_language import LANGUAGES, article, honest
from tests.support.endpoint import serving
from tests.support.model import changed


def digest_of(source: str, target: str, change=lambda _code, text: text, language: str | None = None) -> Digest:
    with serving(honest(source, change)) as endpoint:
        settings = Settings(base_url=endpoint.base_url, model="test-model", review="none")
        with Summarizer(settings) as summarizer:
            return summarizer.summarize_sync(from_text(article(source).text, language=language), (target,))


def named_as(name: str):
    """Answer honestly, but with one name for whoever speaks."""

    def change(value: dict) -> None:
        for quote in value.get("quotes", ()):
            quote["speaker"] = name

    return changed(change, "ChoiceDraft")


def objections(digest: Digest) -> list[str]:
    return [f"{f.code}: {f.message}" for f in digest.findings if f.severity != "info"]


def fewer(digest: Digest) -> list[str]:
    return [f.where for f in digest.findings if f.code == "checks.fewer"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_article_in_it_is_summarised_and_briefed_in_english(code: str) -> None:
    digest = digest_of(code, "en")
    assemble.validate(digest)
    text = digest.article.text
    assert digest.article.language == code
    assert len(digest.article.sentences) == len(article(code).sentences)
    assert [text[q.start : q.end] for q in digest.quotes] == [q.text for q in digest.quotes]
    assert [q.text for q in digest.quotes] == list(article(code).quotations)
    assert [q.speaker and q.speaker.name for q in digest.quotes] == list(article(code).speakers)
    assert {"12500000", "2025-09-14", "18400", "3.7", "240", "860000"} <= {f.value for f in digest.figures}
    assert objections(digest) == []
    assert fewer(digest) == ["/article/language", "/briefs/0"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_brief_into_it_is_checked_and_says_what_is_not(code: str) -> None:
    digest = digest_of("en", code)
    assemble.validate(digest)
    (brief,) = digest.briefs
    assert brief.target_language == code
    assert brief.headline.target == article(code).headline
    assert all(q.translations[code] for q in digest.quotes)
    assert objections(digest) == []
    assert fewer(digest) == ["/briefs/0"]


@pytest.mark.parametrize(
    ("source", "target"), [("ru", "ja"), ("ja", "pt"), ("ar", "ko"), ("vi", "pt-BR"), ("pt", "ru")]
)
def test_two_languages_without_a_folder_are_held_against_each_other(source: str, target: str) -> None:
    digest = digest_of(source, target)
    assemble.validate(digest)
    assert [brief.target_language for brief in digest.briefs] == [target]
    assert objections(digest) == []
    assert fewer(digest) == ["/article/language", "/briefs/0"]


def test_a_speaker_who_stands_elsewhere_is_a_doubt_and_a_stranger_is_nobody() -> None:
    told = article("pt")
    text = "\n\n".join(
        (told.text, "A ponte fechou em 2023.", "O porto é antigo.", "O rio é largo.", "Rui Falcão assistiu.")
    )
    for named, code in (("Rui Falcão", "quote.named"), ("Marta Leal", "quote.unattributed")):
        with serving(named_as(named)) as endpoint:
            settings = Settings(base_url=endpoint.base_url, model="test-model", review="none")
            with Summarizer(settings) as summarizer:
                digest = summarizer.summarize_sync(from_text(text))
        assert [f.code for f in digest.findings if f.where == "/quotes/0/speaker"] == [code]
        assert (digest.quotes[0].speaker is None) is (code == "quote.unattributed")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_changed_figure_is_found(code: str) -> None:
    wrong = digest_of("en", code, lambda _, text: text.replace("2025", "2027"))
    assert any("2027" in told for told in objections(wrong))
    wrong = digest_of(code, "en", lambda _, text: text.replace("12.5", "17.5"))
    assert any("17.5" in told for told in objections(wrong))


def test_tables_put_its_lines_into_the_columns_that_such_languages_share() -> None:
    digest = digest_of("en", "pt")
    row = flat.row("bridge", digest)
    assert list(row) == list(flat.columns())
    assert row["headline_other"] == f"pt: {article('pt').headline}"
    assert str(row["brief_other"]).startswith("pt: ")
    quoted = [each["translation_other"] for each in tables.quotes([("bridge", digest)])]
    assert quoted
    assert all(str(each).startswith("pt: ") for each in quoted)


def test_a_published_digest_is_held_against_its_article_by_the_same_rules() -> None:
    digest = digest_of("ja", "pt")
    assert [f for f in audit(digest) if f.severity != "info"] == []
    (brief,) = digest.briefs
    wrong = brief.headline.target.replace("2025", "2027")
    headline = brief.headline.model_copy(update={"target": wrong})
    changed_one = digest.model_copy(update={"briefs": (brief.model_copy(update={"headline": headline}),)})
    assert any(f.code.startswith("figure.") and f.where == "/briefs/0/headline/target" for f in audit(changed_one))
