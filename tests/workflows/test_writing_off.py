"""PAY-18: an open invoice is given up, and what hung on it follows."""

from typing import Final

import pytest

from altocore.billing.ledger import Movement
from altocore.billing.standing import StandingState
from altocore.billing.write_offs import WriteOff, WriteOffReason
from altocore.errors import BadValue, HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.plans.messages import MessageKind
from altocore.policy.write_off import WriteOffAccepted, WriteOffRefused
from altocore.terms.reasons import Why
from altocore.values.days import Day, add_days, day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.workflows.closing import written_off
from altocore.workflows.door import DidBefore
from altocore.workflows.writing_off import GivenUp, write_off
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World

DUE: Final = day(2025, 2, 27)
PART: Final = examples.usd("21.00")


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def owing(world: World, today: Day, key: str = "o1") -> ServiceId:
    """Return a service whose first renewal is unpaid, on this day."""
    service = world.run(key)
    world.bill_to(today)
    return service


def test_what_is_open_of_a_debt_is_written_off(world: World) -> None:
    """PAY-18: to its own account; income and tax stay, and what was settled stays settled: nothing becomes credit."""
    service = owing(world, after(-1))
    invoice = world.invoice(service, 1).id
    world.pay(service, 1, PART)
    answer = staff.give_up(world, invoice)
    assert answer == WriteOffAccepted(written_off=cast.WHOLE - PART, settled=PART)
    standing = world.standing(service, 1)
    assert (standing.state, standing.closed, standing.next_step) == (StandingState.WRITTEN_OFF, after(-1), None)
    assert standing.write_off == WriteOff(reason=WriteOffReason.UNCOLLECTABLE, reference="case 3")
    assert standing.open_amount.minor == 0
    assert [(each.movement, each.amount) for each in world.store.postings()][-2:] == [
        (Movement.PAYMENT_SETTLED, PART),
        (Movement.DEBT_WRITTEN_OFF, cast.WHOLE - PART),
    ]
    assert world.credit() == 0
    assert cast.findings(world.store) == []
    assert world.service(service).open_invoices == ()


def test_a_suspended_service_comes_back(world: World) -> None:
    """PAY-18, PAY-14, REN-9: what is given up suspends nothing, and the renewal that was missed is issued."""
    service = owing(world, day(2025, 4, 1))
    assert world.state(service) is ServiceState.SUSPENDED
    staff.give_up(world, world.invoice(service, 1).id)
    assert world.state(service) is ServiceState.ACTIVE
    event = world.events(service)[-1]
    assert (event.rule, event.actor, event.day) == ("LIF-3", Actor.STAFF, day(2025, 4, 1))
    assert world.standing(service, 2).issued == day(2025, 4, 1)
    assert world.told(MessageKind.SERVICE_REACTIVATED) == [(day(2025, 4, 1), MessageKind.SERVICE_REACTIVATED)]


def test_a_terminated_service_stays_ended(world: World) -> None:
    """PAY-18: the debt is given up before time cancels it; nothing comes back."""
    service = owing(world, after(27))
    world.take_last_notice(service, 1)
    world.bill_to(after(31))
    staff.give_up(world, world.invoice(service, 1).id)
    assert world.state(service) is ServiceState.TERMINATED
    world.bill_to(after(70))
    assert world.standing(service, 1).state is StandingState.WRITTEN_OFF


def test_an_end_that_waited_for_the_debt_takes_effect(world: World) -> None:
    """PAY-18, CAN-4: it is owed no more, so the cancellation waits for nothing."""
    service = owing(world, after(-1))
    world.cancel(service)
    world.bill_to(day(2025, 4, 2))
    assert world.state(service) is ServiceState.SUSPENDED
    staff.give_up(world, world.invoice(service, 1).id)
    assert world.state(service) is ServiceState.CANCELLED


def test_money_that_comes_later_is_credit(world: World) -> None:
    """PAY-6: a payment for a debt that was given up is kept."""
    service = owing(world, after(1))
    invoice = world.invoice(service, 1).id
    staff.give_up(world, invoice)
    world.pay(service, 1, PART)
    assert world.credit() == PART.minor


def test_costs_can_be_given_up(world: World) -> None:
    """PAY-18, PAY-9: administrative costs too, and with them the right."""
    service = world.run("o1")
    staff.costs(world, service)
    (invoice,) = world.service(service).open_costs
    assert staff.give_up(world, invoice) == WriteOffAccepted(
        written_off=examples.usd("12.10"), settled=examples.NOTHING
    )
    assert world.service(service).open_costs == ()


def test_a_first_invoice_is_not_written_off(world: World) -> None:
    """PAY-11: it is cancelled instead; the no changes nothing, and names everything that is wrong."""
    service = world.order("o1")
    before = world.dump()
    answer = staff.give_up(world, world.invoice(service, 0).id, by=Actor.CLIENT)
    assert isinstance(answer, WriteOffRefused)
    assert [each.why for each in answer.reasons] == [Why.NOT_BY_STAFF, Why.FIRST_INVOICE_NOT_WRITTEN_OFF]
    assert world.dump() == before


def test_it_counts_once(world: World) -> None:
    """PAY-18: told again under its key it is the same; another key finds it closed."""
    service = owing(world, after(1))
    invoice = world.invoice(service, 1).id
    staff.give_up(world, invoice)
    before = world.dump()
    told = GivenUp(key="w1", invoice=invoice, reason=WriteOffReason.UNCOLLECTABLE, reference="case 3")
    assert write_off(world.store, world.rulebook, told, world.at(Actor.STAFF)) == DidBefore()
    answer = staff.give_up(world, invoice, key="w2")
    assert isinstance(answer, WriteOffRefused)
    assert [each.why for each in answer.reasons] == [Why.INVOICE_NOT_OPEN]
    with pytest.raises(BadValue, match="write_off"):
        staff.give_up(world, world.invoice(service, 0).id)
    assert world.dump() == before


def test_what_is_not_open_has_no_such_move(world: World) -> None:
    """PAY-12: the table and the judgement say the same; where they did not, the history would be impossible."""
    service = world.run("o1")
    why = WriteOff(reason=WriteOffReason.GOODWILL, reference="")
    with pytest.raises(HistoryCorrupt, match="write_off"):
        written_off(world.standing(service, 0), why, world.today)
    with pytest.raises(UnknownKey):
        staff.give_up(world, InvoiceId("inv_no"))
