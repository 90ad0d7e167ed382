"""Words of tables: the letters that are looked for first never hide a word that the pattern would find."""

import pytest

from summarizer import languages
from summarizer.checks.lexicon import Words, stem

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
    assert (match := Words.of([word]).search(text))
    assert match[0] == found


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("table", TABLES)
def test_every_word_of_a_table_has_letters_of_its_own(code, table):
    entries = languages.section(code, table).values()
    words = [w for entry in entries for part in entry for w in ([part] if isinstance(part, str) else part)]
    assert words
    assert all(stem(word) and stem(word) in word.replace("’", "'") for word in words)
