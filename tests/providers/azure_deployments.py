"""Azure OpenAI's classic API: the deployment in the path, `api-version` in the query, the key in `api-key`.

Sources, beside those of `azure_v1`:
- https://learn.microsoft.com/en-us/azure/ai-services/openai/reference (path, `api-version`, GA version 2024-10-21; a
  key goes into `api-key`, only an Entra token into `Authorization`)
- https://github.com/MicrosoftDocs/azure-docs/issues/114602 (404 without `api-version`)
- https://github.com/KeyserDSoze/Rystem.OpenAi/issues/22 (the document of that 404)
What Azure does with an `Authorization` header beside a right `api-key` is not documented; it is passed over here.
"""

from typing import Any

from tests.providers.azure_v1 import DEPLOYMENT, NO_DEPLOYMENT, NOT_FOUND, WRONG_KEY, answer, checks
from tests.providers.protocol import KEY, Service
from tests.support.endpoint import Reply, Request, Script

PATH = f"/openai/deployments/{DEPLOYMENT}"
SETTINGS: dict[str, Any] = {
    "model": DEPLOYMENT,
    "request": {"query": {"api-version": "2024-10-21"}, "headers": {"api-key": KEY}},
}


def script() -> Script:
    """Return a fresh service."""
    return Service(PATH, _entrance, None, checks(filtered=False), answer, NOT_FOUND)


def _entrance(request: Request) -> Reply | None:
    if request.header("api-key") != KEY:
        return WRONG_KEY
    if not request.query.get("api-version"):
        return NOT_FOUND
    return None if request.route.startswith(f"{PATH}/") else NO_DEPLOYMENT
