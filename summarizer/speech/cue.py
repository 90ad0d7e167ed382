"""What a cue is: the words that tell who speaks, with their place."""

from dataclasses import dataclass
from typing import Literal

from summarizer.speech.mention import Mention

__all__ = ["Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue, the verb or phrase of saying with its subject: ``words[low:high]`` of its sentence.

    Attributes:
        side: where what is said stands: ``right`` up to the sentence's end, ``left`` from its start, or ``both``.
        subject: who says it, None when the sentence does not say.
        same: True when the subject is that of the cue before ("…, adding that").
        tied: False for a cue that is a whole sentence and belongs to the speech before it.
        wish: the verb tells of a hope or belief, which a speaker may also do of himself.
        doubtful: it is a cue only if its subject turns out to be a person.
        until: the index of the word before which what is said ends at the latest, None for the sentence's end.
    """

    low: int
    high: int
    side: Literal["left", "right", "both"]
    subject: Mention | None
    same: bool = False
    tied: bool = True
    wish: bool = False
    doubtful: bool = False
    until: int | None = None
