"""Texts that nobody would call an article, and many that somebody would: what `bench.any_text` reads.

Real texts come from a folder of public data sets outside the repository (see the README there); they are measured
with and never copied. Everything else is made from them, from the seeds and from shapes, by a seeded generator.
"""

import base64
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

__all__ = ["LANGUAGES", "SHAPES", "Growing", "generated", "growing", "real", "seeds"]

#: Gives a text of so many characters.
Growing = Callable[[int], str]
LANGUAGES = ("en", "it", "zh")

#: One mark, word or line that is repeated → its name: where a rule looks ahead or back, these make it look far.
SHAPES: Mapping[str, str] = {
    "full stops": ".",
    "underscores": "_",
    "dashes": "— ",
    "hyphens": "-",
    "straight quotes": '"',
    "apostrophes": "'",
    "opening quotes": "“",
    "opening guillemets": "«",
    "closing quotes": "”",
    "corner brackets": "「",
    "brackets": "(",
    "closing brackets": ")",
    "square brackets": "[",
    "angle brackets": "<",
    "full-width brackets": "（",
    "book marks": "《",
    "commas": ",",
    "Chinese commas": "，",
    "colons": ": ",
    "Chinese stops": "。",
    "ellipses": "…",
    "spaces": " ",
    "tabs": "\t",
    "line ends": "\n",
    "spaced line ends": " \n ",
    "no-break spaces": "\u00a0",
    "zero-width": "a\u200b",
    "right to left": "\u200f\u202eשלום ",
    "combining": "e\u0301\u0327",
    "emoji": "👩‍👩‍👧🙂",
    "surrogates": "\ud800",
    "replacement": "\ufffd",
    "private use": "\ue000",
    "one letter": "a",
    "one capital": "A",
    "capitals": "A ",
    "initials": "A.",
    "one Han": "说",
    "digits": "7",
    "spaced digits": "7 ",
    "grouped digits": "1,000,",
    "dotted digits": "1.000.",
    "dates": "12/11/2024 ",
    "times": "10:30-",
    "percents": "%",
    "signs": "+-±",
    "currencies": "€$¥",
    "amounts": "$5 million ",
    "Han numerals": "一百零",
    "Han digits": "一",
    "Han units": "万亿",
    "Han percents": "百分之",
    "number words": "twenty-one hundred and ",
    "Italian number words": "ventuno mila e ",
    "joined Italian numerals": "cento",
    "table": "| 12 | 3.5 % | Rossi |\n",
    "rows": "Rossi\t12\t3,5\n",
    "list": "- Mario Rossi\n",
    "headings": "# Title\n",
    "at signs": "@",
    "addresses": "https://example.org/a?b=c&d=%20#e ",
    "mails": "a.b@example.org,",
    "tags": "<div>",
    "entities": "&amp;",
    "comments": "<!--",
    "links": "[a](",
    "emphasis": "*a_",
    "backslashes": "\\",
    "braces": "{",
    "names": "Mario Rossi ",
    "offices": "president of the ",
    "Italian offices": "presidente del ",
    "Chinese offices": "市长",
    "Chinese names": "王明",
    "said": "said ",
    "he said": "he said that ",
    "ha detto": "ha detto che ",
    "Chinese said": "他表示，",
    "Chinese colon said": "王明说：",
    "quote and said": '"Yes," said Mayor Rossi. ',
    "Italian quote and said": "«Sì», ha detto il sindaco Rossi. ",
    "Chinese quote and said": "“是的。”市长王明说。",
    "open quote and said": '"Yes, said Mayor Rossi. ',
    "open Italian quote and said": "«Sì, ha detto il sindaco. ",
    "open Chinese quote and said": "“是的，王明说。",
    "open quote in a paragraph": '"We will go on.\n\n',
    "according to": "according to ",
    "secondo": "secondo ",
    "Chinese according to": "据介绍，",
    "commas and he": "he, ",
    "and": "and ",
    "of": "of ",
    "of the": "of the ",
    "possessives": "Rossi's ",
    "negations": "not ",
    "Chinese negations": "不",
    "interview": "Q: Why?\nA: Because.\n",
    "Chinese interview": "记者：为什么？\n王明：因为。\n",
    "credits": "(Photo by Mario Rossi) ",
    "dateline": "ROME, Nov. 5 (Xinhua) -- ",
    "wrapped": "a line that goes on\n",
    "dashed frames": '"A - ha detto Neri -, b ',
    "quotes in one sentence": '"Yes", said Rossi, ',
    "Italian quotes in one sentence": "«Sì», dice Rossi, ",
    "Chinese quotes in one sentence": "“是的”，王明说，",
    "now": "目前",
    "apostrophed digits": "111'",
    "honours": "Rossi, PhD, KC, ",
    "he who": "who said that the ",
}


