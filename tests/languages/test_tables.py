"""A language's files are strict: what is not as it must be is an error that names the file and the key."""

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest

from summarizer import languages, speech
from summarizer.errors import ConfigurationError
from summarizer.languages import Language, tables
from summarizer.languages.wordlist import any_of, expand
from summarizer.speech.alphabetic.grammar import grammar
from summarizer.speech.han.patterns import patterns

FILES = ("language", "figures", "speech", "checks")
PROPERTIES = [name for name in dir(Language) if isinstance(getattr(Language, name), property)]
#: Caches of what was read before.
CACHES = (tables.file, tables.table, tables._text, tables._parts, languages._language)

Edit = Callable[[str, str, str, str], None]


def text_of(code: str, file: str) -> str:
    return resources.files("summarizer.languages").joinpath(code, f"{file}.toml").read_text(encoding="utf-8")


def forget() -> None:
    for cache in CACHES:
        getattr(cache, "cache_clear", lambda: None)()


@pytest.fixture
def edit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Edit]:
    """Read a file as if some of its text were other text."""
    changed: dict[tuple[str, str], str] = {}

    def replace(code: str, file: str, old: str, new: str) -> None:
        text = text_of(code, file)
        assert old in text
        changed[code, file] = text.replace(old, new, 1)

    monkeypatch.setattr(tables, "_text", lambda code, file: changed.get((code, file)) or text_of(code, file))
    forget()
    yield replace
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("name", PROPERTIES)
def test_every_table_of_every_language_is_as_it_must_be(code: str, name: str) -> None:
    assert getattr(languages.get(code), name) is not None


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("file", ["language", "checks"])
def test_tables_read_one_by_one_are_those_of_the_whole_file(code: str, file: str) -> None:
    whole = tomllib.loads(text_of(code, file))
    for title in (title for title, table in whole.items() if isinstance(table, dict)):
        read = getattr(languages.get(code), title)
        assert whole[title].keys() == (tables.keys(type(read)) if tables.is_record(read) else read).keys()


@pytest.mark.parametrize("title", ["offices", "rates", "contraries", "cities"])
def test_what_is_named_alike_in_each_language_has_the_same_names(title: str) -> None:
    names = [set(getattr(languages.get(code), title)) for code in languages.available()]
    assert all(each == names[0] for each in names)


#: Tables whose keys are the words or names themselves; what they hold stands above the table.
OF_WORDS = {
    "cardinals", "multipliers", "ordinals", "parts", "halves", "suffixes", "money_suffixes", "ordinal_marks", "percent",
    "measures", "implied", "currencies", "cents", "small_money", "digits", "places", "tenths", "contraries", "offices",
    "rates", "countries", "cities",
}  # fmt: skip
KEY = re.compile(r"[a-z_]+ = ")


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("file", FILES)
def test_each_key_has_a_comment(code: str, file: str) -> None:
    title, before, bare = "", "", []
    for line in text_of(code, file).splitlines():
        title = line.strip("[]") if line.startswith("[") else title
        of_words = "." in title or (
            title in OF_WORDS and (file, title) not in {("speech", "offices"), ("checks", "places")}
        )
        if KEY.match(line) and not of_words and not before.startswith("#"):
            bare.append(line)
        before = line
    assert bare == []


