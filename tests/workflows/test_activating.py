"""A paid service becomes active, and its periods begin to count: on the day that the terms say."""

import pytest

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.errors import UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.plans.messages import MessageKind
from altocore.policy.activation import ActivationGranted, ActivationRefused
from altocore.terms.options import FirstPeriodStart
from altocore.terms.reasons import Why
from altocore.values.days import Day, day
from altocore.values.ids import ServiceId
from altocore.workflows.activating import activate
from altocore.workflows.door import Did, DidBefore
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.conftest import Begin

PROVISIONER = Actor.PROVISIONER


def refusals(world: cast.World, service: ServiceId) -> list[tuple[str, Why]]:
    """Ask for the activation, which must be refused and change nothing, and return its reasons."""
    before = world.dump()
    made = activate(world.store, world.rulebook, service, world.at(PROVISIONER))
    assert isinstance(made, Did)
    assert isinstance(made.answer, ActivationRefused)
    assert world.dump() == before
    return [(each.rule, each.why) for each in made.answer.reasons]


def test_an_unpaid_service_is_not_activated(world: cast.World) -> None:
    """LIF-1: pending becomes active when paid and provisioned; paid in part is not paid."""
    service = world.order("o1")
    assert refusals(world, service) == [("LIF-1", Why.FIRST_INVOICE_UNPAID)]
    world.pay(service, 0, examples.usd("120.99"))
    assert refusals(world, service) == [("LIF-1", Why.FIRST_INVOICE_UNPAID)]


def test_a_paid_service_becomes_active(world: cast.World) -> None:
    """LIF-1, LIF-8, REN-8: an event says who and why; the anchor is the day; the renewal comes onto the agenda."""
    service = world.order("o1")
    world.pay(service, 0)
    world.today = day(2025, 2, 1)
    made = activate(world.store, world.rulebook, service, world.at(PROVISIONER))
    assert made == Did(answer=ActivationGranted(anchor=world.today), numbers=())
    stored = world.service(service)
    assert (stored.state, stored.contract.anchor, stored.events) == (ServiceState.ACTIVE, world.today, 1)
    assert stored.next_step == day(2025, 2, 19)
    (event,) = world.events(service)
    assert (event.command, event.before, event.after) == (
        ServiceCommand.ACTIVATE,
        ServiceState.PENDING,
        ServiceState.ACTIVE,
    )
    assert (event.day, event.at, event.actor) == (world.today, world.at().at, PROVISIONER)
    assert (event.rule, event.cause) == ("LIF-1", world.invoice(service, 0).id)
    assert world.messages(MessageKind.SERVICE_ENABLED) == [
        examples.told(kind=MessageKind.SERVICE_ENABLED, about=service, cause=event.id, on=world.today)
    ]


def test_provisioned_twice_is_once(world: cast.World) -> None:
    """A contract is activated once; the second telling moves no anchor."""
    service = world.run("o1")
    before = world.dump()
    world.today = day(2025, 2, 5)
    assert activate(world.store, world.rulebook, service, world.at(PROVISIONER)) == DidBefore()
    assert world.dump() == before


def test_a_cancelled_order_is_not_activated(world: cast.World) -> None:
    """LIF-1, LIF-5: both reasons are given, in the order of the table."""
    service = world.order("o1")
    world.bill_once(day(2025, 6, 1))
    assert refusals(world, service) == [
        ("LIF-1", Why.SERVICE_NOT_PENDING),
        ("LIF-1", Why.FIRST_INVOICE_UNPAID),
    ]


def test_an_unknown_service_is_misuse(world: cast.World) -> None:
    """Nothing is activated that was never ordered."""
    with pytest.raises(UnknownKey) as refused:
        activate(world.store, world.rulebook, ServiceId("srv_no"), world.at(PROVISIONER))
    assert refused.value.field == "service"


@pytest.mark.parametrize(
    ("reading", "anchor"),
    [
        (FirstPeriodStart.ACTIVATION, day(2025, 2, 10)),
        (FirstPeriodStart.PAYMENT, day(2025, 2, 4)),
        (FirstPeriodStart.ORDER, day(2025, 1, 31)),
    ],
)
def test_the_first_period_begins_as_the_terms_read(begin: Begin, reading: FirstPeriodStart, anchor: Day) -> None:
    """REN-8: the anchor is the civil day of the activation, the payment or the order; all later periods follow it."""
    world = begin(
        examples.terms_edition(
            published=cast.FOUNDED,
            effective=cast.FOUNDED,
            says=examples.terms(invoicing=examples.invoicing_terms(first_period_start=reading)),
        )
    )
    service = world.order("o1")
    world.today = day(2025, 2, 4)
    world.pay(service, 0)
    world.today = day(2025, 2, 10)
    assert world.activate(service) == anchor
    assert world.service(service).contract.anchor == anchor
    world.bill_to(day(2025, 3, 1))
    renewal = world.invoice(service, 1)
    assert (renewal.kind, renewal.period) == (InvoiceKind.RENEWAL, world.service(service).period(1))
    assert world.invoice(service, 0).period is None


def test_an_order_anchor_may_lie_behind_the_first_renewal(begin: Begin) -> None:
    """REN-8 ORDER, REN-9: activated after its renewal's day, a service renews the same day, due seven days later."""
    world = begin(
        examples.terms_edition(
            published=cast.FOUNDED,
            effective=cast.FOUNDED,
            says=examples.terms(invoicing=examples.invoicing_terms(first_period_start=FirstPeriodStart.ORDER)),
        )
    )
    service = world.order("o1")
    world.bill_to(day(2025, 2, 24))
    world.pay(service, 0)
    world.activate(service)
    world.bill()
    assert world.charged(service)[1:] == [(1, InvoiceKind.RENEWAL, day(2025, 2, 24), day(2025, 3, 3))]
    assert world.standing(service, 1).state is StandingState.OPEN
