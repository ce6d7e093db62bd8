"""PAY-2: what the timeline tells is what the daily runs do."""

from typing import Final

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from altocore.billing.invoices import InvoiceKind
from altocore.billing.moves import UNMOVED, Hold, Moves
from altocore.billing.standing import StandingState
from altocore.billing.timeline import Stage, timeline
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.overdue import OverdueFacts, StepsDue, decide_overdue
from altocore.policy.timelines import StepFate, TimelineStep, WaitsFor, overdue_timeline
from altocore.terms.parts import OverdueTerms
from altocore.testing.strategies import moves, overdue_facts
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.delays import Delay
from tests import cast

DUE: Final = day(2025, 3, 1)
TERMS: Final = cast.OVERDUE_TERMS
RENEWAL: Final = InvoiceKind.RENEWAL


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    kind: InvoiceKind = RENEWAL,
    service: ServiceState = ServiceState.ACTIVE,
    steps_done: int = 0,
    notice: int | None = None,
    today: int = -9,
    moves: Moves = UNMOVED,
    suspended: tuple[SuspensionReason, ...] = (SuspensionReason.OVERDUE,),
) -> OverdueFacts:
    """Return a renewal on the day of its issue."""
    return OverdueFacts(
        kind=kind,
        standing=StandingState.OPEN,
        service=service,
        suspensions=suspended if service is ServiceState.SUSPENDED else (),
        issued=after(-9),
        due=DUE,
        steps_done=steps_done,
        last_notice_taken=None if notice is None else after(notice),
        today=after(today),
        moves=moves,
    )


Told = tuple[str, int, str, str]
"""Stage, day from the due date, what becomes of it, what it waits for."""


def told(asked: OverdueFacts, terms: OverdueTerms = TERMS) -> list[Told]:
    """Return the timeline as plain values."""
    return [
        (each.stage.value, days_from(DUE, each.on), each.fate.value, each.waits_for.value)
        for each in overdue_timeline(asked, terms)
    ]


def test_the_timeline_of_a_renewal_on_its_issue() -> None:
    """PAY-2, PAY-16: reminders, suspension, last notice; the rest hangs on a channel, and comes then at the earliest."""
    assert told(facts()) == [
        ("remind", -5, "planned", "nothing"),
        ("remind", -1, "planned", "nothing"),
        ("remind", 1, "planned", "nothing"),
        ("remind", 3, "planned", "nothing"),
        ("suspend", 5, "planned", "nothing"),
        ("last_notice", 27, "planned", "nothing"),
        ("terminate", 30, "planned", "last_notice"),
        ("cancel_invoice", 60, "planned", "last_notice"),
    ]


def test_each_step_says_what_it_rests_on() -> None:
    """PAY-2, LIF-2, LIF-4, PAY-11, PAY-9: rule and clauses are those of the judgement that takes the step."""
    steps = {step.stage: step for kind in InvoiceKind for step in overdue_timeline(facts(kind=kind), TERMS)}
    assert {stage.value: (step.rule, ", ".join(step.clauses)) for stage, step in steps.items()} == {
        "remind": ("PAY-2", "manual/alerts, house"),
        "suspend": ("LIF-2", "terms/5.a"),
        "last_notice": ("PAY-2", "manual/alerts, house"),
        "terminate": ("LIF-4", "terms/5.a"),
        "cancel_invoice": ("PAY-11", "manual/alerts"),
        "grant_right": ("PAY-9", "terms/2.c"),
        "lapse_invoice": ("PAY-16", "house"),
        "let_domain_lapse": ("DOM-1", "terms/12.d"),
    }
    assert set(steps) == set(Stage)


def test_the_timeline_of_a_domain() -> None:
    """PAY-16: reminded of before, and gone on the day after the due day, with its invoice."""
    assert told(facts(kind=InvoiceKind.DOMAIN_RENEWAL)) == [
        ("remind", -5, "planned", "nothing"),
        ("remind", -1, "planned", "nothing"),
        ("let_domain_lapse", 1, "planned", "nothing"),
        ("cancel_invoice", 1, "planned", "nothing"),
    ]


