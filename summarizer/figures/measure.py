"""The measures that `Figure.unit` names, and how they convert into each other."""

from collections.abc import Mapping
from decimal import Decimal

__all__ = ["MEASURES", "converted"]

#: Symbol → (what it measures, how many base units it is). Symbols are those of the SI and common use.
MEASURES: Mapping[str, tuple[str, Decimal]] = {
    "mm": ("length", Decimal("0.001")),
    "cm": ("length", Decimal("0.01")),
    "m": ("length", Decimal(1)),
    "km": ("length", Decimal(1000)),
    "in": ("length", Decimal("0.0254")),
    "ft": ("length", Decimal("0.3048")),
    "yd": ("length", Decimal("0.9144")),
    "mi": ("length", Decimal("1609.344")),
    "m2": ("area", Decimal(1)),
    "km2": ("area", Decimal(1000000)),
    "ha": ("area", Decimal(10000)),
    "acre": ("area", Decimal("4046.86")),
    "mu": ("area", Decimal("666.67")),
    "ft2": ("area", Decimal("0.092903")),
    "mi2": ("area", Decimal("2589988")),
    "m3": ("volume", Decimal(1)),
    "l": ("volume", Decimal("0.001")),
    "ml": ("volume", Decimal("0.000001")),
    "bbl": ("volume", Decimal("0.158987")),
    "g": ("mass", Decimal("0.001")),
    "jin": ("mass", Decimal("0.5")),
    "kg": ("mass", Decimal(1)),
    "t": ("mass", Decimal(1000)),
    "lb": ("mass", Decimal("0.453592")),
    "oz": ("mass", Decimal("0.0283495")),
    "km/h": ("speed", Decimal(1)),
    "mph": ("speed", Decimal("1.609344")),
    "kWh": ("energy", Decimal(1)),
    "MWh": ("energy", Decimal(1000)),
    "GWh": ("energy", Decimal(1000000)),
    "TWh": ("energy", Decimal(1000000000)),
    "kW": ("power", Decimal(1)),
    "MW": ("power", Decimal(1000)),
    "GW": ("power", Decimal(1000000)),
    "second": ("time", Decimal(1)),
    "minute": ("time", Decimal(60)),
    "hour": ("time", Decimal(3600)),
    "day": ("time", Decimal(86400)),
    "week": ("time", Decimal(604800)),
    "month": ("time", Decimal(2629800)),
    "year": ("time", Decimal(31557600)),
    "decade": ("time", Decimal(315576000)),
    "century": ("time", Decimal(3155760000)),
}


_DEGREES = {"°C", "°F", "deg"}


def _degrees(value: Decimal, unit: str, into: str) -> Decimal:
    if "deg" in {unit, into}:
        return value
    return (value - 32) * 5 / 9 if into == "°C" else value * 9 / 5 + 32


def converted(value: Decimal, unit: str, into: str) -> Decimal | None:
    """Return `value` of one measure in another, None when they do not measure the same thing."""
    if unit in _DEGREES and into in _DEGREES:
        return _degrees(value, unit, into)
    source, target = MEASURES.get(unit), MEASURES.get(into)
    if source is None or target is None or source[0] != target[0]:
        return None
    return value * source[1] / target[1]
