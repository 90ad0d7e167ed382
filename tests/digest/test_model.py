import json

import jsonschema
import pytest

from summarizer import digest, resources
from summarizer.digest import assemble
from summarizer.errors import OutputSchemaError


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
