"""Who answers: the endpoint that the settings name, else the embedded model."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from summarizer.config import DEFAULT_MODEL, OPENAI_URL, Settings
from summarizer.errors import ConfigurationError
from summarizer.llm import Endpoint, Extras, Learned, Limits
from summarizer.llm.limit import Gate, LocalGate, PerMinute
from summarizer.llm.redaction import Redactor
from summarizer.local import catalogue, fetch, serve

if TYPE_CHECKING:
    from summarizer.llm.client import Around

__all__ = ["Backend", "Progress", "backend", "check_here", "models", "planned", "uses_embedded"]

#: Called with a line about what is going on, and with bytes done and in all while a file is fetched.
Progress = Callable[[str, int, int], None]

#: The embedded model on two old cores: 10 tokens a second out, 60 in. Its time limits follow from that.
_EMBEDDED_TIMEOUT_S, _EMBEDDED_ARTICLE_TIMEOUT_S = 900.0, 7_200.0
_EMBEDDED_CONTEXT_TOKENS = 16_384


@dataclass(frozen=True, slots=True)
class Backend:
    """An endpoint, the limits for it, and the server to close when it is the embedded one.

    Attributes:
        around: put around the connections, to record or replay answers.
        learned: what is known of the endpoint's dialect; shared by all clients of it.
        gate: keeps to the limit a minute that the user sets, for all models there together; None for none.
    """

    endpoint: Endpoint
    limits: Limits
    article_timeout_s: float
    server: serve.Server | None = None
    around: "Around | None" = None
    learned: Learned = field(default_factory=Learned)
    gate: Gate | None = None
    _readers: "dict[str, Backend]" = field(default_factory=dict, repr=False)

    def reader(self, model: str) -> "Backend":
        """Return the same endpoint with another model, whose dialect is learned apart.

        Raises:
            ConfigurationError: the embedded model answers, and no other is there.
        """
        if self.endpoint.embedded:
            raise _without_reader(model)
        if model not in self._readers:
            self._readers[model] = replace(self, endpoint=replace(self.endpoint, model=model), learned=Learned())
        return self._readers[model]


def uses_embedded(settings: Settings) -> bool:
    """Tell whether the embedded model answers: nothing else is set, or the model named is a local one."""
    if settings.base_url is not None:
        return False
    if settings.model is not None and (catalogue.find(settings.model) or settings.model.lower().endswith(".gguf")):
        return True
    return settings.api_key is None and settings.model is None


def check_here(settings: Settings) -> None:
    """Check that nothing would be fetched: the embedded model, where it is its turn, is on this machine.

    Raises:
        ConfigurationError: it is not, or the extra ``[local]`` is not installed.
    """
    name = settings.model or catalogue.DEFAULT.name
    model = catalogue.find(name) if uses_embedded(settings) else None
    if model is None:
        return
    serve.check_installed()
    if not catalogue.is_present(name, catalogue.models_dir(settings.models_dir)):
        size = f"{model.bytes / 1e9:.2f} GB"
        raise ConfigurationError(
            f"the embedded model {model.name} is not on this machine yet",
            f"fetch it once ({size}): summarizer models pull; or set OPENAI_API_KEY or --base-url for an endpoint",
        )


def backend(settings: Settings, progress: Progress) -> Backend:
    """Return who answers; the embedded model is fetched and started when it is its turn.

    Raises:
        ConfigurationError: a model is named and neither a key nor a base URL is set, or the key stands in
            another setting, too, or the embedded model answers and another is to read a second time.
        ModelUnavailableError: the embedded model could not be fetched or started.
    """
    if uses_embedded(settings):
        return _embedded(settings, progress)
    limits, per_minute = Limits(timeout_s=settings.timeout_s), PerMinute.of(settings)
    gate = LocalGate(per_minute) if per_minute.bounded else None
    return Backend(_hosted(settings), limits, settings.article_timeout_s, gate=gate)


def planned(settings: Settings) -> Endpoint:
    """Return who would answer; the embedded model is neither fetched nor started.

    Raises:
        ConfigurationError: as `backend`.
    """
    if not uses_embedded(settings):
        return _hosted(settings)
    _refuse_reader(settings)
    path = catalogue.path_of(settings.model or catalogue.DEFAULT.name, catalogue.models_dir(settings.models_dir))
    return _embedded_endpoint(settings, "http://127.0.0.1/v1", path.stem, None)


def models(settings: Settings) -> tuple[str, ...]:
    """Return who would write, and who would read a second time where that is another; nothing is started.

    Raises:
        ConfigurationError: as `backend`.
    """
    reader = settings.review_model
    return (planned(settings).model, *([reader] if reader is not None else []))


def _refuse_reader(settings: Settings) -> None:
    """Refuse another model for the second reading where the embedded one answers."""
    if settings.review_model is not None:
        raise _without_reader(settings.review_model)


def _without_reader(model: str) -> ConfigurationError:
    return ConfigurationError(
        f"no endpoint for the second reading by {model!r}", "set --base-url, or leave out --review-model"
    )


def _hosted(settings: Settings) -> Endpoint:
    _refuse_key_elsewhere(settings)
    if settings.api_key is None and settings.base_url is None:
        raise ConfigurationError(
            f"no key for the model {settings.model!r}",
            "set OPENAI_API_KEY, or --base-url for an endpoint without keys, or leave out --model: the embedded one",
        )
    return Endpoint(
        base_url=_base_url(settings.base_url or OPENAI_URL),
        model=settings.model or DEFAULT_MODEL,
        api_key=settings.api_key,
        context_tokens=settings.context_tokens,
        concurrency=settings.concurrency,
        reasoning_effort=settings.reasoning_effort,
        extras=Extras.of(settings.request),
        telemetry_text=settings.telemetry_text,
    )


def _refuse_key_elsewhere(settings: Settings) -> None:
    """Refuse a key pasted into a setting that messages and digests show."""
    redactor = Redactor((settings.api_key.get_secret_value(),) if settings.api_key else ())
    for name in ("model", "base_url"):
        shown = getattr(settings, name)
        if shown is not None and redactor.text(shown) != shown:
            raise ConfigurationError(f"the key stands in the setting {name}, too", "take it out there")


def _embedded(settings: Settings, progress: Progress) -> Backend:
    serve.check_installed()
    _refuse_reader(settings)
    path = _model_file(settings, progress)
    set_by_user = settings.model_fields_set
    progress(f"starting the embedded model {path.stem}", 0, 0)
    server = serve.serve(path, _embedded_context(settings))
    endpoint = _embedded_endpoint(settings, server.base_url, server.model, SecretStr(server.api_key))
    timeout_s = settings.timeout_s if "timeout_s" in set_by_user else _EMBEDDED_TIMEOUT_S
    article_s = settings.article_timeout_s if "article_timeout_s" in set_by_user else _EMBEDDED_ARTICLE_TIMEOUT_S
    return Backend(endpoint, Limits(timeout_s=timeout_s), article_s, server)


def _embedded_context(settings: Settings) -> int:
    return settings.context_tokens if "context_tokens" in settings.model_fields_set else _EMBEDDED_CONTEXT_TOKENS


def _embedded_endpoint(settings: Settings, base_url: str, model: str, key: SecretStr | None) -> Endpoint:
    return Endpoint(
        base_url=base_url,
        model=model,
        api_key=key,
        context_tokens=_embedded_context(settings),
        concurrency=1,  # one slot keeps the article's prefix in the cache
        bounded_strings=True,
        embedded=True,
        telemetry_text=settings.telemetry_text,
    )


def _model_file(settings: Settings, progress: Progress) -> Path:
    folder = catalogue.models_dir(settings.models_dir)
    name = settings.model or catalogue.DEFAULT.name
    model = catalogue.find(name)
    if model is None:
        return catalogue.path_of(name, folder)
    present = catalogue.is_present(name, folder)
    if not present:
        progress(f"fetching the embedded model {model.name} ({model.bytes / 1e9:.2f} GB, once) to {folder}", 0, 0)
    # also when it is there: a file is used only if its SHA-256 matches, which takes about a second
    said = _silent if present else lambda done, total: progress(f"fetching {model.name}", done, total)
    return fetch.pull(model, folder, said)


def _silent(done: int, total: int) -> None:
    """Say nothing."""


def _base_url(url: str) -> str:
    """Return the URL as the SDK wants it; the settings have checked that it is one and holds no credentials."""
    return url.rstrip("/").removesuffix("/chat/completions")
