"""Is the next renewal to be issued today, for which period, and when is it due? REN-1, REN-2, REN-9, CAN-4."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.policy.renewal import RENEWAL, RenewalDue, RenewalFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import cadences, days
from altocore.values.anchors import Cadence, nth_period
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.periods import Period
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of, whys_of

FIRST: Final = cast.period(day(2025, 1, 31), day(2025, 2, 28))
SECOND: Final = cast.period(day(2025, 2, 28), day(2025, 3, 31))
ISSUE: Final = day(2025, 2, 18)
"""Ten days before 28 February, on which the second period begins."""


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    state: ServiceState = ServiceState.ACTIVE,
    ending_pending: int = 0,
    discontinued: int = 0,
    open_invoices: int = 0,
    choice: RenewalChoice | None = None,
    running: Period = FIRST,
    following: Period = SECOND,
    changed: tuple[str, ...] = (),
    today: Day = ISSUE,
) -> RenewalFacts:
    """Return Ana's service on the day on which its first renewal is issued."""
    return RenewalFacts(
        state=state,
        ending_pending=ending_pending,
        discontinued=discontinued,
        open_invoices=open_invoices,
        choice=choice,
        running=running,
        next=following,
        changed=changed,
        today=today,
    )


def test_the_table() -> None:
    """REN-1, REN-2, REN-9, CAN-4: the rows, their clauses and their codes."""
    assert checks_of(RENEWAL) == (
        ("REN-1", "terms/3.a", "service_not_running"),
        ("CAN-4", "manual/cancellation, terms/4.a", "cancellation_pending"),
        ("REN-5", "manual/honour, terms/3.b", "service_discontinued"),
        ("CAN-5", "manual/cancellation", "set_not_to_renew"),
        ("REN-9", "house", "earlier_period_unpaid"),
        ("REN-2", "house", "renewal_not_yet_due"),
    )
    assert grounds_of(RENEWAL) == (
        ("REN-1", "terms/3.a"),
        ("REN-2", "house"),
        ("REN-9", "house"),
        ("REN-5", "manual/honour, terms/3.b"),
    )
    assert RENEWAL.name == "renewal"


# Anchor, cycle, number of the running period, today; then the new period and the due day, written from a calendar.
DATES: Final[dict[str, tuple[Day, Cadence, int, Day, Period, Day]]] = {
    "31 January, by the month": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2025, 2, 18),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        day(2025, 2, 27),
    ),
    "31 January, second renewal": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        1,
        day(2025, 3, 21),
        cast.period(day(2025, 3, 31), day(2025, 4, 30)),
        day(2025, 3, 30),
    ),
    "31 January of a leap year": (
        day(2024, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2024, 2, 19),
        cast.period(day(2024, 2, 29), day(2024, 3, 31)),
        day(2024, 2, 28),
    ),
    "29 February, by the year": (
        day(2024, 2, 29),
        Cadence.ANNUAL,
        0,
        day(2025, 2, 18),
        cast.period(day(2025, 2, 28), day(2026, 2, 28)),
        day(2025, 2, 27),
    ),
    "29 February, back on it after four years": (
        day(2024, 2, 29),
        Cadence.ANNUAL,
        3,
        day(2028, 2, 19),
        cast.period(day(2028, 2, 29), day(2029, 2, 28)),
        day(2028, 2, 28),
    ),
    "31 August, by the half year": (
        day(2024, 8, 31),
        Cadence.SEMIANNUAL,
        0,
        day(2025, 2, 18),
        cast.period(day(2025, 2, 28), day(2025, 8, 31)),
        day(2025, 2, 27),
    ),
    "31 December, by the month, over the year's end": (
        day(2024, 10, 31),
        Cadence.MONTHLY,
        1,
        day(2024, 12, 21),
        cast.period(day(2024, 12, 31), day(2025, 1, 31)),
        day(2024, 12, 30),
    ),
    "one day late, still due on its own day": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2025, 2, 19),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        day(2025, 2, 27),
    ),
    "two days late, the two days coincide": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2025, 2, 20),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        day(2025, 2, 27),
    ),
    "three days late, due seven days after issue": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2025, 2, 21),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        day(2025, 2, 28),
    ),
    "issued on its last day": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2025, 2, 27),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        day(2025, 3, 6),
    ),
    "issued when its period is over already": (
        day(2025, 1, 31),
        Cadence.MONTHLY,
        0,
        day(2025, 5, 2),
        cast.period(day(2025, 2, 28), day(2025, 3, 31)),
        day(2025, 5, 9),
    ),
}


