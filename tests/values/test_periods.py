"""Laws of periods: half-open, so that neighbours share an edge and no day."""

import pickle
from typing import Final

import pytest
from attrs import frozen
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue
from altocore.testing.strategies import days, periods, register
from altocore.values.currencies import currency
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.instants import instant
from altocore.values.money import Money
from altocore.values.periods import Period, between

NARROW: Final = days(start=day(2024, 2, 20), end=day(2024, 3, 10))


@given(NARROW, NARROW, NARROW)
def test_a_period_holds_its_start_and_not_its_end(one: Day, other: Day, of: Day) -> None:
    """A day is in a period from the start on, and before the end."""
    start, end = min(one, other), add_days(max(one, other), 1)
    assert (of in Period(start=start, end=end)) == (start <= of < end)


@given(periods())
def test_edges_of_a_period(period: Period) -> None:
    """The start is in, the end is not; the last day is the one before the end."""
    assert period.start in period
    assert period.last_day in period
    assert period.end not in period
    assert add_days(period.last_day, 1) == period.end
    assert (add_days(period.start, -1) in period) is False if period.start > day(1970, 1, 1) else True


@given(NARROW, st.integers(1, 60))
def test_days_are_counted_one_by_one(start: Day, length: int) -> None:
    """A period has as many days as are in it."""
    period = Period(start=start, end=add_days(start, length))
    around = [add_days(start, step) for step in range(-70, 140)]
    assert period.days == length == sum(of in period for of in around)


@given(periods(), st.data())
def test_a_period_cut_in_two_loses_nothing(period: Period, data: st.DataObject) -> None:
    """Two neighbours share an edge, no day is in both, and together they are the whole (I11)."""
    if period.days == 1:
        return
    edge = add_days(period.start, data.draw(st.integers(1, period.days - 1)))
    early, late = Period(start=period.start, end=edge), Period(start=edge, end=period.end)
    assert early.days + late.days == period.days
    assert (edge in early, edge in late) == (False, True)
    assert (early.last_day in early, early.last_day in late) == (True, False)


@given(periods())
def test_trusted_neighbours_are_equal(period: Period) -> None:
    """A period made of two edges of a table is the one made in the open: equal, hashed alike, as frozen."""
    made = between(period.start, period.end)
    assert made == period
    assert hash(made) == hash(period)
    assert (made.days, made.last_day, repr(made)) == (period.days, period.last_day, repr(period))
    with pytest.raises(FrozenInstanceError):
        made.end = made.start  # type: ignore[misc]


@given(NARROW, st.integers(0, 30))
def test_a_period_has_a_day_in_it(start: Day, before: int) -> None:
    """A period that ends where it starts, or earlier, is a BadValue (B4, B5)."""
    with pytest.raises(BadValue) as refused:
        Period(start=start, end=add_days(start, -before))
    assert (refused.value.field, refused.value.problem) == ("period", "must end after it starts")


def test_a_period_shows_as_mathematics_writes_it() -> None:
    """A square bracket on the side that is in, a round one on the side that is not."""
    assert repr(Period(start=day(2024, 2, 1), end=day(2024, 3, 1))) == "[2024-02-01, 2024-03-01)"


@given(periods(), periods())
def test_equal_when_both_edges_are(one: Period, other: Period) -> None:
    """Two periods are equal when they start and end on the same days; pickled, a period is equal too."""
    assert (one == other) == ((one.start, one.end) == (other.start, other.end))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
    assert days_from(one.start, one.end) == one.days


@pytest.mark.parametrize(
    ("start", "end"),
    [(instant("2025-01-01T00:00:00Z"), instant("2025-01-02T00:00:00Z")), ("2025-01-01", "2025-01-02"), (1, 2)],
    ids=["instants", "texts", "ints"],
)
def test_a_period_is_of_days(start: Day, end: Day) -> None:
    """What is no day has no place in a period: instants would count hours (B5)."""
    for edges in ((start, end), (day(2024, 1, 1), end), (start, day(2199, 1, 1))):
        with pytest.raises(BadType) as refused:
            Period(start=edges[0], end=edges[1])
        assert (refused.value.field, refused.value.problem) == ("period", "must be from a Day to a Day")


@frozen(kw_only=True)
class Facts:
    """What a caller of the strategies would build: facts that hold values."""

    period: Period
    price: Money
    day: Day


def test_registered_values_are_built_into_facts() -> None:
    """After `register` hypothesis draws valid periods and money, and builds classes that hold them."""
    register()

    @given(st.from_type(Period), st.builds(Facts))
    def check(period: Period, facts: Facts) -> None:
        assert period.start < period.end
        assert facts.period.start < facts.period.end
        assert facts.price.currency is currency(facts.price.currency.code)

    check()
