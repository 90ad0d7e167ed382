"""Where the model answers, and the bounds on asking there."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from summarizer.llm.extras import Extras

__all__ = ["Endpoint", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request.

    Attributes:
        timeout_s: wall-clock seconds for one request, from connecting to the last byte of the body.
        patience_s: seconds that one question may spend waiting, for rate limits (429) above all.
        attempts: requests sent for one question at most, rate-limited ones not counted.
        timeouts: of these, how many may end in a time-out; an endpoint that hangs twice will hang again.
        broken: of these, how many may be answered by something that is no chat completion (a page, half a document).
        pause_s: seconds until an endpoint is tried again that never answered; `long_pause_s` one that did.
        long_pause_s: also how long an endpoint that was given up is left alone.
        max_body_bytes: largest response body accepted, as sent and after inflation.
    """

    timeout_s: float = 120.0
    patience_s: float = 60.0
    attempts: int = 4
    timeouts: int = 2
    broken: int = 2
    pause_s: float = 4.0
    long_pause_s: float = 30.0
    max_body_bytes: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint and the model to ask there.

    Attributes:
        base_url: everything before ``/chat/completions``, e.g. ``https://api.openai.com/v1``.
        model: the model's name as this endpoint knows it.
        api_key: never shown; None where the endpoint wants none.
        context_tokens: prompt and answer together must fit into this many tokens.
        concurrency: how many requests may be under way at once.
        bounded_strings: whether ``maxLength`` and ``pattern`` may be sent in a schema. Hosted strict modes
            refuse such keywords; grammar-based servers need them to keep a small model to the point.
        embedded: whether the model is the embedded one, whose digests are drafts.
        reasoning_effort: how long a reasoning model should think, in the endpoint's own word; None leaves it to
            `Dialect`: low as soon as the endpoint is known to reason.
        extras: what the user adds to every request.
        telemetry_text: whether the host's OpenTelemetry may be told prompts and answers.
    """

    base_url: str
    model: str
    api_key: SecretStr | None
    context_tokens: int = 32_768
    concurrency: int = 4
    bounded_strings: bool = False
    embedded: bool = False
    reasoning_effort: str | None = None
    extras: Extras = field(default_factory=Extras)
    telemetry_text: bool = False

    @property
    def label(self) -> str:
        """The endpoint as provenance names it: scheme, host and port, no path, no credentials."""
        if self.embedded:
            return "embedded"
        url = urlsplit(self.base_url)
        host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
        return f"{url.scheme}://{host}" + (f":{url.port}" if url.port else "")

    @property
    def key(self) -> str:
        """The key itself; empty where there is none."""
        return self.api_key.get_secret_value() if self.api_key else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere: the key, and what the user adds to requests under the name of one."""
        return self.key, *self.extras.secrets
