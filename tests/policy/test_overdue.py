"""What becomes of an unpaid invoice today? The table of PAY-2 and PAY-16: its rows, its refusals, its grounds."""

from typing import Final

import attrs
import pytest

from altocore.billing.invoices import InvoiceKind
from altocore.billing.moves import Hold, Moves
from altocore.billing.standing import StandingState
from altocore.billing.timeline import timeline
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.overdue import OVERDUE, OverdueFacts, StepsDue
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.delays import Delay
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

DUE: Final = day(2025, 3, 1)
FIRST, RENEWAL, COSTS = InvoiceKind.FIRST, InvoiceKind.RENEWAL, InvoiceKind.ADMINISTRATIVE
RESTORATION: Final = InvoiceKind.RESTORATION
DOMAIN: Final = InvoiceKind.DOMAIN_RENEWAL
STEPS: Final = {kind: timeline(kind, cast.OVERDUE_TERMS) for kind in InvoiceKind}


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    kind: InvoiceKind = RENEWAL,
    standing: StandingState = StandingState.OPEN,
    service: ServiceState = ServiceState.ACTIVE,
    held: tuple[SuspensionReason, ...] = (SuspensionReason.OVERDUE,),
    issued: int = -9,
    steps_done: int = 0,
    notice: int | None = None,
    today: int = -5,
) -> OverdueFacts:
    """Return a renewal of an active service on the day of its first reminder; days are counted from the due date."""
    return OverdueFacts(
        kind=kind,
        standing=standing,
        service=service,
        suspensions=held if service is ServiceState.SUSPENDED else (),
        issued=after(issued),
        due=DUE,
        steps_done=steps_done,
        last_notice_taken=None if notice is None else after(notice),
        today=after(today),
    )


def decided(asked: OverdueFacts) -> tuple[list[int], list[int], int]:
    """Return the days of the steps taken, of those superseded, and how many are done; a no fails."""
    answer = judges_alike(OVERDUE, asked, cast.OVERDUE_TERMS)
    assert isinstance(answer, StepsDue), whys_of(answer)
    days = [step.from_due_days for step in answer.taken], [step.from_due_days for step in answer.superseded]
    return (*days, answer.steps_done)


def test_the_table() -> None:
    """PAY-2, PAY-9, PAY-11, PAY-16, PAY-18, LIF-2, LIF-4: the rows, their clauses and their codes."""
    assert checks_of(OVERDUE) == (
        ("PAY-2", "terms/5.a", "invoice_not_open"),
        ("PAY-16", "house", "no_step_left"),
        ("PAY-18", "house", "promise_runs"),
        ("PAY-2", "terms/5.a, manual/alerts", "last_notice_not_taken"),
        ("PAY-2", "terms/5.a, manual/alerts", "last_notice_too_recent"),
        ("PAY-16", "house", "step_not_yet_due"),
    )
    assert grounds_of(OVERDUE) == (
        ("PAY-2", "manual/alerts, house"),
        ("PAY-9", "terms/2.c"),
        ("LIF-2", "terms/5.a"),
        ("PAY-2", "manual/alerts, house"),
        ("LIF-4", "terms/5.a"),
        ("PAY-11", "manual/alerts"),
        ("DOM-1", "terms/12.d"),
        ("PAY-16", "house"),
        ("PAY-3", "terms/5.a"),
        ("PAY-16", "house"),
    )
    assert OVERDUE.name == "overdue"


@pytest.mark.parametrize("kind", InvoiceKind)
@pytest.mark.parametrize("state", [each for each in StandingState if each is not StandingState.OPEN])
def test_not_open_alone(state: StandingState, kind: InvoiceKind) -> None:
    """PAY-2: what is paid, cancelled, voided or written off walks no further, whatever its day."""
    asked = facts(kind=kind, standing=state, today=100, steps_done=len(STEPS[kind]) - 1)
    reason = fires_alone(OVERDUE, Why.INVOICE_NOT_OPEN, asked, cast.OVERDUE_TERMS)
    assert reason.cites == (("invoice_state", state.value),)


