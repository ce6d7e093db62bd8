"""PAY-9, PAY-16: a client is invoiced for administrative costs that it caused."""

from typing import Final

import pytest

from altocore.billing.costs import CostReason
from altocore.billing.invoices import Invoice, InvoiceKind, Line, command_invoice_id
from altocore.billing.standing import StandingState
from altocore.errors import BadValue, CurrencyMismatch, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind
from altocore.policy.administrative_costs import AdministrativeCostsAccepted, AdministrativeCostsRefused
from altocore.policy.ending import EndingWaiting
from altocore.terms.options import CancellationDebt
from altocore.terms.reasons import Why
from altocore.values.days import add_days, day
from altocore.values.ids import ServiceId
from altocore.values.money import money
from altocore.workflows.costing import Costs, invoice_costs
from altocore.workflows.door import DidBefore
from altocore.workflows.one import one
from altocore.workflows.stepping import plan_service_step
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ISSUED: Final = cast.JANUARY_31
DUE: Final = day(2025, 2, 7)
OWED: Final = examples.usd("12.10")


def test_costs_are_invoiced(world: World) -> None:
    """PAY-9, PAY-13, PAY-15, PAY-12: one taxed line that says which costs, due in seven days, numbered, told."""
    service = world.run("o1")
    assert staff.costs(world, service) == AdministrativeCostsAccepted(due=DUE)
    own = command_invoice_id("c1")
    invoice = one(world.store, Invoice, own).document
    assert (invoice.kind, invoice.service, invoice.issued, invoice.due) == (
        InvoiceKind.ADMINISTRATIVE,
        service,
        ISSUED,
        DUE,
    )
    assert (invoice.period, invoice.period_number, invoice.command) == (None, None, "c1")
    assert invoice.lines == (Line(item="bank_charges", net=staff.TEN, tax=examples.usd("2.10")),)
    assert world.numbers() == [1, 2]
    assert world.service(service).open_costs == (own,)
    assert world.told()[-1] == (ISSUED, MessageKind.INVOICE_ISSUED)


def test_they_are_reminded_of_and_never_end_by_time(world: World) -> None:
    """PAY-16, PAY-9: reminders, then the right, which nobody exercises by itself; no suspension, no cancellation."""
    service = world.run("o1", plan=cast.FREE)
    staff.costs(world, service)
    world.bill_to(day(2025, 6, 1))
    own = command_invoice_id("c1")
    standing = staff.standing(world, own)
    assert (standing.state, standing.steps_done, standing.next_step) == (StandingState.OPEN, 5, None)
    assert [on for on, _ in world.told(MessageKind.REMINDER)] == [add_days(DUE, days) for days in (-5, -1, 1, 3)]
    assert world.state(service) is ServiceState.ACTIVE
    world.bill_to(day(2025, 6, 2))
    world.pay_invoice(own)
    assert staff.standing(world, own).state is StandingState.PAID
    assert world.service(service).open_costs == ()


def test_they_withhold_no_renewal(world: World) -> None:
    """REN-9: "while an earlier period is unpaid": costs are no period."""
    service = world.run("o1")
    staff.costs(world, service)
    world.bill_to(day(2025, 2, 18))
    assert world.standing(service, 1).issued == day(2025, 2, 18)
    world.pay(service, 1)
    world.bill_to(day(2025, 3, 21))
    assert world.standing(service, 2).issued == day(2025, 3, 21)


def test_a_cancellation_waits_for_them(world: World) -> None:
    """CAN-4: "no unpaid invoice may exist when it is processed"; paid, the service ends that day."""
    service = world.run("o1")
    staff.costs(world, service)
    world.cancel(service)
    assert world.service(service).next_step is None
    world.bill_to(day(2025, 3, 2))
    assert world.state(service) is ServiceState.ACTIVE
    world.pay_invoice(command_invoice_id("c1"))
    assert world.state(service) is ServiceState.CANCELLED


