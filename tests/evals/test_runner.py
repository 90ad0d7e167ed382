import json
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer import Settings, cli, errors
from summarizer.evals import cases, outputs, runner
from summarizer.evals.cases import Case
from summarizer.evals.runner import Job
from tests.support.endpoint import Reply, Request, completion, failure, serving
from tests.support.model import extractive

ENGLISH = (
    "The port of Trieste handled 62 million passengers in 2023. "
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    "The new terminal cost 186.3 million euros and was opened on 12 October 2023."
)
ITALIAN = (
    "Il porto di Genova ha movimentato 41 milioni di passeggeri nel 2023. "
    "Il nuovo terminal è costato 186,3 milioni di euro ed è stato inaugurato il 12 ottobre 2023."
)
ARTICLES = {"genova": ("it", "zh", ITALIAN), "trieste": ("en", "it", ENGLISH)}
COMMAND = "summarizer eval run --record recordings"


def gold(name: str, **over: Any) -> dict[str, Any]:
    language, target, text = ARTICLES[name]
    words = {language: [["port"]], target: [["port", "港"]]}
    line = {"source": "port", "target": "port"}
    mark = {"start": 0, "end": 10, "text": text[:10]}
    return {
        "gold_version": "1",
        "id": name,
        "part": "development",
        "origin": "written for this test",
        "labellers": 1,
        "language": language,
        "targets": [target],
        "text": text,
        "key_facts": [{"fact": "the port", "evidence": [mark], "values": [], "wordings": words}],
        "quotes": [],
        "not_speakers": [],
        "figures": [],
        "garbled": [],
        "traps": [],
        "briefs": {target: {"headline": line, "lines": [line]}},
        **over,
    }


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two tiny gold files."""
    path = tmp_path / "gold"
    path.mkdir()
    for name in ARTICLES:
        (path / f"{name}.json").write_text(json.dumps(gold(name), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def labelled(folder) -> tuple[Case, ...]:
    return cases.load(folder)


@pytest.fixture
def run(tmp_path, labelled):
    """Run a system over the cases; returns the run and the lines told."""

    def start(mode, out, base_url=None, system="pipeline", some=labelled):
        recordings = None if mode == "live" else tmp_path / "recordings"
        told: list[str] = []
        settings = Settings(base_url=base_url, model="test-model" if base_url else None)
        made = runner.run(some, Job(system, mode, recordings, tmp_path / out, COMMAND), settings, told.append)
        return made, told

    return start


def broken(name: str, reply: Reply):
    """Answer extractively, except about one article."""
    words = ARTICLES[name][2][:30]
    return lambda request: reply if words in json.dumps(request.body, ensure_ascii=False) else extractive(request)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def plain(request: Request) -> Reply:
    """A plain answer made of the article's own sentences."""
    article = request.prompt.partition("Article:\n")[2].strip()
    first = article.partition(". ")[0] + "."
    value = {
        "headline": first,
        "abstract": article,
        "key_points": [first],
        "quotes": [{"text": first, "speaker": "", "role": ""}],
        "briefs": [{"language": "Italian", "headline": "x", "lines": ["y"]}],
    }
    return completion(json.dumps(value, ensure_ascii=False))


def test_a_run_writes_an_output_for_each_case_and_says_what_it_is(run, tmp_path, labelled):
    with serving(extractive) as endpoint:
        made, told = run("live", "out", endpoint.base_url)
    assert sorted(files(tmp_path / "out")) == ["outputs/genova.json", "outputs/trieste.json", "run.json"]
    read, records = outputs.read(tmp_path / "out")
    assert read == made
    assert (made.system, made.model, made.mode) == ("pipeline", "test-model", "live")
    assert (made.cases, made.failures, made.unused) == (("genova", "trieste"), {}, ())
    assert made.gold == cases.gold_hash(labelled)
    assert set(made.prompts) == {"summary", "merge", "quotes", "choice", "translation", "lines", "mend", "review"}
    assert made.made.endswith("+00:00")
    assert records["trieste"].digest.article.text == ENGLISH
    assert [b.target_language for b in records["genova"].digest.briefs] == ["zh"]
    cost = records["trieste"].cost
    assert (cost.requests, cost.input_tokens) == (cost.requests, 300 * cost.requests)
    assert sum(r.cost.requests for r in records.values()) == len(endpoint.requests)
    assert len(told) == 2
    assert all("done" in line for line in told)


