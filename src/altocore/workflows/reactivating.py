"""A suspended service comes back, in the same commit as the payment that lifts the last of its overdue debt."""

from altocore.billing.standing import Standing
from altocore.billing.timeline import suspends
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.reactivation import (
    REACTIVATION,
    ReactivationDue,
    ReactivationFacts,
    ReactivationWithheld,
    decide_reactivation,
)
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.workflows.door import claim
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["plan_reactivation"]


def plan_reactivation(
    reader: Reader, service: ServiceId, cause: str, rulebook: Rulebook, occasion: Occasion
) -> Plan[ReactivationDue | ReactivationWithheld]:
    """Return the plan of a suspended service that comes back, for this cause, once nothing of it is overdue."""
    stored = one(reader, Service, service)
    standings = reader.select(Standing, Ids(stored.document.open_invoices))
    overdue = [each for each in standings if suspends(each.document.kind) and each.document.due < occasion.day]
    facts = ReactivationFacts(state=stored.document.state, overdue_invoices=len(overdue))
    answer = decide_reactivation(facts, None)
    deed, rules = claim("reactivation", cause), rests_on(REACTIVATION, facts, None)
    if isinstance(answer, ReactivationWithheld):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    active, event = moved(stored.document, ServiceCommand.REACTIVATE, occasion, cause)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Service, service, stored.version),
            *[Expect(Standing, each.document.id, each.version) for each in standings],
            Expect(ServiceEvent, event.id, 0),
        ),
        writes=(with_agenda(active, rulebook.editions), event),
        messages=(message(MessageKind.SERVICE_REACTIVATED, active.client, service, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )
