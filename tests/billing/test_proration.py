"""Prorations: each basis measures as it says, agrees with counting one by one, and rounds once."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.proration import Basis, Proration, Stretch, prorate
from altocore.errors import BadType, BadValue
from altocore.testing.strategies import amounts, prorations, roundings, stretches, zones
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.money import Money, money
from altocore.values.rounding import Rounding
from tests import cast

UTC_ZONE: Final = "UTC"
MEASURING: Final = (Basis.ACTUAL_DAYS, Basis.THIRTY_DAYS, Basis.EXACT_MONTHS, Basis.SECONDS)
PRICES: Final = amounts(minor_min=0, minor_max=10**12)


def stretch(anchor: Day, cadence: Cadence, start: Day, end: Day, number: int = 0) -> Stretch:
    """Return some days of a period."""
    whole = AnchoredPeriod(anchor=anchor, cadence=cadence, number=number)
    return Stretch(whole=whole, days=cast.period(start, end))


LAST_OF_FEBRUARY: Final = stretch(day(2025, 1, 31), Cadence.MONTHLY, day(2025, 2, 27), day(2025, 2, 28))
LEAP_DAY: Final = stretch(day(2024, 2, 1), Cadence.MONTHLY, day(2024, 2, 29), day(2024, 3, 1))
CLOCK_CHANGE: Final = stretch(day(2025, 3, 1), Cadence.MONTHLY, day(2025, 3, 9), day(2025, 3, 10))


def of_a_hundred(of: Stretch, basis: Basis, zone: str = UTC_ZONE) -> Proration:
    """Return what a stretch comes to of a hundred dollars."""
    return prorate(cast.usd("100.00"), of, basis, Rounding.HALF_UP, zone)


@pytest.mark.parametrize(
    ("of", "basis", "used", "whole", "amount"),
    [
        # 31 January to 27 February: 28 days, in which the anchor's month ends early.
        (LAST_OF_FEBRUARY, Basis.ACTUAL_DAYS, 1, 28, "3.57"),
        (LAST_OF_FEBRUARY, Basis.THIRTY_DAYS, 3, 30, "10.00"),
        (LAST_OF_FEBRUARY, Basis.EXACT_MONTHS, 1, 28, "3.57"),
        (LAST_OF_FEBRUARY, Basis.SECONDS, 86_400, 2_419_200, "3.57"),
        (LEAP_DAY, Basis.ACTUAL_DAYS, 1, 29, "3.45"),
        (LEAP_DAY, Basis.THIRTY_DAYS, 2, 30, "6.67"),
        # A 31st counts nothing of a month of thirty days.
        (
            stretch(day(2025, 1, 1), Cadence.MONTHLY, day(2025, 1, 31), day(2025, 2, 1)),
            Basis.THIRTY_DAYS,
            0,
            30,
            "0.00",
        ),
        (
            stretch(day(2024, 1, 1), Cadence.ANNUAL, day(2024, 7, 2), day(2025, 1, 1)),
            Basis.ACTUAL_DAYS,
            183,
            366,
            "50.00",
        ),
        (
            stretch(day(2024, 1, 1), Cadence.ANNUAL, day(2024, 7, 2), day(2025, 1, 1)),
            Basis.THIRTY_DAYS,
            179,
            360,
            "49.72",
        ),
        (
            stretch(day(2024, 1, 1), Cadence.ANNUAL, day(2024, 7, 2), day(2025, 1, 1)),
            Basis.EXACT_MONTHS,
            185,
            372,
            "49.73",
        ),
        # From the middle of April to the middle of May, of thirty and of 31 days: half a month and fourteen days.
        (
            stretch(day(2025, 1, 1), Cadence.ANNUAL, day(2025, 4, 16), day(2025, 5, 15)),
            Basis.EXACT_MONTHS,
            15 * 31 + 14 * 30,
            12 * 930,
            "7.93",
        ),
        # A stub before the anchor is a part of the period that ends there.
        (
            stretch(day(2025, 3, 31), Cadence.MONTHLY, day(2025, 3, 17), day(2025, 3, 31), -1),
            Basis.ACTUAL_DAYS,
            14,
            31,
            "45.16",
        ),
    ],
)
def test_a_basis_measures_as_it_says(of: Stretch, basis: Basis, used: int, whole: int, amount: str) -> None:
    """UPG-1: how much of how much, and the amount, rounded once."""
    found = of_a_hundred(of, basis)
    assert (found.used, found.of) == (used, whole)
    assert found.amount == cast.usd(amount)
    assert found.fraction == Fraction(used, whole)


def test_the_day_of_a_clock_change_is_shorter_or_longer() -> None:
    """House: on 9 March 2025 New York skips an hour, and on 2 November 2025 it has one twice; the day's seconds say so."""
    short = of_a_hundred(CLOCK_CHANGE, Basis.SECONDS, "America/New_York")
    assert (short.used, short.of) == (23 * 3600, 31 * 86_400 - 3600)
    long = stretch(day(2025, 11, 1), Cadence.MONTHLY, day(2025, 11, 2), day(2025, 11, 3))
    assert of_a_hundred(long, Basis.SECONDS, "America/New_York").used == 25 * 3600
    assert of_a_hundred(CLOCK_CHANGE, Basis.SECONDS).used == 86_400


