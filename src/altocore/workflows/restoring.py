"""A service that has ended is offered back: an invoice of the fee and a first term, whose payment restores it.

The invoice is an offer. It is no debt, it suspends nothing and keeps nothing waiting; it stands on its service by itself, one
at a time, and lapses once its due date is over. The client's credit pays it as it pays any invoice that is issued, older
debts first; where that is all of it, the service is back in the same commit.
"""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition, edition_on
from altocore.clients.clients import Client
from altocore.lifecycle.events import Occasion, ServiceEvent, event_id
from altocore.lifecycle.machine import ENDED, ServiceCommand
from altocore.lifecycle.reasons import TerminationReason
from altocore.lifecycle.service import Contract, Restoration, Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Reader
from altocore.policy.governing import contract_edition, order_edition
from altocore.policy.restoration import (
    RESTORATION,
    RestorationFacts,
    RestorationGranted,
    RestorationRefused,
    decide_restoration,
)
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.terms.judgements import rests_on
from altocore.values.days import add_days
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import InvoiceId, ServiceId
from altocore.values.money import Money, total
from altocore.workflows.converting import rate_of
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.issuing import Charge, Issued, issue
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.settling import Consequence, restored
from altocore.workflows.stepping import older_paid_first

__all__ = ["RestorationCase", "Restoring", "load_restoration", "plan_restoration", "restore"]

RestorationAnswer: TypeAlias = RestorationGranted | RestorationRefused


@final
@frozen(kw_only=True)
class Restoring:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request.

    `rate` is needed where the client's currency is not that of the fee.
    """

    key: str = field()
    service: ServiceId = field()
    rate: ExchangeRate | None = field(default=None)


@final
@frozen(kw_only=True)
class RestorationCase:
    """A request with its service, the client and its other services, and every edition of the plan.

    `ended_by` is the event that ended it, None while it runs. `unpaid` are the open invoices that led to its end,
    `attempts` counts the restorations of this end that were invoiced before.
    """

    restoring: Restoring = field()
    service: Stored[Service] = field()
    siblings: tuple[Stored[Service], ...] = field()
    client: Stored[Client] = field()
    ended_by: ServiceEvent | None = field()
    unpaid: tuple[Stored[Standing], ...] = field()
    attempts: int = field()
    editions: tuple[PlanEdition, ...] = field()
    credit: Money = field()


def load_restoration(reader: Reader, restoring: Restoring) -> RestorationCase:
    """Return the case of a restoration.

    Raises:
        UnknownKey: the service is not stored.
    """
    stored = one(reader, Service, restoring.service)
    service = stored.document
    client = one(reader, Client, service.client)
    owned = reader.select(Service, OfClients((service.client,)))
    siblings = tuple([each for each in owned if each.document.id != service.id])
    ended_by = _ended_by(reader, service)
    plan = one(reader, PlanEdition, service.contract.plan_edition).document.plan
    invoices = reader.select(Invoice, OfServices((service.id,)))
    minor = reader.credit((service.client,)).get(service.client, 0)
    return RestorationCase(
        restoring=restoring,
        service=stored,
        siblings=siblings,
        client=client,
        ended_by=ended_by,
        unpaid=tuple(reader.select(Standing, Ids(_owed(service, siblings, _termination(ended_by))))),
        attempts=sum(each.document.contract == service.contract.number + 1 for each in invoices),
        editions=tuple([each.document for each in reader.select(PlanEdition, OfPlans((plan,)))]),
        credit=Money(minor, client.document.currency),
    )


def _ended_by(reader: Reader, service: Service) -> ServiceEvent | None:
    """Return the event that ended a service, which is its last; None while it runs."""
    if service.state not in ENDED:
        return None
    return one(reader, ServiceEvent, event_id(service.id, service.events)).document


def _termination(ended_by: ServiceEvent | None) -> TerminationReason | None:
    """Return why the provider terminated a service; None where it did not."""
    return None if ended_by is None else ended_by.termination


def _owed(
    service: Service, siblings: tuple[Stored[Service], ...], ended_for: TerminationReason | None
) -> tuple[InvoiceId, ...]:
    """Return the open invoices that led to the end: those of its periods, and of costs where these gave the right (PAY-9)."""
    if ended_for is not TerminationReason.ADMINISTRATIVE_COSTS:
        return service.open_invoices
    return (*service.debts, *[each for sibling in siblings for each in sibling.document.open_costs])


def restoration_deed(restoring: Restoring) -> Claim:
    """Return the identity of a restoration: the caller's key; the digest is of all that was asked."""
    rate = restoring.rate
    said = () if rate is None else (rate.base.code, rate.quote.code, str(rate.numerator), str(rate.denominator))
    return claim("restoration", restoring.key, restoring.service, *said)


