"""Foreign exceptions become ours, in this one place."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx2
import instructor.core.exceptions as instructor_errors
import openai
import pydantic

from summarizer.errors import (
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
    OutputSchemaError,
    SummarizerError,
)
from summarizer.llm.dialect import is_too_long
from summarizer.llm.endpoint import Endpoint
from summarizer.llm.quoted import without_quotes
from summarizer.llm.redaction import Redactor
from summarizer.llm.reply import BrokenReplyError, ErrorReplyError, clip

__all__ = ["Blame", "EndpointFailureError", "Failure", "blamed", "translate"]

#: Nobody answers; the account has nothing left to pay with; key, model or address are wrong; the request, perhaps.
Blame = Literal["nobody", "unpaid", "account", "request"] | None

#: Beside 5xx: time-out, conflict, failed dependency (text-generation-inference: a generation that failed), too early,
#: rate limit, and nginx's word for a gateway's own client that went away.
_PASSING = frozenset({408, 409, 424, 425, 429, 499})
#: Statuses by which endpoints refuse the form of a request.
_ABOUT_REQUEST = frozenset({400, 404, 405, 413, 415, 422})
#: Status of an error inside a 200 that has a name for a code, as OpenAI and Anthropic document them.
_STATUS = {
    "authentication_error": 401,
    "content_filter": 400,
    "context_length_exceeded": 400,
    "insufficient_quota": 429,
    "invalid_api_key": 401,
    "invalid_request_error": 400,
    "model_not_found": 404,
    "not_found_error": 404,
    "permission_error": 403,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
}
#: Statuses that turn away whoever asks for this model with this key; 404 and 410: there is no such model.
_FOR_ALL = frozenset({401, 404, 410})
_LIMIT_REACHED = re.compile(r"(?:output|token) limit was reached|(?:higher|larger) max_\w*tokens")
_KEY = re.compile(r"api[ _-]?key")
#: Only paying helps, whatever the status.
_UNPAID = re.compile(r"insufficient[_ ](?:quota|balance|credit|fund)|余额不足|欠费")
#: A question larger than a minute's quota: no waiting makes it smaller.
_TOO_LARGE = re.compile(r"request (?:body )?too large")
#: Codes by which a provider says that the model's answer did not fit (Groq); `failed_generation` may hold it.
_MISFITS = frozenset({"json_validate_failed", "tool_use_failed"})


@dataclass(frozen=True, slots=True)
class Failure:
    """What an endpoint said in place of an answer.

    Attributes:
        status: HTTP status; that which an error inside a 200 names, 502 where it names none.
        message: its message.
        text: that with the parameters, codes and places it names; never what it quotes of the request.
        code: its own code, empty where it gives none.
        wait_s: how long it asks to wait, None where it does not say.
        generated: an answer that the provider itself found not to fit the schema, None mostly.
    """

    status: int
    message: str
    text: str
    code: str = ""
    wait_s: float | None = None
    generated: str | None = None

    @classmethod
    def of(cls, error: openai.APIStatusError | ErrorReplyError) -> "Failure":
        """Read an error response, or an error inside a 200."""
        if isinstance(error, ErrorReplyError):
            return cls._read(error.document, _own_status(error.document), {})
        try:
            document = json.loads(error.response.content)
        except (ValueError, RecursionError):
            document = _plain(error.response.text)
        return cls._read(document, error.status_code, error.response.headers)

    @classmethod
    def _read(cls, document: Any, status: int, headers: Mapping[str, str]) -> "Failure":
        inner = document[0] if isinstance(document, list) and document else document
        told = (inner.get("error") or inner) if isinstance(inner, dict) else inner
        fields = told if isinstance(told, dict) else {}
        code = next((str(fields[name]) for name in ("code", "type", "status") if fields.get(name)), "")
        generated = fields.get("failed_generation")
        words = list(dict.fromkeys(_words(told)))
        return cls(
            status=status,
            message=words[0] if words else "",
            text=" ".join(words),
            code=code,
            wait_s=_retry_after(headers, fields),
            generated=generated if isinstance(generated, str) else "" if code in _MISFITS else None,
        )

    def beside(self, sent: Iterable[str]) -> "Failure":
        """Return the same without what it quotes of the texts that were sent; its message stays as it is."""
        return replace(self, text=without_quotes(self.text, sent))

    @property
    def is_unpaid(self) -> bool:
        """Whether the account has nothing left to pay with; such a failure comes as 402, 429 or 5xx."""
        if self.status == 402:
            return True
        fitting = self.status == 429 or self.status >= 500
        return fitting and _UNPAID.search(f"{self.code} {self.text}".lower()) is not None

    @property
    def is_about_request(self) -> bool:
        """Whether it can be a complaint about the form of the request; a wrong key or a used-up quota is none."""
        return self.status in _ABOUT_REQUEST or self.status >= 500 or self._is_too_large

    @property
    def is_about_key(self) -> bool:
        """Whether the key was refused: mostly a 401; Gemini sends a 400 that says so."""
        return self.status == 401 or (self.status in (400, 403) and _KEY.search(self.text.lower()) is not None)

    @property
    def is_cut_answer(self) -> bool:
        """Whether the answer ran into its limit: OpenAI refuses the request then, where nothing came but thoughts."""
        return self.status == 400 and _LIMIT_REACHED.search(self.text.lower()) is not None

    @property
    def can_pass(self) -> bool:
        """Whether the same request may be answered later."""
        if self.is_unpaid or self._is_too_large:
            return False
        return self.status in _PASSING or self.status >= 500

    @property
    def is_about_load(self) -> bool:
        """Whether too much was asked at once, or in too short a time; 529 is Anthropic's "overloaded"."""
        return self.can_pass and self.status in (429, 503, 529)

    @property
    def blames(self) -> Blame:
        """What is to blame, where the question got no answer in the end."""
        if self.is_unpaid:
            return "unpaid"
        if self.is_about_key or self.status in _FOR_ALL or 300 <= self.status < 400:
            return "account"
        if self.can_pass:
            return None if self.status == 429 else "nobody"
        return None if is_too_long(f"{self.text} {self.code}") or self.is_cut_answer else "request"

    @property
    def _is_too_large(self) -> bool:
        return self.status == 429 and _TOO_LARGE.search(self.text.lower()) is not None


