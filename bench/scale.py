"""A million articles: what one takes, measured here, and what a million would, by simulation (docs/scale.md).

    make bench-scale                                # both, some minutes
    python -m bench.scale measure > measured.json   # articles of the gold, two briefs each, a loopback endpoint
    python -m bench.scale simulate measured.json    # or docs/scale.md, which has what was measured

The endpoint answers extractively in a process of its own. Tokens are estimated from the texts and set right by the
recorded answers of a real model, whose tokens are known. The simulation is of single events, with seeded chance, in
Python alone: requests that wait for a limit, for their answer and for a core, are refused, fail, or die with their node.
"""

import argparse
import asyncio
import heapq
import itertools
import json
import math
import multiprocessing
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from summarizer import Settings, Summarizer, languages
from summarizer.article import Article, from_text
from summarizer.batch import export
from summarizer.batch.events import Asked, Failed, Finished
from summarizer.batch.run import Options
from summarizer.batch.store import Store
from summarizer.llm.tokens import fewest, tokens
from tests.providers.protocol import limit, wanted
from tests.support.endpoint import Request, completion, serving
from tests.support.model import answer, asked

ROOT = Path(__file__).resolve().parents[1]
GOLD, RECORDED = ROOT / "evals/gold/recorded", ROOT / "evals/recordings/pipeline"
#: What questions are about, by the shape of their answers, in the order in which an article comes to them.
DRAFTS = {
    "DigestDraft": "digest",
    "SummaryDraft": "summary",
    "ChoiceDraft": "quotes",
    "TranslationDraft": "translation",
    "ReviewDraft": "review",
    "MendDraft": "mend",
}
STAGES = list(DRAFTS.values())
#: Articles of so many kinds stand for all: together they have the measured number of questions.
KINDS = 64
#: Articles simulated in real time; what they took is multiplied.
SAMPLE = 50_000


@dataclass(frozen=True)
class Stage:
    """The questions of one kind, for one article on average: lines in a file of the Batch API, too."""

    questions: float
    input_tokens: float
    output_tokens: float
    reserved_tokens: float
    bytes: float


@dataclass(frozen=True)
class Load:
    """What one article takes on average."""

    articles: int
    characters: float
    cpu_s: float
    store_bytes: float
    json_bytes: float
    parquet_bytes: float
    calibration: float
    stages: dict[str, Stage]

    @property
    def requests(self) -> float:
        return sum(stage.questions for stage in self.stages.values())

    def total(self, name: str) -> float:
        return sum(stage.questions * getattr(stage, name) for stage in self.stages.values())


def calibration() -> float:
    """Return a real model's tokens for one that is estimated, over all recorded answers."""
    real = estimated = 0.0
    for path in RECORDED.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            response = json.loads(line).get("response") or {}
            if "choices" in response and response.get("usage", {}).get("completion_tokens"):
                real += response["usage"]["completion_tokens"]
                estimated += raw_estimate(response["choices"][0]["message"]["content"] or "")
    return real / estimated


def raw_estimate(text: str) -> float:
    return (tokens(text) + fewest(text)) / 2


def serve(pipe: Connection, factor: float) -> None:
    """Answer extractively, with believable counts; give back what each request held when asked to end."""
    seen: list[tuple[str, int, int]] = []

    def script(request: Request) -> Any:
        said = json.dumps(answer(*asked(request)), ensure_ascii=False)
        sent = "".join(message["content"] for message in request.body["messages"])
        shape = json.dumps(request.body.get("response_format", ""), ensure_ascii=False)
        usage = {
            "prompt_tokens": round(factor * raw_estimate(sent + shape)),
            "completion_tokens": round(factor * raw_estimate(said)),
        }
        body = len(json.dumps(request.body, ensure_ascii=False).encode())
        seen.append((DRAFTS[wanted(request)[0]], limit(request) or 0, body))
        return completion(said, usage=usage)

    with serving(script) as endpoint:
        pipe.send(endpoint.base_url)
        while pipe.recv() == "count":
            pipe.send(list(seen))
            seen.clear()


