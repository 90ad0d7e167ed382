"""DeepSeek with thinking (deepseek-reasoner).

Sources, beside those of `deepseek`:
- https://api-docs.deepseek.com/zh-cn/guides/reasoning_model (`max_tokens` counts the chain of thought;
  `reasoning_content` beside `content`; JSON mode works; `temperature` is accepted and has no effect, `logprobs` is an
  error)
- https://github.com/BerriAI/litellm/pull/37470, https://github.com/deepseek-ai/DeepSeek-V3/issues/1376 (`tool_choice`
  "required" or a named function refused while it thinks, "auto" accepted)
- https://github.com/vectorize-io/hindsight/issues/1286 (the words for this model)
- https://github.com/BerriAI/litellm-docs/pull/559 (exhausted: finish_reason "length", empty content)
"""

from typing import Any

from tests.providers.deepseek import LISTING, answer_form, answered, key
from tests.providers.protocol import Service, document, refusal, written
from tests.support.endpoint import Reply, Request, Script
from tests.support.model import said

PATH = ""
SETTINGS: dict[str, Any] = {"model": "deepseek-reasoner"}

_THOUGHTS = 2400


def script() -> Script:
    """Return a fresh service."""
    return Service(PATH, key, LISTING, (answer_form, _tool_choice), _answer)


def _tool_choice(request: Request) -> Reply | None:
    if request.body.get("tool_choice", "auto") in ("auto", "none"):
        return None
    told = "deepseek-reasoner does not support this tool_choice"
    return refusal(400, told, "invalid_request_error", code="invalid_request_error")


def _answer(request: Request) -> Reply:
    made = written(request, said(request), _THOUGHTS)
    thought = "First, I look at what the article says. " * (made.hidden // 10)
    return document(200, answered(request, made, reasoning_content=thought))
