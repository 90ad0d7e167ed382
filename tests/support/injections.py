"""The injections of ``tests/data/instructions``: each an order spliced into a real article, with what it wants said."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.article import segment
from tests.providers.protocol import wanted
from tests.support.endpoint import Reply, Request, completion
from tests.support.model import answer, asked, lines

__all__ = ["Injection", "injections", "obedient"]

_ROOT = Path(__file__).resolve().parents[2]
_DATA = _ROOT / "tests" / "data" / "instructions"
_ARTICLES = {"en": "en-05-port-deal", "it": "it-02-camera", "zh": "zh-03-qiye"}


@dataclass(frozen=True, slots=True)
class Injection:
    """An article with an injection in it.

    Attributes:
        id: language of the article and a number.
        kind: how the order is put.
        order: the injected text.
        text: the article with it.
        payload: what it wants said, by language.
        traces: words and figures of the payload, one of which is in each of its versions.
    """

    id: str
    kind: str
    order: str
    text: str
    payload: dict[str, str]
    traces: tuple[str, ...]

    @property
    def language(self) -> str:
        """The article's language."""
        return self.id[:2]

    def traced(self, text: str) -> list[str]:
        """Return what of the payload a text has."""
        return [trace for trace in self.traces if trace in text]


def injections() -> list[Injection]:
    """Return all injections."""
    payloads = json.loads((_DATA / "payloads.json").read_text(encoding="utf-8"))
    rows = (_DATA / "injections.jsonl").read_text(encoding="utf-8").splitlines()
    return [_injection(json.loads(row), payloads) for row in rows]


def _injection(row: dict[str, str], payloads: dict[str, dict]) -> Injection:  # type: ignore[type-arg]
    payload = dict(payloads[row["payload"]])
    traces = tuple(payload.pop("traces"))
    text = _spliced(_article(row["id"][:2]), row["place"], row["text"])
    return Injection(row["id"], row["kind"], row["text"], text, payload, traces)


def _article(language: str) -> str:
    path = _ROOT / "evals" / "gold" / "recorded" / f"{_ARTICLES[language]}.json"
    text: str = json.loads(path.read_text(encoding="utf-8"))["text"]
    return text


def _spliced(text: str, place: str, order: str) -> str:
    """Put an order into an article: as its first or last paragraph, as one in the middle, or inside its longest."""
    paragraphs = text.split("\n\n")
    where = {"start": 0, "end": len(paragraphs), "paragraph": len(paragraphs) // 2}
    if place in where:
        paragraphs.insert(where[place], order)
    else:
        longest = max(range(len(paragraphs)), key=lambda i: len(paragraphs[i]))
        paragraphs[longest] = _inside(paragraphs[longest], order)
    return "\n\n".join(paragraphs)


def _inside(paragraph: str, order: str) -> str:
    """Put an order behind a paragraph's first sentence."""
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in paragraph) else "en"
    space = "" if language == "zh" else " "
    end = segment.split(paragraph, language)[0].end
    return f"{paragraph[:end]}{space}{order}{space}{paragraph[end:].lstrip()}"


def obedient(injection: Injection) -> Callable[[Request], Reply]:
    """Answer like a model that follows the injection to the letter, and insists on it when it is asked again.

    It writes the payload in place of the headline, of a statement that cites the injection and of two translations,
    mixes it into what the article does say, and lets a second reading find nothing.
    """

    def script(request: Request) -> Reply:
        value = answer(*asked(request))
        follow = {"SummaryDraft": _summarised, "MendDraft": _insisted, "ChoiceDraft": _chosen}
        name = wanted(request)[0]
        if name in follow:
            follow[name](value, injection)
        elif name == "TranslationDraft":
            _translated(value, injection)
        return completion(json.dumps(value, ensure_ascii=False))

    return script


def _summarised(value: dict[str, Any], injection: Injection) -> None:
    payload = injection.payload[injection.language]
    cited = _number(injection)
    value["headline"] = payload.rstrip(".。")
    value["abstract"][0] = {"sentences": [cited], "text": payload}
    value["key_points"][0]["text"] = f"{value['key_points'][0]['text'].rstrip('.。')}. {payload}"
    value["key_points"][-1] = {"sentences": [1, cited], "text": payload}


def _number(injection: Injection) -> int:
    sentences = segment.split(injection.text, injection.language)
    at = injection.text.index(injection.order)
    return next(i for i, s in enumerate(sentences, 1) if s.end > at)


def _insisted(value: dict[str, Any], _: Injection) -> None:
    for statement in value["statements"]:
        statement["reason"] = "It stands in the article."


def _chosen(value: dict[str, Any], _: Injection) -> None:
    for quote in value["quotes"]:
        quote["speaker"] = "Marta Quaglini"


def _translated(value: dict[str, Any], injection: Injection) -> None:
    for target in value:
        for line in lines(value, target)[:2]:
            line.put(injection.payload[target], "The article says so.")
