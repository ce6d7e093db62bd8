"""A portfolio whose services all renew on one day."""

from collections.abc import Iterator
from typing import Final

from altocore.analysis.example import PLANS, PROVIDER
from altocore.clients.clients import CreditUse, new_client
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, Occasion
from altocore.ports.store import Store
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, day
from altocore.values.ids import ClientId
from altocore.values.instants import start_of_day
from altocore.values.provider import LegalParty
from altocore.workflows.day import bill_day
from altocore.workflows.registering import publish
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.taking_over import TakeOver

DUE: Final = day(2025, 1, 5)


def fill(store: Store, count: int) -> None:
    """Store the terms, and as many clients, each with one service that is due on `DUE`."""
    always = day(2000, 1, 1)
    publish(store, [terms_edition(preset(Preset.DEFAULT), published=always, effective=always)])
    taken = take_in(store, load_rulebook(store, PROVIDER), _subscribers(count), _on(day(2025, 1, 1), Actor.STAFF))
    assert len(list(taken)) == count


def bill(store: Store, page: int) -> Report:
    """Bill the day on which everything is due."""
    return bill_day(store, load_rulebook(store, PROVIDER), _on(DUE, Actor.BILLING_RUN), page=page)


def _on(when: Day, actor: Actor) -> Occasion:
    return Occasion(day=when, at=start_of_day(when, PROVIDER.zone), actor=actor)


def _subscribers(count: int) -> Iterator[Subscriber]:
    plan = PLANS["video-500"]
    for number in range(count):
        client = new_client(
            ClientId(f"cli_{number:04d}"),
            legal=LegalParty(name=f"Client {number}", address="Calle Inventada s/n", tax_id=""),
            email=f"client-{number}@clients.example",
            phone="",
            tax_region="AR",
            currency=currency("ARS"),
            locale="es_AR",
            credit_use=CreditUse.APPLY,
            day=day(2024, 12, 15),
        )
        contract = TakeOver(
            key=f"due/{number}",
            client=client.id,
            plan_edition=plan.id,
            cycle=Cadence.MONTHLY,
            anchor=day(2024, 12, 15),
        )
        yield Subscriber(client=client, plan=plan, contract=contract, intention=Intention.STAY)
