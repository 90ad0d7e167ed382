import hashlib

import pytest

from summarizer.batch.names import Names


def article_id(text):
    return hashlib.sha256(text.encode()).hexdigest()


def written(folder, name, of):
    (folder / name).write_text(f'{{"article": {{"id": "{article_id(of)}"}}}}', encoding="utf-8")


def test_a_plain_name_where_nobody_else_has_it(tmp_path):
    assert Names(tmp_path, "json").of("press", article_id("a")) == "press.json"
    assert Names(tmp_path, "markdown").of("press", article_id("a")) == "press.md"


def test_an_article_keeps_its_name_and_another_gets_its_own(tmp_path):
    written(tmp_path, "press.json", "a")
    assert Names(tmp_path, "json").of("press", article_id("a")) == "press.json"
    other = Names(tmp_path, "json").of("press", article_id("b"))
    assert other == f"press-{article_id('b')[:12]}.json"
    written(tmp_path, other, "b")
    assert Names(tmp_path, "json").of("press", article_id("b")) == other


def test_names_of_one_run_are_all_different(tmp_path):
    names = Names(tmp_path, "json")
    made = [names.of(stem, article_id(text)) for stem in ("x", "X", "x") for text in ("a", "a", "b")]
    assert len({name.casefold() for name in made}) == 9


@pytest.mark.parametrize("stem", ["", "\x1b[2J", "港" * 200, "a\nb"])
def test_any_stem_gives_a_name_that_a_file_system_takes(tmp_path, stem):
    name = Names(tmp_path, "json").of(stem, article_id("a"))
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert "\n" not in name
    assert len(name.encode()) <= 240


def test_what_is_no_file_is_left_alone(tmp_path):
    (tmp_path / "press.json").mkdir()
    assert Names(tmp_path, "json").of("press", article_id("a")) != "press.json"
