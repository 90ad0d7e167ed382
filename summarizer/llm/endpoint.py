"""Where the model answers, and the dialect of the protocol that this endpoint speaks."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pydantic import SecretStr

__all__ = ["Dialect", "Endpoint", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request.

    Attributes:
        timeout_s: wall-clock seconds for one request, from connecting to the last byte of the body.
        patience_s: seconds that one question may spend waiting, for rate limits (429) above all.
        attempts: requests sent for one question at most, rate-limited ones not counted.
        timeouts: of these, how many may end in a time-out; an endpoint that hangs twice will hang again.
        max_body_bytes: largest response body accepted, as sent and after inflation.
    """

    timeout_s: float = 120.0
    patience_s: float = 60.0
    attempts: int = 4
    timeouts: int = 2
    max_body_bytes: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint and the model to ask there.

    Attributes:
        base_url: everything before ``/chat/completions``, e.g. ``https://api.openai.com/v1``.
        model: the model's name as this endpoint knows it.
        api_key: never shown; endpoints without keys get a placeholder.
        context_tokens: prompt and answer together must fit into this many tokens.
        concurrency: how many questions may be under way at once.
        bounded_strings: whether ``maxLength`` and ``pattern`` may be sent in a schema. Hosted strict modes
            refuse such keywords; grammar-based servers need them to keep a small model to the point.
        embedded: whether the model is the embedded one, whose digests are drafts.
    """

    base_url: str
    model: str
    api_key: SecretStr
    context_tokens: int = 32_768
    concurrency: int = 4
    bounded_strings: bool = False
    embedded: bool = False

    @property
    def label(self) -> str:
        """The endpoint as provenance names it: scheme, host and port, no path, no credentials."""
        if self.embedded:
            return "embedded"
        url = urlsplit(self.base_url)
        host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
        return f"{url.scheme}://{host}" + (f":{url.port}" if url.port else "")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint was found to accept: learned from its rejections, then kept.

    Attributes:
        mode: how the answer's shape is asked for: ``json_schema`` (strict) → ``tools`` → ``json``.
        token_limit: name of the parameter that bounds the answer.
        temperature: whether the endpoint lets us set it (reasoning models do not).
    """

    mode: str = "json_schema"
    token_limit: str = "max_tokens"
    temperature: bool = True

    def without(self, complaint: str) -> "Dialect | None":
        """Return the next dialect to try after a 4xx whose text is `complaint`; None when nothing is left.

        Only what the complaint names is given up, so an unrelated rejection is reported at once.
        """
        said = complaint.lower()
        if self.token_limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, token_limit="max_completion_tokens")
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        follower, blamed = _LADDER[self.mode]
        if follower and any(word in said for word in blamed):
            return replace(self, mode=follower)
        return None


#: mode → (the mode to try next, the words by which an endpoint says that it does not know this one)
_LADDER: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "json_schema": ("tools", ("response_format", "json_schema", "structured output", "guided", "grammar")),
    "tools": ("json", ("tool", "function")),
    "json": (None, ()),
}
