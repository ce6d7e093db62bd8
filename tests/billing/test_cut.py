"""A period that is cut: what its parts take sums to the price, to the last unit; the last one takes what is left."""

from itertools import pairwise
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.proration import Basis, Slice, cut
from altocore.errors import BadValue
from altocore.testing.strategies import amounts, anchored_periods, cut_days, roundings, zones
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.money import Money, money, total
from altocore.values.rounding import Rounding
from tests import cast

PRICES: Final = amounts(minor_min=0, minor_max=10**12)
FEBRUARY: Final = AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=0)
LEAP: Final = AnchoredPeriod(anchor=day(2024, 2, 29), cadence=Cadence.ANNUAL, number=0)
MARCH: Final = AnchoredPeriod(anchor=day(2025, 3, 1), cadence=Cadence.MONTHLY, number=0)
EACH_DAY: Final = tuple(add_days(FEBRUARY.period.start, count) for count in range(1, 28))


def taken(slices: tuple[Slice, ...]) -> list[str]:
    """Return what each part takes."""
    return [each.amount.decimal for each in slices]


@given(st.data(), anchored_periods(), PRICES, st.sampled_from(Basis), roundings())
def test_the_parts_of_any_cut_sum_to_the_price(
    data: st.DataObject, whole: AnchoredPeriod, price: Money, basis: Basis, rounding: Rounding
) -> None:
    """House: to the last unit, none below zero; they tile the period; but for the last, none takes more than it comes to."""
    at = data.draw(cut_days(whole=whole))
    slices = cut(price, whole, at, basis, rounding, data.draw(zones()))
    assert total([each.amount for each in slices], price.currency) == price
    assert min(each.amount.minor for each in slices) >= 0
    edges = [whole.period.start, *at, whole.period.end]
    assert [(each.stretch.days.start, each.stretch.days.end) for each in slices] == list(pairwise(edges))
    assert all(each.amount <= each.proration.amount for each in slices[:-1])


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("price", [cast.usd("0.01"), money("1", "JPY"), cast.usd("0.15"), cast.usd("100.00")])
@pytest.mark.parametrize(
    ("whole", "at"),
    [
        (FEBRUARY, EACH_DAY),
        (FEBRUARY, (day(2025, 2, 27),)),
        (LEAP, (day(2024, 3, 1), day(2025, 2, 27))),
        (MARCH, (day(2025, 3, 9), day(2025, 3, 10))),
    ],
)
def test_notorious_cuts_sum_too(whole: AnchoredPeriod, at: tuple[Day, ...], price: Money, basis: Basis) -> None:
    """House: 31 January, 29 February, one cent, one yen, a clock-change day; every rounding of a half among them."""
    for rounding in Rounding:
        slices = cut(price, whole, at, basis, rounding, "America/New_York")
        assert total([each.amount for each in slices], price.currency) == price


@given(anchored_periods(), PRICES, st.sampled_from(Basis), roundings())
@example(FEBRUARY, cast.usd("100.00"), Basis.NONE, Rounding.DOWN)
def test_a_period_that_is_not_cut_is_one_part(
    whole: AnchoredPeriod, price: Money, basis: Basis, rounding: Rounding
) -> None:
    """House: which takes the whole price."""
    (only,) = cut(price, whole, (), basis, rounding, "UTC")
    assert (only.amount, only.proration.amount) == (price, price)
    assert only.stretch.days == whole.period


def test_no_part_takes_more_than_is_left() -> None:
    """House: fifteen cents in 28 days are half a cent a day and a little more, and the first fifteen days have it all."""
    slices = cut(cast.usd("0.15"), FEBRUARY, EACH_DAY, Basis.ACTUAL_DAYS, Rounding.HALF_UP, "UTC")
    assert taken(slices) == ["0.01"] * 15 + ["0.00"] * 13
    assert {each.proration.amount.decimal for each in slices} == {"0.01"}


def test_the_last_part_takes_the_rest() -> None:
    """House: a hundred dollars in three parts of ten days of a month of thirty."""
    june = AnchoredPeriod(anchor=day(2025, 6, 1), cadence=Cadence.MONTHLY, number=0)
    thirds = cut(
        cast.usd("100.00"), june, (day(2025, 6, 11), day(2025, 6, 21)), Basis.ACTUAL_DAYS, Rounding.HALF_UP, "UTC"
    )
    assert taken(thirds) == ["33.33", "33.33", "33.34"]
    assert thirds[2].proration.amount == cast.usd("33.33")


def test_flat_is_taken_by_the_first_part_and_none_by_the_last() -> None:
    """House: the two that do not measure."""
    at = (day(2025, 2, 10), day(2025, 2, 20))
    price = cast.usd("100.00")
    assert taken(cut(price, FEBRUARY, at, Basis.FLAT, Rounding.HALF_UP, "UTC")) == ["100.00", "0.00", "0.00"]
    assert taken(cut(price, FEBRUARY, at, Basis.NONE, Rounding.HALF_UP, "UTC")) == ["0.00", "0.00", "100.00"]


@pytest.mark.parametrize(
    "at",
    [
        (day(2025, 1, 31),),
        (day(2025, 2, 28),),
        (day(2025, 3, 1),),
        (day(2025, 2, 10), day(2025, 2, 10)),
        (day(2025, 2, 11), day(2025, 2, 10)),
    ],
)
def test_a_cut_lies_within(at: tuple[Day, ...]) -> None:
    """House: between the period's first day and its end, one behind the other."""
    with pytest.raises(BadValue, match="at: must be days within the period that rise"):
        cut(cast.usd("1.00"), FEBRUARY, at, Basis.ACTUAL_DAYS, Rounding.HALF_UP, "UTC")
