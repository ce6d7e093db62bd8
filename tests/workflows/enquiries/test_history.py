"""A client's history (LIF-8): every change of state of its services, with who, when and why, oldest first."""

from typing import Final

from altocore.lifecycle.events import Actor, ServiceEvent, event_id
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.plans.plan import Claim, Expect, Plan
from altocore.values.days import day
from altocore.workflows.enquiries import history
from altocore.workflows.ordering import service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

A: Final = service_id("a")
B: Final = service_id("b")


def test_a_history_says_who_when_and_why(world: World) -> None:
    """LIF-8: activated by the provisioner, suspended by the run for its renewal, back by a payment."""
    world.run("a")
    world.bill_to(day(2025, 3, 4))
    world.pay(A, 1)
    events = history(world.store, cast.ANA).items
    assert [(each.day, each.command, each.after, each.actor) for each in events] == [
        (day(2025, 1, 31), ServiceCommand.ACTIVATE, ServiceState.ACTIVE, Actor.PROVISIONER),
        (day(2025, 3, 4), ServiceCommand.SUSPEND, ServiceState.SUSPENDED, Actor.BILLING_RUN),
        (day(2025, 3, 4), ServiceCommand.REACTIVATE, ServiceState.ACTIVE, Actor.GATEWAY),
    ]
    assert events[1].cause == world.invoice(A, 1).id
    assert all(each.rule.startswith("LIF-") and each.clauses for each in events)


def test_services_of_one_client_share_a_history(world: World) -> None:
    """A client in several services reads them in one, by day; another client's are not in it."""
    world.run("b")
    world.run("theirs", of=cast.BEN)
    world.today = day(2025, 2, 1)
    world.run("a")
    assert [(each.day, each.service) for each in history(world.store, cast.ANA).items] == [
        (day(2025, 1, 31), B),
        (day(2025, 2, 1), A),
    ]
    assert [each.service for each in history(world.store, cast.BEN).items] == [service_id("theirs")]
    assert history(world.store, cast.DAN).items == ()


def test_what_is_only_ordered_has_no_history(world: World) -> None:
    """A service begins with its activation: what was ordered and not paid has changed no state."""
    world.order("a")
    assert history(world.store, cast.ANA).items == ()


def test_the_tenth_event_comes_after_the_ninth(store: cast.DumpStore) -> None:
    """LIF-8, "oldest first": also where two events of one service, the ninth and the tenth, are of one day."""
    cast.world(store)
    events: list[ServiceEvent] = [examples.event(number=number) for number in range(8, 12)]
    plan = Plan[object](
        answer=None,
        deed=Claim("test", "events", "planted"),
        expects=tuple([Expect(ServiceEvent, each.id, 0) for each in events]),
        writes=tuple(events),
    )
    store.commit([plan])
    found = history(store, cast.ANA).items
    assert {each.id for each in found} == {event_id(examples.event().service, number) for number in range(8, 12)}
    assert [each.number for each in found] == [8, 9, 10, 11]
