"""PAY-2 and PAY-16 over time: an invoice that is never paid, run after run, daily or late."""

from itertools import pairwise
from typing import Final

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.invoices import RENEWALS, InvoiceKind
from altocore.billing.standing import StandingState
from altocore.billing.timeline import Stage, Step, timeline
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.overdue import OVERDUE, OverdueFacts, StepsDue
from altocore.terms.parts import OverdueTerms
from altocore.testing import judges_alike
from altocore.values.days import add_days, day
from tests import cast
from tests.policy.tables import whys_of

DUE: Final = day(2025, 3, 1)
FIRST, RENEWAL = InvoiceKind.FIRST, InvoiceKind.RENEWAL

Taken = list[tuple[int, str, int]]
"""What happened: on which day from the due date, which stage, and the day that the timeline gives it."""


@attrs.define(kw_only=True)
class Debtor:
    """An invoice that is never paid, and its service; a channel takes the last notice `takes` days after it is sent."""

    kind: InvoiceKind
    terms: OverdueTerms
    issued: int
    takes: int | None
    service: ServiceState
    standing: StandingState = StandingState.OPEN
    steps_done: int = 0
    notice_sent: int | None = None
    taken: Taken = attrs.field(factory=list)
    superseded: list[Step] = attrs.field(factory=list)

    def notice_taken(self, today: int) -> int | None:
        """Return the day on which a channel took the last notice, if that day has come."""
        if self.notice_sent is None or self.takes is None or self.notice_sent + self.takes > today:
            return None
        return self.notice_sent + self.takes

    def run(self, today: int) -> StepsDue | None:
        """Let a day's run judge it, and do what it says."""
        notice = self.notice_taken(today)
        facts = OverdueFacts(
            kind=self.kind,
            standing=self.standing,
            service=self.service,
            suspensions=(SuspensionReason.OVERDUE,) if self.service is ServiceState.SUSPENDED else (),
            issued=add_days(DUE, self.issued),
            due=DUE,
            steps_done=self.steps_done,
            last_notice_taken=None if notice is None else add_days(DUE, notice),
            today=add_days(DUE, today),
        )
        answer = judges_alike(OVERDUE, facts, self.terms)
        if not isinstance(answer, StepsDue):
            assert len(whys_of(answer)) == 1
            return None
        assert answer.steps_done == self.steps_done + len(answer.taken) + len(answer.superseded)
        self.steps_done = answer.steps_done
        self.superseded += answer.superseded
        for step in answer.taken:
            self.take(step, today)
        return answer

    def take(self, step: Step, today: int) -> None:
        """Do what a step says."""
        self.taken.append((today, step.stage.value, step.from_due_days))
        match step.stage:
            case Stage.SUSPEND:
                assert self.service is ServiceState.ACTIVE
                self.service = ServiceState.SUSPENDED
            case Stage.LAST_NOTICE:
                self.notice_sent = today
            case Stage.TERMINATE:
                assert self.service is ServiceState.SUSPENDED
                self.service = ServiceState.TERMINATED
            case Stage.LET_DOMAIN_LAPSE:
                assert self.service in RUNNING
                self.service = ServiceState.CANCELLED
            case Stage.CANCEL_INVOICE:
                self.standing = StandingState.CANCELLED
            case Stage.LAPSE_INVOICE:
                self.standing = StandingState.LAPSED
            case Stage.REMIND | Stage.GRANT_RIGHT:
                pass


