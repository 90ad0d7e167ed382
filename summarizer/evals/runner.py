"""Run a system over cases and write what it says; nothing is scored here."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from summarizer import article
from summarizer.ask.gather import gather
from summarizer.config import Settings
from summarizer.digest import Digest
from summarizer.errors import ConfigurationError, SummarizerError, reported
from summarizer.evals import files, outputs, recordings
from summarizer.evals.cases import Case, gold_hash
from summarizer.evals.outputs import Cost, Failure, Record, Run, SystemName
from summarizer.evals.plain import PlainDigest
from summarizer.evals.recorder import Mode, Recorder, RecordingTransport
from summarizer.evals.systems import SYSTEMS, signatures
from summarizer.llm import Learned, connect
from summarizer.llm.connect import Backend

__all__ = ["Job", "run"]

Told = Callable[[str], None]

#: A ladder has as many rungs, and each may be left for another reason; an endpoint that goes on is taken as it is.
_ROUNDS = 8
#: Failures that come from no answer: the next run may get further.
_PASSING = frozenset({"ModelUnavailableError", "ModelRejectedError"})


@dataclass(frozen=True, slots=True)
class Job:
    """What to run.

    Attributes:
        system: the product, or the plain call that it is measured against.
        mode: ``live``, ``record`` or ``replay``.
        recordings: folder of the recordings; None in live mode.
        out: the run folder to write.
        command: how the recordings are made anew; it stands in them and in messages.
    """

    system: SystemName
    mode: Mode
    recordings: Path | None
    out: Path
    command: str


def run(cases: Sequence[Case], job: Job, settings: Settings, told: Told) -> Run:
    """Write ``outputs/<case>.json`` for every case and ``run.json`` last; return what the latter says.

    A case that fails is written as a failure and does not stop the others; so is one whose recordings are missing.

    Raises:
        ConfigurationError: it would be the same for every case.
        EvalError: the recordings are damaged or not there at all.
    """
    backend = (
        recordings.backend(job.recordings)
        if job.mode == "replay" and job.recordings
        else connect.backend(settings, _once(told))
    )
    try:
        return asyncio.run(_all(cases, job, settings, backend, told))
    finally:
        if backend.server is not None:
            backend.server.close()


async def _all(cases: Sequence[Case], job: Job, settings: Settings, backend: Backend, told: Told) -> Run:
    one_by_one = backend.endpoint.embedded and job.mode != "replay"
    turns = asyncio.Semaphore(1 if one_by_one else backend.endpoint.concurrency)
    made_with = recordings.made_with(backend, job.command)
    if job.mode == "record" and job.recordings:
        recordings.write(job.recordings, backend, made_with)
    _clear(job.out / "run.json")
    stage = _Stage(job, settings, replace(backend, server=None), made_with, turns, told)
    done = await gather(stage.case(case) for case in cases)
    recorders = [recorder for recorder, _ in done]
    unused = tuple(f"{case.id}/{r.key[:16]}" for case, one in zip(cases, recorders, strict=True) for r in one.unused)
    made = Run(
        version=version("summarizer-briefs"),
        system=job.system,
        model=backend.endpoint.model,
        endpoint=backend.endpoint.label,
        prompts=signatures(job.system, settings),
        gold=gold_hash(cases),
        mode=job.mode,
        made=max((recorder.usage.recorded for recorder in recorders), default=""),
        cases=tuple(case.id for case in cases),
        failures={record.case: record.failure.type for _, record in done if record.failure},
        unused=unused if job.mode == "replay" else (),
    )
    outputs.write(job.out / "run.json", made)
    return made


def _clear(path: Path) -> None:
    """Take an earlier run's word away: an unfinished run is none, whatever stood there before."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise files.unwritable(path, error) from None


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where cases are run: the same for all of them."""

    job: Job
    settings: Settings
    backend: Backend
    made_with: Mapping[str, str]
    turns: asyncio.Semaphore
    told: Told

    async def case(self, case: Case) -> tuple[Recorder, Record]:
        """Run one case, write its output and its recordings, tell how it went."""
        path = self.job.recordings / f"{case.id}.jsonl" if self.job.recordings else None
        async with self.turns:
            recorder, record = await self._settled(case, Recorder.open(path, self.job.mode, self.made_with))
        outputs.write(self.job.out / "outputs" / f"{case.id}.json", record)
        recorder.save(broken=record.failure is not None and record.failure.type in _PASSING)
        fate = f"{record.failure.type}: {record.failure.message}" if record.failure else "done"
        self.told(f"{case.id}: {recorder.usage.requests} requests, {recorder.usage.seconds:.0f} s, {fate}")
        return recorder, record

    async def _settled(self, case: Case, recorder: Recorder) -> tuple[Recorder, Record]:
        """Run a case in one dialect from its first question to its last.

        A recording run asks again from the beginning where the endpoint made it learn another dialect on the way: no
        rejection is kept, so a replay must begin with the dialect that met none.
        """
        if self.job.mode == "record" and not recorder.known:
            recorder = recorder.again(self.backend.learned.dialect)
        for _ in range(_ROUNDS):
            learned = Learned(recorder.dialect)
            record = await self._record(case, recorder, learned)
            self.backend.learned.learn(recorder.dialect, learned.dialect)
            if self.job.mode != "record" or learned.dialect == recorder.dialect:
                break
            recorder = recorder.again(learned.dialect)
        return recorder, record

    async def _record(self, case: Case, recorder: Recorder, learned: Learned) -> Record:
        backend = replace(self.backend, around=lambda inner: RecordingTransport(inner, recorder), learned=learned)
        text = article.from_text(case.text, source=case.id, language=case.language)
        kept = {"case": case.id, "system": self.job.system}
        try:
            with reported(text.id):
                made = await SYSTEMS[self.job.system](backend, self.settings, text, case.targets)
        except ConfigurationError:
            raise
        except SummarizerError as error:
            return Record(
                **kept, cost=_cost(recorder, None), failure=Failure(type=type(error).__name__, message=f"{error}")
            )
        if isinstance(made, PlainDigest):
            return Record(**kept, cost=_cost(recorder, None), plain=made)
        return Record(**kept, cost=_cost(recorder, made.provenance.cost_usd), digest=_settled(made, recorder))


def _cost(recorder: Recorder, usd: float | None) -> Cost:
    used = recorder.usage
    return Cost(
        requests=used.requests,
        input_tokens=used.input_tokens,
        cached_tokens=used.cached_tokens,
        output_tokens=used.output_tokens,
        usd=usd,
        seconds=used.seconds,
    )


def _settled(digest: Digest, recorder: Recorder) -> Digest:
    """Give a replayed digest the time that its answers took, so that each replay writes the same bytes."""
    if recorder.mode != "replay" or not recorder.usage.recorded:
        return digest
    made = datetime.fromisoformat(recorder.usage.recorded)
    provenance = digest.provenance.model_copy(update={"seconds": recorder.usage.seconds, "created": made})
    return digest.model_copy(update={"provenance": provenance})


def _once(told: Told) -> connect.Progress:
    """Tell each line of progress once: what a fetch says for every block is one line here."""
    said = set[str]()

    def progress(message: str, done: int, total: int) -> None:  # noqa: ARG001 - a log has no bar
        if message not in said:
            said.add(message)
            told(message)

    return progress
