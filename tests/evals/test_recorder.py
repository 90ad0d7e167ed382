import json
import os

import pytest
from pydantic import SecretStr

from summarizer import errors
from summarizer.ask.drafts import translation
from summarizer.evals.recorder import Recorder, Recording, RecordingTransport
from summarizer.llm import Dialect, Limits
from summarizer.llm import Endpoint as Where
from summarizer.llm.client import Client
from summarizer.llm.prompt import Message, Prompt
from summarizer.llm.request import build
from tests.support.endpoint import Endpoint, completion, failure, in_turn, serving

KEY = "sk-very-secret-key-0123456789"
GOOD = json.dumps({"it": {"1": "ciao"}})
OTHER = json.dumps({"it": {"1": "buongiorno"}})
MADE = {"program": "summarizer-briefs 0", "model": "test-model", "command": "summarizer eval run --record recordings"}


def recorder_at(path, mode) -> Recorder:
    return Recorder.open(path, mode, MADE)


async def ask(endpoint: Endpoint, recorder: Recorder, text="Hello", *, model="test-model", lines=1, most=200) -> str:
    """Ask one question through the recorder; return the first line of the answer."""
    where = Where(endpoint.base_url, model, SecretStr(KEY))
    client = Client(where, Limits(), lambda inner: RecordingTransport(inner, recorder))
    prompt = Prompt("translation", "v1#00000000", (Message("system", "Rules."), Message("user", text)))
    try:
        return (await client.session().ask(prompt, translation(["it"], lines), most)).value.lines("it")[1].text
    finally:
        await client.aclose()


async def recorded(path, *replies) -> Endpoint:
    """Record one question at `path`; return the server, closed."""
    with serving(in_turn(*replies)) as endpoint:
        recorder = recorder_at(path, "record")
        await ask(endpoint, recorder)
        recorder.save()
    return endpoint


@pytest.fixture
def path(tmp_path):
    return tmp_path / "recordings" / "case.jsonl"


async def test_a_recorded_answer_is_replayed_and_nobody_is_asked(path):
    await recorded(path, completion(GOOD))
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "replay")
        assert await ask(endpoint, recorder) == "ciao"
    assert endpoint.requests == []
    assert recorder.unused == ()
    assert (recorder.usage.requests, recorder.usage.input_tokens, recorder.usage.output_tokens) == (1, 300, 10)


async def test_a_replay_costs_what_the_answers_took_when_they_were_given(path):
    await recorded(path, completion(GOOD))
    with serving(in_turn(completion(OTHER))) as endpoint:
        one, other = recorder_at(path, "replay"), recorder_at(path, "replay")
        await ask(endpoint, one)
        await ask(endpoint, other)
    known = json.loads(path.read_text(encoding="utf-8").splitlines()[1])
    assert one.usage == other.usage
    assert (one.usage.seconds, one.usage.recorded) == (known["seconds"], known["recorded"])


async def test_recording_asks_only_for_what_is_not_there(path):
    await recorded(path, completion(GOOD))
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "record")
        assert [await ask(endpoint, recorder), await ask(endpoint, recorder, "More")] == ["ciao", "buongiorno"]
        recorder.save()
    assert len(endpoint.requests) == 1
    assert len(recorder_at(path, "replay").known) == 2


async def test_live_keeps_nothing_and_asks_each_time(tmp_path):
    with serving(in_turn(completion(GOOD), completion(OTHER))) as endpoint:
        recorder = recorder_at(None, "live")
        assert [await ask(endpoint, recorder), await ask(endpoint, recorder)] == ["ciao", "buongiorno"]
        recorder.save()
    assert list(tmp_path.iterdir()) == []


async def test_the_same_question_twice_is_recorded_as_it_is_replayed(path):
    with serving(in_turn(completion(GOOD), completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "record")
        first = [await ask(endpoint, recorder), await ask(endpoint, recorder)]
        recorder.save()
        again = recorder_at(path, "replay")
        assert [await ask(endpoint, again), await ask(endpoint, again)] == first == ["ciao", "ciao"]
    assert again.usage == recorder.usage


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": "Hallo"}, ": the prompt changed."),
        ({"lines": 2}, ": the schema changed."),
        ({"most": 300}, ": the model or its sampling changed."),
        ({"model": "another"}, ": the model or its sampling changed."),
        ({"text": "Hallo", "lines": 2}, ": the prompt and the schema changed."),
        ({"text": "Hallo", "most": 300}, ": the prompt and the model or its sampling changed."),
    ],
)
async def test_a_changed_question_misses_and_says_what_changed(path, change, says):
    await recorded(path, completion(GOOD))
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "replay")
        with pytest.raises(errors.RecordingMissingError) as caught:
            await ask(endpoint, recorder, **change)
    assert says in str(caught.value)
    assert MADE["command"] in str(caught.value)
    assert str(path) in str(caught.value)
    assert endpoint.requests == []
    assert [r.draft for r in recorder.unused] == ["TranslationDraft"]