@pytest.mark.parametrize("today", [30, 31, 59, 60, 400])
def test_a_notice_that_no_channel_took_alone(today: int) -> None:
    """PAY-2: no termination before a channel took the last notice; the invoice is not cancelled either."""
    asked = facts(service=ServiceState.SUSPENDED, steps_done=6, today=today)
    assert fires_alone(OVERDUE, Why.LAST_NOTICE_NOT_TAKEN, asked, cast.OVERDUE_TERMS).cites == ()


@pytest.mark.parametrize(("notice", "today", "on"), [(28, 30, 31), (30, 32, 33), (70, 70, 73), (70, 72, 73)])
def test_a_notice_that_is_too_recent_alone(notice: int, today: int, on: int) -> None:
    """PAY-2: no termination before 3 days after a channel took the last notice; the reason says when it can come."""
    asked = facts(service=ServiceState.SUSPENDED, steps_done=6, notice=notice, today=today)
    reason = fires_alone(OVERDUE, Why.LAST_NOTICE_TOO_RECENT, asked, cast.OVERDUE_TERMS)
    assert reason.cites == (("stage", "terminate"), ("on", after(on)))


# Kind, steps done, notice taken, the last day on which nothing is due, and what is next.
WAITING: Final[tuple[tuple[InvoiceKind, int, int | None, int, tuple[tuple[str, object], ...]], ...]] = (
    (RENEWAL, 0, None, -6, (("stage", "remind"), ("on", after(-5)))),
    (RENEWAL, 1, None, -2, (("stage", "remind"), ("on", after(-1)))),
    (RENEWAL, 2, None, 0, (("stage", "remind"), ("on", after(1)))),
    (RENEWAL, 3, None, 2, (("stage", "remind"), ("on", after(3)))),
    (RENEWAL, 4, None, 4, (("stage", "suspend"), ("on", after(5)))),
    (RENEWAL, 5, None, 26, (("stage", "last_notice"), ("on", after(27)))),
    (RENEWAL, 6, None, 29, (("stage", "terminate"),)),
    (RENEWAL, 6, 27, 29, (("stage", "terminate"), ("on", after(30)))),
    (RENEWAL, 6, 29, 29, (("stage", "terminate"), ("on", after(32)))),
    (RENEWAL, 7, 27, 59, (("stage", "cancel_invoice"), ("on", after(60)))),
    (FIRST, 0, None, -6, (("stage", "remind"), ("on", after(-5)))),
    (FIRST, 3, None, 2, (("stage", "remind"), ("on", after(3)))),
    (FIRST, 4, None, 59, (("stage", "cancel_invoice"), ("on", after(60)))),
    (RESTORATION, 0, None, 0, (("stage", "lapse_invoice"), ("on", after(1)))),
    (COSTS, 2, None, 0, (("stage", "grant_right"), ("on", after(1)))),
    (COSTS, 4, None, 2, (("stage", "remind"), ("on", after(3)))),
)


@pytest.mark.parametrize(("kind", "steps_done", "notice", "today", "cited"), WAITING)
def test_not_yet_due_alone(
    kind: InvoiceKind, steps_done: int, notice: int | None, today: int, cited: tuple[tuple[str, object], ...]
) -> None:
    """PAY-2, PAY-16: on the eve of each step nothing is due; the reason says which is next, and when."""
    service = ServiceState.TERMINATED if steps_done == 7 else ServiceState.SUSPENDED
    asked = facts(kind=kind, service=service, steps_done=steps_done, notice=notice, today=today)
    assert fires_alone(OVERDUE, Why.STEP_NOT_YET_DUE, asked, cast.OVERDUE_TERMS).cites == cited


