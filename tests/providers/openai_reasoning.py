"""OpenAI's reasoning models (gpt-5 family, o-series).

Sources, beside those of `openai_chat` and `openai_rules`:
- https://github.com/IBM/chuk-llm/issues/3, https://github.com/openhab/openhab-addons/pull/21459 (`max_tokens`
  refused: message, param, code)
- https://github.com/gabrii/Cursor-Azure-GPT-5/issues/33, https://github.com/OpenHands/OpenHands/issues/4131
  (`temperature` other than 1 refused, the value as it was sent)
- https://github.com/covan-ai/covan/pull/112 (reasoning counts into `max_completion_tokens`; exhausted: 200 with empty
  content and finish_reason "length"; 1408 tokens of reasoning for an answer of 120)
- https://github.com/nextlevelbuilder/goclaw/issues/245, https://github.com/spiceai/spiceai/issues/7126 (the other way
  in which an exhausted limit is told: an `invalid_request_error` "Could not finish the message")
- https://github.com/ag2ai/ag2/issues/2008 (`minimal`: very few or no reasoning tokens; default `medium`)
- https://github.com/egoist/chatwise-releases/issues/1257 (an effort that the model does not have: message, code)
- https://github.com/cline/cline/issues/5474, https://github.com/RooCodeInc/Roo-Code/issues/6856 (a prompt beyond the
  window; which `param` and `code` come with it is not told there, so none do)
- https://github.com/MicrosoftDocs/azure-ai-docs, articles/ai-services/openai/how-to/reasoning.md (system messages are
  accepted and read as developer messages)
"""

from typing import Any

from tests.providers.openai_chat import answered, key
from tests.providers.openai_rules import strict_schema, unknown_fields
from tests.providers.protocol import Service, document, models, prompt_tokens, refusal, written
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = "/v1"
SETTINGS: dict[str, Any] = {"model": "gpt-5-mini"}

_WRONG = "invalid_request_error"
_EFFORTS = ("minimal", "low", "medium", "high")
_REASONING_TOKENS = 2432
_WINDOW_TOKENS = 272_000


def script(*, window: int = _WINDOW_TOKENS, refuses: bool = False) -> Script:
    """Return a fresh service.

    Args:
        window: prompts of more tokens are refused.
        refuses: whether an exhausted limit is told by an error, not by ``finish_reason``.
    """

    def too_long(request: Request) -> Reply | None:
        sent = prompt_tokens(request)
        told = (
            f"Input tokens exceed the configured limit of {window} tokens. Your messages resulted in {sent} tokens. "
            "Please reduce the length of the messages."
        )
        return refusal(400, told, _WRONG) if sent > window else None

    def answer(request: Request) -> Reply:
        made = written(request, said(request), _hidden(request))
        return _COULD_NOT if refuses and made.finish == "length" else document(200, answered(request, made))

    listing = models("gpt-5-mini", "o4-mini", created=1754588804, owned_by="system")
    return Service(PATH, key, listing, (unknown_fields, _parameters, strict_schema, too_long), answer)


def _parameters(request: Request) -> Reply | None:
    """Refuse what reasoning models do not take."""
    body = request.body
    if body.get("max_tokens") is not None:
        told = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        return refusal(400, f"Unsupported parameter: {told}", _WRONG, "max_tokens", "unsupported_parameter")
    if body.get("temperature") not in (None, 1):
        told = f"'temperature' does not support {body['temperature']} with this model. Only the default (1) value is"
        return refusal(400, f"Unsupported value: {told} supported.", _WRONG, "temperature", "unsupported_value")
    if body.get("reasoning_effort", "medium") not in _EFFORTS:
        told = (
            f"'reasoning_effort' does not support '{body['reasoning_effort']}' with this model. Supported values are:"
        )
        told = f"Unsupported value: {told} 'minimal', 'low', 'medium', and 'high'."
        return refusal(400, told, _WRONG, "reasoning_effort", "unsupported_value")
    return None


def _hidden(request: Request) -> int:
    return 0 if request.body.get("reasoning_effort") == "minimal" else _REASONING_TOKENS


_COULD_NOT = refusal(
    400,
    "Could not finish the message because max_tokens or model output limit was reached. Please try again with higher "
    "max_tokens.",
    _WRONG,
)
