"""Bundles: plans sold as one service, and what each of them weighs when an amount of the whole has to be told apart.

A bundle is one service with one state, one price and one invoice (LIF-9, CAT-4). Its parts are remembered by what they were
when the edition of the bundle was written: a part that becomes dearer later moves no share of what was sold before (REN-4).
"""

from collections.abc import Sequence
from typing import final

from attrs import field, frozen

from altocore.catalogue.items import Price
from altocore.catalogue.kinds import ProductKind
from altocore.errors import BadType, BadValue, UnknownKey
from altocore.values.allocation import allocate
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle
from altocore.values.ids import PlanId
from altocore.values.money import Money
from altocore.values.texts import line

__all__ = ["Part", "shares", "weights"]


@final
@frozen(kw_only=True)
class Part:
    """One plan of a bundle: its name, its kind, its list prices when the bundle was written, and a weight if it has one.

    Where `weight` is None, the list price of the same cycle weighs, in minor units.

    Raises:
        BadType: the weight is no int.
        BadValue: the weight is negative, the name is no line of text, or the part is a bundle itself.

    Source: LIF-9, house.
    """

    plan: PlanId = field()
    name: str = field(validator=line("name"))
    kind: ProductKind = field()
    prices: tuple[Price, ...] = field()
    weight: int | None = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a bundle within a bundle, and a weight that is none."""
        if self.kind is ProductKind.BUNDLE:
            raise BadValue("kind", "a bundle holds no bundle")
        if self.weight is None:
            return
        if type(self.weight) is not int:
            raise BadType("weight", "must be an int")
        if self.weight < 0:
            raise BadValue("weight", "must not be negative")


def weights(parts: Sequence[Part], cycle: Cycle, of: Currency) -> tuple[int, ...]:
    """Return what each part weighs in this cycle and currency; nothing where one of them weighs nothing known.

    Source: LIF-9, "weights are the bundle's own; default the parts' list prices on the same cycle".
    """
    found = [_weight(part, cycle, of) for part in parts]
    known = tuple([weight for weight in found if weight is not None])
    return known if len(known) == len(parts) and any(known) else ()


def shares(parts: Sequence[Part], amount: Money, cycle: Cycle) -> tuple[tuple[Part, Money], ...]:
    """Return what of an amount falls on each part, to the last unit.

    Raises:
        UnknownKey: the bundle is not sold in that cycle and the amount's currency.

    Source: LIF-9, house.
    """
    found = weights(parts, cycle, amount.currency)
    if not found:
        raise UnknownKey("cycle", "the parts have no weights in this cycle and currency")
    split = allocate(amount.minor, found)
    return tuple([(part, Money(minor, amount.currency)) for part, minor in zip(parts, split, strict=True)])


def _weight(part: Part, cycle: Cycle, of: Currency) -> int | None:
    if part.weight is not None:
        return part.weight
    for price in part.prices:
        if price.cycle is cycle and price.amount.currency is of:
            return price.amount.minor
    return None
