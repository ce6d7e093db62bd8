"""Plans: what a client can contract, edition by edition.

An edition says all that is sold under one name from a day on: the items with their prices, what may be added, what a bundle
holds, where the plan leads to. It is judged whole when it is made, by the table at the end of this module: what could not be
sold, allocated or honoured later is refused then, by the name of its field.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum, unique
from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.bundles import Part, weights
from altocore.catalogue.items import Addon, AddonKind, PlanItem, Price, SupportPlan
from altocore.catalogue.kinds import Administration, ProductKind, Trait, has_trait
from altocore.errors import BadValue, UnknownKey
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.ids import AddonId, EditionId, PlanId
from altocore.values.money import Money, total
from altocore.values.texts import line

__all__ = ["Courtesy", "PlanEdition", "PlanItem", "Price", "ProductKind", "UpgradeGroup", "edition_on"]

Sold: TypeAlias = tuple[Cycle, Currency]


@final
@unique
class Courtesy(StrEnum):
    """What comes with a hosting plan as a courtesy. Source: CAT-9, `terms/13.c-builder`; CAT-10, `terms/15.a`, `terms/15.d`."""

    WEB_BUILDER = "web_builder"
    MAIL = "mail"


@final
@frozen(kw_only=True)
class UpgradeGroup:
    """The plans of one category that a plan can be upgraded to by itself. Source: CAT-5, `manual/upgrade`."""

    category: str = field(validator=line("category"))
    plans: tuple[PlanId, ...] = field()


@final
@frozen(kw_only=True)
class PlanEdition:
    """One edition of a plan. Its id is derived from what it says, so an edition is never edited, only followed.

    It is made known on the day `published`, and can be ordered from the day `effective` on. `items` are on every invoice,
    the plan itself first; `setup` is on the first one only, where it has a price for the cycle; `addons` are those that the
    client takes. `parts` are what a bundle holds. `free_domain` is the registration price of the domain that comes with it,
    by currency, and empty where none does. `not_refundable` are the cycles in which the plan itself gives up the guarantee.

    Raises:
        BadValue: it does not fit together; the field is named.

    Source: CAT-1, CAT-2, CAT-4 to CAT-11; REN-4, RFD-1.
    """

    id: EditionId = field()
    plan: PlanId = field()
    kind: ProductKind = field()
    published: Day = field()
    effective: Day = field()
    items: tuple[PlanItem, ...] = field()
    setup: PlanItem | None = field()
    addons: tuple[Addon, ...] = field()
    parts: tuple[Part, ...] = field()
    upgrades: tuple[UpgradeGroup, ...] = field()
    free_domain: tuple[Money, ...] = field()
    courtesies: tuple[Courtesy, ...] = field()
    support: SupportPlan = field()
    not_refundable: tuple[Cycle, ...] = field()

    def __attrs_post_init__(self) -> None:
        """Refuse what does not fit together; see the table below."""
        for name, problem, is_wrong in _FAULTS:
            if is_wrong(self):
                raise BadValue(name, problem)

    @property
    def kinds(self) -> frozenset[ProductKind]:
        """The kinds of everything that an invoice of it gives a right to: of its parts, or its own. Source: CAT-4."""
        return frozenset([part.kind for part in self.parts]) or frozenset({self.kind})

    @property
    def sold(self) -> tuple[Sold, ...]:
        """The cycles and currencies in which every item has a price, in the order of the first item's prices."""
        priced = [(price.cycle, price.amount.currency) for price in self.items[0].prices]
        return tuple([(cycle, of) for cycle, of in priced if self.prices(cycle, of)])

    def has_trait(self, trait: Trait) -> bool:
        """Say whether anything in it is of a kind with this trait."""
        return any(has_trait(kind, trait) for kind in self.kinds)

    def prices(
        self, cycle: Cycle, of: Currency, addons: tuple[AddonId, ...] = ()
    ) -> tuple[tuple[PlanItem, Money], ...]:
        """Return every item with its price, then these add-ons; an empty tuple where one has none for this cycle and currency.

        An add-on that the plan does not have is passed over: what may be taken is judged when it is ordered.
        """
        items = self.items if not addons else (*self.items, *[each.item for each in self.addons if each.id in addons])
        priced = [(item, item.price(cycle, of)) for item in items]
        found = tuple([(item, price) for item, price in priced if price is not None])
        return found if len(found) == len(items) else ()

    def list_price(self, cycle: Cycle, of: Currency) -> Money:
        """Return the sum of the items' prices, without add-ons and setup; zero where the plan is not sold so."""
        return total([price for _, price in self.prices(cycle, of)], of)

    def setup_price(self, cycle: Cycle, of: Currency) -> tuple[tuple[PlanItem, Money], ...]:
        """Return the setup with its price, charged once, on the first invoice; an empty tuple where there is none. Source: CAT-11."""  # noqa: E501  # one sentence with its source
        price = None if self.setup is None else self.setup.price(cycle, of)
        return () if self.setup is None or price is None else ((self.setup, price),)

    def addon(self, addon: AddonId) -> Addon | None:
        """Return the add-on with this id; None where the plan has none."""
        return next((each for each in self.addons if each.id == addon), None)

    def takes(self, addons: Sequence[AddonId], administration: Administration | None) -> bool:
        """Say whether a contract of it may have these: add-ons of the plan, and an administrator for a server alone.

        Source: CAT-7, `terms/16.a`; CAT-11, house.
        """
        is_known = all(self.addon(each) is not None for each in addons)
        return is_known and (administration is not None) is self.has_trait(Trait.SERVER)

    def support_with(self, addons: Sequence[AddonId]) -> SupportPlan:
        """Return how a service of this plan with these add-ons is supported: the best of what it has. Source: CAT-8."""
        brought = [each.support for each in self.addons if each.id in addons]
        return max([self.support, *brought], key=_SUPPORT.index)

    def registration_price(self, of: Currency) -> Money | None:
        """Return what registering the free domain costs; None where none comes with it, or not in this currency. Source: CAT-6."""  # noqa: E501  # one sentence with its source
        return next((price for price in self.free_domain if price.currency is of), None)

    def upgrade_category(self, target: PlanId) -> str | None:
        """Return the category under which this plan leads to that one by itself; None where it does not. Source: CAT-5."""
        return next((group.category for group in self.upgrades if target in group.plans), None)

    @property
    def is_never_refunded(self) -> bool:
        """Whether nothing in it is of a kind that is refunded. Source: RFD-2, `terms/4.d`."""
        return all(has_trait(kind, Trait.NEVER_REFUNDED) for kind in self.kinds)

    def is_refundable(self, cycle: Cycle) -> bool:
        """Say whether the guarantee of the terms, if they give one, is for this plan in this cycle. Source: RFD-1, RFD-2."""
        return not self.is_never_refunded and cycle not in self.not_refundable


