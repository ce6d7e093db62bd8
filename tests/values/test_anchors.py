"""Laws of anchored periods: they tile the time line and never lose the anchor's day."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue
from altocore.testing.strategies import cadences, days
from altocore.values.anchors import Cadence, boundaries, boundary, nth_period, period_index
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, add_days, day
from altocore.values.periods import Period

ANCHORS: Final = days(end=day(2140, 1, 1))
NUMBERS: Final = st.integers(0, 15)
END: Final = f"the boundary lies after the year {LAST_YEAR}"


@cache
def months() -> tuple[tuple[date, ...], ...]:
    """Return the days of every supported month, found by walking through the calendar day by day."""
    walked: list[list[date]] = []
    today = date(FIRST_YEAR, 1, 1)
    while today.year <= LAST_YEAR:
        if today.day == 1:
            walked.append([])
        walked[-1].append(today)
        today += timedelta(days=1)
    return tuple(tuple(month) for month in walked)


def counted(anchor: date, steps: int) -> date:
    """Return the anchor's day so many months on, or the last that the month has, from the walked calendar."""
    month = months()[(anchor.year - FIRST_YEAR) * 12 + anchor.month - 1 + steps]
    return month[anchor.day - 1] if anchor.day <= len(month) else month[-1]


@pytest.mark.parametrize("cadence", Cadence, ids=lambda cadence: cadence.name)
def test_every_start_day_for_ten_years(cadence: Cadence) -> None:
    """REN-1, REN-8, CAT-2: every start day of 2024 to 2028, ten years on (I11).

    Boundaries increase and stand on the anchor's day or the month's last; they are those that walking through the
    calendar finds; the periods between them have no gap and no overlap, and each day at an edge knows its period.
    """
    count = -(-120 // cadence.value)
    start, starts = date(2024, 1, 1), 0
    while start.year <= 2028:
        anchor = day(start.year, start.month, start.day)
        edges = boundaries(anchor, cadence, count + 1)
        assert edges == tuple(counted(start, n * cadence.value) for n in range(count + 1))
        assert edges[0] == anchor
        for n, (edge, following) in enumerate(pairwise(edges)):
            assert edge < following
            assert boundary(anchor, cadence, n) == edge
            period = nth_period(anchor, cadence, n)
            assert (period.start, period.end) == (edge, following)
            assert period_index(anchor, cadence, edge) == n
            assert period_index(anchor, cadence, period.last_day) == n
        start += timedelta(days=1)
        starts += 1
    assert starts == 366 + 365 + 365 + 365 + 366


@given(ANCHORS, cadences(), NUMBERS)
def test_day_is_the_anchors_or_the_months_last(anchor: Day, cadence: Cadence, n: int) -> None:
    """REN-1: a boundary lies n cadences on, its day the lesser of the anchor's day and the month's length."""
    edge = boundary(anchor, cadence, n)
    assert edge == counted(anchor, n * cadence.value)
    assert (edge.year - anchor.year) * 12 + edge.month - anchor.month == n * cadence.value
    assert edge.day == anchor.day or (edge.day < anchor.day and add_days(edge, 1).day == 1)


@given(ANCHORS, cadences(), NUMBERS)
def test_periods_tile_the_time_line(anchor: Day, cadence: Cadence, n: int) -> None:
    """REN-1: one period ends where the next one starts, and the first starts on the anchor (REN-8, I11)."""
    period, following = nth_period(anchor, cadence, n), nth_period(anchor, cadence, n + 1)
    assert period.end == following.start
    assert period == Period(start=boundary(anchor, cadence, n), end=boundary(anchor, cadence, n + 1))
    assert nth_period(anchor, cadence, 0).start == anchor


@given(ANCHORS, cadences(), st.integers(0, 12_000))
def test_each_day_has_one_period(anchor: Day, cadence: Cadence, later: int) -> None:
    """REN-1: the period that a day's index names holds the day, and so no other does."""
    of = add_days(anchor, later)
    assert of in nth_period(anchor, cadence, period_index(anchor, cadence, of))


@given(ANCHORS, cadences(), NUMBERS)
def test_index_is_the_inverse(anchor: Day, cadence: Cadence, n: int) -> None:
    """REN-1: the first and the last day of period n have the index n, the day after has the next."""
    period = nth_period(anchor, cadence, n)
    assert period_index(anchor, cadence, period.start) == n
    assert period_index(anchor, cadence, period.last_day) == n
    assert period_index(anchor, cadence, period.end) == n + 1


@given(ANCHORS, cadences(), st.integers(0, 15))
def test_boundaries_are_the_first_ones(anchor: Day, cadence: Cadence, count: int) -> None:
    """REN-1: so many boundaries are those from the first on, each by itself; none are none."""
    assert boundaries(anchor, cadence, count) == tuple(boundary(anchor, cadence, n) for n in range(count))


@given(ANCHORS, cadences(), NUMBERS)
def test_longer_cadences_share_the_boundaries(anchor: Day, cadence: Cadence, n: int) -> None:
    """CAT-2: a cadence of m months has every m-th boundary of the monthly one."""
    assert boundary(anchor, cadence, n) == boundary(anchor, Cadence.MONTHLY, n * cadence.value)


def test_cadences_are_those_of_the_contract() -> None:
    """CAT-2: monthly, semiannual, annual, biennial; quarterly and triennial are house. Their months are stored."""
    assert {cadence.name: cadence.value for cadence in Cadence} == {
        "MONTHLY": 1,
        "QUARTERLY": 3,
        "SEMIANNUAL": 6,
        "ANNUAL": 12,
        "BIENNIAL": 24,
        "TRIENNIAL": 36,
    }


@pytest.mark.parametrize(
    ("anchor", "cadence", "expected"),
    [
        ((2024, 1, 31), Cadence.MONTHLY, "2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31"),
        ((2025, 1, 30), Cadence.MONTHLY, "2025-01-30 2025-02-28 2025-03-30 2025-04-30 2025-05-30"),
        ((2025, 11, 29), Cadence.QUARTERLY, "2025-11-29 2026-02-28 2026-05-29 2026-08-29 2026-11-29"),
        ((2024, 8, 31), Cadence.SEMIANNUAL, "2024-08-31 2025-02-28 2025-08-31 2026-02-28 2026-08-31"),
        ((2024, 2, 29), Cadence.ANNUAL, "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        ((2096, 2, 29), Cadence.BIENNIAL, "2096-02-29 2098-02-28 2100-02-28 2102-02-28 2104-02-29"),
        ((2024, 12, 31), Cadence.TRIENNIAL, "2024-12-31 2027-12-31 2030-12-31 2033-12-31 2036-12-31"),
    ],
)
def test_known_boundaries(anchor: tuple[int, int, int], cadence: Cadence, expected: str) -> None:
    """REN-1: written out: the 31st comes back after February, 29 February after three years, and 2100 is no leap year."""
    assert " ".join(edge.isoformat() for edge in boundaries(day(*anchor), cadence, 5)) == expected


def test_the_last_boundaries() -> None:
    """REN-1: boundaries go as far as days do; a period that would end later is refused, though it starts before."""
    anchor = day(2199, 11, 30)
    assert boundary(anchor, Cadence.MONTHLY, 1) == day(2199, 12, 30)
    assert nth_period(anchor, Cadence.MONTHLY, 0).end == day(2199, 12, 30)
    assert len(boundaries(day(1970, 1, 31), Cadence.MONTHLY, 230 * 12)) == 230 * 12
    assert boundary(day(1970, 1, 31), Cadence.MONTHLY, 230 * 12 - 1) == day(2199, 12, 31)
    assert period_index(anchor, Cadence.MONTHLY, day(2199, 12, 31)) == 1
    for n in (2, 3, 10**30):
        with pytest.raises(BadValue) as refused:
            boundary(anchor, Cadence.MONTHLY, n)
        assert (refused.value.field, refused.value.problem) == ("n", END)
    for start, cadence, n in ((anchor, Cadence.MONTHLY, 1), (day(2199, 12, 1), Cadence.MONTHLY, 0)):
        with pytest.raises(BadValue) as beyond:
            nth_period(start, cadence, n)
        assert (beyond.value.field, beyond.value.problem) == ("n", END)
    with pytest.raises(BadValue, match=END):
        boundaries(anchor, Cadence.MONTHLY, 3)
    with pytest.raises(BadValue, match=END):
        boundary(day(2198, 1, 1), Cadence.BIENNIAL, 1)


@pytest.mark.parametrize("n", [-1, -2, -(10**30)])
def test_nothing_lies_before_the_anchor(n: int) -> None:
    """REN-8: the contract starts on its anchor: no boundary and no period before it (B4)."""
    anchor = day(2024, 1, 31)
    for ask in (boundary, nth_period):
        with pytest.raises(BadValue) as refused:
            ask(anchor, Cadence.MONTHLY, n)
        assert (refused.value.field, refused.value.problem) == ("n", "must not be negative")
    with pytest.raises(BadValue, match="must not be negative"):
        boundaries(anchor, Cadence.MONTHLY, n)


@given(ANCHORS, cadences(), st.integers(1, 400))
def test_a_day_before_the_anchor_has_no_period(anchor: Day, cadence: Cadence, before: int) -> None:
    """REN-8: a day before the contract is in no period of it (B5)."""
    if anchor.toordinal() - before < day(1970, 1, 1).toordinal():
        return
    with pytest.raises(BadValue) as refused:
        period_index(anchor, cadence, add_days(anchor, -before))
    assert (refused.value.field, refused.value.problem) == ("day", "must not lie before the anchor")


@pytest.mark.parametrize("n", [1.0, 0.0, True, False, "1", None], ids=repr)
def test_numbers_are_ints(n: int) -> None:
    """A float, a bool, a text or nothing is no number of a boundary or a period, and no count of boundaries (B1)."""
    for ask, field in ((boundary, "n"), (nth_period, "n"), (boundaries, "count")):
        with pytest.raises(BadType) as refused:
            ask(day(2024, 1, 31), Cadence.MONTHLY, n)
        assert (refused.value.field, refused.value.problem) == (field, "must be an int")
