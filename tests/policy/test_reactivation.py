"""Does a suspended service come back? PAY-14, LIF-3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.lifecycle.machine import ServiceState
from altocore.policy.reactivation import REACTIVATION, ReactivationDue, ReactivationFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of


def facts(*, state: ServiceState = ServiceState.SUSPENDED, overdue_invoices: int = 0) -> ReactivationFacts:
    """Return a suspended service that owes nothing."""
    return ReactivationFacts(state=state, overdue_invoices=overdue_invoices)


def test_the_table() -> None:
    """LIF-3, PAY-14: the rows, their clauses and their codes."""
    assert checks_of(REACTIVATION) == (
        ("LIF-3", "manual/alerts", "service_not_suspended"),
        ("PAY-14", "manual/alerts", "debt_unpaid"),
    )
    assert grounds_of(REACTIVATION) == (("PAY-14", "manual/alerts"), ("LIF-3", "manual/alerts"))
    assert REACTIVATION.name == "reactivation"


def test_a_service_whose_overdue_invoices_are_all_paid_comes_back() -> None:
    """PAY-14: suspended -> active."""
    assert judges_alike(REACTIVATION, facts(), None) == ReactivationDue()
    assert holding(REACTIVATION, facts(), None) == {0: (), 1: ()}


@pytest.mark.parametrize("state", [state for state in ServiceState if state is not ServiceState.SUSPENDED])
def test_not_suspended_alone(state: ServiceState) -> None:
    """LIF-3: only what is suspended comes back."""
    reason = fires_alone(REACTIVATION, Why.SERVICE_NOT_SUSPENDED, facts(state=state), None)
    assert reason.cites == (("state", state.value),)


@pytest.mark.parametrize("overdue", [1, 2])
def test_still_overdue_alone(overdue: int) -> None:
    """PAY-14: all of them, not the last one; taken-over data may hold several."""
    reason = fires_alone(REACTIVATION, Why.DEBT_UNPAID, facts(overdue_invoices=overdue), None)
    assert reason.cites == (("open_invoices", overdue),)


def test_both_reasons_at_once() -> None:
    """LIF-3, PAY-14: a no has all its reasons, in the order of the table."""
    reasons = reasons_of(REACTIVATION.decide(facts(state=ServiceState.TERMINATED, overdue_invoices=1), None))
    assert [(reason.rule, reason.why) for reason in reasons] == [
        ("LIF-3", Why.SERVICE_NOT_SUSPENDED),
        ("PAY-14", Why.DEBT_UNPAID),
    ]


@given(st.sampled_from(ServiceState), st.integers(0, 3))
def test_a_reactivation_is_explained_as_it_is_decided(state: ServiceState, overdue: int) -> None:
    """LIF-3, PAY-14: exactly a suspended service without an overdue invoice comes back."""
    answer = judges_alike(REACTIVATION, facts(state=state, overdue_invoices=overdue), None)
    assert (answer == ReactivationDue()) is (state is ServiceState.SUSPENDED and overdue == 0)
