"""The provider suspends and lifts, beside the debts that come and go: a service is back when its last reason is gone."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.plans.messages import MessageKind
from altocore.policy.reactivation import ReactivationDue, ReactivationWithheld
from altocore.policy.suspension import SuspensionDue, SuspensionRefused, WayOut
from altocore.terms.reasons import Why
from altocore.values.days import day
from altocore.values.ids import ServiceId
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.reactivating import Lifting, lift
from altocore.workflows.suspending import Suspending, suspend
from tests.workflows import cast
from tests.workflows.cast import World

OVERDUE, OVERLOAD, ABUSE = SuspensionReason.OVERDUE, SuspensionReason.OVERLOAD, SuspensionReason.ABUSE
OWING: Final = day(2025, 3, 6)
"""A day on which the first renewal of a service that runs since 31 January is overdue, and has suspended it."""


def suspended(world: World, service: ServiceId, reason: SuspensionReason, key: str = "bad") -> WayOut:
    """Suspend a service, which must be granted, and return its way out."""
    request = Suspending(key=key, service=service, reason=reason)
    made = suspend(world.store, world.rulebook, request, world.at(Actor.STAFF))
    assert isinstance(made, Did)
    assert isinstance(made.answer, SuspensionDue)
    return made.answer.way_out


def lifted(world: World, service: ServiceId, reason: SuspensionReason, key: str = "good") -> list[SuspensionReason]:
    """Lift a reason, which must be granted, and return those that are left."""
    request = Lifting(key=key, service=service, reason=reason)
    made = lift(world.store, world.rulebook, request, world.at(Actor.STAFF))
    assert isinstance(made, Did)
    assert isinstance(made.answer, ReactivationDue)
    return [*made.answer.left]


def test_suspended_and_back(world: World) -> None:
    """LIF-2, LIF-3: momentary and without notice; the client is told, and again when it is back."""
    service = world.run("o1")
    assert suspended(world, service, OVERLOAD) is WayOut.PROBLEM_SOLVED
    assert world.state(service) is ServiceState.SUSPENDED
    assert world.service(service).suspensions == (OVERLOAD,)
    assert lifted(world, service, OVERLOAD) == []
    assert world.state(service) is ServiceState.ACTIVE
    assert [kind for _, kind in world.told()][-2:] == [
        MessageKind.SERVICE_SUSPENDED,
        MessageKind.SERVICE_REACTIVATED,
    ]
    assert [(each.command, each.suspension, each.cause) for each in world.events(service)[-2:]] == [
        (ServiceCommand.SUSPEND, OVERLOAD, "bad"),
        (ServiceCommand.REACTIVATE, OVERLOAD, "good"),
    ]
    assert cast.findings(world.store) == []


def test_an_overload_that_comes_back_has_another_way_out(world: World) -> None:
    """LIF-7: after a first suspension, a plan that fits."""
    service = world.run("o1")
    suspended(world, service, OVERLOAD, "first")
    lifted(world, service, OVERLOAD, "over")
    assert suspended(world, service, OVERLOAD, "second") is WayOut.LARGER_PLAN
    assert world.service(service).overloads == 2
    assert cast.findings(world.store) == []


def test_a_debt_is_one_reason_more(world: World) -> None:
    """PAY-2, LIF-3: suspended for abuse, its invoice falls overdue; paid, it stays suspended for the abuse."""
    service = world.run("o1")
    suspended(world, service, ABUSE)
    world.bill_to(OWING)
    assert world.service(service).suspensions == (OVERDUE, ABUSE)
    assert [each.command for each in world.events(service)[-2:]] == [
        ServiceCommand.SUSPEND,
        ServiceCommand.SUSPEND_FURTHER,
    ]
    world.pay(service, 1)
    assert world.service(service).suspensions == (ABUSE,)
    assert world.told(MessageKind.SERVICE_REACTIVATED) == []
    assert lifted(world, service, ABUSE) == []
    assert world.state(service) is ServiceState.ACTIVE
    assert cast.findings(world.store) == []


def test_the_abuse_is_lifted_and_the_debt_stays(world: World) -> None:
    """LIF-3, PAY-14: the other way about; the debt is lifted by its payment alone."""
    service = world.run("o1")
    world.bill_to(OWING)
    suspended(world, service, ABUSE)
    assert lifted(world, service, ABUSE) == [OVERDUE]
    assert world.state(service) is ServiceState.SUSPENDED
    request = Lifting(key="debt", service=service, reason=OVERDUE)
    made = lift(world.store, world.rulebook, request, world.at(Actor.STAFF))
    assert isinstance(made, Did)
    assert isinstance(made.answer, ReactivationWithheld)
    assert [each.why for each in made.answer.reasons] == [Why.DEBT_UNPAID]
    world.pay(service, 1)
    assert world.state(service) is ServiceState.ACTIVE


def test_suspended_it_renews_and_its_debt_terminates_it(world: World) -> None:
    """REN-1, PAY-2: a contract runs while it is suspended; the whole timeline is walked, and ends it for the debt."""
    service = world.run("o1")
    suspended(world, service, ABUSE)
    world.bill_to(day(2025, 3, 26))
    world.take_last_notice(service, 1)
    world.bill_to(day(2025, 3, 29))
    stored = world.service(service)
    assert (stored.state, stored.suspensions) == (ServiceState.TERMINATED, ())
    assert cast.findings(world.store) == []


def test_it_ends_while_suspended(world: World) -> None:
    """LIF-5: cancelled from the suspension; its reasons go with it."""
    service = world.run("o1")
    suspended(world, service, ABUSE)
    world.cancel(service)
    world.bill_to(day(2025, 2, 28))
    stored = world.service(service)
    assert (stored.state, stored.suspensions) == (ServiceState.CANCELLED, ())
    assert cast.findings(world.store) == []


@pytest.mark.parametrize("actor", [Actor.CLIENT, Actor.GATEWAY, Actor.BILLING_RUN])
def test_a_stranger_changes_nothing(world: World, actor: Actor) -> None:
    """LIF-2: refused with its reason, and nothing is stored."""
    service = world.run("o1")
    before = world.dump()
    request = Suspending(key="bad", service=service, reason=ABUSE)
    made = suspend(world.store, world.rulebook, request, world.at(actor))
    assert isinstance(made, Did)
    assert isinstance(made.answer, SuspensionRefused)
    assert [each.why for each in made.answer.reasons] == [Why.NOT_THE_PROVIDER]
    assert world.dump() == before


def test_a_request_counts_once(world: World) -> None:
    """Shape 9: the same key is the same request; for another reason it is misuse; an unknown service is told."""
    service = world.run("o1")
    suspended(world, service, ABUSE, "k1")
    at = world.at(Actor.STAFF)
    again = Suspending(key="k1", service=service, reason=ABUSE)
    assert suspend(world.store, world.rulebook, again, at) == DidBefore()
    with pytest.raises(BadValue, match="suspension"):
        suspend(world.store, world.rulebook, Suspending(key="k1", service=service, reason=OVERLOAD), at)
    lifted(world, service, ABUSE, "k1")
    assert lift(world.store, world.rulebook, Lifting(key="k1", service=service, reason=ABUSE), at) == DidBefore()
    with pytest.raises(BadValue, match="lifting"):
        lift(world.store, world.rulebook, Lifting(key="k1", service=service, reason=OVERLOAD), at)
    for unknown in (
        lambda: suspend(world.store, world.rulebook, Suspending(key="k2", service=ServiceId("no"), reason=ABUSE), at),
        lambda: lift(world.store, world.rulebook, Lifting(key="k2", service=ServiceId("no"), reason=ABUSE), at),
    ):
        with pytest.raises(UnknownKey, match="service"):
            unknown()


@given(st.lists(st.sampled_from([*SuspensionReason]), min_size=1, max_size=12))
def test_whatever_comes_and_goes_the_books_hold(reasons: list[SuspensionReason]) -> None:
    """LIF-2, LIF-3, LIF-8: each reason toggled in any order; the state is the fold of the events, and follows the reasons."""
    world = cast.world(MemoryStore())
    service = world.run("o1")
    held: set[SuspensionReason] = set()
    for number, reason in enumerate(each for each in reasons if each is not OVERDUE):
        if reason in held:
            lifted(world, service, reason, f"k{number}")
        else:
            suspended(world, service, reason, f"k{number}")
        held ^= {reason}
        assert set(world.service(service).suspensions) == held
        assert world.state(service) is (ServiceState.SUSPENDED if held else ServiceState.ACTIVE)
    assert cast.findings(world.store) == []
