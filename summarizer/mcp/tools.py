"""The tools: what each is called, takes, gives and does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.digest import Digest
from summarizer.errors import ConfigurationError
from summarizer.mcp.service import Answer, Service
from summarizer.mcp.values import Checked, Figures, Given, Held, Quotes, Wanted

__all__ = ["Tool", "tools"]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool.

    Attributes:
        name: what it is called by.
        title: for people.
        description: for the model that chooses among tools.
        takes: its arguments.
        gives: its result.
        call: does it.
        asks: whether it may ask a model, which costs something.
    """

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    call: Callable[[Any], Awaitable[Answer]]
    asks: bool = False

    async def answer(self, arguments: dict[str, Any]) -> Answer:
        """Do it.

        Raises:
            ConfigurationError: the arguments do not fit.
            SummarizerError: it could not be done.
        """
        return await self.call(self._taken(arguments))

    def _taken(self, arguments: dict[str, Any]) -> BaseModel:
        try:
            return self.takes.model_validate(arguments)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(map(str, first["loc"])) or "the arguments"
            known = ", ".join(self.takes.model_fields)
            told = "there is no such argument" if first["type"] == "extra_forbidden" else first["msg"]
            raise ConfigurationError(f"{place}: {told}", f"{self.name} takes {known}") from None


def tools(service: Service) -> tuple[Tool, ...]:
    """Return the tools of a server."""
    return (
        Tool(
            "summarize",
            "Checked digest of a news article",
            "Write a checked digest of one news article in Italian, English or Chinese: summary, quotes with their "
            "speakers, figures, and briefs in the languages asked for, each line with its evidence in the article. "
            "Lines that the article does not bear out are left out, doubts are in findings: show these to people. "
            "It takes some seconds to minutes; the same article is answered from the store.",
            Wanted,
            Digest,
            service.summarize,
            asks=True,
        ),
        Tool(
            "check",
            "Hold a digest against its article",
            "Hold a digest against the article inside it, by rules and without a model. A finding of severity error "
            "means that the digest must not be published as it is; a warning, that a person should look at the line.",
            Held,
            Checked,
            service.check,
        ),
        Tool(
            "quotes",
            "Quotations of a news article",
            "Find who said what in one news article in Italian, English or Chinese, by rules and without a model: "
            "each quotation word for word with its place, and its speaker where the article names one.",
            Given,
            Quotes,
            service.quotes,
        ),
        Tool(
            "figures",
            "Figures of a news article",
            "Find the numbers, percentages, amounts and dates of one news article in Italian, English or Chinese, by "
            "rules and without a model: each with its place, its value and its unit; garbled ones are marked.",
            Given,
            Figures,
            service.figures,
        ),
    )
