"""May the provider end this service at once?

It has a right to, and no duty: for a chargeback, for administrative costs that were invoiced and not paid, for a breach,
which is named by its kind. So nothing here happens by itself. A right is exercised by somebody: by staff who is named, or by
a policy of the provider that is named in its place. For the first two there must be something to point at: the payment that
was charged back, the invoice that is overdue. A debt ends a service in one way only, which is the timeline of its invoice.

Ending a service grants no damages to anybody (TER-2), and a decision may cite the acceptable-use policy by its name, for it
is a document that altocore does not hold (TER-3).
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.reasons import BREACHES, TERMINATIONS, TerminationReason
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Cited, Reason, Why

__all__ = ["TERMINATION", "TerminationFacts", "TerminationGranted", "TerminationRefused", "decide_termination"]


@final
@frozen(kw_only=True)
class TerminationFacts:
    """The service's state, the reason, and who exercises the right.

    `named` says whether the person or policy is named, `evidence` counts what the reason points at: each 0 or 1.
    """

    state: ServiceState = field()
    reason: TerminationReason = field()
    actor: Actor = field()
    named: int = field()
    evidence: int = field()


@final
@frozen(kw_only=True)
class TerminationGranted:
    """The service ends at once."""


@final
@frozen(kw_only=True)
class TerminationRefused:
    """The service stays as it is, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


TerminationAnswer: TypeAlias = TerminationGranted | TerminationRefused


def _for(facts: TerminationFacts, _terms: None) -> Cited:
    return (("termination", facts.reason.value),)


CHECKS: Final[tuple[Check[TerminationFacts, None], ...]] = (
    Check(
        rule="LIF-4",
        clauses=(Clause("terms/8"),),
        why=Why.SERVICE_NOT_RUNNING,
        fires=lambda facts, _: facts.state not in RUNNING,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="PAY-2",
        clauses=(Clause("terms/5.a"),),
        why=Why.TERMINATED_BY_TIMELINE_ONLY,
        fires=lambda facts, _: facts.reason is TerminationReason.DEBT,
    ),
    Check(
        rule="TER-1",
        clauses=(Clause("terms/8"),),
        why=Why.NOT_BY_STAFF,
        fires=lambda facts, _: facts.actor is not Actor.STAFF,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
    Check(
        rule="PAY-8",
        clauses=(HOUSE,),
        why=Why.ACTOR_NOT_NAMED,
        fires=lambda facts, _: facts.actor is Actor.STAFF and facts.named == 0,
    ),
    Check(
        rule="PAY-8",
        clauses=(Clause("terms/5.d"),),
        why=Why.NOTHING_TO_POINT_AT,
        fires=lambda facts, _: facts.reason is TerminationReason.CHARGEBACK and facts.evidence == 0,
        cites=_for,
    ),
    Check(
        rule="PAY-9",
        clauses=(Clause("terms/2.c"),),
        why=Why.NOTHING_TO_POINT_AT,
        fires=lambda facts, _: facts.reason is TerminationReason.ADMINISTRATIVE_COSTS and facts.evidence == 0,
        cites=_for,
    ),
)


def _ends_for(reason: TerminationReason, rule: str) -> Ground[TerminationFacts, None]:
    """Return the ground of a termination for this reason, with the reason's own clauses."""
    return Ground(rule=rule, clauses=TERMINATIONS[reason], holds=lambda facts, _: facts.reason is reason, cites=_for)


GROUNDS: Final[tuple[Ground[TerminationFacts, None], ...]] = (
    _ends_for(TerminationReason.CHARGEBACK, "PAY-8"),
    _ends_for(TerminationReason.ADMINISTRATIVE_COSTS, "PAY-9"),
    *[_ends_for(reason, "TER-1") for reason in TerminationReason if reason in BREACHES],
    Ground(
        rule="TER-3",
        clauses=(Clause("terms/13.d"), Clause("terms/14.d"), Clause("terms/15.e"), Clause("terms/18.a")),
        holds=lambda facts, _: facts.reason is TerminationReason.ACCEPTABLE_USE,
    ),
    Ground(rule="LIF-4", clauses=(Clause("terms/8"),), holds=lambda _facts, _terms: True),
    Ground(rule="TER-2", clauses=(Clause("terms/6"),), holds=lambda _facts, _terms: True),
)


def decide_termination(facts: TerminationFacts, _terms: None) -> TerminationAnswer:
    """Return that the provider may end the service at once, or every reason why it may not.

    Source: LIF-4, TER-1, `terms/8`; PAY-8, `terms/5.d`; PAY-9, `terms/2.c`; TER-2, `terms/6`; TER-3, `terms/13.d`.
    """
    reasons = fired(CHECKS, facts, None)
    return TerminationRefused(reasons=reasons) if reasons else TerminationGranted()


TERMINATION: Final = Judgement(name="termination", checks=CHECKS, grounds=GROUNDS, decide=decide_termination)
