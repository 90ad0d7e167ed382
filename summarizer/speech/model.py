"""What is found: a speaker, and a stretch of speech with its place in the article."""

from dataclasses import dataclass
from typing import Literal

from summarizer.speech.words import Span

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
    """One stretch of speech of one speaker.

    Attributes:
        start: code points. Direct speech begins after its opening mark, reported speech after its cue
            (``Gong said that``).
        end: half-open. Direct speech ends before its closing mark, reported speech before the cue or the full
            stop's next sentence that no longer reports him. Several paragraphs of one speaker are one span.
        kind: ``mixed`` is reported speech that holds the speaker's own words in marks; the marks are in the span.
        speaker: None where the article does not settle it.
        cue: where the words stand that tell who speaks, None where none do (speech that runs on, an answer).
        source: where the subject of the verb of saying stands, code points: a name, a body or an office. None for a
            pronoun, a subject left out and several speakers: there `speaker` rests on coreference.
    """

    start: int
    end: int
    kind: Kind
    speaker: Speaker | None
    cue: Span | None = None
    source: Span | None = None
