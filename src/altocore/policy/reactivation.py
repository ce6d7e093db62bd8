"""Is a reason that a service is suspended for lifted, and does the service come back with it?

A debt is lifted by its payment: once no invoice that suspends is open past its due day (PAY-14). Any other reason is lifted
by the provider, who says that the problem is solved. The service is active again when its last reason is gone; one that is
suspended for two needs both gone.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Cited, Reason, Why

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
    """The service's state and the reasons it is suspended for, the one to lift, and who lifts it.

    `overdue_invoices` counts its invoices that suspend and are open past their due day.
    """

    state: ServiceState = field()
    suspensions: tuple[SuspensionReason, ...] = field()
    lifts: SuspensionReason = field()
    actor: Actor = field()
    overdue_invoices: int = field()


@final
@frozen(kw_only=True)
class ReactivationDue:
    """The reason is lifted. `left` are those that remain; where there is none, the service is active again."""

    left: tuple[SuspensionReason, ...] = field()


@final
@frozen(kw_only=True)
class ReactivationWithheld:
    """The service stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


ReactivationAnswer: TypeAlias = ReactivationDue | ReactivationWithheld


def _is_debt(facts: ReactivationFacts) -> bool:
    return facts.lifts is SuspensionReason.OVERDUE


def _is_provider(facts: ReactivationFacts) -> bool:
    """Say whether the actor may lift this reason: staff any, and who watches the machines an overload."""
    watches = facts.actor is Actor.PROVISIONER and facts.lifts is SuspensionReason.OVERLOAD
    return facts.actor is Actor.STAFF or watches


def _left(facts: ReactivationFacts) -> tuple[SuspensionReason, ...]:
    return tuple([each for each in facts.suspensions if each is not facts.lifts])


def _lifts(facts: ReactivationFacts, _terms: None) -> Cited:
    return (("suspension", facts.lifts.value),)


CHECKS: Final[tuple[Check[ReactivationFacts, None], ...]] = (
    Check(
        rule="LIF-3",
        clauses=(Clause("manual/alerts"),),
        why=Why.SERVICE_NOT_SUSPENDED,
        fires=lambda facts, _: facts.state is not ServiceState.SUSPENDED,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="LIF-3",
        clauses=(Clause("manual/alerts"),),
        why=Why.SUSPENSION_NOT_HELD,
        fires=lambda facts, _: facts.state is ServiceState.SUSPENDED and facts.lifts not in facts.suspensions,
        cites=_lifts,
    ),
    Check(
        rule="PAY-14",
        clauses=(Clause("manual/alerts"),),
        why=Why.DEBT_UNPAID,
        fires=lambda facts, _: _is_debt(facts) and facts.overdue_invoices > 0,
        cites=lambda facts, _: (("open_invoices", facts.overdue_invoices),),
    ),
    Check(
        rule="LIF-3",
        clauses=(Clause("manual/alerts"),),
        why=Why.NOT_THE_PROVIDER,
        fires=lambda facts, _: not _is_debt(facts) and not _is_provider(facts),
        cites=lambda facts, _: (("actor", facts.actor.value), ("suspension", facts.lifts.value)),
    ),
)

GROUNDS: Final[tuple[Ground[ReactivationFacts, None], ...]] = (
    Ground(rule="PAY-14", clauses=(Clause("manual/alerts"),), holds=lambda facts, _: _is_debt(facts)),
    Ground(
        rule="LIF-3",
        clauses=(Clause("manual/alerts"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (*_lifts(facts, terms), ("suspensions_left", len(_left(facts)))),
    ),
)


def decide_reactivation(facts: ReactivationFacts, _terms: None) -> ReactivationAnswer:
    """Return that the reason is lifted and which remain, or every reason why it is not.

    Source: PAY-14, LIF-3, `manual/alerts`.
    """
    reasons = fired(CHECKS, facts, None)
    return ReactivationWithheld(reasons=reasons) if reasons else ReactivationDue(left=_left(facts))


REACTIVATION: Final = Judgement(name="reactivation", checks=CHECKS, grounds=GROUNDS, decide=decide_reactivation)