def edition_on(editions: Sequence[PlanEdition], day: Day) -> PlanEdition:
    """Return the edition that is ordered on this day: the latest published and effective by it, else the first to come.

    Whether one that is still to come can be ordered is judged, not decided here.

    Raises:
        UnknownKey: there are no editions.

    Source: REN-4, "before the first invoice, those of the order".
    """
    if not editions:
        raise UnknownKey("plan", "no edition of it is stored")
    begun = [each for each in editions if max(each.published, each.effective) <= day]
    if begun:
        return max(begun, key=lambda each: (each.effective, each.published, each.id))
    return min(editions, key=lambda each: (max(each.published, each.effective), each.id))


_SUPPORT: Final = tuple(SupportPlan)


def _repeats(values: Sequence[object]) -> bool:
    return len(set(values)) < len(values)


def _is_bundle(plan: PlanEdition) -> bool:
    return plan.kind is ProductKind.BUNDLE


def _weighs_unevenly(plan: PlanEdition) -> bool:
    """Say whether some parts have a weight of their own and others have none."""
    return len({part.weight is None for part in plan.parts}) > 1


def _is_unweighed(plan: PlanEdition) -> bool:
    """Say whether a bundle is sold in a way in which an amount of it could not be told apart."""
    return bool(plan.parts) and not all(weights(plan.parts, cycle, of) for cycle, of in plan.sold)


def _leads_in_circles(plan: PlanEdition) -> bool:
    targets = [target for group in plan.upgrades for target in group.plans]
    return plan.plan in targets or _repeats(targets) or _repeats([group.category for group in plan.upgrades])


def _lacks_registration_price(plan: PlanEdition) -> bool:
    return bool(plan.free_domain) and any(plan.registration_price(of) is None for _, of in plan.sold)


def _manages_no_server(plan: PlanEdition) -> bool:
    manages = any(each.kind is AddonKind.SERVER_MANAGEMENT for each in plan.addons)
    return manages and not plan.has_trait(Trait.SERVER)


_FAULTS: Final[tuple[tuple[str, str, Callable[[PlanEdition], bool]], ...]] = (
    ("items", "a plan needs at least one item", lambda plan: not plan.items),
    ("parts", "a bundle, and nothing else, has parts", lambda plan: bool(plan.parts) != _is_bundle(plan)),
    ("parts", "a bundle holds at least two plans", lambda plan: len(plan.parts) == 1),
    ("parts", "either all have a weight or none", _weighs_unevenly),
    ("parts", "each needs a weight wherever the bundle is sold, or a price", _is_unweighed),
    ("addons", "two with one id", lambda plan: _repeats([each.id for each in plan.addons])),
    ("addons", "server management is for a server", _manages_no_server),
    ("upgrades", "a plan or a category twice, or the plan itself", _leads_in_circles),
    (
        "free_domain",
        "comes with hosting only",
        lambda plan: bool(plan.free_domain) and not plan.has_trait(Trait.HOSTING),
    ),
    ("free_domain", "two for one currency", lambda plan: _repeats([price.currency for price in plan.free_domain])),
    ("free_domain", "must not be negative", lambda plan: any(price.minor < 0 for price in plan.free_domain)),
    ("free_domain", "needs a price in each currency that the plan is sold in", _lacks_registration_price),
    ("courtesies", "one is there twice", lambda plan: _repeats(plan.courtesies)),
    (
        "courtesies",
        "the web builder comes with shared and cloud hosting only",
        lambda plan: Courtesy.WEB_BUILDER in plan.courtesies and not plan.has_trait(Trait.BUILDER),
    ),
    (
        "courtesies",
        "mail comes with hosting only",
        lambda plan: Courtesy.MAIL in plan.courtesies and not plan.has_trait(Trait.HOSTING),
    ),
    (
        "support",
        "a support plan brings professional or full support",
        lambda plan: plan.kind is ProductKind.SUPPORT_PLAN and plan.support is SupportPlan.STANDARD,
    ),
    ("not_refundable", "one is there twice", lambda plan: _repeats(plan.not_refundable)),
)
"""What an edition must not be: the field, the problem, and whether it is so. The first that is so is told."""
