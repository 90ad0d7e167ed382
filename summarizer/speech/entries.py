"""What is known of one person or body, and how words for an office compare."""

from dataclasses import dataclass, field

from summarizer.speech.gender import Gender
from summarizer.speech.model import Speaker

__all__ = ["Entry", "ends_with", "nouns", "short_for"]


@dataclass(slots=True)
class Entry:
    """One person or body, as far as it has been read about."""

    name: str
    start: int
    end: int
    role: str | None = None
    organisation: str | None = None
    head: str = ""
    words: tuple[str, ...] = field(default=())
    gender: Gender = ""

    def speaker(self) -> Speaker:
        """Return what the finder tells of it."""
        return Speaker(self.name, self.role, self.organisation, self.start, self.end)


def short_for(short: str, long: str) -> bool:
    """Tell whether "the minister" may be the unnamed "minister of agriculture" spoken of before."""
    return long == short or long.startswith(f"{short} ") or long.endswith(f" {short}")


def ends_with(words: tuple[str, ...], end: tuple[str, ...]) -> bool:
    """Tell whether a longer name ends with another: Paolo De Santis with De Santis."""
    if len(words) <= len(end) or words[-1] != end[-1]:
        return False
    return [word.lower() for word in words[-len(end) :]] == [word.lower() for word in end]  # "Van der Berg" too


def nouns(head: str) -> set[str]:
    """Return the words of an office and the whole of it."""
    return {head, *head.split()}
