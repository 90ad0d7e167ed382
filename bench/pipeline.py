"""What our own work costs: CPU milliseconds an article, beside one plain instructor call for the same things.

Both talk to the same loopback server, in a process of its own, that answers at once. Run: ``make bench``.
"""

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import instructor
import openai
from pydantic import BaseModel

from summarizer import Settings, Summarizer
from summarizer.article import Article, load
from tests.support.endpoint import serving
from tests.support.model import extractive, filled

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("*.txt"))
ROUNDS = 10


class Quote(BaseModel):
    text: str
    speaker: str


class Brief(BaseModel):
    language: str
    lines: list[str]


class Everything(BaseModel):
    """The summary, the quotes and two briefs, asked for in one call."""

    headline: str
    abstract: str
    key_points: list[str]
    quotes: list[Quote]
    briefs: list[Brief]


def serve(pipe: Connection) -> None:
    def script(request):
        return extractive(request) if request.strict else filled(request)

    with serving(script) as endpoint:
        pipe.send(endpoint.base_url)
        pipe.recv()


def cpu_ms(work: Callable[[Article], object], article: Article) -> float:
    """Return the median CPU time of this process for one article, in milliseconds, after one warm-up."""
    work(article)
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work(article)
        spent.append((time.process_time() - start) * 1e3)
    return statistics.median(spent)


def main() -> None:
    ours_end, server_end = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(server_end,))
    server.start()
    url = ours_end.recv()
    runner = asyncio.Runner()
    summarizer = Summarizer(Settings(base_url=url))
    client = instructor.from_openai(
        openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0), mode=instructor.Mode.JSON_SCHEMA
    )

    def pipeline(article: Article) -> object:
        return runner.run(summarizer.summarize(article, ["it", "zh"]))

    def plain(article: Article) -> object:
        question = "Summarise, quote and translate into Italian and Chinese:\n"
        messages = [{"role": "user", "content": question + article.text}]
        return runner.run(client.chat.completions.create(model="m", messages=messages, response_model=Everything))

    rows = []
    for path in SEEDS:
        article = load(path)
        rows.append((path.name, len(article.text), cpu_ms(pipeline, article), cpu_ms(plain, article)))
    runner.run(summarizer.aclose_connections())
    runner.close()
    ours_end.send(None)
    server.join()
    sys.stdout.write("| article | characters | pipeline, CPU ms | plain call, CPU ms |\n| --- | --- | --- | --- |\n")
    for name, size, ours, theirs in rows:
        sys.stdout.write(f"| {name} | {size} | {ours:.0f} | {theirs:.0f} |\n")


if __name__ == "__main__":
    main()
