"""Whether a client's service may be paid by another cycle, from when on, and what a period costs then."""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.billing.standing import StandingState
from altocore.errors import BadValue
from altocore.policy.cycle_change import CycleChangeFacts, CycleChangeQuoted, CycleChangeRefused, decide_cycle_change
from altocore.policy.governing import order_edition, request_edition
from altocore.policy.order import OrderFacts, OrderRefused, decide_order
from altocore.ports.store import Store
from altocore.terms.parts import ChangeTerms, Terms
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.ids import ClientId, ServiceId
from altocore.values.money import Money, total
from altocore.workflows.enquiries.contracts import OwnContract, own_contract, period_number
from altocore.workflows.rulebook import Rulebook

__all__ = ["CycleQuote", "quote_cycle"]

CycleChangeAnswer: TypeAlias = CycleChangeQuoted | CycleChangeRefused


@final
@frozen(kw_only=True)
class CycleQuote:
    """The answer under the terms that govern the running period, with the facts that it rests on."""

    facts: CycleChangeFacts = field()
    terms: ChangeTerms = field()
    answer: CycleChangeAnswer = field()


def quote_cycle(  # noqa: PLR0913, PLR0917  # whose, what, under which rules, when
    store: Store, rulebook: Rulebook, client: ClientId, service: ServiceId, cycle: Cycle, on: Day
) -> CycleQuote | OrderRefused:
    """Return whether a service may be paid by this cycle from its next renewal on; the order's refusal where it is not sold so.

    The days of notice are those of the running period's terms, the price is that of the plan's edition that runs, the tax
    that of the day. Nothing is changed.

    Raises:
        UnknownKey: the client is not stored, or the service is not one of its own; no edition of the terms is in force, or it
            has no tax rate for the client's region.
        BadValue: the day lies before the service's first, or before the day on which its last invoice was issued.

    Source: REN-3, CAT-2, `terms/3.a`.
    """
    owned = own_contract(store, client, service)
    if any(on < each.issued for each in owned.invoices):
        raise BadValue("on", "must not lie before the last invoice of the service")
    today = order_edition(rulebook.editions, on).terms
    contract = owned.service.contract
    ordered = OrderFacts(
        plan=owned.plan,
        cycle=cycle,
        currency=owned.client.currency,
        addons=contract.addons,
        administration=contract.administration,
        today=on,
    )
    sold = decide_order(ordered, today.order)
    if isinstance(sold, OrderRefused):
        return sold
    terms = request_edition(rulebook.editions, owned.invoices, owned.service, on).terms.change
    price = total([each for _, each in sold.priced], ordered.currency)
    facts = _facts(owned, cycle, price, today, on)
    return CycleQuote(facts=facts, terms=terms, answer=decide_cycle_change(facts, terms))


def _facts(owned: OwnContract, asked: Cycle, price: Money, today: Terms, on: Day) -> CycleChangeFacts:
    """Return what the judgement reads; a service without periods renews on no day, and is asked as of today."""
    service = owned.service
    number = period_number(service, on)
    running, renewal = service.period(number), owned.charging(number + 1)
    behind = number + 2
    while _is_paid(owned, behind):
        behind += 1
    later = service.period(behind)
    return CycleChangeFacts(
        state=service.state,
        ending_pending=0 if service.ending is None else 1,
        cycle=service.contract.cycle,
        asked=asked,
        renews=on if running is None else running.end,
        later=on if later is None else later.start,
        issued=int(renewal is not None and renewal[1].state is StandingState.OPEN),
        paid=int(_is_paid(owned, number + 1)),
        price=price,
        tax=today.tax.rate(owned.client.tax_region),
        rounding=today.tax.rounding,
        today=on,
    )


def _is_paid(owned: OwnContract, number: int) -> bool:
    charged = owned.charging(number)
    return charged is not None and charged[1].state is StandingState.PAID
