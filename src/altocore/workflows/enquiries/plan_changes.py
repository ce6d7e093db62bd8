"""What it would cost to move a client's service to another plan: asked of a store, which it leaves as it is."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.paid import paid_for_period
from altocore.billing.plan_changes import Held, Listed
from altocore.billing.standing import StandingState
from altocore.catalogue.kinds import Administration, Trait
from altocore.catalogue.plans import PlanEdition, edition_on
from altocore.errors import BadValue
from altocore.lifecycle.machine import RUNNING
from altocore.plans.reading import OfPlans
from altocore.policy.governing import order_edition, request_edition
from altocore.policy.order import OrderAccepted, OrderFacts, OrderRefused, decide_order
from altocore.policy.upgrade import UpgradeQuoted, UpgradeRefused, decide_upgrade
from altocore.policy.upgrade_facts import UpgradeFacts, is_smaller
from altocore.policy.upgrade_path import UpgradeListed, UpgradePathFacts, decide_upgrade_path
from altocore.ports.store import Store
from altocore.terms.options import Downgrade, UpgradeBase, UpgradeCharge
from altocore.terms.parts import ChangeTerms, Terms
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.ids import AddonId, ClientId, PlanId, ServiceId
from altocore.values.money import total, zero
from altocore.workflows.enquiries.contracts import OwnContract, own_contract, period_number
from altocore.workflows.rulebook import Rulebook

__all__ = ["ChangeQuote", "PlanChange", "Reading", "Storage", "quote_change", "side_by_side"]

UpgradeAnswer: TypeAlias = UpgradeQuoted | UpgradeRefused


@final
@frozen(kw_only=True)
class Storage:
    """What a service stores, and what room the new plan has, in megabytes, as whoever runs the machines tells it."""

    stored_mb: int = field()
    room_mb: int = field()


@final
@frozen(kw_only=True)
class PlanChange:
    """What is asked: this plan, by a cycle, with add-ons; None keeps those that the service has.

    `administration` is who shall administer a server, where the service is none today. `storage` is asked for where the plan
    is a smaller one (DWN-1).
    """

    plan: PlanId = field()
    cycle: Cycle | None = field(default=None)
    addons: tuple[AddonId, ...] | None = field(default=None)
    administration: Administration | None = field(default=None)
    storage: Storage | None = field(default=None)


@final
@frozen(kw_only=True)
class ChangeQuote:
    """What the change comes to under the terms that govern the running period; the facts of it, to ask under others."""

    facts: UpgradeFacts = field()
    terms: ChangeTerms = field()
    answer: UpgradeAnswer = field()


@final
@frozen(kw_only=True)
class Reading:
    """One reading of the terms, and what the change comes to in it; `chosen` are the readings that the terms give, 0 or 1."""

    terms: ChangeTerms = field()
    chosen: int = field()
    answer: UpgradeAnswer = field()


def quote_change(  # noqa: PLR0913, PLR0917  # whose, what, under which rules, when
    store: Store, rulebook: Rulebook, client: ClientId, service: ServiceId, change: PlanChange, on: Day
) -> ChangeQuote | OrderRefused:
    """Return what moving a client's service to another plan comes to on this day; the order's refusal where it is not sold so.

    The reading is that of the running period's terms; the price, the tax and the days to pay are those of the day
    (REN-4). Nothing is changed.

    Raises:
        UnknownKey: the client is not stored, the service is not one of its own, or the plan is not stored; no edition of the
            terms is in force, or it has no tax rate for the client's region.
        BadValue: an add-on is asked for twice; the day lies before the service's first, or before the day on which its last
            invoice was issued: what was true before that is not stored.

    Source: UPG-1, UPG-2, UPG-5, UPG-7, UPG-9, DWN-1, REN-4.
    """
    owned = own_contract(store, client, service)
    if any(on < each.issued for each in owned.invoices):
        raise BadValue("on", "must not lie before the last invoice of the service")
    target = edition_on([each.document for each in store.select(PlanEdition, OfPlans((change.plan,)))], on)
    today = order_edition(rulebook.editions, on).terms
    ordered = _ordered(owned, change, target, on)
    sold = decide_order(ordered, today.order)
    if isinstance(sold, OrderRefused):
        return sold
    terms = request_edition(rulebook.editions, owned.invoices, owned.service, on).terms.change
    facts = _facts(owned, change, ordered, sold, today)
    return ChangeQuote(facts=facts, terms=terms, answer=decide_upgrade(facts, terms))


def side_by_side(quote: ChangeQuote) -> tuple[Reading, ...]:
    """Return what the change comes to in each reading of the terms; one alone for another cycle, which has one reading.

    Source: UPG-1, UPG-2, DWN-1.
    """
    found = [
        Reading(terms=terms, chosen=int(terms == quote.terms), answer=decide_upgrade(quote.facts, terms))
        for terms in _readings(quote.facts, quote.terms)
    ]
    return tuple(found)


def _readings(facts: UpgradeFacts, own: ChangeTerms) -> list[ChangeTerms]:
    """Return the terms in each reading that the change could be asked in, those that differ in nothing else left out."""
    if is_smaller(facts):
        return [replace(own, downgrade=each) for each in Downgrade]
    if facts.asked is not facts.cycle:
        return [own]
    full = UpgradeCharge.FULL_DIFFERENCE
    by_price = [replace(own, upgrade_charge=full, upgrade_base=each) for each in UpgradeBase]
    return [*by_price, *[replace(own, upgrade_charge=each) for each in UpgradeCharge if each is not full]]


def _ordered(owned: OwnContract, change: PlanChange, target: PlanEdition, on: Day) -> OrderFacts:
    """Return the new plan as an order of it: who administers a server stays who it is (CAT-7)."""
    contract = owned.service.contract
    kept = contract.administration if target.has_trait(Trait.SERVER) else None
    return OrderFacts(
        plan=target,
        cycle=contract.cycle if change.cycle is None else change.cycle,
        currency=owned.client.currency,
        addons=contract.addons if change.addons is None else change.addons,
        administration=change.administration if kept is None else kept,
        today=on,
    )


def _facts(
    owned: OwnContract, change: PlanChange, ordered: OrderFacts, sold: OrderAccepted, today: Terms
) -> UpgradeFacts:
    """Return what the judgement of the change reads; `today` are the terms in force on the day."""
    service, of, on, target = owned.service, ordered.currency, ordered.today, ordered.plan
    path = decide_upgrade_path(UpgradePathFacts(plan=owned.plan, target=target.plan), None)
    number = period_number(service, on)
    charged = None if service.contract.anchor is None else owned.charging(number)
    due = [owned.standings[each].due for each in service.debts]
    storage = change.storage or Storage(stored_mb=0, room_mb=0)
    return UpgradeFacts(
        state=service.state,
        suspensions=service.suspensions,
        overdue=len([each for each in due if each < on]),
        ending_pending=0 if service.ending is None else 1,
        plan=owned.plan.plan,
        target=target.plan,
        category=path.category if isinstance(path, UpgradeListed) else "",
        cycle=service.contract.cycle,
        asked=ordered.cycle,
        listed=_listed(owned.plan, ordered.cycle, service.contract.cycle, of),
        target_listed=_listed(target, ordered.cycle, ordered.cycle, of),
        price=total([price for _, price in sold.priced], of),
        running=_held(owned, number, on),
        ahead=tuple([_held(owned, each, on) for each in _paid_ahead(owned, number)]),
        unpaid=1 if charged is not None and charged[1].state is StandingState.OPEN else 0,
        missing=1 if service.state in RUNNING and number > service.last_period else 0,
        elsewhere=1 if number < service.contract.first_period else 0,
        told=0 if change.storage is None else 1,
        stored_mb=storage.stored_mb,
        room_mb=storage.room_mb,
        tax=today.tax.rate(owned.client.tax_region),
        rounding=today.tax.rounding,
        due_days=today.invoicing.due_days,
        today=on,
    )


def _paid_ahead(owned: OwnContract, running: int) -> list[int]:
    """Return the numbers of the periods to come that are paid."""
    found = [(number, owned.charging(number)) for number in range(running + 1, owned.service.last_period + 1)]
    return [number for number, charged in found if charged is not None and charged[1].state is StandingState.PAID]


def _held(owned: OwnContract, number: int, on: Day) -> Held:
    """Return what the client has of a period. A service that has none yet, or never, has one that begins today, unpaid."""
    contract, of = owned.service.contract, owned.client.currency
    cadence = contract.cycle if isinstance(contract.cycle, Cadence) else Cadence.MONTHLY
    whole = AnchoredPeriod(anchor=on if contract.anchor is None else contract.anchor, cadence=cadence, number=number)
    charged, nothing = owned.charging(number), zero(of)
    paid, tax = (
        (nothing, nothing) if charged is None else paid_for_period(charged[0], charged[1], owned.plan, contract.cycle)
    )
    prices = owned.plan.prices(contract.cycle, of, contract.addons)
    return Held(whole=whole, price=total([price for _, price in prices], of), paid=paid, tax=tax)


def _listed(plan: PlanEdition, asked: Cycle, own: Cycle, of: Currency) -> Listed:
    """Return a plan's list price on the asked cycle, or on its own where it has none there. Source: UPG-9, house."""
    cycle = asked if plan.prices(asked, of) else own
    return Listed(price=plan.list_price(cycle, of), months=int(cycle) if isinstance(cycle, Cadence) else 1)
