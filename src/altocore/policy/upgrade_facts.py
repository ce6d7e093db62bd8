"""What a plan change is judged by: the facts, which reading of the terms they fall under, and what it comes to.

The table of the judgement is `altocore.policy.upgrade`.
"""

from typing import Final, assert_never, final

from attrs import field, frozen

from altocore.billing.plan_changes import Change, Held, Listed, PriceDifferences, fresh_term, price_differences
from altocore.billing.proration import Basis
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.terms.options import UpgradeBase, UpgradeCharge
from altocore.terms.parts import ChangeTerms, TaxRate
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day, add_days
from altocore.values.ids import PlanId
from altocore.values.money import Money, total
from altocore.values.rounding import Rounding

__all__ = [
    "UpgradeFacts",
    "change_of",
    "credit_tax_of",
    "due_day",
    "is_listed",
    "is_once",
    "is_overloaded",
    "is_same",
    "is_smaller",
    "reading_of",
    "reads_paid",
    "tax_of",
]

_MILLION: Final = 1_000_000


@final
@frozen(kw_only=True)
class UpgradeFacts:
    """The service and its debts, the two plans with what they cost, and what the client has of the periods that are paid.

    `overdue` counts the service's invoices that fell due before today, `ending_pending` the ends that are pending, 0 or 1.
    `category` is that under which the plan lists the target, empty where it does not. `cycle` is the contract's, `asked` that
    of the new plan. `listed` and `target_listed` are both list prices on the asked cycle; the first is on the contract's own
    where the plan has no price there. `price` is the new plan's for one whole asked cycle, with the add-ons that are taken.

    `running` is the period that holds today. `unpaid` counts its invoices that are open, `missing` is 1 where it is not
    invoiced yet, and `elsewhere` where it was paid before the contract was taken over. `ahead` are the periods to come that
    are paid. `due_days` is how long an invoice may be paid. `told` is 1 where somebody said what is stored and what room the
    new plan has.
    """

    state: ServiceState = field()
    suspensions: tuple[SuspensionReason, ...] = field()
    overdue: int = field()
    ending_pending: int = field()
    plan: PlanId = field()
    target: PlanId = field()
    category: str = field()
    cycle: Cycle = field()
    asked: Cycle = field()
    listed: Listed = field()
    target_listed: Listed = field()
    price: Money = field()
    running: Held = field()
    ahead: tuple[Held, ...] = field()
    unpaid: int = field()
    missing: int = field()
    elsewhere: int = field()
    told: int = field()
    stored_mb: int = field()
    room_mb: int = field()
    tax: TaxRate = field()
    rounding: Rounding = field()
    due_days: int = field()
    today: Day = field()


def is_listed(facts: UpgradeFacts) -> bool:
    """Say whether the plan leads to the target by itself. Source: CAT-5, `manual/upgrade`."""
    return bool(facts.category)


def is_same(facts: UpgradeFacts) -> bool:
    """Say whether the target is the plan that runs: another cycle of it is no upgrade. Source: UPG-2."""
    return facts.target == facts.plan


def is_smaller(facts: UpgradeFacts) -> bool:
    """Say whether this is a downgrade: a listed plan never is, whatever it costs. Source: UPG-9, house."""
    return not is_listed(facts) and not is_same(facts) and facts.target_listed.is_below(facts.listed)


def is_overloaded(facts: UpgradeFacts) -> bool:
    """Say whether an overload is all that suspends it: a larger plan is its way out. Source: UPG-6, `terms/13.b`."""
    return facts.state is ServiceState.SUSPENDED and set(facts.suspensions) == {SuspensionReason.OVERLOAD}


def is_once(facts: UpgradeFacts) -> bool:
    """Say whether one of the two is sold once, and has no period. Source: CAT-2."""
    return Once.ONE_TIME in {facts.cycle, facts.asked}


def reading_of(facts: UpgradeFacts, terms: ChangeTerms) -> UpgradeCharge:
    """Return how the change is counted; for another cycle and a smaller plan the terms have no choice. Source: UPG-2, DWN-1."""
    by_money = facts.asked is not facts.cycle or is_smaller(facts)
    return UpgradeCharge.UNUSED_CREDIT if by_money else terms.upgrade_charge


def reads_paid(facts: UpgradeFacts, terms: ChangeTerms) -> bool:
    """Say whether what is charged rests on what was paid for the period. Source: UPG-1, UPG-5."""
    reading = reading_of(facts, terms)
    by_paid = reading is UpgradeCharge.FULL_DIFFERENCE and terms.upgrade_base is UpgradeBase.PAID
    return by_paid or reading is UpgradeCharge.UNUSED_CREDIT


def _held(facts: UpgradeFacts) -> tuple[Held, ...]:
    return (facts.running, *facts.ahead)


def change_of(facts: UpgradeFacts, terms: ChangeTerms) -> Change:
    """Return the arithmetic of the reading that applies."""
    held, price, rounding, today = _held(facts), facts.price, facts.rounding, facts.today
    reading = reading_of(facts, terms)
    match reading:
        case UpgradeCharge.FULL_DIFFERENCE:
            return price_differences(held, price, terms.upgrade_base, Basis.FLAT, rounding, today)
        case UpgradeCharge.PRORATED_DIFFERENCE:
            return price_differences(held, price, UpgradeBase.LIST_PRICE, Basis.ACTUAL_DAYS, rounding, today)
        case UpgradeCharge.UNUSED_CREDIT:
            return fresh_term(held, price, rounding, today)
        case _:
            assert_never(reading)


def tax_of(change: Change, facts: UpgradeFacts) -> Money:
    """Return the tax of what is charged: of a difference for each period, for each is a line of its own. Source: PAY-13."""
    lines = [each.amount for each in change.periods] if isinstance(change, PriceDifferences) else [change.charge]
    return total([line.scaled(facts.tax.rate_ppm, _MILLION, facts.rounding) for line in lines], facts.price.currency)


def credit_tax_of(rest: Money, facts: UpgradeFacts) -> Money:
    """Return the tax that was paid with what is left over: so much of it as that is of all that was paid."""
    paid = total([each.paid for each in _held(facts)], rest.currency)
    tax = total([each.tax for each in _held(facts)], rest.currency)
    return tax.scaled(rest.minor, paid.minor, facts.rounding) if rest.minor else rest


def due_day(facts: UpgradeFacts) -> Day:
    """Return the last day on which the amount holds. Source: PAY-15, house."""
    return min(add_days(facts.today, facts.due_days), facts.running.whole.period.last_day)
