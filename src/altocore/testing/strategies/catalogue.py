"""Strategies for what is sold: prices, items, editions of plans."""

from typing import Final, TypeAlias

from hypothesis import strategies as st

from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.codec.plans import plan_edition
from altocore.testing.strategies.values import amounts, cadences, currencies, given_or, ids, short_texts
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.ids import PlanId

__all__ = [
    "PRICE_MAX",
    "TYPES",
    "plan_editions",
    "plan_items",
    "prices",
]

PRICE_MAX: Final = 10**15
"""The highest price that is drawn unless another is asked for, in minor units: a plan of hundreds of items can be summed."""

_Sold: TypeAlias = tuple[Cadence, Currency]


def prices(
    *, currency: Currency | None = None, cycle: Cadence | None = None, minor_max: int = PRICE_MAX
) -> st.SearchStrategy[Price]:
    """Return a strategy for prices of nothing and more, in this currency and cycle where they are given."""
    cycles = given_or(cycle, cadences())
    return st.builds(Price, cycle=cycles, amount=amounts(currency=currency, minor_min=0, minor_max=minor_max))


def plan_items(
    *, currency: Currency | None = None, cycle: Cadence | None = None, minor_max: int = PRICE_MAX
) -> st.SearchStrategy[PlanItem]:
    """Return a strategy for items with up to three prices; with a currency or a cycle, one price at least is for it."""
    sold: st.SearchStrategy[tuple[Price, ...]] = st.lists(
        prices(minor_max=minor_max), max_size=3, unique_by=_sold_in
    ).map(tuple)
    if currency is not None or cycle is not None:
        asked = prices(currency=currency, cycle=cycle, minor_max=minor_max)
        sold = st.builds(_with_price, asked, sold)
    return st.builds(PlanItem, name=short_texts(), prices=sold)


def plan_editions(
    *,
    kind: ProductKind | None = None,
    currency: Currency | None = None,
    cycle: Cadence | None = None,
    minor_max: int = PRICE_MAX,
) -> st.SearchStrategy[PlanEdition]:
    """Return a strategy for editions of plans, their ids derived; with a currency and a cycle, each can be ordered so."""
    kinds = given_or(kind, st.sampled_from(ProductKind))
    if (currency is None) is not (cycle is None):
        # Every item must have its price for the same thing, or none of them could be ordered.
        return st.tuples(currencies(), cadences()).flatmap(
            lambda drawn: plan_editions(
                kind=kind, currency=currency or drawn[0], cycle=cycle or drawn[1], minor_max=minor_max
            )
        )
    items = st.lists(plan_items(currency=currency, cycle=cycle, minor_max=minor_max), min_size=1, max_size=3)
    return st.builds(plan_edition, ids(PlanId), kinds, items)


def _sold_in(price: Price) -> _Sold:
    return price.cycle, price.amount.currency


def _with_price(asked: Price, others: tuple[Price, ...]) -> tuple[Price, ...]:
    """Return the prices with this one first, and no other for the same cycle in the same currency."""
    return (asked, *[each for each in others if _sold_in(each) != _sold_in(asked)])


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    PlanItem: plan_items(),
    Price: prices(),
    ProductKind: st.sampled_from(ProductKind),
}
"""Every public type of this floor."""