def gold() -> list[tuple[Article, list[str]]]:
    found = []
    for path in sorted(GOLD.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        article = from_text(case["text"], source=path.stem, language=case["language"])
        found.append((article, [code for code in ("it", "en", "zh") if code != languages.base(article.language)]))
    return found


@dataclass
class Tally:
    calls: list[Any] = field(default_factory=list)
    digests: list[Any] = field(default_factory=list)


async def made(url: str, store: Path) -> tuple[Tally, float]:
    """Make every digest once; return what was asked and the processor's seconds."""
    tally, settings = Tally(), Settings(base_url=url, model="measured", concurrency=4)
    async with Summarizer(settings) as summarizer:
        with Store(store) as kept:
            before = time.process_time()
            for article, to in gold():
                async for event in summarizer.run([article], to, kept, Options(force=True)):
                    match event:
                        case Asked(call=call):
                            tally.calls.append(call)
                        case Finished(digest=digest):
                            tally.digests.append(digest)
                        case Failed(error=error):
                            raise error
            spent = time.process_time() - before
    return tally, spent


def measure() -> Load:
    ours, theirs = multiprocessing.Pipe()
    factor = calibration()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, factor))
    server.start()
    url = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(made(url, Path(folder) / "warm.sqlite"))
        ours.send("count")
        ours.recv()
        store = Path(folder) / "store.sqlite"
        tally, spent = asyncio.run(made(url, store))
        ours.send("count")
        seen = ours.recv()
        ours.send("end")
        server.join()
        parquet = Path(folder) / "digests.parquet"
        with Store(store, reading=True) as kept:
            export.export(kept.digests(), "parquet", parquet)
        sizes = store.stat().st_size, parquet.stat().st_size
    count = len(tally.digests)
    return Load(
        articles=count,
        characters=round(sum(len(d.article.text) for d in tally.digests) / count),
        cpu_s=round(spent / count, 3),
        store_bytes=round(sizes[0] / count),
        json_bytes=round(sum(len(d.model_dump_json().encode()) for d in tally.digests) / count),
        parquet_bytes=round(sizes[1] / count),
        calibration=round(factor, 3),
        stages=staged(tally.calls, seen, count),
    )


def staged(calls: list[Any], seen: list[tuple[str, int, int]], articles: int) -> dict[str, Stage]:
    """Return the questions by stage: what they cost as our side counts, what they held as the endpoint saw them."""
    found = {task: [call for call in calls if call.task == task] for task in STAGES}
    held = {task: [each[1:] for each in seen if each[0] == task] for task in STAGES}
    return {task: stage(found[task], held[task], articles) for task in STAGES if found[task]}


def stage(calls: list[Any], held: list[tuple[int, int]], articles: int) -> Stage:
    requests = sum(call.requests for call in calls)
    given, written = (sum(getattr(c, f"{way}_tokens") for c in calls) / requests for way in ("input", "output"))
    bound, body = (sum(column) / len(held) for column in zip(*held, strict=True))
    return Stage(round(requests / articles, 3), round(given), round(written), round(given + bound), round(body))


@dataclass(frozen=True)
class Cluster:
    """Nodes, the endpoint's limits, and what goes wrong.

    Attributes:
        nodes: machines; `cores` processes on each, `at_once` articles in each process.
        rpm: requests a minute that the endpoint takes; `tpm` tokens, prompt and longest answer of a request together.
        first_s: seconds to an answer's first token; `per_s` tokens a second after it.
        refused: share of requests that are answered 429 and sent again after `pause_s`.
        faulty: share that fail after as long as an answer takes.
        life_h: hours that a node lives on average; 0 for ever. A new one is there after `renewed_s`.
    """

    nodes: int = 4
    cores: int = 4
    at_once: int = 64
    rpm: float = 10_000
    tpm: float = 10_000_000
    first_s: float = 0.6
    per_s: float = 80.0
    refused: float = 0.0
    faulty: float = 0.0
    pause_s: float = 2.0
    life_h: float = 0.0
    renewed_s: float = 120.0


@dataclass
class Told:
    """How it went."""

    hours: float = 0.0
    requests: int = 0
    needed: int = 0
    deaths: int = 0
    done: int = 0


def spaced(load: Load) -> list[list[tuple[float, float]]]:
    """Return kinds of articles that together have the measured number of questions: (reserved, output) of each."""
    kinds = []
    for share in ((i + 0.5) / KINDS for i in range(KINDS)):
        steps = []
        for stage in load.stages.values():
            count = math.floor(stage.questions + share)
            steps += [(stage.reserved_tokens, stage.output_tokens)] * count
        kinds.append(steps)
    return kinds


