"""A client asks that a service ends with its period: the day is fixed, and an invoice of a period that will not come voided."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice, invoice_id
from altocore.billing.standing import Standing, StandingCommand, StandingState
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Ending, Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import OfServices, Reader
from altocore.policy.cancellation import (
    CANCELLATION,
    CancellationAccepted,
    CancellationFacts,
    CancellationRefused,
    decide_cancellation,
)
from altocore.policy.governing import governing
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.anchors import nth_period
from altocore.values.cycles import Once
from altocore.values.days import add_days
from altocore.values.ids import EditionId, ServiceId
from altocore.values.periods import Period
from altocore.workflows.closing import closed
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook

__all__ = ["CancellationCase", "cancel", "load_cancellation", "plan_cancellation"]

CancellationAnswer: TypeAlias = CancellationAccepted | CancellationRefused


@final
@frozen(kw_only=True)
class CancellationCase:
    """A service with its invoices that were not voided, and the standing of the last; `key` names the request.

    `last` is None where the last period was invoiced elsewhere, before the contract was taken over.
    """

    key: str = field()
    service: Stored[Service] = field()
    invoices: tuple[Invoice, ...] = field()
    last: Stored[Standing] | None = field()


def load_cancellation(reader: Reader, key: str, service: ServiceId) -> CancellationCase:
    """Return the case of a request to cancel.

    Raises:
        UnknownKey: the service is not stored.
    """
    stored = one(reader, Service, service)
    # The invoices first: each that is seen then has its standing, whatever is issued between the two reads.
    invoices = [each.document for each in reader.select(Invoice, OfServices((service,)))]
    standings = {each.document.id: each for each in reader.select(Standing, OfServices((service,)))}
    standing = [each for each in invoices if standings[each.id].document.state is not StandingState.VOIDED]
    contract, number = stored.document.contract, stored.document.last_period
    return CancellationCase(
        key=key,
        service=stored,
        invoices=tuple(standing),
        last=standings.get(invoice_id(service, contract.number, number)),
    )


def plan_cancellation(case: CancellationCase, rulebook: Rulebook, occasion: Occasion) -> Plan[CancellationAnswer]:
    """Return the plan of a request, made on this occasion, to end a service at the end of its period."""
    service, contract = case.service.document, case.service.document.contract
    facts = CancellationFacts(
        state=service.state,
        pending=0 if service.ending is None else 1,
        cycle=contract.cycle,
        last=_last(service),
        unpaid=1 if case.last is not None and case.last.document.state is StandingState.OPEN else 0,
        today=occasion.day,
    )
    terms = rulebook.editions.of(governing(case.invoices, service, occasion.day)).terms.cancellation
    answer = decide_cancellation(facts, terms)
    deed = claim("cancellation", case.key, service.id)
    rules = rests_on(CANCELLATION, facts, terms)
    if isinstance(answer, CancellationRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    ending = replace(service, ending=Ending(asked=occasion.day, effective=answer.effective))
    told = message(MessageKind.CANCELLATION_ACCEPTED, service.client, service.id, case.key, occasion.day)
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
    (invoice,) = [each for each in case.invoices if each.id == standing.id]
    voided, postings = closed(standing, invoice, StandingCommand.VOID, occasion.day)
    shortened = replace(
        ending,
        last_period=ending.last_period - 1,
        terms_edition=_edition_before(case, invoice),
        open_invoices=tuple([each for each in ending.open_invoices if each != standing.id]),
    )
    told = message(MessageKind.INVOICE_CANCELLED, ending.client, standing.id, case.key, occasion.day)
    return replace(
        accepted,
        writes=(with_agenda(shortened, rulebook.editions), voided),
        postings=postings,
        messages=(*accepted.messages, told),
        rests_on=(*accepted.rests_on, "PAY-12"),
    )


def _edition_before(case: CancellationCase, voided: Invoice) -> EditionId:
    """Return the edition of the period before a voided one, which is the last that is charged now."""
    before = [each for each in case.invoices if each.period_number == voided.period_number - 1]
    return before[0].terms_edition if before else case.service.document.contract.terms_edition


def cancel(
    store: Store, rulebook: Rulebook, key: str, service: ServiceId, occasion: Occasion
) -> Result[CancellationAnswer]:
    """Ask that a service ends with its period; `key` is the caller's own name for the request, which counts once.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service.
    """
    deed = claim("cancellation", key, service)
    return perform(
        store, deed, lambda reader: plan_cancellation(load_cancellation(reader, key, service), rulebook, occasion)
    )
