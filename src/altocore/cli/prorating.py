"""`altocore prorate`: what the parts of a period come to on every basis, side by side."""

from collections.abc import Sequence
from typing import final

from attrs import field, frozen

from altocore.billing.proration import Basis, Slice, cut
from altocore.errors import BadValue
from altocore.text.prorations import render_slices
from altocore.values.anchors import Cadence, anchored_around
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.money import Money
from altocore.values.rounding import Rounding

__all__ = ["Cutting", "slices_page", "slices_value"]


@final
@frozen(kw_only=True)
class Cutting:
    """What is asked: a price, the contract's first day and cycle, the days before which its period is cut, how it is rounded.

    The period is the one that holds the first of the days. The zone is that of the clocks, for the seconds.
    """

    price: Money = field()
    anchor: Day = field()
    cycle: Cycle = field()
    at: tuple[Day, ...] = field()
    rounding: Rounding = field()
    zone: str = field()


def slices_page(asked: Cutting, locale: str) -> str:
    """Return the parts of the period as a page of plain text.

    Raises:
        BadValue: there is no such period, or its days cannot be cut so.
    """
    return render_slices(asked.price, _slices(asked), locale)


def slices_value(asked: Cutting) -> list[dict[str, object]]:
    """Return the parts of the period as plain values, the same in every language.

    Raises:
        BadValue: there is no such period, or its days cannot be cut so.
    """
    return [
        {
            "from": each.stretch.days.start.isoformat(),
            "until": each.stretch.days.end.isoformat(),
            "basis": each.proration.basis.value,
            "used": each.proration.used,
            "of": each.proration.of,
            "exact": str(each.proration.exact / 10**each.amount.currency.minor_digits),
            "rounded": each.proration.amount.decimal,
            "amount": each.amount.decimal,
        }
        for slices in _slices(asked)
        for each in slices
    ]


def _slices(asked: Cutting) -> Sequence[tuple[Slice, ...]]:
    """Return the same cut on each basis."""
    if not asked.at:
        raise BadValue("cut", "at least one day is needed")
    if not isinstance(asked.cycle, Cadence):
        raise BadValue("cycle", "what is sold once has no period")
    whole = anchored_around(asked.anchor, asked.cycle, asked.at[0])
    return [cut(asked.price, whole, asked.at, basis, asked.rounding, asked.zone) for basis in Basis]