@pytest.mark.parametrize(("system", "script"), [("pipeline", extractive), ("plain", plain)])
def test_two_replays_write_the_same_bytes_and_ask_nobody(run, tmp_path, system, script):
    with serving(script) as endpoint:
        run("record", "recorded", endpoint.base_url, system)
        asked = len(endpoint.requests)
        one, _ = run("replay", "one", system=system)
        other, _ = run("replay", "other", system=system)
    assert len(endpoint.requests) == asked
    assert (one.failures, one.unused) == ({}, ())
    assert one == other
    assert files(tmp_path / "one") == files(tmp_path / "other")
    _, before = outputs.read(tmp_path / "recorded")
    _, after = outputs.read(tmp_path / "one")
    assert {name: r.cost for name, r in before.items()} == {name: r.cost for name, r in after.items()}
    assert [r.plain for r in before.values()] == [r.plain for r in after.values()]


def picky(request: Request) -> Reply:
    """Know no JSON schema and no temperature; answer by tools."""
    if "response_format" in request.body:
        return failure(400, "'response_format' of type 'json_schema' is not supported with this model.")
    if "temperature" in request.body:
        return failure(400, "temperature is not supported with this model.")
    value = json.loads(plain(request).body)["choices"][0]["message"]["content"]
    call = {"id": "1", "type": "function", "function": {"name": request.body["tools"][0]["function"]["name"]}}
    call["function"]["arguments"] = value
    return completion(None, message={"tool_calls": [call]}, finish_reason="tool_calls")


def test_an_endpoint_with_a_dialect_of_its_own_is_replayed_in_it_without_its_rejections(run, tmp_path):
    with serving(picky) as endpoint:
        before, _ = run("record", "out", endpoint.base_url, "plain")
        asked = len(endpoint.requests)
        run("record", "again", endpoint.base_url, "plain")
        assert len(endpoint.requests) == asked
    assert before.failures == {}
    for path in (tmp_path / "recordings").glob("*.jsonl"):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        assert json.loads(head)["dialect"]["form"] == "tools"
        assert json.loads(head)["dialect"]["refused"] == ["temperature"]
        assert all("not supported" not in line for line in lines)
    after, _ = run("replay", "replayed", system="plain")
    assert (after.failures, after.unused) == ({}, ())
    assert files(tmp_path / "out" / "outputs") == files(tmp_path / "replayed" / "outputs")


