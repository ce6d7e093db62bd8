"""Is a reason of a suspension lifted, and does the service come back with it? PAY-14, LIF-3."""

from typing import Final

import pytest
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.reactivation import REACTIVATION, ReactivationDue, ReactivationFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import reactivation_facts
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of

OVERDUE, OVERLOAD, ABUSE = SuspensionReason.OVERDUE, SuspensionReason.OVERLOAD, SuspensionReason.ABUSE
OTHERS: Final = [reason for reason in SuspensionReason if reason is not OVERDUE]


def facts(
    *,
    state: ServiceState = ServiceState.SUSPENDED,
    suspensions: tuple[SuspensionReason, ...] = (OVERDUE,),
    lifts: SuspensionReason = OVERDUE,
    actor: Actor = Actor.GATEWAY,
    overdue_invoices: int = 0,
) -> ReactivationFacts:
    """Return a service that was suspended for a debt and owes nothing any more."""
    return ReactivationFacts(
        state=state, suspensions=suspensions, lifts=lifts, actor=actor, overdue_invoices=overdue_invoices
    )


def test_the_table() -> None:
    """LIF-3, PAY-14: the rows, their clauses and their codes."""
    assert checks_of(REACTIVATION) == (
        ("LIF-3", "manual/alerts", "service_not_suspended"),
        ("LIF-3", "manual/alerts", "suspension_not_held"),
        ("PAY-14", "manual/alerts", "debt_unpaid"),
        ("LIF-3", "manual/alerts", "not_the_provider"),
    )
    assert grounds_of(REACTIVATION) == (("PAY-14", "manual/alerts"), ("LIF-3", "manual/alerts"))
    assert REACTIVATION.name == "reactivation"


@pytest.mark.parametrize("actor", Actor)
def test_a_service_whose_overdue_invoices_are_all_paid_comes_back(actor: Actor) -> None:
    """PAY-14: suspended -> active, whoever told of the payment."""
    asked = facts(actor=actor)
    assert judges_alike(REACTIVATION, asked, None) == ReactivationDue(left=())
    assert holding(REACTIVATION, asked, None) == {0: (), 1: (("suspension", "overdue"), ("suspensions_left", 0))}


def test_suspended_for_two_reasons_it_needs_both_gone() -> None:
    """LIF-3: the debt is paid, and the abuse is still there."""
    asked = facts(suspensions=(OVERDUE, ABUSE))
    assert judges_alike(REACTIVATION, asked, None) == ReactivationDue(left=(ABUSE,))
    assert holding(REACTIVATION, asked, None)[1] == (("suspension", "overdue"), ("suspensions_left", 1))
    other = facts(suspensions=(OVERDUE, ABUSE), lifts=ABUSE, actor=Actor.STAFF, overdue_invoices=1)
    assert judges_alike(REACTIVATION, other, None) == ReactivationDue(left=(OVERDUE,))
    assert 0 not in holding(REACTIVATION, other, None)


@pytest.mark.parametrize("state", [state for state in ServiceState if state is not ServiceState.SUSPENDED])
def test_not_suspended_alone(state: ServiceState) -> None:
    """LIF-3: only what is suspended comes back."""
    reason = fires_alone(REACTIVATION, Why.SERVICE_NOT_SUSPENDED, facts(state=state, suspensions=()), None)
    assert reason.cites == (("state", state.value),)


@pytest.mark.parametrize("lifts", OTHERS)
def test_not_held_alone(lifts: SuspensionReason) -> None:
    """LIF-3: a reason that it is not suspended for is not lifted; the one that it is for is left."""
    reason = fires_alone(REACTIVATION, Why.SUSPENSION_NOT_HELD, facts(lifts=lifts, actor=Actor.STAFF), None)
    assert reason.cites == (("suspension", lifts.value),)


@pytest.mark.parametrize("overdue", [1, 2])
@pytest.mark.parametrize("actor", Actor)
def test_still_overdue_alone(overdue: int, actor: Actor) -> None:
    """PAY-14: all of them, not the last one, for staff too; taken-over data may hold several."""
    reason = fires_alone(REACTIVATION, Why.DEBT_UNPAID, facts(overdue_invoices=overdue, actor=actor), None)
    assert reason.cites == (("open_invoices", overdue),)


@pytest.mark.parametrize("lifts", OTHERS)
@pytest.mark.parametrize("actor", Actor)
def test_who_may_lift(actor: Actor, lifts: SuspensionReason) -> None:
    """LIF-3: the provider's staff lifts any reason but a debt; who watches the machines, an overload; nobody else."""
    asked = facts(suspensions=(lifts,), lifts=lifts, actor=actor, overdue_invoices=1)
    if actor is Actor.STAFF or (actor is Actor.PROVISIONER and lifts is OVERLOAD):
        assert judges_alike(REACTIVATION, asked, None) == ReactivationDue(left=())
        return
    reason = fires_alone(REACTIVATION, Why.NOT_THE_PROVIDER, asked, None)
    assert reason.cites == (("actor", actor.value), ("suspension", lifts.value))


def test_all_reasons_at_once() -> None:
    """LIF-3, PAY-14: a no has all its reasons, in the order of the table."""
    gone = facts(state=ServiceState.TERMINATED, suspensions=(), overdue_invoices=1)
    reasons = reasons_of(REACTIVATION.decide(gone, None))
    assert [(reason.rule, reason.why) for reason in reasons] == [
        ("LIF-3", Why.SERVICE_NOT_SUSPENDED),
        ("PAY-14", Why.DEBT_UNPAID),
    ]
    stranger = facts(lifts=ABUSE, actor=Actor.CLIENT)
    assert [reason.why for reason in reasons_of(REACTIVATION.decide(stranger, None))] == [
        Why.SUSPENSION_NOT_HELD,
        Why.NOT_THE_PROVIDER,
    ]


@given(reactivation_facts())
def test_a_reactivation_is_explained_as_it_is_decided(asked: ReactivationFacts) -> None:
    """LIF-3, PAY-14: what is lifted was held and is gone, and nothing else is; an overdue debt is never lifted."""
    answer = judges_alike(REACTIVATION, asked, None)
    if isinstance(answer, ReactivationDue):
        assert asked.state is ServiceState.SUSPENDED
        assert {*answer.left, asked.lifts} == {*asked.suspensions}
        assert asked.lifts not in answer.left
        assert not (asked.lifts is OVERDUE and asked.overdue_invoices)
