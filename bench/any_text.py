"""Whether any text ends or stalls the rules: exceptions, milliseconds for 10,000 characters, growth with length.

Reads every real text as itself and as the other two languages, generated texts, and shapes of growing length, through
`speech.find`, `figures.find`, `article.load_bytes`, `Summarizer.extract` (what ``--no-model`` does) and `audit.audit`
(what ``check`` does). Errors of ours that say what is wrong with a text are answers, not faults.

Run: ``make bench-any``, or ``python -m bench.any_text --texts 2000 --seed 7``.
"""

import argparse
import contextlib
import gc
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from bench import texts
from summarizer import Settings, Summarizer, figures, speech
from summarizer.article import Article, from_text, load_bytes
from summarizer.digest import Brief, Digest, Line, Segment, Statement
from summarizer.digest.audit import audit
from summarizer.errors import SummarizerError, UnexpectedError

PARTS = ("real", "generated", "growth")
ROOT = Path(__file__).resolve().parent.parent
PER_CHARACTERS = 10_000
SHORTEST = 1_000  # characters; a shorter text counts as so long: what it costs does not grow with it
TICK_S = 0.004  # of a processor's clock, where it is coarse
PATIENCE_S = 20.0  # processor seconds for one step over one text
GROWTH_CHARACTERS = 2_000  # the first length of a shape
LINES = 2  # of the digest that is checked
NOTICED_S = 0.1  # shorter than this a step is too short to tell its growth
LINEAR = 2.8  # a doubled text may take so many times as long: noise, and what allocates

Step = Callable[[], object]


class StalledError(Exception):
    """A step took longer than `PATIENCE_S`."""


