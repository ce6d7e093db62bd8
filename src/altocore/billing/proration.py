"""Proration: what a part of a period comes to, as a value that shows its working.

There is no one convention. A part of a month is so many of its days to one biller, so many thirtieths to another, so many
seconds to a third; for a plan that goes from 31 January to 28 February they differ by dollars. So each convention is a
*basis* with a name, and a proration holds all that it was computed from: the price, how much of how much, the rounding.
The amount is the price times that fraction, rounded once.

A basis measures a stretch of a period, and does not know what it is for. Two of them do not measure at all: `FLAT` gives
any stretch the whole price, which is what a difference is that is charged in full on any day; `NONE` gives a stretch
nothing unless it is the whole period.

A period that is cut in several parts is another question, for amounts that are rounded one by one do not sum to the price.
There the last part takes what is left, and no part takes more than that.

Source: UPG-1, `manual/upgrade`, `terms/3.a`, by days; the other bases are house.
"""

from collections.abc import Sequence
from enum import StrEnum, unique
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final, assert_never, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.values.anchors import AnchoredPeriod
from altocore.values.days import Day
from altocore.values.instants import microseconds, start_of_day
from altocore.values.money import Money
from altocore.values.periods import Period
from altocore.values.rounding import Rounding

__all__ = ["Basis", "Proration", "Slice", "Stretch", "cut", "prorate"]

_THIRTY: Final = 30
_MICROSECONDS: Final = 1_000_000


@final
@unique
class Basis(StrEnum):
    """How a stretch of a period is measured.

    `ACTUAL_DAYS`: its days, of the days of the period. `THIRTY_DAYS`: each month counts as thirty days; a 31st counts
    nothing, and the end of a shorter month counts for what is missing. `EXACT_MONTHS`: whole months, and the days beyond them
    as a part of the month they are in. `SECONDS`: as clocks in the zone run, so that the day of a clock change is longer or
    shorter. `FLAT`: any stretch is the whole. `NONE`: nothing but the whole period counts.
    """

    ACTUAL_DAYS = "actual_days"
    THIRTY_DAYS = "thirty_days"
    EXACT_MONTHS = "exact_months"
    SECONDS = "seconds"
    FLAT = "flat"
    NONE = "none"


@final
@frozen(kw_only=True)
class Stretch:
    """Some days of a period, together with the period.

    Raises:
        BadValue: they are not all in it.
    """

    whole: AnchoredPeriod = field()
    days: Period = field()

    def __attrs_post_init__(self) -> None:
        """Refuse days that are not of the period."""
        period = self.whole.period
        if self.days.start < period.start or self.days.end > period.end:
            raise BadValue("days", "must lie within the period")


