"""What settles an open invoice, in money or in credit, and what that does to its standing and its service."""

from attrs import evolve as replace

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import STANDING, Standing, StandingCommand, StandingState
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.messages import Message, MessageKind, message
from altocore.terms.machines import Illegal, move
from altocore.values.money import Money
from altocore.workflows.moving import with_agenda
from altocore.workflows.rulebook import Rulebook

__all__ = ["is_paid_by", "paid_service", "settled", "to_provision"]


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


def paid_service(service: Service, paid: Standing, rulebook: Rulebook) -> Service:
    """Return the service once this invoice of it is paid: it is open no more, and the agenda may go on."""
    return with_agenda(service.without(paid.id), rulebook.editions)


def to_provision(paid: Standing, cause: str, occasion: Occasion) -> tuple[Message, ...]:
    """Return the message that a service may be provisioned, where it was its first invoice that was paid."""
    if paid.kind is not InvoiceKind.FIRST:
        return ()
    return (message(MessageKind.SERVICE_TO_PROVISION, paid.client, paid.service, cause, occasion.day),)
