"""PAY-18: a promise to pay is recorded, and the timeline of its invoice waits."""

from typing import Final

import pytest

from altocore.billing.promises import PromiseReason
from altocore.billing.standing import StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.plans.messages import MessageKind, MessageState
from altocore.policy.promise import PromiseAccepted, PromiseRefused
from altocore.terms.reasons import Why
from altocore.values.days import Day, add_days, day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.workflows.door import DidBefore
from altocore.workflows.promising import PromiseToPay, record_promise
from tests.workflows import staff
from tests.workflows.cast import World

DUE: Final = day(2025, 2, 27)


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def owing(world: World, today: Day, key: str = "o1") -> ServiceId:
    """Return a service whose first renewal is unpaid, on this day."""
    service = world.run(key)
    world.bill_to(today)
    return service


def test_a_promise_that_is_kept(world: World) -> None:
    """PAY-18: no reminder, no suspension until its day is over; paid on its last day, nothing ever came."""
    service = owing(world, after(2))
    assert staff.promise(world, world.invoice(service, 1).id, after(12)) == PromiseAccepted(
        until=after(12), next_step=after(13)
    )
    assert world.standing(service, 1).next_step == after(13)
    world.bill_to(after(12))
    assert world.state(service) is ServiceState.ACTIVE
    world.pay(service, 1)
    world.bill_to(after(15))
    assert world.told(MessageKind.SERVICE_SUSPENDED) == []
    assert [on for on, _ in world.told(MessageKind.REMINDER) if DUE <= on < after(15)] == [after(1)]


def test_the_answer_says_when_the_timeline_goes_on(world: World) -> None:
    """PAY-18, PAY-2: a step that was planned later comes as planned; a termination no sooner than its last notice lets it."""
    service = owing(world, after(6))
    invoice = world.invoice(service, 1).id
    assert staff.promise(world, invoice, after(12)) == PromiseAccepted(until=after(12), next_step=after(27))
    world.bill_to(after(27))
    waiting = staff.promise(world, invoice, after(35), key="p2")
    assert waiting == PromiseAccepted(until=after(35), next_step=None)
    world.take_last_notice(service, 1)
    world.bill_to(after(36))
    again = staff.promise(world, invoice, after(40), key="p3")
    assert again == PromiseAccepted(until=after(40), next_step=after(43))
    assert world.standing(service, 1).next_step == after(43)


def test_a_promise_that_is_broken(world: World) -> None:
    """PAY-18: the day after, the timeline goes on as it stood: one reminder is passed over, the service suspended."""
    service = owing(world, after(2))
    staff.promise(world, world.invoice(service, 1).id, after(12))
    world.bill_to(after(13))
    assert world.state(service) is ServiceState.SUSPENDED
    reminders = [each for each in world.messages(MessageKind.REMINDER) if each.day == after(13)]
    assert [each.state for each in reminders] == [MessageState.SUPERSEDED]
    assert world.standing(service, 1).next_step == after(27)
    assert world.standing(service, 1).due == DUE


def test_a_promise_before_the_data_go(world: World) -> None:
    """PAY-18, PAY-2: last notice, termination and cancellation wait too; then three days more before the data go."""
    service = owing(world, after(27))
    world.take_last_notice(service, 1)
    staff.promise(world, world.invoice(service, 1).id, after(33))
    world.bill_to(after(35))
    assert world.state(service) is ServiceState.SUSPENDED
    world.bill_to(after(36))
    assert world.state(service) is ServiceState.TERMINATED
    staff.promise(world, world.invoice(service, 1).id, after(50), key="p2")
    world.bill_to(after(55))
    staff.promise(world, world.invoice(service, 1).id, after(65), key="p3")
    world.bill_to(after(65))
    assert world.standing(service, 1).state is StandingState.OPEN
    world.bill_to(after(66))
    assert world.standing(service, 1).state is StandingState.CANCELLED


def test_one_at_a_time(world: World) -> None:
    """PAY-18: another one is taken once the first is over, and both are kept."""
    service = owing(world, after(2))
    invoice = world.invoice(service, 1).id
    staff.promise(world, invoice, after(3))
    world.bill_to(after(3))
    before = world.dump()
    answer = staff.promise(world, invoice, after(5), key="p2")
    assert isinstance(answer, PromiseRefused)
    assert [each.why for each in answer.reasons] == [Why.PROMISE_TAKEN]
    assert world.dump() == before
    world.today = after(4)
    staff.promise(world, invoice, after(9), key="p3")
    kept = world.standing(service, 1).promises
    assert [(each.key, each.made, each.until) for each in kept] == [
        ("p1", after(2), after(3)),
        ("p3", after(4), after(9)),
    ]
    assert world.standing(service, 1).next_step == after(10)


def test_a_promise_of_one_invoice_holds_no_other(world: World) -> None:
    """PAY-18: the suspension of that invoice waits, not of another service's."""
    first = world.run("o1")
    second = owing(world, after(2), "o2")
    staff.promise(world, world.invoice(first, 1).id, after(12))
    world.bill_to(after(5))
    assert (world.state(first), world.state(second)) == (ServiceState.ACTIVE, ServiceState.SUSPENDED)


def test_a_fault_within_a_promise_is_added_to_it(world: World) -> None:
    """PAY-2, PAY-18: the step that waits follows the fault too."""
    service = owing(world, after(2))
    staff.promise(world, world.invoice(service, 1).id, after(12))
    world.bill_to(after(8))
    staff.fault(world, service, after(7), 24)
    assert world.standing(service, 1).next_step == after(14)


def test_a_promise_after_a_fault_holds_what_the_fault_moved(world: World) -> None:
    """PAY-2, PAY-18: a step that the fault moved beyond the promised day stays there."""
    service = owing(world, after(2))
    staff.fault(world, service, after(0), 48)
    assert world.standing(service, 1).next_step == after(5)
    staff.promise(world, world.invoice(service, 1).id, after(3))
    assert world.standing(service, 1).next_step == after(5)


def test_a_promise_counts_once(world: World) -> None:
    """PAY-18: told again under its key it is the same; with another input it is a misuse."""
    service = owing(world, after(2))
    invoice = world.invoice(service, 1).id
    staff.promise(world, invoice, after(9))
    before = world.dump()
    told = PromiseToPay(key="p1", invoice=invoice, until=after(9), reason=PromiseReason.SHORT_OF_MONEY)
    assert record_promise(world.store, world.rulebook, told, world.at(Actor.STAFF)) == DidBefore()
    with pytest.raises(BadValue, match="promise"):
        staff.promise(world, invoice, after(8))
    assert world.dump() == before


def test_a_no_has_all_its_reasons(world: World) -> None:
    """PAY-18: not by staff, not open, too long."""
    service = owing(world, after(2))
    world.pay(service, 1)
    before = world.dump()
    answer = staff.promise(world, world.invoice(service, 1).id, after(17), by=Actor.CLIENT)
    assert isinstance(answer, PromiseRefused)
    assert [each.why for each in answer.reasons] == [
        Why.NOT_BY_STAFF,
        Why.INVOICE_NOT_OPEN,
        Why.PROMISE_TOO_LONG,
    ]
    assert world.dump() == before


def test_what_is_no_promise_is_a_misuse(world: World) -> None:
    """PAY-18: a day that is over, an invoice that is not stored."""
    service = owing(world, after(2))
    with pytest.raises(BadValue) as refused:
        staff.promise(world, world.invoice(service, 1).id, after(1))
    assert refused.value.field == "until"
    with pytest.raises(UnknownKey):
        staff.promise(world, InvoiceId("inv_no"), after(9))
