"""Altered digests: each is a case's right digest with one fault, and the checks must see it.

One file a case in ``evals/adversarial/``. An alteration names a string of the digest by JSON pointer and replaces a
part of it. It is caught when `summarizer.digest.audit` objects to that part of the altered digest and did not object
to it before. What the checks object to in an unaltered digest is a false alarm.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.article.findings import Finding
from summarizer.digest import Digest
from summarizer.digest.audit import audit
from summarizer.errors import ConfigurationError, GoldError
from summarizer.evals import reference
from summarizer.evals.cases import Case
from summarizer.evals.files import fault

__all__ = ["Alteration", "Caught", "Trial", "load", "rows", "trial"]

#: What an info says is no objection.
_OBJECTIONS = frozenset({"warning", "error"})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Alteration(_Part):
    """One fault."""

    id: str = Field(min_length=1)
    type: Literal["figure", "unit", "speaker", "negation", "language", "invented", "name", "role", "date"]
    where: str = Field(pattern="^/", description="JSON pointer (RFC 6901) of a string in the digest")
    old: str = Field(min_length=1, description="stands once in that string")
    new: str
    why: str = Field(min_length=1)

    def altered(self, digest: Digest) -> Digest:
        """Return the digest with this fault.

        Raises:
            GoldError: there is no such string, or `old` does not stand in it exactly once.
        """
        document: Any = json.loads(digest.model_dump_json())
        *parents, last = [_unescaped(step) for step in self.where.split("/")[1:]]
        try:
            node = document
            for step in parents:
                node = node[int(step)] if isinstance(node, list) else node[step]
            text = node[last]
        except (KeyError, IndexError, ValueError, TypeError):
            raise GoldError(f"{self.id}: the digest has nothing at {self.where}") from None
        if not isinstance(text, str) or text.count(self.old) != 1:
            raise GoldError(f"{self.id}: {self.old!r} does not stand exactly once at {self.where}")
        node[last] = text.replace(self.old, self.new)
        return Digest.model_validate(document)


class _File(_Part):
    adversarial_version: Literal["1"]
    case: str
    alterations: tuple[Alteration, ...]


class Caught(_Part):
    """What became of one alteration."""

    case: str
    language: str
    alteration: Alteration
    caught: bool
    codes: tuple[str, ...] = Field(description="of the findings that are new at this place")


class Trial(_Part):
    """The outcome over all altered digests and all right ones."""

    altered: tuple[Caught, ...]
    lines: int = Field(description="statements, quotes and lines of the right digests")
    alarms: tuple[str, ...] = Field(description="objections to right digests: case, place, code, message")

    def by_type(self) -> dict[str, tuple[int, int]]:
        """Return type → caught, all."""
        every = Counter(each.alteration.type for each in self.altered)
        caught = Counter(each.alteration.type for each in self.altered if each.caught)
        return {name: (caught[name], every[name]) for name in sorted(every)}


def load(folder: Path, cases: Sequence[Case]) -> dict[str, tuple[Alteration, ...]]:
    """Return case → alterations.

    Raises:
        ConfigurationError: there is no such folder.
        GoldError: there is no file in it, or one is malformed, names an unknown case, or repeats an id.
    """
    if not folder.is_dir():
        raise ConfigurationError(f"there is no folder {folder}; name that of the alterations with --set")
    known, found = {case.id for case in cases}, dict[str, tuple[Alteration, ...]]()
    for path in sorted(folder.glob("*.json")):
        try:
            file = _File.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise GoldError(
                f"{path} is no file of alterations: {fault(error)}; name their folder with --set"
            ) from None
        except OSError as error:
            raise GoldError(f"{path}: {error.strerror}") from None
        ids = [alteration.id for alteration in file.alterations]
        if file.case not in known or file.case != path.stem:
            raise GoldError(f"{path}: {file.case!r} is no case of the gold, or not this file's name")
        if len(set(ids)) < len(ids):
            raise GoldError(f"{path}: two alterations have one id")
        found[file.case] = file.alterations
    if not found:
        raise GoldError(f"{folder} holds no alterations (*.json); name their folder with --set")
    return found


def trial(cases: Sequence[Case], alterations: Mapping[str, Sequence[Alteration]]) -> Trial:
    """Audit every right digest and every altered one.

    Raises:
        GoldError: an alteration does not fit its digest.
    """
    altered: list[Caught] = []
    alarms: list[str] = []
    lines = 0
    for case in cases:
        if not case.targets:
            continue
        right = reference.digest(case)
        before = _objections(right)
        lines += _lines(right)
        alarms += [f"{case.id} {f.where} {f.code}: {f.message}" for f in before]
        for alteration in alterations.get(case.id, ()):
            new = _new(_objections(alteration.altered(right)), before, alteration.where)
            codes = tuple(sorted({finding.code for finding in new}))
            altered.append(
                Caught(case=case.id, language=case.language, alteration=alteration, caught=bool(codes), codes=codes)
            )
    return Trial(altered=tuple(altered), lines=lines, alarms=tuple(alarms))


def _objections(digest: Digest) -> list[Finding]:
    return [finding for finding in audit(digest) if finding.severity in _OBJECTIONS]


def _new(found: Sequence[Finding], before: Sequence[Finding], where: str) -> list[Finding]:
    """Return the objections to the altered part that the right digest did not meet."""
    part = _part(where)
    known = Counter((f.code, f.where) for f in before)
    new: list[Finding] = []
    for finding in found:
        if known[finding.code, finding.where] > 0:
            known[finding.code, finding.where] -= 1
        elif _part(finding.where) == part:
            new.append(finding)
    return new


def _part(pointer: str) -> tuple[str, ...]:
    """Return the statement, quote or line that a pointer is about: ``/quotes/2/speaker/name`` → ``quotes, 2``."""
    steps = pointer.split("/")[1:]
    deep = {"segments": 4, "headline": 3} if steps[:1] == ["briefs"] else {"key_points": 3}
    return tuple(steps[: max((depth for name, depth in deep.items() if name in steps), default=2)])


def _lines(digest: Digest) -> int:
    own = 2 + len(digest.summary.key_points) + len(digest.quotes)
    return own + sum(1 + len(brief.segments) for brief in digest.briefs)


def _unescaped(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def rows(trial: Trial) -> Iterator[tuple[str, str, str]]:
    """Yield type, caught of all, share; then the sum and the false alarms."""
    for name, (caught, every) in trial.by_type().items():
        yield name, f"{caught} of {every}", _share(caught, every)
    caught, every = sum(each.caught for each in trial.altered), len(trial.altered)
    yield "all", f"{caught} of {every}", _share(caught, every)
    alarms = len(trial.alarms)
    yield "false alarms", f"{alarms} on {trial.lines} lines", _share(alarms, trial.lines)


def _share(part: int, whole: int) -> str:
    """Return a share to three places, a dash for a share of nothing."""
    return f"{part / whole:.3f}" if whole else "–"
