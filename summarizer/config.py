"""One frozen `Settings`, from flags, environment and a TOML file, in this order of precedence."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from summarizer.errors import ConfigurationError
from summarizer.llm.extras import Extras, merged
from summarizer.llm.prices import Price

__all__ = ["DEFAULT_MODEL", "Settings", "load"]

#: Asked for when there is a key and no model is named: small, current, with strict structured outputs.
DEFAULT_MODEL = "gpt-5.4-mini"
OPENAI_URL = "https://api.openai.com/v1"

_BAD_URL = (
    "the base URL must look like https://host/v1, with http:// or https://, without a user name or password and "
    "with nothing behind the path; give a key in OPENAI_API_KEY"
)
#: What a file in the working directory may not set, and what that would do: a folder of articles from somewhere may
#: bring a summarizer.toml along, which must neither get the key nor have anything asked for.
_TRUSTED = {
    "prompts": "changes what the model is told",
    "style": "changes what the model is told",
    "task": "changes what the model is told",
    "base_url": "names an endpoint",
    "fetch": "has addresses fetched",
    "fetch_allow": "has addresses fetched that are not on the public web",
    "glossary": "says what things are called in the briefs",
    "telemetry_text": "has texts of articles sent to where traces are kept",
}
#: What a copied header has before the key (RFC 6750, 2.1).
_HEADER = re.compile(r"\A(?:authorization\s*:\s*)?bearer(?:\s+|$)", re.IGNORECASE)
#: Marks around a copied key beside those that Unicode calls initial and final quotation marks.
_MARKS = frozenset("\"'`´＂＇｀‚„‛‟′″〝〞〟「」『』")
_AROUND = frozenset({"Pi", "Pf", "Zs", "Zl", "Zp", "Cc", "Cf"})


class Settings(BaseSettings):
    """Everything that can be set; each field is also ``SUMMARIZER_<FIELD>`` in the environment.

    With neither a key nor a base URL the embedded model answers.
    """

    model_config = SettingsConfigDict(
        env_prefix="SUMMARIZER_",
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,  # a key under a wrong name is an input, too
    )

    model: str | None = Field(
        None, description="model name at the endpoint, an embedded model's name, or a GGUF file"
    )
    base_url: str | None = Field(
        None,
        validation_alias=AliasChoices("SUMMARIZER_BASE_URL", "OPENAI_BASE_URL", "base_url"),
        description="OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1",
    )
    api_key: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("SUMMARIZER_API_KEY", "OPENAI_API_KEY", "api_key"),
        description="key of the endpoint; give it in the environment, not on the command line",
    )
    timeout_s: float = Field(120.0, gt=0, description="wall-clock seconds for one request")
    article_timeout_s: float = Field(900.0, gt=0, description="wall-clock seconds for one article")
    context_tokens: int = Field(
        32_768, ge=2_048, description="the model's context window, prompt and answer together"
    )
    concurrency: int = Field(4, ge=1, le=64, description="requests under way at once")
    requests_per_minute: float | None = Field(
        None, gt=0, description="requests a minute at most, evenly spaced; default: as many as the endpoint takes"
    )
    tokens_per_minute: float | None = Field(
        None, gt=0, description="tokens a minute at most, prompts and longest answers together, evenly spaced"
    )
    reasoning_effort: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]{1,32}$",
        description="how long a reasoning model thinks: none, minimal, low, medium, high; "
        "default: low where the endpoint is found to reason",
    )
    request: dict[str, Any] = Field(
        {},
        repr=False,
        description="what this endpoint wants in every request beside ours: body fields, headers, query parameters",
    )
    trust: Literal["high", "low"] | None = Field(
        None,
        description="how far the model's word goes: at high a line with a doubt is published beside it, at low it is "
        "left out; default: low for the embedded model, else high",
    )
    review: Literal["all", "doubts", "none"] | None = Field(
        None,
        description="which lines a model reads a second time; default: all where it is trusted, else none",
    )
    review_model: str | None = Field(
        None, description="model at the same endpoint for the second reading; default: the one that wrote"
    )
    max_input_bytes: int = Field(2_000_000, ge=1, description="largest article accepted")
    fetch: bool = Field(
        default=False, description="get articles whose address is given, and the full texts of a feed's entries"
    )
    fetch_allow: list[str] = Field(
        [], description="hosts and networks that may be fetched from although they are not on the public web"
    )
    fetch_timeout_s: float = Field(30.0, gt=0, description="wall-clock seconds for one answer of a web server")
    fetch_apart_s: float = Field(1.0, ge=0, le=60, description="seconds between two requests to a web server")
    max_quotes: int = Field(8, ge=0, le=50, description="key quotes published at most")
    max_key_points: int = Field(6, ge=1, le=20, description="key points published at most")
    length: Literal["short", "medium", "long"] | None = Field(
        None, description="how long a digest is: one sentence and 3 points, up to 3 and 6, up to 6 and 10"
    )
    sentences: int | None = Field(None, ge=1, le=12, description="sentences of the abstract")
    headline_words: int | None = Field(None, ge=3, le=30, description="words of a headline at most")
    headline_chars: int | None = Field(None, ge=15, le=160, description="characters of a headline at most")
    prompts: Path | None = Field(None, description="folder of templates that replace standard ones")
    style: Path | None = Field(
        None, description="house style, a Markdown file; default: style.md in the folder of templates"
    )
    task: list[Path] = Field(
        [], description="tasks of your own, a section of the digest each: TOML files, or agreements and figures"
    )
    input_usd_per_million: float | None = Field(None, ge=0, description="price of a million input tokens")
    cached_usd_per_million: float | None = Field(None, ge=0, description="price of a million cached input tokens")
    output_usd_per_million: float | None = Field(None, ge=0, description="price of a million output tokens")
    prices: dict[str, Price] = Field(
        {}, description="prices by model, in US dollars for a million tokens: input, cached (if it differs), output"
    )
    telemetry_text: bool = Field(
        default=False, description="put prompts and answers into the spans that the host's OpenTelemetry is told"
    )
    glossary: list[Path] = Field(
        [], description="files (TOML, CSV, TBX) with what things, people and bodies are called in each language"
    )
    models_dir: Path | None = Field(None, description="where embedded models are kept; default: the user's cache")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere: the key, and what is added to requests under names that say so."""
        key = self.api_key.get_secret_value() if self.api_key else ""
        return key, *Extras.of(self.request).secrets

    @field_validator("api_key")
    @classmethod
    def _sendable(cls, given: SecretStr | None) -> SecretStr | None:
        # a ConfigurationError passes through pydantic, whose own error would hold the key as its input
        return SecretStr(_clean_key(given.get_secret_value())) if given and given.get_secret_value() else None

    @field_validator("base_url")
    @classmethod
    def _without_credentials(cls, given: str | None) -> str | None:
        if given is not None and not _is_plain_url(given):
            raise ConfigurationError(_BAD_URL)
        return given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings passes it by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read flags and environment only; `load` adds the file below them."""
        return init_settings, env_settings


def load(flags: Mapping[str, Any] | None = None, file: Path | None = None) -> Settings:
    """Return the settings: `flags` win over the environment, the environment over the TOML file.

    Args:
        flags: field name → value; None values count as not given.
        file: a TOML file; without one ``summarizer.toml`` in the working directory, then in the user's
            configuration folder, is read if it exists.

    Raises:
        ConfigurationError: an unknown name, a value out of range, a key that cannot be one, or a file that cannot
            be read.
    """
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    try:
        wanted = _over(_from_environment(), given)
        return Settings(**_over(_from_file(file, wanted), wanted))
    except ValidationError as error:
        raise ConfigurationError(f"settings: {_problems(error)}") from None
    except SettingsError:
        raise ConfigurationError(
            "settings: SUMMARIZER_REQUEST and SUMMARIZER_PRICES must be JSON objects, e.g. "
            '{"enable_thinking": false}, and SUMMARIZER_FETCH_ALLOW, SUMMARIZER_GLOSSARY and SUMMARIZER_TASK JSON '
            'lists, e.g. ["intranet.example.org"]'
        ) from None


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of two sources; what is added to requests is put together, everything else replaced."""
    both = [source["request"] for source in (below, above) if "request" in source]
    return {**below, **above, **({"request": merged(*both)} if len(both) == 2 else {})}


