"""May this service move to that plan today, what is charged for it, and what becomes credit?

The provider's documents say it in three ways, and each is a reading of the terms. The manual charges the difference of the
prices, whole on any day of the period. The same difference may be charged for the days left alone. The terms and conditions
let the unconsumed part of what was paid go against a fresh term. A change of cycle is counted in the last way always, for
the two prices are of different times, and so is a move to a smaller plan, where one may be made.

What may be ordered at all (cycle, add-ons, administrator of a server) is the order's question, and asked there. When a change
takes effect, and what becomes of open renewals then, is not decided here.
"""

from typing import Final, TypeAlias, assert_never, final

from attrs import field, frozen

from altocore.billing.plan_changes import Change, FreshTerm, PriceDifferences
from altocore.billing.proration import Basis
from altocore.lifecycle.machine import ServiceState
from altocore.policy.upgrade_facts import (
    UpgradeFacts,
    change_of,
    credit_tax_of,
    due_day,
    is_listed,
    is_once,
    is_overloaded,
    is_same,
    is_smaller,
    reading_of,
    reads_paid,
    tax_of,
)
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import Downgrade, UpgradeCharge
from altocore.terms.parts import ChangeTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.days import Day
from altocore.values.money import Money, total

__all__ = ["UPGRADE", "UpgradeQuoted", "UpgradeRefused", "decide_upgrade"]


@final
@frozen(kw_only=True)
class UpgradeQuoted:
    """The change may be made, and comes to this: `charge` is invoiced with its `tax`, `credit` and `credit_tax` are given.

    One of both is nothing. `change` has the arithmetic of the reading. What is asked holds until the day `due`, that included.
    """

    reading: UpgradeCharge = field()
    change: Change = field()
    charge: Money = field()
    tax: Money = field()
    credit: Money = field()
    credit_tax: Money = field()
    due: Day = field()


