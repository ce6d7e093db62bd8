"""PAY-2: a fault of the provider is recorded, and moves what is still to come of every debt of its service."""

from typing import Final

import attrs
import pytest

from altocore.billing.standing import StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor, Occasion
from altocore.lifecycle.machine import ServiceState
from altocore.plans.messages import MessageKind
from altocore.policy.fault import FaultAccepted, FaultRefused
from altocore.terms.reasons import Why
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.door import DidBefore
from altocore.workflows.faulting import record_fault
from tests.workflows import staff
from tests.workflows.cast import World

DUE: Final = day(2025, 2, 27)
"""When the first renewal of a service that runs since 31 January is due."""


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def owing(world: World, today: Day, key: str = "o1") -> ServiceId:
    """Return a service whose first renewal is unpaid, on this day."""
    service = world.run(key)
    world.bill_to(today)
    return service


def test_a_fault_moves_every_step_that_follows(world: World) -> None:
    """PAY-2: suspension, last notice, termination and cancellation come two days later; the due date stays."""
    service = owing(world, after(4))
    assert staff.fault(world, service, after(2), 25) == FaultAccepted(days=2)
    assert world.standing(service, 1).next_step == after(7)
    assert world.standing(service, 1).due == DUE
    world.bill_to(after(6))
    assert world.state(service) is ServiceState.ACTIVE
    world.bill_to(after(29))
    assert world.state(service) is ServiceState.SUSPENDED
    world.take_last_notice(service, 1)
    assert world.standing(service, 1).next_step == after(32)
    world.bill_to(after(62))
    assert world.state(service) is ServiceState.TERMINATED
    assert [on for on, _ in world.told(MessageKind.SERVICE_SUSPENDED, MessageKind.LAST_NOTICE)] == [after(7), after(29)]
    assert [on for on, _ in world.told(MessageKind.SERVICE_TERMINATED)] == [after(32)]
    assert world.standing(service, 1).state is StandingState.CANCELLED
    assert world.standing(service, 1).closed == after(62)


def test_what_was_done_stays_done(world: World) -> None:
    """PAY-2: recorded after the fact, for days already behind, it moves only the steps still to come."""
    service = owing(world, after(10))
    assert world.state(service) is ServiceState.SUSPENDED
    assert staff.fault(world, service, after(-3), 72) == FaultAccepted(days=3)
    assert world.state(service) is ServiceState.SUSPENDED
    assert world.standing(service, 1).next_step == after(30)


def test_faults_that_overlap_count_once(world: World) -> None:
    """PAY-2: the second adds only what it has beyond the first; one within the first adds nothing."""
    service = owing(world, after(4))
    staff.fault(world, service, after(1), 48)
    assert staff.fault(world, service, after(2), 48, key="f2") == FaultAccepted(days=1)
    assert staff.fault(world, service, after(2), 1, key="f3") == FaultAccepted(days=0)
    assert world.standing(service, 1).next_step == after(8)
    assert [each.key for each in world.service(service).faults] == ["f1", "f2", "f3"]


def test_every_open_invoice_of_the_service_is_moved_and_no_other(world: World) -> None:
    """PAY-2: renewal and administrative costs alike; another service of the client is not touched."""
    service = world.run("o1")
    other = owing(world, after(-2), "o2")
    staff.costs(world, service)
    world.bill_to(after(4))
    (costs,) = world.service(service).open_costs
    before = staff.standing(world, costs).next_step
    assert before is not None
    staff.fault(world, service, after(3), 24)
    assert world.standing(service, 1).next_step == after(6)
    assert staff.standing(world, costs).next_step == add_days(before, 1)
    assert world.standing(other, 1).next_step == after(5)


