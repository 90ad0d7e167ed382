"""A digest with given texts wherever text of a stranger is shown."""

from datetime import UTC, datetime

from summarizer.digest import Digest

__all__ = ["digest"]


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