def test_recordings_say_how_they_were_made_and_hold_no_key(run, tmp_path):
    with serving(extractive) as endpoint:
        run("record", "out", endpoint.base_url)
    about = json.loads((tmp_path / "recordings" / "recordings.json").read_text(encoding="utf-8"))
    assert about["model"] == "test-model"
    assert about["made_with"]["command"] == COMMAND
    head = json.loads((tmp_path / "recordings" / "trieste.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert head == {"case": "trieste", **about["made_with"]}


def test_recordings_of_one_model_are_not_mixed_with_those_of_another(run, tmp_path, labelled):
    with serving(extractive) as endpoint:
        run("record", "out", endpoint.base_url)
        job = Job("pipeline", "record", tmp_path / "recordings", tmp_path / "out", COMMAND)
        with pytest.raises(errors.EvalError, match="recordings of test-model"):
            runner.run(labelled, job, Settings(base_url=endpoint.base_url, model="another"), print)


def test_a_failed_article_is_written_and_does_not_stop_the_others(run, tmp_path):
    with serving(broken("genova", failure(401))) as endpoint:
        made, told = run("live", "out", endpoint.base_url)
    assert made.failures == {"genova": "ModelRejectedError"}
    _, records = outputs.read(tmp_path / "out")
    assert records["genova"].digest is None
    assert records["genova"].failure.type == "ModelRejectedError"
    assert records["trieste"].digest is not None
    assert any("ModelRejectedError" in line for line in told)


def test_a_failure_that_came_of_answers_is_replayed_as_it_was(run, tmp_path):
    with serving(broken("genova", completion("never any JSON"))) as endpoint:
        before, _ = run("record", "out", endpoint.base_url)
    after, _ = run("replay", "again")
    assert before.failures == after.failures == {"genova": "OutputSchemaError"}
    assert outputs.read(tmp_path / "again")[1]["genova"].cost.requests == 3


def test_an_endpoint_that_fails_midway_costs_no_recording(run, tmp_path):
    with serving(extractive) as endpoint:
        run("record", "out", endpoint.base_url)
    before = (tmp_path / "recordings" / "genova.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    assert len(before) >= 2
    # the second line is lost; the endpoint that should give it anew is not there
    path = tmp_path / "recordings" / "genova.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[2:], ""]), encoding="utf-8")
    with serving(lambda _: failure(401)) as endpoint:
        made, _ = run("record", "out", endpoint.base_url)
    assert made.failures == {"genova": "ModelRejectedError"}
    assert path.read_text(encoding="utf-8").splitlines()[1:] == lines[2:]


def test_a_missing_recording_fails_its_case_and_says_what_to_do(run, tmp_path):
    with serving(extractive) as endpoint:
        run("record", "out", endpoint.base_url)
    (tmp_path / "recordings" / "genova.jsonl").unlink()
    made, _ = run("replay", "again")
    assert made.failures == {"genova": "RecordingMissingError"}
    told = outputs.read(tmp_path / "again")[1]["genova"].failure.message
    assert COMMAND in told
    assert "nothing is recorded for this case" in told


def test_recordings_that_nothing_asked_for_are_listed(run, tmp_path):
    with serving(extractive) as endpoint:
        run("record", "out", endpoint.base_url)
    path = tmp_path / "recordings" / "genova.jsonl"
    line = json.loads(path.read_text(encoding="utf-8").splitlines()[1])
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**line, "key": "f" * 64}) + "\n")
    made, _ = run("replay", "again")
    assert made.unused == (f"genova/{'f' * 16}",)
    assert made.failures == {}


