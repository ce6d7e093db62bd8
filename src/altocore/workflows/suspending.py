"""The provider suspends a service, for a reason other than debt: overload, risk of fraud, abuse, breach."""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.plans import PlanEdition
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.suspension import (
    SUSPENSION,
    SuspensionDue,
    SuspensionFacts,
    SuspensionRefused,
    decide_suspension,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import suspended, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["Suspending", "plan_suspension", "suspend"]

SuspensionAnswer: TypeAlias = SuspensionDue | SuspensionRefused


@final
@frozen(kw_only=True)
class Suspending:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request."""

    key: str = field()
    service: ServiceId = field()
    reason: SuspensionReason = field()


def suspend(store: Store, rulebook: Rulebook, request: Suspending, occasion: Occasion) -> Result[SuspensionAnswer]:
    """Suspend a service for a reason, once for each request.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service or another reason.
    """
    return perform(store, _deed(request), lambda reader: plan_suspension(reader, request, rulebook, occasion))


def plan_suspension(
    reader: Reader, request: Suspending, rulebook: Rulebook, occasion: Occasion
) -> Plan[SuspensionAnswer]:
    """Return the plan of a service that is suspended for this reason, or for this one more.

    Raises:
        UnknownKey: the service is not stored.

    Source: LIF-2, LIF-7.
    """
    stored = one(reader, Service, request.service)
    service = stored.document
    facts = SuspensionFacts(
        kinds=one(reader, PlanEdition, service.contract.plan_edition).document.kinds,
        domains=0 if service.registration is None else 1,
        state=service.state,
        suspensions=service.suspensions,
        reason=request.reason,
        actor=occasion.actor,
        overloads=service.overloads,
    )
    answer, rules = decide_suspension(facts, None), rests_on(SUSPENSION, facts, None)
    if isinstance(answer, SuspensionRefused):
        return Plan(answer=answer, deed=_deed(request), rests_on=rules)
    after, event = suspended(service, request.reason, occasion, request.key)
    return Plan(
        answer=answer,
        deed=_deed(request),
        expects=(Expect(Service, service.id, stored.version), Expect(ServiceEvent, event.id, 0)),
        writes=(with_agenda(after, rulebook.editions), event),
        messages=(message(MessageKind.SERVICE_SUSPENDED, service.client, service.id, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )


def _deed(request: Suspending) -> Claim:
    return claim("suspension", request.key, request.service, request.reason.value)
