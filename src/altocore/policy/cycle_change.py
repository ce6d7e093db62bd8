"""May the client pay this service by another cycle, from which day on, and what does a period cost then?

A change of cycle is asked for by ticket, some days before the next renewal, and takes effect at that renewal; the anchor's day
of the month stays. Asked later, or once that renewal is paid, it is refused for this time, and the answer names the next day
on which it can take effect. A renewal that is issued and unpaid bars nothing: it is voided, and issued again.

Another plan in another cycle is another question (UPG-2).
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import ChangeTerms, TaxRate
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day, add_days
from altocore.values.money import Money
from altocore.values.rounding import Rounding

__all__ = ["CYCLE_CHANGE", "CycleChangeFacts", "CycleChangeQuoted", "CycleChangeRefused", "decide_cycle_change"]

_MILLION: Final = 1_000_000


@final
@frozen(kw_only=True)
class CycleChangeFacts:
    """The service, its cycle and the one that is asked for, its next renewal and the one behind that.

    `ending_pending` counts the ends that are pending, `issued` the invoices of the next renewal that are open, `paid` those
    that are paid: each 0 or 1. `renews` is the first day of the next period, `later` the first behind it that is not paid
    for. `price` is that of one whole period of the asked cycle, with the add-ons that run.
    """

    state: ServiceState = field()
    ending_pending: int = field()
    cycle: Cycle = field()
    asked: Cycle = field()
    renews: Day = field()
    later: Day = field()
    issued: int = field()
    paid: int = field()
    price: Money = field()
    tax: TaxRate = field()
    rounding: Rounding = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class CycleChangeQuoted:
    """From `effective` on a period is one of the asked cycle, and costs `price` and its `tax`.

    `reissues` counts the invoices that are voided and issued again for it.
    """

    effective: Day = field()
    price: Money = field()
    tax: Money = field()
    reissues: int = field()


@final
@frozen(kw_only=True)
class CycleChangeRefused:
    """The cycle stays, for all these reasons. `next_day` is the next day on which another could take effect."""

    reasons: tuple[Reason, ...] = field()
    next_day: Day = field()


CycleChangeAnswer: TypeAlias = CycleChangeQuoted | CycleChangeRefused


def _latest(facts: CycleChangeFacts, terms: ChangeTerms) -> Day:
    return add_days(facts.renews, -terms.cycle_notice_days)


def _is_late(facts: CycleChangeFacts, terms: ChangeTerms) -> bool:
    return facts.today > _latest(facts, terms)


def _next_day(facts: CycleChangeFacts, terms: ChangeTerms) -> Day:
    return facts.later if facts.paid > 0 or _is_late(facts, terms) else facts.renews


def _tax(facts: CycleChangeFacts) -> Money:
    return facts.price.scaled(facts.tax.rate_ppm, _MILLION, facts.rounding)


def _cycle(facts: CycleChangeFacts, _terms: ChangeTerms) -> Cited:
    return (("cycle", facts.asked.name.lower()),)


_ASKS: Final = (Clause("terms/3.a"),)

CHECKS: Final[tuple[Check[CycleChangeFacts, ChangeTerms], ...]] = (
    Check(
        rule="REN-3",
        clauses=_ASKS,
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(rule="REN-3", clauses=_ASKS, why=Why.ENDING_PENDING, fires=lambda facts, _: facts.ending_pending > 0),
    Check(
        rule="CAT-2",
        clauses=(HOUSE,),
        why=Why.SOLD_ONCE,
        fires=lambda facts, _: Once.ONE_TIME in {facts.cycle, facts.asked},
        cites=_cycle,
    ),
    Check(
        rule="REN-3",
        clauses=_ASKS,
        why=Why.SAME_CYCLE,
        fires=lambda facts, _: facts.asked is facts.cycle,
        cites=_cycle,
    ),
    Check(
        rule="REN-3",
        clauses=_ASKS,
        why=Why.RENEWAL_PAID,
        fires=lambda facts, _: facts.paid > 0,
        cites=lambda facts, terms: (("effective", facts.renews), ("next_day", _next_day(facts, terms))),
    ),
    Check(
        rule="REN-3",
        clauses=_ASKS,
        why=Why.ASKED_TOO_LATE,
        fires=_is_late,
        cites=lambda facts, terms: (
            ("effective", facts.renews),
            ("latest", _latest(facts, terms)),
            ("today", facts.today),
            ("next_day", _next_day(facts, terms)),
        ),
    ),
)

GROUNDS: Final[tuple[Ground[CycleChangeFacts, ChangeTerms], ...]] = (
    Ground(
        rule="REN-3",
        clauses=_ASKS,
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (
            ("effective", facts.renews),
            ("latest", _latest(facts, terms)),
            *_cycle(facts, terms),
            ("reissues", facts.issued),
        ),
    ),
    Ground(
        rule="CAT-2",
        clauses=_ASKS,
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (*_cycle(facts, terms), ("price", facts.price), ("tax", _tax(facts))),
    ),
)


def decide_cycle_change(facts: CycleChangeFacts, terms: ChangeTerms) -> CycleChangeAnswer:
    """Return from which day on the asked cycle holds and what a period of it costs, or every reason why it does not.

    Source: REN-3, CAT-2, `terms/3.a`.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return CycleChangeRefused(reasons=reasons, next_day=_next_day(facts, terms))
    return CycleChangeQuoted(effective=facts.renews, price=facts.price, tax=_tax(facts), reissues=facts.issued)


CYCLE_CHANGE: Final = Judgement(name="cycle_change", checks=CHECKS, grounds=GROUNDS, decide=decide_cycle_change)
