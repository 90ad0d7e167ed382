"""Scripts for the loopback server that answer like a model would, from nothing but the prompt.

They copy and rearrange what the prompt holds; none of them is an answer somebody wrote.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from summarizer.figures import find, written
from tests.providers.protocol import question, wanted
from tests.support.endpoint import Reply, Request, completion

_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_LINE = re.compile(r"^(\d+)\. (.+(?:\n   .+)*)$", re.MULTILINE)
_NAMES = re.compile(r"^   names: (.+)$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\[(?:number|percent|money|date) \d+\]")

#: Sentences in each language to carry the figures and names of a line: no two lines have one translation.
_CARRIERS = {
    "Italian": (
        "Questa è la traduzione della frase che riporta i fatti con {}.",
        "Qui si racconta quello che dice il giornale a proposito di {}.",
        "Secondo quanto scritto sopra, la notizia riguarda {}.",
        "Il testo spiega al lettore anche la parte su {}.",
        "Un altro passaggio del pezzo parla di {}.",
        "In questo punto il redattore aggiunge {}.",
        "Le parole seguenti ricordano ancora {}.",
    ),
    "English": (
        "This is the translation of the sentence that reports the facts with {}.",
        "Here the paper tells its readers what it knows about {}.",
        "According to the lines above, the news concerns {}.",
        "Another passage of this piece deals with {}.",
        "At that point the editor adds {}.",
        "Such words remind everybody again of {}.",
        "Below comes one more remark on {}.",
    ),
    "Chinese": (
        "这是该句的译文，其中提到了{}。",
        "报纸在此向读者讲述有关{}的情况。",
        "据上文所写，消息涉及{}。",
        "另外一段谈的是{}。",
        "编辑随后补充{}。",
        "这些话再次让人想起{}。",
        "下面还有一处说明：{}。",
    ),
}
_CODE = {"Italian": "it", "English": "en", "Chinese": "zh"}
_NOTHING = {"Italian": "calma", "English": "calm", "Chinese": "内容"}
_FILLING = {
    "Italian": " Il testo continua con altre parole.",
    "English": " The text goes on with other words.",
    "Chinese": "文章还有其他内容。",
}
_DENSITY = {"Italian": 1.1, "English": 1.0, "Chinese": 0.34}


#: The draft that holds another one where summary and quotes are asked for at once.
_WHOLE = {"SummaryDraft": "DigestDraft", "ChoiceDraft": "DigestDraft"}


def extractive(request: Request) -> Reply:
    """Answer each task with the article's own sentences."""
    return completion(json.dumps(answer(*asked(request)), ensure_ascii=False))


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


def said(request: Request) -> str:
    """Return what a model writes: the JSON that the request asks for, something else where it asks for none."""
    try:
        value: Any = answer(*asked(request))
    except LookupError:
        value = {"text": question(request)[:200]}
    return json.dumps(value, ensure_ascii=False)


def asked(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the question and the schema of its answer, wherever in the request they stand."""
    return question(request), wanted(request)[1]


def answer(prompt: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the extractive answer to `prompt` as a value that fits `schema`."""
    tasks = {
        "headline": _summary,
        "quotes": _choice,
        "lines": _translation,
        "statements": _mended,
        "differences": _agreed,
    }
    made = [make(prompt, schema["properties"]) for key, make in tasks.items() if key in schema["properties"]]
    return {name: value for part in made for name, value in part.items()}


def changed(change: Callable[[dict[str, Any]], None], task: str, *, times: int = 10**6) -> Callable[[Request], Reply]:
    """Answer extractively, with `change` applied to the first `times` answers of one draft."""
    left = [times]

    def script(request: Request) -> Reply:
        value = answer(*asked(request))
        if wanted(request)[0] in (task, _WHOLE.get(task)) and left[0]:
            left[0] -= 1
            change(value)
        return completion(json.dumps(value, ensure_ascii=False))

    return script


def _summary(prompt: str, properties: dict[str, Any]) -> dict[str, Any]:
    sentences = [(int(n), text) for n, text in _SENTENCE.findall(prompt)]
    long = [s for s in sentences if len(s[1]) > 30] or sentences
    abstract = long[: _most(properties["abstract"], prompt, "- abstract: ")]
    points = long[len(abstract) :][: _most(properties["key_points"], prompt, "- key_points: at most ")] or long[:1]
    return {
        "headline": long[0][1][:120].rsplit(" ", 1)[0],
        "abstract": [_statement(*s) for s in abstract],
        "key_points": [_statement(*s) for s in points],
    }


def _statement(number: int, text: str) -> dict[str, Any]:
    return {"sentences": [number], "text": text[:320]}


def _most(listed: dict[str, Any], prompt: str, words: str) -> int:
    """Return how many entries a list may have: by its schema, by the prompt's words where that was cut down."""
    return listed["maxItems"] if "maxItems" in listed else int(re.search(f"{words}(\\d+)", prompt)[1])


def _choice(prompt: str, properties: dict[str, Any]) -> dict[str, Any]:
    most = _most(properties["quotes"], prompt, "quotes of the article, at most ")
    task = prompt.partition("These passages")[2]
    own = {"sentence": 0, "words": ""} if "- words: " in task else {}
    return {"quotes": [{"candidate": int(n), "speaker": "", **own} for n, _ in _LINE.findall(task)][:most]}


def _mended(prompt: str, _: dict[str, Any]) -> dict[str, Any]:
    """Let every statement stand, without a reason."""
    task = prompt.partition("Task: you wrote")[2]
    lines = [(int(number), block.split("\n")[0]) for number, block in _LINE.findall(task)]
    return {"statements": [{"number": n, "sentences": [1], "text": text, "reason": ""} for n, text in lines]}


def _agreed(_: str, __: dict[str, Any]) -> dict[str, Any]:
    """Find no difference."""
    return {"differences": []}


def _translation(prompt: str, _: dict[str, Any]) -> dict[str, Any]:
    task = prompt.partition("Task: translate")[2]
    source, target = re.search(r"from (\w+) into (\w+)\.", task).groups()
    lines = []
    for number, block in _LINE.findall(task):
        text = block.split("\n")[0]
        kept = _PLACEHOLDER.findall(text) or [written(f, _CODE[target]) for f in find(text, _CODE[source])]
        names = (_NAMES.findall(block) or [""])[0].split("; ")
        carried = _CARRIERS[target][int(number) % 7].format(
            ", ".join([*kept, *filter(None, names)]) or _NOTHING[target]
        )
        line = {"number": int(number), "text": _as_long_as(text, carried, target)}
        lines.append({**line, "reason": ""} if '"reason"' in task else line)
    return {"lines": lines}


def _as_long_as(source: str, text: str, target: str) -> str:
    """Return `text` with as much filling as a translation of `source` has."""
    han = sum("\u4e00" <= c <= "\u9fff" for c in source) * 2 > len(source)
    wanted = len(source) * _DENSITY[target] / (_DENSITY["Chinese"] if han else 1)
    return text + _FILLING[target] * max(0, round((wanted - len(text)) / len(_FILLING[target])))
