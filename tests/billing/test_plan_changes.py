"""The arithmetic of plan changes: the source's own example in each reading, and the laws that every reading keeps."""

from fractions import Fraction
from typing import Final

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.plan_changes import (
    FreshTerm,
    Held,
    Listed,
    PriceDifferences,
    fresh_term,
    price_differences,
)
from altocore.billing.proration import Basis
from altocore.errors import BadValue
from altocore.terms.options import UpgradeBase
from altocore.testing.strategies import amounts, held_periods, listed_prices, roundings
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.money import Money, money, total
from altocore.values.rounding import Rounding
from tests import cast

PRICES: Final = st.integers(0, 10**10)
HALF_WAY: Final = day(2024, 7, 2)
YEAR: Final = Held(
    whole=AnchoredPeriod(anchor=day(2024, 1, 1), cadence=Cadence.ANNUAL, number=0),
    price=cast.usd("100.00"),
    paid=cast.usd("100.00"),
    tax=cast.usd("21.00"),
)
FROM_THE_31ST: Final = (
    cast.held(anchor=day(2025, 1, 31)),
    cast.held(anchor=day(2025, 1, 31), number=1, paid=cast.usd("0.01")),
)
LEAP: Final = (evolve(YEAR, whole=AnchoredPeriod(anchor=day(2024, 2, 29), cadence=Cadence.ANNUAL, number=0)),)
YEN: Final = (evolve(YEAR, price=money("1", "JPY"), paid=money("1", "JPY"), tax=money("0", "JPY")),)
BASES: Final = st.sampled_from([Basis.FLAT, Basis.ACTUAL_DAYS])


def within(held: tuple[Held, ...], place: int) -> Day:
    """Return a day of the running period."""
    period = held[0].whole.period
    return add_days(period.start, place % period.days)


def worked(  # noqa: PLR0913, PLR0917  # every choice of the reading
    held: tuple[Held, ...], price: Money, base: UpgradeBase, basis: Basis, place: int, rounding: Rounding
) -> PriceDifferences:
    """Return the differences on a day of the running period."""
    return price_differences(held, price, base, basis, rounding, within(held, place))


def test_the_sources_own_example_in_each_reading() -> None:
    """UPG-1: 100 paid for a year, half-way to a plan of 150: 50; or 25; or 150 less the unconsumed 50."""
    price, up = cast.usd("150.00"), Rounding.HALF_UP
    full = price_differences((YEAR,), price, UpgradeBase.PAID, Basis.FLAT, up, HALF_WAY)
    by_days = price_differences((YEAR,), price, UpgradeBase.LIST_PRICE, Basis.ACTUAL_DAYS, up, HALF_WAY)
    fresh = fresh_term((YEAR,), price, up, HALF_WAY)
    assert (full.charge, by_days.charge) == (cast.usd("50.00"), cast.usd("25.00"))
    assert (fresh.credited, fresh.charge, fresh.rest) == (cast.usd("50.00"), cast.usd("100.00"), cast.usd("0.00"))


@given(held_periods(), PRICES, st.sampled_from(UpgradeBase), BASES, st.integers(0, 10**4), roundings())
@example(FROM_THE_31ST, 15000, UpgradeBase.PAID, Basis.FLAT, 27, Rounding.HALF_UP)
@example(LEAP, 1, UpgradeBase.LIST_PRICE, Basis.ACTUAL_DAYS, 365, Rounding.UP)
@example(YEN, 2, UpgradeBase.PAID, Basis.ACTUAL_DAYS, 183, Rounding.HALF_UP)
def test_a_difference_is_never_below_zero_and_never_credit(  # noqa: PLR0913, PLR0917  # every choice of the reading
    held: tuple[Held, ...], minor: int, base: UpgradeBase, basis: Basis, place: int, rounding: Rounding
) -> None:
    """UPG-3: a full or a prorated difference below zero is zero, without credit; it is at most the whole price a period."""
    price = Money(minor, held[0].price.currency)
    found = worked(held, price, base, basis, place, rounding)
    assert all(0 <= each.amount.minor <= price.minor for each in found.periods)
    assert found.rest.minor == 0
    assert found.charge == total([each.amount for each in found.periods], price.currency)
    for each, own in zip(found.periods, held, strict=True):
        counted = own.paid if base is UpgradeBase.PAID else own.price
        assert each.counted == counted
        assert each.part.price.minor == max(0, price.minor - counted.minor)


@given(held_periods(), PRICES, PRICES, st.sampled_from(UpgradeBase), BASES, st.integers(0, 10**4))
@example(FROM_THE_31ST, 10000, 1, UpgradeBase.PAID, Basis.ACTUAL_DAYS, 0)
def test_a_dearer_plan_never_costs_less(  # noqa: PLR0913, PLR0917  # every choice of the reading
    held: tuple[Held, ...], minor: int, more: int, base: UpgradeBase, basis: Basis, place: int
) -> None:
    """UPG-1: monotone in the price, by difference and as a fresh term."""
    of, today = held[0].price.currency, within(held, place)
    cheap, dear = Money(minor, of), Money(minor + more, of)
    up = Rounding.HALF_UP
    assert worked(held, cheap, base, basis, place, up).charge <= worked(held, dear, base, basis, place, up).charge
    assert fresh_term(held, cheap, up, today).charge <= fresh_term(held, dear, up, today).charge
    assert fresh_term(held, cheap, up, today).rest >= fresh_term(held, dear, up, today).rest


