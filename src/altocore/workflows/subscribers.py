"""A subscriber: one client with one contract, as a portfolio lists them; and the page-wise deed that takes it in."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum, unique
from itertools import islice
from typing import final

from attrs import field, frozen

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.plans.plan import Plan
from altocore.ports.store import Store
from altocore.workflows.door import must_be_done
from altocore.workflows.pages import PAGE
from altocore.workflows.registering import plan_client, plan_publication
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.taking_over import TakeOver, plan_take_over

__all__ = ["Intention", "Subscriber", "take_in"]


@final
@unique
class Intention(StrEnum):
    """What a subscriber is known to want: to stay, or to leave with the period that runs."""

    STAY = "stay"
    LEAVE = "leave"


@final
@frozen(kw_only=True)
class Subscriber:
    """One client of a portfolio, the plan it is in, its contract, and whether it is known to leave."""

    client: Client = field()
    plan: PlanEdition = field()
    contract: TakeOver = field()
    intention: Intention = field()


def take_in(
    store: Store, rulebook: Rulebook, subscribers: Iterable[Subscriber], occasion: Occasion
) -> Iterator[Subscriber]:
    """Store the client and the plan of each subscriber, and take over its contract where that runs already.

    Yields each subscriber once it is stored; what was stored before stays as it is. A contract that begins after the
    occasion's day is left to be ordered on its day.

    Raises:
        BadValue: a contract is not one of its plan (its cycle and currency, its add-ons, who administers it), or a client or
            a contract is stored under the same key with other facts.
    """
    source = iter(subscribers)
    while page := list(islice(source, PAGE)):
        must_be_done(store.commit(_plans(rulebook, page, occasion)))
        yield from page


def _plans(rulebook: Rulebook, page: Sequence[Subscriber], occasion: Occasion) -> list[Plan[object]]:
    editions = {each.plan.id: plan_publication(each.plan, occasion) for each in page}
    plans: list[Plan[object]] = [*editions.values(), *[plan_client(each.client, occasion) for each in page]]
    for each in page:
        _must_fit(each)
    runs = [each.contract for each in page if each.contract.anchor <= occasion.day]
    return [*plans, *[plan_take_over(contract, 1, rulebook, occasion) for contract in runs]]


def _must_fit(given: Subscriber) -> None:
    """Refuse a contract that its plan does not sell."""
    plan, contract = given.plan, given.contract
    if not plan.prices(contract.cycle, given.client.currency, contract.addons):
        raise BadValue("plan", "is not sold in the contract's cycle and the client's currency")
    if not plan.takes(contract.addons, contract.administration):
        raise BadValue("contract", "has an add-on or an administration that is not of its plan")
