"""The provider discontinues a service at the end of its paid period: the client is told, and no renewal is issued.

From then on the service's agenda holds the day of its end, and `workflows.ending` makes it happen.
"""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import EndedBy, Ending, EndingTime, Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Claim, Expect, Plan
from altocore.policy.discontinuation import (
    DISCONTINUATION,
    DiscontinuationAccepted,
    DiscontinuationFacts,
    DiscontinuationRefused,
    decide_discontinuation,
)
from altocore.policy.governing import renewal_issue_day
from altocore.ports.store import Store
from altocore.terms.editions import Editions
from altocore.terms.judgements import rests_on
from altocore.values.anchors import nth_period
from altocore.values.cycles import Once
from altocore.values.days import Day, add_days
from altocore.values.ids import ServiceId
from altocore.values.periods import Period
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["Discontinuing", "discontinue", "plan_discontinuation"]

DiscontinuationAnswer: TypeAlias = DiscontinuationAccepted | DiscontinuationRefused


@final
@frozen(kw_only=True)
class Discontinuing:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request."""

    key: str = field()
    service: ServiceId = field()


def discontinue(
    store: Store, rulebook: Rulebook, request: Discontinuing, occasion: Occasion
) -> Result[DiscontinuationAnswer]:
    """Discontinue a service at the end of its last invoiced period, once for each request; the client is told today.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service.
    """
    return perform(
        store,
        _deed(request),
        lambda reader: plan_discontinuation(one(reader, Service, request.service), request, rulebook, occasion),
    )


def plan_discontinuation(
    stored: Stored[Service], request: Discontinuing, rulebook: Rulebook, occasion: Occasion
) -> Plan[DiscontinuationAnswer]:
    """Return the plan of a service that the provider does not renew.

    Source: REN-5, `manual/honour`, `terms/3.b`.
    """
    service = stored.document
    facts = _facts(service, rulebook.editions, occasion)
    answer, rules = decide_discontinuation(facts, None), rests_on(DISCONTINUATION, facts, None)
    if isinstance(answer, DiscontinuationRefused):
        return Plan(answer=answer, deed=_deed(request), rests_on=rules)
    ending = Ending(by=EndedBy.PROVIDER, time=EndingTime.END_OF_PERIOD, asked=occasion.day, effective=answer.effective)
    told = message(MessageKind.SERVICE_DISCONTINUED, service.client, service.id, request.key, occasion.day)
    return Plan(
        answer=answer,
        deed=_deed(request),
        expects=(Expect(Service, service.id, stored.version),),
        writes=(with_agenda(replace(service, ending=ending), rulebook.editions),),
        messages=(told,),
        rests_on=rules,
        occasion=occasion,
    )


def _deed(request: Discontinuing) -> Claim:
    return claim("discontinuation", request.key, request.service)


def _facts(service: Service, editions: Editions, occasion: Occasion) -> DiscontinuationFacts:
    """Return what is judged; the periods of a contract without an anchor are counted from its order, and say nothing."""
    last, following, issue_day = _ends(service, editions, occasion.day)
    return DiscontinuationFacts(
        state=service.state,
        cycle=service.contract.cycle,
        pending=0 if service.ending is None else 1,
        actor=occasion.actor,
        last=last,
        next=following,
        issue_day=issue_day,
        today=occasion.day,
    )


def _ends(service: Service, editions: Editions, today: Day) -> tuple[Period, Period, Day]:
    """Return the last invoiced period, the next one and the day of its issue; of what is sold once, its first day and today."""
    contract = service.contract
    anchor = contract.anchor or contract.ordered
    if contract.cycle is Once.ONE_TIME:
        first_day = Period(start=anchor, end=add_days(anchor, 1))
        return first_day, first_day, today
    following = nth_period(anchor, contract.cycle, service.last_period + 1)
    issue_day = renewal_issue_day(editions, service.terms_edition, following.start)
    return nth_period(anchor, contract.cycle, service.last_period), following, issue_day
