"""Staff invoices a client for administrative costs that it caused, filed under one of its services."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.costs import CostReason
from altocore.billing.invoices import Invoice, InvoiceKind, command_charge
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import BadValue, CurrencyMismatch
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.administrative_costs import (
    ADMINISTRATIVE_COSTS,
    AdministrativeCostsAccepted,
    AdministrativeCostsFacts,
    AdministrativeCostsRefused,
    decide_administrative_costs,
)
from altocore.policy.governing import order_edition
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.values.money import Money
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.issuing import Charge, issue
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import older_paid_first

__all__ = ["Costs", "CostsCase", "invoice_costs", "load_costs", "plan_costs"]

CostsAnswer: TypeAlias = AdministrativeCostsAccepted | AdministrativeCostsRefused


@final
@frozen(kw_only=True)
class Costs:
    """What the client caused, and what it comes to without tax. `key` is the caller's own name for it, and its reference.

    Raises:
        BadValue: the amount is not above zero.
    """

    key: str = field()
    service: ServiceId = field()
    amount: Money = field()
    reason: CostReason = field()

    def __attrs_post_init__(self) -> None:
        """Refuse costs of nothing."""
        if self.amount.minor <= 0:
            raise BadValue("amount", "costs must be above zero")


@final
@frozen(kw_only=True)
class CostsCase:
    """Costs with the service they are filed under, its client and plan, and the client's credit."""

    costs: Costs = field()
    service: Stored[Service] = field()
    client: Stored[Client] = field()
    plan: PlanEdition = field()
    credit: Money = field()


def load_costs(reader: Reader, costs: Costs) -> CostsCase:
    """Return the case of administrative costs.

    Raises:
        UnknownKey: the service is not stored.
    """
    service = one(reader, Service, costs.service)
    client = one(reader, Client, service.document.client)
    minor = reader.credit((client.document.id,)).get(client.document.id, 0)
    return CostsCase(
        costs=costs,
        service=service,
        client=client,
        plan=one(reader, PlanEdition, service.document.contract.plan_edition).document,
        credit=Money(minor, client.document.currency),
    )


def costs_deed(costs: Costs) -> Claim:
    """Return the identity of costs: the caller's key; the digest is of all that was told."""
    return claim("costs", costs.key, costs.service, str(costs.amount), costs.reason.value)


def plan_costs(case: CostsCase, rulebook: Rulebook, occasion: Occasion) -> Plan[CostsAnswer]:
    """Return the plan of an invoice of administrative costs, due `due_days` after this occasion, under the terms in force.

    Raises:
        CurrencyMismatch: the amount is not in the client's currency (CLI-8).
        UnknownKey: no edition of the terms is in force, or it has no tax rate for the client's region.

    Source: PAY-9, `terms/2.c`; PAY-15, PAY-16, house.
    """
    costs, client, service = case.costs, case.client.document, case.service.document
    if costs.amount.currency is not client.currency:
        raise CurrencyMismatch("amount", f"the client is billed in {client.currency.code}")
    edition = order_edition(rulebook.editions, occasion.day)
    facts = AdministrativeCostsFacts(actor=occasion.actor, today=occasion.day)
    answer = decide_administrative_costs(facts, edition.terms.invoicing)
    deed, rules = costs_deed(costs), rests_on(ADMINISTRATIVE_COSTS, facts, edition.terms.invoicing)
    if isinstance(answer, AdministrativeCostsRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    issued = issue(
        Charge(
            kind=InvoiceKind.ADMINISTRATIVE,
            client=client,
            service=service,
            plan=case.plan,
            priced=((costs.reason.value, costs.amount),),
            period_number=None,
            command=costs.key,
            period=None,
            issued=occasion.day,
            due=answer.due,
            edition=edition,
            credit=case.credit,
        ),
        rulebook.provider,
    )
    is_open = issued.standing.state is StandingState.OPEN
    owing = replace(service, open_costs=(*service.open_costs, issued.invoice.id)) if is_open else service
    return Plan(
        answer=answer,
        deed=deed,
        claims=(claim("charge", issued.invoice.id, command_charge(costs.key, 1)),),
        expects=(
            Expect(Client, client.id, case.client.version),
            Expect(Service, service.id, case.service.version),
            Expect(Invoice, issued.invoice.id, 0),
            Expect(Standing, issued.invoice.id, 0),
        ),
        credits=issued.credits,
        writes=(with_agenda(owing, rulebook.editions), issued.invoice, issued.standing),
        postings=issued.postings,
        messages=issued.messages,
        numbers=issued.numbers,
        rests_on=(*rules, *issued.rests_on),
        occasion=occasion,
    )


def invoice_costs(store: Store, rulebook: Rulebook, costs: Costs, occasion: Occasion) -> Result[CostsAnswer]:
    """Invoice a client for administrative costs, once.

    Raises:
        UnknownKey: the service is not stored, or no terms are in force.
        BadValue: the key was used before, with another input.
        CurrencyMismatch: the amount is not in the client's currency.
    """
    return perform(store, costs_deed(costs), lambda reader: _plan(reader, costs, rulebook, occasion))


def _plan(reader: Reader, costs: Costs, rulebook: Rulebook, occasion: Occasion) -> Plan[CostsAnswer]:
    """Return the plan of costs, with the client's credit spent on older debts first (PAY-7)."""
    client = one(reader, Service, costs.service).document.client
    return older_paid_first(
        reader, client, rulebook, occasion, lambda overlay: plan_costs(load_costs(overlay, costs), rulebook, occasion)
    )