@dataclass(slots=True)
class Measured:
    """What was seen: the rates in milliseconds for 10,000 characters by step, and what was raised."""

    rates: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    raised: int = 0

    def take(self, step: str, language: str, text: str, work: Step) -> float:
        """Time a step over a text; note what it raises. Return its processor seconds."""
        # the processor's clock ticks too coarsely for a short text, the wall's runs on while others work
        gc.disable()  # a collection goes through all that this script keeps
        start, spent = time.perf_counter(), time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, PATIENCE_S)
            work()
        except UnexpectedError as error:
            self._fault(step, language, text, error.__cause__ or error)
        except SummarizerError:
            pass  # an error of its own is how a text is refused: no fault
        except Exception as error:  # noqa: BLE001 - any exception is what is looked for
            self._fault(step, language, text, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            gc.enable()
        wall, processor = time.perf_counter() - start, time.process_time() - spent
        rate = min(wall, processor + TICK_S) * 1e3 * PER_CHARACTERS / max(len(text), SHORTEST)
        self.rates.setdefault(step, []).append((rate, f"{language} {_shown(text)}"))
        return processor

    def _fault(self, step: str, language: str, text: str, error: BaseException) -> None:
        self.raised += 1
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/summarizer/" in f.filename]
        frame = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
        example = f"{step} {language} {_shown(text)}"
        if place not in self.faults:
            sys.stderr.write(f"{place}: {example}\n")
        if place not in self.faults or len(example) < len(self.faults[place]):
            self.faults[place] = example


def _shown(text: str) -> str:
    shown = ascii(text) if any("\ud800" <= char <= "\udfff" for char in text) else repr(text)
    return f"{shown[:200]}… ({len(text)} characters)" if len(shown) > 200 else shown


def _stall(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal's contract
    raise StalledError(f"more than {PATIENCE_S:g} s")


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads a text in every way the product does."""

    summarizer: Summarizer
    measured: Measured

    def all(self, language: str, text: str) -> dict[str, float]:
        """Take every step over a text; return the processor seconds of each."""
        made: list[Article] = []
        digests: list[Digest] = []
        steps: tuple[tuple[str, Step], ...] = (
            ("speech", lambda: speech.find(text, language)),
            ("figures", lambda: figures.find(text, language)),
            ("bytes", lambda: _bytes(text)),
            ("article", lambda: made.append(from_text(text, language=language))),
            ("extract", lambda: digests.extend(self.summarizer.extract(article) for article in made)),
            ("check", lambda: [audit(filled(digest)) for digest in digests]),
        )
        return {name: self.measured.take(name, language, text, work) for name, work in steps}


def _bytes(text: str) -> None:
    """Load a text from its bytes, as text, Markdown and page, whole and in a wrong encoding."""
    data = text.encode("utf-8", "surrogatepass")
    for name, given in (("a.txt", data), ("a.md", data), ("a.html", data), ("a", data[1:-1]), ("b", data[::-1])):
        try:
            load_bytes(given, name)
        except SummarizerError:
            continue


def filled(digest: Digest) -> Digest:
    """Return a digest that says, in both other languages, what it has: so every check of a line has work."""
    text, spans = digest.article.text, digest.article.sentences[:LINES]
    lines = [" ".join(text[start:end].split())[:500] for start, end in spans]
    points = tuple(Statement(text=line, evidence=(span,)) for line, span in zip(lines, spans, strict=True))
    turned = zip(lines, reversed(lines), spans, strict=True)
    segments = tuple(Segment(source=line, target=other, evidence=(span,)) for line, other, span in turned)
    headline = Line(source=lines[0], target=lines[-1])
    own = digest.article.language
    briefs = tuple(
        Brief(source_language=own, target_language=code, headline=headline, segments=segments)
        for code in texts.LANGUAGES
        if code != own
    )
    summary = digest.summary.model_copy(update={"abstract": " ".join(lines), "key_points": points})
    return digest.model_copy(update={"summary": summary, "briefs": briefs})


def everything(arguments: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Yield every text with the language it is read as."""
    own = [*texts.seeds(ROOT / "seeds"), *texts.real(arguments.data)]
    if "real" in arguments.parts:
        yield from ((code, text) for _, text in own[:: arguments.every] for code in texts.LANGUAGES)
    if "generated" in arguments.parts:
        yield from texts.generated(own, arguments.texts, arguments.seed)


def growth(reading: Reading, growing: Mapping[str, texts.Growing]) -> Iterator[str]:
    """Yield a line for each text and step whose time grows faster than the text."""
    for name, grown in growing.items():
        for language in texts.LANGUAGES:
            short, long = (reading.all(language, grown(GROWTH_CHARACTERS * times)) for times in (1, 8))
            steps = [step for step in short if long[step] > max(NOTICED_S, 12 * short[step])]
            if steps:  # once more, and longer: one late collection of garbage looks the same
                short, long = (reading.all(language, grown(GROWTH_CHARACTERS * times)) for times in (8, 16))
            for step in steps:
                if long[step] > LINEAR * short[step]:
                    yield f"{name}, {language}, {step}: {short[step] * 1e3:.0f}, {long[step] * 1e3:.0f} ms"


def report(measured: Measured, slowest: int) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"exceptions: {measured.raised}, of {len(measured.faults)} kinds"
    yield from (f"  {place}: {example}" for place, example in sorted(measured.faults.items()))
    yield f"| step | texts | p50 | p99 | max | (ms for {PER_CHARACTERS:,} characters)"
    for step, rates in measured.rates.items():
        ordered = sorted(rate for rate, _ in rates)
        middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
        yield f"| {step} | {len(ordered)} | {middle:.1f} | {late:.1f} | {ordered[-1]:.1f} |"
    for step, rates in measured.rates.items():
        yield f"slowest, {step}:"
        yield from (f"  {rate:.0f} ms {text}" for rate, text in sorted(rates, reverse=True)[:slowest])


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.any_text", description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=int, default=20_000, help="how many texts to generate")
    parser.add_argument("--seed", type=int, default=1, help="of the generator")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data sets")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to do; default: all")
    parser.add_argument("--every", type=int, default=1, help="take every so many-th real text")
    parser.add_argument("--shapes", nargs="+", help="only these shapes are made to grow")
    parser.add_argument("--slowest", type=int, default=5, help="how many slow texts to print for each step")
    return parser.parse_args(given)


def _growing(arguments: argparse.Namespace) -> Mapping[str, texts.Growing]:
    if "growth" not in arguments.parts:
        return {}
    known = texts.growing([*texts.seeds(ROOT / "seeds"), *texts.real(arguments.data)])
    return {name: known[name] for name in arguments.shapes or known}


def main(given: Sequence[str]) -> int:
    """Print the report; return 1 when anything was raised or grows faster than its text."""
    arguments = _arguments(given)
    signal.signal(signal.SIGPROF, _stall)
    measured, scaled = Measured(), Measured()
    with Summarizer(Settings()) as summarizer:
        for code in texts.LANGUAGES:
            Reading(summarizer, Measured()).all(code, "What is read once is read now: “Yes”, said 王明.")
        with contextlib.suppress(KeyboardInterrupt):  # what was read so far is reported
            for language, text in everything(arguments):
                Reading(summarizer, measured).all(language, text)
        grown = 0
        for line in growth(Reading(summarizer, scaled), _growing(arguments)):
            sys.stdout.write(f"grows faster than its text: {line}\n")
            sys.stdout.flush()
            grown += 1
    for title, found in (("All texts", measured), (f"Shapes of up to {8 * GROWTH_CHARACTERS:,} characters", scaled)):
        sys.stdout.write("\n".join([title, *report(found, arguments.slowest), ""]))
    sys.stdout.write(f"faster than their text grow: {grown}\n")
    return 1 if measured.raised or scaled.raised or grown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
