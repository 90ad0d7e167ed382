"""A model as a judge: its own family of scores, told beside the others and never part of the gate.

A judge is another model's opinion: it differs from run to run and prefers its own style. What can be counted is
counted without it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from summarizer import article
from summarizer.ask import chunks, prompts
from summarizer.ask.gather import gather
from summarizer.ask.prompts import as_data
from summarizer.config import Settings
from summarizer.errors import ModelError, OutputError
from summarizer.evals.cases import Case
from summarizer.evals.metrics import Tally
from summarizer.evals.outputs import Output
from summarizer.evals.scores import Metric, Score, scored
from summarizer.llm import connect
from summarizer.llm.client import Client
from summarizer.llm.connect import Backend

__all__ = ["JUDGED", "Judgement", "judge"]

_MAX_TOKENS = 2_000
_MARKS = 5

JUDGED: tuple[Metric, ...] = (
    Metric("judge.supported", "judge.supported", "ratio", "lines that the judge finds supported by the article"),
    Metric("judge.fluency", "judge.fluency", "mean", "fluency, from 0.2 to 1, as the judge sees it"),
    Metric("judge.answered", "judge.answered", "ratio", "lines that the judge gave a verdict on, of those shown"),
)


class Judgement(BaseModel):
    """What a judge says about a run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    prompt: str = Field(description="version#hash of the template")
    scores: tuple[Score, ...]


class VerdictDraft(BaseModel):
    """Whether the article supports one numbered line."""

    number: int
    supported: bool


class JudgementDraft(BaseModel):
    """The verdict on each line, and the fluency of the whole."""

    lines: tuple[VerdictDraft, ...]
    fluency: Annotated[int, Field(ge=1, le=_MARKS)]


def judge(cases: Sequence[Case], outputs: Mapping[str, Output], settings: Settings) -> Judgement:
    """Ask the model that `settings` name about every output.

    Only what it answered counts in what it thinks: where it never did, there is no value. An article without an
    output is not shown to it; `schema.valid` counts those.

    Raises:
        ConfigurationError: the model cannot be asked at all.
    """
    backend = connect.backend(settings, lambda *_: None)
    try:
        counts = asyncio.run(_all(cases, outputs, backend))
    finally:
        if backend.server is not None:
            backend.server.close()
    template = prompts.load("judge")
    return Judgement(model=backend.endpoint.model, prompt=template.signature, scores=scored(counts, JUDGED))


async def _all(cases: Sequence[Case], outputs: Mapping[str, Output], backend: Backend) -> list[dict[str, Tally]]:
    client = Client(backend.endpoint, backend.limits, learned=backend.learned, gate=backend.gate)
    try:
        return await gather(_one(client, case, outputs[case.id]) for case in cases)
    finally:
        await client.aclose()


async def _one(client: Client, case: Case, output: Output) -> dict[str, Tally]:
    written = [statement.text for statement in output.statements]
    lines = [*written, *(line for brief in output.briefs.values() for line in brief)]
    if output.failed or not lines:
        return {}
    text = article.from_text(case.text, source=case.id, language=case.language)
    beginning = chunks.split(text, client.endpoint.context_tokens)[0].values
    numbered = [{"number": i, "text": as_data(line)} for i, line in enumerate(lines, 1)]
    prompt = prompts.load("judge").render(beginning, {"lines": numbered})
    try:
        draft = (await client.session().ask(prompt, JudgementDraft, _MAX_TOKENS)).value
    except (ModelError, OutputError):
        return {"judge.answered": Tally(0, len(lines), len(lines))}
    return _counted(draft, len(lines))


def _counted(draft: JudgementDraft, lines: int) -> dict[str, Tally]:
    """Count the verdicts on lines that were shown; a line without one is neither supported nor unsupported."""
    verdicts = {v.number: v.supported for v in draft.lines if 1 <= v.number <= lines}
    given = len(verdicts)
    return {
        "judge.supported": Tally(sum(verdicts.values()), given, given),
        "judge.fluency": Tally(draft.fluency / _MARKS, 1, 1),
        "judge.answered": Tally(given, lines, lines),
    }
