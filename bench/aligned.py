"""Lines that people translated, marked or altered, each held against its article: the work of `bench.checks`.

A right line is one that a professional or a labeller wrote; an objection to it is an alarm. A wrong line is one that
professionals marked, or that a person or this module altered; an objection that its right form does not meet is a
catch. The sets stand in a folder outside the repository (see the README there) and are skipped where they are absent.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from summarizer.article import Article, from_text, segment
from summarizer.article.findings import Finding
from summarizer.checks import likeness, lines
from summarizer.evals import adversarial, cases
from summarizer.evals.adversarial import Alteration
from summarizer.evals.cases import Case
from summarizer.ground.reading import Reading

__all__ = ["DIRECTIONS", "SETS", "Altered", "Row", "Summaries", "Translated", "Unit", "load", "with_another_digit"]

DIRECTIONS = tuple(f"{source}-{target}" for source, target in permutations(("en", "it", "zh"), 2))
SETS = ("ntrex", "wmt21", "mqm", "bump", "adversarial")
#: Of every so many lines of a document two neighbours exchange their translations, and one gets another's.
_MOVED_EVERY = 10
#: So few lines are no row that can slip.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line, and what the checks object to.

    Attributes:
        column: what it counts as, e.g. ``zh-it``, ``mqm wrong``.
        key: which document, case or system it is of.
        source: what it is held against; empty for a statement, which is held against its article.
        text: the line.
        findings: of any severity; of an altered line only those that its right form does not have.
        kind: of the error that it is known to have; empty where none is named.
    """

    column: str
    key: str
    source: str
    text: str
    findings: tuple[Finding, ...]
    kind: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its errors and warnings."""
        return frozenset(f.code for f in self.findings if f.severity != "info")


@dataclass(frozen=True, slots=True)
class Translated:
    """The lines of one document, which are the article, with translations.

    Attributes:
        key: the document.
        languages: of the lines and of their translations.
        lines: the article.
        pairs: column, line, translation.
        altered: whether the translations are checked once more with a digit changed, and at other lines: some of
            them, and all one line too early.
    """

    key: str
    languages: tuple[str, str]
    lines: tuple[str, ...]
    pairs: tuple[tuple[str, str, str], ...]
    altered: bool = False

    def rows(self) -> list[Row]:
        """Check every translation against its line and beside the others, as `summarizer.check_lines` does."""
        reading = Reading.of(_article(self.lines, self.languages[0]))
        plain = [(line, text) for _, line, text in self.pairs]
        found = lines.translations(reading, plain, self.languages[1])
        rows = [Row(c, self.key, line, text, own) for (c, line, text), own in zip(self.pairs, found, strict=True)]
        return rows + [row for each in rows for row in self._digit(reading, each)] + self._moved(plain)

    def _digit(self, reading: Reading, right: Row) -> Iterator[Row]:
        line, column = right.source, right.column
        changed = with_another_digit(right.text, f"{self.key} {column} {line}") if self.altered else None
        if changed:
            (found,) = lines.translations(reading, [(line, changed)], self.languages[1])
            yield Row("digit", self.key, line, changed, _new(found, right.findings), column)

    def _moved(self, plain: Sequence[tuple[str, str]]) -> list[Row]:
        """Return the lines that got another's translation, with what the likeness of all of them tells."""
        order, kinds = list(range(len(plain))), dict[int, str]()
        for i in range(0, len(plain) - 5 if self.altered else 0, _MOVED_EVERY):
            order[i : i + 2] = i + 1, i
            order[i + 5] = i + 3
            kinds |= {i: "exchanged", i + 1: "exchanged", i + 5: "repeated"}
        moved = [(line, plain[j][1]) for (line, _), j in zip(plain, order, strict=True)]
        found = likeness.objections(moved, *self.languages) if kinds else ()
        return [*(self._at(moved[i], found[i], kinds[i], i) for i in kinds), *self._slipped(plain)]

    def _slipped(self, plain: Sequence[tuple[str, str]]) -> Iterator[Row]:
        """Yield all lines but the last with the translation of the next."""
        moved = (
            [(line, text) for (line, _), (_, text) in pairwise(plain)] if self.altered and len(plain) > _FEW else []
        )
        found = likeness.objections(moved, *self.languages)
        return (self._at(pair, own, "slipped", i) for i, (pair, own) in enumerate(zip(moved, found, strict=True)))

    def _at(self, pair: tuple[str, str], found: tuple[Finding, ...], kind: str, i: int) -> Row:
        return Row("moved", self.key, *pair, found, f"{kind}, {self.pairs[i][0]}")


@dataclass(frozen=True, slots=True)
class Summaries:
    """One article with a faithful summary of it, and copies that hold one error each.

    Attributes:
        key: the article.
        text: its text, in English.
        faithful: the summary.
        edited: kind of error, summary with it.
    """

    key: str
    text: str
    faithful: str
    edited: tuple[tuple[str, str], ...]

    def rows(self) -> list[Row]:
        """Check each summary sentence by sentence, as ``summarizer check`` does with an abstract.

        An edited summary counts twice: with the findings beyond those of the faithful one (``bump edited``), and
        with all that are worded otherwise, an old alarm on the edited sentence among them (``bump worded``).
        """
        reading = Reading.of(from_text(self.text, language="en"))
        right = _statements(reading, self.faithful)
        rows = [Row("bump", self.key, "", self.faithful, right)]
        for kind, text in self.edited:
            found = _statements(reading, text)
            rows.append(Row("bump edited", self.key, self.faithful, text, _new(found, right), kind))
            worded = tuple(f for f in found if (f.code, f.message) not in {(r.code, r.message) for r in right})
            rows.append(Row("bump worded", self.key, self.faithful, text, worded))
        return rows


