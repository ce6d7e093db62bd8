"""May this service be cancelled at the end of its period, and when does it end? CAN-2, CAN-4 in both deadlines."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import EndingTime
from altocore.policy.cancellation import CANCELLATION, CancellationAccepted, CancellationFacts
from altocore.terms.options import CancellationDeadline, CancellationDebt, CancellationTiming
from altocore.terms.reasons import Why
from altocore.testing import judges_alike, strategies
from altocore.testing.strategies import days
from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day, add_days, day
from altocore.values.periods import Period
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of, whys_of

NEXT: Final = cast.period(day(2025, 2, 28), day(2025, 3, 31))
"""The last period that was invoiced: the renewal of 28 February."""

IN_ADVANCE: Final = day(2025, 2, 20)
EVE: Final = day(2025, 2, 27)
BEGINNING: Final = day(2025, 2, 28)
INSIDE: Final = day(2025, 3, 15)
LAST_DAY: Final = day(2025, 3, 30)
END: Final = day(2025, 3, 31)

BEFORE, ANY = CancellationDeadline.BEFORE_RENEWAL_INVOICE, CancellationDeadline.ANY_TIME


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    time: EndingTime = EndingTime.END_OF_PERIOD,
    state: ServiceState = ServiceState.ACTIVE,
    cycle: Cycle = Cadence.MONTHLY,
    domains: int = 0,
    pending: int = 0,
    last: Period = NEXT,
    unpaid: int = 0,
    today: Day = IN_ADVANCE,
) -> CancellationFacts:
    """Return a service whose next period is invoiced and paid, eight days before it begins."""
    return CancellationFacts(
        time=time, state=state, cycle=cycle, domains=domains, pending=pending, last=last, unpaid=unpaid, today=today
    )


def test_the_table() -> None:
    """LIF-5, CAN-2, CAN-3, CAN-4: the rows, their clauses and their codes."""
    assert checks_of(CANCELLATION) == (
        ("LIF-5", "manual/cancellation", "service_not_running"),
        ("CAT-2", "house", "sold_once"),
        ("CAN-5", "manual/cancellation", "domain_not_cancelled"),
        ("CAN-2", "manual/cancellation", "cancellation_pending"),
        ("CAN-2", "terms/4.b", "immediate_not_offered"),
    )
    assert grounds_of(CANCELLATION) == (
        ("CAN-2", "manual/cancellation, terms/4.b"),
        ("CAN-3", "manual/cancellation, terms/4.b"),
        ("CAN-4", "terms/4.a, manual/cancellation"),
    )
    assert CANCELLATION.name == "cancellation"


@pytest.mark.parametrize("time", EndingTime)
@pytest.mark.parametrize("unpaid", [0, 1])
def test_a_domain_alone(time: EndingTime, unpaid: int) -> None:
    """CAN-5: a domain is not cancelled, at once or with its period, paid or not."""
    asked = facts(time=time, domains=1, unpaid=unpaid)
    assert fires_alone(CANCELLATION, Why.DOMAIN_NOT_CANCELLED, asked, cast.CANCELLATION_TERMS).cites == ()


# CAN-4, every combination: deadline, is the last invoiced period paid, when is it asked; then the end, and what is voided.
# BEFORE_RENEWAL_INVOICE: the issued invoice stays owed, the service ends with its period. ANY_TIME: the unpaid invoice of
# a period not begun is voided, the service ends with the running period; what is paid, or has begun, stays.
ENDS: Final[tuple[tuple[CancellationDeadline, int, Day, Day, int], ...]] = (
    (BEFORE, 0, IN_ADVANCE, END, 0),
    (BEFORE, 0, EVE, END, 0),
    (BEFORE, 0, BEGINNING, END, 0),
    (BEFORE, 0, INSIDE, END, 0),
    (BEFORE, 0, LAST_DAY, END, 0),
    (BEFORE, 1, IN_ADVANCE, END, 0),
    (BEFORE, 1, EVE, END, 0),
    (BEFORE, 1, BEGINNING, END, 0),
    (BEFORE, 1, INSIDE, END, 0),
    (BEFORE, 1, LAST_DAY, END, 0),
    (ANY, 0, IN_ADVANCE, END, 0),
    (ANY, 0, EVE, END, 0),
    (ANY, 0, BEGINNING, END, 0),
    (ANY, 0, INSIDE, END, 0),
    (ANY, 0, LAST_DAY, END, 0),
    (ANY, 1, IN_ADVANCE, BEGINNING, 1),
    (ANY, 1, EVE, BEGINNING, 1),
    (ANY, 1, BEGINNING, END, 0),
    (ANY, 1, INSIDE, END, 0),
    (ANY, 1, LAST_DAY, END, 0),
)


@pytest.mark.parametrize("debt", CancellationDebt)
@pytest.mark.parametrize("state", [ServiceState.ACTIVE, ServiceState.SUSPENDED])
@pytest.mark.parametrize(("deadline", "unpaid", "today", "effective", "voids"), ENDS)
def test_when_a_service_ends(  # noqa: PLR0913, PLR0917  # a row of the table
    deadline: CancellationDeadline,
    unpaid: int,
    today: Day,
    effective: Day,
    voids: int,
    state: ServiceState,
    debt: CancellationDebt,
) -> None:
    """CAN-2, CAN-4: the end of the last invoiced period, or of the running one; whose debt counts is asked at the end."""
    asked = facts(state=state, unpaid=unpaid, today=today)
    terms = cast.cancellation_terms(deadline=deadline, debt=debt)
    assert judges_alike(CANCELLATION, asked, terms) == CancellationAccepted(effective=effective, voids=voids)
    cited = (("effective", effective), ("ending_time", "end_of_period"), ("option", deadline.value))
    expected: dict[int, tuple[tuple[str, object], ...]] = {0: cited, 1: ()}
    if unpaid:
        expected[2] = (("voids", voids),)
    assert holding(CANCELLATION, asked, terms) == expected


def test_every_combination_is_in_the_table() -> None:
    """CAN-4: both deadlines, paid and unpaid, on five days."""
    seen = {(deadline, unpaid, today) for deadline, unpaid, today, _, _ in ENDS}
    assert len(seen) == len(ENDS) == 2 * 2 * 5


@pytest.mark.parametrize(("deadline", "unpaid", "today", "_effective", "voids"), ENDS)
def test_at_once_is_today(deadline: CancellationDeadline, unpaid: int, today: Day, _effective: Day, voids: int) -> None:
    """CAN-2, CAN-4: asked at once it ends today at the earliest; what is voided is the same as with the period."""
    asked = facts(time=EndingTime.IMMEDIATE, unpaid=unpaid, today=today)
    terms = cast.cancellation_terms(deadline=deadline)
    assert judges_alike(CANCELLATION, asked, terms) == CancellationAccepted(effective=today, voids=voids)
    assert holding(CANCELLATION, asked, terms)[0] == (
        ("effective", today),
        ("ending_time", "immediate"),
        ("option", deadline.value),
    )


@pytest.mark.parametrize("today", [IN_ADVANCE, INSIDE, END, add_days(END, 3)])
def test_at_once_alone(today: Day) -> None:
    """CAN-2 END_OF_PERIOD_ONLY: what is asked at once is refused, and told when the period's end comes."""
    terms = cast.cancellation_terms(timing=CancellationTiming.END_OF_PERIOD_ONLY)
    asked = facts(time=EndingTime.IMMEDIATE, today=today)
    reason = fires_alone(CANCELLATION, Why.IMMEDIATE_NOT_OFFERED, asked, terms)
    assert reason.cites == (("effective", max(END, today)), ("option", "end_of_period_only"))
    assert CANCELLATION.decide(facts(today=today), terms) == CancellationAccepted(effective=max(END, today), voids=0)


