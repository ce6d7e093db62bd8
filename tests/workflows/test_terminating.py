"""The provider exercises a right: the service ends at once, by a hand that is named, and what is owed stays owed."""

import json

import pytest
from attrs import evolve

from altocore.billing.costs import CostReason
from altocore.billing.invoices import command_invoice_id
from altocore.billing.payments import payment_id
from altocore.billing.standing import Standing, StandingState
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor, Occasion
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.plans.messages import MessageKind
from altocore.policy.termination import TerminationGranted, TerminationRefused
from altocore.terms.reasons import Why
from altocore.values.days import add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.costing import Costs, invoice_costs
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.one import one
from altocore.workflows.paying import pay
from altocore.workflows.terminating import Terminating, terminate
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World


def staff(world: World) -> Occasion:
    """Return an occasion of somebody named."""
    return evolve(world.at(Actor.STAFF), by="staff-17")


def asked(
    service: ServiceId, reason: TerminationReason = TerminationReason.SPAM, evidence: str = "", key: str = "out"
) -> Terminating:
    """Return a request to end a service that sends spam."""
    return Terminating(key=key, service=service, reason=reason, evidence=evidence)


def whys(world: World, request: Terminating, occasion: Occasion) -> list[Why]:
    """Ask for the end, which must be refused and change nothing, and return the reasons."""
    before = world.dump()
    made = terminate(world.store, world.rulebook, request, occasion)
    assert isinstance(made, Did)
    assert isinstance(made.answer, TerminationRefused)
    assert world.dump() == before
    return [each.why for each in made.answer.reasons]


def test_a_breach_ends_it_at_once(world: World) -> None:
    """LIF-4, TER-1, LIF-8: without notice; the event says who, why and under which clauses; the client is told."""
    service = world.run("o1")
    made = terminate(world.store, world.rulebook, asked(service), staff(world))
    assert isinstance(made, Did)
    assert made.answer == TerminationGranted()
    assert world.state(service) is ServiceState.TERMINATED
    event = world.events(service)[-1]
    assert (event.command, event.termination, event.by) == (
        ServiceCommand.TERMINATE,
        TerminationReason.SPAM,
        "staff-17",
    )
    assert event.clauses == ("terms/15.c", "terms/8")
    assert world.told()[-1][1] is MessageKind.SERVICE_TERMINATED
    world.bill_to(day(2025, 4, 30))
    assert len(world.charged(service)) == 1
    assert cast.findings(world.store) == []


def test_the_log_names_who_did_it(world: World) -> None:
    """LIF-8: the entry of the deed has the id of the person, beside the kind of actor."""
    service = world.run("o1")
    terminate(world.store, world.rulebook, asked(service), staff(world))
    last = json.loads([*world.store.log(cast.ANA)][-1].body)
    assert (last["actor"], last["by"], last["deed"][0]) == ("staff", "staff-17", "termination")


def test_a_chargeback_is_a_right_over_the_clients_services(world: World) -> None:
    """PAY-8: with the payment that was charged back, of this client and of nobody else."""
    service = world.run("o1")
    own = payment_id("cards", "1")
    other = world.run("o2", of=cast.BEN)
    reason = TerminationReason.CHARGEBACK
    assert whys(world, asked(other, reason, own), staff(world)) == [Why.NOTHING_TO_POINT_AT]
    assert whys(world, asked(service, reason, "pay_none"), staff(world)) == [Why.NOTHING_TO_POINT_AT]
    terminate(world.store, world.rulebook, asked(service, reason, own), staff(world))
    assert world.state(service) is ServiceState.TERMINATED


def test_what_is_owed_stays_owed(world: World) -> None:
    """PAY-2: after the termination nothing is left of the timeline but the invoice's own cancellation."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 6))
    assert world.state(service) is ServiceState.SUSPENDED
    world.cancel(service)
    terminate(world.store, world.rulebook, asked(service), staff(world))
    stored = world.service(service)
    assert (stored.state, stored.suspensions, stored.ending) == (ServiceState.TERMINATED, (), None)
    assert world.standing(service, 1).state is StandingState.OPEN
    world.bill_to(day(2025, 4, 28))
    assert world.standing(service, 1).state is StandingState.CANCELLED
    assert cast.findings(world.store) == []


def test_nobody_else_and_nobody_without_a_name(world: World) -> None:
    """PAY-8, TER-1: a right is exercised by a named actor; nothing happens by itself."""
    service = world.run("o1")
    assert whys(world, asked(service), world.at(Actor.STAFF)) == [Why.ACTOR_NOT_NAMED]
    assert whys(world, asked(service), world.at(Actor.BILLING_RUN)) == [Why.NOT_BY_STAFF]
    assert whys(world, asked(service, TerminationReason.DEBT), staff(world)) == [Why.TERMINATED_BY_TIMELINE_ONLY]


def test_a_request_counts_once(world: World) -> None:
    """Shape 9: the same key is the same request; for another reason it is misuse; an unknown service is told."""
    service = world.run("o1")
    terminate(world.store, world.rulebook, asked(service), staff(world))
    assert terminate(world.store, world.rulebook, asked(service), staff(world)) == DidBefore()
    for other in (asked(service, TerminationReason.OVERLOAD), asked(service, evidence="ticket-1")):
        with pytest.raises(BadValue, match="termination"):
            terminate(world.store, world.rulebook, other, staff(world))
    with pytest.raises(UnknownKey, match="service"):
        terminate(world.store, world.rulebook, asked(ServiceId("no"), key="k2"), staff(world))


def test_costs_that_stay_unpaid_are_a_right_over_all_services(world: World) -> None:
    """PAY-9: from the day after the due date, over any service of the client, and no longer once they are paid."""
    service, other, stranger = world.run("o1"), world.run("o2"), world.run("o3", of=cast.BEN)
    asked_costs = Costs(key="costs", service=service, reason=CostReason.LEGAL_REQUEST, amount=examples.usd("30.00"))
    invoice_costs(world.store, world.rulebook, asked_costs, staff(world))
    costs, reason = command_invoice_id("costs"), TerminationReason.ADMINISTRATIVE_COSTS
    due = one(world.store, Standing, costs).document.due
    world.bill_to(due)
    assert whys(world, asked(other, reason, costs), staff(world)) == [Why.NOTHING_TO_POINT_AT]
    world.bill_to(add_days(due, 1))
    assert whys(world, asked(stranger, reason, costs), staff(world)) == [Why.NOTHING_TO_POINT_AT]
    assert whys(world, asked(service, reason, world.invoice(service, 0).id), staff(world)) == [Why.NOTHING_TO_POINT_AT]
    terminate(world.store, world.rulebook, asked(other, reason, costs), staff(world))
    assert world.state(other) is ServiceState.TERMINATED
    pay(world.store, world.rulebook, world.notice(costs), world.at(Actor.GATEWAY))
    late = asked(service, reason, costs, "late")
    assert whys(world, late, staff(world)) == [Why.NOTHING_TO_POINT_AT]
    assert cast.findings(world.store) == []
