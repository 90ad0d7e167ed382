"""What an endpoint says about its models at ``/models``: names, and with some their windows and prices."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from summarizer.llm.reply import clip

__all__ = ["Listed", "Listing"]

#: Where the context window stands: OpenRouter, vLLM and SGLang, Groq, Mistral, LM Studio, Gemini's native name.
_WINDOWS = (
    "context_length",
    "max_model_len",
    "context_window",
    "max_context_length",
    "loaded_context_length",
    "inputTokenLimit",
)
#: A larger number is no context window.
_MOST_TOKENS = 10**9


@dataclass(frozen=True, slots=True)
class Listed:
    """One model of an endpoint.

    Attributes:
        name: as the endpoint calls it.
        context_tokens: its window, None where it is not told.
        input_usd_per_million: price of a million input tokens, None where it is not told; so is the next.
        output_usd_per_million: price of a million output tokens.
    """

    name: str
    context_tokens: int | None = None
    input_usd_per_million: float | None = None
    output_usd_per_million: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The models of an endpoint.

    Attributes:
        models: name → what is said of it; empty where the endpoint gives no list.
    """

    models: Mapping[str, Listed] = field(default_factory=dict)

    @classmethod
    def read(cls, body: bytes) -> "Listing":
        """Read the reply; whatever is no list of models is an empty one."""
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            return cls()
        rows = (document.get("data") or document.get("models")) if isinstance(document, dict) else document
        listed = (_listed(row) for row in rows) if isinstance(rows, list) else ()
        return cls({each.name: each for each in listed if each is not None})

    def find(self, name: str) -> Listed | None:
        """Return a model by its name; Gemini and LiteLLM list theirs with a folder before it, Ollama with a tag."""
        exact = self.models.get(name) or self.models.get(f"{name}:latest")
        return exact or next((m for key, m in self.models.items() if key.rpartition("/")[2] == name), None)

    def near(self, name: str) -> tuple[str, ...]:
        """Return up to three names that `name` may have been meant for, the nearest first; else the first three."""
        lowered = {key.lower(): key for key in self.models}
        close = difflib.get_close_matches(name.lower(), lowered, n=3, cutoff=0.5)
        return tuple(lowered[key] for key in close) or tuple(self.models)[:3]


def _listed(row: Any) -> Listed | None:
    name = (row.get("id") or row.get("name")) if isinstance(row, dict) else None
    if not isinstance(name, str):
        return None
    pricing = row.get("pricing")
    prices = pricing if isinstance(pricing, dict) else {}
    return Listed(
        name=clip(name, 200),
        context_tokens=_window(row),
        input_usd_per_million=_per_million(prices.get("prompt")),
        output_usd_per_million=_per_million(prices.get("completion")),
    )


def _window(row: Mapping[str, Any]) -> int | None:
    """Return the smallest window that is told: what a model could hold and what it was loaded with may both be."""
    meta = row.get("meta")  # llama.cpp
    told = [row.get(key) for key in _WINDOWS] + [meta.get("n_ctx") if isinstance(meta, dict) else None]
    return min((n for n in told if type(n) is int and 0 < n <= _MOST_TOKENS), default=None)


def _per_million(price: object) -> float | None:
    """Return a price for one token, as OpenRouter writes it (a string of dollars), for a million."""
    try:
        value = float(price) if isinstance(price, str | int | float) and type(price) is not bool else -1.0
    except (ValueError, OverflowError):
        return None
    return round(value * 1e6, 6) if 0 <= value < 1 else None
