"""The plain system: one instructor call an article, nothing checked. What the pipeline is measured against.

It asks for the same things in one prompt and takes the answer as it comes, with instructor's re-asks when it does not
fit the schema. Its lists are bounded, since a small model fills an open one until its tokens run out. No numbered
sentences, no rules, no grounding, no second look.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from summarizer import languages
from summarizer.ask import prompts
from summarizer.llm.prompt import Message, Prompt

if TYPE_CHECKING:
    from summarizer.llm.client import Session

__all__ = ["PlainDigest", "ask", "signature"]

#: Twice what the longest reference brief takes, its summary and quotes included; repetitions end here.
MAX_TOKENS = 2_000
_SYSTEM = "You are a helpful assistant for a press office."


class PlainQuote(BaseModel):
    """Something that a person said."""

    text: str = Field(description="copied word for word from the article")
    speaker: str
    role: str = ""


class PlainBrief(BaseModel):
    """The article's content in another language."""

    language: str
    headline: str
    lines: Annotated[list[str], Field(max_length=12)]


class PlainDigest(BaseModel):
    """A digest of a news article."""

    headline: str
    abstract: str
    key_points: Annotated[list[str], Field(max_length=6)]
    quotes: Annotated[list[PlainQuote], Field(max_length=8)]
    briefs: Annotated[list[PlainBrief], Field(max_length=2)]


async def ask(session: "Session", text: str, targets: Sequence[str]) -> PlainDigest:
    """Return the model's digest of `text`, unchecked.

    Raises:
        ModelError: no usable answer.
        OutputSchemaError: it never fitted the schema.
    """
    template = prompts.load("plain")
    values = {"text": text, "targets": [f"{languages.name(code)} ({code})" for code in targets]}
    content = template.text(values)
    prompt = Prompt(template.task, signature(), (Message("system", _SYSTEM), Message("user", content)))
    return (await session.ask(prompt, PlainDigest, MAX_TOKENS)).value


def signature() -> str:
    """Return version and hash of the plain prompt."""
    return prompts.load("plain").signature
