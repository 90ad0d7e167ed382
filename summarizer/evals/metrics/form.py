"""Form: languages, length and cost."""

from summarizer import languages
from summarizer.article import langid
from summarizer.checks.script import foreign
from summarizer.evals.metrics.tally import Gold, Miss, Part, Tally
from summarizer.evals.outputs import Output

__all__ = ["costs", "in_language", "validity"]


def validity(gold: Gold, output: Output) -> Part:  # noqa: ARG001 - every family takes the same
    """Count whether there is an output at all: whatever is written fits its schema."""
    misses = [Miss("schema.valid", "no output")] if output.failed else []
    return {"schema.valid": Tally(not output.failed, 1, 1)}, misses


def in_language(gold: Gold, output: Output) -> Part:
    """Count the summary's lines in the article's language, and the briefs that are wholly in theirs."""
    own = [s.text for s in output.statements]
    wrong = [line for line in own if not _is_in(line, gold.case.language, gold.case.text)]
    # no summary is one line that is not in the language, as no brief is one brief that is not
    tallies = {"language.summary": Tally(len(own) - len(wrong), max(1, len(own)), max(1, len(own)))}
    misses = [Miss("language.summary", line) for line in wrong or ([] if own else ["there is no summary"])]
    right = 0
    for code in gold.case.targets:
        lines = output.briefs.get(code, ())
        strange = [line for line in lines if not _is_in(line, code, gold.case.text)]
        right += bool(lines) and not strange
        misses += [Miss("language.briefs", line) for line in strange]
        misses += [] if lines else [Miss("language.briefs", f"there is no brief in {languages.name(code)}")]
    wanted = len(gold.case.targets)
    return tallies | {"language.briefs": Tally(right, wanted, wanted)}, misses


def _is_in(line: str, code: str, source: str) -> bool:
    return langid.is_in(line, code) and not foreign(line, code, source)


def costs(gold: Gold, output: Output) -> Part:
    """Sum what the output took, and how much shorter than the article the summary is."""
    cost, chars = output.cost, sum(len(statement.text) for statement in output.statements)
    values = {
        "cost.requests": cost.requests,
        "cost.input_tokens": cost.input_tokens,
        "cost.output_tokens": cost.output_tokens,
        "cost.seconds": cost.seconds,
    }
    tallies = {name: Tally(value, 1, 1) for name, value in values.items()}
    if cost.usd is not None:
        tallies["cost.usd"] = Tally(cost.usd, 1, 1)
    if not output.failed:
        tallies["summary.compression"] = Tally(chars / len(gold.case.text), 1, 1)
    return tallies, []
