"""A domain that is set not to renew lapses on the day that its time is over."""

from typing import TypeAlias

from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Expect, Plan
from altocore.policy.lapse import LAPSE, LapseDue, LapseFacts, LapseWaiting, decide_lapse
from altocore.terms.judgements import rests_on
from altocore.workflows.door import claim
from altocore.workflows.moving import lapsed, with_agenda
from altocore.workflows.rulebook import Rulebook

__all__ = ["plan_lapse"]

LapseAnswer: TypeAlias = LapseDue | LapseWaiting


def plan_lapse(stored: Stored[Service], rulebook: Rulebook, occasion: Occasion) -> Plan[LapseAnswer]:
    """Return the plan of a domain whose holder wants no more of it, on the day that it expires, or later.

    Raises:
        HistoryCorrupt: the service is no domain whose time is counted.
    """
    service = stored.document
    expiry = service.registered_until
    if service.registration is None or expiry is None:
        raise HistoryCorrupt(service.id, "it would lapse and keeps no domain registered")
    facts = LapseFacts(state=service.state, choice=service.registration.renewal, expiry=expiry, today=occasion.day)
    answer, rules = decide_lapse(facts, None), rests_on(LAPSE, facts, None)
    deed = claim("lapse", f"{service.id}/{service.contract.number}/{service.events + 1}")
    if isinstance(answer, LapseWaiting):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    after, event = lapsed(service, occasion, deed.key)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(Expect(Service, service.id, stored.version), Expect(ServiceEvent, event.id, 0)),
        writes=(with_agenda(after, rulebook.editions), event),
        messages=(message(MessageKind.DOMAIN_LAPSED, service.client, service.id, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )
