"""What a restoration meets: the contract before it, the costs of another service, promises and faults while it is offered."""

from typing import Final

from attrs import evolve

from altocore.billing.costs import CostReason
from altocore.billing.invoices import command_invoice_id, invoice_id
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor, Occasion
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.policy.activation import ActivationRefused
from altocore.policy.promise import PromiseAccepted
from altocore.policy.restoration import RestorationGranted, RestorationRefused
from altocore.policy.termination import TerminationGranted
from altocore.terms.options import CancellationDeadline, RestorationScope
from altocore.terms.reasons import Why
from altocore.testing.worlds import yes
from altocore.values.days import add_days
from altocore.workflows.activating import activate
from altocore.workflows.costing import Costs, invoice_costs
from altocore.workflows.discontinuing import Discontinuing, discontinue
from altocore.workflows.enquiries import dues
from altocore.workflows.explaining import explain_invoice
from altocore.workflows.restoring import Restoring, restore
from altocore.workflows.terminating import Terminating, terminate
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.restorations import asked, invoice, offer_id, offered, settled, standing

CANCELLED_TOO: Final = examples.terms(
    restoration=examples.restoration_terms(scope=RestorationScope.TERMINATED_AND_CANCELLED),
)
ANY_TIME: Final = examples.terms(
    cancellation=examples.cancellation_terms(deadline=CancellationDeadline.ANY_TIME),
)


def somebody(world: World) -> Occasion:
    """Return an occasion of staff who is named."""
    return evolve(world.at(Actor.STAFF), by="staff-17")


def test_what_was_discontinued_is_offered_by_staff_alone(begin: Begin) -> None:
    """REN-5, LIF-6: where the scope includes what was cancelled, staff may offer back what it discontinued."""
    world = begin(
        examples.terms_edition(name="terms_both", published=cast.FOUNDED, effective=cast.FOUNDED, says=CANCELLED_TOO)
    )
    service = world.run("a")
    yes(discontinue(world.store, world.rulebook, Discontinuing(key="d1", service=service), world.at(Actor.STAFF)))
    while world.state(service) is not ServiceState.CANCELLED:
        world.bill_to(add_days(world.today, 1))
    refused = asked(world, service)
    assert isinstance(refused, RestorationRefused)
    assert [each.why for each in refused.reasons] == [Why.DISCONTINUED_BY_PROVIDER]
    assert isinstance(asked(world, service, key="by staff", by=Actor.STAFF), RestorationGranted)
    world.pay_invoice(offer_id(service))
    assert world.state(service) is ServiceState.ACTIVE
    assert cast.findings(world.store) == []


def test_what_was_restored_is_not_to_be_activated(world: World) -> None:
    """LIF-1, PAY-5: it is active already, and for no other reason is it refused, whatever became of the offers before."""
    service = settled(world)
    offered(world, service, key="first")
    world.bill_to(add_days(world.today, 9))
    world.pay_invoice(offered(world, service, key="second", attempt=1))
    answer = yes(activate(world.store, world.rulebook, service, world.at(Actor.PROVISIONER)))
    assert isinstance(answer, ActivationRefused)
    assert [reason.why for reason in answer.reasons] == [Why.SERVICE_NOT_PENDING]


def test_the_contract_before_does_not_reach_into_the_new_one(begin: Begin) -> None:
    """CAN-4, REN-4: a renewal that is voided leaves the terms of the restoration, not those of the old contract's period."""
    world = begin(
        examples.terms_edition(name="terms_any", published=cast.FOUNDED, effective=cast.FOUNDED, says=ANY_TIME)
    )
    service = settled(world)
    later = examples.terms_edition(name="terms_later", published=world.today, effective=world.today, says=ANY_TIME)
    world.publish(later)
    lapsed = offered(world, service, key="first")
    world.bill_to(add_days(world.today, 9))
    world.pay_invoice(offered(world, service, key="second", attempt=1))
    back = world.service(service)
    period = back.period(1)
    assert period is not None
    world.bill_to(add_days(period.start, -5))
    renewal = invoice_id(service, 2, 1)
    assert world.service(service).open_invoices == (renewal,)
    world.cancel(service)
    assert standing(world, renewal).state is StandingState.VOIDED
    ending = world.service(service)
    assert (ending.terms_edition, ending.last_period, ending.next_revision) == (later.id, 0, 1)
    world.bill_to(period.start)
    assert world.state(service) is ServiceState.CANCELLED
    facts, _ = explain_invoice(world.store, lapsed)
    assert facts.standing.state is StandingState.LAPSED
    assert cast.findings(world.store) == []


