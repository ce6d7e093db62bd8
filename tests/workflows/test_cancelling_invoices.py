"""PAY-11: an unpaid invoice is cancelled on request; its order goes with it."""

from typing import Final

import pytest

from altocore.billing.ledger import Movement
from altocore.billing.standing import StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.plans.messages import MessageKind
from altocore.policy.invoice_cancellation import InvoiceCancellationAccepted, InvoiceCancellationRefused
from altocore.terms.reasons import Why
from altocore.values.days import day
from altocore.values.ids import InvoiceId
from altocore.workflows.cancelling_invoices import cancel_invoice
from altocore.workflows.door import DidBefore
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World

PART: Final = examples.usd("21.00")


@pytest.mark.parametrize("actor", [Actor.CLIENT, Actor.STAFF])
def test_an_order_is_called_off(world: World, actor: Actor) -> None:
    """PAY-11, LIF-5, PAY-6: charge taken back, what was paid released, the pending service cancelled, the client told."""
    service = world.order("o1")
    world.pay(service, 0, PART)
    invoice = world.invoice(service, 0).id
    assert staff.call_off(world, invoice, by=actor) == InvoiceCancellationAccepted(released=PART, services=1)
    standing = world.standing(service, 0)
    assert (standing.state, standing.closed, standing.next_step) == (StandingState.CANCELLED, world.today, None)
    stored = world.service(service)
    assert (stored.state, stored.open_invoices, stored.next_step) == (ServiceState.CANCELLED, (), None)
    (event,) = world.events(service)
    assert (event.command, event.rule, event.actor, event.cause) == (ServiceCommand.CANCEL, "LIF-5", actor, invoice)
    assert [(each.movement, each.amount) for each in world.store.postings()][-3:] == [
        (Movement.NET_CANCELLED, examples.HUNDRED),
        (Movement.TAX_CANCELLED, examples.TWENTY_ONE),
        (Movement.SETTLEMENT_RELEASED, PART),
    ]
    assert world.credit() == PART.minor
    assert [kind for _, kind in world.told()][-2:] == [MessageKind.INVOICE_CANCELLED, MessageKind.SERVICE_CANCELLED]
    world.bill_to(day(2025, 4, 30))
    assert world.standing(service, 0).closed == cast.JANUARY_31


def test_a_renewal_is_refused_with_the_way_out(world: World) -> None:
    """CAN-4: who does not want the next period cancels the service."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    before = world.dump()
    answer = staff.call_off(world, world.invoice(service, 1).id, by=Actor.CLIENT)
    assert isinstance(answer, InvoiceCancellationRefused)
    assert [(each.rule, each.why) for each in answer.reasons] == [("CAN-4", Why.RENEWAL_NOT_CANCELLED_ON_REQUEST)]
    assert world.dump() == before


def test_costs_are_taken_back_by_staff_alone(world: World) -> None:
    """PAY-9, PAY-11: not by the client; taken back, they are owed no more, and the service goes on."""
    service = world.run("o1")
    staff.costs(world, service)
    (invoice,) = world.service(service).open_costs
    answer = staff.call_off(world, invoice, by=Actor.CLIENT)
    assert isinstance(answer, InvoiceCancellationRefused)
    assert [each.why for each in answer.reasons] == [Why.COSTS_CANCELLED_BY_STAFF_ONLY]
    nothing = InvoiceCancellationAccepted(released=examples.NOTHING, services=0)
    assert staff.call_off(world, invoice) == nothing
    assert (world.state(service), world.service(service).open_costs) == (ServiceState.ACTIVE, ())
    assert world.told()[-1] == (world.today, MessageKind.INVOICE_CANCELLED)


def test_it_counts_once(world: World) -> None:
    """PAY-11: told again under its key it is the same; for another invoice it is a misuse."""
    service, other = world.order("o1"), world.order("o2")
    invoice = world.invoice(service, 0).id
    staff.call_off(world, invoice)
    before = world.dump()
    assert cancel_invoice(world.store, world.rulebook, "x1", invoice, world.at(Actor.STAFF)) == DidBefore()
    with pytest.raises(BadValue, match="invoice_cancellation"):
        staff.call_off(world, world.invoice(other, 0).id)
    answer = staff.call_off(world, invoice, key="x2")
    assert isinstance(answer, InvoiceCancellationRefused)
    assert [each.why for each in answer.reasons] == [Why.INVOICE_NOT_OPEN]
    assert world.dump() == before


def test_nobody_else_calls_it_off(world: World) -> None:
    """PAY-11: neither a gateway nor a run does it; and there must be an invoice."""
    service = world.order("o1")
    for actor in (Actor.GATEWAY, Actor.BILLING_RUN, Actor.PROVISIONER):
        answer = staff.call_off(world, world.invoice(service, 0).id, by=actor)
        assert isinstance(answer, InvoiceCancellationRefused)
        assert [each.why for each in answer.reasons] == [Why.NOT_BY_CLIENT_OR_STAFF]
    with pytest.raises(UnknownKey):
        staff.call_off(world, InvoiceId("inv_no"))
