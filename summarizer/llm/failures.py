"""Foreign exceptions become ours, in this one place."""

import instructor.core.exceptions as instructor_errors
import openai
import pydantic

from summarizer.errors import (
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelTruncatedError,
    ModelUnavailableError,
    OutputSchemaError,
    SummarizerError,
)
from summarizer.llm.endpoint import Endpoint
from summarizer.llm.redaction import Redactor
from summarizer.llm.reply import clip

__all__ = ["complaint", "translate"]


def translate(error: BaseException, endpoint: Endpoint) -> SummarizerError:
    """Return our error for whatever the SDK, instructor or the transport raised.

    The message names the endpoint and what to do; it holds neither the key nor a whole completion.
    """
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, SummarizerError):
            return cause
    for cause in causes:
        if isinstance(cause, openai.OpenAIError):
            return _of_sdk(cause, endpoint)
    for cause in causes:
        if isinstance(cause, instructor_errors.IncompleteOutputException):
            return ModelTruncatedError(f"the answer of {endpoint.model} ran into its token limit")
        if isinstance(cause, pydantic.ValidationError | instructor_errors.ResponseParsingError | ValueError):
            return OutputSchemaError(
                f"{endpoint.model} gave no answer that fits the schema, re-asks included: {_why(cause)}. "
                "Try a model with structured outputs"
            )
    return ModelError(f"asking {endpoint.model} at {endpoint.label} failed: {type(error).__name__}")


def complaint(error: BaseException) -> str | None:
    """Return what an endpoint said when it did not like the form of a request (400, 404, 422, 501), else None."""
    for cause in _causes(error):
        if isinstance(cause, openai.APIStatusError) and cause.status_code in (400, 404, 422, 501):
            return f"{cause.message} {cause.param or ''}"
    return None


def _of_sdk(error: openai.OpenAIError, endpoint: Endpoint) -> SummarizerError:
    where = f"{endpoint.model} at {endpoint.label}"
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailableError(f"{where} did not answer in time; try again, or raise --timeout")
    if isinstance(error, openai.APIConnectionError):
        cause = _said(str(error.__cause__ or error), endpoint) or type(error.__cause__).__name__
        return ModelUnavailableError(
            f"no connection to {endpoint.label} ({cause}); check the base URL and the network"
        )
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, endpoint)
    if isinstance(error, openai.LengthFinishReasonError):
        return ModelTruncatedError(f"the answer of {where} ran into its token limit")
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelRefusedError(f"a content filter of {where} stopped the answer")
    return ModelRejectedError(f"{where}: {_said(str(error), endpoint)}")


def _of_status(error: openai.APIStatusError, endpoint: Endpoint) -> SummarizerError:
    status, said = error.status_code, _said(_own_words(error), endpoint)
    where = f"{endpoint.model} at {endpoint.label}"
    if status == 429 and error.code != "insufficient_quota":
        return ModelUnavailableError(f"{where} is rate-limited (429): {said} — try again later")
    if status == 408 or status >= 500:
        return ModelUnavailableError(f"{where} failed ({status}): {said} — try again later")
    if error.code == "content_filter":
        return ModelRefusedError(f"a content filter of {where} refused the article: {said}")
    advice = _ADVICE.get("context" if "context" in f"{error.code}" else str(status), "check the settings")
    return ModelRejectedError(f"{where} rejected the request ({status}): {said} — {advice}")


_ADVICE = {
    "307": "redirects are not followed: give the final address as --base-url",
    "308": "redirects are not followed: give the final address as --base-url",
    "401": "check OPENAI_API_KEY",
    "403": "check that this key may use the model",
    "404": "check --model and --base-url",
    "429": "the account's quota is used up: check its plan and billing",
    "context": "set --context-tokens to the model's context window, so that long articles are split",
}


def _own_words(error: openai.APIStatusError) -> str:
    """Return the message inside the error document; whatever there is where the endpoint sends another form."""
    body = error.body
    message = body.get("message") if isinstance(body, dict) else None
    return message if isinstance(message, str) else f"{error.message}"


def _said(text: str, endpoint: Endpoint) -> str:
    """Return the endpoint's own words, clipped, with the key taken out: some echo it back."""
    return clip(Redactor((endpoint.api_key.get_secret_value(),)).text(text))


def _why(error: BaseException) -> str:
    """Return which fields were wrong, without the values that the model wrote."""
    if isinstance(error, pydantic.ValidationError):
        places = (f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in error.errors()[:3])
        return clip("; ".join(places))
    return "the answer holds no JSON object"


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
