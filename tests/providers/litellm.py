"""LiteLLM's proxy in front of an OpenAI reasoning model; and in front of a model that LiteLLM knows no formats of.

Sources, and what each says:

- https://docs.litellm.ai/docs/proxy/error_reference: one ``error`` object, ``code`` the status as a string; the
  message begins with LiteLLM's own exception, a provider's with "<Provider>Exception" inside.
- https://docs.litellm.ai/docs/completion/drop_params: by default a parameter that the model does not support is an
  error, with ``drop_params`` it is left out in silence.
- https://github.com/BerriAI/litellm/pull/33738: the 400 for a temperature other than 1 for gpt-5-nano, whole.
- https://github.com/BerriAI/litellm/blob/main/litellm/llms/openai/chat/gpt_5_transformation.py: ``max_tokens`` is
  passed on as ``max_completion_tokens`` by LiteLLM itself.
- https://github.com/BerriAI/litellm/issues/8278: "together_ai does not support parameters: ['response_format'], for
  model=…", with the advice after it.
- https://docs.apiyi.com/en/faq/reasoning-model-empty-response and
  https://qiita.com/yamashita_aidev/items/8b52b9b111571e161763: OpenAI's hidden reasoning counts into the limit;
  where it uses it up the finish_reason is "length", the content "", the count in ``completion_tokens_details``.
"""

from tests.providers.generation import generate, limit_of, written
from tests.providers.protocol import (
    Json,
    completion,
    document,
    functions,
    message,
    models,
    prompt_tokens,
    refusal,
    response_format,
    usage,
)
from tests.support.endpoint import Reply, Request, Script

MODEL, UNKNOWN = "gpt-5-nano", "llama-4-maverick"
PATH = "/v1"
SETTINGS: Json = {"model": MODEL}
#: Settings for the model that LiteLLM knows no formats of.
UNKNOWN_SETTINGS: Json = {"model": UNKNOWN}

#: Tokens of reasoning before each answer of `MODEL`.
THINKING = 2_400
_UPSTREAM = "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8"


def script() -> Script:
    """Return a proxy that does not drop parameters."""

    def reply(request: Request) -> Reply:
        if request.method == "GET":
            return document(200, models(MODEL, UNKNOWN))
        words = _formats(request) if request.body["model"] == UNKNOWN else _temperature(request)
        return _answer(request) if words is None else _unsupported(request, words)

    return reply


def _unsupported(request: Request, words: str) -> Reply:
    group = f"Received Model Group={request.body['model']}\nAvailable Model Group Fallbacks=None"
    told = f"litellm.UnsupportedParamsError: {words}. {group}"
    return refusal(400, told, "invalid_request_error", code="400")


def _temperature(request: Request) -> str | None:
    value = request.body.get("temperature", 1)
    rule = (
        f"{MODEL} doesn't support temperature={value} while reasoning is active. Only temperature=1 is supported "
        "unless reasoning_effort resolves to 'none', either set explicitly on the request or declared as the model's "
        "default_reasoning_effort. To drop unsupported params set `litellm.drop_params = True`"
    )
    return None if value == 1 or request.body.get("reasoning_effort") == "none" else rule


def _formats(request: Request) -> str | None:
    advice = (
        "To drop these, set `litellm.drop_params=True` or for proxy:\n\n`litellm_settings:\n drop_params: true`\n"
    )
    words = f"together_ai does not support parameters: ['response_format'], for model={_UPSTREAM}. {advice}"
    return None if response_format(request)["type"] == "text" else words


def _answer(request: Request) -> Reply:
    thinking = THINKING if request.body["model"] == MODEL else 0
    made = generate(written(request), thinking, limit_of(request, "max_completion_tokens", "max_tokens"))
    said = message(request, made.answer)
    reason = "tool_calls" if functions(request) and made.finish_reason == "stop" else made.finish_reason
    details = {
        "completion_tokens_details": {"reasoning_tokens": made.reasoning_tokens},
        "prompt_tokens_details": {"cached_tokens": 0},
    }
    counted = usage(prompt_tokens(request), made.tokens, **details)
    return document(200, completion(said, reason, counted, model=request.body["model"]))