@pytest.mark.parametrize(("anchor", "cycle", "number", "today", "renewed", "due"), DATES.values(), ids=DATES.keys())
def test_dates_of_renewals(  # noqa: PLR0913, PLR0917  # a row of the table
    anchor: Day, cycle: Cadence, number: int, today: Day, renewed: Period, due: Day
) -> None:
    """REN-1, REN-2, REN-9: an equal term, due on the last day of the paid one; issued late, seven days after at least."""
    asked = facts(
        running=nth_period(anchor, cycle, number), following=nth_period(anchor, cycle, number + 1), today=today
    )
    assert judges_alike(RENEWAL, asked, cast.invoicing_terms()) == RenewalDue(period=renewed, due=due, changed=())


@given(
    days(start=day(2023, 1, 1), end=day(2026, 1, 1)),
    cadences(),
    st.integers(0, 5),
    st.integers(-40, 120),
    st.integers(0, 30),
    st.integers(0, 40),
)
@example(day(2025, 1, 31), Cadence.MONTHLY, 0, 0, 7, 10)
@example(day(2024, 2, 29), Cadence.ANNUAL, 0, 1, 7, 10)
def test_when_a_renewal_is_issued_and_due(  # noqa: PLR0913, PLR0917  # what is drawn
    anchor: Day, cycle: Cadence, number: int, late: int, due_days: int, notice_days: int
) -> None:
    """REN-2, REN-9: never before its day; on it, due on the last day; after it, the later of that and `due_days` on.

    With no notice at all the day of issue lies behind the last day, and is the due day then (PAY-1).
    """
    running, following = nth_period(anchor, cycle, number), nth_period(anchor, cycle, number + 1)
    today = add_days(running.end, late - notice_days)
    terms = cast.invoicing_terms(due_days=due_days, renewal_notice_days=notice_days)
    answer = judges_alike(RENEWAL, facts(running=running, following=following, today=today), terms)
    own = add_days(running.end, -1)
    if late < 0:
        assert whys_of(answer) == (Why.RENEWAL_NOT_YET_DUE,)
    elif late == 0:
        assert answer == RenewalDue(period=following, due=max(own, today), changed=())
    else:
        assert isinstance(answer, RenewalDue)
        assert answer.period == following
        assert days_from(own, answer.due) >= 0
        assert days_from(today, answer.due) >= due_days
        assert answer.due in {own, add_days(today, due_days)}


def test_a_renewal_is_never_due_before_it_is_issued() -> None:
    """REN-2, PAY-1: with no notice a renewal is issued on the day the paid period ends, which is after its last day."""
    terms = cast.invoicing_terms(renewal_notice_days=0)
    answer = RENEWAL.decide(facts(today=FIRST.end), terms)
    assert answer == RenewalDue(period=SECOND, due=FIRST.end, changed=())


NOT_RUNNING: Final = (ServiceState.PENDING, ServiceState.CANCELLED, ServiceState.TERMINATED)


@pytest.mark.parametrize("state", NOT_RUNNING)
def test_not_running_alone(state: ServiceState) -> None:
    """REN-1: what does not run does not renew."""
    reason = fires_alone(RENEWAL, Why.SERVICE_NOT_RUNNING, facts(state=state), cast.invoicing_terms())
    assert reason.cites == (("state", state.value),)


def test_a_suspended_service_renews() -> None:
    """REN-1, LIF-2: suspended without debt, a contract still runs."""
    assert RENEWAL.decide(facts(state=ServiceState.SUSPENDED), cast.invoicing_terms()) == RenewalDue(
        period=SECOND, due=day(2025, 2, 27), changed=()
    )


def test_ending_alone() -> None:
    """CAN-4: meanwhile no renewal is issued."""
    asked = facts(ending_pending=1)
    assert fires_alone(RENEWAL, Why.CANCELLATION_PENDING, asked, cast.invoicing_terms()).cites == ()


@pytest.mark.parametrize("open_invoices", [1, 2])
def test_unpaid_alone(open_invoices: int) -> None:
    """REN-9: no renewal while an earlier period of the service is unpaid."""
    asked = facts(open_invoices=open_invoices)
    reason = fires_alone(RENEWAL, Why.EARLIER_PERIOD_UNPAID, asked, cast.invoicing_terms())
    assert reason.cites == (("open_invoices", open_invoices),)


