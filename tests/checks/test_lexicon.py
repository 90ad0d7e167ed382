"""Words of tables: the letters that are looked for first never hide a word that the pattern would find."""

import pytest

from summarizer import languages
from summarizer.checks.lexicon import Words

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
def test_every_word_of_a_table_is_found_where_it_stands(code, table):
    entries = languages.section(code, table).values()
    words = [w for entry in entries for part in entry for w in ([part] if isinstance(part, str) else part)]
    assert words
    texts = {word: word.replace("*", "").replace("#", "12").replace("’", "'") for word in words}
    assert [word for word, text in texts.items() if not Words.of([word]).search(text)] == []