# Kind, service, steps done, notice taken, today; then steps taken, superseded, and how many are done.
TAKEN: Final[tuple[tuple[OverdueFacts, tuple[list[int], list[int], int]], ...]] = (
    # each step on its day
    (facts(), ([-5], [], 1)),
    (facts(steps_done=1, today=-1), ([-1], [], 2)),
    (facts(steps_done=2, today=1), ([1], [], 3)),
    (facts(steps_done=3, today=3), ([3], [], 4)),
    (facts(steps_done=4, today=5), ([5], [], 5)),
    (facts(service=ServiceState.SUSPENDED, steps_done=5, today=27), ([27], [], 6)),
    (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=30), ([30], [], 7)),
    (facts(service=ServiceState.TERMINATED, steps_done=7, notice=27, today=60), ([60], [], 8)),
    # a notice that was taken late
    (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=28, today=31), ([30], [], 7)),
    (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=70, today=73), ([30], [], 7)),
    # a late run sends at most one reminder, the last one due
    (facts(today=-4), ([-5], [], 1)),
    (facts(today=-1), ([-1], [-5], 2)),
    (facts(today=2), ([1], [-5, -1], 3)),
    (facts(today=4), ([3], [-5, -1, 1], 4)),
    (facts(today=5), ([5], [-5, -1, 1, 3], 5)),
    (facts(steps_done=3, today=6), ([5], [3], 5)),
    (facts(today=29), ([5, 27], [-5, -1, 1, 3], 6)),
    # a late run never ends a service that it has not warned
    (facts(today=30), ([5, 27], [-5, -1, 1, 3], 6)),
    (facts(today=400), ([5, 27], [-5, -1, 1, 3], 6)),
    (facts(service=ServiceState.SUSPENDED, steps_done=5, today=100), ([27], [], 6)),
    # the cancellation waits for the day after the termination
    (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=60), ([30], [], 7)),
    (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=400), ([30], [], 7)),
    # suspended already, for another reason or another invoice: nothing to suspend
    (facts(service=ServiceState.SUSPENDED, steps_done=4, today=5), ([], [5], 5)),
    (facts(service=ServiceState.SUSPENDED, today=6), ([], [-5, -1, 1, 3, 5], 5)),
    # no step before issue, and each reminder of the day of issue or later
    (facts(issued=-5), ([-5], [], 1)),
    (facts(issued=-4, today=-4), ([], [-5], 1)),
    (facts(issued=-1, today=-1), ([-1], [-5], 2)),
    (facts(issued=0, today=0), ([], [-5, -1], 2)),
    (facts(issued=0, today=1), ([1], [-5, -1], 3)),
    # a first invoice never suspends
    (facts(kind=FIRST, service=ServiceState.PENDING, issued=-7), ([-5], [], 1)),
    (facts(kind=FIRST, service=ServiceState.PENDING, steps_done=3, today=3), ([3], [], 4)),
    (facts(kind=FIRST, service=ServiceState.PENDING, steps_done=4, today=60), ([60], [], 5)),
    (facts(kind=FIRST, service=ServiceState.PENDING, today=59), ([3], [-5, -1, 1], 4)),
    (facts(kind=FIRST, service=ServiceState.PENDING, today=60), ([60], [-5, -1, 1, 3], 5)),
    # administrative costs give a right beside the reminder of its day, hang on no service, and are never cancelled
    (facts(kind=COSTS), ([-5], [], 1)),
    (facts(kind=COSTS, steps_done=2, today=1), ([1, 1], [], 4)),
    (facts(kind=COSTS, today=2), ([1, 1], [-5, -1], 4)),
    (facts(kind=COSTS, today=400), ([1, 3], [-5, -1, 1], 5)),
    (facts(kind=COSTS, service=ServiceState.TERMINATED, steps_done=4, today=3), ([3], [], 5)),
    (facts(kind=COSTS, service=ServiceState.CANCELLED, steps_done=2, today=1), ([1, 1], [], 4)),
    # the service has ended: only the invoice's cancellation is left, and it sends nothing on the way
    (facts(service=ServiceState.CANCELLED, today=60), ([60], [-5, -1, 1, 3, 5, 27, 30], 8)),
    (facts(service=ServiceState.TERMINATED, steps_done=4, today=61), ([60], [5, 27, 30], 8)),
    (facts(service=ServiceState.TERMINATED, steps_done=6, today=60), ([60], [30], 8)),
    (facts(kind=FIRST, service=ServiceState.CANCELLED, steps_done=2, today=60), ([60], [1, 3], 5)),
)


