"""Does a domain that is set not to renew lapse today? DOM-1, CAN-5."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.registrations import RenewalChoice
from altocore.policy.lapse import LAPSE, LapseDue, LapseFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import lapse_facts
from altocore.values.days import add_days, day
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

EXPIRY: Final = day(2026, 1, 31)
GOOD: Final = LapseFacts(state=ServiceState.ACTIVE, choice=RenewalChoice.LAPSE, expiry=EXPIRY, today=EXPIRY)


def test_the_table() -> None:
    """DOM-1, CAN-5: the rows, their clauses and their codes."""
    assert checks_of(LAPSE) == (
        ("DOM-1", "terms/12.d", "service_not_running"),
        ("CAN-5", "manual/cancellation", "set_to_renew"),
        ("DOM-1", "terms/12.d", "still_registered"),
    )
    assert grounds_of(LAPSE) == (("DOM-1", "terms/12.d"), ("CAN-5", "manual/cancellation"))
    assert LAPSE.name == "lapse"


@pytest.mark.parametrize("late", [0, 1, 400])
def test_it_lapses_on_its_day_or_late(late: int) -> None:
    """DOM-1: on the first day that is not paid for; a run that comes late does it on its own day."""
    asked = evolve(GOOD, today=add_days(EXPIRY, late))
    assert judges_alike(LAPSE, asked, None) == LapseDue(day=asked.today)
    assert holding(LAPSE, asked, None) == {0: (("expiry", EXPIRY),), 1: ()}


def test_the_day_before_alone() -> None:
    """DOM-1: it is kept registered for the whole of what was paid."""
    reason = fires_alone(LAPSE, Why.STILL_REGISTERED, evolve(GOOD, today=add_days(EXPIRY, -1)), None)
    assert reason.cites == (("expiry", EXPIRY),)


def test_set_to_renew_alone() -> None:
    """CAN-5: what its holder wants renewed lapses by an unpaid invoice alone."""
    assert fires_alone(LAPSE, Why.SET_TO_RENEW, evolve(GOOD, choice=RenewalChoice.RENEW), None).cites == ()


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in RUNNING])
def test_not_running_alone(state: ServiceState) -> None:
    """DOM-1: what is over does not lapse once more."""
    reason = fires_alone(LAPSE, Why.SERVICE_NOT_RUNNING, evolve(GOOD, state=state), None)
    assert reason.cites == (("state", state.value),)


@given(lapse_facts())
def test_every_reason_is_given(asked: LapseFacts) -> None:
    """DOM-1, CAN-5: each thing that keeps it registered is told, in the order of the table."""
    wrong = (
        (Why.SERVICE_NOT_RUNNING, asked.state not in RUNNING),
        (Why.SET_TO_RENEW, asked.choice is RenewalChoice.RENEW),
        (Why.STILL_REGISTERED, asked.today < asked.expiry),
    )
    assert whys_of(judges_alike(LAPSE, asked, None)) == tuple(why for why, holds in wrong if holds)
