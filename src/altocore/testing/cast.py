"""A cast of examples: a provider, three plans, two clients, and what they did on two days; for tests, docs and first steps.

All of it is made by altocore's own functions, the same in every run. `opened` and `billed` fill any store with it.
"""

from functools import cache
from typing import Final, final

from attrs import field, frozen

from altocore.adapters.memory import MemoryStore
from altocore.analysis.example import PLANS, PROVIDER, subscribers
from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment, payment_id
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document
from altocore.plans.reading import OfClients
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.testing.worlds import World
from altocore.values.anchors import Cadence
from altocore.values.days import Day, day
from altocore.values.money import money
from altocore.workflows.adjusting import Adjustment, adjust_credit
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.registering import publish, register
from altocore.workflows.rulebook import load_rulebook

__all__ = [
    "CEIBOS",
    "NORTHWIND",
    "PLANS",
    "PROVIDER",
    "TERMS",
    "TODAY",
    "WELCOME",
    "Cast",
    "billed",
    "cast",
    "opened",
]

_FOUNDED: Final = day(2020, 1, 1)
_CLIENTS: Final = {each.client.legal.name: each.client for each in subscribers()}

TODAY: Final = day(2025, 1, 31)
"""The day of the examples: a 31st, which most months do not have."""

CEIBOS: Final[Client] = _CLIENTS["Radio Los Ceibos"]
"""A radio in Argentina, billed in pesos and taxed there."""

NORTHWIND: Final[Client] = _CLIENTS["Northwind Podcasts"]
"""A studio abroad, billed in dollars without tax."""

TERMS: Final[TermsEdition] = terms_edition(preset(Preset.DEFAULT), published=_FOUNDED, effective=_FOUNDED)
"""The preset `default`, in force for years."""


WELCOME: Final = Adjustment(
    key="welcome",
    client=CEIBOS.id,
    direction=Direction.UP,
    amount=money("500.00", "ARS"),
    reason=AdjustmentReason.GOODWILL,
)
"""A credit that staff gave to the radio."""


@final
@frozen(kw_only=True)
class Cast:
    """The documents: an order that waits for its payment, a service that was paid and runs, a credit that staff gave."""

    terms: TermsEdition = field()
    plans: tuple[PlanEdition, ...] = field()
    clients: tuple[Client, ...] = field()
    holdings: tuple[Holding, ...] = field()
    pending: Service = field()
    open_invoice: Invoice = field()
    open_standing: Standing = field()
    active: Service = field()
    paid_invoice: Invoice = field()
    paid_standing: Standing = field()
    payment: Payment = field()
    activation: ServiceEvent = field()
    adjustment: CreditAdjustment = field()

    def documents(self) -> tuple[Document, ...]:
        """Return all of them."""
        return (
            self.terms,
            *self.plans,
            *self.clients,
            *self.holdings,
            self.pending,
            self.open_invoice,
            self.open_standing,
            self.active,
            self.paid_invoice,
            self.paid_standing,
            self.payment,
            self.activation,
            self.adjustment,
        )


def opened(store: Store, *, today: Day = TODAY) -> World:
    """Return a world on this store, in which the provider has its terms and plans published and its two clients registered."""
    publish(store, [TERMS, *PLANS.values()])
    world = World(store=store, rulebook=load_rulebook(store, PROVIDER), today=today)
    for client in (CEIBOS, NORTHWIND):
        register(store, client, world.at(Actor.CLIENT))
    return world


def billed(store: Store, *, today: Day = TODAY) -> World:
    """Return that world after its first orders: `radio` waits for Ceibos to pay, Northwind's `podcast` is paid and runs.

    Ceibos was given a credit after its order, so it waits for the next one.
    """
    world = opened(store, today=today)
    world.order("radio", of=CEIBOS.id, plan=PLANS["video-500"], cycle=Cadence.MONTHLY)
    world.run("podcast", of=NORTHWIND.id, plan=PLANS["cloud-two"], cycle=Cadence.MONTHLY)
    adjust_credit(world.store, world.rulebook, WELCOME, world.at(Actor.STAFF))
    return world


@cache
def cast() -> Cast:
    """Return the documents of the world after its first orders."""
    world = billed(MemoryStore())
    pending, active = service_id("radio"), service_id("podcast")
    (activation,) = world.events(active)
    return Cast(
        terms=TERMS,
        plans=tuple(PLANS.values()),
        clients=(CEIBOS, NORTHWIND),
        holdings=tuple([each.document for each in world.store.select(Holding, OfClients((CEIBOS.id, NORTHWIND.id)))]),
        pending=world.service(pending),
        open_invoice=world.invoice(pending, 0),
        open_standing=world.standing(pending, 0),
        active=world.service(active),
        paid_invoice=world.invoice(active, 0),
        paid_standing=world.standing(active, 0),
        payment=one(world.store, Payment, payment_id("cards", "1")).document,
        activation=activation,
        adjustment=one(world.store, CreditAdjustment, adjustment_id(WELCOME.key)).document,
    )
