"""A paid service is provisioned and becomes active; its periods begin to count."""

from typing import final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import invoice_id
from altocore.billing.standing import Standing, StandingState
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.activation import (
    ACTIVATION,
    ActivationFacts,
    ActivationGranted,
    ActivationRefused,
    decide_activation,
)
from altocore.policy.governing import contract_edition
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["ActivationCase", "activate", "load_activation", "plan_activation"]


@final
@frozen(kw_only=True)
class ActivationCase:
    """A service with the standing of its first invoice; None where the contract was taken over, and that was paid elsewhere."""

    service: Stored[Service] = field()
    first_invoice: Stored[Standing] | None = field()


def load_activation(reader: Reader, service: ServiceId) -> ActivationCase:
    """Return the case of a service.

    Raises:
        UnknownKey: it is not stored.
    """
    stored = one(reader, Service, service)
    service_id, contract = stored.document.id, stored.document.contract
    if contract.first_period > 0:
        return ActivationCase(service=stored, first_invoice=None)
    return ActivationCase(service=stored, first_invoice=_first_invoice(reader, service_id, contract.number))


def _first_invoice(reader: Reader, service: ServiceId, contract: int) -> Stored[Standing]:
    """Return the invoice that the contract begins with: of a restored one, the attempt that was not withdrawn."""
    revision = 0
    while (found := one(reader, Standing, invoice_id(service, contract, 0, revision))).document.is_withdrawn:
        revision += 1
    return found


def plan_activation(
    case: ActivationCase, rulebook: Rulebook, occasion: Occasion
) -> Plan[ActivationGranted | ActivationRefused]:
    """Return the plan of a service that is provisioned on this occasion.

    Raises:
        HistoryCorrupt: it waits for that, and has no first invoice.
    """
    service, first = case.service.document, case.first_invoice
    facts = ActivationFacts(
        state=service.state,
        cycle=service.contract.cycle,
        first_invoice=StandingState.PAID if first is None else first.document.state,
        ordered=service.contract.ordered,
        paid=occasion.day if first is None else first.document.closed or occasion.day,
        today=occasion.day,
    )
    terms = contract_edition(rulebook.editions, service, occasion.day).terms.invoicing
    answer = decide_activation(facts, terms)
    deed = claim("activation", f"{service.id}/{service.contract.number}")
    rules = rests_on(ACTIVATION, facts, terms)
    if isinstance(answer, ActivationRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    if first is None:
        raise HistoryCorrupt(service.id, "it waits to be provisioned, and has no first invoice")
    active, event = moved(service, ServiceCommand.ACTIVATE, occasion, first.document.id)
    anchored = replace(active, contract=replace(active.contract, anchor=answer.anchor))
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Service, service.id, case.service.version),
            Expect(Standing, first.document.id, first.version),
            Expect(ServiceEvent, event.id, 0),
        ),
        writes=(with_agenda(anchored, rulebook.editions), event),
        messages=(message(MessageKind.SERVICE_ENABLED, service.client, service.id, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )


def activate(
    store: Store, rulebook: Rulebook, service: ServiceId, occasion: Occasion
) -> Result[ActivationGranted | ActivationRefused]:
    """Say that a service is provisioned, once for each contract.

    Raises:
        UnknownKey: the service is not stored.
    """
    number = one(store, Service, service).document.contract.number
    deed = claim("activation", f"{service}/{number}")
    return perform(store, deed, lambda reader: plan_activation(load_activation(reader, service), rulebook, occasion))
