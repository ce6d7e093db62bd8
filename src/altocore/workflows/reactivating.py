"""A reason that a service is suspended for is lifted: a debt by its payment, in the same commit; any other by the provider.

The service comes back with the last of its reasons.
"""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.billing.standing import Standing
from altocore.billing.timeline import suspends
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.reactivation import (
    REACTIVATION,
    ReactivationDue,
    ReactivationFacts,
    ReactivationWithheld,
    decide_reactivation,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import lifted, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["Lifting", "lift", "plan_lifting", "plan_reactivation"]

ReactivationAnswer: TypeAlias = ReactivationDue | ReactivationWithheld


@final
@frozen(kw_only=True)
class Lifting:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request."""

    key: str = field()
    service: ServiceId = field()
    reason: SuspensionReason = field()


def lift(store: Store, rulebook: Rulebook, request: Lifting, occasion: Occasion) -> Result[ReactivationAnswer]:
    """Lift a reason that a service is suspended for, once for each request.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service or another reason.
    """
    return perform(store, _deed(request), lambda reader: plan_lifting(reader, request, rulebook, occasion))


def plan_lifting(reader: Reader, request: Lifting, rulebook: Rulebook, occasion: Occasion) -> Plan[ReactivationAnswer]:
    """Return the plan of a reason that is lifted on request.

    Raises:
        UnknownKey: the service is not stored.

    Source: LIF-3, "the technical problem solved".
    """
    return _planned(reader, request.service, request.reason, request.key, _deed(request), rulebook, occasion)


def _deed(request: Lifting) -> Claim:
    return claim("lifting", request.key, request.service, request.reason.value)


def plan_reactivation(
    reader: Reader, service: ServiceId, cause: str, rulebook: Rulebook, occasion: Occasion
) -> Plan[ReactivationAnswer]:
    """Return the plan of a service whose debt is lifted, for this cause, once nothing of it is overdue.

    Source: PAY-14, `manual/alerts`.
    """
    deed = claim("reactivation", cause)
    return _planned(reader, service, SuspensionReason.OVERDUE, cause, deed, rulebook, occasion)


def _planned(  # noqa: PLR0913, PLR0917  # what is lifted, why, under which name, when
    reader: Reader,
    service: ServiceId,
    reason: SuspensionReason,
    cause: str,
    deed: Claim,
    rulebook: Rulebook,
    occasion: Occasion,
) -> Plan[ReactivationAnswer]:
    stored = one(reader, Service, service)
    standings = reader.select(Standing, Ids(stored.document.open_invoices))
    overdue = [each for each in standings if suspends(each.document.kind) and each.document.due < occasion.day]
    facts = ReactivationFacts(
        state=stored.document.state,
        suspensions=stored.document.suspensions,
        lifts=reason,
        actor=occasion.actor,
        overdue_invoices=len(overdue),
    )
    answer = decide_reactivation(facts, None)
    rules = rests_on(REACTIVATION, facts, None)
    if isinstance(answer, ReactivationWithheld):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    after, event = lifted(stored.document, reason, occasion, cause)
    back = after.state is ServiceState.ACTIVE
    told = message(MessageKind.SERVICE_REACTIVATED, after.client, service, event.id, occasion.day)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Service, service, stored.version),
            *[Expect(Standing, each.document.id, each.version) for each in standings],
            Expect(ServiceEvent, event.id, 0),
        ),
        writes=(with_agenda(after, rulebook.editions), event),
        messages=(told,) if back else (),
        rests_on=rules,
        occasion=occasion,
    )
