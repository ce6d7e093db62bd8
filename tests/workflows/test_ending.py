"""A client leaves: the request fixes the day, and on that day, the debt paid, the service ends."""

from typing import Final

import pytest

from altocore.billing.ledger import Movement
from altocore.billing.standing import StandingState
from altocore.errors import BadValue, HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import EndingTime, Service
from altocore.plans.messages import MessageKind
from altocore.policy.cancellation import CancellationAccepted, CancellationRefused
from altocore.policy.ending import EndingWaiting
from altocore.terms.editions import TermsEdition
from altocore.terms.options import CancellationDeadline, CancellationDebt
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.days import add_days, day
from altocore.values.ids import ClientId, ServiceId
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.ending import load_ending, plan_ending
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.stepping import plan_service_step
from altocore.workflows.taking_over import TakeOver, plan_take_over
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

ISSUED: Final = day(2025, 2, 18)
"""When the first renewal of a service that runs since 31 January is issued; due on 27 February."""
END: Final = day(2025, 2, 28)
NEXT_END: Final = day(2025, 3, 31)


def edition(
    deadline: CancellationDeadline = CancellationDeadline.BEFORE_RENEWAL_INVOICE,
    debt: CancellationDebt = CancellationDebt.SERVICE_INVOICES,
) -> TermsEdition:
    """Return the `default` terms but for these readings of CAN-4."""
    says = examples.terms(cancellation=examples.cancellation_terms(deadline=deadline, debt=debt))
    return examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says)


ANY_TIME: Final = edition(CancellationDeadline.ANY_TIME)
ALL_INVOICES: Final = edition(debt=CancellationDebt.ALL_INVOICES)


def leaving(key: str, service: ServiceId) -> CancellationRequest:
    """Return a request that the service ends with its period."""
    return CancellationRequest(key=key, service=service, time=EndingTime.END_OF_PERIOD)


def refusals(world: World, service: ServiceId, key: str = "no") -> list[tuple[str, Why]]:
    """Ask for the end, which must be refused and change nothing, and return the reasons."""
    before = world.dump()
    made = cancel(world.store, world.rulebook, leaving(key, service), world.at(Actor.CLIENT))
    assert isinstance(made, Did)
    assert isinstance(made.answer, CancellationRefused)
    assert world.dump() == before
    return [(each.rule, each.why) for each in made.answer.reasons]


@pytest.mark.parametrize("terms", [cast.DEFAULT, ANY_TIME], ids=["before_renewal_invoice", "any_time"])
def test_asked_in_time_it_ends_with_the_running_period(begin: Begin, terms: TermsEdition) -> None:
    """CAN-2, CAN-3: the service works in full to the end of its last invoiced period; no renewal, no money back."""
    world = begin(terms)
    service = world.run("o1")
    world.bill_to(day(2025, 2, 10))
    assert world.cancel(service) == CancellationAccepted(effective=END, voids=0)
    assert world.service(service).ending == examples.ending(asked=day(2025, 2, 10), effective=END)
    assert world.service(service).next_step == END
    world.bill_to(add_days(END, -1))
    assert world.state(service) is ServiceState.ACTIVE
    world.bill_to(END)
    stored = world.service(service)
    assert (stored.state, stored.ending, stored.next_step) == (ServiceState.CANCELLED, None, None)
    assert len(world.charged(service)) == 1
    event = world.events(service)[-1]
    assert (event.command, event.day, event.rule) == (ServiceCommand.CANCEL, END, "LIF-5")
    assert world.told(MessageKind.CANCELLATION_ACCEPTED, MessageKind.SERVICE_CANCELLED) == [
        (day(2025, 2, 10), MessageKind.CANCELLATION_ACCEPTED),
        (END, MessageKind.SERVICE_CANCELLED),
    ]
    assert world.credit() == 0


