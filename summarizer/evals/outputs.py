"""What a system wrote about a case, on disk and in the form that is scored.

A run folder holds ``run.json`` and ``outputs/<case>.json``, one for each case, failed ones too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from summarizer import languages
from summarizer.article import segment
from summarizer.digest import Digest, Offsets, Quote, Row
from summarizer.errors import EvalError
from summarizer.evals import files
from summarizer.evals.plain import PlainDigest
from summarizer.evals.wording import fold
from summarizer.ground import locate

__all__ = [
    "Cost",
    "Failure",
    "Output",
    "Record",
    "Rows",
    "Run",
    "Said",
    "Statement",
    "SystemName",
    "fields",
    "read",
    "write",
]

SystemName = Literal["pipeline", "plain"]

#: What a model that must name a speaker writes when there is none.
_NOBODY = frozenset(
    (
        *("", "-", "unknown", "none", "null", "n/a", "na", "nobody", "unspecified", "not specified", "not named"),
        *("not given", "unattributed", "sconosciuto", "sconosciuta", "nessuno", "non specificato", "non indicato"),
        *("未知", "不详", "无", "未提及", "未具名"),
    )
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cost(_Part):
    """What one output took; of replayed answers, what they took when they were recorded."""

    requests: NonNegativeInt = 0
    input_tokens: NonNegativeInt = 0
    cached_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0
    usd: float | None = None
    seconds: float = 0.0


class Failure(_Part):
    """Why there is no output."""

    type: str
    message: str


class Record(_Part):
    """One output file: a digest, a plain answer or a failure."""

    case: str
    system: SystemName
    cost: Cost
    failure: Failure | None = None
    digest: Digest | None = None
    plain: PlainDigest | None = None


class Run(_Part):
    """What a run folder says about itself."""

    version: str = Field(description="of this program")
    system: SystemName
    model: str
    endpoint: str
    prompts: dict[str, str] = Field(description="task → version#hash")
    gold: str = Field(description="hash of the gold that the cases came from")
    mode: str
    made: str = Field(description="when the answers were given, ISO 8601; of a replay, when they were recorded")
    cases: tuple[str, ...]
    failures: dict[str, str] = Field(description="case → the error's type")
    unused: tuple[str, ...] = Field((), description="recordings that nothing asked for, as case/key")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about the article in its own language, with the spans given as its source."""

    text: str
    evidence: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as the output gives it.

    Attributes:
        start: where it stands in the article, None when it cannot be located there.
        end: half-open.
        kind: None where the system does not tell.
    """

    text: str
    start: int | None
    end: int | None
    kind: str | None
    speaker: str | None
    role: str | None


#: The rows of a task of an office's own, each field → values.
Rows = Sequence[Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Output:
    """An output in the form that is scored, whatever system wrote it.

    Attributes:
        case: id of the case.
        statements: the headline, the abstract's sentences and the key points.
        quotes: in the order of the output.
        briefs: language → lines in that language, headline first.
        suspects: figures of the article that the output flags as garbled.
        cost: what it took.
        failed: there is none; everything in it is empty.
        checked: its system tells kinds, sources and garbled figures; the plain call does not.
        sections: task of an office's own → its rows, field → values.
    """

    case: str
    statements: tuple[Statement, ...]
    quotes: tuple[Said, ...]
    briefs: Mapping[str, tuple[str, ...]]
    suspects: tuple[Offsets, ...]
    cost: Cost
    failed: bool = False
    checked: bool = True
    sections: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Tell whether nothing is written at all, be it by failure or by an answer that is blank."""
        return self.failed or not (self.statements or self.quotes or any(self.briefs.values()))

    @classmethod
    def of(cls, record: Record, text: str, language: str) -> "Output":
        """Return the output in `record` about the article `text`.

        Raises:
            EvalError: it was made from another text, so that its offsets mean nothing here.
        """
        if record.digest is not None:
            if record.digest.article.text != text:
                raise EvalError(
                    f"the output of {record.case} was made from another text than the gold's; run it anew"
                )
            return _of_digest(record, record.digest)
        if record.plain is not None:
            return _of_plain(record, record.plain, text, language)
        return cls(record.case, (), (), {}, (), record.cost, failed=True, checked=record.system == "pipeline")


