"""A subscriber: one client with one contract, as a portfolio lists them; and the page-wise deed that takes it in."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum, unique
from itertools import islice
from typing import final

from attrs import field, frozen

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.contacts import folded
from altocore.clients.holdings import Exclusive
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids
from altocore.policy.registration import Origin
from altocore.ports.store import Store
from altocore.workflows.door import must_be_done
from altocore.workflows.holding import prefetch_holds
from altocore.workflows.pages import PAGE
from altocore.workflows.registering import plan_publication, plan_registration
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

    Its clients signed up elsewhere; each e-mail must be its own here too (CLI-1).

    Yields each subscriber once it is stored; what was stored before stays as it is. A contract that begins after the
    occasion's day is left to be ordered on its day.

    Raises:
        BadValue: a contract is not one of its plan (its cycle and currency, its add-ons, who administers it), or a client or
            a contract is stored under the same key with other facts, or an e-mail belongs to another client.
        Unavailable: somebody else registered or changed one of the clients meanwhile.
    """
    source = iter(subscribers)
    while page := list(islice(source, PAGE)):
        must_be_done(store.commit(_plans(store, rulebook, page, occasion)))
        yield from page


def _plans(store: Store, rulebook: Rulebook, page: Sequence[Subscriber], occasion: Occasion) -> list[Plan[object]]:
    for each in page:
        _must_fit(each)
    editions = {each.plan.id: plan_publication(each.plan, occasion) for each in page}
    clients = _clients(store, [each.client for each in page], occasion)
    runs = [each.contract for each in page if each.contract.anchor <= occasion.day]
    stored = store.select(Client, Ids(tuple(dict.fromkeys([each.client for each in runs]))))
    versions = {each.document.id: each.version for each in stored}
    contracts = [plan_take_over(each, versions.get(each.client, 1), rulebook, occasion) for each in runs]
    return [*editions.values(), *clients, *contracts]


def _clients(store: Store, clients: Sequence[Client], occasion: Occasion) -> Iterator[Plan[object]]:
    """Yield the registration of each client; one that was registered before says what it said then, and is done."""
    overlay = Overlay(store)
    prefetch_holds(overlay, Exclusive.EMAIL, [folded(each.contact.email) for each in clients])
    for client in clients:
        plan = plan_registration(overlay, client, Origin.ELSEWHERE, occasion)
        if plan.writes:
            overlay.apply(plan)
            yield plan
        elif store.claimed(plan.deed.space, plan.deed.key) != plan.deed.digest:
            # Who was registered before may have another e-mail by now, and its first one another client.
            raise BadValue("email", "belongs to another client")


def _must_fit(given: Subscriber) -> None:
    """Refuse a contract that its plan does not sell."""
    plan, contract = given.plan, given.contract
    if not plan.prices(contract.cycle, given.client.currency, contract.addons):
        raise BadValue("plan", "is not sold in the contract's cycle and the client's currency")
    if not plan.takes(contract.addons, contract.administration):
        raise BadValue("contract", "has an add-on or an administration that is not of its plan")
