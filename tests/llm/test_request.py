"""The body of a request: what asks for the shape of an answer, by endpoint and draft."""

import json

import pytest

from summarizer.ask.drafts import StatementDraft, choice, mend, review, summary, translation
from summarizer.llm import Dialect, Endpoint, schema
from summarizer.llm.request import build

EMBEDDED = Endpoint("http://127.0.0.1:9/v1", "own", None, bounded_strings=True, embedded=True)
HOSTED = Endpoint("http://127.0.0.1:9/v1", "m", None)
MESSAGES = ({"role": "system", "content": "Rules."}, {"role": "user", "content": "Task."})
BOUNDED = translation(["it"], 2, [(1, "pattern", r'^[^\[\]"]{0,9}\[money 1\]$'), (2, "maxLength", 90)])
SHAPES = frozenset({"grammar", "response_format", "tools", "tool_choice"})
LOOSE = [summary(1, 9, 2, 3, "latin"), choice(3, 2), mend(1, 9, 2), review(4), StatementDraft]


def shapes(endpoint, draft, dialect=None):
    """Return the fields of a request that ask for a shape."""
    body = build(endpoint, dialect or Dialect(), MESSAGES, draft, 200).body
    return {name: value for name, value in body.items() if name in SHAPES}


def asked(grammar):
    """Return the schema in a grammar."""
    head, _, written = grammar.partition("%json ")
    assert head == "%llguidance {}\nstart: "
    return json.loads(written)


def test_a_grammar_is_the_schema_without_blanks_between_its_parts():
    found = asked(schema.grammar(BOUNDED))
    assert found.pop("x-guidance") == {"whitespace_flexible": False}
    assert found == BOUNDED.model_json_schema()


def test_a_grammar_keeps_each_line_to_its_own_bounds():
    lines = asked(schema.grammar(BOUNDED))["$defs"]["LinesDraft"]["properties"]
    assert (lines["1"]["pattern"], lines["2"]["maxLength"]) == (r'^[^\[\]"]{0,9}\[money 1\]$', 90)


def test_making_a_grammar_changes_no_schema():
    schema.grammar(BOUNDED)
    assert "x-guidance" not in BOUNDED.model_json_schema()
    assert "x-guidance" not in json.dumps(shapes(HOSTED, BOUNDED))


def test_the_embedded_model_is_sent_a_translation_as_a_grammar():
    assert shapes(EMBEDDED, BOUNDED) == {"grammar": schema.grammar(BOUNDED)}


@pytest.mark.parametrize("draft", LOOSE, ids=lambda draft: draft.__name__)
def test_the_embedded_model_is_sent_every_other_draft_as_a_schema(draft):
    sent = shapes(EMBEDDED, draft)
    assert list(sent) == ["response_format"]
    assert sent["response_format"]["json_schema"]["name"] == draft.__name__


@pytest.mark.parametrize("draft", [BOUNDED, *LOOSE], ids=lambda draft: draft.__name__)
def test_no_other_endpoint_is_sent_a_grammar(draft):
    sent = shapes(HOSTED, draft)
    assert list(sent) == ["response_format"]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert "pattern" not in json.dumps(sent)
    for form in ("reduced_schema", "tools", "json_object", "text"):
        assert "grammar" not in shapes(HOSTED, draft, Dialect(form=form))


def test_a_grammar_leaves_the_other_fields_as_they_are():
    grammar, plain = (build(EMBEDDED, Dialect(), MESSAGES, draft, 200).body for draft in (BOUNDED, review(1)))
    assert {n: v for n, v in grammar.items() if n not in SHAPES} == {
        n: v for n, v in plain.items() if n not in SHAPES
    }
