"""A client asks that a service ends: the day is fixed, and an invoice of a period that will not come is voided.

What is asked at once takes effect in the same commit where no debt holds it back; else it waits, and the payment of the debt
ends the service.
"""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import EndedBy, Ending, EndingTime, Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Expect, Plan, chain
from altocore.plans.reading import Reader
from altocore.policy.cancellation import (
    CANCELLATION,
    CancellationAccepted,
    CancellationFacts,
    CancellationRefused,
    decide_cancellation,
)
from altocore.policy.governing import request_edition
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.anchors import nth_period
from altocore.values.cycles import Once
from altocore.values.days import add_days
from altocore.values.ids import ServiceId
from altocore.values.periods import Period
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.ending import load_ending, plan_ending
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.voiding import charged, voided

__all__ = [
    "CancellationCase",
    "CancellationRequest",
    "cancel",
    "load_cancellation",
    "plan_cancellation",
    "plan_cancellation_request",
]

CancellationAnswer: TypeAlias = CancellationAccepted | CancellationRefused


@final
@frozen(kw_only=True)
class CancellationRequest:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request."""

    key: str = field()
    service: ServiceId = field()
    time: EndingTime = field()


@final
@frozen(kw_only=True)
class CancellationCase:
    """A request with its service, the service's invoices that were not withdrawn, and the standing of the last.

    `last` is None where the last period was invoiced elsewhere, before the contract was taken over.
    """

    request: CancellationRequest = field()
    service: Stored[Service] = field()
    invoices: tuple[Invoice, ...] = field()
    last: Stored[Standing] | None = field()


def load_cancellation(reader: Reader, request: CancellationRequest) -> CancellationCase:
    """Return the case of a request to cancel.

    Raises:
        UnknownKey: the service is not stored.
    """
    stored = one(reader, Service, request.service)
    invoices, last = charged(reader, stored.document)
    return CancellationCase(request=request, service=stored, invoices=invoices, last=last)


def plan_cancellation(case: CancellationCase, rulebook: Rulebook, occasion: Occasion) -> Plan[CancellationAnswer]:
    """Return the plan of a request, made on this occasion; the service runs on until the end of it takes effect."""
    service, contract = case.service.document, case.service.document.contract
    request = case.request
    facts = CancellationFacts(
        time=request.time,
        state=service.state,
        pending=0 if service.ending is None else 1,
        cycle=contract.cycle,
        domains=0 if service.registration is None else 1,
        last=_last(service),
        unpaid=1 if case.last is not None and case.last.document.state is StandingState.OPEN else 0,
        today=occasion.day,
    )
    terms = request_edition(rulebook.editions, case.invoices, service, occasion.day).terms.cancellation
    answer = decide_cancellation(facts, terms)
    deed = request_deed(request)
    rules = rests_on(CANCELLATION, facts, terms)
    if isinstance(answer, CancellationRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    pending = Ending(by=EndedBy.CLIENT, time=request.time, asked=occasion.day, effective=answer.effective)
    ending = replace(service, ending=pending)
    told = message(MessageKind.CANCELLATION_ACCEPTED, service.client, service.id, request.key, occasion.day)
    accepted: Plan[CancellationAnswer] = Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Service, service.id, case.service.version),
            *(() if case.last is None else (Expect(Standing, case.last.document.id, case.last.version),)),
        ),
        writes=(with_agenda(ending, rulebook.editions),),
        messages=(told,),
        rests_on=rules,
        occasion=occasion,
    )
    if case.last is None or not answer.voids:
        return accepted
    return _voiding(accepted, case, ending, case.last.document, rulebook, occasion)


def _last(service: Service) -> Period:
    """Return the last invoiced period; of what is sold once, which has none, its first day."""
    contract = service.contract
    begins = contract.anchor or contract.ordered
    if contract.cycle is Once.ONE_TIME:
        return Period(start=begins, end=add_days(begins, 1))
    return nth_period(begins, contract.cycle, service.last_period)


def _voiding(  # noqa: PLR0913, PLR0917  # a step of the plan above, with what it has so far
    accepted: Plan[CancellationAnswer],
    case: CancellationCase,
    ending: Service,
    standing: Standing,
    rulebook: Rulebook,
    occasion: Occasion,
) -> Plan[CancellationAnswer]:
    """Return the plan of an accepted request that also voids the invoice of a period which will not come."""
    shortened, after, postings = voided(ending, standing, case.invoices, occasion.day)
    told = message(MessageKind.INVOICE_CANCELLED, ending.client, standing.id, case.request.key, occasion.day)
    return replace(
        accepted,
        writes=(with_agenda(shortened, rulebook.editions), after),
        postings=postings,
        messages=(*accepted.messages, told),
        rests_on=(*accepted.rests_on, "PAY-12"),
    )


def request_deed(request: CancellationRequest) -> Claim:
    """Return the identity of a request: its key; the digest is of all that was asked."""
    return claim("cancellation", request.key, request.service, request.time.value)


def plan_cancellation_request(
    reader: Reader, request: CancellationRequest, rulebook: Rulebook, occasion: Occasion
) -> Plan[CancellationAnswer]:
    """Return the plan of a request and, where it is to take effect at once and no debt holds it back, of the end itself.

    Raises:
        UnknownKey: the service is not stored.

    Source: CAN-2, "immediate takes effect at the instant it is processed".
    """
    overlay = Overlay(reader)
    asked = plan_cancellation(load_cancellation(overlay, request), rulebook, occasion)
    if request.time is EndingTime.END_OF_PERIOD or not asked.writes:
        return asked
    overlay.apply(asked)
    ended = plan_ending(load_ending(overlay, one(overlay, Service, request.service)), rulebook, occasion)
    return chain(asked.answer, asked, ended) if ended.writes else asked


def cancel(
    store: Store, rulebook: Rulebook, request: CancellationRequest, occasion: Occasion
) -> Result[CancellationAnswer]:
    """Ask that a service ends, at once or with its period; a request counts once.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service or another time.
    """
    return perform(
        store,
        request_deed(request),
        lambda reader: plan_cancellation_request(reader, request, rulebook, occasion),
    )
