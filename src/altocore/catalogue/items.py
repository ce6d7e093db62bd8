"""Items: what stands on an invoice as a line of its own, with the price of each cycle in each currency; and add-ons."""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle
from altocore.values.ids import AddonId
from altocore.values.money import Money
from altocore.values.texts import line

__all__ = ["Addon", "AddonKind", "PlanItem", "Price", "SupportPlan"]


@final
@frozen(kw_only=True)
class Price:
    """The net price of one item for one whole cycle, or once; the currency is the amount's."""

    cycle: Cycle = field()
    amount: Money = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a price below zero."""
        if self.amount.minor < 0:
            raise BadValue("amount", "a price must not be negative")


@final
@frozen(kw_only=True)
class PlanItem:
    """One item of a plan, an invoice line of its own: the plan itself, what comes with it, its setup, an add-on (CAT-11)."""

    name: str = field(validator=line("name"))
    prices: tuple[Price, ...] = field()

    def __attrs_post_init__(self) -> None:
        """Refuse two prices for one cycle in one currency."""
        if len({(price.cycle, price.amount.currency) for price in self.prices}) < len(self.prices):
            raise BadValue("prices", "two for one cycle in one currency")

    def price(self, cycle: Cycle, of: Currency) -> Money | None:
        """Return the price for this cycle in this currency; None where it has none."""
        for price in self.prices:
            if price.cycle is cycle and price.amount.currency is of:
                return price.amount
        return None


@final
@unique
class SupportPlan(StrEnum):
    """How a service is supported, the least first; the first is included in every service. Source: CAT-8, `manual/support-plans`."""  # noqa: E501  # one sentence with its source

    STANDARD = "standard"
    PROFESSIONAL = "professional"
    FULL = "full"


@final
@unique
class AddonKind(StrEnum):
    """What an add-on is, where a rule asks for it. Source: CAT-1, CAT-11; OTHER is house."""

    SERVER_MANAGEMENT = "server_management"
    SUPPORT = "support"
    OTHER = "other"


@final
@frozen(kw_only=True)
class Addon:
    """What a client may take with a plan: a line of its service, co-termed with it. `id` is unique within the plan.

    `support` is the support plan that it brings; an add-on that is no support plan brings what every service has.

    Raises:
        BadValue: its support does not fit its kind.

    Source: CAT-11, house; CAT-8, `manual/support-plans`.
    """

    id: AddonId = field()
    kind: AddonKind = field()
    item: PlanItem = field()
    support: SupportPlan = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a support plan that brings nothing, and a support that something else brings."""
        if (self.kind is AddonKind.SUPPORT) is (self.support is SupportPlan.STANDARD):
            raise BadValue("support", "a support add-on, and no other, brings professional or full support")
