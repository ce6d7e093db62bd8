"""A period that remembers its anchor: the same days as `nth_period` gives, the one before the anchor, the months in it."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue
from altocore.testing.strategies import anchored_periods, cadences, days_with_room
from altocore.values.anchors import AnchoredPeriod, Cadence, anchored_around, boundary, nth_period
from altocore.values.days import Day, add_days, day, days_from
from tests import cast

LEAP: Final = AnchoredPeriod(anchor=day(2024, 2, 29), cadence=Cadence.ANNUAL, number=1)


@given(days_with_room(), cadences(), st.integers(0, 15))
def test_a_number_names_the_period_of_the_anchor(anchor: Day, cadence: Cadence, number: int) -> None:
    """REN-1: counted from the anchor, as every other period is."""
    found = AnchoredPeriod(anchor=anchor, cadence=cadence, number=number)
    assert found.period == nth_period(anchor, cadence, number)


@pytest.mark.parametrize(
    ("anchor", "cadence", "start"),
    [
        (day(2025, 3, 31), Cadence.MONTHLY, day(2025, 2, 28)),
        (day(2024, 3, 31), Cadence.MONTHLY, day(2024, 2, 29)),
        (day(2024, 2, 29), Cadence.ANNUAL, day(2023, 2, 28)),
        (day(2025, 1, 1), Cadence.QUARTERLY, day(2024, 10, 1)),
        (day(1970, 2, 1), Cadence.MONTHLY, day(1970, 1, 1)),
    ],
)
def test_the_period_before_the_anchor_ends_on_it(anchor: Day, cadence: Cadence, start: Day) -> None:
    """REN-1: a stub is a part of it; its start is clamped to the month as any other edge is."""
    assert AnchoredPeriod(anchor=anchor, cadence=cadence, number=-1).period == cast.period(start, anchor)


@given(anchored_periods(), st.data())
@example(LEAP, None)
def test_elapsed_months_and_days_lead_to_the_day(whole: AnchoredPeriod, data: st.DataObject | None) -> None:
    """REN-1: the months are edges of the anchor, and the days beyond them fewer than their month has."""
    period = whole.period
    passed = 0 if data is None else data.draw(st.integers(0, period.days))
    until = add_days(period.start, passed)
    months, days, length = whole.elapsed(until)
    assert 0 <= months <= whole.cadence
    assert 0 <= days < length
    if whole.number >= 0:
        edge = boundary(whole.anchor, Cadence.MONTHLY, whole.number * whole.cadence + months)
        assert add_days(edge, days) == until
        following = boundary(whole.anchor, Cadence.MONTHLY, whole.number * whole.cadence + months + 1)
        assert length == (1 if until == period.end else days_from(edge, following))


def test_the_ends_of_a_period_are_no_months_and_all() -> None:
    """REN-1: 28 February 2025 to 28 February 2026, anchored on a 29th."""
    assert LEAP.period == cast.period(day(2025, 2, 28), day(2026, 2, 28))
    assert LEAP.elapsed(day(2025, 2, 28)) == (0, 0, 29)
    assert LEAP.elapsed(day(2025, 3, 28)) == (0, 28, 29)
    assert LEAP.elapsed(day(2025, 3, 29)) == (1, 0, 31)
    assert LEAP.elapsed(day(2026, 2, 28)) == (12, 0, 1)


@pytest.mark.parametrize("outside", [day(2025, 2, 27), day(2026, 3, 1), day(2020, 1, 1), day(2199, 12, 31)])
def test_a_day_outside_has_not_elapsed(outside: Day) -> None:
    """REN-1: neither in the period nor its end."""
    with pytest.raises(BadValue, match="day: must be in the period, or be its end"):
        LEAP.elapsed(outside)


@given(anchored_periods(), st.data())
def test_the_period_around_a_day_is_found(whole: AnchoredPeriod, data: st.DataObject) -> None:
    """REN-1: by any of its days, and its end is the next one's."""
    inside = add_days(whole.period.start, data.draw(st.integers(0, whole.period.days - 1)))
    assert anchored_around(whole.anchor, whole.cadence, inside) == whole
    assert anchored_around(whole.anchor, whole.cadence, whole.period.end).number == whole.number + 1


@pytest.mark.parametrize(("of", "number"), [(day(2025, 2, 28), -1), (day(2025, 3, 30), -1), (day(2025, 3, 31), 0)])
def test_the_days_of_a_stub_have_the_period_that_ends_on_the_anchor(of: Day, number: int) -> None:
    """REN-1: from its first day to the one before the anchor."""
    assert anchored_around(day(2025, 3, 31), Cadence.MONTHLY, of).number == number


def test_a_day_long_before_the_anchor_has_no_period() -> None:
    """REN-1: a stub is shorter than a period."""
    with pytest.raises(BadValue, match="day: must not lie more than a period before the anchor"):
        anchored_around(day(2025, 3, 31), Cadence.MONTHLY, day(2025, 2, 27))


@pytest.mark.parametrize(
    ("anchor", "cadence", "number", "told"),
    [
        (day(2025, 1, 31), Cadence.MONTHLY, -2, "number: must not be below -1, the period that ends on the anchor"),
        (day(1970, 1, 31), Cadence.MONTHLY, -1, "number: the period must lie in the years 1970 to 2199"),
        (day(2199, 12, 1), Cadence.MONTHLY, 0, "number: the period must lie in the years 1970 to 2199"),
    ],
)
def test_no_such_period(anchor: Day, cadence: Cadence, number: int, told: str) -> None:
    """REN-1: refused by name."""
    with pytest.raises(BadValue, match=told):
        AnchoredPeriod(anchor=anchor, cadence=cadence, number=number)


def test_the_last_period_that_there_is() -> None:
    """REN-1: its end is still a day of the table."""
    whole = AnchoredPeriod(anchor=day(2199, 11, 1), cadence=Cadence.MONTHLY, number=0)
    assert whole.elapsed(day(2199, 11, 30)) == (0, 29, 30)
    assert whole.elapsed(day(2199, 12, 1)) == (1, 0, 1)


def test_other_types_are_refused() -> None:
    """REN-1: a bool is no number, a number of months no cadence."""
    with pytest.raises(BadType, match="number: must be an int"):
        AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=True)
    with pytest.raises(BadType, match="cadence: must be a Cadence"):
        AnchoredPeriod(anchor=day(2025, 1, 31), cadence=12, number=0)  # type: ignore[arg-type]  # what is refused