def test_an_invoice_that_is_issued_later_is_not_moved(world: World) -> None:
    """PAY-2: what was over before the issue moves nothing; a fault of the day of issue does."""
    service = world.run("o1")
    world.today = day(2025, 2, 10)
    staff.fault(world, service, day(2025, 2, 5), 72)
    world.bill_to(day(2025, 2, 18))
    assert world.standing(service, 1).next_step == after(-5)
    ordered = world.order("o2")
    assert world.standing(ordered, 0).next_step == day(2025, 2, 20)
    world.today = day(2025, 2, 19)
    staff.fault(world, ordered, day(2025, 2, 16), 72, key="f2")
    assert world.standing(ordered, 0).next_step == day(2025, 2, 21)


def in_the_evening(world: World) -> Occasion:
    """Return today's occasion eighteen hours after its first instant."""
    return attrs.evolve(world.at(Actor.STAFF), at=staff.moment(world.today, 18))


def test_an_invoice_of_the_day_of_a_fault_is_moved_too(world: World) -> None:
    """PAY-2: issued in the evening, after a fault of the morning: the day was lost for it as well."""
    service = world.run("o1")
    world.today = day(2025, 2, 18)
    told = staff.a_fault(service, world.today, 6)
    record_fault(world.store, world.rulebook, told, in_the_evening(world))
    world.bill()
    assert world.standing(service, 1).issued == day(2025, 2, 18)
    assert world.standing(service, 1).next_step == after(-4)


def test_a_fault_moves_a_termination_whose_notice_was_taken_that_day(world: World) -> None:
    """PAY-2: three days after the notice, and one more for the fault of its day, in whatever order they are told."""
    first, second = world.run("o1"), owing(world, after(27), "o2")
    for service, key in ((first, "f1"), (second, "f2")):
        told = staff.a_fault(service, world.today, 6, key=key)
        if service is first:
            world.take_last_notice(service, 1)
        record_fault(world.store, world.rulebook, told, in_the_evening(world))
        if service is second:
            world.take_last_notice(service, 1)
        assert world.standing(service, 1).next_step == after(31)


def test_a_fault_is_kept_as_it_was_told(world: World) -> None:
    """PAY-2: with its instants, its civil days, its actor, its reason; the agenda of the service stays."""
    service = owing(world, after(4))
    step = world.service(service).next_step
    staff.fault(world, service, after(1), 30)
    (kept,) = world.service(service).faults
    assert (kept.key, kept.first_day, kept.last_day, kept.recorded) == ("f1", after(1), after(2), after(4))
    assert (kept.start, kept.end) == (staff.moment(after(1)), staff.moment(after(1), 30))
    assert (kept.actor, kept.reason.value, kept.reference) == (Actor.STAFF, "payment_channel_down", "ticket 7")
    assert world.service(service).next_step == step


def test_a_fault_counts_once(world: World) -> None:
    """PAY-2: told again under its key it is the same; with another input it is a misuse."""
    service = owing(world, after(4))
    staff.fault(world, service, after(1), 24)
    before = world.dump()
    told = staff.a_fault(service, after(1), 24)
    assert record_fault(world.store, world.rulebook, told, world.at(Actor.STAFF)) == DidBefore()
    with pytest.raises(BadValue, match="fault"):
        staff.fault(world, service, after(1), 48)
    assert world.dump() == before


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_only_staff_records_a_fault(world: World, actor: Actor) -> None:
    """PAY-2: whoever else asks is told no, and nothing changes."""
    service = owing(world, after(4))
    before = world.dump()
    answer = staff.fault(world, service, after(1), 24, by=actor)
    assert isinstance(answer, FaultRefused)
    assert [(each.rule, each.why) for each in answer.reasons] == [("PAY-2", Why.NOT_BY_STAFF)]
    assert world.dump() == before


def test_what_is_no_fault_is_a_misuse(world: World) -> None:
    """PAY-2: it is recorded once it is over, has a length, and a service that is stored."""
    service = owing(world, after(4))
    for start, hours, field in ((after(4), 1, "end"), (after(2), 0, "end"), (after(2), -1, "end")):
        with pytest.raises(BadValue) as refused:
            staff.fault(world, service, start, hours)
        assert refused.value.field == field
    with pytest.raises(UnknownKey):
        staff.fault(world, ServiceId("srv_no"), after(1), 1)