@dataclass(frozen=True, slots=True)
class Altered:
    """A labelled case: its right digest, and copies with one fault each (``summarizer eval adversarial``)."""

    case: Case
    alterations: tuple[Alteration, ...]

    def rows(self) -> list[Row]:
        """Audit the right digest, a row for each of its lines, and every altered one."""
        trial = adversarial.trial([self.case], {self.case.id: self.alterations})
        alarmed: dict[str, list[Finding]] = {}
        for alarm in trial.alarms:
            _, where, told = alarm.split(" ", 2)
            code, _, message = told.partition(": ")
            alarmed.setdefault(where, []).append(Finding(code, message, where))
        rows = [Row("adv", f"{self.case.id} {where}", "", "", tuple(own)) for where, own in alarmed.items()]
        rows += [Row("adv", self.case.id, "", "", ())] * (trial.lines - len(alarmed))
        return rows + [_caught(each) for each in trial.altered]


Unit = Translated | Summaries | Altered


def load(data: Path, evals: Path, wanted: Sequence[str] = SETS) -> Iterator[Unit]:
    """Yield the work of some sets, one unit for each document.

    Args:
        data: the folder of the data sets.
        evals: the project's own folder of gold and alterations.
        wanted: names of `SETS`.

    Raises:
        GoldError: the project's own files are malformed.
    """
    for name, read in _OUTSIDE.items():
        if name in wanted:
            yield from read(data)
    if "adversarial" in wanted and (evals / "adversarial").is_dir():
        yield from _adversarial(evals)


def _ntrex(data: Path) -> Iterator[Translated]:
    for doc, rows in _grouped(_rows(data / "ntrex" / "lines.jsonl"), "doc").items():
        for direction in DIRECTIONS:
            source, target = direction.split("-")
            pairs = tuple((direction, row[source], row[target]) for row in rows)
            yield Translated(doc, (source, target), tuple(row[source] for row in rows), pairs, altered=True)


def _wmt21(data: Path) -> Iterator[Translated]:
    for block, rows in _grouped(_rows(data / "wmt21_zh_en" / "lines.jsonl"), "block").items():
        pairs = tuple(("wmt21", row["zh"], row["en"]) for row in rows)
        yield Translated(f"block {block}", ("zh", "en"), tuple(row["zh"] for row in rows), pairs)


def _mqm(data: Path) -> Iterator[Translated]:
    columns = {"clean": "mqm", "wrong": "mqm wrong"}
    for doc, rows in _grouped(_rows(data / "mqm_zh_en" / "lines.jsonl"), "doc").items():
        article = {row["segment"]: row["source"] for row in sorted(rows, key=lambda row: row["segment"])}
        for system, own in _grouped(rows, "system").items():
            pairs = tuple((columns[r["label"]], r["source"], r["target"]) for r in own if r["label"] in columns)
            yield Translated(f"{doc} {system}", ("zh", "en"), tuple(article.values()), pairs)


def _bump(data: Path) -> Iterator[Summaries]:
    for key, rows in _grouped(_rows(data / "bump" / "pairs.jsonl"), "article_id").items():
        edited = tuple((row["error"], row["edited"]) for row in rows)
        yield Summaries(str(key), rows[0]["article"], rows[0]["faithful"], edited)


_OUTSIDE: Mapping[str, Callable[[Path], Iterator[Unit]]] = {
    "ntrex": _ntrex,
    "wmt21": _wmt21,
    "mqm": _mqm,
    "bump": _bump,
}


def _adversarial(evals: Path) -> Iterator[Altered]:
    folders = [evals / "gold" / name for name in ("recorded", "unrecorded")]
    every = [case for folder in folders if folder.is_dir() for case in cases.load(folder)]
    altered = adversarial.load(evals / "adversarial", every)
    yield from (Altered(case, altered.get(case.id, ())) for case in every)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def _grouped(rows: Iterable[dict[str, Any]], key: str) -> Mapping[Any, list[dict[str, Any]]]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def _article(lines: Sequence[str], language: str) -> Article:
    return from_text("\n".join(lines), language=language)


def _statements(reading: Reading, summary: str) -> tuple[Finding, ...]:
    """Return what is wrong with the sentences of a summary, whose evidence nobody gave."""
    pieces = segment.split(summary, reading.language)
    return tuple(f for piece in pieces for f in lines.statement(reading, piece.text, (), "/summary/abstract"))


def _new(found: Iterable[Finding], before: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of an altered text beyond those of the right one: by code, for messages quote the text."""
    known, said = Counter(f.code for f in before), {(f.code, f.message) for f in before}
    new = list[Finding]()
    # what is told in the same words first: it is the old one
    for finding in sorted(found, key=lambda f: (f.code, f.message) not in said):
        if known[finding.code]:
            known[finding.code] -= 1
        else:
            new.append(finding)
    return tuple(new)


def with_another_digit(text: str, seed: str) -> str | None:
    """Return a text with one digit put in the place of another; None for one without digits."""
    places = [m.start() for m in re.finditer("[0-9]", text)]
    if not places:
        return None
    dice = random.Random(seed)
    place = dice.choice(places)
    return text[:place] + dice.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]


def _caught(each: adversarial.Caught) -> Row:
    fault = each.alteration
    found = tuple(Finding(code, fault.why, fault.where) for code in each.codes)
    return Row("adversarial", f"{each.case} {fault.id}", fault.old, fault.new, found, fault.type)