def test_too_early_alone() -> None:
    """REN-2: eleven days before the period ends is a day too early."""
    asked = facts(today=day(2025, 2, 17))
    reason = fires_alone(RENEWAL, Why.RENEWAL_NOT_YET_DUE, asked, cast.invoicing_terms())
    assert reason.cites == (("issue_day", ISSUE), ("today", day(2025, 2, 17)))


def test_discontinued_alone() -> None:
    """REN-5: what the provider discontinues is not renewed, and the reason says when it ends."""
    reason = fires_alone(RENEWAL, Why.SERVICE_DISCONTINUED, facts(discontinued=1), cast.invoicing_terms())
    assert reason.cites == (("effective", FIRST.end),)


def test_a_renewal_names_the_fields_that_it_differs_in() -> None:
    """REN-5: renewed with differences, the answer and its ground name each one; as it was, neither names any."""
    codes = ("overdue.suspend_days", "tax.rates")
    asked = facts(changed=codes)
    assert judges_alike(RENEWAL, asked, cast.invoicing_terms()) == RenewalDue(
        period=SECOND, due=day(2025, 2, 27), changed=codes
    )
    assert holding(RENEWAL, asked, cast.invoicing_terms())[3] == (("field", codes[0]), ("field", codes[1]))
    assert 3 not in holding(RENEWAL, facts(), cast.invoicing_terms())


def test_a_domain_that_is_set_not_to_renew_alone() -> None:
    """CAN-5: its holder wants no more of it; the reason names the day on which it lapses."""
    reason = fires_alone(RENEWAL, Why.SET_NOT_TO_RENEW, facts(choice=RenewalChoice.LAPSE), cast.invoicing_terms())
    assert reason.cites == (("effective", FIRST.end),)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (ISSUE, FIRST.last_day),
        (add_days(ISSUE, 1), FIRST.last_day),
        (FIRST.last_day, FIRST.last_day),
        (FIRST.end, add_days(FIRST.end, 7)),
        (add_days(FIRST.end, 20), add_days(FIRST.end, 27)),
    ],
)
def test_a_domain_is_paid_before_it_expires(today: Day, due: Day) -> None:
    """PAY-16, REN-9: however late it is issued, its renewal is due on the last day; after that, in `due_days`."""
    answer = judges_alike(RENEWAL, facts(choice=RenewalChoice.RENEW, today=today), cast.invoicing_terms())
    assert answer == RenewalDue(period=SECOND, due=due, changed=())


def test_all_reasons_at_once() -> None:
    """REN-1, CAN-4, REN-5, REN-9, REN-2: a no has all its reasons, in the order of the table."""
    asked = facts(
        state=ServiceState.TERMINATED,
        ending_pending=1,
        discontinued=1,
        open_invoices=1,
        choice=RenewalChoice.LAPSE,
        today=day(2025, 1, 31),
    )
    reasons = reasons_of(RENEWAL.decide(asked, cast.invoicing_terms()))
    assert [(reason.rule, reason.why) for reason in reasons] == [(check.rule, check.why) for check in RENEWAL.checks]


@pytest.mark.parametrize(
    ("today", "due", "place"),
    [(ISSUE, day(2025, 2, 27), 1), (add_days(ISSUE, 1), day(2025, 2, 27), 2), (day(2025, 3, 3), day(2025, 3, 10), 2)],
)
def test_on_its_day_it_rests_on_ren_2_and_late_on_ren_9(today: Day, due: Day, place: int) -> None:
    """REN-2, REN-9: exactly one of the two carries the due day; the other is idle."""
    held = holding(RENEWAL, facts(today=today), cast.invoicing_terms())
    assert held == {
        0: (("period", SECOND),),
        place: (("issue_day", ISSUE), ("today", today), ("due", due)),
    }


@given(
    st.sampled_from(ServiceState), st.integers(0, 1), st.integers(0, 2), days(start=FIRST.start, end=day(2025, 4, 1))
)
def test_a_renewal_is_explained_as_it_is_decided(
    state: ServiceState, ending_pending: int, open_invoices: int, today: Day
) -> None:
    """REN-1, REN-2, REN-9, CAN-4: issued exactly when nothing of the four stands against it."""
    asked = facts(state=state, ending_pending=ending_pending, open_invoices=open_invoices, today=today)
    answer = judges_alike(RENEWAL, asked, cast.invoicing_terms())
    against = (state in NOT_RUNNING) + (ending_pending > 0) + (open_invoices > 0) + (today < ISSUE)
    assert len(reasons_of(answer)) == against
    assert isinstance(answer, RenewalDue) is (against == 0)
