"""An article in several languages, and a model that knows them: it reports in the article's sentences and translates each."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.providers.protocol import blocks, line
from tests.support.endpoint import Reply, Request, completion
from tests.support.model import answer, asked

__all__ = ["LANGUAGES", "Told", "article", "honest"]

_FILE = Path(__file__).parents[1] / "data" / "any_language" / "bridge.toml"
_LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_MARKED = re.compile("[“«「](.+?)[”»」]")


@dataclass(frozen=True, slots=True)
class Told:
    """The article in one language.

    Attributes:
        headline: of its summary.
        speakers: who says the quotations, in their order.
        sentences: all of it.
    """

    headline: str
    speakers: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The article as it is printed: two sentences to a paragraph."""
        pairs = (self.sentences[i : i + 2] for i in range(0, len(self.sentences), 2))
        return "\n\n".join(("" if "。" in pair[0] else " ").join(pair) for pair in pairs)

    @property
    def quotations(self) -> tuple[str, ...]:
        """What stands in marks, without the comma at its end."""
        return tuple(found[1].rstrip(",") for each in self.sentences if (found := _MARKED.search(each)))

    @property
    def lines(self) -> tuple[str, ...]:
        """Whatever may be asked a translation of, in one order for all languages."""
        return (self.headline, *self.sentences, *self.quotations)


def _told() -> Mapping[str, Told]:
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        code: Told(own["headline"], tuple(own["speakers"]), tuple(own["sentences"])) for code, own in read.items()
    }


ARTICLES = _told()
LANGUAGES = tuple(code for code in ARTICLES if code != "en")


def article(code: str) -> Told:
    """Return the article in a language."""
    return ARTICLES[code]


def honest(source: str, change: Callable[[str, str], str] = lambda _code, text: text) -> Callable[[Request], Reply]:
    """Answer as a model that knows the article; `change` is done to each line of a brief: language, line → line."""

    def script(request: Request) -> Reply:
        prompt, schema = asked(request)
        if blocks(schema):
            shown = dict(_LINE.findall(prompt.partition("Task: translate")[2]))
            value = {
                target: {
                    number: _shaped(
                        change(target, _translated(shown[number], source, target)), schema, target, number
                    )
                    for number in own["properties"]
                }
                for target, own in blocks(schema).items()
            }
        else:
            value = answer(prompt, schema)
            if "headline" in value:
                value["headline"] = ARTICLES[source].headline
            for quote, name in zip(value.get("quotes", ()), _named(source), strict=False):
                quote["speaker"] = name
        return completion(json.dumps(value, ensure_ascii=False))

    return script


def _named(source: str) -> tuple[str, ...]:
    """Return whom the model names for the quotations; the rules know English, and hear what is reported there, too."""
    return () if source == "en" else ARTICLES[source].speakers


def _shaped(text: str, schema: dict[str, Any], target: str, number: str) -> object:
    return {"text": text, "reason": ""} if line(schema, target, number).get("properties") else text


def _translated(text: str, source: str, target: str) -> str:
    """Return the translation of a line of the article, found by the beginning of its words."""
    own, other = ARTICLES[source].lines, ARTICLES[target.partition("-")[0]].lines
    place = next(i for i, each in enumerate(own) if each.startswith(text.rstrip(",.…")) or text.startswith(each))
    return other[place]
