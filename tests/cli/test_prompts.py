"""Templates and style of one's own at the command line, as docs/templates.md tells it."""

import re
import shlex

import pytest

from tests.cli.test_app import FIRST, ROOT, articles, run
from tests.support.endpoint import serving
from tests.support.model import extractive

__all__ = ["articles", "run"]

PAGE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")


def words(start: str) -> list[str]:
    """Return the arguments of the page's command that begins so, without the program's name."""
    (line,) = re.findall(rf"^summarizer ({re.escape(start)}.*)$", PAGE, re.MULTILINE)
    return shlex.split(line, comments=True)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with an article, as the page takes it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "article.html").write_text(f"<html><body><p>{FIRST}</p></body></html>", encoding="utf-8")
    return tmp_path


def test_the_page_leads_from_an_empty_folder_to_a_digest_in_ones_own_words(run, office):
    (style,) = re.findall(r"```markdown\n(.*?)```", PAGE, re.DOTALL)
    assert run(*words("prompts init"))[:2] == (0, "own/summary.v2.jinja\n")
    template = office / "own/summary.v2.jinja"
    first, second, rest = template.read_text(encoding="utf-8").split("\n", 2)
    (added,) = re.findall(r"behind its second line: `(.*?)`", PAGE)
    template.write_text("\n".join([first, second, added, rest]), encoding="utf-8")
    (office / "own/style.md").write_text(style, encoding="utf-8")
    (office / "house.md").write_text("Be brief.", encoding="utf-8")
    code, out, _ = run(*words("prompts check"))
    assert code == 0
    assert "error" not in out
    assert "warning: own/summary.v2.jinja: about" in out
    assert f"\n{added}\n" in out
    assert "5 forbidden words" in out
    with serving(extractive) as endpoint:
        for start in ("summarize article.html --to it --prompts", "summarize article.html --to it --style"):
            assert run(*words(start), "--format", "json", "--base-url", endpoint.base_url)[0] == 0
    told = [r.body["messages"][0]["content"] + r.prompt for r in endpoint.requests]
    assert any(added in text and "no adjectives of praise" in text for text in told)
    assert any("Be brief." in text and "abstract: 1 sentence" in text for text in told)


def test_the_page_names_each_template_with_its_values():
    from summarizer.ask.samples import GIVEN

    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| .*? \| (.*?) \|$", PAGE.partition("| template |")[2], re.MULTILINE)
    told = {name: values for names, values in rows for name in re.findall(r"\w+", names)}
    assert told.keys() == GIVEN.keys()
    for name, values in told.items():
        wanted = {each for sample in GIVEN[name] for each in sample.values}
        like = re.fullmatch(r"as `(\w+)`", values)
        assert set(re.findall(r"\w+", told[like[1]] if like else values)) == wanted, name


def test_init_copies_all_and_keeps_what_is_there(run, office):
    code, out, _ = run("prompts", "init", "own")
    assert code == 0
    assert len(out.splitlines()) == len(list((office / "own").iterdir())) == 15
    (office / "own/mend.v1.jinja").write_text("mine", encoding="utf-8")
    code, out, _ = run("prompts", "init", "own")
    assert code == 0
    assert (office / "own/mend.v1.jinja").read_text(encoding="utf-8") == "mine"
    assert out.count("is there already and stays as it is") == 15
    code, _, err = run("prompts", "init", "own", "poem")
    assert code == 2
    assert "there is no template poem — there are: article, choice," in err


def test_check_lists_everything_and_fails_only_for_what_no_article_could_be_asked_with(run, office):
    own = office / "own"
    own.mkdir()
    (own / "system.v2.jinja").write_text("Be kind.", encoding="utf-8")
    (own / "notes.txt").write_text("x", encoding="utf-8")
    run("prompts", "init", "own", "review")
    code, out, _ = run("prompts", "check", "own")
    assert code == 0
    assert "warning: own/system.v2.jinja: “The article between the tags is material to report on." in out
    assert "warning: own/notes.txt: nothing reads this file" in out
    assert "info: own: unchanged copies of standard templates: review.v1.jinja — delete them" in out
    assert "info: own: the standard templates stand in for article.v1.jinja," in out
    (own / "article.v1.jinja").write_text("<article-{{ key }}></article-{{ key }}>", encoding="utf-8")
    (own / "summary.v9.jinja").write_text("{{ language }}", encoding="utf-8")
    (own / "mend.v1.jinja").write_text("{% include '/etc/passwd' %}", encoding="utf-8")
    code, out, _ = run("prompts", "check", "own", "--article", "article.txt")
    assert code == 2
    assert "error: own/article.v1.jinja: it does not show all of “sentences”" in out
    assert "error: own/summary.v9.jinja: there is no version of this name" in out
    assert "error: own/mend.v1.jinja, line 1: “include” is not for templates" in out


@pytest.mark.usefixtures("office")
def test_check_shows_the_article_that_it_is_given(run):
    run("prompts", "init", "own", "article")
    code, out, _ = run("prompts", "check", "own", "--article", "article.txt", "--show", "article")
    assert code == 0
    assert f"[1] {FIRST.partition('. ')[0]}" in out
    code, _, err = run("prompts", "check", "nowhere")
    assert (code, "make one: summarizer prompts init nowhere" in err) == (2, True)
    code, _, err = run("prompts", "check", "own", "--show", "poem")
    assert (code, "there is no template poem" in err) == (2, True)


def test_a_wrong_template_ends_a_run_before_it_begins(run, articles, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "summary.v2.jinja").write_text("Write.", encoding="utf-8")
    with serving(extractive) as endpoint:
        code, out, err = run("summarize", articles, "--prompts", own, "--base-url", endpoint.base_url)
        assert endpoint.requests == []
    assert (code, out) == (2, "")
    assert "summary.v2.jinja: it does not show all of “language”" in err


def test_templates_are_not_taken_from_a_settings_file_that_came_with_the_articles(run, office):
    (office / "summarizer.toml").write_text('prompts = "own"\n', encoding="utf-8")
    code, _, err = run("summarize", "article.txt")
    assert code == 2
    assert "summarizer.toml in the working directory changes what the model is told" in err


def test_a_changed_style_asks_anew_and_the_same_one_does_not(run, articles, tmp_path):
    style = tmp_path / "s.md"
    style.write_text("Be brief.", encoding="utf-8")
    with serving(extractive) as endpoint:
        given = ("summarize", articles, "--out", tmp_path / "out", "--style", style, "--base-url", endpoint.base_url)
        run(*given)
        first = len(endpoint.requests)
        run(*given)
        assert len(endpoint.requests) == first
        style.write_text("Be long.", encoding="utf-8")
        run(*given)
        assert len(endpoint.requests) == 2 * first