def read(folder: Path) -> tuple[Run, dict[str, Record]]:
    """Return a run and its records by case; files that an earlier run left in the folder are none of it.

    Raises:
        EvalError: the folder holds no run, or a file is damaged.
    """
    run = _parsed(
        Run, folder / "run.json", f"{folder} holds no run; make one with: summarizer eval run --out {folder}"
    )
    paths = {case: folder / "outputs" / f"{case}.json" for case in run.cases}
    records = {case: _parsed(Record, path, "") for case, path in paths.items() if path.exists()}
    for case, record in records.items():
        if (record.case, record.system) != (case, run.system):
            raise EvalError(f"{paths[case]} is the {record.system} output of {record.case}; run the evals anew")
    return run, records


def write(path: Path, value: BaseModel, *, by_alias: bool = False) -> None:
    """Write one file whole or not at all.

    Raises:
        ConfigurationError: it cannot be written.
    """
    files.write(path, value.model_dump_json(indent=1, by_alias=by_alias) + "\n")


def _parsed(kind: type[Any], path: Path, advice: str) -> Any:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise EvalError(advice or f"{path} is missing; run the evals anew") from None
    except OSError as error:
        raise EvalError(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        raise EvalError(
            f"{path} is no {kind.__name__.lower()} file of an eval: {files.fault(error)}; run the evals anew"
        ) from None


def _of_digest(record: Record, digest: Digest) -> Output:
    sentences = segment.split(digest.summary.abstract, digest.article.language)
    lines = (
        Statement(digest.summary.headline, ()),
        *(Statement(s.text, ()) for s in sentences),
        *(Statement(p.text, p.evidence) for p in digest.summary.key_points),
    )
    statements = tuple(line for line in lines if line.text.strip())
    quotes = tuple(_quoted(quote) for quote in digest.quotes)
    briefs = {b.target_language: (b.headline.target, *(s.target for s in b.segments)) for b in digest.briefs}
    suspects = tuple((f.start, f.end) for f in digest.figures if f.suspect)
    own = {section.name: tuple(map(fields, section.rows)) for section in digest.sections}
    return Output(record.case, statements, quotes, _written(briefs), suspects, record.cost, sections=own)


def fields(row: Row) -> Mapping[str, tuple[str, ...]]:
    """Return a row of a section as gold has it: field → values."""
    names = dict.fromkeys(value.field for value in row.values)
    return {name: tuple(value.text for value in row.values if value.field == name) for name in names}


def _quoted(quote: Quote) -> Said:
    speaker = quote.speaker
    name, role = (speaker.name, speaker.role) if speaker else (None, None)
    return Said(quote.text, quote.start, quote.end, quote.kind, name, role)


def _of_plain(record: Record, plain: PlainDigest, text: str, language: str) -> Output:
    lines = [plain.headline, *(s.text for s in segment.split(plain.abstract, language)), *plain.key_points]
    briefs = {_code(brief.language): (brief.headline, *brief.lines) for brief in reversed(plain.briefs)}
    statements = tuple(Statement(line, ()) for line in lines if line.strip())
    quotes = tuple(_located(q.text, q.speaker, q.role, text) for q in plain.quotes)
    return Output(record.case, statements, quotes, _written(briefs), (), record.cost, checked=False)


def _located(quoted: str, speaker: str, role: str, text: str) -> Said:
    spans = locate(text, quoted) if quoted.strip() else ()
    start, end = (spans[0].start, spans[-1].end) if spans else (None, None)
    return Said(quoted, start, end, None, _given(speaker), _given(role))


def _given(name: str) -> str | None:
    """Return a name, None for the words that stand for none."""
    return None if fold(name).strip(".()[] ") in _NOBODY else name.strip()


def _code(named: str) -> str:
    """Return the code of a language that a model names in its own way: zh-CN, Cinese, 简体中文, Italian (it)."""
    name = fold(named)
    words = set(re.findall(r"[^\W\d_]+", name.replace("_", " ")))
    for code in languages.available():
        known = _called(code)
        if words & known or any(each in name for each in known if not each.isascii()):
            return code
    return languages.base(name) if languages.known(name) else name


@cache
def _called(code: str) -> frozenset[str]:
    """Return what a model may call a language, folded: its codes, and its name in each language."""
    from babel import Locale

    own = languages.get(code)
    named = (Locale.parse(other).languages.get(code, "") for other in languages.available())
    return frozenset(fold(name) for name in (code, own.name, *named, *own.also_called) if name)


def _written(briefs: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Leave out lines that are empty: a line left untranslated is not there."""
    return {code: tuple(line for line in lines if line.strip()) for code, lines in briefs.items()}
