"""A service's agenda has come: its next renewal is issued, or its pending cancellation takes effect."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import EndedBy, Service
from altocore.plans.documents import Stored
from altocore.plans.messages import Message
from altocore.plans.plan import Expect, Plan
from altocore.policy.governing import charge_edition, invoice_edition, renewal_edition
from altocore.policy.renewal import RENEWAL, RenewalDue, RenewalFacts, RenewalWithheld, decide_renewal
from altocore.terms.differences import changed_fields
from altocore.terms.editions import Editions, TermsEdition
from altocore.terms.judgements import rests_on
from altocore.values.days import Day
from altocore.values.ids import EditionId
from altocore.values.money import Money
from altocore.workflows.changing_terms import terms_changed
from altocore.workflows.door import claim
from altocore.workflows.issuing import Charge, Issued, issue
from altocore.workflows.moving import with_agenda
from altocore.workflows.rulebook import Rulebook

__all__ = ["RenewalCase", "plan_renewal", "renewal_facts"]

RenewalAnswer: TypeAlias = RenewalDue | RenewalWithheld


@final
@frozen(kw_only=True)
class RenewalCase:
    """A service whose contract is anchored, with its client, its plan, and the client's credit."""

    service: Stored[Service] = field()
    client: Stored[Client] = field()
    plan: PlanEdition = field()
    credit: Money = field()


def renewal_facts(service: Service, editions: Editions, today: Day) -> RenewalFacts:
    """Return what the renewal's judgement reads of a service, and of the editions that its last and its next period have.

    Raises:
        HistoryCorrupt: its contract has no anchor, or is for something sold once, so nothing of it can renew.
        UnknownKey: the edition of its last invoice is not among these, or none is in force for the next one.
    """
    running, following = service.period(service.last_period), service.period(service.last_period + 1)
    if running is None or following is None:
        raise HistoryCorrupt(service.id, "the service is due for renewal and has no periods")
    ended_by = None if service.ending is None else service.ending.by
    edition = charge_edition(editions, issue=today, start=following.start)
    return RenewalFacts(
        state=service.state,
        ending_pending=int(ended_by is EndedBy.CLIENT),
        discontinued=int(ended_by is EndedBy.PROVIDER),
        open_invoices=len(service.open_invoices),
        choice=None if service.registration is None else service.registration.renewal,
        running=running,
        next=following,
        changed=_changed(editions, service.terms_edition, edition),
        today=today,
    )


def _changed(editions: Editions, before: EditionId, after: TermsEdition) -> tuple[str, ...]:
    """Return the code of each field that these editions differ in; the same edition is not compared with itself."""
    return () if before == after.id else changed_fields(invoice_edition(editions, before).terms, after.terms)


def plan_renewal(case: RenewalCase, rulebook: Rulebook, occasion: Occasion) -> Plan[RenewalAnswer]:
    """Return the plan of a service's next renewal: the invoice of the period after the last one invoiced.

    When it is issued and due, the terms of the last period say; what it is issued under are the terms in force for the
    new one, published by today and effective by its first day (REN-4, REN-6). Where these say something else than those
    of the last period, the client is told with the invoice: once of each edition, however many services it has.
    """
    service = case.service.document
    facts = renewal_facts(service, rulebook.editions, occasion.day)
    start = facts.next.start
    running_terms = renewal_edition(rulebook.editions, service.terms_edition, start, occasion.day).terms.invoicing
    answer = decide_renewal(facts, running_terms)
    rules = rests_on(RENEWAL, facts, running_terms)
    number = service.last_period + 1
    if isinstance(answer, RenewalWithheld):
        return Plan(answer=answer, deed=claim("renewal", f"{service.id}/{number}"), rests_on=rules)
    client = case.client.document
    edition = charge_edition(rulebook.editions, issue=occasion.day, start=start)
    contract = service.contract
    prices = case.plan.prices(contract.cycle, client.currency, contract.addons)
    issued = issue(
        Charge(
            kind=InvoiceKind.RENEWAL if service.registration is None else InvoiceKind.DOMAIN_RENEWAL,
            client=client,
            service=service,
            plan=case.plan,
            priced=tuple([(item.name, price) for item, price in prices]),
            period_number=number,
            command=None,
            period=answer.period,
            issued=occasion.day,
            due=answer.due,
            edition=edition,
            credit=case.credit,
        ),
        rulebook.provider,
    )
    return _renewed(case, rulebook, occasion, answer, issued, rules)


def _renewed(  # noqa: PLR0913, PLR0917  # the last step of the plan above, with what it has so far
    case: RenewalCase,
    rulebook: Rulebook,
    occasion: Occasion,
    answer: RenewalDue,
    issued: Issued,
    rules: tuple[str, ...],
) -> Plan[RenewalAnswer]:
    """Return the plan that stores a renewal's invoice and moves its service on to the new period."""
    service, invoice = case.service.document, issued.invoice
    is_open = issued.standing.state is StandingState.OPEN
    renewed = replace(
        service,
        last_period=service.last_period + 1,
        terms_edition=invoice.terms_edition,
        next_revision=0,
        open_invoices=(*service.open_invoices, invoice.id) if is_open else service.open_invoices,
    )
    return Plan(
        answer=answer,
        deed=claim("charge", invoice.id, invoice.id),
        expects=(
            Expect(Client, invoice.client, case.client.version),
            Expect(Service, service.id, case.service.version),
            Expect(Invoice, invoice.id, 0),
            Expect(Standing, invoice.id, 0),
        ),
        credits=issued.credits,
        writes=(with_agenda(renewed, rulebook.editions), invoice, issued.standing),
        postings=issued.postings,
        messages=(*issued.messages, *_told(answer, invoice)),
        numbers=issued.numbers,
        rests_on=(*rules, *issued.rests_on),
        occasion=occasion,
    )


def _told(answer: RenewalDue, invoice: Invoice) -> tuple[Message, ...]:
    """Return the notice of the terms that change with this invoice, where they do (REN-6)."""
    return (terms_changed(invoice.client, invoice.terms_edition, invoice.issued),) if answer.changed else ()