@pytest.mark.parametrize(("asked", "expected"), TAKEN, ids=[str(place) for place in range(len(TAKEN))])
def test_known_days(asked: OverdueFacts, expected: tuple[list[int], list[int], int]) -> None:
    """PAY-2, PAY-16: written out: which steps are taken, which only counted, and where the invoice stands then."""
    assert decided(asked) == expected


@pytest.mark.parametrize("service", [ServiceState.CANCELLED, ServiceState.TERMINATED])
@pytest.mark.parametrize("kind", [FIRST, RENEWAL])
def test_a_service_that_ended_leaves_only_the_cancellation(service: ServiceState, kind: InvoiceKind) -> None:
    """PAY-2: after termination only the invoice's cancellation remains: on day 60, whatever was done before."""
    steps = STEPS[kind]
    for done in range(len(steps)):
        for today in (-5, 3, 5, 27, 30, 59):
            asked = facts(kind=kind, service=service, steps_done=done, today=today)
            reason = fires_alone(OVERDUE, Why.STEP_NOT_YET_DUE, asked, cast.OVERDUE_TERMS)
            assert reason.cites == (("stage", "cancel_invoice"), ("on", after(60)))
        answer = OVERDUE.decide(facts(kind=kind, service=service, steps_done=done, today=60), cast.OVERDUE_TERMS)
        assert answer == StepsDue(taken=steps[-1:], superseded=steps[done:-1], steps_done=len(steps))


def grounds(asked: OverdueFacts) -> dict[int, tuple[tuple[str, object], ...]]:
    """Return the grounds that hold, without PAY-16, which always does, and PAY-3, which follows a suspension."""
    held = holding(OVERDUE, asked, cast.OVERDUE_TERMS)
    assert held.pop(9) == (("kind", asked.kind.value),)
    assert (held.pop(8, None) == ()) is (2 in held)
    return held


@pytest.mark.parametrize(
    ("asked", "places", "days"),
    [
        (facts(), [0], -5),
        (facts(kind=COSTS, steps_done=2, today=1), [0, 1], 1),
        (facts(steps_done=4, today=6), [2], 6),
        (facts(service=ServiceState.SUSPENDED, steps_done=5, today=27), [3], 27),
        (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=31), [4], 31),
        (facts(service=ServiceState.TERMINATED, steps_done=7, today=60), [5], 60),
        (facts(kind=RESTORATION, service=ServiceState.TERMINATED, today=1), [7], 1),
        (facts(steps_done=4, today=28), [2, 3], 28),
        (
            facts(service=ServiceState.SUSPENDED, held=(SuspensionReason.ABUSE,), steps_done=4, today=5),
            [2],
            5,
        ),
        (facts(service=ServiceState.SUSPENDED, steps_done=4, today=5), [], 5),
        (facts(kind=DOMAIN, steps_done=1, today=0), [0], 0),
        (facts(kind=DOMAIN, steps_done=2, today=1), [5, 6], 1),
        (facts(kind=DOMAIN, service=ServiceState.CANCELLED, steps_done=2, today=1), [5], 1),
    ],
    ids=[
        "remind",
        "right",
        "suspend",
        "last notice",
        "terminate",
        "cancel",
        "lapse",
        "two at once",
        "suspended for something else",
        "none taken",
        "remind of a domain",
        "let a domain lapse",
        "a domain that is gone",
    ],
)
def test_an_answer_rests_on_the_steps_it_takes(asked: OverdueFacts, places: list[int], days: int) -> None:
    """PAY-2, LIF-2, LIF-4, PAY-11: a ground for each stage that is taken; what is only counted carries nothing."""
    assert grounds(asked) == dict.fromkeys(places, (("due", DUE), ("days_from_due", days)))


@pytest.mark.parametrize("service", ServiceState)
@pytest.mark.parametrize("today", [3, 60, 400])
def test_costs_whose_steps_are_walked_alone(service: ServiceState, today: int) -> None:
    """PAY-16: administrative costs are never cancelled by time: after the last reminder nothing is due, ever."""
    asked = facts(kind=COSTS, service=service, steps_done=5, today=today)
    reason = fires_alone(OVERDUE, Why.NO_STEP_LEFT, asked, cast.OVERDUE_TERMS)
    assert reason.cites == (("kind", "administrative"),)