def test_asked_after_the_renewal_its_invoice_stays_owed(world: World) -> None:
    """CAN-4 BEFORE_RENEWAL_INVOICE: accepted, never refused for lateness; it ends with that invoice's period."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    assert world.cancel(service) == CancellationAccepted(effective=NEXT_END, voids=0)
    assert world.standing(service, 1).state is StandingState.OPEN
    world.bill_to(day(2025, 2, 25))
    world.pay(service, 1)
    assert world.service(service).next_step == NEXT_END
    world.bill_to(NEXT_END)
    assert world.state(service) is ServiceState.CANCELLED
    assert len(world.charged(service)) == 2


def test_any_time_voids_the_invoice_of_a_period_not_begun(begin: Begin) -> None:
    """CAN-4 ANY_TIME, PAY-12: the unpaid renewal is voided, its charge taken back, its part payment released."""
    world = begin(ANY_TIME)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.pay(service, 1, examples.usd("1.00"))
    assert world.cancel(service) == CancellationAccepted(effective=END, voids=1)
    standing = world.standing(service, 1)
    assert (standing.state, standing.closed, standing.next_step) == (StandingState.VOIDED, ISSUED, None)
    stored = world.service(service)
    assert (stored.last_period, stored.open_invoices, stored.next_step) == (0, (), END)
    assert [(each.movement, each.amount) for each in world.store.postings()][-3:] == [
        (Movement.NET_CANCELLED, examples.HUNDRED),
        (Movement.TAX_CANCELLED, examples.TWENTY_ONE),
        (Movement.SETTLEMENT_RELEASED, examples.usd("1.00")),
    ]
    assert world.credit() == 1_00
    assert world.told()[-2:] == [
        (ISSUED, MessageKind.CANCELLATION_ACCEPTED),
        (ISSUED, MessageKind.INVOICE_CANCELLED),
    ]
    world.bill_to(END)
    assert world.state(service) is ServiceState.CANCELLED
    assert world.numbers() == [1, 2]


@pytest.mark.parametrize("terms", [cast.DEFAULT, ANY_TIME], ids=["before_renewal_invoice", "any_time"])
def test_a_paid_renewal_is_never_voided(begin: Begin, terms: TermsEdition) -> None:
    """CAN-3, CAN-4: what is paid runs to its end, under both deadlines."""
    world = begin(terms)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.pay(service, 1)
    assert world.cancel(service) == CancellationAccepted(effective=NEXT_END, voids=0)


def test_any_time_keeps_the_invoice_of_a_period_begun(begin: Begin) -> None:
    """CAN-4: "invoices of periods already begun stay owed", under ANY_TIME too; from the period's first day."""
    world = begin(ANY_TIME)
    services = {key: world.run(key) for key in ("before", "after")}
    world.bill_to(add_days(END, -1))
    assert world.cancel(services["before"], "k1").voids == 1
    world.bill_to(END)
    assert world.cancel(services["after"], "k2") == CancellationAccepted(effective=NEXT_END, voids=0)


def test_it_ends_on_the_day_the_debt_is_paid(world: World) -> None:
    """CAN-4: "effective on the later of the asked day and the day the debt is paid", in the commit of the payment."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service)
    late = add_days(NEXT_END, 3)
    world.bill_to(add_days(late, -1))
    assert world.state(service) is ServiceState.SUSPENDED
    world.today = late
    world.pay(service, 1)
    assert world.state(service) is ServiceState.CANCELLED
    assert [(each.command, each.day) for each in world.events(service)[-2:]] == [
        (ServiceCommand.REACTIVATE, late),
        (ServiceCommand.CANCEL, late),
    ]
    assert len(world.charged(service)) == 2


def test_while_it_waits_the_timeline_runs_on_and_can_end_it(world: World) -> None:
    """CAN-4: "meanwhile no renewal is issued and PAY-2 runs on; termination ends the request"."""
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service)
    world.bill_to(day(2025, 3, 26))
    world.take_last_notice(service, 1)
    world.bill_to(day(2025, 3, 29))
    stored = world.service(service)
    assert (stored.state, stored.ending, stored.next_step) == (ServiceState.TERMINATED, None, None)
    world.bill_to(day(2025, 5, 1))
    world.pay(service, 1, examples.usd("3.00"))
    assert world.state(service) is ServiceState.TERMINATED
    assert world.told(MessageKind.SERVICE_CANCELLED) == []


def test_other_services_do_not_hold_it_up(world: World) -> None:
    """CAN-4 SERVICE_INVOICES, the default: only its own debt counts."""
    service = world.run("o1")
    world.order("o2")
    world.cancel(service)
    world.bill_to(END)
    assert world.state(service) is ServiceState.CANCELLED


def test_under_all_invoices_every_debt_of_the_client_counts(begin: Begin) -> None:
    """CAN-4 ALL_INVOICES: it waits for the other service's invoice, and ends on the day that is paid."""
    world = begin(ALL_INVOICES)
    service, other = world.run("o1"), world.order("o2")
    world.order("o3", of=cast.BEN)
    world.cancel(service)
    world.bill_to(day(2025, 3, 3))
    assert world.state(service) is ServiceState.ACTIVE
    waiting = plan_service_step(world.store, one(world.store, Service, service), world.rulebook, world.at())
    assert isinstance(waiting.answer, EndingWaiting)
    assert [(each.why, dict(each.cites)["open_invoices"]) for each in waiting.answer.reasons] == [(Why.DEBT_UNPAID, 1)]
    world.pay(other, 0)
    world.bill()
    assert world.state(service) is ServiceState.CANCELLED
    assert world.events(service)[-1].day == day(2025, 3, 3)


