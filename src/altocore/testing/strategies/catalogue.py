"""Strategies for what is sold: prices, items, add-ons, parts of bundles, editions of plans."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from hypothesis import strategies as st

from altocore.catalogue.bundles import Part
from altocore.catalogue.items import Addon, AddonKind, PlanItem, Price, SupportPlan
from altocore.catalogue.kinds import Administration, ProductKind, Trait, has_trait
from altocore.catalogue.plans import Courtesy, PlanEdition, UpgradeGroup
from altocore.codec.plans import plan_edition
from altocore.testing.strategies.values import amounts, currencies, cycles, days_with_room, given_or, ids, short_texts
from altocore.values.currencies import Currency
from altocore.values.cycles import CYCLES, Cycle
from altocore.values.ids import AddonId, PlanId
from altocore.values.money import Money

__all__ = [
    "PRICE_MAX",
    "TYPES",
    "addons",
    "bundle_parts",
    "plan_editions",
    "plan_items",
    "prices",
]

PRICE_MAX: Final = 10**15
"""The highest price that is drawn unless another is asked for, in minor units: a plan of hundreds of items can be summed."""

_WEIGHT_MAX: Final = 1000
_PARTS: Final = st.sampled_from([kind for kind in ProductKind if kind is not ProductKind.BUNDLE])

_Sold: TypeAlias = tuple[Cycle, Currency]


def prices(
    *, currency: Currency | None = None, cycle: Cycle | None = None, minor_max: int = PRICE_MAX
) -> st.SearchStrategy[Price]:
    """Return a strategy for prices of nothing and more, in this currency and cycle where they are given."""
    asked = given_or(cycle, cycles())
    return st.builds(Price, cycle=asked, amount=amounts(currency=currency, minor_min=0, minor_max=minor_max))


def plan_items(
    *, currency: Currency | None = None, cycle: Cycle | None = None, minor_max: int = PRICE_MAX
) -> st.SearchStrategy[PlanItem]:
    """Return a strategy for items with up to three prices; with a currency or a cycle, one price at least is for it."""
    sold: st.SearchStrategy[tuple[Price, ...]] = st.lists(
        prices(minor_max=minor_max), max_size=3, unique_by=_sold_in
    ).map(tuple)
    if currency is not None or cycle is not None:
        asked = prices(currency=currency, cycle=cycle, minor_max=minor_max)
        sold = st.builds(_with_price, asked, sold)
    return st.builds(PlanItem, name=short_texts(), prices=sold)


def addons(*, kind: AddonKind | None = None, minor_max: int = PRICE_MAX) -> st.SearchStrategy[Addon]:
    """Return a strategy for add-ons; one that is a support plan brings more than every service has, and no other does."""
    kinds = given_or(kind, st.sampled_from([AddonKind.OTHER, AddonKind.SUPPORT, AddonKind.SERVER_MANAGEMENT]))
    return kinds.flatmap(
        lambda drawn: st.builds(
            Addon,
            id=ids(AddonId),
            kind=st.just(drawn),
            item=plan_items(minor_max=minor_max),
            support=_MORE_SUPPORT if drawn is AddonKind.SUPPORT else st.just(SupportPlan.STANDARD),
        )
    )


def bundle_parts(*, weight: int | None = None) -> st.SearchStrategy[Part]:
    """Return a strategy for parts of bundles with a weight of their own, of any kind but a bundle."""
    return st.builds(
        Part,
        plan=ids(PlanId),
        name=short_texts(),
        kind=_PARTS,
        prices=plan_items().map(lambda item: item.prices),
        weight=given_or(weight, st.integers(1, _WEIGHT_MAX)),
    )


@st.composite
def plan_editions(
    draw: st.DrawFn,
    *,
    kind: ProductKind | None = None,
    currency: Currency | None = None,
    cycle: Cycle | None = None,
    minor_max: int = PRICE_MAX,
) -> PlanEdition:
    """Return a strategy for editions of plans, their ids derived; with a currency or a cycle, each is sold so.

    What a kind cannot have, such as a free domain without hosting, is not drawn.
    """
    is_of = draw(given_or(kind, st.sampled_from(ProductKind)))
    asked = None if currency is None and cycle is None else (cycle or draw(cycles()), currency or draw(currencies()))
    items = draw(st.lists(_items_sold(asked, minor_max), min_size=1, max_size=3))
    parts = draw(st.lists(bundle_parts(), min_size=2, max_size=3)) if is_of is ProductKind.BUNDLE else []
    kinds = [part.kind for part in parts] or [is_of]
    name = draw(ids(PlanId))
    return plan_edition(
        name,
        is_of,
        items,
        published=draw(days_with_room()),
        effective=draw(days_with_room()),
        setup=draw(st.none() | plan_items(minor_max=minor_max)),
        addons=draw(st.lists(_addons_of(kinds, minor_max), max_size=2, unique_by=lambda each: each.id)),
        parts=parts,
        upgrades=draw(_upgrades_of(name)),
        free_domain=draw(_free_domain(items)) if _any_has(kinds, Trait.HOSTING) else (),
        courtesies=draw(st.lists(st.sampled_from(found), unique=True)) if (found := _courtesies(kinds)) else (),
        support=draw(_MORE_SUPPORT if is_of is ProductKind.SUPPORT_PLAN else st.sampled_from(SupportPlan)),
        not_refundable=draw(st.lists(st.sampled_from(CYCLES), max_size=2, unique=True)),
    )


_MORE_SUPPORT: Final = st.sampled_from([SupportPlan.PROFESSIONAL, SupportPlan.FULL])


def _items_sold(asked: _Sold | None, minor_max: int) -> st.SearchStrategy[PlanItem]:
    """Return a strategy for items that are all sold in the cycle and currency that is asked for."""
    cycle, currency = asked or (None, None)
    return plan_items(currency=currency, cycle=cycle, minor_max=minor_max)


def _any_has(kinds: Sequence[ProductKind], trait: Trait) -> bool:
    return any(has_trait(kind, trait) for kind in kinds)


def _addons_of(kinds: Sequence[ProductKind], minor_max: int) -> st.SearchStrategy[Addon]:
    any_kind = addons(minor_max=minor_max)
    if _any_has(kinds, Trait.SERVER):
        return any_kind
    return addons(kind=AddonKind.OTHER, minor_max=minor_max) | addons(kind=AddonKind.SUPPORT, minor_max=minor_max)


def _courtesies(kinds: Sequence[ProductKind]) -> list[Courtesy]:
    mail = [Courtesy.MAIL] if _any_has(kinds, Trait.HOSTING) else []
    return [*mail, *([Courtesy.WEB_BUILDER] if _any_has(kinds, Trait.BUILDER) else [])]


def _free_domain(items: Sequence[PlanItem]) -> st.SearchStrategy[tuple[Money, ...]]:
    """Return a strategy for no domain, or for one with a price in each currency that these items know."""
    known = dict.fromkeys(price.amount.currency for item in items for price in item.prices)
    priced = st.tuples(*[amounts(currency=of, minor_min=0, minor_max=PRICE_MAX) for of in known])
    return st.just(()) | priced


def _upgrades_of(plan: PlanId) -> st.SearchStrategy[list[UpgradeGroup]]:
    """Return a strategy for up to two categories, each target in one of them, and never the plan itself."""
    targets = st.lists(ids(PlanId).filter(lambda each: each != plan), max_size=4, unique=True)
    return targets.map(_grouped)


def _grouped(targets: list[PlanId]) -> list[UpgradeGroup]:
    groups = {"larger": tuple(targets[:2]), "other": tuple(targets[2:])}
    return [UpgradeGroup(category=category, plans=plans) for category, plans in groups.items() if plans]


def _sold_in(price: Price) -> _Sold:
    return price.cycle, price.amount.currency


def _with_price(asked: Price, others: tuple[Price, ...]) -> tuple[Price, ...]:
    """Return the prices with this one first, and no other for the same cycle in the same currency."""
    return (asked, *[each for each in others if _sold_in(each) != _sold_in(asked)])


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Addon: addons(),
    AddonKind: st.sampled_from(AddonKind),
    Administration: st.sampled_from(Administration),
    Courtesy: st.sampled_from(Courtesy),
    Part: bundle_parts(),
    PlanItem: plan_items(),
    Price: prices(),
    ProductKind: st.sampled_from(ProductKind),
    SupportPlan: st.sampled_from(SupportPlan),
    Trait: st.sampled_from(Trait),
    UpgradeGroup: st.builds(UpgradeGroup, category=short_texts(), plans=st.lists(ids(PlanId), unique=True).map(tuple)),
}
"""Every public type of this floor."""