@given(stretches())
def test_flat_is_the_whole_and_none_is_nothing(of: Stretch) -> None:
    """House: whatever stretch it is, but that the whole period is the whole."""
    price = cast.usd("100.00")
    assert of_a_hundred(of, Basis.FLAT).amount == price
    assert (of_a_hundred(of, Basis.NONE).amount == price) is (of.days == of.whole.period)
    assert of_a_hundred(of, Basis.NONE).amount.minor in {0, price.minor}


@given(stretches())
@example(LAST_OF_FEBRUARY)
@example(LEAP_DAY)
@example(CLOCK_CHANGE)
def test_counting_day_by_day_gives_the_same(of: Stretch) -> None:
    """UPG-1: a naive count of the days, and of each day as a part of the month that it is in."""
    period = of.whole.period
    days = [add_days(period.start, count) for count in range(period.days)]
    inside = [each for each in days if each in of.days]
    assert of_a_hundred(of, Basis.ACTUAL_DAYS).fraction == Fraction(len(inside), len(days))
    months = sum((Fraction(1, of.whole.elapsed(each)[2]) for each in inside), start=Fraction(0))
    assert of_a_hundred(of, Basis.EXACT_MONTHS).fraction == months / of.whole.cadence


@given(stretches(), zones())
@example(CLOCK_CHANGE, "America/New_York")
def test_seconds_are_those_between_two_midnights(of: Stretch, zone: str) -> None:
    """House: as the standard library's clocks have them; a midnight that is skipped is the end of the gap."""

    def midnight(of_day: Day) -> datetime:
        return datetime(of_day.year, of_day.month, of_day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    found = of_a_hundred(of, Basis.SECONDS, zone)
    assert timedelta(seconds=found.used) == midnight(of.days.end) - midnight(of.days.start)
    whole = of.whole.period
    assert timedelta(seconds=found.of) == midnight(whole.end) - midnight(whole.start)


@given(stretches(), zones(), PRICES, roundings())
def test_the_whole_period_is_the_whole_price(of: Stretch, zone: str, price: Money, rounding: Rounding) -> None:
    """UPG-1: on every basis, whatever the rounding."""
    all_of_it = Stretch(whole=of.whole, days=of.whole.period)
    assert {prorate(price, all_of_it, basis, rounding, zone).amount for basis in Basis} == {price}


@given(stretches(), st.sampled_from(Basis), roundings(), st.integers(0, 10**9), st.integers(0, 10**9))
@example(LAST_OF_FEBRUARY, Basis.ACTUAL_DAYS, Rounding.HALF_UP, 0, 1)
def test_a_higher_price_never_comes_to_less(of: Stretch, basis: Basis, rounding: Rounding, one: int, more: int) -> None:
    """UPG-1: monotone in the price."""
    lower = prorate(Money(one, cast.USD), of, basis, rounding, UTC_ZONE)
    higher = prorate(Money(one + more, cast.USD), of, basis, rounding, UTC_ZONE)
    assert lower.amount <= higher.amount <= higher.price


@given(stretches(), st.sampled_from(MEASURING), PRICES, st.data())
@example(LAST_OF_FEBRUARY, Basis.THIRTY_DAYS, cast.usd("0.01"), None)
def test_more_days_never_come_to_less(of: Stretch, basis: Basis, price: Money, data: st.DataObject | None) -> None:
    """UPG-1: monotone in the days, at both ends."""
    period = of.whole.period
    first = 0 if data is None else data.draw(st.integers(0, (of.days.start - period.start).days))
    longer = cast.period(add_days(period.start, first), period.end)
    inner = prorate(price, of, basis, Rounding.HALF_UP, UTC_ZONE)
    outer = prorate(price, Stretch(whole=of.whole, days=longer), basis, Rounding.HALF_UP, UTC_ZONE)
    assert inner.fraction <= outer.fraction
    assert inner.amount <= outer.amount


@given(prorations())
def test_a_proration_shows_its_working(found: Proration) -> None:
    """UPG-1: the amount is less than a unit from what it comes to exactly, and that is the price times the fraction."""
    assert found.exact == Fraction(found.used, found.of) * found.price.minor
    assert abs(found.exact - found.amount.minor) < 1
    assert found.amount == found.price.scaled(found.used, found.of, found.rounding)
    assert found.of % found.per == 0
    assert found.per == 1 or found.basis is Basis.EXACT_MONTHS


@pytest.mark.parametrize(
    ("price", "rounding", "amount"),
    [
        (cast.usd("0.01"), Rounding.HALF_UP, "0.01"),
        (cast.usd("0.01"), Rounding.HALF_EVEN, "0.00"),
        (cast.usd("0.03"), Rounding.HALF_EVEN, "0.02"),
        (cast.usd("0.01"), Rounding.DOWN, "0.00"),
        (money("1", "JPY"), Rounding.HALF_UP, "1"),
        (money("0.001", "KWD"), Rounding.CEILING, "0.001"),
    ],
)
def test_a_half_is_rounded_as_it_is_asked(price: Money, rounding: Rounding, amount: str) -> None:
    """PAY-13: half a year of one cent, of one yen, of one fils."""
    half = stretch(day(2024, 1, 1), Cadence.ANNUAL, day(2024, 7, 2), day(2025, 1, 1))
    assert prorate(price, half, Basis.ACTUAL_DAYS, rounding, UTC_ZONE).amount.decimal == amount


def test_days_of_another_period_are_no_stretch() -> None:
    """UPG-1: neither before it nor behind it."""
    for start, end in ((day(2025, 1, 30), day(2025, 2, 2)), (day(2025, 2, 27), day(2025, 3, 1))):
        with pytest.raises(BadValue, match="days: must lie within the period"):
            stretch(day(2025, 1, 31), Cadence.MONTHLY, start, end)


@pytest.mark.parametrize(("used", "of"), [(0, 1), (1, 1), (0, 2), (2, 2)])
def test_none_and_all_are_parts(used: int, of: int) -> None:
    """UPG-1: a proration can be written down as well as worked out; of a price of nothing too."""
    for price in ("0.00", "3.00"):
        made = Proration(basis=Basis.FLAT, price=cast.usd(price), used=used, of=of, per=1, rounding=Rounding.HALF_UP)
        assert made.amount.minor == made.price.minor * used // of


def test_what_is_worked_out_is_what_can_be_written_down() -> None:
    """UPG-1: equal, and of one hash, though it was made by another door; a price below zero passes through neither."""
    worked = of_a_hundred(LAST_OF_FEBRUARY, Basis.ACTUAL_DAYS)
    written = Proration(
        basis=Basis.ACTUAL_DAYS, price=cast.usd("100.00"), used=1, of=28, per=1, rounding=Rounding.HALF_UP
    )
    assert worked == written
    assert hash(worked) == hash(written)
    assert of_a_hundred(LEAP_DAY, Basis.NONE).amount.minor == 0
    assert prorate(cast.usd("0.00"), LEAP_DAY, Basis.FLAT, Rounding.UP, UTC_ZONE).amount.minor == 0
    with pytest.raises(BadValue, match="price: must not be negative"):
        prorate(cast.usd("-0.01"), LEAP_DAY, Basis.FLAT, Rounding.UP, UTC_ZONE)


@pytest.mark.parametrize(
    ("used", "of", "per", "price", "told"),
    [
        (-1, 3, 1, "1.00", "used: must be from none to all, of at least one"),
        (4, 3, 1, "1.00", "used: must be from none to all, of at least one"),
        (0, 0, 1, "1.00", "used: must be from none to all, of at least one"),
        (1, 3, 0, "1.00", "used: must be from none to all, of at least one"),
        (1, 3, 1, "-0.01", "price: must not be negative"),
    ],
)
def test_what_is_no_part_is_refused(used: int, of: int, per: int, price: str, told: str) -> None:
    """UPG-1: a fraction is from zero to one, and a price not below zero."""
    with pytest.raises(BadValue, match=told):
        Proration(basis=Basis.ACTUAL_DAYS, price=cast.usd(price), used=used, of=of, per=per, rounding=Rounding.HALF_UP)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_other_types_are_refused(place: int) -> None:
    """UPG-1: a bool is no count."""
    counts: list[int] = [1, 1, 1]
    counts[place] = True
    used, of, per = counts
    with pytest.raises(BadType, match="used, of and per must be ints"):
        Proration(basis=Basis.FLAT, price=cast.usd("1.00"), used=used, of=of, per=per, rounding=Rounding.HALF_UP)