NOT_RUNNING: Final = (ServiceState.PENDING, ServiceState.CANCELLED, ServiceState.TERMINATED)


@pytest.mark.parametrize("state", NOT_RUNNING)
def test_not_running_alone(state: ServiceState) -> None:
    """LIF-5: active or suspended -> cancelled; a pending service goes with its first invoice, not by a request."""
    reason = fires_alone(CANCELLATION, Why.SERVICE_NOT_RUNNING, facts(state=state), cast.cancellation_terms())
    assert reason.cites == (("state", state.value),)


def test_pending_alone() -> None:
    """CAN-2: what is asked already is not asked again; CAN-9 takes it back first."""
    asked = facts(pending=1)
    assert fires_alone(CANCELLATION, Why.CANCELLATION_PENDING, asked, cast.cancellation_terms()).cites == ()


def test_all_reasons_at_once() -> None:
    """LIF-5, CAN-2: a no has all its reasons, in the order of the table."""
    asked = facts(time=EndingTime.IMMEDIATE, state=ServiceState.TERMINATED, pending=1)
    only = cast.cancellation_terms(timing=CancellationTiming.END_OF_PERIOD_ONLY)
    reasons = reasons_of(CANCELLATION.decide(asked, only))
    assert [(reason.rule, reason.why) for reason in reasons] == [
        ("LIF-5", Why.SERVICE_NOT_RUNNING),
        ("CAN-2", Why.CANCELLATION_PENDING),
        ("CAN-2", Why.IMMEDIATE_NOT_OFFERED),
    ]


