"""Plans: what a client can contract, item by item, with the price of each cycle in each currency."""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.anchors import Cadence
from altocore.values.currencies import Currency
from altocore.values.ids import EditionId, PlanId
from altocore.values.money import Money, total
from altocore.values.texts import line

__all__ = ["PlanEdition", "PlanItem", "Price", "ProductKind"]


@final
@unique
class ProductKind(StrEnum):
    """What kind of thing a plan is. Source: CAT-1, `terms/16.b`."""

    SHARED_HOSTING = "shared_hosting"
    CLOUD_HOSTING = "cloud_hosting"
    VIDEO_STREAMING = "video_streaming"


@final
@frozen(kw_only=True)
class Price:
    """The net price of one item for one whole cycle; the currency is the amount's."""

    cycle: Cadence = field()
    amount: Money = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a price below zero."""
        if self.amount.minor < 0:
            raise BadValue("amount", "a price must not be negative")


@final
@frozen(kw_only=True)
class PlanItem:
    """One item of a plan, an invoice line of its own: the plan itself first, then what is added to it (CAT-11)."""

    name: str = field(validator=line("name"))
    prices: tuple[Price, ...] = field()

    def __attrs_post_init__(self) -> None:
        """Refuse two prices for one cycle in one currency."""
        if len({(price.cycle, price.amount.currency) for price in self.prices}) < len(self.prices):
            raise BadValue("prices", "two for one cycle in one currency")

    def price(self, cycle: Cadence, of: Currency) -> Money | None:
        """Return the price for this cycle in this currency; None where it has none."""
        for price in self.prices:
            if price.cycle is cycle and price.amount.currency is of:
                return price.amount
        return None


@final
@frozen(kw_only=True)
class PlanEdition:
    """One edition of a plan. Its id is derived from what it says, so an edition is never edited, only followed."""

    id: EditionId = field()
    plan: PlanId = field()
    kind: ProductKind = field()
    items: tuple[PlanItem, ...] = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a plan of nothing."""
        if not self.items:
            raise BadValue("items", "a plan needs at least one item")

    def prices(self, cycle: Cadence, of: Currency) -> tuple[tuple[PlanItem, Money], ...]:
        """Return every item with its price; an empty tuple where one item has none for this cycle and currency."""
        priced = [(item, item.price(cycle, of)) for item in self.items]
        found = tuple([(item, price) for item, price in priced if price is not None])
        return found if len(found) == len(self.items) else ()

    def list_price(self, cycle: Cadence, of: Currency) -> Money:
        """Return the sum of the items' prices; zero where the plan is not sold so."""
        return total([price for _, price in self.prices(cycle, of)], of)
