"""The provider exercises a right and ends a service at once: for a chargeback, unpaid administrative costs, or a breach."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing, StandingState, planned_day
from altocore.billing.timeline import Stage, timeline
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.reasons import TerminationReason
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.governing import invoice_edition
from altocore.policy.termination import (
    TERMINATION,
    TerminationFacts,
    TerminationGranted,
    TerminationRefused,
    decide_termination,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ClientId, InvoiceId, PaymentId, ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.timelines import moves_of, outliving

__all__ = ["Terminating", "plan_termination", "terminate"]

TerminationAnswer: TypeAlias = TerminationGranted | TerminationRefused


@final
@frozen(kw_only=True)
class Terminating:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request.

    `evidence` is the id of what the reason points at: for a chargeback, the payment of this client that was charged back;
    for administrative costs, the invoice of them, of any service of this client, that is open and gives the right already. A
    breach needs none, and may name a ticket of the host's.
    """

    key: str = field()
    service: ServiceId = field()
    reason: TerminationReason = field()
    evidence: str = field(default="")


def terminate(store: Store, rulebook: Rulebook, request: Terminating, occasion: Occasion) -> Result[TerminationAnswer]:
    """End a service at once, once for each request.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service, reason or evidence.
    """
    return perform(store, _deed(request), lambda reader: plan_termination(reader, request, rulebook, occasion))


def plan_termination(
    reader: Reader, request: Terminating, rulebook: Rulebook, occasion: Occasion
) -> Plan[TerminationAnswer]:
    """Return the plan of a right that is exercised. A cancellation that was pending is over; what is owed stays owed.

    Raises:
        UnknownKey: the service is not stored.

    Source: LIF-4, PAY-8, PAY-9, TER-1.
    """
    stored = one(reader, Service, request.service)
    service = stored.document
    facts = TerminationFacts(
        state=service.state,
        reason=request.reason,
        actor=occasion.actor,
        named=1 if occasion.by else 0,
        evidence=_evidence(reader, request, service, rulebook, occasion),
    )
    answer, rules = decide_termination(facts, None), rests_on(TERMINATION, facts, None)
    if isinstance(answer, TerminationRefused):
        return Plan(answer=answer, deed=_deed(request), rests_on=rules)
    unpaid = reader.select(Standing, Ids(service.open_invoices))
    over = replace(service, ending=None)
    after, event = moved(over, ServiceCommand.TERMINATE, occasion, request.key, termination=request.reason)
    return Plan(
        answer=answer,
        deed=_deed(request),
        expects=(
            Expect(Service, service.id, stored.version),
            *[Expect(Standing, each.document.id, each.version) for each in unpaid],
            Expect(ServiceEvent, event.id, 0),
        ),
        writes=(
            with_agenda(after, rulebook.editions),
            event,
            *outliving(unpaid, service, rulebook.editions),
        ),
        messages=(message(MessageKind.SERVICE_TERMINATED, service.client, service.id, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )


def _deed(request: Terminating) -> Claim:
    return claim("termination", request.key, request.service, request.reason.value, request.evidence)


def _evidence(reader: Reader, request: Terminating, service: Service, rulebook: Rulebook, occasion: Occasion) -> int:
    """Return whether what the reason points at is there and is this client's: 0 or 1."""
    match request.reason:
        case TerminationReason.CHARGEBACK:
            paid = reader.select(Payment, Ids((PaymentId(request.evidence),)))
            return sum(each.document.client == service.client for each in paid)
        case TerminationReason.ADMINISTRATIVE_COSTS:
            costs = reader.select(Standing, Ids((InvoiceId(request.evidence),)))
            return sum(_grants_right(reader, each.document, service.client, rulebook, occasion) for each in costs)
        case _:
            return 0


def _grants_right(reader: Reader, costs: Standing, client: ClientId, rulebook: Rulebook, occasion: Occasion) -> bool:
    """Say whether these costs are the client's and open, and the day has come from which they give a right (PAY-9)."""
    if costs.client != client or costs.kind is not InvoiceKind.ADMINISTRATIVE or costs.state is not StandingState.OPEN:
        return False
    terms = invoice_edition(rulebook.editions, costs.terms_edition).terms.overdue
    stages = [step.stage for step in timeline(costs.kind, terms)]
    faults = one(reader, Service, costs.service).document.faults
    granted = planned_day(costs.kind, costs.due, stages.index(Stage.GRANT_RIGHT), terms, moves_of(costs, faults))
    return granted <= occasion.day
