"""One field of an office's own: what stands in it, and how that is proved."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

__all__ = ["PROOFS", "ROOM", "SENTENCES", "Field", "Proof"]

#: How a field is proved: ``quote``, ``name``, ``figure`` and ``date`` are cut out of the article by the program,
#: ``choice`` is one of a list, ``text`` is written and held against the sentences that say it.
Proof = Literal["quote", "name", "figure", "date", "choice", "text"]
PROOFS: tuple[Proof, ...] = get_args(Proof)
#: Characters that a value may have at most, by its proof: what a headline, a name or a quote of a digest has.
ROOM: Mapping[Proof, int] = MappingProxyType(
    {"quote": 720, "name": 120, "figure": 80, "date": 80, "choice": 120, "text": 480}
)

#: What an answer calls the numbers of the sentences that say a row: no field can be called so.
SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row.

    Attributes:
        name: as it stands in the schema.
        proof: how a value of it is proved.
        title: as a reader sees it.
        says: what the model is told about it; empty for nothing.
        most: values at most.
        many: whether it is a list.
        required: whether a row without it is none.
        choices: what it may be; empty where that is open.
        room: characters of a value at most.
    """

    name: str
    proof: Proof
    title: str
    says: str = ""
    most: int = 1
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    room: int = 480
