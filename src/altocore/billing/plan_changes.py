"""The arithmetic of a plan change: what another plan costs inside a period, in each reading, with its working.

Two ways to count. A *difference* looks at a period: the new price less what is counted for it, whole or the part of the days
left; the period's end stays. A *fresh term* looks at money: what is unconsumed of what was paid goes against a whole term of
the new plan, which starts at once; what is left over becomes credit. Periods that are paid ahead count whole, either way.

Nothing here says whether the change may be made.

Source: UPG-1, UPG-3, UPG-5, `manual/upgrade`, `terms/3.a`; UPG-7, house.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.billing.proration import Basis, Proration, Stretch, prorate
from altocore.errors import BadValue
from altocore.terms.options import UpgradeBase
from altocore.values.anchors import AnchoredPeriod
from altocore.values.days import Day
from altocore.values.money import Money, total
from altocore.values.periods import Period
from altocore.values.rounding import Rounding

__all__ = [
    "Change",
    "FreshTerm",
    "Held",
    "Listed",
    "PriceDifference",
    "PriceDifferences",
    "Unconsumed",
    "fresh_term",
    "price_differences",
]

_ZONE: Final = "UTC"
"""Days are counted alike in every zone."""


@final
@frozen(kw_only=True)
class Listed:
    """What a plan costs by the list, for so many months.

    Raises:
        BadValue: for less than one.
    """

    price: Money = field()
    months: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a price of no time at all, which could be compared with nothing."""
        if self.months < 1:
            raise BadValue("months", "must be at least one")

    def is_below(self, other: "Listed") -> bool:
        """Say whether it costs less than another, for the same time. Source: UPG-9, house."""
        return self.price * other.months < other.price * self.months


@final
@frozen(kw_only=True)
class Held:
    """What a client has of one period: what its plan costs for it by the list, and what was really paid, net and in tax.

    What an upgrade cost inside the period counts as paid; setup and what is sold once do not (UPG-5).
    """

    whole: AnchoredPeriod = field()
    price: Money = field()
    paid: Money = field()
    tax: Money = field()

    def rest(self, today: Day) -> Stretch:
        """Return the days that are left of it from this day on; all of them where it has not begun.

        Raises:
            BadValue: it is over.
        """
        period = self.whole.period
        return Stretch(whole=self.whole, days=Period(start=max(today, period.start), end=period.end))


@final
@frozen(kw_only=True)
class PriceDifference:
    """What one period costs more: the new price less what is counted for it, and the part of that which is charged."""

    period: Period = field()
    price: Money = field()
    counted: Money = field()
    part: Proration = field()

    @property
    def amount(self) -> Money:
        """What is charged for it, never below zero."""
        return self.part.amount


@final
@frozen(kw_only=True)
class PriceDifferences:
    """The difference of the running period, and of each that is paid ahead."""

    periods: tuple[PriceDifference, ...] = field()

    @property
    def charge(self) -> Money:
        """What is charged for all of them, without tax."""
        return total([each.amount for each in self.periods], self.periods[0].price.currency)

    @property
    def rest(self) -> Money:
        """Nothing: a difference never yields credit (UPG-3)."""
        return self.charge - self.charge


@final
@frozen(kw_only=True)
class Unconsumed:
    """What is left of one period that was paid: the part of it, by days."""

    period: Period = field()
    part: Proration = field()

    @property
    def amount(self) -> Money:
        """What goes against the fresh term."""
        return self.part.amount


@final
@frozen(kw_only=True)
class FreshTerm:
    """A whole term of the new plan, and what is unconsumed of each period that was paid."""

    price: Money = field()
    unconsumed: tuple[Unconsumed, ...] = field()

    @property
    def credited(self) -> Money:
        """All that is unconsumed."""
        return total([each.amount for each in self.unconsumed], self.price.currency)

    @property
    def charge(self) -> Money:
        """What is charged beside that, without tax, never below zero."""
        return self.price - min(self.price, self.credited)

    @property
    def rest(self) -> Money:
        """What is left over where the unconsumed money exceeds the price (UPG-3)."""
        return self.credited - min(self.price, self.credited)


Change: TypeAlias = PriceDifferences | FreshTerm
"""What a plan change comes to, in the one way or the other."""


def price_differences(  # noqa: PLR0913, PLR0917  # what is compared, and how
    held: Sequence[Held], price: Money, base: UpgradeBase, basis: Basis, rounding: Rounding, today: Day
) -> PriceDifferences:
    """Return what each of these periods costs more at the new price, which is that of a whole one.

    `FLAT` charges each difference whole, `ACTUAL_DAYS` the part of the days that are left.

    Source: UPG-1, `manual/upgrade`; UPG-7, house.
    """
    found: list[PriceDifference] = []
    for each in held:
        counted = each.paid if base is UpgradeBase.PAID else each.price
        more = price - min(price, counted)
        part = prorate(more, each.rest(today), basis, rounding, _ZONE)
        found.append(PriceDifference(period=each.whole.period, price=price, counted=counted, part=part))
    return PriceDifferences(periods=tuple(found))


def fresh_term(held: Sequence[Held], price: Money, rounding: Rounding, today: Day) -> FreshTerm:
    """Return a fresh term at this price, with what is unconsumed of these periods, by days.

    Source: UPG-1, UPG-3, `terms/3.a`; UPG-5, UPG-7, house.
    """
    unconsumed = [
        Unconsumed(
            period=each.whole.period,
            part=prorate(each.paid, each.rest(today), Basis.ACTUAL_DAYS, rounding, _ZONE),
        )
        for each in held
    ]
    return FreshTerm(price=price, unconsumed=tuple(unconsumed))