async def test_a_case_without_recordings_says_so(path):
    missing = pytest.raises(errors.RecordingMissingError, match="nothing is recorded for this case")
    with serving(in_turn(completion(OTHER))) as endpoint, missing:
        await ask(endpoint, recorder_at(path, "replay"))
    assert endpoint.requests == []


@pytest.mark.parametrize("bad", [failure(500), failure(429, headers={"Retry-After": "0"}), completion("")])
async def test_only_answers_are_recorded(path, bad):
    await recorded(path, bad, completion(GOOD))
    kept = [json.loads(line)["response"] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    contents = [each["choices"][0]["message"]["content"] for each in kept]
    assert contents in ([GOOD], ["", GOOD])
    with serving(in_turn(completion(OTHER))) as endpoint:
        assert await ask(endpoint, recorder_at(path, "replay")) == "ciao"


async def test_no_key_and_no_address_is_in_the_file(path):
    endpoint = await recorded(path, completion(GOOD))
    assert any(KEY in value for value in endpoint.requests[0].headers.values())
    content = path.read_text(encoding="utf-8")
    assert "ciao" in content
    for secret in (KEY, "uthorization", "Bearer", "127.0.0.1", "Rules."):
        assert secret not in content


async def test_the_first_line_says_how_and_each_other_when_it_was_made(path):
    await recorded(path, completion(GOOD))
    head, line = (json.loads(each) for each in path.read_text(encoding="utf-8").splitlines())
    assert head == {"case": "case", **MADE}
    assert set(line) == {"key", "prompt", "schema", "sampling", "draft", "response", "seconds", "recorded"}
    assert line["recorded"].endswith("+00:00")


async def test_what_was_not_asked_for_is_dropped_when_recording_to_the_end(path):
    await recorded(path, completion(GOOD))
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "record")
        await ask(endpoint, recorder, "More")
        assert len(recorder.unused) == 1
        recorder.save()
    assert len(recorder_at(path, "replay").known) == 1


async def test_an_endpoint_that_broke_off_costs_no_recording(path):
    await recorded(path, completion(GOOD))
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "record")
        await ask(endpoint, recorder, "More")
        recorder.save(broken=True)
    assert len(recorder_at(path, "replay").known) == 2


async def test_recording_what_is_all_there_leaves_the_file_alone(path):
    await recorded(path, completion(GOOD))
    before = path.read_bytes()
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = Recorder.open(path, "record", {**MADE, "begun": "later"})
        await ask(endpoint, recorder)
        recorder.save()
    assert path.read_bytes() == before


async def test_a_replay_never_writes(path):
    await recorded(path, completion(GOOD))
    before = path.read_bytes()
    recorder = recorder_at(path, "replay")
    recorder.save()
    assert path.read_bytes() == before


async def test_saving_is_whole_or_not_at_all(path, monkeypatch):
    await recorded(path, completion(GOOD))
    before = path.read_bytes()
    recorder = recorder_at(path, "record")
    recorder.take(Recording("k", "p", "s", "s", "d", {"x": 1}, 1.0, "now"))

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(type(path), "replace", fail)
    with pytest.raises(errors.ConfigurationError, match="disk full; name a place that can be written"):
        recorder.save()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("odd", ["a\u2028b", "a\u2029b", "a\x85b", "\ud83d"])
def test_separators_and_half_characters_in_an_answer_survive(path, odd):
    recorder = recorder_at(path, "record")
    answer = {"choices": [{"message": {"content": odd}}]}
    recorder.take(Recording.of({"messages": []}, answer, 1.0))
    recorder.save()
    (kept,) = recorder_at(path, "replay").known.values()
    assert kept.response == answer


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-30],
        lambda text: text.partition("\n")[2],
        lambda _: "",
        lambda text: text.replace('"key"', '"kee"'),
        lambda text: text + "[1]\n",
        lambda text: text + "\n",
    ],
)
async def test_a_damaged_file_is_an_error_that_names_it(path, damage):
    await recorded(path, completion(GOOD))
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(errors.EvalError, match="damaged") as caught:
        recorder_at(path, "replay")
    assert str(path) in str(caught.value)


def test_a_recording_without_usage_costs_a_request():
    recorder = recorder_at(None, "live")
    for usage in (None, [], {"prompt_tokens": "7"}, {"prompt_tokens_details": None}):
        recorder.take(Recording.of({"messages": []}, {"usage": usage}, 0.5))
    assert (recorder.usage.requests, recorder.usage.input_tokens, recorder.usage.seconds) == (4, 0, 2.0)


def test_chatter_that_differs_every_time_is_not_kept():
    kept = Recording.of({"messages": []}, {"choices": [], "timings": {"ms": 3}, "system_fingerprint": "x"}, 1.0)
    assert kept.response == {"choices": []}


def asking(draft, **where) -> dict[str, object]:
    """Return the body of a request for a draft, as it is sent to an endpoint."""
    endpoint = Where("http://127.0.0.1:9/v1", "m", None, **where)
    return dict(build(endpoint, Dialect(), ({"role": "user", "content": "Task."},), draft, 200).body)


