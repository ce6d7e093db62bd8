"""What happens to this unpaid invoice, on which day, and why? Every step of its timeline, told before it comes.

The daily runs take the steps; this tells them, by asking the same table for one day after the other. What is told holds
while nothing else happens: no payment, no new fault, no new promise. A last notice is supposed to be taken by its channel on
the day it is made, or today where it waits already; every step that hangs on that says so.
"""

from enum import StrEnum, unique
from typing import final

from attrs import evolve, field, frozen

from altocore.billing.moves import Moves
from altocore.billing.standing import StandingState, planned_day
from altocore.billing.timeline import Stage, Step, timeline
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.overdue import STAGES, OverdueFacts, step_day, steps_by_today
from altocore.terms.clauses import Clause
from altocore.terms.parts import OverdueTerms
from altocore.values.days import Day, add_days, days_from

__all__ = ["StepFate", "TimelineStep", "WaitsFor", "overdue_timeline"]


@final
@unique
class StepFate(StrEnum):
    """What becomes of a step: `DONE` is behind, `PLANNED` will be taken, `COUNTED` is passed over on that day."""

    DONE = "done"
    PLANNED = "planned"
    COUNTED = "counted"


@final
@unique
class WaitsFor(StrEnum):
    """What must happen first, beside the day: a channel takes the last notice, or nothing."""

    NOTHING = "nothing"
    LAST_NOTICE = "last_notice"


@final
@frozen(kw_only=True)
class TimelineStep:
    """One step: `planned` is its day by the terms alone, `on` the day it comes, at the earliest where it waits.

    Of a step that is behind, `on` is the planned day too. `delayed_days` is how much later faults of the provider make it,
    `promised` the last day of a promise to pay that it waits for, None where none does.
    """

    stage: Stage = field()
    planned: Day = field()
    on: Day = field()
    fate: StepFate = field()
    waits_for: WaitsFor = field()
    delayed_days: int = field()
    promised: Day | None = field()
    rule: str = field()
    clauses: tuple[Clause, ...] = field()


def overdue_timeline(facts: OverdueFacts, terms: OverdueTerms) -> tuple[TimelineStep, ...]:
    """Return every step of an invoice's timeline in order, from today on as the daily runs will take it.

    Of an invoice that is not open only what is behind it.

    Source: PAY-2, `terms/5.a`, `manual/alerts`; PAY-9, `terms/2.c`; PAY-16, PAY-18, house.
    """
    steps = timeline(facts.kind, terms)
    told = [_behind(facts, step) for step in steps[: facts.steps_done]]
    waits, now = WaitsFor.NOTHING, facts
    while facts.standing is StandingState.OPEN and now.steps_done < len(steps):
        on = step_day(now, terms, now.steps_done)
        if on is None:
            waits, now = WaitsFor.LAST_NOTICE, evolve(now, last_notice_taken=now.today)
            continue
        now = evolve(now, today=max(now.today, on))
        due = steps_by_today(now, terms)
        told += [
            _coming(now, terms, number, waits, StepFate.PLANNED if steps[number] in due.taken else StepFate.COUNTED)
            for number in range(now.steps_done, due.steps_done)
        ]
        for step in due.taken:
            now = _after(now, step.stage)
        now = evolve(now, steps_done=due.steps_done)
    return tuple(told)


def _after(now: OverdueFacts, stage: Stage) -> OverdueFacts:
    """Return the facts as a step that is taken leaves the service."""
    if stage is Stage.SUSPEND:
        held = {*now.suspensions, SuspensionReason.OVERDUE}
        reasons = tuple([each for each in SuspensionReason if each in held])
        return evolve(now, service=ServiceState.SUSPENDED, suspensions=reasons)
    if stage is Stage.TERMINATE:
        return evolve(now, service=ServiceState.TERMINATED, suspensions=())
    if stage is Stage.LET_DOMAIN_LAPSE:
        return evolve(now, service=ServiceState.CANCELLED, suspensions=())
    return now


def _behind(facts: OverdueFacts, step: Step) -> TimelineStep:
    on = add_days(facts.due, step.from_due_days)
    return _told(step, on, on, StepFate.DONE)


def _coming(now: OverdueFacts, terms: OverdueTerms, number: int, waits: WaitsFor, fate: StepFate) -> TimelineStep:
    step = timeline(now.kind, terms)[number]
    planned = add_days(now.due, step.from_due_days)
    unheld = planned_day(now.kind, now.due, number, terms, Moves(delays=now.moves.delays))
    waited = [hold.until for hold in now.moves.holds if unheld <= hold.until]
    return evolve(
        _told(step, planned, now.today, fate),
        waits_for=waits if fate is StepFate.PLANNED else WaitsFor.NOTHING,
        delayed_days=days_from(planned, unheld),
        promised=max(waited, default=None),
    )


def _told(step: Step, planned: Day, on: Day, fate: StepFate) -> TimelineStep:
    basis = STAGES[step.stage]
    return TimelineStep(
        stage=step.stage,
        planned=planned,
        on=on,
        fate=fate,
        waits_for=WaitsFor.NOTHING,
        delayed_days=0,
        promised=None,
        rule=basis.rule,
        clauses=basis.clauses,
    )
