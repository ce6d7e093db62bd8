"""What becomes of an unpaid invoice today, and of its service?

An invoice walks its timeline (`billing.timeline`) one step after the other; each day's run takes every step whose day has
come. A run that comes late takes several at once, and then three things differ from daily runs, on purpose:

- a reminder that a later due step overtakes is not sent, but counted as done: nobody gets four letters in one night;
- a suspension bears the day on which it is made, for until then the service did work;
- a termination waits until a channel has taken the last notice, and `last_notice_days` more. While it waits the invoice
  is not cancelled either.

Where the service has ended already nothing is left but the invoice's own cancellation. That is so for invoices whose
timeline hangs on their service; administrative costs walk theirs whatever runs, and their right (PAY-9) is told by being
counted: the run does nothing about it, a person may.

Faults of the provider and promises to pay make steps come later, as `billing.moves` says; the due date stays. Those of a
domain's renewal come on their day whatever happens, for the registry ends a registration that nobody renewed.
"""

from collections.abc import Callable
from typing import Final, TypeAlias, assert_never, final

from attrs import evolve, field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.moves import UNMOVED, Moves
from altocore.billing.standing import StandingState, next_step_day, planned_day
from altocore.billing.timeline import Stage, Step, hangs_on_service, timeline
from altocore.lifecycle.machine import ENDED, RUNNING, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.parts import OverdueTerms
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.days import Day, days_from

__all__ = [
    "OVERDUE",
    "STAGES",
    "OverdueFacts",
    "StepsDue",
    "StepsWaiting",
    "decide_overdue",
    "step_day",
    "steps_by_today",
]


@final
@frozen(kw_only=True)
class OverdueFacts:
    """Where the invoice stands on its timeline, in which state its service is, and for what it is suspended.

    `last_notice_taken` is None until a channel took it; the table reads it, the answer does not. `moves` is what makes
    the steps come later than planned.
    """

    kind: InvoiceKind = field()
    standing: StandingState = field()
    service: ServiceState = field()
    suspensions: tuple[SuspensionReason, ...] = field()
    issued: Day = field()
    due: Day = field()
    steps_done: int = field()
    last_notice_taken: Day | None = field()
    today: Day = field()
    moves: Moves = field(default=UNMOVED)


@final
@frozen(kw_only=True)
class StepsDue:
    """The steps to take today, `taken`, those that count as done without being taken, and how many are done then."""

    taken: tuple[Step, ...] = field()
    superseded: tuple[Step, ...] = field()
    steps_done: int = field()


