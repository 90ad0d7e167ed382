import json
import logging
import traceback

import openai
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from summarizer.llm.redaction import MASK, LogFilter, Redactor, guard_logs, in_named, in_url
from tests.support.leaks import FORMS, KEYS, forms, leaks

visible = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
keys = st.text(visible, min_size=20, max_size=90)
words = st.text(st.sampled_from("aeiou ,.是的了，。àè€\n"), max_size=40)
CODES = (
    str,
    lambda c: f"\\u{ord(c):04x}",
    lambda c: f"\\\\u{ord(c):04X}",
    lambda c: f"%{ord(c):02x}",
    lambda c: f"%25{ord(c):02X}",
    lambda c: f"&#{ord(c)};",
    lambda c: f"&#x{ord(c):x};",
)
CASES = {f"{name}, {form}": (key, text) for name, key in KEYS.items() for form, text in forms(key).items()}
ESCAPES = [write for name, write in FORMS.items() if not name.startswith(("base64", "hex"))]
ALL = Redactor(tuple(KEYS.values()))


def spread(key: str) -> bool:
    """Tell whether a key is as varied as keys are, without what looks like an escape of its own."""
    return len(set(key)) > 12 and "\\" not in key and "%" not in key and "&" not in key


@pytest.mark.parametrize(("key", "form"), CASES.values(), ids=CASES)
def test_each_form_of_each_key_is_taken_out_and_nothing_else(key, form):
    for text in (
        f"Rejected: {form} is unknown",
        json.dumps({"a": [form], "è": "是"}),
        json.dumps([json.dumps([form])]),
    ):
        redacted = Redactor((key,)).text(text)
        assert leaks(key, text)
        assert not leaks(key, redacted)
        assert MASK in redacted
        assert Redactor((key,)).text(redacted) == redacted
    assert redacted.startswith('["')
    assert not leaks(key, str(json.loads(json.loads(redacted)[0])))
    kept = Redactor((key,)).text(f"Rejected: {form} is unknown")
    assert kept.startswith("Rejected: ")
    assert kept.endswith(" is unknown")


@settings(deadline=None)
@given(keys, st.data(), words, words)
def test_any_mixture_of_escapes_is_one_mask(key, data, before, after):
    assume(spread(key))
    picked = data.draw(st.lists(st.sampled_from(CODES), min_size=len(key), max_size=len(key)))
    echo = "".join(code(char) for code, char in zip(picked, key, strict=True))
    assert Redactor((key,)).text(f"{before} {echo} {after}") == f"{before} {MASK} {after}"


@settings(deadline=None)
@given(keys, st.lists(st.sampled_from(ESCAPES), min_size=1, max_size=3))
def test_escapes_of_escapes_of_any_key_are_taken_out(key, layers):
    assume(len(set(key)) > 12)
    echo = key
    for write in layers:
        echo = write(echo)
    assume(len(echo) < 3000)
    redacted = Redactor((key,)).text(json.dumps([f"x {echo} y"]))
    assert not leaks(key, redacted)
    assert json.loads(redacted)[0].startswith("x ")
    assert json.loads(redacted)[0].endswith(" y")


@settings(deadline=None)
@given(
    keys, st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner), max_leaves=9)
)
def test_json_stays_json_and_its_strings_hold_no_key(key, value):
    assume(spread(key))
    for ascii_only in (True, False):
        document = {"before": value, "echo": f"key {key}.", "twice": json.dumps({key: value, "more": [key]})}
        redacted = json.loads(Redactor((key,)).data(json.dumps(document, ensure_ascii=ascii_only).encode()))
        assert redacted["before"] == value
        assert redacted["echo"] == f"key {MASK}."
        assert json.loads(redacted["twice"]) == {MASK: value, "more": [MASK]}


@settings(deadline=None)
@given(st.text() | st.text(st.sampled_from("\\u0041%25&#;x\"'/n aA6"), max_size=200))
def test_text_without_a_key_stays_the_same(text):
    assert ALL.text(text) is text


