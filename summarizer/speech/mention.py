"""What a mention is: a noun phrase that may name a speaker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.speech.words import Span

__all__ = ["Mention", "beginning", "ending"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase: ``words[low:high]`` of its sentence.

    Attributes:
        kind: ``role`` is an office without a name ("the mayor"), ``many`` more than one speaker.
        name: code-point offsets of the name, None without one.
        role: code-point offsets of the office, None without one.
        organisation: code-point offsets of the office's body or place, None without one.
        head: for a pronoun the pronoun, for an office its words, in small letters.
        indefinite: somebody new, not named: "an official".
        description: code-point offsets of all that is told of somebody without a name, the article left out.
    """

    low: int
    high: int
    kind: Literal["person", "body", "role", "pronoun", "many"]
    name: Span | None = None
    role: Span | None = None
    organisation: Span | None = None
    head: str = ""
    indefinite: bool = False
    description: Span | None = None

    @property
    def printed(self) -> Span | None:
        """Where it stands as a speaker: its name, else its description or office; None for a pronoun or several."""
        if self.kind in {"pronoun", "many"}:
            return None
        return self.name or self.description or self.role


def beginning(found: Sequence[Mention], at: int) -> Mention | None:
    """Return the noun phrase that begins with a word of its sentence."""
    return next((mention for mention in found if mention.low == at), None)


def ending(found: Sequence[Mention], at: int) -> Mention | None:
    """Return the noun phrase that ends before a word of its sentence."""
    return next((mention for mention in found if mention.high == at), None)