@final
@frozen(kw_only=True)
class UpgradeRefused:
    """The change is not made, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


UpgradeAnswer: TypeAlias = UpgradeQuoted | UpgradeRefused


def _plans(facts: UpgradeFacts, _terms: ChangeTerms) -> Cited:
    return (("plan", facts.plan), ("target", facts.target))


def _prices(facts: UpgradeFacts, terms: ChangeTerms) -> Cited:
    return (*_plans(facts, terms), ("list_price", facts.listed.price), ("target_price", facts.target_listed.price))


def _stored(facts: UpgradeFacts, _terms: ChangeTerms) -> Cited:
    return (("stored_mb", facts.stored_mb), ("room_mb", facts.room_mb))


def _is_credited(facts: UpgradeFacts, terms: ChangeTerms) -> bool:
    return is_smaller(facts) and terms.downgrade is Downgrade.CREDIT


def _worked(facts: UpgradeFacts, terms: ChangeTerms) -> Cited:
    """Cite the arithmetic of the running period."""
    change, option = change_of(facts, terms), ("option", reading_of(facts, terms).value)
    match change:
        case PriceDifferences():
            first = change.periods[0]
            part, amounts = first.part, (("price", first.price), ("counted", first.counted), ("amount", first.amount))
        case FreshTerm():
            part = change.unconsumed[0].part
            amounts = (("price", change.price), ("counted", part.price), ("amount", part.amount))
        case _:
            assert_never(change)
    if part.basis is Basis.FLAT:
        return (option, ("upgrade_base", terms.upgrade_base.value), *amounts)
    return (option, *amounts, ("days_left", part.used), ("days", part.of))


def _worked_ahead(facts: UpgradeFacts, terms: ChangeTerms) -> Cited:
    """Cite what the periods that are paid ahead come to."""
    change = change_of(facts, terms)
    shares = change.periods if isinstance(change, PriceDifferences) else change.unconsumed
    amount = total([each.amount for each in shares[1:]], facts.price.currency)
    return (("option", reading_of(facts, terms).value), ("periods_ahead", len(facts.ahead)), ("amount", amount))


_UPGRADES: Final = Clause("manual/upgrade")
_CONSUMES: Final = Clause("terms/3.a")

CHECKS: Final[tuple[Check[UpgradeFacts, ChangeTerms], ...]] = (
    Check(
        rule="UPG-6",
        clauses=(HOUSE, Clause("terms/13.b")),
        why=Why.SERVICE_NOT_ACTIVE,
        fires=lambda facts, _: facts.state is not ServiceState.ACTIVE and not is_overloaded(facts),
        cites=lambda facts, _: (
            ("state", facts.state.value),
            *[("suspension", each.value) for each in facts.suspensions],
        ),
    ),
    Check(
        rule="UPG-6",
        clauses=(HOUSE,),
        why=Why.INVOICE_OVERDUE,
        fires=lambda facts, _: facts.overdue > 0,
        cites=lambda facts, _: (("open_invoices", facts.overdue),),
    ),
    Check(
        rule="UPG-6",
        clauses=(HOUSE,),
        why=Why.ENDING_PENDING,
        fires=lambda facts, _: facts.ending_pending > 0,
    ),
    Check(rule="CAT-2", clauses=(HOUSE,), why=Why.SOLD_ONCE, fires=lambda facts, _: is_once(facts), cites=_plans),
    Check(
        rule="UPG-2",
        clauses=(_UPGRADES,),
        why=Why.SAME_PLAN,
        fires=lambda facts, _: is_same(facts),
        cites=lambda facts, _: (("plan", facts.plan),),
    ),
    Check(
        rule="CAT-5",
        clauses=(_UPGRADES,),
        why=Why.UPGRADE_NOT_LISTED,
        fires=lambda facts, _: not (is_listed(facts) or is_same(facts) or is_smaller(facts)),
        cites=_plans,
    ),
    Check(
        rule="DWN-1",
        clauses=(Clause("manual/downgrade"),),
        why=Why.DOWNGRADE_REFUSED,
        fires=lambda facts, terms: is_smaller(facts) and terms.downgrade is Downgrade.REFUSE,
        cites=_prices,
    ),
    Check(
        rule="DWN-1",
        clauses=(HOUSE,),
        why=Why.STORAGE_NOT_TOLD,
        fires=lambda facts, terms: _is_credited(facts, terms) and facts.told == 0,
        cites=_plans,
    ),
    Check(
        rule="DWN-1",
        clauses=(HOUSE,),
        why=Why.STORAGE_TOO_SMALL,
        fires=lambda facts, terms: _is_credited(facts, terms) and facts.stored_mb > facts.room_mb,
        cites=lambda facts, terms: (*_plans(facts, terms), *_stored(facts, terms)),
    ),
    Check(
        rule="UPG-5",
        clauses=(HOUSE,),
        why=Why.PERIOD_NOT_INVOICED,
        fires=lambda facts, _: facts.missing > 0,
        cites=lambda facts, _: (("period", facts.running.whole.period),),
    ),
    Check(
        rule="UPG-5",
        clauses=(HOUSE,),
        why=Why.PERIOD_UNPAID,
        fires=lambda facts, terms: facts.unpaid > 0 and reads_paid(facts, terms),
        cites=lambda facts, _: (("period", facts.running.whole.period),),
    ),
    Check(
        rule="UPG-5",
        clauses=(HOUSE,),
        why=Why.PAID_ELSEWHERE,
        fires=lambda facts, terms: facts.elsewhere > 0 and reads_paid(facts, terms),
        cites=lambda facts, _: (("period", facts.running.whole.period),),
    ),
)

GROUNDS: Final[tuple[Ground[UpgradeFacts, ChangeTerms], ...]] = (
    Ground(
        rule="UPG-9",
        clauses=(HOUSE,),
        holds=lambda facts, _: is_listed(facts),
        cites=lambda facts, terms: (*_plans(facts, terms), ("category", facts.category)),
    ),
    Ground(
        rule="DWN-1",
        clauses=(_CONSUMES,),
        holds=lambda facts, _: is_smaller(facts),
        cites=lambda facts, terms: (*_prices(facts, terms), *_stored(facts, terms)),
    ),
    Ground(rule="UPG-6", clauses=(Clause("terms/13.b"),), holds=lambda facts, _: is_overloaded(facts)),
    Ground(
        rule="UPG-2",
        clauses=(_UPGRADES,),
        holds=lambda facts, _: facts.asked is not facts.cycle,
        cites=lambda facts, _: (("cycle", facts.asked.name.lower()),),
    ),
    Ground(rule="UPG-1", clauses=(_UPGRADES, _CONSUMES), holds=lambda _facts, _terms: True, cites=_worked),
    Ground(
        rule="UPG-7",
        clauses=(HOUSE,),
        holds=lambda facts, _: bool(facts.ahead),
        cites=_worked_ahead,
    ),
    Ground(rule="UPG-5", clauses=(HOUSE,), holds=reads_paid, cites=lambda facts, _: (("paid", facts.running.paid),)),
    Ground(
        rule="UPG-3",
        clauses=(_CONSUMES,),
        holds=lambda facts, terms: change_of(facts, terms).rest.minor > 0,
        cites=lambda facts, terms: (
            ("credit", change_of(facts, terms).rest),
            ("tax", credit_tax_of(change_of(facts, terms).rest, facts)),
        ),
    ),
    Ground(
        rule="PAY-15",
        clauses=(HOUSE,),
        holds=lambda facts, terms: change_of(facts, terms).charge.minor > 0,
        cites=lambda facts, terms: (
            ("net", change_of(facts, terms).charge),
            ("tax", tax_of(change_of(facts, terms), facts)),
            ("due", due_day(facts)),
        ),
    ),
)


def decide_upgrade(facts: UpgradeFacts, terms: ChangeTerms) -> UpgradeAnswer:
    """Return what the change comes to, with its arithmetic, or every reason why it is not made.

    The amount is that of today, and holds until it is due: `due_days` from today, or the last day of the running period,
    whichever is first.

    Source: UPG-1, `manual/upgrade`, `terms/3.a`; UPG-2, `manual/upgrade`; UPG-3, `terms/3.a`; UPG-5, UPG-7, UPG-9, house;
    UPG-6, `terms/13.b`; CAT-5, `manual/upgrade`; DWN-1, `manual/downgrade`, `terms/3.a`; PAY-15, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return UpgradeRefused(reasons=reasons)
    change = change_of(facts, terms)
    return UpgradeQuoted(
        reading=reading_of(facts, terms),
        change=change,
        charge=change.charge,
        tax=tax_of(change, facts),
        credit=change.rest,
        credit_tax=credit_tax_of(change.rest, facts),
        due=due_day(facts),
    )


UPGRADE: Final = Judgement(name="upgrade", checks=CHECKS, grounds=GROUNDS, decide=decide_upgrade)
