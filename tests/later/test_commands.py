import json

import pytest

from summarizer.batch.store import Store
from summarizer.cli.later import steps
from tests.cli.test_app import articles, run
from tests.support.batches import Fate, serving_batches
from tests.support.endpoint import completion
from tests.support.model import changed, extractive, lines

__all__ = ["articles", "run"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(steps, "_LOOK_S", 0.0)


def test_articles_are_submitted_looked_at_and_collected_and_nothing_is_sent_twice(run, articles, tmp_path):
    store, out = tmp_path / "press.sqlite", tmp_path / "out"
    with serving_batches(extractive, lambda _: Fate(looks=1)) as server:
        asked = (
            "batch",
            "submit",
            articles,
            "--to",
            "zh",
            "--store",
            store,
            "--base-url",
            server.base_url,
            "--model",
            "m",
        )
        code, _, err = run(*asked)
        assert (code, len(server.begun)) == (0, 1)
        assert "2 articles: 0 done, 0 failed, 2 waiting" in err
        assert "summarizer batch collect" in err
        code, shown, _ = run("batch", "status", store)
        assert code == 0
        assert "batch_0 · m · in_progress · 0 of" in shown
        assert run(*asked)[0] == 0
        code, _, err = run("batch", "collect", store, "--out", out, "--wait")
        assert (code, "2 done, 0 failed, 0 waiting" in err) == (0, True)
        code, shown, _ = run("batch", "status", store, "--format", "json")
        paid = sum(server.paid.values())
        assert run("batch", "collect", store, "--out", out)[0] == 0
    told = json.loads(shown)
    assert (told["done"], told["unsent"], told["sent"]) == (2, 0, 0)
    assert all(batch["status"] == "completed" and batch["answered"] == batch["requests"] for batch in told["batches"])
    digests = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(out.iterdir())]
    assert len(digests) == 2
    assert sum(digest["provenance"]["requests"] for digest in digests) == paid == sum(server.paid.values())
    assert [brief["target_language"] for digest in digests for brief in digest["briefs"]] == ["zh", "zh"]


def test_articles_of_one_name_have_each_its_file_in_every_step(run, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text = f"The port of Trieste handled 62 million passengers in 2023, says paper {folder}. It grew."
        (tmp_path / folder / "news.txt").write_text(text, encoding="utf-8")
    store, out = tmp_path / "press.sqlite", tmp_path / "out"
    with serving_batches(extractive) as server:
        run(
            "batch",
            "submit",
            tmp_path / "a",
            tmp_path / "b",
            "--store",
            store,
            "--base-url",
            server.base_url,
            "--model",
            "m",
        )
        run("batch", "collect", store, "--out", out, "--wait")
    first, second = sorted(out.iterdir(), key=lambda path: len(path.name))
    assert first.name == "news.json"
    assert "paper a" in first.read_text(encoding="utf-8")
    assert "paper b" in second.read_text(encoding="utf-8")


def test_what_cannot_be_read_is_told_and_the_others_go(run, articles, tmp_path):
    (articles / "empty.txt").write_text(" ", encoding="utf-8")
    with serving_batches(extractive) as server:
        where = ("--store", tmp_path / "s.sqlite", "--base-url", server.base_url, "--model", "m")
        code, _, err = run("batch", "submit", articles, *where)
    assert (code, len(server.begun)) == (6, 1)
    assert "empty.txt" in err


def test_a_store_without_batches_and_the_embedded_model_are_refused(run, articles, tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    code, _, err = run("batch", "collect", tmp_path / "none.sqlite", "--out", tmp_path / "out")
    assert (code, "there is no store here" in err) == (2, True)
    code, _, err = run("batch", "submit", articles, "--store", tmp_path / "s.sqlite")
    assert (code, "the embedded model has no Batch API" in err) == (2, True)
    Store(tmp_path / "s.sqlite").close()
    code, _, err = run("batch", "status", tmp_path / "s.sqlite")
    assert (code, "nothing was submitted" in err) == (2, True)


def test_summarize_goes_through_batches_where_it_is_told_to(run, articles, tmp_path):
    out = tmp_path / "out"
    with serving_batches(extractive, lambda _: Fate(looks=1)) as server:
        asked = ("summarize", articles, "--batch", "--to", "zh", "--base-url", server.base_url, "--model", "m")
        assert run(*asked)[0] == 2
        code, _, err = run(*asked, "--out", out)
    assert (code, "2 done, 0 failed, 0 waiting" in err) == (0, True)
    assert len(list(out.iterdir())) == 2
    assert (tmp_path / "out.sqlite").exists()


def test_an_article_that_fails_is_told_with_its_reason_and_tried_again_when_it_is_given_again(
    run, articles, tmp_path
):
    store, refused = tmp_path / "press.sqlite", [True]

    def script(request):
        return completion(None, message={"refusal": "I cannot"}) if refused[0] else extractive(request)

    with serving_batches(script) as server:
        asked = (
            "batch",
            "submit",
            articles / "first.txt",
            "--store",
            store,
            "--base-url",
            server.base_url,
            "--model",
            "m",
        )
        assert run(*asked)[0] == 0
        code, _, err = run("batch", "collect", store, "--out", tmp_path / "out", "--wait")
        assert (code, "first.txt" in err, "refused" in err) == (3, True, True)
        begun, refused[0] = len(server.begun), False
        assert run("batch", "collect", store, "--out", tmp_path / "out")[0] == 0
        assert len(server.begun) == begun
        assert run(*asked)[0] == 0
        assert run("batch", "collect", store, "--out", tmp_path / "out", "--wait")[0] == 0
    assert len(list((tmp_path / "out").iterdir())) == 1


def untranslated(value):
    lines(value, "it")[-1].put("The port of Trieste handled sixty-two million passengers in that year.")


def test_strict_writes_no_digest_with_an_error(run, articles, tmp_path):
    store, out = tmp_path / "press.sqlite", tmp_path / "out"
    words = ("--to", "it", "--model", "m", "--store", store, "--strict")
    with serving_batches(changed(untranslated, "TranslationDraft")) as server:
        assert run("batch", "submit", articles / "first.txt", *words, "--base-url", server.base_url)[0] == 0
        code, _, err = run("batch", "collect", store, "--out", out, "--wait")
    assert (code, "severity error" in err) == (4, True)
    assert "0 done, 1 failed, 0 waiting" in err
    assert not out.exists() or not list(out.iterdir())


def test_templates_and_style_are_those_of_the_submission_wherever_it_is_collected(
    run, articles, tmp_path, monkeypatch
):
    own, store = tmp_path / "office" / "own", tmp_path / "press.sqlite"
    own.mkdir(parents=True)
    (own / "style.md").write_text("Write plainly.", encoding="utf-8")
    monkeypatch.chdir(own.parent)
    with serving_batches(extractive, lambda _: Fate(looks=1)) as server:
        where = ("--store", store, "--base-url", server.base_url, "--model", "m")
        assert run("batch", "submit", articles, "--prompts", "own", "--length", "short", *where)[0] == 0
        monkeypatch.chdir(tmp_path)
        (own / "style.md").write_text("Write at length.", encoding="utf-8")
        code, _, err = run("batch", "collect", store, "--out", tmp_path / "out")
        assert (code, "was submitted with other settings" in err) == (2, True)
        (own / "style.md").write_text("Write plainly.", encoding="utf-8")
        assert run("batch", "collect", store, "--out", tmp_path / "out", "--wait")[0] == 0
    digests = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out").iterdir()]
    assert len(digests) == 2
    assert all(len(digest["summary"]["key_points"]) <= 3 for digest in digests)