def _from_environment() -> dict[str, Any]:
    return Settings().model_dump(exclude_unset=True)


def _from_file(file: Path | None, wanted: Mapping[str, Any]) -> dict[str, Any]:
    path = file or next((p for p in _default_files() if p.is_file()), None)
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"cannot read the settings file {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"the settings file {path} is not valid TOML: {error}") from None
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        raise ConfigurationError(
            f"the settings file {path} has unknown names: {', '.join(unknown)}; known: "
            f"{', '.join(sorted(Settings.model_fields))}"
        )
    for name, does in _TRUSTED.items():
        if file is None and path.parent == Path() and name in values and name not in wanted:
            raise ConfigurationError(
                f"{path} in the working directory {does}; if you trust it, give it as --config {path}"
            )
    return values


def _default_files() -> tuple[Path, ...]:
    import platformdirs

    return Path("summarizer.toml"), Path(platformdirs.user_config_dir("summarizer")) / "summarizer.toml"


def _clean_key(text: str) -> str:
    """Return the key without what was copied along: spaces, invisible characters, quotation marks, ``Bearer``.

    Raises:
        ConfigurationError: what is left is nothing, or cannot be sent in a header (RFC 9110, 5.5); the message
            shows no character that a key can have.
    """
    key = _stripped(text)
    while (shorter := _stripped(_HEADER.sub("", key))) != key:
        key = shorter
    if not key:
        raise ConfigurationError(
            "the key is empty: only spaces or quotation marks were given; copy it again, or leave it unset"
        )
    for position, char in enumerate(key, start=1):
        if not "!" <= char <= "~":
            raise ConfigurationError(
                f"the key holds {_described(char)}, position {position}, which no key has: copy it again"
            )
    return key


def _stripped(text: str) -> str:
    wanted = [at for at, char in enumerate(text) if char not in _MARKS and unicodedata.category(char) not in _AROUND]
    return text[wanted[0] : wanted[-1] + 1] if wanted else ""


def _described(char: str) -> str:
    """Return a character in words that a reader sees; invisible ones by their Unicode names."""
    if char in "\r\n\u2028\u2029":
        return "a line end"
    if char.isspace():
        return "a space"
    shown = f"“{char}”, " if char.isprintable() and not unicodedata.combining(char) else ""
    return f"the character {shown}{unicodedata.name(char, f'U+{ord(char):04X}')}"


def _is_plain_url(url: str) -> bool:
    """Tell whether a URL is one of HTTP with a host, and holds nothing that may be a secret."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(good) and not ("@" in parts.netloc or "?" in url or "#" in url)


def _problems(error: ValidationError) -> str:
    """Return what is wrong, without the values: one of them may be the key."""
    found = ((".".join(map(str, e["loc"])), e["msg"]) for e in error.errors(include_input=False))
    must = "Input should "
    return "; ".join(
        f"{name} must {said.removeprefix(must)}" if said.startswith(must) else f"{name}: {said}"
        for name, said in found
    )
