"""What becomes of an unpaid invoice today? The table of PAY-2 and PAY-16: its rows, its refusals, its grounds."""

from typing import Final

import pytest

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.billing.timeline import timeline
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.overdue import OVERDUE, OverdueFacts, StepsDue
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.values.days import Day, add_days, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

DUE: Final = day(2025, 3, 1)
FIRST, RENEWAL = InvoiceKind.FIRST, InvoiceKind.RENEWAL
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
    """PAY-2, PAY-11, PAY-16, LIF-2, LIF-4: the rows, their clauses and their codes."""
    assert checks_of(OVERDUE) == (
        ("PAY-2", "terms/5.a", "invoice_not_open"),
        ("PAY-2", "terms/5.a, manual/alerts", "last_notice_not_taken"),
        ("PAY-2", "terms/5.a, manual/alerts", "last_notice_too_recent"),
        ("PAY-16", "house", "step_not_yet_due"),
    )
    assert grounds_of(OVERDUE) == (
        ("PAY-2", "manual/alerts, house"),
        ("LIF-2", "terms/5.a"),
        ("PAY-3", "terms/5.a"),
        ("PAY-2", "manual/alerts, house"),
        ("LIF-4", "terms/5.a"),
        ("PAY-11", "manual/alerts"),
        ("PAY-16", "house"),
    )
    assert OVERDUE.name == "overdue"


@pytest.mark.parametrize("kind", InvoiceKind)
@pytest.mark.parametrize("state", [StandingState.PAID, StandingState.CANCELLED, StandingState.VOIDED])
def test_not_open_alone(state: StandingState, kind: InvoiceKind) -> None:
    """PAY-2: what is paid, cancelled or voided walks no further, whatever its day."""
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
@pytest.mark.parametrize("kind", InvoiceKind)
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
    assert held.pop(6) == (("kind", asked.kind.value),)
    assert (held.pop(2, None) == ()) is (1 in held)
    return held


@pytest.mark.parametrize(
    ("asked", "places", "days"),
    [
        (facts(), [0], -5),
        (facts(steps_done=4, today=6), [1], 6),
        (facts(service=ServiceState.SUSPENDED, steps_done=5, today=27), [3], 27),
        (facts(service=ServiceState.SUSPENDED, steps_done=6, notice=27, today=31), [4], 31),
        (facts(service=ServiceState.TERMINATED, steps_done=7, today=60), [5], 60),
        (facts(steps_done=4, today=28), [1, 3], 28),
        (
            facts(service=ServiceState.SUSPENDED, held=(SuspensionReason.ABUSE,), steps_done=4, today=5),
            [1],
            5,
        ),
        (facts(service=ServiceState.SUSPENDED, steps_done=4, today=5), [], 5),
    ],
    ids=[
        "remind",
        "suspend",
        "last notice",
        "terminate",
        "cancel",
        "two at once",
        "suspended for something else",
        "none taken",
    ],
)
def test_an_answer_rests_on_the_steps_it_takes(asked: OverdueFacts, places: list[int], days: int) -> None:
    """PAY-2, LIF-2, LIF-4, PAY-11: a ground for each stage that is taken; what is only counted carries nothing."""
    assert grounds(asked) == dict.fromkeys(places, (("due", DUE), ("days_from_due", days)))
