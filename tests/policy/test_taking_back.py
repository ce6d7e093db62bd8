"""May a pending cancellation be taken back? CAN-9, for every time, debt and day."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.service import EndedBy, EndingTime
from altocore.policy.ending import ENDING, EndingDue, EndingFacts
from altocore.policy.taking_back import TAKING_BACK, TakenBack, TakingBackFacts
from altocore.terms.options import CancellationDebt
from altocore.terms.parts import CancellationTerms
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import cancellation_terms, taking_back_facts
from altocore.values.days import Day, add_days, day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

END: Final = day(2025, 2, 28)
EVE: Final = day(2025, 2, 27)


def facts(  # noqa: PLR0913  # one keyword a field
    *,
    state: ServiceState = ServiceState.ACTIVE,
    pending: int = 1,
    by: EndedBy = EndedBy.CLIENT,
    time: EndingTime = EndingTime.END_OF_PERIOD,
    effective: Day = END,
    service_invoices: int = 0,
    client_invoices: int = 0,
    voided: int = 0,
    today: Day = EVE,
) -> TakingBackFacts:
    """Return a cancellation that takes effect tomorrow, of a service that owes nothing."""
    return TakingBackFacts(
        state=state,
        pending=pending,
        by=by,
        time=time,
        effective=effective,
        service_invoices=service_invoices,
        client_invoices=client_invoices,
        voided=voided,
        today=today,
    )


def test_the_table() -> None:
    """CAN-9, LIF-5: the rows, their clauses and their codes."""
    assert checks_of(TAKING_BACK) == (
        ("LIF-5", "manual/cancellation", "service_not_running"),
        ("CAN-9", "house", "cancellation_not_pending"),
        ("REN-5", "manual/honour, terms/3.b", "service_discontinued"),
        ("CAN-9", "house", "cancellation_immediate"),
        ("CAN-9", "house", "end_reached"),
    )
    assert grounds_of(TAKING_BACK) == (("CAN-9", "house"),)
    assert TAKING_BACK.name == "taking_back"


@pytest.mark.parametrize(("voided", "reissues"), [(0, 0), (1, 1), (2, 1)])
def test_taken_back_in_time(voided: int, reissues: int) -> None:
    """CAN-9: until the eve of its day; however often its next period was voided, that period is charged once more."""
    asked = facts(voided=voided)
    assert judges_alike(TAKING_BACK, asked, cast.CANCELLATION_TERMS) == TakenBack(reissues=reissues)
    cited = (("effective", END), ("reissues", reissues))
    assert holding(TAKING_BACK, asked, cast.CANCELLATION_TERMS) == {0: cited}


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in RUNNING])
def test_not_running_alone(state: ServiceState) -> None:
    """LIF-5: what has ended is not taken back."""
    reason = fires_alone(TAKING_BACK, Why.SERVICE_NOT_RUNNING, facts(state=state), cast.CANCELLATION_TERMS)
    assert reason.cites == (("state", state.value),)


@pytest.mark.parametrize("time", EndingTime)
@pytest.mark.parametrize("today", [EVE, END, add_days(END, 9)])
def test_nothing_pending_alone(today: Day, time: EndingTime) -> None:
    """CAN-9: nothing is taken back where nothing is pending, and no other reason is given for it."""
    asked = facts(pending=0, time=time, today=today)
    assert fires_alone(TAKING_BACK, Why.CANCELLATION_NOT_PENDING, asked, cast.CANCELLATION_TERMS).cites == ()


def test_at_once_alone() -> None:
    """CAN-9: an end-of-period cancellation is taken back; what was asked at once and waits for a debt stands."""
    asked = facts(time=EndingTime.IMMEDIATE, service_invoices=1, client_invoices=1)
    assert fires_alone(TAKING_BACK, Why.CANCELLATION_IMMEDIATE, asked, cast.CANCELLATION_TERMS).cites == ()


@pytest.mark.parametrize("late", [0, 1, 40])
def test_in_effect_alone(late: int) -> None:
    """CAN-9: on its day it takes effect, also where the day's billing has not come to it yet."""
    today = add_days(END, late)
    reason = fires_alone(TAKING_BACK, Why.END_REACHED, facts(today=today), cast.CANCELLATION_TERMS)
    assert reason.cites == (("effective", END), ("today", today))


@pytest.mark.parametrize(
    ("debt", "own", "all_of_them", "reasons"),
    [
        (CancellationDebt.SERVICE_INVOICES, 1, 1, ()),
        (CancellationDebt.SERVICE_INVOICES, 0, 1, (Why.END_REACHED,)),
        (CancellationDebt.ALL_INVOICES, 0, 1, ()),
        (CancellationDebt.ALL_INVOICES, 0, 0, (Why.END_REACHED,)),
    ],
)
def test_while_it_waits_for_a_debt(
    debt: CancellationDebt, own: int, all_of_them: int, reasons: tuple[Why, ...]
) -> None:
    """CAN-9, CAN-4: it takes effect on the day that the debt is paid, and can be taken back until then."""
    asked = facts(service_invoices=own, client_invoices=all_of_them, today=add_days(END, 5))
    answer = TAKING_BACK.decide(asked, cast.cancellation_terms(debt=debt))
    assert whys_of(answer) == reasons


def test_the_providers_end_alone() -> None:
    """REN-5, CAN-9: what the provider discontinues is not the client's to take back."""
    reason = fires_alone(TAKING_BACK, Why.SERVICE_DISCONTINUED, facts(by=EndedBy.PROVIDER), cast.cancellation_terms())
    assert reason.cites == (("effective", END),)


@given(taking_back_facts(), cancellation_terms())
def test_taken_back_or_in_effect_never_both(asked: TakingBackFacts, terms: CancellationTerms) -> None:
    """CAN-9: whatever can be taken back has not taken effect, asked of the ending's own judgement; and it is explained."""
    answer = judges_alike(TAKING_BACK, asked, terms)
    ends = ENDING.decide(
        EndingFacts(
            state=asked.state,
            pending=asked.pending,
            by=asked.by,
            effective=asked.effective,
            service_invoices=asked.service_invoices,
            client_invoices=asked.client_invoices,
            today=asked.today,
        ),
        terms,
    )
    assert not (isinstance(answer, TakenBack) and isinstance(ends, EndingDue))
    if asked.by is EndedBy.PROVIDER:
        assert not isinstance(answer, TakenBack) or not asked.pending
    elif asked.pending and asked.state in RUNNING and asked.time is EndingTime.END_OF_PERIOD:
        assert isinstance(answer, TakenBack) is not isinstance(ends, EndingDue)


@given(taking_back_facts(state=ServiceState.ACTIVE), st.integers(1, 5))
def test_no_day_earlier_is_too_late(asked: TakingBackFacts, earlier: int) -> None:
    """CAN-9: what can be taken back today could have been on every day before."""
    terms = cast.CANCELLATION_TERMS
    before = facts(
        pending=asked.pending,
        time=asked.time,
        effective=asked.effective,
        service_invoices=asked.service_invoices,
        client_invoices=asked.client_invoices,
        voided=asked.voided,
        today=add_days(asked.today, -earlier),
    )
    if isinstance(TAKING_BACK.decide(asked, terms), TakenBack):
        assert isinstance(TAKING_BACK.decide(before, terms), TakenBack)
