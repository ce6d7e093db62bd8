"""What settles an open invoice, in money or in credit, and what that does to its standing and its service."""

from typing import final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import STANDING, Standing, StandingCommand, StandingState
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.service import Restoration, Service
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import Message, MessageKind, message
from altocore.plans.plan import Expect
from altocore.terms.machines import Illegal, move
from altocore.values.money import Money
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.rulebook import Rulebook

__all__ = ["Consequence", "follows", "is_paid_by", "restored", "settled"]


def settled(standing: Standing, applied: Money, occasion: Occasion) -> Standing:
    """Return the standing after this much met it, which is no more than was open; the same one where nothing did.

    Raises:
        HistoryCorrupt: it is not open, and something is to meet it.
    """
    if applied.minor == 0:
        return standing
    so_far = standing.settled + applied
    if so_far < standing.total:
        return replace(standing, settled=so_far)
    made = move(STANDING, standing.state, StandingCommand.SETTLE)
    if isinstance(made, Illegal):
        raise HistoryCorrupt(standing.id, f"an invoice has no move settle from {standing.state.value}")
    return replace(standing, settled=so_far, state=made.to, closed=occasion.day, next_step=None)


def is_paid_by(before: Standing, after: Standing) -> bool:
    """Say whether what came between paid the last of an invoice."""
    return before.state is StandingState.OPEN and after.state is StandingState.PAID


@final
@frozen(kw_only=True)
class Consequence:
    """What an invoice that is paid makes of its service: the service, the event of that where there is one, whom it tells."""

    service: Service = field()
    events: tuple[ServiceEvent, ...] = field(default=())
    messages: tuple[Message, ...] = field(default=())

    def expects(self, version: int) -> tuple[Expect, ...]:
        """Return what it rests on, where the service was read in this version."""
        return (
            Expect(Service, self.service.id, version),
            *[Expect(ServiceEvent, event.id, 0) for event in self.events],
        )

    @property
    def writes(self) -> tuple[Document, ...]:
        """What it changes."""
        return (self.service, *self.events)


def follows(stored: Stored[Service], paid: Standing, cause: str, rulebook: Rulebook, occasion: Occasion) -> Consequence:
    """Return what follows once this invoice of a service is paid: it is open no more, and the agenda may go on.

    A first invoice lets the service be provisioned; a restoration brings it back.
    """
    service = stored.document
    if service.restoration is not None and service.restoration.invoice == paid.id:
        return restored(service, service.restoration, cause, rulebook, occasion)
    after = with_agenda(service.without(paid.id), rulebook.editions)
    if paid.kind is not InvoiceKind.FIRST:
        return Consequence(service=after)
    told = message(MessageKind.SERVICE_TO_PROVISION, paid.client, paid.service, cause, occasion.day)
    return Consequence(service=after, messages=(told,))


def restored(service: Service, taken: Restoration, cause: str, rulebook: Rulebook, occasion: Occasion) -> Consequence:
    """Return what a restoration that is paid brings about: the service is active, its new contract begins on this day.

    What the old contract left is left behind with it. How often the service was suspended for an overload is a fact of the
    service, as are the provider's faults, which the timelines of its older invoices rest on: both stay.

    Source: LIF-6; PAY-5, "restoration starts a new contract on the day it is paid".
    """
    contract = replace(taken.contract, anchor=occasion.day)
    back, event = moved(service, ServiceCommand.RESTORE, occasion, cause)
    begun = replace(
        back,
        contract=contract,
        earlier=(*service.earlier, service.contract),
        last_period=0,
        terms_edition=contract.terms_edition,
        next_revision=0,
        restoration=None,
    )
    kinds = (MessageKind.SERVICE_TO_RESTORE, MessageKind.SERVICE_RESTORED)
    return Consequence(
        service=with_agenda(begun, rulebook.editions),
        events=(event,),
        messages=tuple([message(kind, service.client, service.id, event.id, occasion.day) for kind in kinds]),
    )
