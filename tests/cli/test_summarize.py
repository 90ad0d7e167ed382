import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer.digest import Change, Digest
from summarizer.digest.corrections import apply
from tests.cli.test_app import _HEEDING, FIRST, ROOT, SECOND, articles, run
from tests.support.endpoint import failure, in_turn, serving
from tests.support.model import extractive

__all__ = ["articles", "run"]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "press.jsonl"
    rows = [{"id": f"a{n}", "body": f"{FIRST} Ship number {n} called there."} for n in range(6)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_second_command_asks_for_nothing_and_writes_the_same(run, articles, tmp_path):
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        asked = ("summarize", articles, "--to", "zh", "--out", out, "--base-url", endpoint.base_url)
        assert run(*asked)[0] == 0
        first, requests = {p.name: p.read_bytes() for p in out.iterdir()}, len(endpoint.requests)
        code, _, err = run(*asked)
        assert len(endpoint.requests) == requests
        assert run(*asked, "--force")[0] == 0
        assert len(endpoint.requests) == 2 * requests
    assert (code, {p.name for p in out.iterdir()}) == (0, set(first))
    assert "2 done (2 of them were in the store)" in err
    assert (tmp_path / "digests.sqlite").exists()


def test_nothing_is_kept_of_one_article_for_the_screen_or_without_a_store(run, articles, tmp_path):
    with serving(extractive) as endpoint:
        run("summarize", articles / "first.txt", "--base-url", endpoint.base_url)
        run("summarize", articles, "--no-model")
        run("summarize", articles, "--no-store", "--out", tmp_path / "out", "--base-url", endpoint.base_url)
        assert list(tmp_path.rglob("*.sqlite")) == []
        run("summarize", articles, "--base-url", endpoint.base_url)
    assert [p.name for p in tmp_path.rglob("*.sqlite")] == ["store.sqlite"]


def test_the_end_is_told_in_words_and_as_json_and_adds_up(run, articles, tmp_path):
    (articles / "empty.txt").write_text(" ", encoding="utf-8")
    end = tmp_path / "end.json"
    with serving(extractive) as endpoint:
        where = ("--out", tmp_path / "out", "--summary", end, "--base-url", endpoint.base_url)
        code, _, err = run("summarize", articles, *where)
        sent = len(endpoint.requests)
        told = json.loads(end.read_text(encoding="utf-8"))
        alone = run("summarize", articles / "first.txt", *where, "--quiet")
    assert (code, alone) == (6, (0, "", ""))
    assert "3 articles: 2 done, 1 failed" in err
    assert f" · {sent} requests · " in err
    assert (told["cost"]["requests"], told["cost"]["input_tokens"]) == (sent, 300 * sent)
    assert [line for line in err.splitlines() if line.startswith("failed: ") and "empty.txt" in line]


def test_the_summary_of_a_run_that_stopped_says_why(run, table, tmp_path):
    end = tmp_path / "end.json"
    with serving(in_turn(failure(401, "Incorrect API key"))) as endpoint:
        asked = ("--columns", "text=body", "--summary", end, "--base-url", endpoint.base_url, "--no-store")
        code, out, err = run("summarize", table, *asked)
    told = json.loads(end.read_text(encoding="utf-8"))
    assert (code, out) == (3, "")
    assert "OPENAI_API_KEY" in told["stopped"]
    assert told["done"] + told["failed"] + told["not_done"] == told["articles"] == 6
    assert {f["error"] for f in told["failures"]} == {"ModelRejectedError"}
    assert [f["name"] in err for f in told["failures"]] == [True] * told["failed"]
    assert err.count("OPENAI_API_KEY") <= 3  # as it happens, for all that failed, as the end's reason
    assert "stopped: " in err
    assert "give the same command again" in err


def test_a_table_gives_one_file_for_each_row_named_after_its_id(run, table, tmp_path):
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        code, _, _ = run(
            "summarize", table, "--columns", "text=body", "--out", out, "--base-url", endpoint.base_url, "-q"
        )
    assert code == 0
    assert sorted(p.name for p in out.iterdir()) == [f"a{n}.json" for n in range(6)]


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_another_article_of_the_same_name_gets_a_file_of_its_own_in_every_run(run, articles, tmp_path, form):
    out, other = tmp_path / "digests", tmp_path / "other"
    other.mkdir()
    (other / "first.txt").write_text(SECOND, encoding="utf-8")
    for source in (articles / "first.txt", other / "first.txt", articles / "first.txt", other / "first.txt"):
        assert run("summarize", source, "--no-model", "--out", out, "--format", form, "-q")[0] == 0
    names = sorted(p.name for p in out.iterdir())
    assert len(names) == 2
    plain = (out / f"first.{'md' if form == 'markdown' else 'json'}").read_text(encoding="utf-8")
    assert "The port of Trieste" in plain


def test_the_output_folder_is_tried_before_anything_is_asked(run, articles, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with serving(extractive) as endpoint:
        code, _, err = run("summarize", articles, "--out", tmp_path / "file", "--base-url", endpoint.base_url)
    assert (code, endpoint.requests) == (2, [])
    assert "--out" in err


def test_a_dry_run_says_what_it_would_take_and_asks_nothing(run, articles, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("[prices.m]\ninput = 1\noutput = 10\n", encoding="utf-8")
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        asked = ("summarize", articles, "--out", out, "--to", "zh", "--base-url", endpoint.base_url, "--model", "m")
        code, said, _ = run(*asked, "--dry-run", "--config", file)
        assert (code, endpoint.requests, out.exists()) == (0, [], False)
        assert "2 articles: 2 to ask about, 0 in the store" in said
        assert " USD" in said
        run(*asked)
        assert "0 to ask about, 2 in the store" in run(*asked, "--dry-run")[1]


def test_a_budget_stops_the_run_and_says_how_to_go_on(run, table, tmp_path):
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        asked = (
            "summarize",
            table,
            "--columns",
            "text=body",
            "--to",
            "zh",
            "--out",
            out,
            "--base-url",
            endpoint.base_url,
        )
        code, _, err = run(*asked, "--max-tokens", "4500")
        done = len(list(out.iterdir()))
        assert (code, 0 < done < 6) == (6, True)
        assert "stopped: the limit of 4,500 tokens would not hold" in err
        assert run(*asked)[0] == 0
    assert len(list(out.iterdir())) == 6


def test_ctrl_c_finishes_what_is_under_way_and_says_how_to_go_on(table, tmp_path):
    out = tmp_path / "digests"

    def slow(request):
        time.sleep(0.2)
        return extractive(request)

    with serving(slow) as endpoint:
        command = [
            sys.executable,
            "-c",
            _HEEDING,
            "-m",
            "summarizer",
            "summarize",
            str(table),
            "--columns",
            "text=body",
        ]
        where = ["--to", "zh", "--out", str(out), "--base-url", endpoint.base_url, "--concurrency", "2"]
        process = subprocess.Popen([*command, *where], cwd=ROOT, stderr=subprocess.PIPE)
        while len(endpoint.requests) < 2 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    written = [json.loads(p.read_text(encoding="utf-8")) for p in out.iterdir()]
    assert process.returncode == 130
    assert 1 <= len(written) <= 3
    assert all(digest["briefs"] for digest in written)
    assert b"press Ctrl-C again to stop at once" in err
    assert b"give the same command again" in err


def digests_in(page):
    return [json.loads(block) for block in re.findall(r'id="digest-\d+">(.*?)</script>', page, re.DOTALL)]


def test_a_page_stands_beside_the_digests_and_has_all_articles_of_a_resumed_run(run, articles, tmp_path):
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        asked = ("--to", "zh", "--out", out, "--format", "html", "--base-url", endpoint.base_url)
        assert run("summarize", articles / "first.txt", *asked)[0] == 0
        assert len(digests_in((out / "index.html").read_text(encoding="utf-8"))) == 1
        requests = len(endpoint.requests)
        code, _, err = run("summarize", articles, *asked)
        assert len(endpoint.requests) > requests
    page = digests_in((out / "index.html").read_text(encoding="utf-8"))
    assert code == 0
    assert "index.html in a browser" in err
    assert f"summarizer review {out}" in err
    assert [d["article"]["source"] for d in page] == [str(articles / name) for name in ("first.txt", "second.txt")]
    assert page == [json.loads((out / f"{name}.json").read_text(encoding="utf-8")) for name in ("first", "second")]


def test_a_page_for_standard_output_has_every_article(run, articles):
    code, out, _ = run("summarize", articles, "--no-model", "--format", "html")
    assert code == 0
    assert out.startswith("<!DOCTYPE html>")
    assert len(digests_in(out)) == 2


def test_an_article_that_fails_leaves_the_page_of_the_others(run, articles, tmp_path):
    (articles / "empty.txt").write_text(" ", encoding="utf-8")
    out = tmp_path / "digests"
    code, _, _ = run("summarize", articles, "--no-model", "--format", "html", "--out", out, "-q")
    assert code == 6
    assert len(digests_in((out / "index.html").read_text(encoding="utf-8"))) == 2


def test_a_run_without_a_digest_leaves_the_page_as_it_was(run, articles, tmp_path):
    out, empty = tmp_path / "digests", tmp_path / "empty.txt"
    empty.write_text(" ", encoding="utf-8")
    assert run("summarize", articles, "--no-model", "--format", "html", "--out", out)[0] == 0
    before = (out / "index.html").read_bytes()
    code, _, err = run("summarize", empty, "--no-model", "--format", "html", "--out", out)
    assert (code, (out / "index.html").read_bytes()) == (2, before)
    assert "index.html" not in err


def test_what_a_folder_holds_beside_articles_is_named_and_is_no_failure(run, articles):
    (articles / "rows.csv").write_text("text\n", encoding="utf-8")
    for number in range(6):
        (articles / f"scan{number}.jpg").write_bytes(b"\xff\xd8\xff")
    code, _, err = run("summarize", articles, "--no-model", "--format", "json")
    assert code == 0
    told = err[err.index("not read") :].splitlines()
    assert told[0] == "not read, since a folder is searched for articles only:"
    assert next(line for line in told if "rows.csv" in line).startswith(
        "  a table, which is read where it is named: "
    )
    (scans,) = (line for line in told if "scan" in line)
    assert scans.startswith("  a picture (JPEG): ")
    assert all(f"scan{number}.jpg" in scans for number in range(6))
    assert "not read" not in run("summarize", articles, "--no-model", "--format", "json", "-q")[2]
    assert "rows.csv" in run("summarize", articles, "--dry-run", "--base-url", "http://127.0.0.1:1/v1")[2]


def test_what_can_only_be_mended_is_not_said_to_go_on_by_itself(run, articles):
    (articles / "empty.txt").write_text(" ", encoding="utf-8")
    assert "mend what failed, then give the same command again" in run("summarize", articles, "--no-model")[2]


def test_a_page_does_not_stand_among_the_articles(run, articles):
    before = sorted(articles.rglob("*"))
    code, _, err = run("summarize", articles, "--no-model", "--format", "html", "--out", articles / "digests")
    assert (code, sorted(articles.rglob("*"))) == (2, before)
    assert "name a folder beside it" in err


def test_what_a_person_corrected_is_not_written_over(run, articles, tmp_path):
    out = tmp_path / "digests"
    asked = ("summarize", articles, "--no-model", "--format", "html", "--out", out)
    assert run(*asked)[0] == 0
    made = Digest.model_validate_json((out / "first.json").read_bytes())
    headline = {"kind": "edit", "where": "/summary/headline", "before": made.summary.headline}
    after = "The port of Trieste handled 62 million passengers."
    changed = apply(made, [Change.model_validate({**headline, "after": after})])
    (out / "first.json").write_text(changed.model_dump_json(), encoding="utf-8")
    code, _, err = run(*asked)
    assert (code, "1 digest that was corrected stays as it is" in err) == (0, True)
    assert Digest.model_validate_json((out / "first.json").read_bytes()) == changed
    assert after in digests_in((out / "index.html").read_text(encoding="utf-8"))[0]["summary"]["headline"]
    assert run(*asked, "--force")[0] == 0
    assert Digest.model_validate_json((out / "first.json").read_bytes()).review is None


@pytest.mark.parametrize("where", ["out", "screen"])
def test_the_page_has_the_same_story_of_two_outlets_together(run, articles, tmp_path, where):
    told = (
        "The port of Trieste handled {} million tonnes of goods last year, its authority said on Monday. "
        "Rail traffic from the quays to Austria and Bavaria grew faster than the lorries on the motorway. "
        "A second pier for container ships is to be built by the end of the decade with European money."
    )
    for name, tonnes in (("one.txt", 62), ("two.txt", 63)):
        (articles / name).write_text(told.format(tonnes), encoding="utf-8")
    out = ("--out", tmp_path / "digests") if where == "out" else ()
    _, printed, _ = run("summarize", articles, "--no-model", "--format", "html", *out)
    page = (tmp_path / "digests/index.html").read_text(encoding="utf-8") if out else printed
    index = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    sources = [Path(entry["source"]).name for entry in index["entries"]]
    (group,) = index["groups"]
    assert [sources[member] for member in group["members"]] == ["one.txt", "two.txt"]
    assert [value["text"] for value in group["differs"][0]["values"]] == ["62 million", "63 million"]