def test_the_timeline_of_costs() -> None:
    """PAY-9, PAY-16: the right from the day after the due date, reminders, and no end by time."""
    assert told(facts(kind=InvoiceKind.ADMINISTRATIVE, service=ServiceState.TERMINATED)) == [
        ("remind", -5, "planned", "nothing"),
        ("remind", -1, "planned", "nothing"),
        ("grant_right", 1, "planned", "nothing"),
        ("remind", 1, "planned", "nothing"),
        ("remind", 3, "planned", "nothing"),
    ]


def test_what_is_behind_and_what_is_to_come() -> None:
    """PAY-2: what was done stays told on its planned day; a notice that waits already could be taken today."""
    asked = facts(service=ServiceState.SUSPENDED, steps_done=6, today=40)
    assert told(asked)[4:] == [
        ("suspend", 5, "done", "nothing"),
        ("last_notice", 27, "done", "nothing"),
        ("terminate", 43, "planned", "last_notice"),
        ("cancel_invoice", 60, "planned", "last_notice"),
    ]
    assert told(attrs.evolve(asked, last_notice_taken=after(38)))[6:] == [
        ("terminate", 41, "planned", "nothing"),
        ("cancel_invoice", 60, "planned", "nothing"),
    ]


def test_what_is_passed_over() -> None:
    """PAY-2: late runs pass over reminders; where the service has ended only the cancellation is taken."""
    assert told(facts(today=4))[:4] == [
        ("remind", 4, "counted", "nothing"),
        ("remind", 4, "counted", "nothing"),
        ("remind", 4, "counted", "nothing"),
        ("remind", 4, "planned", "nothing"),
    ]
    over = told(facts(service=ServiceState.CANCELLED, steps_done=4, today=10))
    assert over[4:] == [
        ("suspend", 60, "counted", "nothing"),
        ("last_notice", 60, "counted", "nothing"),
        ("terminate", 60, "counted", "nothing"),
        ("cancel_invoice", 60, "planned", "nothing"),
    ]


def test_a_step_says_what_moved_it() -> None:
    """PAY-2, PAY-18: by how many days faults moved it, and which promise it waits for."""
    moved = Moves(delays=(Delay(start=after(2), days=2),), holds=(Hold(made=after(4), until=after(9)),))
    steps = overdue_timeline(facts(steps_done=3, today=4, moves=moved), TERMS)[3:]
    assert [
        (step.stage.value, days_from(DUE, step.planned), days_from(DUE, step.on), step.delayed_days, step.promised)
        for step in steps
    ] == [
        ("remind", 3, 10, 2, after(9)),
        ("suspend", 5, 10, 2, after(9)),
        ("last_notice", 27, 29, 2, None),
        ("terminate", 30, 32, 2, None),
        ("cancel_invoice", 60, 62, 2, None),
    ]
    assert [step.fate for step in steps[:2]] == [StepFate.COUNTED, StepFate.PLANNED]


def test_a_promise_holds_the_step_of_its_own_last_day() -> None:
    """PAY-18: promised until the very day of the suspension, it is held, and comes a day later; what is behind did not wait."""
    moved = Moves(holds=(Hold(made=after(4), until=after(5)),))
    steps = overdue_timeline(facts(steps_done=4, today=4, moves=moved), TERMS)
    assert [(days_from(DUE, step.on), step.promised) for step in steps[4:6]] == [(6, after(5)), (27, None)]
    behind = {(step.delayed_days, step.promised, step.waits_for) for step in steps[:4]}
    assert behind == {(0, None, WaitsFor.NOTHING)}


@pytest.mark.parametrize("standing", [each for each in StandingState if each is not StandingState.OPEN])
def test_nothing_follows_once_it_is_closed(standing: StandingState) -> None:
    """PAY-2: of an invoice that is paid, cancelled, voided or written off only what was done is told."""
    asked = attrs.evolve(facts(steps_done=2), standing=standing)
    assert told(asked) == [("remind", -5, "done", "nothing"), ("remind", -1, "done", "nothing")]
    assert told(attrs.evolve(asked, steps_done=0)) == []


