"""A client orders a plan: a pending service, and its first invoice."""

from typing import final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.machine import SERVICE
from altocore.lifecycle.service import Contract, Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.governing import order_edition
from altocore.policy.order import ORDER, OrderAccepted, OrderFacts, OrderRefused, decide_order
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.terms.judgements import rests_on
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, EditionId, ServiceId, derive
from altocore.values.money import Money
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.issuing import Charge, issue
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import older_paid_first

__all__ = ["Order", "OrderCase", "load_order", "order", "plan_order", "service_id"]


@final
@frozen(kw_only=True)
class Order:
    """What is ordered. `key` is the caller's own name for this order: given twice, it is one order."""

    key: str = field()
    client: ClientId = field()
    plan_edition: EditionId = field()
    cycle: Cadence = field()


@final
@frozen(kw_only=True)
class OrderCase:
    """An order with what is stored of its client and its plan."""

    order: Order = field()
    client: Stored[Client] = field()
    plan: PlanEdition = field()
    credit: Money = field()


def service_id(key: str) -> ServiceId:
    """Return the id of the service that the order with this key brings about."""
    return ServiceId(derive("srv", key))


def load_order(reader: Reader, order: Order) -> OrderCase:
    """Return the case of an order.

    Raises:
        UnknownKey: its client or its plan is not stored.
    """
    client = one(reader, Client, order.client)
    minor = reader.credit((order.client,)).get(order.client, 0)
    return OrderCase(
        order=order,
        client=client,
        plan=one(reader, PlanEdition, order.plan_edition).document,
        credit=Money(minor, client.document.currency),
    )


def plan_order(case: OrderCase, rulebook: Rulebook, occasion: Occasion) -> Plan[OrderAccepted | OrderRefused]:
    """Return the plan of an order made on this occasion: the service, pending, and its first invoice, due `due_days` later.

    Raises:
        BadValue: the provider does not sell in the client's currency.
        UnknownKey: no edition of the terms is in force, or it has no tax rate for the client's region.
    """
    client, ordered, day = case.client.document, case.order, occasion.day
    if client.currency not in rulebook.provider.currencies:
        raise BadValue("currency", "not one that the provider sells in")
    edition = order_edition(rulebook.editions, day)
    facts = OrderFacts(plan=case.plan, cycle=ordered.cycle, currency=client.currency)
    answer = decide_order(facts, edition.terms.order)
    rules = rests_on(ORDER, facts, edition.terms.order)
    deed = claim("order", ordered.key, ordered.client, ordered.plan_edition, ordered.cycle.name)
    if isinstance(answer, OrderRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    service = _pending(case, edition, day)
    issued = issue(_first_charge(case, service, answer, edition, day), rulebook.provider)
    is_open = issued.standing.state is StandingState.OPEN
    billed = replace(service, open_invoices=(issued.invoice.id,) if is_open else ())
    return Plan(
        answer=answer,
        deed=deed,
        claims=(claim("charge", issued.invoice.id, issued.invoice.id),),
        expects=(
            Expect(Client, client.id, case.client.version),
            Expect(Service, service.id, 0),
            Expect(Invoice, issued.invoice.id, 0),
            Expect(Standing, issued.invoice.id, 0),
        ),
        credits=issued.credits,
        writes=(with_agenda(billed, rulebook.editions), issued.invoice, issued.standing),
        postings=issued.postings,
        messages=issued.messages,
        numbers=issued.numbers,
        rests_on=(*rules, *issued.rests_on),
        occasion=occasion,
    )


def order(store: Store, rulebook: Rulebook, ordered: Order, occasion: Occasion) -> Result[OrderAccepted | OrderRefused]:
    """Order a plan, once.

    Raises:
        UnknownKey: the client or the plan is not stored, or no terms are in force.
        BadValue: the order's key was used before, with another input.
    """
    deed = claim("order", ordered.key, ordered.client, ordered.plan_edition, ordered.cycle.name)
    return perform(store, deed, lambda reader: _plan(reader, ordered, rulebook, occasion))


def _plan(reader: Reader, ordered: Order, rulebook: Rulebook, occasion: Occasion) -> Plan[OrderAccepted | OrderRefused]:
    """Return the plan of an order, with the client's credit spent on older debts first (PAY-7)."""
    return older_paid_first(
        reader,
        ordered.client,
        rulebook,
        occasion,
        lambda overlay: plan_order(load_order(overlay, ordered), rulebook, occasion),
    )


def _pending(case: OrderCase, edition: TermsEdition, day: Day) -> Service:
    """Return the service of an order that stands, before its first invoice: it has a price and a term, no dates yet."""
    return Service(
        id=service_id(case.order.key),
        client=case.order.client,
        contract=Contract(
            number=1,
            plan_edition=case.plan.id,
            cycle=case.order.cycle,
            ordered=day,
            anchor=None,
            first_period=0,
            terms_edition=edition.id,
        ),
        state=SERVICE.initial,
        suspensions=(),
        overloads=0,
        last_period=0,
        terms_edition=edition.id,
        next_revision=0,
        open_invoices=(),
        ending=None,
        events=0,
        next_step=None,
    )


def _first_charge(case: OrderCase, service: Service, answer: OrderAccepted, edition: TermsEdition, day: Day) -> Charge:
    return Charge(
        kind=InvoiceKind.FIRST,
        client=case.client.document,
        service=service,
        plan=case.plan,
        priced=answer.priced,
        period_number=0,
        period=None,
        issued=day,
        due=add_days(day, edition.terms.invoicing.due_days),
        edition=edition,
        credit=case.credit,
    )
