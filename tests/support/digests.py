"""A digest with given texts wherever text of a stranger is shown."""

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from summarizer.digest import Digest

__all__ = ["digest", "hostile"]


def digest(*texts: str) -> Digest:
    """A digest with these texts, over and over, wherever text of the article or of the model is shown."""
    given_texts = [texts[i % len(texts)] for i in range(18)]
    take = iter(given_texts).__next__
    statement = {"evidence": [[0, 5]]}
    return Digest.model_validate(
        {
            "article": {
                "id": "0" * 64,
                "source": take(),
                "title": None,
                "language": "en",
                "published": "2025-09-14",
                "outlet": take(),
                "text": "First. Second.",
                "sentences": [[0, 6], [7, 14]],
            },
            "summary": {
                "language": "en",
                "headline": take(),
                "abstract": take(),
                "key_points": [{"text": take(), **statement}, {"text": take(), "evidence": []}],
            },
            "quotes": [
                {
                    "text": take(),
                    "start": 0,
                    "end": 5,
                    "kind": kind,
                    "status": "verified",
                    "speaker": speaker,
                    "translations": translations,
                }
                for kind, speaker, translations in (
                    (
                        "direct",
                        {"name": take(), "role": take(), "organisation": take(), "start": None, "end": None},
                        {"it": take()},
                    ),
                    ("reported", None, {}),
                )
            ],
            "figures": [],
            "briefs": [
                {
                    "source_language": "en",
                    "target_language": "zh",
                    "headline": {"source": take(), "target": take()},
                    "segments": [{"source": take(), "target": take(), **statement}],
                }
            ],
            "findings": [
                {"code": "quote.named", "severity": "warning", "message": take(), "where": "/quotes/0", "span": None},
                {"code": "figure.missing", "severity": "error", "message": "m", "where": "", "span": [0, 5]},
            ],
            "provenance": {
                "model": take(),
                "endpoint": "embedded",
                "prompts": {},
                "requests": 3,
                "input_tokens": 20,
                "cached_tokens": 10,
                "output_tokens": 5,
                "cost_usd": None,
                "seconds": 1.5,
                "created": datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
            },
        }
    )


def hostile(text: str) -> Digest:
    """A digest with a text in every field that takes one, past every check: a program may build such a one."""
    return _everywhere(digest("word"), text)


def _everywhere(part: Any, text: str) -> Any:
    if isinstance(part, BaseModel):
        fields = {name: _field(name, getattr(part, name), text) for name in type(part).model_fields}
        return type(part).model_construct(**fields)
    return tuple(_everywhere(each, text) for each in part) if isinstance(part, tuple) else part


#: What the schema itself binds to a few values.
_BOUND = {"schema_version", "kind", "status", "severity", "source_language", "target_language"}


def _field(name: str, value: Any, text: str) -> Any:
    if name == "text" and isinstance(value, str) and value == "First. Second.":
        return f"First. {text} Second."
    if isinstance(value, str) or (value is None and name in {"title", "url", "author", "role", "organisation"}):
        return value if name in _BOUND else text
    if isinstance(value, dict):
        return {"it": text, text: text} if value else value
    return _everywhere(value, text)
