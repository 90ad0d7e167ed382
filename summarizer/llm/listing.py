"""What an endpoint says about its models at ``/models``: names, and with some their windows and prices."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
        rows = document.get("data", document.get("models")) if isinstance(document, dict) else document
        listed = (_listed(row) for row in rows) if isinstance(rows, list) else ()
        return cls({each.name: each for each in listed if each is not None})

    def find(self, name: str) -> Listed | None:
        """Return a model by its name; Gemini and LiteLLM list theirs with a folder before it."""
        exact = self.models.get(name)
        return exact or next((m for key, m in self.models.items() if key.rpartition("/")[2] == name), None)


def _listed(row: Any) -> Listed | None:
    name = row.get("id", row.get("name")) if isinstance(row, dict) else None
    if not isinstance(name, str):
        return None
    meta = row.get("meta")
    windows = [row.get(key) for key in _WINDOWS] + [meta.get("n_ctx") if isinstance(meta, dict) else None]
    pricing = row.get("pricing")
    prices = pricing if isinstance(pricing, dict) else {}
    return Listed(
        name=name,
        context_tokens=next((n for n in windows if type(n) is int and n > 0), None),
        input_usd_per_million=_per_million(prices.get("prompt")),
        output_usd_per_million=_per_million(prices.get("completion")),
    )


def _per_million(price: object) -> float | None:
    """Return a price for one token, as OpenRouter writes it (a string of dollars), for a million."""
    try:
        value = float(price) if isinstance(price, str | int | float) else -1.0
    except ValueError:
        return None
    return round(value * 1e6, 6) if 0 <= value < 1 else None
