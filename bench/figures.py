"""Measure the figures engine: accuracy per language and kind, false alarms, detection, speed.

``python -m bench.figures [DATA]`` reads the outside data in DATA (else in ``$SUMMARIZER_BENCH_DATA``, else in
``../shared/data`` beside the checkout) and skips each set that is not there. ``--errors`` lists what went wrong.

How the outside opinions are read:

* NumberModel and PercentModel tests (`recognizers`) list numbers wherever they stand. An expected number is found
  when a figure of any kind has its value and covers its span with nothing but a sign of currency or percent, a
  unit or a date beside it. A figure of kind number without a unit that they do not expect is an error; ordinals,
  dates, measures and money belong to their other models.
* CurrencyModel tests: value and currency, and the span. Cents and pence are compared in the main unit.
* Every line of `ntrex` is a right translation: a line with figures that `compare` does not pass is a false alarm.
  Then one figure of each passed line is changed, and `compare` must say so.
* `demetr`: a right and a wrong translation of each sentence.
"""

import argparse
import json
import os
import random
import re
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

from summarizer.figures import Figure, compare, find, write

LANGUAGES = {"en": "english", "it": "italian", "zh": "chinese"}
#: Names of currencies in CurrencyModel → ISO 4217 code and how many make one main unit. None: any code will do.
UNITS: dict[str, tuple[str | None, int]] = {
    "Dollar": ("USD", 1), "United States dollar": ("USD", 1), "Canadian dollar": ("CAD", 1), "Pound": ("GBP", 1),
    "British pound": ("GBP", 1), "Euro": ("EUR", 1), "Japanese yen": ("JPY", 1), "Chinese yuan": ("CNY", 1),
    "Swiss franc": ("CHF", 1), "Franc": (None, 1), "Hong Kong dollar": ("HKD", 1), "Australian dollar": ("AUD", 1),
    "Finnish markka": ("FIM", 1), "Mexican peso": ("MXN", 1), "Turkish lira": ("TRY", 1), "Rupee": ("INR", 1),
    "Georgian lari": ("GEL", 1), "Bitcoin": ("BTC", 1), "Satoshi": ("BTC", 100000000), "Cent": (None, 100),
    "Pence": ("GBP", 100), "Penny": ("GBP", 100),
}  # fmt: skip
SEED = 7


@dataclass
class Tally:
    name: str
    right: int = 0
    total: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, right: bool, error: str) -> None:
        self.total += 1
        self.right += right
        if not right:
            self.errors.append(error)

    def line(self) -> str:
        share = 100 * self.right / self.total if self.total else 0.0
        return f"{self.name:<44} {self.right:>5} / {self.total:<5} {share:6.2f} %"


def specs(data: Path, language: str, model: str) -> list[dict[str, Any]]:
    path = data / "recognizers" / LANGUAGES[language] / f"{model}.json"
    return json.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else []


def number(text: str, language: str) -> Decimal:
    return Decimal(text.rstrip("%").replace(",", ".") if language == "it" else text.rstrip("%"))


def close(a: object, b: Decimal) -> bool:
    return isinstance(a, Decimal) and abs(a - b) <= max(abs(b) * Decimal("1e-6"), Decimal("1e-15"))


def covers(figure: Figure, start: int, end: int) -> bool:
    """Nothing that writes a number stands in the figure outside the expected span."""
    if figure.start > start or figure.end < end:
        return False
    rest = figure.text[: start - figure.start] + figure.text[end - figure.start :]
    return figure.kind == "date" or not re.search(r"\d", rest)


def number_case(case: dict[str, Any], language: str, kinds: set[str]) -> bool:
    figures = find(case["input"], language)
    unexpected = {f for f in figures if f.kind in kinds and (f.unit is None or f.kind == "percent")}
    for result in case["results"]:
        value, start, end = result["resolution"]["value"], result["start"], result["end"] + 1
        if value is None or value == "null":
            return False
        wanted = number(value, language)
        found = [
            f for f in figures if covers(f, start, end) and (close(f.value, wanted) or dated(f, wanted, start, end))
        ]
        if not found:
            return False
        unexpected -= set(found)
    return not unexpected