def test_a_cancellation_that_is_asked_names_them(world: World) -> None:
    """CAN-4: whoever asks why it waits is told how many invoices it waits for, costs among them."""
    service = world.run("o1")
    staff.costs(world, service)
    world.cancel(service)
    world.bill_to(day(2025, 3, 2))
    stored = one(world.store, Service, service)
    answer = plan_service_step(world.store, stored, world.rulebook, world.at()).answer
    assert isinstance(answer, EndingWaiting)
    assert [(each.why, dict(each.cites)["open_invoices"]) for each in answer.reasons] == [(Why.DEBT_UNPAID, 1)]


def test_where_all_debts_count_those_of_another_service_do(begin: Begin) -> None:
    """CAN-4 ALL_INVOICES: costs of a sibling keep a cancellation waiting, and their payment ends it."""
    says = examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES))
    world = begin(examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says))
    leaver, other = world.run("o1"), world.run("o2", plan=cast.FREE)
    staff.costs(world, other)
    world.cancel(leaver)
    world.bill_to(day(2025, 3, 2))
    assert world.state(leaver) is ServiceState.ACTIVE
    world.pay_invoice(command_invoice_id("c1"))
    assert world.state(leaver) is ServiceState.CANCELLED


def test_a_suspended_service_does_not_wait_for_them(world: World) -> None:
    """PAY-14: what suspends is the overdue renewal; paid, the service is back, costs or not."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 5))
    staff.costs(world, service)
    world.bill_to(day(2025, 3, 20))
    assert world.state(service) is ServiceState.SUSPENDED
    world.pay(service, 1)
    assert world.state(service) is ServiceState.ACTIVE


def test_a_service_that_ended_can_still_cost(world: World) -> None:
    """PAY-9: costs are the client's own: the timeline goes on after the service, and none is passed over."""
    service = world.run("o1")
    world.cancel(service)
    world.bill_to(day(2025, 3, 5))
    assert world.state(service) is ServiceState.CANCELLED
    staff.costs(world, service)
    world.bill_to(day(2025, 3, 20))
    assert len(world.told(MessageKind.REMINDER)) == 4


def test_credit_pays_them_at_once(world: World) -> None:
    """PAY-7: credit is applied when an invoice is issued, older debts first."""
    service = world.run("o1")
    staff.adjust(world, OWED)
    staff.costs(world, service)
    assert staff.standing(world, command_invoice_id("c1")).state is StandingState.PAID
    assert (world.credit(), world.service(service).open_costs) == (0, ())
    staff.costs(world, service, key="c2")
    world.today = day(2025, 2, 2)
    staff.adjust(world, OWED, key="a2")
    staff.costs(world, service, key="c3")
    assert staff.standing(world, command_invoice_id("c2")).state is StandingState.PAID
    assert staff.standing(world, command_invoice_id("c3")).state is StandingState.OPEN


def test_they_count_once(world: World) -> None:
    """PAY-9: told again under their key they are the same; with another input it is a misuse."""
    service = world.run("o1")
    staff.costs(world, service)
    before = world.dump()
    told = Costs(key="c1", service=service, amount=staff.TEN, reason=CostReason.BANK_CHARGES)
    assert invoice_costs(world.store, world.rulebook, told, world.at(Actor.STAFF)) == DidBefore()
    with pytest.raises(BadValue, match="costs"):
        staff.costs(world, service, examples.usd("10.01"))
    assert world.dump() == before


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_only_staff_invoices_them(world: World, actor: Actor) -> None:
    """PAY-9: whoever else asks is told no, and nothing changes."""
    service = world.run("o1")
    before = world.dump()
    answer = staff.costs(world, service, by=actor)
    assert isinstance(answer, AdministrativeCostsRefused)
    assert [(each.rule, each.why) for each in answer.reasons] == [("PAY-9", Why.NOT_BY_STAFF)]
    assert world.dump() == before


def test_what_is_no_cost_is_a_misuse(world: World) -> None:
    """PAY-9, CLI-8: of nothing, in another currency, of a service that is not stored."""
    service = world.run("o1")
    with pytest.raises(BadValue):
        staff.costs(world, service, examples.NOTHING)
    with pytest.raises(CurrencyMismatch):
        staff.costs(world, service, money("1", "JPY"))
    with pytest.raises(UnknownKey):
        staff.costs(world, ServiceId("srv_no"))