def plan_restoration(case: RestorationCase, rulebook: Rulebook, occasion: Occasion) -> Plan[RestorationAnswer]:
    """Return the plan of a restoration: its invoice, due `due_days` later, under the terms and the plan in force today.

    It expects every service of the client, for the costs of each may be what led to the end.

    Raises:
        BadValue: a rate is needed and none is given, or it is not into the client's currency.
        CurrencyMismatch: the rate is not from the currency of the fee.
        UnknownKey: no edition of the terms is in force, or it has no tax rate for the client's region.

    Source: PAY-5, `terms/5.b`; PAY-7, `terms/3.a`; PAY-15, PAY-16, house.
    """
    service, day = case.service.document, occasion.day
    edition, plan = order_edition(rulebook.editions, day), edition_on(case.editions, day)
    facts = _facts(case, rulebook, occasion, edition, plan)
    answer = decide_restoration(facts, edition.terms.restoration)
    deed, rules = restoration_deed(case.restoring), rests_on(RESTORATION, facts, edition.terms.restoration)
    if isinstance(answer, RestorationRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    contract = replace(
        service.contract,
        number=service.contract.number + 1,
        plan_edition=plan.id,
        ordered=day,
        anchor=None,
        first_period=0,
        terms_edition=edition.id,
    )
    issued = issue(_charge(case, answer, contract, plan, edition, occasion), rulebook.provider)
    consequence = _consequence(service, issued, contract, rulebook, occasion)
    invoice = issued.invoice.id
    return Plan(
        answer=answer,
        deed=deed,
        claims=(claim("charge", invoice, invoice),),
        expects=(
            Expect(Client, service.client, case.client.version),
            Expect(Service, service.id, case.service.version),
            *[Expect(Service, each.document.id, each.version) for each in case.siblings],
            *[Expect(ServiceEvent, event.id, 0) for event in consequence.events],
            Expect(Invoice, invoice, 0),
            Expect(Standing, invoice, 0),
        ),
        credits=issued.credits,
        writes=(*consequence.writes, issued.invoice, issued.standing),
        postings=issued.postings,
        messages=(*issued.messages, *consequence.messages),
        numbers=issued.numbers,
        rests_on=(*rules, *issued.rests_on),
        occasion=occasion,
    )


def restore(store: Store, rulebook: Rulebook, restoring: Restoring, occasion: Occasion) -> Result[RestorationAnswer]:
    """Offer an ended service back, once for each request.

    Raises:
        UnknownKey: the service is not stored, or no terms are in force.
        BadValue: the key was used before, with another input; a rate is needed and none is given, or it is not into the
            client's currency.
        CurrencyMismatch: the rate is not from the currency of the fee.
    """
    return perform(store, restoration_deed(restoring), lambda reader: _plan(reader, restoring, rulebook, occasion))


def _plan(reader: Reader, restoring: Restoring, rulebook: Rulebook, occasion: Occasion) -> Plan[RestorationAnswer]:
    """Return the plan of a restoration, with the client's credit spent on older debts first (PAY-7)."""
    client = one(reader, Service, restoring.service).document.client
    return older_paid_first(
        reader,
        client,
        rulebook,
        occasion,
        lambda overlay: plan_restoration(load_restoration(overlay, restoring), rulebook, occasion),
    )


def _facts(
    case: RestorationCase, rulebook: Rulebook, occasion: Occasion, edition: TermsEdition, plan: PlanEdition
) -> RestorationFacts:
    """Return what the judgement reads; what is left of the data, the terms of the ended contract say."""
    service, client = case.service.document, case.client.document
    tax = edition.terms.tax
    ended_under = contract_edition(rulebook.editions, service, occasion.day).terms.backups
    return RestorationFacts(
        actor=occasion.actor,
        state=service.state,
        ended_for=_termination(case.ended_by),
        discontinued=int(case.ended_by is not None and case.ended_by.command is ServiceCommand.DISCONTINUE),
        begun=0 if service.contract.anchor is None else 1,
        unpaid=len(case.unpaid),
        owed=total([each.document.open_amount for each in case.unpaid], client.currency),
        offered=0 if service.restoration is None else 1,
        plan=plan,
        cycle=service.contract.cycle,
        addons=service.contract.addons,
        administration=service.contract.administration,
        rate=rate_of(case.restoring.rate, edition.terms.restoration.fee, client),
        tax=tax.rate(client.tax_region),
        rounding=tax.rounding,
        data=ended_under.after_ending,
    )


def _charge(  # noqa: PLR0913, PLR0917  # what is sold, to whom, under what
    case: RestorationCase,
    answer: RestorationGranted,
    contract: Contract,
    plan: PlanEdition,
    edition: TermsEdition,
    occasion: Occasion,
) -> Charge:
    """Return the charge of the new contract's first period and of the fee; each attempt is a revision of the same charge."""
    day = occasion.day
    return Charge(
        kind=InvoiceKind.RESTORATION,
        client=case.client.document,
        service=replace(case.service.document, contract=contract, next_revision=case.attempts),
        plan=plan,
        priced=answer.priced,
        period_number=0,
        command=None,
        period=None,
        issued=day,
        due=add_days(day, edition.terms.invoicing.due_days),
        edition=edition,
        credit=case.credit,
        exchange=answer.rate,
    )


def _consequence(
    service: Service, issued: Issued, contract: Contract, rulebook: Rulebook, occasion: Occasion
) -> Consequence:
    """Return what the invoice makes of the service: it waits for the payment, or is back where credit paid all of it."""
    offer = Restoration(invoice=issued.invoice.id, contract=contract)
    if issued.standing.state is StandingState.PAID:
        return restored(service, offer, offer.invoice, rulebook, occasion)
    return Consequence(service=with_agenda(replace(service, restoration=offer), rulebook.editions))