@final
@frozen(kw_only=True)
class Proration:
    """A price, and how much of it a stretch is: `used` of `of`, as the basis counts. `per` of them make one unit of the basis.

    `per` is one but for exact months: five months and fourteen days of a month of 31 are 169 of 372, 31 a month.

    Raises:
        BadType: `used`, `of` or `per` is not an int.
        BadValue: the price is below zero, or the fraction is not from zero to one.
    """

    basis: Basis = field()
    price: Money = field()
    used: int = field()
    of: int = field()
    per: int = field()
    rounding: Rounding = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a part that is no part, and a price below zero, which no plan has."""
        if type(self.used) is not int or type(self.of) is not int or type(self.per) is not int:
            raise BadType("used", "used, of and per must be ints")
        if not 0 <= self.used <= self.of or self.of < 1 or self.per < 1:
            raise BadValue("used", "must be from none to all, of at least one")
        if self.price.minor < 0:
            raise BadValue("price", "must not be negative")

    @property
    def fraction(self) -> Fraction:
        """How much of the whole it is, in lowest terms."""
        return Fraction(self.used, self.of)

    @property
    def exact(self) -> Fraction:
        """The minor units that it comes to before they are rounded."""
        return self.fraction * self.price.minor

    @property
    def amount(self) -> Money:
        """What it comes to, rounded once."""
        return self.price.scaled(self.used, self.of, self.rounding)


_new: Final = object.__new__
_set_basis = Proration.basis.__set__  # type: ignore[attr-defined]  # slots' descriptors, which mypy takes for values
_set_price = Proration.price.__set__  # type: ignore[attr-defined]  # likewise
_set_used = Proration.used.__set__  # type: ignore[attr-defined]  # likewise
_set_of = Proration.of.__set__  # type: ignore[attr-defined]  # likewise
_set_per = Proration.per.__set__  # type: ignore[attr-defined]  # likewise
_set_rounding = Proration.rounding.__set__  # type: ignore[attr-defined]  # likewise


@final
@frozen(kw_only=True)
class Slice:
    """One part of a period that is cut: its stretch, the working of it, and the amount that it takes of the price.

    The amount is that of the working, but for the part that takes what is left.
    """

    stretch: Stretch = field()
    proration: Proration = field()
    amount: Money = field()


def prorate(price: Money, stretch: Stretch, basis: Basis, rounding: Rounding, zone_name: str) -> Proration:
    """Return what this stretch comes to of the period's price. The zone is that of the clocks, and read by `SECONDS` alone.

    >>> from altocore.values.anchors import Cadence
    >>> from altocore.values.days import day
    >>> from altocore.values.money import money
    >>> year = AnchoredPeriod(anchor=day(2024, 1, 1), cadence=Cadence.ANNUAL, number=0)
    >>> rest = Stretch(whole=year, days=Period(start=day(2024, 7, 2), end=day(2025, 1, 1)))
    >>> found = prorate(money("50.00", "USD"), rest, Basis.ACTUAL_DAYS, Rounding.HALF_UP, "UTC")
    >>> found.used, found.of, found.amount
    (183, 366, money('25.00', 'USD'))

    Raises:
        BadValue: the price is below zero, or there is no such zone.

    Source: UPG-1, `manual/upgrade`, `terms/3.a`; house.
    """
    used, of, per = _measured(stretch, basis, zone_name)
    if price.minor < 0:
        raise BadValue("price", "must not be negative")
    # The fraction is one by how it was measured, and the frozen constructor takes as long as all the rest.
    made = _new(Proration)
    _set_basis(made, basis)
    _set_price(made, price)
    _set_used(made, used)
    _set_of(made, of)
    _set_per(made, per)
    _set_rounding(made, rounding)
    return made


def cut(  # noqa: PLR0913, PLR0917  # what is cut, where, and how it is measured
    price: Money, whole: AnchoredPeriod, at: Sequence[Day], basis: Basis, rounding: Rounding, zone_name: str
) -> tuple[Slice, ...]:
    """Return the parts of a period that is cut before each of these days; what they take sums to the price.

    The last part takes what the others leave. A part before it takes what it comes to, and never more than is left.

    Raises:
        BadValue: the days do not rise, or do not lie within the period; the price is below zero; there is no such zone.

    Source: house.
    """
    period = whole.period
    edges = [period.start, *at, period.end]
    if any(first >= second for first, second in pairwise(edges)):
        raise BadValue("at", "must be days within the period that rise")
    left, slices = price, list[Slice]()
    for start, end in pairwise(edges):
        stretch = Stretch(whole=whole, days=Period(start=start, end=end))
        part = prorate(price, stretch, basis, rounding, zone_name)
        amount = left if end == period.end else min(part.amount, left)
        slices.append(Slice(stretch=stretch, proration=part, amount=amount))
        left -= amount
    return tuple(slices)


def _measured(stretch: Stretch, basis: Basis, zone_name: str) -> tuple[int, int, int]:
    """Return how much the stretch is, how much the whole period, and how many of these make a unit."""
    whole, period, days = stretch.whole, stretch.whole.period, stretch.days
    match basis:
        case Basis.ACTUAL_DAYS:
            return days.days, period.days, 1
        case Basis.THIRTY_DAYS:
            return _thirties(whole, days.end) - _thirties(whole, days.start), _THIRTY * whole.cadence, 1
        case Basis.EXACT_MONTHS:
            return _months(stretch)
        case Basis.SECONDS:
            return _seconds(days, zone_name), _seconds(period, zone_name), 1
        case Basis.FLAT:
            return 1, 1, 1
        case Basis.NONE:
            return int(days == period), 1, 1
        case _:
            assert_never(basis)


def _thirties(whole: AnchoredPeriod, until: Day) -> int:
    months, days, _ = whole.elapsed(until)
    return months * _THIRTY + min(days, _THIRTY)


def _months(stretch: Stretch) -> tuple[int, int, int]:
    """Return the stretch in parts of a month so small that both of its ends lie between two of them."""
    months_before, days_before, length_before = stretch.whole.elapsed(stretch.days.start)
    months, days, length = stretch.whole.elapsed(stretch.days.end)
    per = lcm(length_before, length)
    used = (months - months_before) * per + days * (per // length) - days_before * (per // length_before)
    return used, stretch.whole.cadence * per, per


def _seconds(days: Period, zone_name: str) -> int:
    """Return how many seconds pass from the first instant of a period to its end."""
    passed = microseconds(start_of_day(days.end, zone_name)) - microseconds(start_of_day(days.start, zone_name))
    return passed // _MICROSECONDS
