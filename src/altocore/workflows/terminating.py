"""The provider exercises a right and ends a service at once: for a chargeback, unpaid administrative costs, or a breach."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.payments import Payment
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.reasons import TerminationReason
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.termination import (
    TERMINATION,
    TerminationFacts,
    TerminationGranted,
    TerminationRefused,
    decide_termination,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import PaymentId, ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["Terminating", "plan_termination", "terminate"]

TerminationAnswer: TypeAlias = TerminationGranted | TerminationRefused


@final
@frozen(kw_only=True)
class Terminating:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request.

    `evidence` is the id of what the reason points at: for a chargeback, the payment of this client that was charged back.
    A breach needs none, and may name a ticket of the host's.
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
        evidence=_evidence(reader, request, service),
    )
    answer, rules = decide_termination(facts, None), rests_on(TERMINATION, facts, None)
    if isinstance(answer, TerminationRefused):
        return Plan(answer=answer, deed=_deed(request), rests_on=rules)
    over = replace(service, ending=None)
    after, event = moved(over, ServiceCommand.TERMINATE, occasion, request.key, termination=request.reason)
    return Plan(
        answer=answer,
        deed=_deed(request),
        expects=(Expect(Service, service.id, stored.version), Expect(ServiceEvent, event.id, 0)),
        writes=(with_agenda(after, rulebook.editions), event),
        messages=(message(MessageKind.SERVICE_TERMINATED, service.client, service.id, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )


def _deed(request: Terminating) -> Claim:
    return claim("termination", request.key, request.service, request.reason.value, request.evidence)


def _evidence(reader: Reader, request: Terminating, service: Service) -> int:
    """Return whether what the reason points at is there and is this client's: 0 or 1."""
    if request.reason is not TerminationReason.CHARGEBACK:
        return 0
    found = reader.select(Payment, Ids((PaymentId(request.evidence),)))
    return sum(each.document.client == service.client for each in found)