def dated(figure: Figure, wanted: Decimal, start: int, end: int) -> bool:
    """A run of digits within a date is the number that the date was written with."""
    shown = figure.text[start - figure.start : end - figure.start]
    return figure.kind == "date" and shown.isdigit() and Decimal(shown) == wanted


def percent_case(case: dict[str, Any], language: str) -> bool:
    return number_case(case, language, {"percent"})


def currency_case(case: dict[str, Any], language: str) -> bool:
    wanted = [r for r in case["results"] if r["resolution"]["value"] is not None]
    figures = [f for f in find(case["input"], language) if f.kind == "money"]
    return len(wanted) == len(figures) and all(
        currency_result(r, f, language) for r, f in zip(wanted, figures, strict=True)
    )


def currency_result(result: dict[str, Any], figure: Figure, language: str) -> bool:
    code, per = UNITS.get(result["resolution"]["unit"], ("?", 1))
    value = number(result["resolution"]["value"], language) / per
    spans = (figure.start, figure.end) == (result["start"], result["end"] + 1)
    return spans and close(figure.value, value) and code in {None, figure.currency}


def recognizers(data: Path) -> Iterator[Tally]:
    for language in LANGUAGES:
        numbers, kinds = Tally(f"recognizers {language} numbers and percentages"), {"number"}
        for case in specs(data, language, "NumberModel"):
            numbers.add(number_case(case, language, kinds), shown(case, language))
        for case in specs(data, language, "PercentModel"):
            numbers.add(percent_case(case, language), shown(case, language))
        money = Tally(f"recognizers {language} currency")
        for case in specs(data, language, "CurrencyModel"):
            money.add(currency_case(case, language), shown(case, language))
        yield from (tally for tally in (numbers, money) if tally.total)


def shown(case: dict[str, Any], language: str) -> str:
    wanted = [
        (r["text"], (r["resolution"] or {}).get("value"), (r["resolution"] or {}).get("unit"))
        for r in case["results"]
    ]
    found = [(f.text, str(f.value), f.kind, f.currency or f.unit) for f in find(case["input"], language)]
    return f"{case['input']!r}\n      wanted {wanted}\n      found  {found}"


def ntrex(data: Path) -> Iterator[Tally]:
    path = data / "ntrex" / "lines.jsonl"
    if not path.exists():
        return
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for source, target in (("en", "it"), ("en", "zh"), ("it", "en"), ("zh", "en"), ("it", "zh"), ("zh", "it")):
        passed, digits = (
            Tally(f"ntrex {source}-{target} passed, lines with figures"),
            Tally(f"ntrex {source}-{target} passed, lines with digits"),
        )
        caught = {way: Tally(f"  {source}-{target} changed {way} caught") for way in CHANGES}
        random_ = random.Random(SEED)
        for line in lines:
            if not find(line[source], source) and not find(line[target], target):
                continue
            result = compare(line[source], source, line[target], target)
            passed.add(result.clean, told(line[source], line[target], result))
            if re.search(r"\d", line[source] + line[target]):
                digits.add(result.clean, "")
            for way, change in CHANGES.items():
                changed = change(line[target], target, random_)
                if result.clean and changed is not None:
                    after = compare(line[source], source, changed, target)
                    caught[way].add(not after.clean, f"{line[source]}\n      {changed}")
        whole = Tally(f"  {source}-{target} changed, all ways, caught")
        for tally in caught.values():
            whole.right, whole.total = whole.right + tally.right, whole.total + tally.total
        yield from (passed, digits, *caught.values(), whole)


def told(source: str, target: str, result: Any) -> str:
    def names(figures: Any) -> list[tuple[Any, ...]]:
        return [(f.text, str(f.value), f.kind, f.unit or f.currency, f.direction) for f in figures]

    pairs = [names(pair) for pair in result.contradicted]
    return (
        f"{source}\n      {target}\n      unsupported {names(result.unsupported)} missing {names(result.missing)}"
        f" contradicted {pairs}"
    )