def test_under_all_invoices_its_own_payment_is_not_enough(begin: Begin) -> None:
    """CAN-4 ALL_INVOICES: paid late, the end that is reached still waits for the other service's debt."""
    world = begin(ALL_INVOICES)
    service = world.run("o1")
    world.bill_to(ISSUED)
    world.cancel(service)
    world.bill_to(add_days(NEXT_END, 2))
    other = world.order("o2")
    world.pay(service, 1)
    assert world.state(service) is ServiceState.ACTIVE
    assert world.service(service).next_step == NEXT_END
    assert len(world.charged(service)) == 2
    world.pay(other, 0)
    world.bill()
    assert world.state(service) is ServiceState.CANCELLED


def test_under_all_invoices_a_cancelled_debt_counts_no_more(begin: Begin) -> None:
    """CAN-4, PAY-11: what is cancelled is not owed."""
    world = begin(ALL_INVOICES)
    service = world.run("o1")
    world.order("o2")
    world.cancel(service)
    world.bill_to(day(2025, 4, 10))
    assert world.state(service) is ServiceState.CANCELLED


def test_a_suspended_service_can_be_cancelled(world: World) -> None:
    """LIF-5: from either running state."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 10))
    assert world.state(service) is ServiceState.SUSPENDED
    assert world.cancel(service).effective == NEXT_END
    world.pay(service, 1)
    assert world.state(service) is ServiceState.ACTIVE
    world.bill_to(NEXT_END)
    assert world.state(service) is ServiceState.CANCELLED


def test_a_second_request_is_refused_while_one_is_pending(world: World) -> None:
    """CAN-2: one end is enough."""
    service = world.run("o1")
    world.cancel(service)
    assert refusals(world, service) == [("CAN-2", Why.CANCELLATION_PENDING)]


def test_what_does_not_run_cannot_be_cancelled_so(world: World) -> None:
    """LIF-5: a pending order goes with its invoice, and what ended has ended."""
    pending, ended = world.order("o1"), world.run("o2")
    assert refusals(world, pending) == [("LIF-5", Why.SERVICE_NOT_RUNNING)]
    world.cancel(ended)
    world.bill_to(END)
    assert refusals(world, ended) == [("LIF-5", Why.SERVICE_NOT_RUNNING)]


def test_a_request_counts_once(world: World) -> None:
    """The same key is the same request, on whatever day; for another service it is misuse; unknown, it is told."""
    service, other = world.run("o1"), world.run("o2")
    world.cancel(service, "k1")
    before = world.dump()
    world.today = day(2025, 2, 20)
    assert cancel(world.store, world.rulebook, leaving("k1", service), world.at(Actor.CLIENT)) == DidBefore()
    with pytest.raises(BadValue) as refused:
        cancel(world.store, world.rulebook, leaving("k1", other), world.at(Actor.CLIENT))
    assert refused.value.field == "cancellation"
    with pytest.raises(UnknownKey) as unknown:
        cancel(world.store, world.rulebook, leaving("k2", ServiceId("srv_no")), world.at(Actor.CLIENT))
    assert unknown.value.field == "service"
    assert world.dump() == before


def test_the_end_of_a_service_without_a_request_is_no_history(world: World) -> None:
    """A plan of an end that nobody asked for has met what cannot be, and names it."""
    service = world.run("o1")
    with pytest.raises(HistoryCorrupt, match=service):
        plan_ending(load_ending(world.store, one(world.store, Service, service)), world.rulebook, world.at())


def test_an_end_that_is_not_reached_is_a_no(world: World) -> None:
    """CAN-2: a day early the plan writes nothing."""
    service = world.run("o1")
    world.cancel(service)
    world.today = add_days(END, -1)
    plan = plan_ending(load_ending(world.store, one(world.store, Service, service)), world.rulebook, world.at())
    assert isinstance(plan.answer, EndingWaiting)
    assert [each.why for each in plan.answer.reasons] == [Why.END_NOT_REACHED]
    assert plan.writes == ()


def taken_over(world: World, *, of: ClientId = cast.ANA, key: str = "t1") -> ServiceId:
    """Take over a monthly contract since New Year's Eve today, and return its service."""
    contract = TakeOver(key=key, client=of, plan_edition=cast.CLOUD.id, cycle=Cadence.MONTHLY, anchor=day(2024, 12, 31))
    world.store.commit([plan_take_over(contract, 1, world.rulebook, world.at())])
    return service_id(key)


