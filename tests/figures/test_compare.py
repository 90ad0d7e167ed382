from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, Side, compare, compared, find, same, write

LANGUAGES = ("en", "it", "zh")
DIRECTIONS = [(one, other) for one in LANGUAGES for other in LANGUAGES if one != other]


def test_opposite_directions_are_not_the_same():
    up, down = (Figure(0, 2, "5%", "percent", Decimal(5), unit="%", direction=way) for way in ("up", "down"))
    assert not same(up, down)
    assert same(up, Figure(0, 2, "5%", "percent", Decimal(5), unit="%"))


def test_figures_found_before_can_be_matched():
    result = compared(Side(find("12 firms", "en")), Side(find("21 imprese", "it")))
    assert [(a.text, b.text) for a, b in result.contradicted] == [("12", "21")]


@settings(deadline=None)
@given(
    value=st.integers(min_value=3, max_value=10**12),
    other=st.integers(min_value=3, max_value=10**12),
    way=st.sampled_from(DIRECTIONS),
)
def test_amounts_agree_exactly_when_they_are_equal(value, other, way):
    source, output = way
    first, second = (Figure(0, 1, "?", "money", Decimal(n), currency="EUR") for n in (value, other))
    result = compare(write(first, source), source, write(second, output), output)
    assert result.clean == (value == other)