def test_costs_that_ended_it_are_paid_first(world: World) -> None:
    """PAY-5, PAY-9: costs gave the right to end it, whichever service they stand under; staff asks once they are paid."""
    ended, other = world.run("ended"), world.run("other")
    caused = Costs(key="c1", service=other, amount=examples.usd("20.00"), reason=CostReason.LEGAL_REQUEST)
    invoice_costs(world.store, world.rulebook, caused, somebody(world))
    costs = command_invoice_id("c1")
    world.bill_to(add_days(standing(world, costs).due, 1))
    right = Terminating(key="t1", service=ended, reason=TerminationReason.ADMINISTRATIVE_COSTS, evidence=costs)
    assert yes(terminate(world.store, world.rulebook, right, somebody(world))) == TerminationGranted()
    answer = asked(world, ended, key="by client")
    assert isinstance(answer, RestorationRefused)
    assert [each.why for each in answer.reasons] == [Why.RESTORED_BY_STAFF_ONLY, Why.ENDING_DEBT_UNPAID]
    assert answer.reasons[1].cites == (("open_invoices", 1), ("total", examples.usd("24.20")))
    world.pay_invoice(costs)
    assert isinstance(asked(world, ended, key="by staff", by=Actor.STAFF), RestorationGranted)


def test_costs_that_did_not_end_it_are_no_matter(world: World) -> None:
    """PAY-5: only what led to the end has to be paid; the costs stay owed, and a restoration waits for none of them."""
    service = settled(world)
    caused = Costs(key="c1", service=service, amount=examples.usd("20.00"), reason=CostReason.ABUSE_HANDLING)
    invoice_costs(world.store, world.rulebook, caused, somebody(world))
    world.pay_invoice(offered(world, service))
    back = world.service(service)
    assert (back.state, back.open_costs) == (ServiceState.ACTIVE, (command_invoice_id("c1"),))
    assert cast.findings(world.store) == []


def test_an_offer_is_no_debt(world: World) -> None:
    """PAY-16: the client owes nothing by it, and its credit is not spent on it afterwards."""
    service = settled(world)
    offer = offered(world, service)
    assert dues(world.store, cast.ANA, world.today).to_come == examples.NOTHING
    staff.adjust(world, examples.usd("500.00"))
    world.order("new")
    assert standing(world, offer).settled == examples.NOTHING
    assert world.credit() == 379_00


def test_a_promise_keeps_an_offer_open(world: World) -> None:
    """PAY-16, PAY-18: it lapses once its due date is over, and not before the promised day is."""
    service = settled(world)
    offer = offered(world, service)
    due = standing(world, offer).due
    assert standing(world, offer).next_step == add_days(due, 1)
    assert isinstance(staff.promise(world, offer, add_days(due, 3)), PromiseAccepted)
    world.bill_to(add_days(due, 3))
    assert standing(world, offer).state is StandingState.OPEN
    world.bill_to(add_days(due, 4))
    assert standing(world, offer).state is StandingState.LAPSED
    assert cast.findings(world.store) == []


def test_a_fault_of_the_provider_keeps_it_open_too(world: World) -> None:
    """PAY-2, PAY-16: it moves the lapse by its days, and never the due date."""
    service = settled(world)
    offer = offered(world, service)
    due = standing(world, offer).due
    world.bill_to(add_days(world.today, 3))
    staff.fault(world, service, add_days(world.today, -2), 30)
    assert (standing(world, offer).due, standing(world, offer).next_step) == (due, add_days(due, 3))
    assert cast.findings(world.store) == []


def test_one_offer_whoever_asks_at_the_same_moment(world: World) -> None:
    """PAY-5: another key asks while an offer is open: it is told so, and nothing is invoiced twice."""
    service = settled(world)
    offer = offered(world, service)
    before = world.dump()
    answer = yes(restore(world.store, world.rulebook, Restoring(key="b", service=service), somebody(world)))
    assert isinstance(answer, RestorationRefused)
    assert [each.why for each in answer.reasons] == [Why.RESTORATION_OFFERED]
    assert world.dump() == before
    assert invoice(world, offer).revision == 0
