"""Digests written out for tests: every span is given by the words that stand there."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from summarizer.article import segment
from summarizer.digest import Digest

MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def at(text: str, words: str) -> list[int]:
    """Return where words stand, in code points."""
    start = text.index(words)
    return [start, start + len(words)]


def quote(text: str, words: str, speaker: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a quote of an article."""
    start, end = at(text, words)
    said_by = None
    if speaker:
        first, last = at(text, speaker) if speaker in text else (None, None)
        said_by = {"name": speaker, "role": None, "organisation": None, "start": first, "end": last}
    fixed = {"kind": "direct", "status": "verified", "rank": 1, "translations": {}}
    return {"text": words, "start": start, "end": end, "speaker": said_by, **fixed, **more}


def figure(text: str, words: str, **more: Any) -> dict[str, Any]:
    """Return a figure of an article."""
    start, end = at(text, words)
    fixed = {"kind": "number", "value": None, "unit": None, "direction": None, "suspect": False}
    return {"text": words, "start": start, "end": end, **fixed, **more}


def finding(code: str, severity: str, message: str, where: str = "", span: list[int] | None = None) -> dict[str, Any]:
    """Return a finding."""
    return {"code": code, "severity": severity, "message": message, "where": where, "span": span}


def brief(source: str, target: str, headline: tuple[str, str], *lines: tuple[str, str, list[int]]) -> dict[str, Any]:
    """Return a brief; each line is its source, its target and the span that says it."""
    segments = [{"source": one, "target": other, "evidence": [span]} for one, other, span in lines]
    pair = {"source": headline[0], "target": headline[1]}
    return {"source_language": source, "target_language": target, "headline": pair, "segments": segments}


def digest(text: str, language: str, **parts: Any) -> Digest:
    """Return a digest of a text; what is not given is empty.

    Args:
        text: of the article.
        language: of the article.
        parts: `source`, `title`, `outlet`, `published`, `url`, `author`; `headline`, `abstract`, `points` (words and
            the words of the article that say it); `quotes`, `figures`, `briefs`, `findings`.
    """
    known = dict.fromkeys(("url", "author", "title", "published", "outlet")) | {"source": "-"}
    article = {
        "id": hashlib.sha256(text.encode()).hexdigest(),
        "language": language,
        "text": text,
        "sentences": [[s.start, s.end] for s in segment.split(text, language)],
        **{name: parts.get(name, value) for name, value in known.items()},
    }
    points = [{"text": words, "evidence": [at(text, said)]} for words, said in parts.get("points", ())]
    summary = {
        "language": language,
        "headline": parts.get("headline", ""),
        "abstract": parts.get("abstract", ""),
        "key_points": points,
    }
    counts = dict.fromkeys(("requests", "input_tokens", "cached_tokens", "output_tokens"), 0)
    provenance = {"model": "m", "endpoint": "e", "prompts": {}, "cost_usd": None, "seconds": 0.0, "created": MADE}
    lists = {name: parts.get(name, ()) for name in ("quotes", "figures", "briefs", "findings")}
    return Digest.model_validate({"article": article, "summary": summary, "provenance": provenance | counts, **lists})
