"""The lines of the Batch API's files: a request each in what is sent, an answer or an error each in what comes back.

Source: https://platform.openai.com/docs/guides/batch and https://platform.openai.com/docs/api-reference/batch.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.batch.records import safe

__all__ = ["MOST_BYTES", "MOST_REQUESTS", "URL", "Told", "request", "told"]

#: What a file may hold at most.
MOST_REQUESTS, MOST_BYTES = 50_000, 200_000_000
#: Where each request of a batch would go by itself.
URL = "/v1/chat/completions"
#: A request that ended with one of these, or with a server's error, was not taken: the next one may be.
_PASSING = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class Told:
    """What one line says of one request.

    Attributes:
        id: the request's.
        status: of its response; 0 where it was not carried out.
        said: the response's body; why it was not carried out where `status` is 0.

    Both texts are as a store can hold them: JSON can escape half a character (RFC 8259, section 8.2), UTF-8 cannot.
    """

    id: str
    status: int
    said: str

    @property
    def is_last_word(self) -> bool:
        """Whether it is an answer, or a refusal that would come again; anything else is to be asked once more."""
        return 200 <= self.status < 500 and self.status not in _PASSING


def request(number: str, body: Mapping[str, Any]) -> str:
    """Return the line of a request.

    Args:
        number: the request's id, in the answer's line again; no other line of the file has it.
        body: as it would be posted.
    """
    line = {"custom_id": number, "method": "POST", "url": URL, "body": dict(body)}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def told(file: bytes) -> Iterator[Told]:
    """Yield what the lines of an output or error file say, in their order; one that cannot be read says nothing."""
    for line in file.split(b"\n"):
        try:
            document = json.loads(line)
        except (UnicodeDecodeError, ValueError, RecursionError):
            continue
        if isinstance(document, dict) and isinstance(document.get("custom_id"), str):
            yield _told(document)


def _told(document: Mapping[str, Any]) -> Told:
    response, error = document.get("response"), document.get("error")
    status = response.get("status_code") if isinstance(response, dict) else None
    if not isinstance(response, dict) or type(status) is not int or error:
        return Told(safe(document["custom_id"]), 0, safe(_reason(error)))
    said = json.dumps(response.get("body"), ensure_ascii=False)
    return Told(safe(document["custom_id"]), status, safe(said))


def _reason(error: object) -> str:
    """Return why a request was not carried out, in the endpoint's words."""
    words = [error.get("code"), error.get("message")] if isinstance(error, dict) else [error]
    return ": ".join(str(word)[:300] for word in words if word) or "no reason was given"
