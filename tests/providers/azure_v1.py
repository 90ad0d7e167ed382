"""Azure OpenAI's v1 API: OpenAI's paths and client, a deployment's name for the model.

Sources:
- https://github.com/MicrosoftDocs/azure-ai-docs, articles/ai-foundry/openai/api-version-lifecycle.md (base URL
  ``/openai/v1/``, no `api-version`, key in `api-key` or as the OpenAI client sends it; `GET /openai/v1/models`)
- https://github.com/MicrosoftDocs/azure-ai-docs, articles/ai-services/openai/how-to/structured-outputs.md
  ("Unsupported type-specific keywords": bounds of strings, numbers and lists; `$defs` are supported)
- https://github.com/moeru-ai/xsai/issues/202 (the error document of a schema refused by Azure)
- https://github.com/langchain4j/langchain4j/pull/2340 and how-to/reasoning.md in the repository above
  (`content_filter_results` in a choice, `prompt_filter_results` beside them)
- https://github.com/SciSharp/BotSharp/issues/386 (a wrong key)
- https://github.com/chatboxai/chatbox/issues/646 (a deployment that does not exist)
- https://github.com/compl-ai/compl-ai/issues/20 (a prompt stopped by the content filter)
"""

from functools import partial
from typing import Any

from tests.providers.openai_chat import answered
from tests.providers.openai_rules import FIELDS, strict_schema, unknown_fields
from tests.providers.protocol import KEY, Check, Json, Service, bearer, document, models, written
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/openai/v1"
DEPLOYMENT = "press-gpt-4o"
SETTINGS: dict[str, Any] = {"model": DEPLOYMENT}

REFUSED = frozenset(
    [
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minimum",
        "maximum",
        "multipleOf",
        "patternProperties",
        "unevaluatedProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "unevaluatedItems",
        "contains",
        "minContains",
        "maxContains",
        "minItems",
        "maxItems",
        "uniqueItems",
    ]
)
_SAFE = {name: {"filtered": False, "severity": "safe"} for name in ("hate", "self_harm", "sexual", "violence")}


def script(*, filtered: bool = False) -> Script:
    """Return a fresh service; where `filtered`, the content filter stops every prompt."""
    listing = models(DEPLOYMENT, created=1724457600, owned_by="system")
    return Service(PATH, _key, listing, (_deployment, *checks(filtered=filtered)), answer, NOT_FOUND)


def checks(*, filtered: bool) -> tuple[Check, ...]:
    """Return what Azure looks at in a body, whatever the path."""
    known = FIELDS - {"reasoning_effort"}
    stopped: Check = lambda _: _FILTERED if filtered else None  # noqa: E731 - one of several checks in a row
    return partial(unknown_fields, known=known), partial(strict_schema, refused=REFUSED), stopped


def answer(request: Request) -> Reply:
    """Answer with the results of the content filters around it."""
    made = answered(request, written(request, said(request)))
    made["choices"][0]["content_filter_results"] = _SAFE
    filters = [{"prompt_index": 0, "content_filter_results": _SAFE}]
    return document(200, {**made, "model": "gpt-4o-2024-08-06", "prompt_filter_results": filters})


def _key(request: Request) -> Reply | None:
    return None if KEY in (request.header("api-key"), bearer(request)) else WRONG_KEY


def _deployment(request: Request) -> Reply | None:
    return None if request.body["model"] == DEPLOYMENT else NO_DEPLOYMENT


def _error(status: int, message: str, code: str, fields: Json | None = None) -> Reply:
    return document(status, {"error": {"code": code, "message": message, **(fields or {})}})


NOT_FOUND = _error(404, "Resource not found", "404")
WRONG_KEY = _error(
    401,
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an "
    "active subscription and use a correct regional API endpoint for your resource.",
    "401",
)
NO_DEPLOYMENT = _error(
    404,
    "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, "
    "please wait a moment and try again.",
    "DeploymentNotFound",
)
_FILTERED = _error(
    400,
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify "
    "your prompt and retry. To learn more about our content filtering policies please read our documentation: "
    "https://go.microsoft.com/fwlink/?linkid=2198766",
    "content_filter",
    {
        "type": None,
        "param": "prompt",
        "status": 400,
        "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": _SAFE},
    },
)
