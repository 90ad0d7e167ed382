"""When two figures say the same: the rules, across languages."""

from dataclasses import replace
from decimal import Decimal

from summarizer.figures.figure import Figure
from summarizer.figures.iso import Parts, parts
from summarizer.figures.measure import converted

__all__ = ["rounded", "same", "same_value"]

#: Units that a language may leave out: "Rossi, 57" is 57 years old, "the 65th minute" a place in a row.
_SILENT = {"year", "minute"}
#: 度 is a degree, and a kilowatt-hour of electricity.
_DU = {"deg", "kWh"}
_WARMTH = {"deg", "°C"}
#: Fractions such as a third have no finite decimal form; readings agree to this share of the value.
_ULP = Decimal("1e-9")


def same(source: Figure, output: Figure) -> bool:
    """Tell whether `output` says what `source` says, be it in another language.

    * Values are equal, or `output` is marked as approximate and is `source` rounded to the digits it shows:
      "nearly 180 billion" may stand for 179.8 billion, never the reverse.
    * Currencies agree; one that the text leaves open agrees with any. Units agree, are left out on one side,
      or are measures of the same thing and the values agree once converted (to 2 %).
    * Directions do not contradict each other; a negative percentage is a fall.
    * Fractions and percentages are one thing: a fifth is 20 %. A place in a row may be written as a number.
    * Of dates, `output` may give fewer parts than `source`, not more and not other ones.
    * A figure that cannot be read is the same only as one printed in the same characters.
    """
    if source.suspect or output.suspect:
        return source.text.split() == output.text.split()
    if _fallen(source, output) or _fallen(output, source):
        return True
    if source.direction and output.direction and source.direction != output.direction:
        return False
    return same_value(source, output)


def _fallen(signed: Figure, told: Figure) -> bool:
    """Tell whether one is printed with its minus and the other told as a fall: -2.6 %, down 2.6 %."""
    if signed.number >= 0 or told.direction != "down":
        return False
    return signed.kind == told.kind == "percent" and same_value(replace(signed, value=abs(signed.number)), told)


def same_value(source: Figure, output: Figure) -> bool:
    """`same` without regard to direction."""
    kinds = {source.kind, output.kind}
    if "date" in kinds:
        return _dates(source, output)
    if "money" in kinds:
        currencies = {source.currency, output.currency} - {None}
        return len(kinds) == 1 and len(currencies) < 2 and _values(source.number, output)
    return _percent(source, output) if "percent" in kinds else _numbers(source, output)


def _numbers(source: Figure, output: Figure) -> bool:
    units = {source.unit, output.unit}
    if "deg" in units <= _WARMTH and (_warm(source, output) or _warm(output, source)):
        return True
    if source.unit and output.unit and units != _DU and _root(source.unit) != _root(output.unit):
        return _measures(source.number, source.unit, output.number, output.unit)
    if None in units and len(units) > 1 and not units & _SILENT:
        return False
    return _values(source.number, output)


def _warm(scaleless: Figure, other: Figure) -> bool:
    """Tell whether degrees are Fahrenheit's on the side that names no scale: 80 degrees, 10 degrees more."""
    there, here = scaleless.number, other.number
    return scaleless.unit == "deg" and (_measures(there, "°F", here, "°C") or abs(there * 5 / 9 - here) <= 1)


def _root(unit: str) -> str:
    """Speeds lose their hour: 时速350公里, 350 km/h."""
    return "mi" if unit == "mph" else unit.partition("/")[0]


def _measures(source: Decimal, unit: str, output: Decimal, into: str) -> bool:
    """Converted measures are rounded, to 2 % or to the last digit that either side shows."""
    if "deg" in {unit, into} and source != output:
        unit, into = (part if part != "deg" else "°C" for part in (unit, into))
    value, step = converted(source, unit, into), converted(_step(source), unit, into)
    if value is None or step is None:
        return False
    coarse = Decimal(1) if into in {"°C", "°F"} else step / 2
    slack = min(max(_step(output), coarse), abs(value) / 4)  # cut as often as rounded
    return abs(value - output) <= max(abs(value) * Decimal("0.02"), slack)


def _step(value: Decimal) -> Decimal:
    """The last digit that a value shows: 1 for 42, 0.1 for 4.2."""
    return Decimal(1).scaleb(min(0, int(value.normalize().as_tuple().exponent)))


def _percent(source: Figure, output: Figure) -> bool:
    if source.kind == output.kind:
        return source.unit == output.unit and _values(source.number, output)
    number, percent = (output, source) if source.kind == "percent" else (source, output)
    if number.kind != "number" or number.unit:
        return False
    if percent.unit == "pp":
        return _values(source.number, output)  # ten points
    factor = Decimal(100) if source is number else Decimal("0.01")
    return percent.unit == "%" and 0 < number.number < 1 and _values(source.number * factor, output)


def _values(source: Decimal, output: Figure) -> bool:
    if abs(source - output.number) <= abs(source) * _ULP:
        return True
    return output.approximate and rounded(source, output.number)


def rounded(exact: Decimal, shown: Decimal) -> bool:
    """Tell whether `shown` is `exact` rounded, up or down, to the significant digits that it shows."""
    if (exact < 0) != (shown < 0):
        return False
    step = Decimal(1).scaleb(int(shown.normalize().as_tuple().exponent))
    lost = abs(exact - shown)
    return lost < step and lost <= abs(exact) * Decimal("0.1" if abs(shown) < 1 else "0.05")  # 47 % are nearly half


def _dates(source: Figure, output: Figure) -> bool:
    if source.value == output.value:
        return True
    if source.date and output.date:
        return _within(source.date, output.date)
    return _day_or_year(source, output.date) if output.date else _day_or_year(output, source.date)


def _within(source: str, output: str) -> bool:
    whole, part = parts(source), parts(output)
    if whole is None or part is None:
        return _clock(source, output) or _era(source, output) or _era(output, source)
    return all(given is None or given == known for known, given in zip(whole, part, strict=True))


def _clock(source: str, output: str) -> bool:
    """Half a day apart is the same where one clock has twelve hours."""
    if not (source.startswith("T") and output.startswith("T")):
        return False
    hours = int(source[1:3]) - int(output[1:3])
    return hours % 12 == 0 and source[3:] == output[3:]


def _era(source: str, output: str) -> bool:
    """The '30s are the 1930s; a quarter may lose its year."""
    if source[4:6] == "-Q":
        return output == f"--{source[5:]}"
    if output.endswith("XX") and source.endswith("X"):
        return source[:2] == output[:2]
    decade = source.endswith("X") and output.endswith("X")
    return decade and "XX" in {source[:2], output[:2]} and source[2] == output[2] != "X"


def _day_or_year(number: Figure, dated: str) -> bool:
    """A bare number or ordinal may be a year, a day, an hour or a decade: the 24th, 24日, at six, his 40s."""
    if number.kind not in {"number", "ordinal"} or number.number != number.number.to_integral_value():
        return False
    whole = int(number.number)
    if dated.startswith("T"):
        hour = int(dated[1:3])
        return dated.endswith(":00") and whole in {hour, hour - 12}
    if dated.startswith("XX"):
        return whole == int(dated[2]) * 10
    own = parts(dated)  # 14日 is a day, or 14 days
    day = number.unit in {None, "day"} and own == Parts(None, None, whole)
    return day or (number.unit in {None, "year"} and own == Parts(whole, None, None))
