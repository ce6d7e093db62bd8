"""An unpaid invoice is cancelled on request; an order whose first invoice is cancelled goes with it."""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingCommand
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.invoice_cancellation import (
    INVOICE_CANCELLATION,
    InvoiceCancellationAccepted,
    InvoiceCancellationFacts,
    InvoiceCancellationRefused,
    decide_invoice_cancellation,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import InvoiceId
from altocore.workflows.closing import closed
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = [
    "InvoiceCancellationCase",
    "cancel_invoice",
    "load_invoice_cancellation",
    "plan_invoice_cancellation",
]

InvoiceCancellationAnswer: TypeAlias = InvoiceCancellationAccepted | InvoiceCancellationRefused


@final
@frozen(kw_only=True)
class InvoiceCancellationCase:
    """An invoice that is to be cancelled, with its standing and its service; `key` names the request."""

    key: str = field()
    invoice: Invoice = field()
    standing: Stored[Standing] = field()
    service: Stored[Service] = field()


def load_invoice_cancellation(reader: Reader, key: str, invoice: InvoiceId) -> InvoiceCancellationCase:
    """Return the case of a request to cancel an invoice.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    standing = one(reader, Standing, invoice, "invoice")
    return InvoiceCancellationCase(
        key=key,
        invoice=one(reader, Invoice, invoice).document,
        standing=standing,
        service=one(reader, Service, standing.document.service),
    )


def plan_invoice_cancellation(
    case: InvoiceCancellationCase, rulebook: Rulebook, occasion: Occasion
) -> Plan[InvoiceCancellationAnswer]:
    """Return the plan of a request to cancel an invoice: its charge taken back, its order ended, the client told."""
    standing, service = case.standing.document, case.service.document
    facts = InvoiceCancellationFacts(
        actor=occasion.actor,
        kind=standing.kind,
        standing=standing.state,
        settled=standing.settled,
        service=service.state,
    )
    answer = decide_invoice_cancellation(facts, None)
    deed = claim("invoice_cancellation", case.key, standing.id)
    rules = rests_on(INVOICE_CANCELLATION, facts, None)
    if isinstance(answer, InvoiceCancellationRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    after, postings = closed(standing, case.invoice, StandingCommand.CANCEL, occasion.day)
    told = [message(MessageKind.INVOICE_CANCELLED, standing.client, standing.id, standing.id, occasion.day)]
    left, events = service.without(standing.id), list[ServiceEvent]()
    if answer.services:
        left, event = moved(left, ServiceCommand.CANCEL, occasion, standing.id)
        events.append(event)
        told.append(message(MessageKind.SERVICE_CANCELLED, service.client, service.id, event.id, occasion.day))
    writes: tuple[Document, ...] = (after, with_agenda(left, rulebook.editions), *events)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Standing, standing.id, case.standing.version),
            Expect(Service, service.id, case.service.version),
            *[Expect(ServiceEvent, event.id, 0) for event in events],
        ),
        writes=writes,
        postings=postings,
        messages=tuple(told),
        rests_on=rules,
        occasion=occasion,
    )


def cancel_invoice(
    store: Store, rulebook: Rulebook, key: str, invoice: InvoiceId, occasion: Occasion
) -> Result[InvoiceCancellationAnswer]:
    """Cancel an unpaid invoice on request; `key` is the caller's own name for the request, which counts once.

    Raises:
        UnknownKey: no such invoice is stored.
        BadValue: the key was used before, for another invoice.
    """
    deed = claim("invoice_cancellation", key, invoice)
    return perform(
        store,
        deed,
        lambda reader: plan_invoice_cancellation(load_invoice_cancellation(reader, key, invoice), rulebook, occasion),
    )
