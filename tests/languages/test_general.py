"""Languages without a folder: what CLDR says of them, and what is refused."""

import pytest

from summarizer import languages
from summarizer.article import from_text, langid, segment
from summarizer.checks import fewer
from summarizer.errors import ArticleError, ConfigurationError
from summarizer.languages import general, tables
from summarizer.languages.language import Sentences


@pytest.mark.parametrize(
    ("code", "name", "script", "spaced", "full_stop", "from_right"),
    [
        ("pt", "Portuguese", "latin", True, ".", False),
        ("vi", "Vietnamese", "latin", True, ".", False),
        ("ru", "Russian", "cyrl", True, ".", False),
        ("ja", "Japanese", "jpan", False, "。", False),
        ("ko", "Korean", "kore", True, ".", False),
        ("th", "Thai", "thai", False, "", False),
        ("hi", "Hindi", "deva", True, "।", False),
        ("ar", "Arabic", "arab", True, ".", True),
        ("he", "Hebrew", "hebr", True, ".", True),
        ("fi", "Finnish", "latin", True, ".", False),
    ],
)
def test_cldr_says_what_a_language_is(
    code: str, name: str, script: str, spaced: bool, full_stop: str, from_right: bool
) -> None:
    own = languages.get(code)
    assert own.general
    assert (own.name, own.script, own.spaced, own.full_stop) == (name, script, spaced, full_stop)
    assert languages.right_to_left(code) is from_right


def test_a_language_with_a_folder_is_not_general() -> None:
    assert not languages.get("it").general
    assert not languages.right_to_left("it")


@pytest.mark.parametrize(
    ("given", "tag", "name"),
    [
        ("pt-BR", "pt-BR", "Brazilian Portuguese"),
        ("pt_br", "pt-BR", "Brazilian Portuguese"),
        ("en-GB", "en-GB", "British English"),
        ("ar-EG", "ar", "Arabic"),
        ("nb", "nb", "Norwegian Bokmål"),
    ],
)
def test_a_region_is_kept_where_cldr_has_a_name_for_what_is_written_there(given: str, tag: str, name: str) -> None:
    assert languages.checked(given) == tag
    assert languages.name(tag) == name
    assert languages.same(given, languages.base(given))


@pytest.mark.parametrize(
    ("given", "tag", "name", "script"),
    [
        ("sr-Latn", "sr-Latn", "Serbian (Latin)", "latin"),
        ("sr_latn_rs", "sr-Latn", "Serbian (Latin)", "latin"),
        ("sr-Cyrl", "sr", "Serbian", "cyrl"),
        ("uz-Cyrl", "uz-Cyrl", "Uzbek (Cyrillic)", "cyrl"),
        ("pa-Arab", "pa-Arab", "Punjabi (Arabic)", "arab"),
        ("zh-Hans-CN", "zh", "Chinese", "han"),
        ("de-Latn", "de", "German", "latin"),
    ],
)
def test_a_script_is_kept_that_is_not_the_usual_one(given: str, tag: str, name: str, script: str) -> None:
    assert languages.checked(given) == tag
    assert languages.name(given) == name
    assert languages.get(given).script == script
    assert languages.right_to_left(given) is (script == "arab")