def test_damaged_recordings_stop_a_replay(run, tmp_path):
    with serving(extractive) as endpoint:
        run("record", "out", endpoint.base_url)
    (tmp_path / "recordings" / "genova.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(errors.EvalError, match="damaged"):
        run("replay", "again")
    assert not (tmp_path / "again" / "run.json").exists()


def test_outputs_of_an_earlier_run_in_the_folder_are_none_of_this_one(run, tmp_path, labelled):
    with serving(extractive) as endpoint:
        run("live", "out", endpoint.base_url)
        run("live", "out", endpoint.base_url, some=labelled[:1])
    made, records = outputs.read(tmp_path / "out")
    assert made.cases == tuple(records) == ("genova",)


def test_an_output_that_was_deleted_is_not_there(run, tmp_path):
    with serving(extractive) as endpoint:
        run("live", "out", endpoint.base_url)
    (tmp_path / "out" / "outputs" / "genova.json").unlink()
    assert list(outputs.read(tmp_path / "out")[1]) == ["trieste"]


def test_an_output_under_another_name_is_an_error(run, tmp_path):
    with serving(extractive) as endpoint:
        run("live", "out", endpoint.base_url)
    inside = tmp_path / "out" / "outputs"
    (inside / "genova.json").write_bytes((inside / "trieste.json").read_bytes())
    with pytest.raises(errors.EvalError, match="output of trieste"):
        outputs.read(tmp_path / "out")


def test_an_output_made_from_another_text_is_not_scored(run, tmp_path):
    with serving(extractive) as endpoint:
        run("live", "out", endpoint.base_url)
    record = outputs.read(tmp_path / "out")[1]["trieste"]
    with pytest.raises(errors.EvalError, match="another text"):
        outputs.Output.of(record, ENGLISH + " More.", "en")


def test_a_plain_answer_is_scored_in_the_same_form(run, tmp_path):
    with serving(plain) as endpoint:
        run("live", "out", endpoint.base_url, "plain")
    assert len(endpoint.requests) == 2
    record = outputs.read(tmp_path / "out")[1]["trieste"]
    assert (record.digest, record.system) == (None, "plain")
    output = outputs.Output.of(record, ENGLISH, "en")
    assert output.statements[0].text == "The port of Trieste handled 62 million passengers in 2023."
    assert (output.quotes[0].start, output.quotes[0].speaker) == (0, None)
    assert output.briefs == {"it": ("x", "y")}


# the command


@pytest.fixture
def command(monkeypatch, capsys, folder, tmp_path):
    """Run ``summarizer eval run`` in this process; returns exit code and standard error."""

    def call(*arguments: object) -> tuple[int, str]:
        words = ["summarizer", "eval", "run", "--gold", folder, "--out", tmp_path / "out", *arguments]
        monkeypatch.setattr(sys, "argv", list(map(str, words)))
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        return code, capsys.readouterr().err

    return call


def test_the_command_records_and_replays(command, tmp_path):
    recordings = tmp_path / "recordings"
    with serving(extractive) as endpoint:
        recorded, _ = command("--record", recordings, "--base-url", endpoint.base_url, "--model", "m")
    replayed, said = command("--replay", recordings)
    assert (recorded, replayed) == (0, 0)
    assert "genova: " in said
    assert outputs.read(tmp_path / "out")[0].mode == "replay"


def test_the_command_exits_5_when_recordings_are_missing(command, tmp_path):
    recordings = tmp_path / "recordings"
    nothing, said = command("--replay", recordings)
    assert nothing == 5
    assert "--record" in said
    with serving(extractive) as endpoint:
        command("--record", recordings, "--base-url", endpoint.base_url, "--model", "m", "--case", "trieste")
    some, said = command("--replay", recordings)
    assert some == 5
    assert "nothing is recorded for this case" in said


def test_the_command_exits_6_when_an_article_failed(command):
    with serving(broken("genova", failure(401))) as endpoint:
        code, said = command("--base-url", endpoint.base_url, "--model", "m")
    assert code == 6
    assert "genova: 0 requests" in said
    assert "Traceback" not in said


def test_the_command_exits_6_when_articles_failed_beside_missing_recordings(command, tmp_path):
    recordings = tmp_path / "recordings"
    with serving(broken("genova", completion("never any JSON"))) as endpoint:
        command("--record", recordings, "--base-url", endpoint.base_url, "--model", "m")
    (recordings / "trieste.jsonl").unlink()
    assert command("--replay", recordings)[0] == 6


def test_the_command_runs_the_cases_that_are_named(command, tmp_path):
    with serving(extractive) as endpoint:
        code, _ = command("--base-url", endpoint.base_url, "--model", "m", "--case", "trieste")
    assert code == 0
    assert outputs.read(tmp_path / "out")[0].cases == ("trieste",)


def test_the_command_tells_of_recordings_that_nothing_asked_for(command, tmp_path):
    recordings = tmp_path / "recordings"
    with serving(extractive) as endpoint:
        command("--record", recordings, "--base-url", endpoint.base_url, "--model", "m")
    line = json.loads((recordings / "genova.jsonl").read_text(encoding="utf-8").splitlines()[1])
    with (recordings / "genova.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({**line, "key": "0" * 64}) + "\n")
    _, said = command("--replay", recordings)
    assert f"the recording genova/{'0' * 16} was not asked for" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--record", "a", "--replay", "b"), "give one of them"),
        (("--case", "nowhere"), "there is no case 'nowhere'"),
        (("--gold", "nowhere"), "there is no gold folder"),
    ],
)
def test_the_command_exits_2_on_a_wrong_flag(command, arguments, says):
    code, said = command(*arguments)
    assert code == 2
    assert says in said


def test_a_fault_of_ours_is_the_failure_of_its_case_alone(run, monkeypatch):
    from summarizer.digest import assemble

    real = assemble.digest
    monkeypatch.setattr(
        assemble, "digest", lambda article, *rest: real(article, *rest) if article.language == "en" else {}["fault"]
    )
    with serving(extractive) as endpoint:
        made, told = run("live", "out", endpoint.base_url)
    assert made.failures == {"genova": "UnexpectedError"}
    assert any("KeyError at summarizer.pipeline:" in line for line in told)