BROKEN: list[tuple[str, str, str, str, str]] = [
    ("speech", "\nsays = ", "\nsayz = ", "speech", r"it/speech\.toml: cues has the unknown key 'sayz'; did you mean 'says'\?"),
    ("speech", "\n[names]\n", "\n[nomi]\n", "speech", r"it/speech\.toml has the unknown key 'nomi'"),
    ("figures", "\nand = ", "\n# and = ", "figures", r"it/figures\.toml lacks the key 'and'; an empty value says"),
    ("figures", "\nsei = 6", '\nsei = "6"', "figures", r"it/figures\.toml: cardinals\.sei must be a whole number, not '6'"),
    ("figures", 'order = "dmy"', 'order = "dym"', "figures", r"it/figures\.toml: dates\.order must be 'dmy' or 'mdy' or 'ymd'"),
    ("language", "spaced = true", 'spaced = "yes"', "words", r"it/language\.toml: spaced must be true or false, not 'yes'"),
    ("language", "script = ", "skript = ", "words", r"it/language\.toml has the unknown key 'skript'; did you mean 'script'\?"),
    ("language", 'code = "it"', 'code = "fr"', "words", r"it/language\.toml: code must be 'it', the folder's name"),
    ("language", "density = 1.16", 'density = "1.16"', "words", r"it/language\.toml: \[words\] density must be a number"),
    ("checks", "[negation]", "[negations]", "negation", r"it/checks\.toml has the unknown table \[negations\]; did you mean 'negation'\?"),
    ("checks", "denials = []", "denials = ", "contrasts", r"it/checks\.toml cannot be read: "),
    ("checks", '["raddoppi*"], ["triplic*"]', '["raddoppi*"]', "contraries", r"it/checks\.toml: \[contraries\] double must be a list of 2"),
    ("checks", 'turns = ["ma", ', 'turns = [1, ', "contrasts", r"it/checks\.toml: \[contrasts\] turns must be a list of text, not 1"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "asked", "message"), BROKEN)
def test_what_is_wrong_is_named_with_its_file(
    edit: Edit, file: str, old: str, new: str, asked: str, message: str
) -> None:
    edit("it", file, old, new)
    with pytest.raises(ConfigurationError, match=message):
        getattr(languages.get("it"), asked)


def test_a_table_that_is_missing_is_named(edit: Edit) -> None:
    text = text_of("it", "checks")
    edit("it", "checks", text[text.index("[rates]") : text.index("[countries]")], "")
    with pytest.raises(ConfigurationError, match=r"languages/it/checks\.toml has no table \[rates\]"):
        assert languages.get("it").rates


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"languages/it/dreams\.toml is missing"):
        tables.file("it", "dreams", object)


def test_a_value_cannot_be_changed() -> None:
    own: Any = languages.get("it")
    with pytest.raises(AttributeError):
        own.spaced = False
    with pytest.raises(TypeError):
        own.cities["rome"] = ("Roma",)


def without_words(table: Any) -> Any:
    """A table with no word in its lists; its characters and what surrounds them stay."""
    if tables.is_record(table):
        fields = {field: without_words(getattr(table, field)) for field in tables.keys(type(table)).values()}
        return type(table)(**fields)
    return () if isinstance(table, tuple) else table


@pytest.fixture(params=languages.available())
def wordless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language in whose table of speech every list is empty."""
    whole = tables.file

    def read(code: str, name: str, kind: Any) -> Any:
        found = whole(code, name, kind)
        return without_words(found) if (code, name) == (request.param, "speech") else found

    monkeypatch.setattr(tables, "file", read)
    for cache in (grammar, patterns):
        cache.cache_clear()
    yield request.param
    for cache in (grammar, patterns):
        cache.cache_clear()


def test_a_language_without_words_has_no_speech_but_what_is_marked(wordless: str) -> None:
    text = (
        "Il sindaco Anna Rossi ha detto: «Apriremo 12 nuove scuole». 市长龚正说：“我们将开设12所新学校。”他表示愿意。"
    )
    assert {said.kind for said in speech.find(text, wordless)} <= {"direct"}


def test_alternatives_are_written_out() -> None:
    assert expand("prim{o,a}") == ("primo", "prima")
    assert expand("{a,b} d{i,el}") == ("a di", "a del", "b di", "b del")
    assert "ad avviso dell'" in languages.get("it").latin_speech().cues.according
    assert languages.get("it").figures.dates.months[3] == ("apr", "apr.")


def test_a_pattern_of_words_reads_the_longest_at_a_words_edge() -> None:
    words = re.compile(any_of(["più", "più di", "circ*", "市", "市长"]))
    assert [m[0] for m in words.finditer("più di circa 5, spiù, 市长说")] == ["più di", "circa", "più", "市长"]
    assert re.search(any_of([]), "anything") is None