def debtor(
    *,
    kind: InvoiceKind = RENEWAL,
    terms: OverdueTerms = cast.OVERDUE_TERMS,
    issued: int = -9,
    takes: int | None = 0,
) -> Debtor:
    """Return a renewal issued on its day, whose last notice is taken on the day it is sent."""
    service = ServiceState.ACTIVE if kind in RENEWALS else ServiceState.PENDING
    return Debtor(kind=kind, terms=terms, issued=issued, takes=takes, service=service)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            RENEWAL,
            [
                (-5, "remind"),
                (-1, "remind"),
                (1, "remind"),
                (3, "remind"),
                (5, "suspend"),
                (27, "last_notice"),
                (30, "terminate"),
                (60, "cancel_invoice"),
            ],
        ),
        (InvoiceKind.RESTORATION, [(1, "lapse_invoice")]),
        (FIRST, [(-5, "remind"), (-1, "remind"), (1, "remind"), (3, "remind"), (60, "cancel_invoice")]),
    ],
)
def test_the_default_timeline_day_by_day(kind: InvoiceKind, expected: list[tuple[int, str]]) -> None:
    """PAY-2, PAY-16: reminders -5, -1, +1, +3; suspend +5; last notice +27; terminate +30; cancelled +60; once each."""
    owing = debtor(kind=kind, issued=-7)
    for today in range(-7, 100):
        owing.run(today)
    assert [(today, stage) for today, stage, _ in owing.taken] == expected
    assert owing.superseded == []
    lapses = kind is InvoiceKind.RESTORATION
    assert owing.standing is (StandingState.LAPSED if lapses else StandingState.CANCELLED)
    assert owing.service is (ServiceState.TERMINATED if kind is RENEWAL else ServiceState.PENDING)


@st.composite
def timelines(draw: st.DrawFn) -> OverdueTerms:
    """Draw terms whose steps follow each other, closely or far apart."""
    gap = st.integers(1, 12)
    suspend = draw(st.integers(1, 10))
    last_notice = suspend + draw(gap)
    notice_days = draw(gap)
    cancel = last_notice + notice_days + draw(gap)
    reminders = draw(st.sets(st.integers(-12, suspend - 1), max_size=5))
    return cast.overdue_terms(
        reminder_days=tuple(sorted(reminders)),
        suspend_days=suspend,
        last_notice_days=notice_days,
        terminate_days=last_notice + notice_days,
        cancel_days=cancel,
    )


KINDS: Final = st.sampled_from(InvoiceKind)
ISSUED: Final = st.integers(-20, 0)


@given(timelines(), KINDS, ISSUED, st.integers(0, 20))
@example(cast.OVERDUE_TERMS, RENEWAL, -9, 0)
@example(cast.OVERDUE_TERMS, RENEWAL, 0, 4)
@example(cast.OVERDUE_TERMS, FIRST, -7, 0)
def test_daily_runs_take_each_step_once_on_its_day(
    terms: OverdueTerms, kind: InvoiceKind, issued: int, takes: int
) -> None:
    """PAY-2: run every day since its issue, an invoice takes each step once, in order, on the day the terms give it.

    But for the reminders whose day came before the issue, for a termination whose notice was taken late, and for the
    cancellation behind that.
    """
    owing = debtor(kind=kind, terms=terms, issued=issued, takes=takes)
    for today in range(issued, terms.cancel_days + 60):
        owing.run(today)
    missed = [step for step in timeline(kind, terms) if step.from_due_days < issued]
    assert owing.superseded == missed
    assert all(step.stage is Stage.REMIND for step in missed)
    notice = terms.terminate_days - terms.last_notice_days
    terminated = max(terms.terminate_days, notice + takes + terms.last_notice_days)
    assert owing.taken == [
        (
            terminated
            if step.stage is Stage.TERMINATE
            # a termination that came late is followed by the cancellation on the day after, or on its own day
            else max(step.from_due_days, terminated + 1)
            if step.stage is Stage.CANCEL_INVOICE and kind is RENEWAL
            else step.from_due_days,
            step.stage.value,
            step.from_due_days,
        )
        for step in timeline(kind, terms)
        if step not in missed
    ]


RUNS: Final = st.lists(st.integers(-20, 120), max_size=12).map(sorted)