def walked(asked: OverdueFacts, terms: OverdueTerms, last: Day, *, takes: bool) -> list[tuple[Stage, int, Day, str]]:
    """Return what runs do, day after day, until this one; a channel takes each last notice at once, or never.

    Each step with its planned day from the due date, the day it came on, and whether it was taken or counted.
    """
    now, found = asked, list[tuple[Stage, int, Day, str]]()
    while now.today <= last:
        if takes and now.last_notice_taken is None and _is_warned(now, terms):
            now = attrs.evolve(now, last_notice_taken=now.today)
        answer = decide_overdue(now, terms)
        if not isinstance(answer, StepsDue):
            now = attrs.evolve(now, today=add_days(now.today, 1))
            continue
        steps = timeline(now.kind, terms)[now.steps_done : answer.steps_done]
        found += [
            (step.stage, step.from_due_days, now.today, "planned" if step in answer.taken else "counted")
            for step in steps
        ]
        stages = [step.stage for step in answer.taken]
        service = ServiceState.TERMINATED if Stage.TERMINATE in stages else now.service
        owes = {*now.suspensions, *([SuspensionReason.OVERDUE] if Stage.SUSPEND in stages else [])}
        now = attrs.evolve(
            now,
            steps_done=answer.steps_done,
            service=ServiceState.SUSPENDED if Stage.SUSPEND in stages else service,
            suspensions=() if Stage.TERMINATE in stages else tuple([each for each in SuspensionReason if each in owes]),
            standing=StandingState.CANCELLED if Stage.CANCEL_INVOICE in stages else now.standing,
        )
    return found


def _is_warned(now: OverdueFacts, terms: OverdueTerms) -> bool:
    """Say whether a last notice is behind the invoice, and the next step hangs on it."""
    steps = timeline(now.kind, terms)
    return (
        now.standing is StandingState.OPEN
        and now.steps_done < len(steps)
        and steps[now.steps_done].stage is Stage.TERMINATE
    )


def coming(steps: tuple[TimelineStep, ...], due: Day) -> list[tuple[Stage, int, Day, str]]:
    """Return the steps that are still to come, as `walked` tells them."""
    return [
        (step.stage, days_from(due, step.planned), step.on, step.fate.value)
        for step in steps
        if step.fate is not StepFate.DONE
    ]


SMALL: Final = (
    TERMS,
    cast.overdue_terms(reminder_days=()),
    cast.overdue_terms(reminder_days=(-2, 0, 1), suspend_days=2, terminate_days=5, last_notice_days=1, cancel_days=6),
)
slowly: Final = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@slowly
@given(st.data(), st.sampled_from(SMALL))
def test_the_timeline_is_what_the_daily_runs_do(data: st.DataObject, terms: OverdueTerms) -> None:
    """PAY-2, PAY-16, PAY-18: from wherever it stands, moved by whatever: the very steps, on the very days, in that order."""
    asked = data.draw(overdue_facts(terms=terms))
    steps = overdue_timeline(asked, terms)
    last = max([asked.today, *[step.on for step in steps]])
    assert coming(steps, asked.due) == walked(asked, terms, add_days(last, 3), takes=True)


@slowly
@given(moves(near=DUE), st.sampled_from(InvoiceKind), st.integers(-9, 70), st.sampled_from(SMALL))
@example(UNMOVED, RENEWAL, -9, TERMS)
@example(UNMOVED, RENEWAL, 60, TERMS)
@example(Moves(holds=(Hold(made=after(28), until=after(70)),)), RENEWAL, -9, TERMS)
def test_without_a_channel_exactly_the_steps_that_wait_do_not_come(
    moved: Moves, kind: InvoiceKind, today: int, terms: OverdueTerms
) -> None:
    """PAY-2: "no termination for debt before 3 days after a channel took it": while none does, what waits never comes."""
    asked = facts(kind=kind, today=today, moves=moved)
    steps = overdue_timeline(asked, terms)
    last = max([asked.today, *[step.on for step in steps]])
    free = tuple([step for step in steps if step.waits_for is WaitsFor.NOTHING])
    assert coming(free, DUE) == walked(asked, terms, add_days(last, 30), takes=False)
