"""A client orders a plan: a pending service, and its first invoice, under the edition of the plan in force on that day."""

from typing import final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import PlanEdition, edition_on
from altocore.clients.clients import Client
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.machine import SERVICE
from altocore.lifecycle.registrations import registration
from altocore.lifecycle.service import Contract, Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import OfPlans, Reader
from altocore.policy.governing import order_edition
from altocore.policy.order import ORDER, OrderAccepted, OrderFacts, OrderRefused, decide_order
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.terms.judgements import rests_on
from altocore.values.cycles import Cycle
from altocore.values.days import Day, add_days
from altocore.values.domains import DomainName
from altocore.values.ids import AddonId, ClientId, PlanId, ServiceId, derive
from altocore.values.money import Money
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.issuing import Charge, issue
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import older_paid_first

__all__ = ["Order", "OrderCase", "load_order", "order", "order_deed", "plan_order", "service_id"]


@final
@frozen(kw_only=True)
class Order:
    """What is ordered. `key` is the caller's own name for this order: given twice, it is one order.

    `addons` are taken with the plan; `administration` says who shall administer a server, for good (CAT-7); `domain` is the
    name that a domain's plan is to keep registered (DOM-1).
    """

    key: str = field()
    client: ClientId = field()
    plan: PlanId = field()
    cycle: Cycle = field()
    addons: tuple[AddonId, ...] = field(default=())
    administration: Administration | None = field(default=None)
    domain: DomainName | None = field(default=None)


@final
@frozen(kw_only=True)
class OrderCase:
    """An order with what is stored of its client, and every edition of its plan."""

    order: Order = field()
    client: Stored[Client] = field()
    editions: tuple[PlanEdition, ...] = field()
    credit: Money = field()


def service_id(key: str) -> ServiceId:
    """Return the id of the service that the order with this key brings about."""
    return ServiceId(derive("srv", key))


def load_order(reader: Reader, order: Order) -> OrderCase:
    """Return the case of an order.

    Raises:
        UnknownKey: its client is not stored.
    """
    client = one(reader, Client, order.client)
    minor = reader.credit((order.client,)).get(order.client, 0)
    return OrderCase(
        order=order,
        client=client,
        editions=tuple([stored.document for stored in reader.select(PlanEdition, OfPlans((order.plan,)))]),
        credit=Money(minor, client.document.currency),
    )


def plan_order(case: OrderCase, rulebook: Rulebook, occasion: Occasion) -> Plan[OrderAccepted | OrderRefused]:
    """Return the plan of an order made on this occasion: the service, pending, and its first invoice, due `due_days` later.

    Raises:
        BadValue: the provider does not sell in the client's currency, or an add-on is taken twice.
        UnknownKey: the plan is not stored, no edition of the terms is in force, or it has no tax rate for the client's region.
    """
    client, ordered, day = case.client.document, case.order, occasion.day
    if client.currency not in rulebook.provider.currencies:
        raise BadValue("currency", "not one that the provider sells in")
    edition = order_edition(rulebook.editions, day)
    plan = edition_on(case.editions, day)
    facts = OrderFacts(
        plan=plan,
        cycle=ordered.cycle,
        currency=client.currency,
        addons=ordered.addons,
        administration=ordered.administration,
        domains=0 if ordered.domain is None else 1,
        today=day,
    )
    answer = decide_order(facts, edition.terms.order)
    rules = rests_on(ORDER, facts, edition.terms.order)
    deed = order_deed(ordered)
    if isinstance(answer, OrderRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    service = _pending(ordered, plan, edition, day)
    issued = issue(_first_charge(case, plan, service, answer, edition), rulebook.provider)
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
        BadValue: the order's key was used before, with another input; the provider does not sell in the client's currency; or
            an add-on is taken twice.
    """
    return perform(store, order_deed(ordered), lambda reader: _plan(reader, ordered, rulebook, occasion))


def order_deed(ordered: Order) -> Claim:
    """Return the identity of an order: its key; the digest is of all that was asked."""
    administration = "" if ordered.administration is None else ordered.administration.value
    domain = "" if ordered.domain is None else ordered.domain.text
    given = (ordered.client, ordered.plan, ordered.cycle.name, administration, domain, *ordered.addons)
    return claim("order", ordered.key, *given)


def _plan(reader: Reader, ordered: Order, rulebook: Rulebook, occasion: Occasion) -> Plan[OrderAccepted | OrderRefused]:
    """Return the plan of an order, with the client's credit spent on older debts first (PAY-7)."""
    return older_paid_first(
        reader,
        ordered.client,
        rulebook,
        occasion,
        lambda overlay: plan_order(load_order(overlay, ordered), rulebook, occasion),
    )


def _pending(ordered: Order, plan: PlanEdition, edition: TermsEdition, day: Day) -> Service:
    """Return the service of an order that stands, before its first invoice: it has a price and a term, no dates yet."""
    return Service(
        id=service_id(ordered.key),
        client=ordered.client,
        contract=Contract(
            number=1,
            plan_edition=plan.id,
            cycle=ordered.cycle,
            addons=tuple([each.id for each in plan.addons if each.id in ordered.addons]),
            administration=ordered.administration,
            ordered=day,
            anchor=None,
            first_period=0,
            terms_edition=edition.id,
        ),
        earlier=(),
        state=SERVICE.initial,
        suspensions=(),
        overloads=0,
        last_period=0,
        terms_edition=edition.id,
        next_revision=0,
        open_invoices=(),
        open_costs=(),
        restoration=None,
        ending=None,
        events=0,
        faults=(),
        registration=registration(ordered.domain),
        next_step=None,
    )


def _first_charge(
    case: OrderCase, plan: PlanEdition, service: Service, answer: OrderAccepted, edition: TermsEdition
) -> Charge:
    """Return the charge of the first period, or of what is sold once; the setup is on this invoice and on no other (CAT-11)."""
    day = service.contract.ordered
    return Charge(
        kind=InvoiceKind.FIRST,
        client=case.client.document,
        service=service,
        plan=plan,
        priced=(*answer.priced, *answer.setup),
        period_number=0,
        command=None,
        period=None,
        issued=day,
        due=add_days(day, edition.terms.invoicing.due_days),
        edition=edition,
        credit=case.credit,
    )
