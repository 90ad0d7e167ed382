"""Words of tables as patterns: what they match, and that a list without words matches nothing."""

import re

import pytest

from summarizer import languages
from summarizer.languages.wordlist import (
    Entries,
    WordList,
    any_of,
    beginning,
    either,
    openings,
    peeked,
    stem,
    whole_words,
)

TABLES = ("offices", "rates", "contraries")


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("vice*", "il vicesindaco", "vicesindaco"),
        ("non … più", "non lo fa più", "non lo fa più"),
        ("no. #", "the no. 12 port", "no. 12"),
        ("dell’anno", "fine dell'anno", "dell'anno"),
        ("副", "副市长", "副"),
    ],
)
def test_a_word_is_found_with_what_stands_open_in_it(word, text, found):
    assert (match := WordList.of([word]).search(text))
    assert match[0] == found


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("table", TABLES)
def test_every_word_of_a_table_has_letters_of_its_own(code, table):
    entries = getattr(languages.get(code), table).values()
    words = [w for entry in entries for part in entry for w in ([part] if isinstance(part, str) else part)]
    assert words
    assert all(stem(word) and stem(word) in word.replace("’", "'") for word in words)


@pytest.mark.parametrize("pattern", [any_of, beginning, either, peeked, whole_words], ids=lambda made: made.__name__)
def test_a_list_without_words_matches_nothing_whatever_stands_around_it(pattern):
    assert re.search(pattern([]), "anything 什么") is None
    assert re.search(rf"(?<!\w){pattern([])}\s?$", "anything") is None
    assert WordList.of([]).pattern.search("anything") is None


def test_many_words_are_matched_as_by_their_list_alone():
    words = ["市", "市长", "CEO", "局长"]
    found = [[m[0] for m in re.finditer(made(words), "副市长、市场、CEO和局长")] for made in (any_of, peeked)]
    assert found == [["市长", "市", "CEO", "局长"]] * 2


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("table", ["offices", "rates", "cities"])
def test_an_entry_is_near_every_text_that_has_one_of_its_words(code, table):
    words = {name: [word.lower() for word in own] for name, own in getattr(languages.get(code), table).items()}
    entries = Entries.of({name: WordList.of(own) for name, own in words.items()})
    for name, word in ((name, word) for name, own in words.items() for word in own):
        text = "so " + word.replace("’", "'").replace("*", "x").replace("#", "12").replace("…", "")
        assert entries.words[name].search(text), text
        assert name in dict(entries.near(openings(text))), text


@pytest.mark.parametrize(
    ("text", "near"),
    [("the mayors", ["mayor", "open"]), ("副市长", ["市长", "open"]), ("the manager", ["open"]), ("", [])],
)
def test_a_text_is_near_the_entries_of_which_a_word_begins_like_one_of_its_own(text, near):
    words = {"mayor": ["mayor*"], "市长": ["市长"], "open": ["… in office"], "none": []}
    found = Entries.of({name: WordList.of(own) for name, own in words.items()}).near(openings(text))
    assert [name for name, _ in found] == near
