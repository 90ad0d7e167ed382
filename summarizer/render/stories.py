"""The stories of a press review: articles that tell the same one stand together, with what they print otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.digest import Digest, same

__all__ = ["Telling", "tellings"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One digest of a press review.

    Attributes:
        digest: what is told.
        beside: for its reader: who else tells the same story, and at its first article how they differ.
    """

    digest: Digest
    beside: tuple[str, ...] = ()


def tellings(digests: Sequence[Digest]) -> tuple[Telling, ...]:
    """Return digests in the order in which they are read: as given, but those of one story behind its first."""
    of = {member: group for group in same.groups(digests) for member in group.members}
    read = (i for i in range(len(digests)) if i not in of or of[i].members[0] == i)
    order = (member for i in read for member in (of[i].members if i in of else (i,)))
    return tuple(Telling(digests[i], _beside(digests, of[i], i) if i in of else ()) for i in order)


def _beside(digests: Sequence[Digest], group: same.Group, position: int) -> tuple[str, ...]:
    names = same.names_of(digests, group.members)
    others = ", ".join(names[member] for member in group.members if member != position)
    first = f"The same story in {others}."
    if position != group.members[0]:
        return (first,)
    return (first, *(f"They differ: {same.told(each, names)}." for each in group.differs))