def change_value(text: str, _: str, random_: random.Random) -> str | None:
    runs = list(re.finditer(r"\d+", text))
    if not runs:
        return None
    run = random_.choice(runs)
    place = random_.randrange(run.start(), run.end())
    digit = random_.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def turned(text: str, language: str, random_: random.Random) -> str | None:
    """Turn a verb or noun of change that stands in the clause of a percentage, an amount or a count."""
    spots = set()
    for figure in find(text, language):
        if figure.kind in {"date", "ordinal"}:
            continue
        before = re.split(r"[.,;，。；]", text[max(0, figure.start - 30) : figure.start])[-1]
        after = re.split(r"[.,;，。；]", text[figure.end : figure.end + 20])[0]
        for old, new in TURNS[language]:
            for offset, part in ((figure.start - len(before), before), (figure.end, after)):
                spots |= {
                    (offset + m.start(), offset + m.end(), new) for m in re.finditer(edged(old, language), part)
                }
    return swapped(text, spots, random_)


def edged(word: str, language: str) -> str:
    return re.escape(word) if language == "zh" else rf"(?<!\w){re.escape(word)}(?!\w)"


def swapped(text: str, spots: set[tuple[int, int, str]], random_: random.Random) -> str | None:
    if not spots:
        return None
    start, end, new = random_.choice(sorted(spots))
    return text[:start] + new + text[end:]


def remagnified(text: str, language: str, random_: random.Random) -> str | None:
    spots = set()
    for figure in find(text, language):
        for old, new in MAGNITUDES[language] if figure.kind not in {"date", "ordinal"} else ():
            for m in re.finditer(edged(old, language), figure.text):
                spots.add((figure.start + m.start(), figure.start + m.end(), new))
    return swapped(text, spots, random_)


def remeasured(text: str, language: str, random_: random.Random) -> str | None:
    """Change the currency, percent sign or measure in or right behind a figure."""
    spots = set()
    for figure in find(text, language):
        if not (figure.unit or figure.currency):
            continue
        for old, new in UNITS_SWAPPED[language]:
            edge = edged(old, language) if old.isalpha() else re.escape(old)
            m = re.search(edge, text[figure.start : figure.end + 2 + len(old)])
            if m:
                spots.add((figure.start + m.start(), figure.start + m.end(), new))
    return swapped(text, spots, random_)


