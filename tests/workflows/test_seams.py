"""Where one capability meets another: costs and credit, rights and timelines, cancellations and costs."""

from typing import Final

from attrs import evolve

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.costs import CostReason
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor, Occasion
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.policy.taking_back import TakenBack
from altocore.values.days import day
from altocore.values.ids import ServiceId
from altocore.workflows.adjusting import Adjustment, adjust_credit
from altocore.workflows.costing import Costs, invoice_costs
from altocore.workflows.door import Did
from altocore.workflows.taking_back import TakingBack, take_back
from altocore.workflows.terminating import Terminating, terminate
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

INSIDE: Final = day(2025, 2, 10)


def staff(world: World) -> Occasion:
    """Return an occasion of somebody named."""
    return evolve(world.at(Actor.STAFF), by="staff-17")


def caused(world: World, service: ServiceId) -> None:
    """Invoice twenty dollars of costs to the client, under this service."""
    asked = Costs(key="costs", service=service, amount=examples.usd("20.00"), reason=CostReason.LEGAL_REQUEST)
    invoice_costs(world.store, world.rulebook, asked, staff(world))


def test_credit_that_meets_costs_first_does_not_lose_the_renewal(world: World) -> None:
    """PAY-7, REN-1, PAY-16: the older costs are paid, the renewal is issued all the same, and nothing is charged twice."""
    service = world.run("o1")
    world.bill_to(INSIDE)
    caused(world, service)
    gift = Adjustment(
        key="gift",
        client=cast.ANA,
        direction=Direction.UP,
        amount=examples.usd("50.00"),
        reason=AdjustmentReason.GOODWILL,
    )
    adjust_credit(world.store, world.rulebook, gift, staff(world))
    world.bill_to(day(2025, 2, 20))
    assert world.service(service).last_period == 1
    assert world.service(service).open_costs == ()
    assert world.credit() == 0
    assert len(world.service(service).open_invoices) == 1
    assert cast.findings(world.store) == []


def test_the_invoice_of_a_service_that_a_right_ended_is_cancelled_in_the_end(world: World) -> None:
    """PAY-2, PAY-11: also where its last notice was out and no channel had taken it."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 28))
    request = Terminating(key="out", service=service, reason=TerminationReason.SPAM)
    terminate(world.store, world.rulebook, request, staff(world))
    assert world.state(service) is ServiceState.TERMINATED
    world.bill_to(day(2025, 4, 28))
    assert world.standing(service, 1).state is StandingState.CANCELLED
    assert cast.findings(world.store) == []


def test_a_cancellation_that_waits_for_costs_can_be_taken_back(world: World) -> None:
    """CAN-9, CAN-4: costs are a debt that a cancellation waits for, so its day has not come."""
    service = world.run("o1")
    world.bill_to(INSIDE)
    caused(world, service)
    world.cancel(service)
    world.bill_to(day(2025, 4, 5))
    assert world.state(service) is ServiceState.ACTIVE
    request = TakingBack(key="stay", service=service)
    made = take_back(world.store, world.rulebook, request, world.at(Actor.CLIENT))
    assert isinstance(made, Did)
    assert isinstance(made.answer, TakenBack)
    assert world.service(service).last_period == 1
    assert cast.findings(world.store) == []
