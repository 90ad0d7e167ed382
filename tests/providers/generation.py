"""What a model behind a scripted server writes: its reasoning first, then the answer, within the answer limit.

Servers count both into the limit and differ in where they put them; where stands in each provider's own file.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.providers.protocol import functions, question, response_format, tokens, wanted
from tests.support.endpoint import Reply, Request
from tests.support.model import answer

#: One token of reasoning, by `tokens`.
_THOUGHT = "hmm "


@dataclass(frozen=True, slots=True)
class Generation:
    """What was written before the model was done or the limit reached.

    Attributes:
        answer: the visible text, "" where the limit was reached before it.
        reasoning: the hidden text.
        reasoning_tokens: tokens of `reasoning`.
        tokens: tokens of both.
        finish_reason: "stop", or "length" where the limit cut it off.
    """

    answer: str
    reasoning: str
    reasoning_tokens: int
    tokens: int
    finish_reason: str


def written(request: Request) -> str:
    """Return what a model answers: the JSON that the request describes, in a fence where nothing constrains it.

    A request that says nowhere what form the answer must have gets prose.
    """
    try:
        schema = wanted(request)[1]
    except LookupError:
        return "The article reports on a meeting and its results."
    text = json.dumps(answer(question(request), schema), ensure_ascii=False)
    free = response_format(request)["type"] == "text" and not functions(request)
    return f"```json\n{text}\n```" if free else text


def generate(text: str, thinking: int, limit: int | None) -> Generation:
    """Return what is written of `thinking` tokens of reasoning and then `text` in at most `limit` tokens."""
    room = 10**9 if limit is None else limit
    thought = min(thinking, room)
    said = text[: max(0, room - thought) * 3] if thought + tokens(text) > room else text
    counted = thought + (tokens(said) if said else 0)
    reason = "stop" if said == text else "length"
    return Generation(said, (_THOUGHT * thought).strip(), thought, counted, reason)


def limit_of(request: Request, *names: str) -> int | None:
    """Return the answer limit that the request sets by the first of `names` that it has."""
    given = (request.body.get(name) for name in names)
    return next((value for value in given if value is not None), None)


def bearer(request: Request) -> str:
    """Return the key of ``Authorization: Bearer KEY``, "" where there is none."""
    scheme, _, key = request.header("Authorization").partition(" ")
    return key.strip() if scheme == "Bearer" else ""


def refused(request: Request, *checks: Callable[[Request], Reply | None]) -> Reply | None:
    """Return the first check's objection to the request, None when all accept it."""
    return next((reply for check in checks if (reply := check(request)) is not None), None)