@pytest.mark.parametrize("terms", [cast.DEFAULT, ANY_TIME], ids=["before_renewal_invoice", "any_time"])
def test_a_contract_taken_over_ends_with_the_period_that_was_paid_elsewhere(begin: Begin, terms: TermsEdition) -> None:
    """CAN-2: its last period was invoiced elsewhere, and counts as paid."""
    world = begin(terms)
    service = taken_over(world)
    assert world.cancel(service) == CancellationAccepted(effective=END, voids=0)
    world.bill_to(END)
    assert world.state(service) is ServiceState.CANCELLED
    assert world.charged(service) == []


def test_any_time_voids_the_first_renewal_of_a_contract_taken_over(begin: Begin) -> None:
    """CAN-4 ANY_TIME: no invoice is left that counts, and the service ends with the period paid elsewhere."""
    world = begin(ANY_TIME)
    service = taken_over(world)
    world.bill_to(ISSUED)
    assert world.cancel(service) == CancellationAccepted(effective=END, voids=1)
    assert world.service(service).last_period == 1
    world.bill_to(END)
    assert world.state(service) is ServiceState.CANCELLED


def next_edition(deadline: CancellationDeadline) -> TermsEdition:
    """Return an edition that governs the period after the running one, with this deadline."""
    says = examples.terms(cancellation=examples.cancellation_terms(deadline=deadline))
    return examples.terms_edition(name="terms_next", published=day(2025, 2, 1), effective=day(2025, 2, 20), says=says)


@pytest.mark.parametrize(
    ("first", "second", "voids"),
    [
        (CancellationDeadline.ANY_TIME, CancellationDeadline.BEFORE_RENEWAL_INVOICE, 1),
        (CancellationDeadline.BEFORE_RENEWAL_INVOICE, CancellationDeadline.ANY_TIME, 0),
    ],
)
def test_the_running_periods_terms_judge_a_request(
    begin: Begin, first: CancellationDeadline, second: CancellationDeadline, voids: int
) -> None:
    """REN-4: a renewal issued under other terms does not change those of the period that runs."""
    world = begin(edition(first))
    service = world.run("o1")
    world.publish(next_edition(second))
    world.bill_to(ISSUED)
    assert world.invoice(service, 1).terms_edition == "terms_next"
    assert world.cancel(service).voids == voids
    assert world.service(service).terms_edition == (examples.TERMS_EDITION if voids else "terms_next")


def test_the_terms_of_a_contract_taken_over_judge_its_running_period(begin: Begin) -> None:
    """REN-4: taken over under ANY_TIME, the period that runs is governed so; the edition of its renewal is another."""
    world = begin(ANY_TIME)
    service = taken_over(world)
    world.publish(next_edition(CancellationDeadline.BEFORE_RENEWAL_INVOICE))
    world.bill_to(ISSUED)
    assert world.cancel(service) == CancellationAccepted(effective=END, voids=1)


def test_all_siblings_are_expected_as_they_were_read(begin: Begin) -> None:
    """CAN-4 ALL_INVOICES: the end rests on every service of the client, so that none gets a debt meanwhile."""
    world = begin(ALL_INVOICES)
    service, other = world.run("o1"), world.run("o2")
    world.cancel(service)
    world.today = END
    plan = plan_ending(load_ending(world.store, one(world.store, Service, service)), world.rulebook, world.at())
    assert {each.id for each in plan.expects if each.kind is Service} == {service, other}