@given(held_periods(), PRICES, st.integers(0, 10**4), st.integers(1, 400), roundings())
@example(FROM_THE_31ST, 15000, 0, 27, Rounding.HALF_UP)
def test_a_later_day_costs_no_more_by_days_and_leaves_no_more(
    held: tuple[Held, ...], minor: int, place: int, later: int, rounding: Rounding
) -> None:
    """UPG-1: monotone in the days: fewer days left cost less, and less is unconsumed; a full difference is the same."""
    price, period = Money(minor, held[0].price.currency), held[0].whole.period
    early = within(held, place)
    late = min(add_days(early, later), period.last_day)
    list_price = UpgradeBase.LIST_PRICE

    def charge(basis: Basis, today: Day) -> Money:
        return price_differences(held, price, list_price, basis, rounding, today).charge

    assert charge(Basis.ACTUAL_DAYS, late) <= charge(Basis.ACTUAL_DAYS, early)
    assert charge(Basis.FLAT, late) == charge(Basis.FLAT, early)
    assert fresh_term(held, price, rounding, late).credited <= fresh_term(held, price, rounding, early).credited


@given(held_periods(ahead_max=0), PRICES, PRICES, st.integers(0, 10**4), roundings())
@example((YEAR,), 5000, 5000, 183, Rounding.HALF_UP)
def test_two_upgrades_cost_what_one_does(
    held: tuple[Held, ...], more: int, most: int, place: int, rounding: Rounding
) -> None:
    """UPG-1: by days, on one day, but for the two roundings; by a full difference of what was paid, to the cent."""
    (own,), of = held, held[0].price.currency
    middle, last = own.price + Money(more, of), own.price + Money(more + most, of)
    list_price, by_days = UpgradeBase.LIST_PRICE, Basis.ACTUAL_DAYS
    first = worked(held, middle, list_price, by_days, place, rounding).charge
    second = worked((evolve(own, price=middle),), last, list_price, by_days, place, rounding).charge
    at_once = worked(held, last, list_price, by_days, place, rounding).charge
    # Each of the three amounts is less than a unit from what it is exactly.
    assert abs((first + second - at_once).minor) <= 2
    paid = evolve(own, paid=own.price)
    step = worked((paid,), middle, UpgradeBase.PAID, Basis.FLAT, place, rounding).charge
    after = evolve(paid, price=middle, paid=paid.paid + step)
    assert step + worked((after,), last, UpgradeBase.PAID, Basis.FLAT, place, rounding).charge == last - own.price


@given(held_periods(), PRICES, st.integers(0, 10**4), roundings())
@example(FROM_THE_31ST, 1, 27, Rounding.HALF_UP)
@example(YEN, 0, 183, Rounding.UP)
@example(LEAP, 10**6, 1, Rounding.CEILING)
def test_a_fresh_term_balances(held: tuple[Held, ...], minor: int, place: int, rounding: Rounding) -> None:
    """UPG-3, UPG-5: what is unconsumed and what is charged make the price and the rest, to the unit; the rest was paid."""
    price = Money(minor, held[0].price.currency)
    found = fresh_term(held, price, rounding, within(held, place))
    assert found.credited + found.charge == price + found.rest
    assert 0 in {found.charge.minor, found.rest.minor}
    assert 0 <= found.rest.minor <= found.credited.minor
    assert found.credited <= total([each.paid for each in held], price.currency)
    assert found.unconsumed[0].part.fraction <= 1
    assert [each.amount for each in found.unconsumed[1:]] == [each.paid for each in held[1:]]
    assert [each.period for each in found.unconsumed] == [each.whole.period for each in held]


@given(held_periods(), PRICES, st.sampled_from(UpgradeBase), st.integers(0, 10**4), roundings())
def test_a_period_that_is_paid_ahead_counts_whole(
    held: tuple[Held, ...], minor: int, base: UpgradeBase, place: int, rounding: Rounding
) -> None:
    """UPG-7: by days too, its own difference is charged in full."""
    price = Money(minor, held[0].price.currency)
    found = worked(held, price, base, Basis.ACTUAL_DAYS, place, rounding)
    flat = worked(held, price, base, Basis.FLAT, place, rounding)
    assert [each.amount for each in found.periods[1:]] == [each.amount for each in flat.periods[1:]]


@given(listed_prices(currency=cast.USD), listed_prices(currency=cast.USD))
def test_a_list_price_is_compared_for_the_same_time(one: Listed, other: Listed) -> None:
    """UPG-9: a price by its months, exactly; never both ways."""
    per_month = Fraction(one.price.minor, one.months) < Fraction(other.price.minor, other.months)
    assert one.is_below(other) is per_month
    assert not (one.is_below(other) and other.is_below(one))
    assert not one.is_below(one)


def test_a_price_of_no_time_is_refused() -> None:
    """UPG-9: it could be compared with nothing."""
    with pytest.raises(BadValue, match="months: must be at least one"):
        Listed(price=cast.usd("1.00"), months=0)


@given(held_periods(), st.integers(0, 10**4), amounts(minor_min=0, minor_max=10**10))
def test_asking_twice_gives_the_same(held: tuple[Held, ...], place: int, price: Money) -> None:
    """UPG-1: a change is a value: equal questions have equal answers."""
    own = Money(price.minor, held[0].price.currency)
    one, other = [fresh_term(held, own, Rounding.HALF_UP, within(held, place)) for _ in range(2)]
    assert one == other
    assert isinstance(one, FreshTerm)
