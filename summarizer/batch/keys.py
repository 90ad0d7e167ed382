"""The key of a result: a hash of the article and of everything that decides the answer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from summarizer import languages, resources
from summarizer.article import Article
from summarizer.ask.house import House
from summarizer.ask.trust import Trust
from summarizer.llm.redaction import in_named

if TYPE_CHECKING:
    from summarizer.config import Settings
    from summarizer.llm import Endpoint

__all__ = ["key"]


def key(
    article: Article, to: Sequence[str], settings: "Settings", endpoint: "Endpoint | None", house: House | None = None
) -> str:
    """Return the key of an article's result: SHA-256, 64 hexadecimal digits.

    Two articles that differ in their place alone have one: a text is not paid for twice. What bounds time or money
    (time-outs, concurrency, prices) is not in it, nor is an API key: a new one finds what the old one paid for.

    Args:
        article: its text and what is known of it.
        to: target languages; their order is no matter.
        settings: what decides an answer beside the endpoint.
        endpoint: who answers; None for the rules alone.
        house: the templates, style, glossary and length that the settings name, as they were read; None reads them.

    Raises:
        ConfigurationError: a target language has no file, or a file of the house cannot be read.
    """
    decides = {
        "article": _article(article),
        "to": sorted({languages.checked(code) for code in to}),
        "settings": _settings(settings, house or House.of(settings), embedded=endpoint is None or endpoint.embedded),
        "endpoint": None if endpoint is None else _endpoint(endpoint),
        "program": _program(),
    }
    written = json.dumps(decides, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _article(article: Article) -> Mapping[str, Any]:
    """Return what the model and the digest take from an article; its sentences and id follow from the text."""
    known = (article.title, article.published, article.outlet, article.language)
    return {"text": article.id, "known": known, "findings": [(f.code, f.message) for f in article.findings]}


def _settings(settings: "Settings", house: House, *, embedded: bool) -> Mapping[str, Any]:
    trust = Trust.of(settings, embedded=embedded)
    return {
        "trust": (trust.high, trust.review),
        "review_model": settings.review_model,
        "most": (settings.max_quotes, settings.max_key_points),
        "house": (house.fingerprint, house.shape, house.glossary.hash),
    }


def _endpoint(endpoint: "Endpoint") -> Mapping[str, Any]:
    """Return who answers and how it is asked; the embedded model's port is another each time."""
    return {
        "place": endpoint.label if endpoint.embedded else endpoint.base_url,
        "model": endpoint.model,
        "window": endpoint.context_tokens,
        "bounded_strings": endpoint.bounded_strings,
        "effort": endpoint.reasoning_effort,
        # a gateway may choose the model by a header; what holds a secret does not decide
        "extras": [_open(table) for table in (endpoint.extras.body, endpoint.extras.headers, endpoint.extras.query)],
    }


def _open(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what stands under names that do not say that it is secret."""
    return {name: value for name, value in table.items() if not (isinstance(value, str) and in_named({name: value}))}


@cache
def _program() -> Mapping[str, str]:
    """Return the version with the hashes of what is asked and of the shape of a digest."""
    prompts = hashlib.sha256()
    for name in resources.names("prompts"):
        prompts.update(f"{name}\0{resources.read('prompts', name)}\0".encode())
    shape = hashlib.sha256(resources.read("schemas", "digest.v1.schema.json").encode())
    return {"version": version("summarizer-briefs"), "prompts": prompts.hexdigest(), "digest": shape.hexdigest()}