@given(timelines(), KINDS, ISSUED, st.one_of(st.none(), st.integers(0, 20)), RUNS)
@example(cast.OVERDUE_TERMS, RENEWAL, -9, 0, [29, 32, 61])
@example(cast.OVERDUE_TERMS, RENEWAL, -9, None, [29, 32, 61, 100])
@example(cast.OVERDUE_TERMS, RENEWAL, -9, 0, [60, 60, 60, 63, 63])
@example(cast.OVERDUE_TERMS, FIRST, -7, 0, [60])
def test_late_runs_warn_before_they_end(
    terms: OverdueTerms, kind: InvoiceKind, issued: int, takes: int | None, runs: list[int]
) -> None:
    """PAY-2: whenever the runs come, nobody is reminded twice in one, or ended unwarned, and no step is lost or repeated."""
    owing = debtor(kind=kind, terms=terms, issued=issued, takes=takes)
    steps = timeline(kind, terms)
    for today in [each for each in runs if each >= issued]:
        before, notice = owing.service, owing.notice_taken(today)
        answer = owing.run(today)
        if answer is None:
            continue
        assert all(step.from_due_days <= today for step in (*answer.taken, *answer.superseded))
        assert sum(step.stage is Stage.REMIND for step in answer.taken) <= 1
        stages = [step.stage for step in answer.taken]
        acts = [stage for stage in stages if stage is not Stage.GRANT_RIGHT]
        assert not (Stage.REMIND in acts and len(acts) > 1), "a reminder beside a step that overtakes it"
        assert all(step.from_due_days >= issued for step in answer.taken)
        if Stage.TERMINATE in stages:
            assert notice is not None
            assert today - notice >= terms.last_notice_days
            assert stages == [Stage.TERMINATE], (
                "terminated in the run that warned, or cancelled in the run that terminated"
            )
        if Stage.CANCEL_INVOICE in stages and kind is RENEWAL:
            assert before is ServiceState.TERMINATED
    done = [(stage, on) for _, stage, on in owing.taken] + [
        (each.stage.value, each.from_due_days) for each in owing.superseded
    ]
    assert sorted(done, key=lambda each: each[1]) == [
        (step.stage.value, step.from_due_days) for step in steps[: owing.steps_done]
    ]
    assert all(one <= other for (_, _, one), (_, _, other) in pairwise(owing.taken)), "out of order"


@given(timelines(), KINDS, ISSUED, st.integers(0, 20), RUNS)
@example(cast.OVERDUE_TERMS, RENEWAL, -9, 0, [0, 29])
def test_a_run_that_is_repeated_changes_nothing(
    terms: OverdueTerms, kind: InvoiceKind, issued: int, takes: int, runs: list[int]
) -> None:
    """PAY-2: the same day's run again takes nothing, but for the cancellation that waited for its termination."""
    owing = debtor(kind=kind, terms=terms, issued=issued, takes=takes)
    for today in [each for each in runs if each >= issued]:
        first = owing.run(today)
        again = owing.run(today)
        if first is not None and Stage.TERMINATE in [step.stage for step in first.taken]:
            assert again is None or [step.stage for step in again.taken] == [Stage.CANCEL_INVOICE]
        elif takes > 0 or first is None or Stage.LAST_NOTICE not in [step.stage for step in first.taken]:
            assert again is None
        assert owing.run(today) is None


@given(st.sampled_from(ServiceState), KINDS, st.integers(0, 7), st.integers(-30, 120))
def test_exactly_one_reason_keeps_an_invoice_waiting(
    service: ServiceState, kind: InvoiceKind, steps_done: int, today: int
) -> None:
    """PAY-2, PAY-16: the reasons exclude each other, so whoever reads one has read all."""
    owing = debtor(kind=kind)
    owing.service = service
    owing.steps_done = min(steps_done, len(timeline(kind, cast.OVERDUE_TERMS)) - 1)
    answer = owing.run(today)
    assert answer is None or answer.taken or answer.superseded