def both(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return pairs + [(b, a) for a, b in pairs]


MAGNITUDES = {
    "en": both([("million", "billion"), ("thousand", "million")]),
    "it": both([("milioni", "miliardi"), ("mila", "milioni")]),
    "zh": both([("万", "亿")]),
}
TURNS = {
    "en": both([("increased", "decreased"), ("increase", "decrease"), ("rose", "fell"), ("rise", "fall"), ("climbed", "fell"), ("higher", "lower"), ("growth", "decline")]),
    "it": both([("aumento", "calo"), ("aumentato", "diminuito"), ("aumentata", "diminuita"), ("crescita", "flessione"), ("salito", "sceso"), ("cresciuto", "calato"), ("incremento", "riduzione")]),
    "zh": both([("增长", "下降"), ("增加", "减少"), ("上升", "下降"), ("上涨", "下跌"), ("提高", "降低"), ("升至", "降至"), ("攀升", "下滑")]),
}  # fmt: skip
UNITS_SWAPPED = {
    "en": both([("$", "€"), ("£", "$"), ("percentage points", "percent"), ("dollars", "euros"), ("miles", "feet"), ("km", "kg"), ("years", "months"), ("hours", "minutes"), ("%", " dollars")]),
    "it": both([("dollari", "euro"), ("sterline", "yuan"), ("punti percentuali", "%"), ("$", "€"), ("£", "$"), ("km", "kg"), ("anni", "mesi"), ("settimane", "minuti"), ("%", " euro"), ("metri", "tonnellate")]),
    "zh": both([("美元", "欧元"), ("英镑", "日元"), ("%", "个百分点"), ("公里", "公斤"), ("岁", "个月"), ("小时", "分钟"), ("米", "吨"), ("英里", "英寸")]),
}  # fmt: skip
CHANGES = {
    "value": change_value,
    "magnitude": remagnified,
    "direction": turned,
    "unit": remeasured,
}


def demetr(data: Path) -> Iterator[Tally]:
    path = data / "demetr" / "critical_id10_numbers_replaced.json"
    if not path.exists():
        return
    rows = json.loads(path.read_text(encoding="utf-8"))
    for language, tag in (("it", "italian"), ("zh", "chinese_simple")):
        wrong, right = Tally(f"demetr {language} wrong caught"), Tally(f"demetr {language} right passed")
        for row in rows:
            if row["lang_tag"] == tag:
                bad = compare(row["src_sent"], language, row["pert_sent"], "en")
                good = compare(row["src_sent"], language, row["mt_sent"], "en")
                wrong.add(not bad.clean, told(row["src_sent"], row["pert_sent"], bad))
                right.add(good.clean, told(row["src_sent"], row["mt_sent"], good))
        yield from (wrong, right)


def own() -> Iterator[Tally]:
    ways: dict[tuple[str, bool], Tally] = {}
    for what, source, output, right in pairs():
        way = f"{source[0]}-{output[0]}"
        name = f"own {way} {'right passed' if right else 'wrong caught'}"
        result = compare(source[1], source[0], output[1], output[0])
        ways.setdefault((way, right), Tally(name)).add(
            result.clean == right, f"[{what}] {told(source[1], output[1], result)}"
        )
    yield from (ways[key] for key in sorted(ways))


def pairs() -> Iterator[tuple[str, tuple[str, str], tuple[str, str], bool]]:
    """Every right sentence against every right and every wrong one in another language."""
    path = Path(__file__).resolve().parents[1] / "tests" / "languages" / "facts.toml"
    for fact in tomllib.loads(path.read_text(encoding="utf-8"))["fact"]:
        for source, output in permutations(LANGUAGES, 2):
            yield fact["what"], (source, fact["right"][source]), (output, fact["right"][output]), True
            yield fact["what"], (source, fact["right"][source]), (output, fact["wrong"][output]), False


def speed() -> Iterator[str]:
    articles = Path(__file__).resolve().parents[1] / "seeds"
    for path in sorted(articles.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if len(text) < 2000:
            continue
        text = (text * (20000 // len(text) + 1))[:20000]
        language = "it" if " della " in text else "en"
        yield timed(text, language, path.name)
    sample = write(Figure(0, 1, "", "money", Decimal("18630000000"), currency="CNY"), "zh")
    text = f"据统计，2025年上半年全市地区生产总值达到{sample}，同比增长7.6%，高于全国平均水平。全市共有三百二十六家企业参加。"
    yield timed((text * 400)[:20000], "zh", "a dense Chinese text")


def linear() -> Iterator[str]:
    """The worst ratio of times for texts of twice the length, of characters and words that repeat: 2 is linear."""
    worst = (0.0, "", "")
    for piece in (
        "1,",
        "1 ",
        "1/",
        "9",
        "1e",
        "one hundred and ",
        "million ",
        "一",
        "十万",
        "百分之",
        "cento",
        "<>,",
        "May 1, ",
        "'80s ",
    ):
        for language in LANGUAGES:
            once, twice = (
                min(_seconds((piece * size)[:size], language) for _ in range(2)) for size in (10000, 20000)
            )
            worst = max(worst, (twice / (once + 0.002), language, piece))
    yield f"time for twice the text, at worst: {worst[0]:.1f} times ({worst[1]}, {worst[2]!r} repeated)"


def timed(text: str, language: str, name: str) -> str:
    find(text, language)
    best = min(_seconds(text, language) for _ in range(7))
    return f"speed {language} {name}: {len(text)} characters, {1000 * best:.1f} ms"


def _seconds(text: str, language: str) -> float:
    start = time.perf_counter()
    find(text, language)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = os.environ.get("SUMMARIZER_BENCH_DATA", str(Path(__file__).resolve().parents[2] / "shared" / "data"))
    parser.add_argument("data", nargs="?", default=default, type=Path)
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    parser.add_argument("--only", default="", help="part of a set's name")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.stdout.write(f"no outside data in {options.data}; skipping it\n")
    for tallies in (recognizers, ntrex, demetr):
        if options.only in tallies.__name__:
            report(tallies(options.data), errors=options.errors)
    if options.only in "own":
        report(own(), errors=options.errors)
    for line in (*speed(), *linear()) if options.only in "speed" else ():
        sys.stdout.write(f"{line}\n")


def report(tallies: Iterator[Tally], *, errors: bool) -> None:
    for tally in tallies:
        sys.stdout.write(f"{tally.line()}\n")
        for error in tally.errors if errors else ():
            sys.stdout.write(f"    {error}\n")


if __name__ == "__main__":
    main()
