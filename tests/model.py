"""Scripts for the loopback server that answer like a model would, from nothing but the prompt.

They copy and rearrange what the prompt holds; none of them is an answer somebody wrote.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from endpoint import Reply, Request, completion

_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_LINE = re.compile(r"^(\d+)\. (.+(?:\n   .+)*)$", re.MULTILINE)
_FIGURES = re.compile(r"^   figures: (.+)$", re.MULTILINE)
_NAMES = re.compile(r"^   names: (.+)$", re.MULTILINE)
_MARKER = re.compile(r"\[(?:number|percent|money|date|ordinal) \d+\]")

#: A sentence in each language to carry the figures and names of a line.
_CARRIER = {
    "Italian": "Questa è la traduzione della frase che riporta i fatti con {}.",
    "English": "This is the translation of the sentence that reports the facts with {}.",
    "Chinese": "这是该句的译文，其中提到了{}。",
}
_NOTHING = {"Italian": "calma", "English": "calm", "Chinese": "内容"}
_FILLING = {
    "Italian": " Il testo continua con altre parole.",
    "English": " The text goes on with other words.",
    "Chinese": "文章还有其他内容。",
}
_DENSITY = {"Italian": 1.1, "English": 1.0, "Chinese": 0.34}


def extractive(request: Request) -> Reply:
    """Answer each task with the article's own sentences."""
    return completion(json.dumps(answer(request), ensure_ascii=False))


def filled(request: Request) -> Reply:
    """Answer any schema with a value of its shape, made of the prompt's own words."""
    words = request.prompt[:200]

    def build(node: dict[str, Any]) -> Any:
        if "$ref" in node:
            return build(request.schema["$defs"][node["$ref"].rpartition("/")[2]])
        if node.get("type") == "object":
            return {name: build(inner) for name, inner in node["properties"].items()}
        return [build(node["items"])] * 5 if node.get("type") == "array" else words

    return completion(json.dumps(build(request.schema), ensure_ascii=False))


def answer(request: Request) -> dict[str, Any]:
    """Return the extractive answer as a value."""
    name = request.body["response_format"]["json_schema"]["name"]
    return {"SummaryDraft": _summary, "ChoiceDraft": _choice, "TranslationDraft": _translation}[name](request)


def changed(change: Callable[[dict[str, Any]], None], task: str, *, times: int = 10**6) -> Callable[[Request], Reply]:
    """Answer extractively, with `change` applied to the first `times` answers of one draft."""
    left = [times]

    def script(request: Request) -> Reply:
        value = answer(request)
        if request.body["response_format"]["json_schema"]["name"] == task and left[0]:
            left[0] -= 1
            change(value)
        return completion(json.dumps(value, ensure_ascii=False))

    return script


def _summary(request: Request) -> dict[str, Any]:
    properties = request.schema["properties"]
    sentences = [(int(n), text) for n, text in _SENTENCE.findall(request.prompt)]
    long = [s for s in sentences if len(s[1]) > 30] or sentences
    abstract = long[: properties["abstract"]["maxItems"]]
    points = long[len(abstract) :][: properties["key_points"]["maxItems"]] or long[:1]
    return {
        "headline": long[0][1][:120].rsplit(" ", 1)[0],
        "abstract": [_statement(*s) for s in abstract],
        "key_points": [_statement(*s) for s in points],
    }


def _statement(number: int, text: str) -> dict[str, Any]:
    return {"sentences": [number], "text": text[:320]}


def _choice(request: Request) -> dict[str, Any]:
    most = request.schema["properties"]["quotes"]["maxItems"]
    task = request.prompt.partition("These passages")[2]
    return {"quotes": [{"number": int(n), "speaker": ""} for n, _ in _LINE.findall(task)][:most]}


def _translation(request: Request) -> dict[str, Any]:
    task = request.prompt.partition("Task: translate")[2]
    target = re.search(r"into (\w+)\.", task)[1]
    lines = []
    for number, block in _LINE.findall(task):
        text = block.split("\n")[0]
        given = dict(pair.split(" = ") for pair in (_FIGURES.findall(block) or [""])[0].split("; ") if " = " in pair)
        plain = [run for run in re.findall(r"\d[\d.,]*%?", text) if not any(run in printed for printed in given)]
        kept = _MARKER.findall(text) or [*given.values(), *plain]
        names = (_NAMES.findall(block) or [""])[0].split("; ")
        carried = _CARRIER[target].format(", ".join([*kept, *filter(None, names)]) or _NOTHING[target])
        lines.append({"number": int(number), "text": _as_long_as(text, carried, target)})
    return {"lines": lines}


def _as_long_as(source: str, text: str, target: str) -> str:
    """Return `text` with as much filling as a translation of `source` has."""
    han = sum("\u4e00" <= c <= "\u9fff" for c in source) * 2 > len(source)
    wanted = len(source) * _DENSITY[target] / (_DENSITY["Chinese"] if han else 1)
    return text + _FILLING[target] * max(0, round((wanted - len(text)) / len(_FILLING[target])))