def seeds(folder: Path) -> list[tuple[str, str]]:
    """Return the seeds as (language, text)."""
    return [(path.name.split(".")[-2], path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]


def real(folder: Path) -> list[tuple[str, str]]:
    """Return the texts of the data sets as (language, text); empty where the folder is absent.

    Lines of one document are put together; a text in another language than the three counts as English.
    """
    if not folder.is_dir():
        return []
    return [(language, text) for language, text in _all(folder) if text.strip()]


def _all(folder: Path) -> Iterator[tuple[str, str]]:
    yield from (("it", path.read_text("utf-8")) for path in sorted(folder.glob("wikinews_it/*.txt")))
    yield from _documents(folder / "ntrex/lines.jsonl", "doc", {"en": "en", "it": "it", "zh": "zh"})
    foreign = ("fr", "de", "es", "ja", "ko", "ar", "pt", "ru", "vi")
    yield from _documents(folder / "ntrex/more.jsonl", "doc", {"zh_tw": "zh", **dict.fromkeys(foreign, "en")})
    yield from _documents(folder / "wmt21_zh_en/lines.jsonl", "block", {"zh": "zh", "en": "en"})
    yield from _documents(folder / "mqm_zh_en/lines.jsonl", "doc", {"source": "zh", "target": "en"})
    for row in _rows(folder / "bump/pairs.jsonl"):
        yield "en", row["article"]
    for row in _rows(folder / "wikinews_de/quotes.jsonl"):
        yield "en", row["text"]
    for path in sorted(folder.glob("recognizers/*/*.json")):
        language = {"english": "en", "italian": "it", "chinese": "zh"}[path.parent.name]
        yield language, "\n".join(case["input"] for case in json.loads(path.read_text("utf-8-sig")))
    for path in sorted(folder.glob("demetr/*.json")):
        yield "en", "\n".join(case["mt_sent"] for case in json.loads(path.read_text("utf-8")))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def _documents(path: Path, key: str, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    joined: dict[tuple[str, str], list[str]] = {}
    for row in _rows(path):
        for column in columns:
            if row.get(column):
                joined.setdefault((column, row[key]), []).append(row[column])
    yield from ((columns[column], "\n".join(lines)) for (column, _), lines in joined.items())


def generated(sources: Sequence[tuple[str, str]], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield `count` texts as (language, text): news that was cut, spliced and damaged, and shapes without sense."""
    dice = random.Random(seed)
    sentences = [line for _, text in sources for line in text.replace(". ", ".\n").split("\n") if line]
    makers: tuple[Callable[[random.Random, Sequence[str]], str], ...] = (
        _spliced,
        _spliced,
        _mutated,
        _mutated,
        _truncated,
        _shuffled,
        _shaped,
        _mixed,
        _encoded,
        _page,
    )
    for _ in range(count):
        yield dice.choice(LANGUAGES), dice.choice(makers)(dice, sentences)


def growing(sources: Sequence[tuple[str, str]]) -> Mapping[str, Growing]:
    """Return what gives texts of any length: each shape, alone, in lines and between words, and news."""
    made: dict[str, Growing] = {name: partial(_repeated, shape) for name, shape in SHAPES.items()}
    made |= {f"{name}, in lines": partial(_repeated, f"{shape * 5}\n") for name, shape in SHAPES.items()}
    made |= {f"{name}, between words": partial(_between, shape) for name, shape in SHAPES.items()}
    news = {code: "\n\n".join(text for own, text in sources if own == code) for code in LANGUAGES}
    return made | {f"news, {code}": partial(_repeated, text) for code, text in news.items() if text}


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _between(shape: str, length: int) -> str:
    return f"Mayor Rossi{_repeated(shape, length)}was there, 王明说。"


def _spliced(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return pieces of sentences put together where they do not belong."""
    return "".join(_piece(dice, sentences) for _ in range(dice.randint(1, 12)))


def _piece(dice: random.Random, sentences: Sequence[str]) -> str:
    line = dice.choice(sentences)
    low, high = sorted((dice.randint(0, len(line)), dice.randint(0, len(line))))
    return line[low:high] + dice.choice(("", " ", "\n", "\n\n", ". ", "。", *SHAPES.values()))


def _mutated(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return sentences in which characters were left out, doubled or put in."""
    text = list(" ".join(dice.choice(sentences) for _ in range(dice.randint(1, 6))))
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(text))
        text[at] = dice.choice(("", text[at] * dice.randint(2, 9), dice.choice(tuple(SHAPES.values()))))
    return "".join(text)


def _truncated(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return sentences that end anywhere, most often after a word."""
    words = " ".join(dice.choice(sentences) for _ in range(dice.randint(1, 4))).split(" ")
    return " ".join(words[dice.randrange(len(words)) :][: dice.randint(1, 40)]) + dice.choice(("", "", ".", "_", ")"))


def _shuffled(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return words of several sentences in no order."""
    words = [word for _ in range(dice.randint(1, 6)) for word in dice.choice(sentences).split()]
    dice.shuffle(words)
    return " ".join(words)


def _shaped(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return one shape many times over, sometimes with a sentence around it."""
    run = dice.choice(tuple(SHAPES.values())) * dice.choice((1, 2, 3, 30, 300))
    return dice.choice((run, dice.choice(sentences) + run, run + dice.choice(sentences)))


def _mixed(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return shapes one after the other, and a word now and then."""
    words = dice.choice(sentences).split()
    return "".join(dice.choice((*SHAPES.values(), *words, " ")) for _ in range(dice.randint(1, 200)))


def _encoded(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return text that went through a wrong codec, or bytes written as letters."""
    data = dice.choice(sentences).encode("utf-8", "replace") + dice.randbytes(dice.randint(0, 60))
    return dice.choice((base64.b64encode(data * 9).decode(), data.decode("latin-1"), data.decode("utf-8", "replace")))


_TAGS = (
    *(
        "<p>",
        "</p>",
        "<div class='footer'>",
        "</div>",
        "<h1>",
        "</h1>",
        "<article>",
        "</main>",
        "<table><tr>",
        "<td>",
    ),
    *("<ul><li>", "<br/>", "<script>", "</script>", "<style>", "<svg><title>", "<!--", "-->", "<![CDATA[", "]]>"),
    *("<meta charset=punycode>", "<meta name='date' content='x'>", "<base href='http://['>", "<link rel=canonical>"),
    *("<time datetime='9999-99-99'>", "<iframe>", "<template>", "<noscript>", "<?php", "<p xml:lang='' a:b='c'>"),
    *("&#xD800;", "&#0;", "&nosuch;", "<a href='javascript:'>", "<title>", "</title>", "<html>", "<body>", "</html>"),
    *('<script type="application/ld+json">{"headline":[{}]}</script>', "<math><p>", "<select><p>", "<p\x00>", "<"),
)


def _page(dice: random.Random, sentences: Sequence[str]) -> str:
    """Return a page whose tags stand where they please."""
    parts = [dice.choice((*_TAGS, dice.choice(sentences))) for _ in range(dice.randint(1, 80))]
    return dice.choice(("<!doctype html>", "<html><head>", "<?xml version='1.0'?><html>", "")) + "".join(parts)
