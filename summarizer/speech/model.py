"""What the finder returns: who said what, and where in the article it stands."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Speaker", "Speech"]

Kind = Literal["direct", "reported", "mixed"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, in the article's own words.

    Attributes:
        name: a person's full name, a body's name, or for somebody unnamed the whole description up to the verb, its
            article left out (``senior Treasury official``).
        role: the office without the body it is held in (``vice president``), None when the article gives none.
        organisation: the body or place of the office, None when the article gives none.
        start: where `name` stands, code points.
        end: half-open.
    """

    name: str
    role: str | None
    organisation: str | None
    start: int
    end: int

    @property
    def unnamed(self) -> bool:
        """Tell whether the name is a description: "senior Treasury official"."""
        return self.role is not None and self.role in self.name


@dataclass(frozen=True, slots=True)
class Speech:
    """One stretch of speech in one voice.

    Attributes:
        start: code points. Direct speech begins after its opening mark, reported speech after its frame
            (``Gong said that``).
        end: half-open. Direct speech ends before its closing mark, reported speech before the frame or the full
            stop's next sentence that is no longer in the voice. Several paragraphs in one voice are one span.
        kind: ``mixed`` is reported speech that holds the speaker's own words in marks; the marks are in the span.
        speaker: None where the article does not settle it.
    """

    start: int
    end: int
    kind: Kind
    speaker: Speaker | None