@settings(deadline=None)
@given(st.binary())
def test_bytes_without_a_key_stay_the_same(data):
    assert Redactor((KEYS["plain"],)).data(data) is data


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*forms(KEYS["plain"]).values(), "\\", "%", "&", '"', " ", "[key]", "是"]), max_size=6)
)
def test_redacting_again_changes_nothing_and_leaves_nothing(pieces):
    redactor = Redactor((KEYS["plain"],))
    redacted = redactor.text("".join(pieces))
    assert redactor.text(redacted) is redacted
    assert not leaks(KEYS["plain"], redacted)


@pytest.mark.parametrize(
    "unit", ["\\", "%25", "&amp;", "&", "%", "\\u005c", "\\n", " ", "[key]", "sk-proj-", "\\u4e2d"]
)
def test_long_runs_of_marks_take_no_longer_than_other_text(unit):
    text = unit * (400_000 // len(unit))
    assert Redactor((KEYS["plain"],)).text(text + KEYS["plain"]).endswith(MASK)


def test_a_key_in_utf_16_is_found():
    data = f"<p>{KEYS['plain']}</p>".encode("utf-16")
    assert not leaks(KEYS["plain"], Redactor((KEYS["plain"],)).data(data).replace(b"\0", b"").decode("latin-1"))


@pytest.mark.parametrize("word", ["none", "ollama", "EMPTY", "x", ""])
def test_a_short_placeholder_is_a_word(word):
    text = f"{word} of the models at {word} is here"
    assert Redactor((word,)).text(text) is text


def test_a_short_key_tears_no_words_from_other_text():
    redactor = Redactor(("changeme",))
    for text in ("Change me", "ChangeMe", "change me", "chan­ge"):
        assert redactor.text(text) is text
    assert redactor.text("it is changeme.") == f"it is {MASK}."


def test_what_providers_show_of_a_key_stays():
    text = "Incorrect API key provided: sk-proj-********RfGh."
    assert Redactor((KEYS["plain"],)).text(text) is text


def test_several_secrets_are_taken_out():
    redactor = Redactor((KEYS["plain"], "pass-word-of-proxy"))
    assert redactor.text(f"{KEYS['plain']} pass-word-of-proxy") == f"{MASK} {MASK}"


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        ("http://user:p%40ssword-1@proxy:3128", ("p%40ssword-1", "p@ssword-1")),
        ("http://user:password-1@proxy:3128", ("password-1",)),
        ("http://proxy:3128", ()),
        ("http://[proxy", ()),
        (None, ()),
    ],
)
def test_the_password_of_a_proxy_is_a_secret(url, secrets):
    assert in_url(url) == secrets


def test_secrets_among_added_headers_are_known_by_their_names():
    added = {
        "api-key": "k-1",
        "Authorization": "Basic dXNlcg==",
        "X-Title": "Our newsroom",
        "api-version": "2024-10-21",
    }
    assert in_named(added) == ("k-1", "Basic", "dXNlcg==")


def test_nothing_shows_a_redactors_secrets():
    redactor = Redactor((KEYS["plain"],))
    assert not leaks(KEYS["plain"], f"{redactor!r} {redactor} {LogFilter(redactor)!r}")


def test_an_error_and_all_errors_behind_it_are_scrubbed():
    key = KEYS["plain"]

    def fail() -> None:
        try:
            int(f"Bearer {key}")
        except ValueError as error:
            error.add_note(f"sent {key}")
            raise ExceptionGroup("two", [OSError(5, key), openai.OpenAIError(key)]) from error

    with pytest.raises(ExceptionGroup) as caught:
        fail()
    Redactor((key,)).scrub(caught.value)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__cause__)
    assert not leaks(key, told)
    assert MASK in str(caught.value.__cause__)


def test_log_records_of_the_libraries_are_redacted_once_for_each_key(caplog):
    caplog.set_level(logging.DEBUG)
    key, log = KEYS["plain"], logging.getLogger("openai._base_client")
    before = len(log.filters)
    guard_logs(Redactor((key,)))
    guard_logs(Redactor((key,)))
    assert len(log.filters) <= before + 1
    log.debug("headers %s", {"api-key": key})
    try:
        int(key)
    except ValueError:
        log.debug("failed", exc_info=True)
    log.debug("plain %s", "words")
    assert not leaks(key, caplog.text)
    assert MASK in caplog.text
    assert caplog.records[-1].args == ("words",)
