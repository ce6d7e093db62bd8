"""Does a suspended service come back? It does once its overdue invoices are all paid."""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.machine import ServiceState
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why

__all__ = [
    "REACTIVATION",
    "ReactivationDue",
    "ReactivationFacts",
    "ReactivationWithheld",
    "decide_reactivation",
]


@final
@frozen(kw_only=True)
class ReactivationFacts:
    """The service's state, and how many of its invoices that suspend are open and past their due day."""

    state: ServiceState = field()
    overdue_invoices: int = field()


@final
@frozen(kw_only=True)
class ReactivationDue:
    """The service is active again."""


@final
@frozen(kw_only=True)
class ReactivationWithheld:
    """The service stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


ReactivationAnswer: TypeAlias = ReactivationDue | ReactivationWithheld

CHECKS: Final[tuple[Check[ReactivationFacts, None], ...]] = (
    Check(
        rule="LIF-3",
        clauses=(Clause("manual/alerts"),),
        why=Why.SERVICE_NOT_SUSPENDED,
        fires=lambda facts, _: facts.state is not ServiceState.SUSPENDED,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="PAY-14",
        clauses=(Clause("manual/alerts"),),
        why=Why.DEBT_UNPAID,
        fires=lambda facts, _: facts.overdue_invoices > 0,
        cites=lambda facts, _: (("open_invoices", facts.overdue_invoices),),
    ),
)

GROUNDS: Final[tuple[Ground[ReactivationFacts, None], ...]] = (
    Ground(rule="PAY-14", clauses=(Clause("manual/alerts"),), holds=lambda _facts, _terms: True),
    Ground(rule="LIF-3", clauses=(Clause("manual/alerts"),), holds=lambda _facts, _terms: True),
)


def decide_reactivation(facts: ReactivationFacts, _terms: None) -> ReactivationAnswer:
    """Return that the service comes back, or every reason why it does not.

    Source: PAY-14, LIF-3, `manual/alerts`.
    """
    reasons = fired(CHECKS, facts, None)
    return ReactivationWithheld(reasons=reasons) if reasons else ReactivationDue()


REACTIVATION: Final = Judgement(name="reactivation", checks=CHECKS, grounds=GROUNDS, decide=decide_reactivation)