class Run:
    """One run in real time: a heap of (time, tie, process, kind, step, begun, sending)."""

    def __init__(self, load: Load, cluster: Cluster, articles: int, seed: int) -> None:
        self.load, self.cluster, self.articles = load, cluster, articles
        self.dice, self.ties = random.Random(seed), itertools.count()
        self.kinds = spaced(load)
        self.cpu = [0.0] * (cluster.nodes * cluster.cores)
        self.died = [-1.0] * cluster.nodes
        self.dies = [self._life(0.0) for _ in range(cluster.nodes)]
        self.next_request = self.next_tokens = 0.0
        self.taken, self.told = 0, Told()
        self.heap: list[tuple[float, int, int, int, int, float, bool]] = []

    def go(self) -> Told:
        for process in range(len(self.cpu)):
            for _ in range(self.cluster.at_once):
                self._begin(0.0, process)
        while self.heap:
            now, _, process, kind, step, begun, sending = heapq.heappop(self.heap)
            if self._is_dead(process // self.cluster.cores, now, begun):
                again = self.died[process // self.cluster.cores] + self.cluster.renewed_s
                self._push(max(again, now), process, kind, 0, max(again, now))
            elif sending:
                self._send(now, process, kind, step, begun)
            elif step == len(self.kinds[kind]):
                self.told.done += 1
                self.told.needed += step
                self.told.hours = now / 3600
                self._begin(now, process)
            else:  # the rules' share before each question
                steps = len(self.kinds[kind])
                self.cpu[process] = max(self.cpu[process], now) + self.load.cpu_s / steps
                self._push(self.cpu[process], process, kind, step, begun, sending=True)
        return self.told

    def _begin(self, now: float, process: int) -> None:
        if self.taken < self.articles:
            self._push(now, process, self.taken % len(self.kinds), 0, now)
            self.taken += 1

    def _push(self, at: float, process: int, kind: int, step: int, begun: float, *, sending: bool = False) -> None:
        heapq.heappush(self.heap, (at, next(self.ties), process, kind, step, begun, sending))

    def _send(self, now: float, process: int, kind: int, step: int, begun: float) -> None:
        cluster, (reserved, output) = self.cluster, self.kinds[kind][step]
        sent = max(now, self.next_request, self.next_tokens)
        self.told.requests += 1
        self.next_request = max(self.next_request, now) + 60 / cluster.rpm
        chance = self.dice.random()
        if chance < cluster.refused:
            self._push(sent + cluster.pause_s, process, kind, step, begun, sending=True)
            return
        self.next_tokens = max(self.next_tokens, now) + 60 * reserved / cluster.tpm
        takes = cluster.first_s + output / cluster.per_s * self.dice.uniform(0.7, 1.3)
        failed = chance < cluster.refused + cluster.faulty
        self._push(sent + takes + failed, process, kind, step if failed else step + 1, begun, sending=failed)

    def _life(self, now: float) -> float:
        return now + self.dice.expovariate(1 / (self.cluster.life_h * 3600)) if self.cluster.life_h else math.inf

    def _is_dead(self, node: int, now: float, begun: float) -> bool:
        """Tell whether the node died since the article was begun there."""
        while self.dies[node] <= now:
            self.died[node], self.told.deaths = self.dies[node], self.told.deaths + 1
            self.dies[node] = self._life(self.died[node] + self.cluster.renewed_s)
        return self.died[node] >= begun


@dataclass(frozen=True)
class Queue:
    """The Batch API.

    Attributes:
        tokens: of prompts that may wait there at once.
        median_h: hours in which half of the batches come back, 24 at most; then what is left of one has expired.
        lines: of a file at most; `bytes` of it.
        failed: share of the lines that come back as errors and are sent again.
    """

    tokens: float = 1_000_000_000
    median_h: float = 6.0
    lines: int = 50_000
    bytes: float = 200e6
    failed: float = 0.01


@dataclass
class Batched:
    hours: float = 0.0
    batches: int = 0
    lines: float = 0.0
    needed: float = 0.0
    expired: int = 0
    gigabytes: float = 0.0


def rounds(load: Load) -> list[Stage]:
    """Return the stages as the Batch API sees them: what is asked again waits for the first answer."""
    split = []
    for each in load.stages.values():
        first = min(each.questions, 1.0)
        split += [replace(each, questions=part) for part in (first, each.questions - first) if part > 0]
    return split


class Posting:
    """A run through the Batch API: lines in pools, one for each round, and a heap of (back at, tie, round, lines, kept)."""

    def __init__(self, load: Load, queue: Queue, articles: int, seed: int) -> None:
        self.queue, self.rounds, self.dice = queue, rounds(load), random.Random(seed)
        self.pools = [articles * self.rounds[0].questions] + [0.0] * (len(self.rounds) - 1)
        self.running: list[tuple[float, int, int, float, float]] = []
        self.now = self.waiting = 0.0
        self.told = Batched()

    def go(self) -> Batched:
        while True:
            for at in reversed(range(len(self.rounds))):  # whoever is further on goes first
                while (lines := self._file(at)) >= 1:
                    self._submit(at, lines)
            if not self.running:
                return self.told
            self._collect()

    def _file(self, at: int) -> float:
        """Return the lines of the next file, 0 where it waits: for room, or until what is still to come fills it."""
        queue, each = self.queue, self.rounds[at]
        # a quarter of the room: while one batch is worked at, others wait there
        most = min(queue.lines, queue.bytes / each.bytes, queue.tokens / 4 / each.input_tokens)
        lines = min(self.pools[at], most)
        coming = any(pool >= 1 for pool in self.pools[:at]) or any(batch[2] <= at for batch in self.running)
        fits = self.waiting + lines * each.input_tokens <= queue.tokens
        return lines if fits and (lines == most or not coming) else 0.0

    def _submit(self, at: int, lines: float) -> None:
        each, told = self.rounds[at], self.told
        hours = self.dice.lognormvariate(math.log(self.queue.median_h), 0.7)
        kept = min(1.0, 24 / hours)
        heapq.heappush(self.running, (self.now + min(hours, 24.0), told.batches, at, lines, kept))
        self.pools[at] -= lines
        self.waiting += lines * each.input_tokens
        told.batches += 1
        told.lines += lines
        told.expired += kept < 1
        told.gigabytes += lines * each.bytes / 1e9

    def _collect(self) -> None:
        self.now, _, at, lines, kept = heapq.heappop(self.running)
        self.waiting -= lines * self.rounds[at].input_tokens
        good = lines * kept * (1 - self.queue.failed)
        self.pools[at] += lines - good
        if at + 1 < len(self.rounds):
            self.pools[at + 1] += good / self.rounds[at].questions * self.rounds[at + 1].questions
        self.told.needed += good
        self.told.hours = self.now


#: US dollars for a million tokens, as published for gpt-5.4-mini: input, cached, output.
#: https://developers.openai.com/api/docs/pricing
PRICE = (0.75, 0.075, 4.50)


def usd(load: Load, articles: int, *, cached: float = 0.0) -> float:
    given, kept, written = PRICE
    price = (
        load.total("input_tokens") * ((1 - cached) * given + cached * kept) + load.total("output_tokens") * written
    )
    return articles * price / 1e6


def ceilings(load: Load, cluster: Cluster) -> dict[str, float]:
    """Return the articles an hour that each limit allows by itself."""
    takes = load.requests * cluster.first_s + load.total("output_tokens") / cluster.per_s
    processes = cluster.nodes * cluster.cores
    return {
        "tokens a minute": 60 * cluster.tpm / load.total("reserved_tokens"),
        "requests a minute": 60 * cluster.rpm / load.requests,
        "cores": 3600 * processes / load.cpu_s,
        "articles at once": 3600 * processes * cluster.at_once / takes,
    }


SCENES: dict[str, Cluster] = {
    "1 node, 2 million tokens a minute": Cluster(nodes=1, tpm=2e6, rpm=5_000),
    "4 nodes, the same limit": Cluster(nodes=4, tpm=2e6, rpm=5_000),
    "4 nodes, 10 million tokens, 10,000 requests a minute": Cluster(),
    "… 1 % of the requests refused, 1 % failing": Cluster(refused=0.01, faulty=0.01),
    "… and each node dies after 6 hours on average": Cluster(refused=0.01, faulty=0.01, life_h=6.0),
    "… and after half an hour": Cluster(refused=0.01, faulty=0.01, life_h=0.5),
    "4 nodes, 180 million tokens, 30,000 requests a minute": Cluster(tpm=180e6, rpm=30_000),
    "16 nodes, the same limit": Cluster(nodes=16, tpm=180e6, rpm=30_000),
    "1 node of 4 cores, no limit": Cluster(nodes=1, tpm=1e12, rpm=1e9),
}
QUEUES: dict[str, Queue] = {
    f"{name} tokens may wait, half of the batches back in {hours:g} h": Queue(tokens=size, median_h=hours)
    for name, size in (("40 million", 40e6), ("200 million", 200e6), ("1 billion", 1e9), ("5 billion", 5e9))
    for hours in (2.0, 12.0)
}


def simulate(load: Load, articles: int, sample: int) -> Iterator[str]:
    """Yield the page's tables; real time is simulated for a sample, and what it took multiplied."""
    yield "| real time | hours | first limit | articles an hour | of what it allows | requests a needed one | nodes lost |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in SCENES:
        yield in_real_time(name, load, articles, min(sample, articles))
    yield ""
    yield "| Batch API | hours | batches | expired | lines a needed one | GB sent |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in QUEUES:
        yield in_batches(name, load, articles)
    yield ""
    yield "| articles an hour that each allows by itself | 4 nodes of 4 cores | what moves it |"
    yield "| --- | --- | --- |"
    for bound, rate in sorted(ceilings(load, Cluster()).items(), key=lambda item: item[1]):
        yield f"| {bound} | {rate:,.0f} | {MOVES[bound]} |"
    yield ""
    yield "| a million articles | |"
    yield "| --- | --- |"
    yield from bill(load, articles)


def in_real_time(name: str, load: Load, articles: int, sample: int) -> str:
    cluster = SCENES[name]
    told = Run(load, cluster, sample, seed=14).go()
    if told.done != sample:
        raise RuntimeError(f"{name}: {told.done} of {sample} articles came to an end")
    bound, most = min(ceilings(load, cluster).items(), key=lambda item: item[1])
    rate = sample / told.hours
    return (
        f"| {name} | {articles / rate:,.1f} | {bound} | {rate:,.0f} | {rate / most:.0%} | "
        f"{told.requests / told.needed:.3f} | {told.deaths * articles / sample:,.0f} |"
    )


def in_batches(name: str, load: Load, articles: int) -> str:
    end = Posting(load, QUEUES[name], articles, seed=14).go()
    if end.needed < 0.999 * articles * load.requests:
        raise RuntimeError(f"{name}: {end.needed:,.0f} of {articles * load.requests:,.0f} lines were answered")
    return (
        f"| {name} | {end.hours:,.0f} | {end.batches:,} | {end.expired:,} | {end.lines / end.needed:.2f} | "
        f"{end.gigabytes:,.0f} |"
    )


MOVES = {
    "tokens a minute": "a higher limit; no second reading; one brief instead of two; the Batch API, which has a limit of its own",
    "requests a minute": "a higher limit; fewer briefs; `--review none`",
    "cores": "more cores: the rules are their only work",
    "articles at once": "`--concurrency`, or more processes",
}


def bill(load: Load, articles: int) -> Iterator[str]:
    thousand = articles / 1e9
    yield f"| requests | {articles * load.requests / 1e6:,.1f} million |"
    yield f"| tokens in, out | {thousand * load.total('input_tokens'):,.1f}, {thousand * load.total('output_tokens'):,.1f} billion |"
    yield f"| … reckoned by a limit, prompt and longest answer | {thousand * load.total('reserved_tokens'):,.1f} billion |"
    yield f"| US dollars, nothing cached | {usd(load, articles):,.0f} |"
    yield f"| … half of the input cached | {usd(load, articles, cached=0.5):,.0f} |"
    yield f"| … Batch API | {usd(load, articles) / 2:,.0f} |"
    yield f"| hours of one core | {articles * load.cpu_s / 3600:,.0f} |"
    yield f"| store, GB | {thousand * load.store_bytes:,.1f} |"
    yield f"| digests as JSON, GB | {thousand * load.json_bytes:,.1f} |"
    yield f"| digests as Parquet, GB | {thousand * load.parquet_bytes:,.1f} |"


def table(load: Load) -> Iterator[str]:
    yield f"| an article of {load.characters:,.0f} characters, two briefs, second reading | |"
    yield "| --- | --- |"
    for name, stage in load.stages.items():
        yield (
            f"| {name}: requests, tokens in and out of one | {stage.questions:.2f}, {stage.input_tokens:,.0f}, "
            f"{stage.output_tokens:,.0f} |"
        )
    yield f"| together: requests, tokens in, out | {load.requests:.2f}, {load.total('input_tokens'):,.0f}, {load.total('output_tokens'):,.0f} |"
    yield f"| tokens that a limit reckons with | {load.total('reserved_tokens'):,.0f} |"
    yield f"| seconds of one core | {load.cpu_s:.2f} |"
    yield f"| bytes of a request | {load.total('bytes') / load.requests:,.0f} |"
    yield f"| bytes in the store, as JSON, as Parquet | {load.store_bytes:,.0f}, {load.json_bytes:,.0f}, {load.parquet_bytes:,.0f} |"


def loaded(path: Path) -> Load:
    """Return what was measured, from a file of its own or from the page."""
    text = path.read_text(encoding="utf-8")
    page = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    given = json.loads(page[1] if page else text)
    return Load(**{**given, "stages": {name: Stage(**stage) for name, stage in given["stages"].items()}})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "measure", "simulate"], default="all")
    parser.add_argument("measured", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=SAMPLE, help="articles simulated in real time")
    given = parser.parse_args()
    load = loaded(given.measured) if given.measured else measure()
    if given.what == "measure":
        sys.stdout.write(json.dumps(asdict(load), indent=1) + "\n")
        return
    lines = itertools.chain(table(load), [""], simulate(load, given.articles, given.sample))
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
