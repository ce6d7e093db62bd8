"""May a service be suspended for this reason, and what is the way out? LIF-2, LIF-7."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.catalogue.plans import ProductKind
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import RUNNING, ServiceState
from altocore.lifecycle.reasons import SUSPENSIONS, SuspensionReason
from altocore.policy.suspension import SUSPENSION, SuspensionDue, SuspensionFacts, WayOut
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import suspension_facts
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, reasons_of, whys_of

OVERDUE, OVERLOAD = SuspensionReason.OVERDUE, SuspensionReason.OVERLOAD
BY_HAND: Final = [reason for reason in SuspensionReason if reason is not OVERDUE]

FACTS: Final = SuspensionFacts(
    kinds=frozenset({ProductKind.CLOUD_HOSTING}),
    domains=0,
    state=ServiceState.ACTIVE,
    suspensions=(),
    reason=OVERLOAD,
    actor=Actor.STAFF,
    overloads=0,
)
"""An active cloud hosting that overloads its server for the first time."""


def test_the_table() -> None:
    """LIF-2, LIF-7, PAY-2, PAY-3: the rows, their clauses and their codes."""
    assert checks_of(SUSPENSION) == (
        ("LIF-2", "terms/5.a, terms/13.b, manual/transfer", "service_not_running"),
        ("DOM-1", "terms/12.d", "domain_not_suspended"),
        ("LIF-2", "house", "suspended_already"),
        ("PAY-2", "terms/5.a", "suspended_by_timeline_only"),
        ("LIF-2", "house", "not_the_provider"),
    )
    assert grounds_of(SUSPENSION) == (
        ("LIF-2", "terms/13.b"),
        ("LIF-2", "manual/transfer"),
        ("LIF-2", "house"),
        ("LIF-2", "house"),
        ("PAY-3", "terms/5.a"),
        ("LIF-7", "terms/13.b-c"),
    )
    assert SUSPENSION.name == "suspension"


@pytest.mark.parametrize("reason", BY_HAND)
def test_a_domain_alone(reason: SuspensionReason) -> None:
    """DOM-1, PAY-16: it is kept registered for the time that was paid, and suspended for nothing."""
    asked = evolve(FACTS, kinds=frozenset({ProductKind.INTERNATIONAL_DOMAIN}), domains=1, reason=reason)
    assert fires_alone(SUSPENSION, Why.DOMAIN_NOT_SUSPENDED, asked, None).cites == ()


@pytest.mark.parametrize("reason", BY_HAND)
@pytest.mark.parametrize("state", sorted(RUNNING))
def test_suspended_for_each_reason(state: ServiceState, reason: SuspensionReason) -> None:
    """LIF-2, PAY-3: active or suspended for something else; it rests on the clauses of its own reason and of no other."""
    held = (OVERDUE,) if state is ServiceState.SUSPENDED else ()
    asked = evolve(FACTS, state=state, suspensions=held, reason=reason)
    assert judges_alike(SUSPENSION, asked, None) == SuspensionDue(way_out=WayOut.PROBLEM_SOLVED)
    assert holding(SUSPENSION, asked, None) == {BY_HAND.index(reason): (("suspension", reason.value),), 4: ()}
    assert SUSPENSION.grounds[BY_HAND.index(reason)].clauses == SUSPENSIONS[reason]


@pytest.mark.parametrize("kind", ProductKind)
@pytest.mark.parametrize("overloads", [1, 2, 7])
def test_an_overload_that_comes_back(kind: ProductKind, overloads: int) -> None:
    """LIF-7: the client must move to a larger plan; shared hosting, whose space is not limited, to a server of its own."""
    asked = evolve(FACTS, kinds=frozenset({kind, ProductKind.CHAT_ROOM}), overloads=overloads)
    way_out = WayOut.OWN_SERVER if kind is ProductKind.SHARED_HOSTING else WayOut.LARGER_PLAN
    assert judges_alike(SUSPENSION, asked, None) == SuspensionDue(way_out=way_out)
    assert holding(SUSPENSION, asked, None)[5] == (("overloads", overloads), ("way_out", way_out.value))


@pytest.mark.parametrize("reason", [reason for reason in BY_HAND if reason is not OVERLOAD])
def test_an_overload_of_old_changes_nothing_else(reason: SuspensionReason) -> None:
    """LIF-7: a suspension for anything else ends with its own problem."""
    asked = evolve(FACTS, reason=reason, overloads=3)
    assert SUSPENSION.decide(asked, None) == SuspensionDue(way_out=WayOut.PROBLEM_SOLVED)


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in RUNNING])
def test_not_running_alone(state: ServiceState) -> None:
    """LIF-2: what does not run is not suspended."""
    reason = fires_alone(SUSPENSION, Why.SERVICE_NOT_RUNNING, evolve(FACTS, state=state), None)
    assert reason.cites == (("state", state.value),)


@pytest.mark.parametrize("reason", BY_HAND)
def test_suspended_already_alone(reason: SuspensionReason) -> None:
    """LIF-2: for the same reason it is suspended once."""
    asked = evolve(FACTS, state=ServiceState.SUSPENDED, suspensions=(OVERDUE, reason), reason=reason)
    assert fires_alone(SUSPENSION, Why.SUSPENDED_ALREADY, asked, None).cites == (("suspension", reason.value),)


@pytest.mark.parametrize("actor", Actor)
def test_a_debt_is_the_timelines_alone(actor: Actor) -> None:
    """PAY-2: no hand suspends for a debt, before its day or on it."""
    asked = evolve(FACTS, reason=OVERDUE, actor=actor)
    assert fires_alone(SUSPENSION, Why.SUSPENDED_BY_TIMELINE_ONLY, asked, None).cites == ()


@pytest.mark.parametrize("reason", BY_HAND)
@pytest.mark.parametrize("actor", Actor)
def test_who_may_suspend(actor: Actor, reason: SuspensionReason) -> None:
    """LIF-2: the provider's staff; who watches the machines, for an overload, without notice; nobody else."""
    asked = evolve(FACTS, reason=reason, actor=actor)
    if actor is Actor.STAFF or (actor is Actor.PROVISIONER and reason is OVERLOAD):
        assert reasons_of(SUSPENSION.decide(asked, None)) == ()
        return
    found = fires_alone(SUSPENSION, Why.NOT_THE_PROVIDER, asked, None)
    assert found.cites == (("actor", actor.value), ("suspension", reason.value))


def test_all_reasons_at_once() -> None:
    """LIF-2: a no has all its reasons, in the order of the table."""
    asked = evolve(FACTS, state=ServiceState.CANCELLED, suspensions=(OVERLOAD,), actor=Actor.CLIENT)
    assert whys_of(SUSPENSION.decide(asked, None)) == (
        Why.SERVICE_NOT_RUNNING,
        Why.SUSPENDED_ALREADY,
        Why.NOT_THE_PROVIDER,
    )


@given(suspension_facts())
def test_a_suspension_is_explained_as_it_is_decided(asked: SuspensionFacts) -> None:
    """LIF-2: granted for a new reason of a running service only, and never for a debt."""
    answer = judges_alike(SUSPENSION, asked, None)
    if isinstance(answer, SuspensionDue):
        assert asked.state in RUNNING
        assert asked.reason not in asked.suspensions
        assert asked.reason is not OVERDUE
        assert (answer.way_out is WayOut.PROBLEM_SOLVED) is (asked.reason is not OVERLOAD or asked.overloads == 0)
