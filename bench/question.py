"""What asking one question costs: CPU milliseconds, beside a plain instructor call and a bare call of the SDK.

All three ask the same of the same loopback server, in a process of its own, that answers at once.
Run: ``make bench-question``.
"""

import asyncio
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import instructor
import openai

ROOT = Path(__file__).resolve().parent.parent

from summarizer.ask.drafts import translation  # noqa: E402
from summarizer.llm import Endpoint, Limits  # noqa: E402
from summarizer.llm.client import Client  # noqa: E402
from summarizer.llm.prompt import Message, Prompt  # noqa: E402
from tests.support.endpoint import completion, in_turn, serving  # noqa: E402 - the tests' loopback server

ANSWER = json.dumps({"it": {"1": "ciao"}})
WANTED = translation(["it"], 1)
#: As long as a question about an article of one page.
PROMPT = Prompt("translation", "v1#00000000", (Message("system", "Rules."), Message("user", "word " * 800)))
ROUNDS, CALLS = 9, 40

Ask = Callable[[], Awaitable[object]]


def serve(pipe: Connection) -> None:
    """Serve until told to stop."""
    with serving(in_turn(completion(ANSWER))) as endpoint:
        pipe.send(endpoint.base_url)
        pipe.recv()


def ways(url: str) -> Mapping[str, Ask]:
    """Return the three ways to ask."""
    messages: Any = [{"role": m.role, "content": m.content} for m in PROMPT.messages]
    asked = {"name": "TranslationDraft", "schema": WANTED.model_json_schema(), "strict": True}
    form: Any = {"type": "json_schema", "json_schema": asked}
    sdk = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
    plain = instructor.from_openai(
        openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0), mode=instructor.Mode.JSON_SCHEMA
    )
    session = Client(Endpoint(url, "m", None), Limits()).session()

    async def bare() -> object:
        reply = await sdk.chat.completions.create(
            model="m", messages=messages, max_tokens=100, temperature=0.0, response_format=form
        )
        return WANTED.model_validate_json(reply.choices[0].message.content or "")

    async def by_instructor() -> object:
        return await plain.chat.completions.create(
            model="m", messages=messages, max_tokens=100, temperature=0.0, response_model=WANTED, max_retries=2
        )

    async def ours() -> object:
        return await session.ask(PROMPT, WANTED, 100)

    return {"ours": ours, "plain instructor call": by_instructor, "bare AsyncOpenAI call": bare}


async def measured(url: str) -> Mapping[str, float]:
    """Return the median CPU milliseconds of a question for each way; they take turns."""
    asking = ways(url)
    spent: dict[str, list[float]] = {name: [] for name in asking}
    for number in range(ROUNDS + 1):
        for name, ask in asking.items():
            start = time.process_time()
            for _ in range(CALLS):
                await ask()
            if number:  # the first round warms up
                spent[name].append((time.process_time() - start) / CALLS * 1e3)
    return {name: statistics.median(each) for name, each in spent.items()}


def main() -> None:
    """Print a table."""
    ours_end, server_end = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(server_end,))
    server.start()
    found = asyncio.run(measured(ours_end.recv()))
    ours_end.send(None)
    server.join()
    sys.stdout.write("| one question | CPU ms | ours to it |\n| --- | --- | --- |\n")
    for name, value in found.items():
        sys.stdout.write(f"| {name} | {value:.2f} | {found['ours'] / value:.2f} |\n")


if __name__ == "__main__":
    main()