def held(asked: OverdueFacts, *spans: tuple[int, int]) -> OverdueFacts:
    """Return the facts with promises, each made and running until these days from the due date."""
    holds = tuple(Hold(made=after(made), until=after(until)) for made, until in spans)
    return attrs.evolve(asked, moves=Moves(holds=holds))


@pytest.mark.parametrize(
    "asked",
    [
        facts(steps_done=2, today=1),
        facts(steps_done=4, today=5),
        facts(service=ServiceState.SUSPENDED, steps_done=5, today=27),
        facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=30),
        facts(service=ServiceState.TERMINATED, steps_done=7, notice=27, today=60),
        facts(kind=COSTS, steps_done=2, today=1),
        facts(today=9),
    ],
    ids=["remind", "suspend", "last notice", "terminate", "cancel", "right", "late"],
)
def test_a_promise_that_runs_alone(asked: OverdueFacts) -> None:
    """PAY-18: while a promise to pay runs, each step whose day has come waits, until its day is over."""
    until = days_from(DUE, asked.today) + 2
    for made in (until - 2, until - 9):
        promised = held(asked, (made, until))
        reason = fires_alone(OVERDUE, Why.PROMISE_RUNS, promised, cast.OVERDUE_TERMS)
        assert reason.cites == (("promised", after(until)),)
        last = attrs.evolve(promised, today=after(until))
        assert whys_of(OVERDUE.decide(last, cast.OVERDUE_TERMS)) == (Why.PROMISE_RUNS,)


def test_a_promise_that_holds_nothing_yet() -> None:
    """PAY-18: where no step's day has come, the step is not due, and the reason says when it will be."""
    asked = held(facts(steps_done=4, today=4), (4, 9))
    reason = fires_alone(OVERDUE, Why.STEP_NOT_YET_DUE, asked, cast.OVERDUE_TERMS)
    assert reason.cites == (("stage", "suspend"), ("on", after(10)))


def test_a_broken_promise_leaves_the_timeline_as_it_stood() -> None:
    """PAY-18: on the day after, what was due meanwhile is taken, as a late run takes it."""
    assert decided(held(facts(steps_done=2, today=10), (1, 9))) == ([5], [1, 3], 5)
    assert decided(held(facts(steps_done=5, today=28), (1, 9))) == ([27], [], 6)


def test_a_broken_promise_leaves_time_before_the_data_go() -> None:
    """PAY-18, PAY-2: no termination before `last_notice_days` after the promised day, though the notice was taken long ago."""
    asked = held(facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=33), (28, 31))
    reason = fires_alone(OVERDUE, Why.STEP_NOT_YET_DUE, asked, cast.OVERDUE_TERMS)
    assert reason.cites == (("stage", "terminate"), ("on", after(34)))
    assert decided(attrs.evolve(asked, today=after(34))) == ([30], [], 7)


def late(asked: OverdueFacts, *spans: tuple[int, int]) -> OverdueFacts:
    """Return the facts with faults, each from this day from the due date on, so many days long."""
    delays = tuple(Delay(start=after(start), days=long) for start, long in spans)
    return attrs.evolve(asked, moves=Moves(delays=delays))


@pytest.mark.parametrize(("start", "on"), [(-9, 7), (4, 7), (5, 7), (6, 5)])
def test_a_fault_moves_the_steps_that_follow_it(start: int, on: int) -> None:
    """PAY-2: by its length, from the day it began; a step before it stays, and so does the due date."""
    eve, day_of = [late(facts(steps_done=4, today=today), (start, 2)) for today in (on - 1, on)]
    reason = fires_alone(OVERDUE, Why.STEP_NOT_YET_DUE, eve, cast.OVERDUE_TERMS)
    assert reason.cites == (("stage", "suspend"), ("on", after(on)))
    assert decided(day_of) == ([5], [], 5)


def test_a_reminder_that_a_fault_moved_past_the_issue_is_sent() -> None:
    """PAY-2: no step before issue; where a fault moves a reminder to the day of issue, it is not before it."""
    asked = late(facts(issued=-4, today=-4), (-6, 1))
    assert decided(asked) == ([-5], [], 1)