@given(
    st.sampled_from(ServiceState),
    st.integers(0, 1),
    st.integers(0, 1),
    days(start=day(2025, 2, 18), end=END),
    st.sampled_from(CancellationDeadline),
)
def test_a_request_is_explained_as_it_is_decided(
    state: ServiceState, pending: int, unpaid: int, today: Day, deadline: CancellationDeadline
) -> None:
    """CAN-4: a request is never refused for lateness or debt, and it never ends before today."""
    asked = facts(state=state, pending=pending, unpaid=unpaid, today=today)
    answer = judges_alike(CANCELLATION, asked, cast.cancellation_terms(deadline=deadline))
    refused = (state in NOT_RUNNING) + (pending > 0)
    assert len(reasons_of(answer)) == refused
    if isinstance(answer, CancellationAccepted):
        assert refused == 0
        assert answer.effective > today
        assert answer.effective in {NEXT.start, NEXT.end}
        assert (answer.voids == 1) is (answer.effective == NEXT.start)


@pytest.mark.parametrize("deadline", CancellationDeadline)
@pytest.mark.parametrize("unpaid", [0, 1])
@pytest.mark.parametrize("late", [0, 1, 5])
def test_a_service_does_not_end_before_it_is_asked_to(late: int, unpaid: int, deadline: CancellationDeadline) -> None:
    """CAN-4: asked when the last invoiced period is over (its renewal is missing, or its termination waits): today."""
    asked = facts(unpaid=unpaid, state=ServiceState.SUSPENDED, today=add_days(END, late))
    answer = CANCELLATION.decide(asked, cast.cancellation_terms(deadline=deadline))
    assert answer == CancellationAccepted(effective=add_days(END, late), voids=0)


@given(strategies.cancellation_facts(), st.sampled_from(CancellationDeadline))
def test_what_is_sold_once_has_no_period_to_end_with(drawn: CancellationFacts, deadline: CancellationDeadline) -> None:
    """CAT-2: refused for what is sold once, whatever else is wrong, and for no cadence."""
    answer = judges_alike(CANCELLATION, drawn, cast.cancellation_terms(deadline=deadline))
    assert (Why.SOLD_ONCE in whys_of(answer)) is (drawn.cycle is Once.ONE_TIME)


def test_sold_once_alone() -> None:
    """CAT-2: the only reason."""
    fires_alone(CANCELLATION, Why.SOLD_ONCE, facts(cycle=Once.ONE_TIME), cast.cancellation_terms())
