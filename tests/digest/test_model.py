import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from summarizer import digest, resources
from summarizer.digest import assemble
from summarizer.digest.audit import audit
from summarizer.errors import OutputSchemaError

KEPT = sorted((Path(__file__).resolve().parents[1] / "data" / "digests").glob("*.json"))
PLACES = ["article", "summary", "quotes", "figures", "briefs", "findings", "provenance"]


def committed() -> dict:
    return json.loads(resources.read("schemas", assemble.SCHEMA_FILE))


def test_the_committed_schema_is_the_models_schema():
    assert committed() == digest.schema(), "run: make schemas"


def test_the_schema_is_a_valid_schema_and_closed_everywhere():
    jsonschema.Draft202012Validator.check_schema(committed())
    objects = [committed(), *committed()["$defs"].values()]
    assert all(o["additionalProperties"] is False for o in objects)
    assert all(set(o.get("required", [])) == set(o["properties"]) for o in objects)


def test_a_digest_that_does_not_fit_never_leaves():
    whole = digest.Digest.model_construct(schema_version="2")
    with pytest.raises(OutputSchemaError, match=r"digest\.v1\.schema\.json"):
        assemble.validate(whole)


def lost(before: Any, after: Any, where: str = "") -> list[str]:
    """The places of a document at which another does not hold the same; what the other has beside is none of them."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [place for k, v in before.items() for place in lost(v, after.get(k, ...), f"{where}/{k}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [place for i, (b, a) in pairs for place in lost(b, a, f"{where}/{i}")]
    return [] if before == after else [where]


def read(path: Path) -> digest.Digest:
    """A digest published before, in today's model."""
    try:
        return digest.Digest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        pytest.fail(f"digests published before cannot be read: new digest fields need defaults\n{error}")


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_digest_published_before_is_read_whole_and_fits_the_schema_again(path):
    again = read(path).model_dump(mode="json")
    assert lost(json.loads(path.read_bytes()), again) == []
    jsonschema.Draft202012Validator(committed()).validate(again)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_digest_published_before_is_checked_as_any_other(path):
    objections = {found.code for found in audit(read(path))}
    assert not {code for code in objections if code.startswith(("digest.", "quote.unverified", "figure.record"))}


def test_a_kept_digest_has_something_in_every_place():
    assert any(all(json.loads(path.read_bytes())[place] for place in PLACES) for path in KEPT)


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ({"a": 1}, {"a": 1, "new": None}, []),
        ({"a": 1, "b": None}, {"a": 1}, ["/b"]),
        ({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 1}, {"b": 3}]}, ["/a/1/b"]),
        ({"a": [1]}, {"a": []}, ["/a"]),
    ],
)
def test_what_reading_loses_is_told(before, after, gone):
    assert lost(before, after) == gone
