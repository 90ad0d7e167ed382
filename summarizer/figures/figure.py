"""The one value everything here speaks of: a figure as printed, with what it says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

__all__ = ["Direction", "Figure", "Kind"]

Kind = Literal["number", "percent", "money", "date", "ordinal"]
Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A number, percentage, amount of money, ordinal or date, found in a text.

    Attributes:
        start: first code point of the figure in the text.
        end: one past its last code point; ``text[start:end]`` is the field `text`.
        text: the figure as printed, currency, percent sign and magnitude included, unit words not.
        kind: what it counts.
        value: a Decimal, or for dates a string (below), or None when `suspect` leaves nothing to read.
            Percentages are in percent (``7.6`` for 7.6 %), fractions are plain (a fifth is ``0.2``),
            cents and pence are in the currency's main unit (``4.7`` for 470 pence).
        unit: ``%`` or ``pp`` (percentage points) or ``bp`` for percentages; for numbers the symbol of a
            measure (``m2``, ``km``, ``kWh``, ``year`` …, see ``figures/measure.py``), None for counted
            things such as countries or companies; None for money, dates and ordinals.
        currency: ISO 4217 code; None when the text does not say which (bare cents, francs, crowns).
        approximate: the text says about, nearly, more than, at least …
        direction: ``up`` or ``down`` when words beside it say that it rose or fell by or to this.
        suspect: it cannot be right as printed. It may be quoted, never repaired.

    Dates are written as in ISO 8601, parts that the text does not give left out: ``2025-09-14``,
    ``2025-09``, ``2025``, ``--09-14``, ``--09`` (a month of no stated year), ``---14`` (a day of no stated
    month), ``-W-5`` (Friday), ``193X`` (the 1930s), ``19XX`` (the 20th century), ``XX3X`` (the '30s),
    ``2025-Q3``, ``--Q3``, ``T19:30`` (time of day).
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | str | None
    unit: str | None = None
    currency: str | None = None
    approximate: bool = False
    direction: Direction | None = None
    suspect: bool = False

    @property
    def number(self) -> Decimal:
        """The value, 0 for dates and for what cannot be read."""
        return self.value if isinstance(self.value, Decimal) else Decimal(0)

    @property
    def date(self) -> str:
        """The value of a date, empty for all else."""
        return self.value if isinstance(self.value, str) else ""
