"""A portfolio whose services are all due on one day, four of them to a client, and a client with credit to spend."""

from collections.abc import Iterator
from typing import Final

from altocore.analysis.example import PLANS, PROVIDER
from altocore.billing.invoices import invoice_id
from altocore.billing.payments import PaymentNotice
from altocore.billing.standing import Standing
from altocore.clients.clients import Client, CreditUse, new_client
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, Occasion
from altocore.policy.payment import PaymentAccepted
from altocore.ports.store import Store
from altocore.testing.worlds import yes
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, day
from altocore.values.ids import ClientId
from altocore.values.instants import start_of_day
from altocore.values.money import Money
from altocore.values.provider import LegalParty
from altocore.workflows.door import Result
from altocore.workflows.one import one
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.paying import pay
from altocore.workflows.registering import publish, register
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.taking_over import TakeOver

DUE: Final = day(2025, 1, 5)
PER_CLIENT: Final = 4
PLAN: Final = PLANS["video-500"]
SPENDER: Final = ClientId("cli_spender")


def fill(store: Store, services: int) -> None:
    """Store the terms, and as many services that are due on `DUE`."""
    _publish(store)
    taken = take_in(store, load_rulebook(store, PROVIDER), _subscribers(services), on(day(2025, 1, 1), Actor.STAFF))
    assert len(list(taken)) == services


def enrich(store: Store, percent: int) -> Money:
    """Store a client whose credit pays so many hundredths of a month; return that credit.

    It ordered once before, and paid too much.
    """
    _publish(store)
    register(store, _client(SPENDER), on(DUE, Actor.CLIENT))
    assert yes(spend(store, "first"))
    first = one(store, Standing, invoice_id(service_id("first"), 1, 0)).document
    whole = first.open_amount
    credit = Money(whole.minor * percent // 100, whole.currency)
    notice = PaymentNotice(
        gateway="bank",
        transaction="1",
        means="transfer",
        invoice=first.id,
        amount=whole + credit,
        received=DUE,
    )
    took = yes(pay(store, load_rulebook(store, PROVIDER), notice, on(DUE, Actor.GATEWAY)))
    assert isinstance(took, PaymentAccepted)
    return credit


def spend(store: Store, key: str) -> Result[object]:
    """Order a service, whose first invoice spends the client's credit as far as it goes."""
    wanted = Order(key=key, client=SPENDER, plan=PLAN.plan, cycle=Cadence.MONTHLY)
    result: Result[object] = order(store, load_rulebook(store, PROVIDER), wanted, on(DUE, Actor.CLIENT))
    return result


def on(when: Day, actor: Actor) -> Occasion:
    """Return the first instant of a day, for this actor."""
    return Occasion(day=when, at=start_of_day(when, PROVIDER.zone), actor=actor)


def _publish(store: Store) -> None:
    always = day(2000, 1, 1)
    publish(store, [terms_edition(preset(Preset.DEFAULT), published=always, effective=always), PLAN])


def _client(name: ClientId) -> Client:
    return new_client(
        name,
        legal=LegalParty(name=f"Client {name}", address="Calle Inventada s/n", tax_id=""),
        email=f"{name}@clients.example",
        phone="",
        tax_region="AR",
        currency=currency("ARS"),
        locale="es_AR",
        credit_use=CreditUse.APPLY,
        day=DUE,
    )


def _subscribers(services: int) -> Iterator[Subscriber]:
    for number in range(services):
        client = _client(ClientId(f"cli_{number // PER_CLIENT:04d}"))
        contract = TakeOver(
            key=f"due/{number}",
            client=client.id,
            plan_edition=PLAN.id,
            cycle=Cadence.MONTHLY,
            anchor=day(2024, 12, 15),
        )
        yield Subscriber(client=client, plan=PLAN, contract=contract, intention=Intention.STAY)