@final
@frozen(kw_only=True)
class StepsWaiting:
    """Nothing is to be done today, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


OverdueAnswer: TypeAlias = StepsDue | StepsWaiting


def _has_ended(facts: OverdueFacts) -> bool:
    return facts.service in ENDED and hangs_on_service(facts.kind)


def step_day(facts: OverdueFacts, terms: OverdueTerms, number: int) -> Day | None:
    """Return the day of a step; once the service has ended, of the cancellation that is left.

    None where none is left, and where it waits for a channel to take the last notice.
    """
    if _has_ended(facts):
        number = len(timeline(facts.kind, terms)) - 1
    return next_step_day(facts.kind, facts.due, number, facts.last_notice_taken, terms, facts.moves)


def _is_due(facts: OverdueFacts, terms: OverdueTerms, number: int) -> bool:
    on = step_day(facts, terms, number)
    return on is not None and on <= facts.today


def _is_open(facts: OverdueFacts) -> bool:
    return facts.standing is StandingState.OPEN


def _is_walked(facts: OverdueFacts, terms: OverdueTerms) -> bool:
    return facts.steps_done == len(timeline(facts.kind, terms))


def _next_is(facts: OverdueFacts, terms: OverdueTerms, stage: Stage) -> bool:
    steps = timeline(facts.kind, terms)
    return _is_open(facts) and facts.steps_done < len(steps) and steps[facts.steps_done].stage is stage


def _terminates_unwarned(facts: OverdueFacts, terms: OverdueTerms) -> bool:
    return (
        _next_is(facts, terms, Stage.TERMINATE)
        and not _has_ended(facts)
        and planned_day(facts.kind, facts.due, facts.steps_done, terms, facts.moves) <= facts.today
    )


def _promised(facts: OverdueFacts) -> Day | None:
    """Return the last day that a promise to pay keeps still from today on; None where none runs."""
    return max([hold.until for hold in facts.moves.holds if facts.today <= hold.until], default=None)


def _keeps_word(facts: OverdueFacts, terms: OverdueTerms) -> bool:
    """Say whether a step would be taken today, were it not for a promise to pay."""
    if not _is_open(facts) or _is_walked(facts, terms) or _promised(facts) is None:
        return False
    unheld = evolve(facts, moves=evolve(facts.moves, holds=()))
    return _is_due(unheld, terms, facts.steps_done)


def _word(facts: OverdueFacts, _terms: OverdueTerms) -> Cited:
    until = _promised(facts)
    return () if until is None else (("promised", until),)


def _next(facts: OverdueFacts, terms: OverdueTerms) -> Cited:
    steps = timeline(facts.kind, terms)
    stage = (steps[-1] if _has_ended(facts) else steps[facts.steps_done]).stage
    on = step_day(facts, terms, facts.steps_done)
    return (("stage", stage.value), *((("on", on),) if on is not None else ()))


CHECKS: Final[tuple[Check[OverdueFacts, OverdueTerms], ...]] = (
    Check(
        rule="PAY-2",
        clauses=(Clause("terms/5.a"),),
        why=Why.INVOICE_NOT_OPEN,
        fires=lambda facts, _: not _is_open(facts),
        cites=lambda facts, _: (("invoice_state", facts.standing.value),),
    ),
    Check(
        rule="PAY-16",
        clauses=(HOUSE,),
        why=Why.NO_STEP_LEFT,
        fires=lambda facts, terms: _is_open(facts) and _is_walked(facts, terms),
        cites=lambda facts, _: (("kind", facts.kind.value),),
    ),
    Check(rule="PAY-18", clauses=(HOUSE,), why=Why.PROMISE_RUNS, fires=_keeps_word, cites=_word),
    Check(
        rule="PAY-2",
        clauses=(Clause("terms/5.a"), Clause("manual/alerts")),
        why=Why.LAST_NOTICE_NOT_TAKEN,
        fires=lambda facts, terms: _terminates_unwarned(facts, terms) and facts.last_notice_taken is None,
    ),
    Check(
        rule="PAY-2",
        clauses=(Clause("terms/5.a"), Clause("manual/alerts")),
        why=Why.LAST_NOTICE_TOO_RECENT,
        fires=lambda facts, terms: (
            _terminates_unwarned(facts, terms)
            and facts.last_notice_taken is not None
            and not _is_due(facts, terms, facts.steps_done)
        ),
        cites=_next,
    ),
    Check(
        rule="PAY-16",
        clauses=(HOUSE,),
        why=Why.STEP_NOT_YET_DUE,
        fires=lambda facts, terms: (
            _is_open(facts)
            and not _is_walked(facts, terms)
            and not _keeps_word(facts, terms)
            and not _terminates_unwarned(facts, terms)
            and not _is_due(facts, terms, facts.steps_done)
        ),
        cites=_next,
    ),
)


def _takes(stage: Stage) -> Callable[[OverdueFacts, OverdueTerms], bool]:
    """Return whether today's steps hold one of this stage."""

    def holds(facts: OverdueFacts, terms: OverdueTerms) -> bool:
        return any(step.stage is stage for step in steps_by_today(facts, terms).taken)

    return holds


def _since_due(facts: OverdueFacts, _terms: OverdueTerms) -> Cited:
    return (("due", facts.due), ("days_from_due", days_from(facts.due, facts.today)))