@pytest.mark.parametrize(
    "bounds", [(), [(1, "pattern", '"title": "Other"'), (2, "maxLength", 90)]], ids=["", "bounded"]
)
def test_a_grammar_is_named_by_its_draft(bounds):
    body = asking(translation(["it", "zh"], 2, bounds), embedded=True)
    assert "response_format" not in body
    assert Recording.of(body, {}, 0).draft == "TranslationDraft"


def test_a_request_that_asks_for_no_draft_is_named_an_answer():
    assert Recording.of({"messages": [], "grammar": "root ::= [a-z]+"}, {}, 0).draft == "answer"
    assert Recording.of({"messages": []}, {}, 0).draft == "answer"


def test_another_grammar_is_another_schema_and_not_another_sampling():
    one, other = (Recording.of(asking(translation(["it"], n), embedded=True), {}, 0) for n in (1, 2))
    assert one.key != other.key
    assert (one.prompt, one.sampling) == (other.prompt, other.sampling)
    assert one.schema != other.schema


def test_the_key_does_not_depend_on_the_order_of_a_request():
    one, other = {"model": "m", "messages": []}, {"messages": [], "model": "m"}
    assert Recording.of(one, {}, 0).key == Recording.of(other, {}, 0).key


NO = failure(400, "'response_format' of type 'json_schema' is not supported with this model.")
CALL = {"id": "1", "type": "function", "function": {"name": "TranslationDraft", "arguments": GOOD}}
YES = completion(None, message={"tool_calls": [CALL]}, finish_reason="tool_calls")


async def test_a_rejection_of_a_form_is_not_kept_and_the_answer_in_another_is(path):
    with serving(in_turn(NO, YES)) as endpoint:
        recorder = recorder_at(path, "record")
        assert await ask(endpoint, recorder) == "ciao"
        recorder.save()
    (kept,) = recorder_at(path, "replay").known.values()
    assert kept.response["choices"][0]["finish_reason"] == "tool_calls"
    assert "not supported" not in path.read_text(encoding="utf-8")


async def test_a_rejection_that_no_answer_came_after_is_not_kept(path):
    with serving(in_turn(failure(404, "no such model"))) as endpoint:
        recorder = recorder_at(path, "record")
        with pytest.raises(errors.ModelRejectedError):
            await ask(endpoint, recorder)
        recorder.save()
    assert not path.exists()


ERRORS = {
    "a rejection": {"status": 400, "response": {"error": {"message": "not supported"}}},
    "an error with 200": {"status": 200, "response": {"error": {"message": "overloaded"}}},
    "an error beside choices of null": {"response": {"error": {"code": 502}, "choices": None}},
    "no choices": {"response": {"choices": []}},
    "a choice without a message": {"response": {"choices": [{"index": 0}]}},
    "a choice that is an error": {
        "response": {"choices": [{"error": {"code": 502}, "message": {"content": ""}, "finish_reason": "error"}]}
    },
}


@pytest.mark.parametrize("bad", ERRORS.values(), ids=ERRORS)
async def test_an_error_in_an_older_file_is_never_replayed_and_asked_for_anew(path, bad):
    await recorded(path, completion(GOOD))
    head, line = path.read_text(encoding="utf-8").splitlines()
    sound = {**json.loads(line), "key": "1" * 64}
    path.write_text(
        "\n".join((head, json.dumps(sound), json.dumps({**json.loads(line), **bad}), "")), encoding="utf-8"
    )
    assert set(recorder_at(path, "replay").known) == {"1" * 64}
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "replay")
        with pytest.raises(errors.RecordingMissingError):
            await ask(endpoint, recorder)
        recorder = recorder_at(path, "record")
        assert await ask(endpoint, recorder) == "buongiorno"
        recorder.save()
    (kept,) = [json.loads(each) for each in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert kept["response"]["choices"][0]["message"]["content"] == OTHER


async def test_recording_takes_the_errors_out_of_a_file_whose_answers_are_all_there(path):
    await recorded(path, completion(GOOD))
    text = path.read_text(encoding="utf-8")
    error = {**json.loads(text.splitlines()[1]), "key": "1" * 64, **ERRORS["a rejection"]}
    path.write_text(text + json.dumps(error) + "\n", encoding="utf-8")
    with serving(in_turn(completion(OTHER))) as endpoint:
        recorder = recorder_at(path, "record")
        assert await ask(endpoint, recorder) == "ciao"
        recorder.save()
    assert path.read_text(encoding="utf-8") == text
    assert endpoint.requests == []


@pytest.mark.parametrize(
    "reply",
    [
        completion("no JSON at all"),
        completion(None, message={"refusal": "I cannot."}),
        completion('{"it": {', finish_reason="length"),
    ],
    ids=["nonsense", "a refusal", "cut off"],
)
async def test_an_answer_is_kept_whatever_it_is_worth(path, reply):
    with serving(in_turn(reply)) as endpoint:
        recorder = recorder_at(path, "record")
        with pytest.raises(errors.SummarizerError):
            await ask(endpoint, recorder)
        recorder.save()
    assert len(recorder_at(path, "replay").known) >= 1