def blamed(error: BaseException) -> Blame:
    """Return what is to blame for a question without an answer; None for the question alone, or this program."""
    for cause in _causes(error):
        if isinstance(cause, SummarizerError):
            return None
        if isinstance(cause, EndpointFailureError):
            return cause.failure.blames
        if isinstance(cause, openai.APIConnectionError | BrokenReplyError):
            return "nobody"
    return None


class EndpointFailureError(Exception):
    """The endpoint answered with an error."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.status)
        self.failure = failure


def translate(error: BaseException, endpoint: Endpoint) -> SummarizerError:
    """Return our error for whatever the SDK, instructor or the transport raised.

    The message names the endpoint and what to do; it holds neither the key nor a whole completion.
    """
    causes = _causes(error)
    ours = next((cause for cause in causes if isinstance(cause, SummarizerError)), None)
    if ours is not None:
        return ours
    known = (_known(cause, endpoint) for cause in causes)
    unknown = ModelError(
        f"asking {endpoint.model} at {endpoint.label} failed in a way that nobody expected "
        f"({type(causes[-1]).__name__})",
        "report it, with what summarizer doctor prints",
    )
    return next((made for made in known if made is not None), unknown)


def _known(cause: BaseException, endpoint: Endpoint) -> SummarizerError | None:
    """Return our error for one cause; None where another one in the chain says more."""
    if isinstance(cause, BrokenReplyError):
        return ModelRejectedError(
            f"{endpoint.model} at {endpoint.label} answered with something that is not a chat completion ({cause})",
            "check the base URL, or that its server is healthy",
        )
    if isinstance(cause, EndpointFailureError):
        return _of_failure(cause.failure, endpoint)
    if isinstance(cause, openai.APIStatusError):
        return _of_failure(Failure.of(cause), endpoint)
    if isinstance(cause, openai.OpenAIError):
        return _of_sdk(cause, endpoint)
    if isinstance(cause, pydantic.ValidationError | instructor_errors.ResponseParsingError | ValueError):
        return OutputSchemaError(
            f"{endpoint.model} gave no answer that fits the schema, re-asks included: {_why(cause)}",
            "try a model with structured outputs",
        )
    return None


def _of_sdk(error: openai.OpenAIError, endpoint: Endpoint) -> SummarizerError:
    where = f"{endpoint.model} at {endpoint.label}"
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailableError(f"{where} did not answer in time", "try again, or raise --timeout")
    if isinstance(error, openai.APIConnectionError):
        cause = _said(str(error.__cause__ or error), endpoint) or type(error.__cause__).__name__
        if isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError):
            told = f"{where} broke the connection off before its answer was whole ({cause})"
            return ModelUnavailableError(told, "try again later, or look after its server")
        return ModelUnavailableError(
            f"no connection to {endpoint.label} ({cause})", "check the base URL and the network"
        )
    return ModelRejectedError(f"{where}: {_said(str(error), endpoint)}")


def _of_failure(failure: Failure, endpoint: Endpoint) -> SummarizerError:
    status, said = failure.status, _said(failure.message, endpoint) or "it does not say why"
    where = f"{endpoint.model} at {endpoint.label}"
    if failure.can_pass and status == 429:
        return ModelUnavailableError(f"{where} is rate-limited (429): {said}", "try again later")
    if failure.can_pass:
        return ModelUnavailableError(f"{where} failed ({status}): {said}", "try again later")
    if failure.is_unpaid:
        return ModelRejectedError(f"{where} rejected the request ({status}): {said}", _ADVICE["unpaid"])
    if failure.code == "content_filter":
        return ModelRefusedError(f"a content filter of {where} refused the text: {said}")
    if is_too_long(f"{failure.text} {failure.code}"):
        return ModelRejectedError(f"{where} rejected the request ({status}): {said}", _ADVICE["context"])
    return ModelRejectedError(f"{where} rejected the request ({status}): {said}", _advice(failure, endpoint))


def _advice(failure: Failure, endpoint: Endpoint) -> str:
    """Return what to do about a request that was rejected."""
    mine = next((name for name in _settable(endpoint) if name.lower() in failure.text.lower()), None)
    if mine:
        return f"check {mine!r} in --request or [request]"
    return _ADVICE["401"] if failure.is_about_key else _ADVICE.get(str(failure.status), "check the settings")


_ADVICE = {
    "301": "redirects are not followed: give the final address as --base-url",
    "302": "redirects are not followed: give the final address as --base-url",
    "307": "redirects are not followed: give the final address as --base-url",
    "308": "redirects are not followed: give the final address as --base-url",
    "401": "check OPENAI_API_KEY",
    "403": "check that this key may use the model",
    "404": "check --model and --base-url",
    "410": "this model is no longer offered there: choose another --model",
    "unpaid": "the account has no credit, or its quota is used up: check its plan and billing",
    "context": "set --context-tokens to the model's context window, so that long articles are split",
}


def _settable(endpoint: Endpoint) -> Iterator[str]:
    yield from (*endpoint.extras.body, *endpoint.extras.headers, *endpoint.extras.query)


def _own_status(told: Any) -> int:
    """Return the status that an error inside a 200 gives itself; 502, which may pass, where it gives none."""
    fields = told if isinstance(told, dict) else {}
    for value in (fields.get("code"), fields.get("status"), fields.get("type")):
        if type(value) is int and 400 <= value < 600:
            return value
        if isinstance(value, str) and (value in _STATUS or (value.isdecimal() and 400 <= int(value) < 600)):
            return _STATUS.get(value) or int(value)
    return 502


def _words(told: Any) -> Iterator[str]:
    """Yield what an error document says in words: messages, parameters, codes and places, in whatever form.

    Not `input` and the like, by which some servers repeat the request, and with it the article.
    """
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for item in told:
            yield from _words(item)
    elif isinstance(told, dict):
        for name in _SPOKEN:
            yield from _words(told.get(name))
        parameter = told.get("param")
        # some servers give its value instead of its name, and with it the article
        yield from (parameter,) if isinstance(parameter, str) else ()
        yield from (f"{name}: {told[name]}" for name in ("n_ctx",) if isinstance(told.get(name), int))
        place = told.get("loc")
        if isinstance(place, list):
            yield ".".join(map(str, place))


_SPOKEN = (
    "message",
    "msg",
    "error",
    "errors",
    "base_resp",
    "status_msg",
    "detail",
    "details",
    "metadata",
    "raw",
    "code",
    "type",
    "reason",
    "fieldViolations",
    "field",
    "description",
)


_TITLE = re.compile(r"<(title|h1)\b[^>]*>(?P<words>.*?)</\1>", re.IGNORECASE | re.DOTALL)


def _plain(text: str) -> str:
    """Return an error in plain text as it is, and of a page its title."""
    if not text.lstrip().startswith("<"):
        return text
    title = _TITLE.search(text)
    return html.unescape(title["words"]) if title else "a page in place of an answer"


def _said(text: str, endpoint: Endpoint) -> str:
    """Return the endpoint's own words, clipped, with the key taken out: some echo it back."""
    return clip(Redactor(endpoint.secrets).text(text))


