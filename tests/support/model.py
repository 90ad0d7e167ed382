"""Scripts for the loopback server that answer like a model would, from nothing but the prompt.

They copy and rearrange what the prompt holds; none of them is an answer somebody wrote.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from summarizer import languages
from summarizer.figures import find, write
from summarizer.languages import hant
from tests.providers.protocol import blocks, line, question, wanted
from tests.support.endpoint import Reply, Request, completion

_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_LINE = re.compile(r"^(\d+)\. (.+(?:\n   .+)*)$", re.MULTILINE)
_NAMES = re.compile(r"^   names(?: \(\w+\))?: (.+)$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\[(?:number|percent|money|date) \d+\]")

#: Sentences in each language to carry the figures and names of a line: no two lines have one translation.
_CARRIERS = {
    "it": (
        "Questa è la traduzione della frase che riporta i fatti con {}.",
        "Qui si racconta quello che dice il giornale a proposito di {}.",
        "Secondo quanto scritto sopra, la notizia riguarda {}.",
        "Il testo spiega al lettore anche la parte su {}.",
        "Un altro passaggio del pezzo parla di {}.",
        "In questo punto il redattore aggiunge {}.",
        "Le parole seguenti ricordano ancora {}.",
    ),
    "en": (
        "This is the translation of the sentence that reports the facts with {}.",
        "Here the paper tells its readers what it knows about {}.",
        "According to the lines above, the news concerns {}.",
        "Another passage of this piece deals with {}.",
        "At that point the editor adds {}.",
        "Such words remind everybody again of {}.",
        "Below comes one more remark on {}.",
    ),
    "de": (
        "Dies ist die Übersetzung des Satzes, der die Tatsachen mit {} nennt.",
        "Hier erzählt die Zeitung ihren Lesern, was sie über {} weiß.",
        "Den Zeilen oben zufolge geht es in der Nachricht um {}.",
        "Ein weiterer Abschnitt des Textes handelt von {}.",
        "An dieser Stelle ergänzt die Redaktion noch {}.",
        "Solche Worte erinnern alle wieder an {}.",
        "Unten folgt noch eine Bemerkung zu {}.",
    ),
    "es": (
        "Esta es la traducción de la frase que cuenta los hechos con {}.",
        "Aquí el periódico dice a sus lectores lo que sabe sobre {}.",
        "Según las líneas de arriba, la noticia trata de {}.",
        "Otro pasaje de este texto se ocupa de {}.",
        "En este lugar la redacción añade además {}.",
        "Tales palabras recuerdan a todos una vez más {}.",
        "Más abajo viene todavía una observación sobre {}.",
    ),
    "fr": (
        "C'est la traduction de la phrase qui rapporte les faits avec {}.",
        "Ici, le journal dit à ses lecteurs ce qu'il sait à propos de {}.",
        "D'après les lignes ci-dessus, la nouvelle concerne {}.",
        "Un autre passage de ce texte traite de {}.",
        "À cet endroit, la rédaction ajoute encore {}.",
        "De tels mots rappellent à tous une nouvelle fois {}.",
        "Plus bas vient une dernière remarque sur {}.",
    ),
    "zh": (
        "这是该句的译文，其中提到了{}。",
        "报纸在此向读者讲述有关{}的情况。",
        "据上文所写，消息涉及{}。",
        "另外一段谈的是{}。",
        "编辑随后补充{}。",
        "这些话再次让人想起{}。",
        "下面还有一处说明：{}。",
    ),
}
_NOTHING = {"it": "calma", "en": "calm", "de": "Ruhe", "es": "calma", "fr": "le calme", "zh": "内容"}
_FILLING = {
    "it": " Il testo continua con altre parole.",
    "en": " The text goes on with other words.",
    "de": " Der Text geht mit anderen Worten weiter.",
    "es": " El texto sigue con otras palabras.",
    "fr": " Le texte continue avec d'autres mots.",
    "zh": "文章还有其他内容。",
}
_DENSITY = {"it": 1.1, "en": 1.0, "de": 1.1, "es": 1.15, "fr": 1.15, "zh": 0.34}


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
    if blocks(schema):
        return _translation(prompt, schema)
    tasks = {
        "headline": _summary,
        "quotes": _choice,
        "statements": _mended,
        "differences": _agreed,
        "rows": _no_rows,
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


def _no_rows(_prompt: str, _properties: dict[str, Any]) -> dict[str, Any]:
    """Return no row: what an office asks for is for the tests of it to answer."""
    return {"rows": []}


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a scripted translation, as it stands in the answer.

    Attributes:
        block: the lines of its language by number.
        number: its own.
    """

    block: dict[str, Any]
    number: str

    @property
    def defended(self) -> bool:
        """Whether a reason was asked for with the text."""
        return isinstance(self.block[self.number], dict)

    @property
    def text(self) -> str:
        """The translation."""
        made: str = self.block[self.number]["text"] if self.defended else self.block[self.number]
        return made

    def put(self, text: str, reason: str = "") -> None:
        """Write another translation, with a reason where one was asked for."""
        self.block[self.number] = {"text": text, "reason": reason} if self.defended else text


def lines(value: dict[str, Any], target: str) -> list[Line]:
    """Return the lines of an answer in one language, in the order of their numbers."""
    return [Line(value[target], number) for number in sorted(value[target], key=int)]


def _translation(prompt: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Translate every line into each language that the schema has."""
    task = prompt.partition("Task: translate")[2]
    shown = dict(_LINE.findall(task))
    source = _code(re.search(r"from (\w+) into", task)[1])
    return {
        target: {number: _line(shown, number, (source, target), schema) for number in block["properties"]}
        for target, block in blocks(schema).items()
    }


def _code(name: str) -> str:
    return next(code for code in languages.available() if languages.name(code) == name)


def _line(shown: dict[str, str], number: str, way: tuple[str, str], schema: dict[str, Any]) -> Any:
    text = _translated(int(number), shown[number], *way)
    return {"text": text, "reason": ""} if line(schema, way[1], number).get("properties") else text


def _translated(number: int, block: str, source: str, target: str) -> str:
    text = block.partition("\n")[0]
    kept = _PLACEHOLDER.findall(text) or [write(figure, target) for figure in find(text, source)]
    names = (_NAMES.findall(block) or [""])[0].split("; ")
    code = languages.base(target)
    told = ", ".join([*kept, *filter(None, names)]) or _NOTHING[code]
    made = _as_long_as(text, _CARRIERS[code][number % 7].format(told), code)
    return hant.traditional(made, target) if hant.is_traditional(target) else made


def _as_long_as(source: str, text: str, target: str) -> str:
    """Return `text` with as much filling as a translation of `source` has."""
    han = sum("\u4e00" <= c <= "\u9fff" for c in source) * 2 > len(source)
    wanted = len(source) * _DENSITY[target] / (_DENSITY["zh"] if han else 1)
    return text + _FILLING[target] * max(0, round((wanted - len(text)) / len(_FILLING[target])))