@final
@frozen(kw_only=True)
class Basis:
    """What a stage rests on: the rule, and its clauses."""

    rule: str = field()
    clauses: tuple[Clause, ...] = field()


STAGES: Final[dict[Stage, Basis]] = {
    Stage.REMIND: Basis(rule="PAY-2", clauses=(Clause("manual/alerts"), HOUSE)),
    Stage.GRANT_RIGHT: Basis(rule="PAY-9", clauses=(Clause("terms/2.c"),)),
    Stage.SUSPEND: Basis(rule="LIF-2", clauses=(Clause("terms/5.a"),)),
    Stage.LAST_NOTICE: Basis(rule="PAY-2", clauses=(Clause("manual/alerts"), HOUSE)),
    Stage.TERMINATE: Basis(rule="LIF-4", clauses=(Clause("terms/5.a"),)),
    Stage.CANCEL_INVOICE: Basis(rule="PAY-11", clauses=(Clause("manual/alerts"),)),
    Stage.LET_DOMAIN_LAPSE: Basis(rule="DOM-1", clauses=(Clause("terms/12.d"),)),
    Stage.LAPSE_INVOICE: Basis(rule="PAY-16", clauses=(HOUSE,)),
}
"""The rule and the clauses that each stage rests on."""

GROUNDS: Final[tuple[Ground[OverdueFacts, OverdueTerms], ...]] = (
    *[
        Ground(rule=basis.rule, clauses=basis.clauses, holds=_takes(stage), cites=_since_due)
        for stage, basis in STAGES.items()
    ],
    Ground(rule="PAY-3", clauses=(Clause("terms/5.a"),), holds=_takes(Stage.SUSPEND)),
    Ground(
        rule="PAY-16",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("kind", facts.kind.value),),
    ),
)


def _is_taken(facts: OverdueFacts, terms: OverdueTerms, number: int) -> bool:
    """Say whether this due step is really done, or only counted: see the top of this module."""
    stage = timeline(facts.kind, terms)[number].stage
    match stage:
        case Stage.REMIND:
            on = planned_day(facts.kind, facts.due, number, terms, facts.moves)
            return not _has_ended(facts) and on >= facts.issued and not _is_due(facts, terms, number + 1)
        case Stage.SUSPEND:
            return facts.service in RUNNING and SuspensionReason.OVERDUE not in facts.suspensions
        case Stage.LAST_NOTICE | Stage.TERMINATE:
            return not _has_ended(facts)
        case Stage.LET_DOMAIN_LAPSE:
            return facts.service in RUNNING
        case Stage.GRANT_RIGHT | Stage.CANCEL_INVOICE | Stage.LAPSE_INVOICE:
            return True
        case _:
            assert_never(stage)


def steps_by_today(facts: OverdueFacts, terms: OverdueTerms) -> StepsDue:
    """Return every step from where the invoice stands whose day has come, in order: what a run takes, where nothing refuses."""
    steps = timeline(facts.kind, terms)
    taken: list[Step] = []
    superseded: list[Step] = []
    number = facts.steps_done
    while number < len(steps) and _is_due(facts, terms, number):
        (taken if _is_taken(facts, terms, number) else superseded).append(steps[number])
        number += 1
        if taken and taken[-1].stage is Stage.TERMINATE:
            break
    return StepsDue(taken=tuple(taken), superseded=tuple(superseded), steps_done=number)


def decide_overdue(facts: OverdueFacts, terms: OverdueTerms) -> OverdueAnswer:
    """Return the steps to take today, or every reason why none is.

    Source: PAY-2, `terms/5.a`, `manual/alerts`; PAY-16, house.
    """
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return StepsWaiting(reasons=reasons)
    return steps_by_today(facts, terms)


OVERDUE: Final = Judgement(name="overdue", checks=CHECKS, grounds=GROUNDS, decide=decide_overdue)