@pytest.mark.parametrize("given", ["kk-Latn", "ja-Latn", "de-Cyrl", "zh-Latn", "de-Hans"])
def test_a_script_that_a_language_is_not_known_in_is_never_another_in_silence(given: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{given[3:]}.*leave {given[3:]} out"):
        languages.checked(given)


LATIN = "Gradonačelnik je rekao da će most biti otvoren na proleće. Policija istražuje nesreću na auto-putu kod Niša."
CYRILLIC = (
    "Градоначелник је рекао да ће мост бити отворен на пролеће. Полиција истражује несрећу на ауто-путу код Ниша."
)


def test_a_language_of_two_scripts_is_told_with_the_script_of_the_text() -> None:
    assert langid.identify(LATIN)[0] == "sr-Latn"
    assert langid.identify(CYRILLIC)[0] == "sr"
    assert langid.is_in(LATIN, "sr-Latn")
    assert langid.is_in(CYRILLIC, "sr")
    assert not langid.is_in(CYRILLIC, "sr-Latn")
    assert not langid.is_in(LATIN, "sr")


@pytest.mark.parametrize("code", ["xx", "war", "tlh", "", "…"])
def test_what_cldr_or_the_identifier_does_not_know_is_refused_with_advice(code: str) -> None:
    assert not languages.known(code)
    with pytest.raises(ConfigurationError, match=r"docs/languages\.md"):
        languages.checked(code)


def test_an_unspaced_language_takes_fewer_characters_than_english_and_others_about_as_many() -> None:
    assert languages.expected_chars("a" * 100, "en", "ja") < 60
    assert 80 < languages.expected_chars("a" * 100, "en", "pt") < 130


def test_a_table_without_a_folder_says_nothing() -> None:
    assert tables.bare(Sentences) == Sentences((), (), (), (), (), (), False, "")
    assert languages.get("pt").negation is not None
    assert languages.get("ja").speech.cues.states == ()


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("ja", ["「橋は安全です。」と市長は述べた。", "工事は終わった。"]),
        ("ar", ["هل انتهت الأعمال؟", "نعم، انتهت."]),
        ("hi", ["पुल फिर खुल गया है।", "काम पूरा हुआ।"]),
        ("ur", ["پل دوبارہ کھل گیا۔", "کام مکمل ہوا۔"]),
        ("ru", ["Завод стоит с 5 сент. 2026 г. по решению г. Лужска.", "Печи остыли."]),
        ("pt", ["O Sr. Prado e a Dra. Neves chegaram em 3 de set. 2026.", "A ponte abriu."]),
        ("th", ["สะพานเปิดแล้ว"]),
    ],
)
def test_sentences_end_at_the_full_stops_of_every_script(code: str, sentences: list[str]) -> None:
    joint = languages.get(code).joint
    assert [s.text for s in segment.split(joint.join(sentences), code)] == sentences


@pytest.mark.parametrize(
    ("line", "code", "right"),
    [
        ("A ponte do porto vai reabrir em setembro, disse a prefeita na segunda-feira.", "pt", True),
        ("The harbour bridge will reopen in September, the mayor said on Monday.", "pt", False),
        ("El puente del puerto reabrirá en septiembre, dijo la alcaldesa el lunes pasado.", "pt", False),
        ("Мост в гавани вновь откроют в сентябре, сообщила мэр города.", "ru", True),
        ("The harbour bridge will reopen in September, the mayor said on Monday.", "ru", False),
        ("港の橋は9月に再開すると市長が月曜日に述べた。", "ja", True),
        ("市长星期一表示，港口大桥将于九月重新开放。", "ja", False),
        ("Fenwick Bay", "ja", True),
        ("12.5%", "ar", True),
    ],
)
def test_a_line_is_in_a_language_unless_the_identifier_is_sure_of_another(line: str, code: str, right: bool) -> None:
    assert langid.is_in(line, code) is right


def test_a_wrong_language_and_a_mixture_are_found() -> None:
    portuguese = "A ponte do porto vai reabrir em setembro, disse a prefeita na segunda-feira passada. " * 3
    given = from_text(portuguese, language="ru")
    assert [f.code for f in given.findings if "seems to be Portuguese" in f.message] == ["article.language"]
    english = "The harbour bridge will reopen in September, the mayor said on Monday after the meeting. " * 2
    mixed = from_text(f"{portuguese}\n\n{english}")
    assert mixed.language == "pt"
    assert any(f.code == "article.language" and "paragraphs of it are English" in f.message for f in mixed.findings)


def test_a_language_of_which_nothing_is_known_is_refused_by_name() -> None:
    with pytest.raises(ArticleError, match="'war'"):
        from_text(
            "An alkalde han syudad nakigkita ha embahador han Italya. An pagbisita nagpabilin hin duha ka oras."
        )


def test_the_identifiers_spelling_is_cldrs() -> None:
    assert general.canonical("tl") == "fil"
    assert general.knows("fil")


def test_a_note_names_in_words_what_is_not_checked() -> None:
    (told,) = fewer.of_article("ar")
    assert told.code == "checks.fewer"
    assert told.severity == "info"
    assert told.message.startswith("Arabic is read by general rules: quotations are found by their marks")
    assert "Not checked: who says a quotation" in told.message
    (across,), (alike,) = fewer.of_brief("en", "ru", "/briefs/0"), fewer.of_brief("en", "pt-BR", "/briefs/0")
    assert "names between the two scripts" in across.message
    assert "into Brazilian Portuguese" in alike.message
    assert "names between the two scripts" not in alike.message
    assert list(fewer.of_article("it")) == list(fewer.of_brief("it", "zh", "/briefs/0")) == []