def _why(error: BaseException) -> str:
    """Return which fields were wrong, without the values that the model wrote."""
    if isinstance(error, pydantic.ValidationError):
        found = error.errors()
        if (wrong := next((each for each in found if each["type"] == "json_invalid"), None)) is not None:
            return "what it wrote is no JSON" if str(wrong["input"]).strip() else "it wrote nothing"
        return clip("; ".join(f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in found[:3]))
    return "the answer holds no JSON object"


def _retry_after(headers: Mapping[str, str], fields: Mapping[str, Any]) -> float | None:
    """Return the seconds that an endpoint asks to wait, wherever it says so; None when absent or garbled.

    Headers ``retry-after-ms`` (OpenAI, Azure) and ``Retry-After`` (RFC 9110, 10.2.3: seconds or a date), else
    ``google.rpc.RetryInfo`` in the error document (Gemini).
    """
    milliseconds = headers.get("retry-after-ms", "").strip()
    if milliseconds.replace(".", "", 1).isdecimal():
        return float(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    if value.replace(".", "", 1).isdecimal():
        return float(value)
    return _seconds_until(value) if value else _retry_info(fields.get("details"))


def _seconds_until(value: str) -> float | None:
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    seconds = (when - datetime.now(UTC)).total_seconds()
    # dates have whole seconds: one more keeps us from coming too early
    return seconds + 1.0 if seconds > 0 else 0.0


def _retry_info(details: Any) -> float | None:
    delays = (d.get("retryDelay") for d in details if isinstance(d, dict)) if isinstance(details, list) else ()
    found = next((re.fullmatch(r"(\d+(?:\.\d+)?)s", delay) for delay in delays if isinstance(delay, str)), None)
    return float(found[1]) if found else None


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
