"""May the provider end a service at once? LIF-4, PAY-8, PAY-9, TER-1 to TER-3."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.reasons import BREACHES, TERMINATIONS, TerminationReason
from altocore.policy.termination import TERMINATION, TerminationFacts, TerminationGranted
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import termination_facts
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

FACTS: Final = TerminationFacts(
    state=ServiceState.ACTIVE, reason=TerminationReason.SPAM, actor=Actor.STAFF, named=1, evidence=0
)
"""A service that sends spam, and staff with a name."""

POINTS_AT: Final = {TerminationReason.CHARGEBACK: "PAY-8", TerminationReason.ADMINISTRATIVE_COSTS: "PAY-9"}
RIGHTS: Final[list[TerminationReason]] = [
    reason for reason in TerminationReason if reason is not TerminationReason.DEBT
]


def test_the_table() -> None:
    """LIF-4, PAY-2, PAY-8, PAY-9, TER-1, TER-2, TER-3: the rows, their clauses and their codes."""
    assert checks_of(TERMINATION) == (
        ("LIF-4", "terms/8", "service_not_running"),
        ("PAY-2", "terms/5.a", "terminated_by_timeline_only"),
        ("TER-1", "terms/8", "not_by_staff"),
        ("PAY-8", "house", "actor_not_named"),
        ("PAY-8", "terms/5.d", "nothing_to_point_at"),
        ("PAY-9", "terms/2.c", "nothing_to_point_at"),
    )
    assert grounds_of(TERMINATION) == (
        ("PAY-8", "terms/5.d"),
        ("PAY-9", "terms/2.c"),
        ("TER-1", "terms/15.c, terms/8"),
        ("TER-1", "terms/1.d, terms/8"),
        ("TER-1", "terms/13.a, terms/8"),
        ("TER-1", "terms/2.a, terms/8"),
        ("TER-1", "terms/8"),
        ("TER-3", "terms/13.d, terms/14.d, terms/15.e, terms/18.a"),
        ("LIF-4", "terms/8"),
        ("TER-2", "terms/6"),
    )
    assert TERMINATION.name == "termination"


@pytest.mark.parametrize("state", sorted(RUNNING))
@pytest.mark.parametrize("reason", RIGHTS)
def test_each_right_can_be_exercised(reason: TerminationReason, state: ServiceState) -> None:
    """LIF-4, TER-2, TER-3: active or suspended, at once; it rests on its own clauses, and grants no damages."""
    asked = evolve(FACTS, state=state, reason=reason, evidence=1)
    assert judges_alike(TERMINATION, asked, None) == TerminationGranted()
    held = holding(TERMINATION, asked, None)
    own = RIGHTS.index(reason)
    use = {7: ()} if reason is TerminationReason.ACCEPTABLE_USE else {}
    assert held == {own: (("termination", reason.value),), **use, 8: (), 9: ()}
    assert TERMINATION.grounds[own].clauses == TERMINATIONS[reason]
    assert TERMINATION.grounds[own].rule == POINTS_AT.get(reason, "TER-1")


@pytest.mark.parametrize("reason", sorted(BREACHES))
def test_a_breach_needs_nothing_to_point_at(reason: TerminationReason) -> None:
    """TER-1: it is named by its kind, by somebody who is named himself."""
    assert TERMINATION.decide(evolve(FACTS, reason=reason), None) == TerminationGranted()


@pytest.mark.parametrize("reason", POINTS_AT)
def test_nothing_to_point_at_alone(reason: TerminationReason) -> None:
    """PAY-8, PAY-9: without the chargeback, or the costs that are overdue, there is no such right."""
    asked = evolve(FACTS, reason=reason)
    assert whys_of(judges_alike(TERMINATION, asked, None)) == (Why.NOTHING_TO_POINT_AT,)
    (found,) = [check for check in TERMINATION.checks if check.fires(asked, None)]
    assert (found.rule, found.cites(asked, None)) == (POINTS_AT[reason], (("termination", reason.value),))


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in RUNNING])
def test_not_running_alone(state: ServiceState) -> None:
    """LIF-4: a pending service is cancelled, not terminated; what has ended stays ended."""
    reason = fires_alone(TERMINATION, Why.SERVICE_NOT_RUNNING, evolve(FACTS, state=state), None)
    assert reason.cites == (("state", state.value),)


def test_a_debt_ends_a_service_by_its_timeline_alone() -> None:
    """PAY-2: no hand ends a service for a debt, for nobody skips the last notice."""
    asked = evolve(FACTS, reason=TerminationReason.DEBT)
    assert fires_alone(TERMINATION, Why.TERMINATED_BY_TIMELINE_ONLY, asked, None).cites == ()


@pytest.mark.parametrize("named", [0, 1])
@pytest.mark.parametrize("actor", [actor for actor in Actor if actor is not Actor.STAFF])
def test_the_right_is_the_providers(actor: Actor, named: int) -> None:
    """TER-1: nobody but its staff, named or not, and no run by itself: the right is no duty (PAY-8)."""
    reason = fires_alone(TERMINATION, Why.NOT_BY_STAFF, evolve(FACTS, actor=actor, named=named), None)
    assert reason.cites == (("actor", actor.value),)


def test_not_named_alone() -> None:
    """PAY-8: "a named actor or an explicit policy exercises it"."""
    assert fires_alone(TERMINATION, Why.ACTOR_NOT_NAMED, evolve(FACTS, named=0), None).cites == ()


def test_all_reasons_at_once() -> None:
    """LIF-4, PAY-8: a no has all its reasons, in the order of the table."""
    asked = TerminationFacts(
        state=ServiceState.CANCELLED, reason=TerminationReason.CHARGEBACK, actor=Actor.STAFF, named=0, evidence=0
    )
    assert whys_of(TERMINATION.decide(asked, None)) == (
        Why.SERVICE_NOT_RUNNING,
        Why.ACTOR_NOT_NAMED,
        Why.NOTHING_TO_POINT_AT,
    )


@given(termination_facts())
def test_a_termination_is_explained_as_it_is_decided(asked: TerminationFacts) -> None:
    """LIF-4: granted to named staff, for a running service, with what the reason asks for, and never for a debt."""
    answer = judges_alike(TERMINATION, asked, None)
    may = (
        asked.state in RUNNING
        and asked.actor is Actor.STAFF
        and asked.named == 1
        and asked.reason is not TerminationReason.DEBT
        and (asked.reason in BREACHES or asked.evidence == 1)
    )
    assert isinstance(answer, TerminationGranted) is may
