"""May the provider discontinue a service with its period? REN-5: told in time, whatever is owed, by staff."""

from typing import Final

import pytest
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.policy.discontinuation import (
    DISCONTINUATION,
    DiscontinuationAccepted,
    DiscontinuationFacts,
    DiscontinuationRefused,
)
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import discontinuation_facts
from altocore.values.anchors import Cadence
from altocore.values.cycles import Cycle, Once
from altocore.values.days import Day, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

FIRST: Final = cast.period(day(2025, 1, 31), day(2025, 2, 28))
SECOND: Final = cast.period(day(2025, 2, 28), day(2025, 3, 31))
ISSUE: Final = day(2025, 2, 18)


def facts(
    *,
    state: ServiceState = ServiceState.ACTIVE,
    cycle: Cycle = Cadence.MONTHLY,
    pending: int = 0,
    actor: Actor = Actor.STAFF,
    today: Day = ISSUE,
) -> DiscontinuationFacts:
    """Return Ana's service on the last day on which its end can be told in time."""
    return DiscontinuationFacts(
        state=state, cycle=cycle, pending=pending, actor=actor, last=FIRST, next=SECOND, issue_day=ISSUE, today=today
    )


def test_sold_once_alone() -> None:
    """CAT-2: what is sold once has no period that could end."""
    assert fires_alone(DISCONTINUATION, Why.SOLD_ONCE, facts(cycle=Once.ONE_TIME), None).cites == ()


def test_the_table() -> None:
    """CAT-2, REN-5: the rows, their clauses and their codes."""
    assert checks_of(DISCONTINUATION) == (
        ("REN-5", "manual/honour, terms/3.b", "not_by_staff"),
        ("REN-5", "manual/honour, terms/3.b", "service_not_running"),
        ("CAT-2", "house", "sold_once"),
        ("REN-5", "manual/honour, terms/3.b", "ending_pending"),
        ("REN-5", "manual/honour, terms/3.b", "told_too_late"),
    )
    assert grounds_of(DISCONTINUATION) == (("REN-5", "manual/honour, terms/3.b"),)
    assert DISCONTINUATION.name == "discontinuation"


@pytest.mark.parametrize("today", [day(2025, 1, 31), day(2025, 2, 17), ISSUE])
@pytest.mark.parametrize("state", sorted(RUNNING))
def test_told_in_time_it_ends_with_its_period(today: Day, state: ServiceState) -> None:
    """REN-5: told on the day of the renewal's issue at the latest, the service ends with the period that is invoiced."""
    asked = facts(today=today, state=state)
    assert judges_alike(DISCONTINUATION, asked, None) == DiscontinuationAccepted(effective=FIRST.end)
    assert holding(DISCONTINUATION, asked, None) == {0: (("effective", FIRST.end), ("issue_day", ISSUE))}


def test_told_a_day_late_it_goes_on_for_one_period() -> None:
    """REN-5: a day after the issue day is too late, and the answer names the end of the next period."""
    late = day(2025, 2, 19)
    reason = fires_alone(DISCONTINUATION, Why.TOLD_TOO_LATE, facts(today=late), None)
    assert reason.cites == (
        ("effective", FIRST.end),
        ("issue_day", ISSUE),
        ("today", late),
        ("next_end", SECOND.end),
    )
    assert DISCONTINUATION.decide(facts(today=late), None) == DiscontinuationRefused(
        reasons=(reason,), next_end=SECOND.end
    )


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_not_staff_alone(actor: Actor) -> None:
    """REN-5: it is the provider's word, and no program's nor client's."""
    reason = fires_alone(DISCONTINUATION, Why.NOT_BY_STAFF, facts(actor=actor), None)
    assert reason.cites == (("actor", actor.value),)


@pytest.mark.parametrize("state", [each for each in ServiceState if each not in RUNNING])
def test_not_running_alone(state: ServiceState) -> None:
    """REN-5: what does not run has no period to end with."""
    reason = fires_alone(DISCONTINUATION, Why.SERVICE_NOT_RUNNING, facts(state=state), None)
    assert reason.cites == (("state", state.value),)


def test_ending_already_alone() -> None:
    """REN-5: what is set to end already, by the client or by the provider, is not ended twice."""
    assert fires_alone(DISCONTINUATION, Why.ENDING_PENDING, facts(pending=1), None).cites == ()
    refused = DISCONTINUATION.decide(facts(pending=1), None)
    assert isinstance(refused, DiscontinuationRefused)
    assert refused.next_end == FIRST.end


def test_all_reasons_at_once() -> None:
    """REN-5: a no has all its reasons, in the order of the table."""
    asked = facts(
        state=ServiceState.TERMINATED, cycle=Once.ONE_TIME, pending=1, actor=Actor.CLIENT, today=day(2025, 3, 1)
    )
    assert whys_of(DISCONTINUATION.decide(asked, None)) == tuple(check.why for check in DISCONTINUATION.checks)


@given(discontinuation_facts())
def test_the_next_end_can_always_be_told(asked: DiscontinuationFacts) -> None:
    """REN-5: whoever is refused for lateness is in time for the end that the answer names, once that period is the last."""
    answer = judges_alike(DISCONTINUATION, asked, None)
    late = asked.today > asked.issue_day
    if isinstance(answer, DiscontinuationRefused):
        assert answer.next_end == (asked.next.end if late else asked.last.end)
        assert (Why.TOLD_TOO_LATE in whys_of(answer)) is late
    else:
        assert answer == DiscontinuationAccepted(effective=asked.last.end)
        assert not late
