"""Renewals: issued ten days before the end, due on the last day; held back while anything is unpaid; caught up at once."""

from collections.abc import Callable
from itertools import pairwise

import attrs
import pytest

from altocore.billing.invoices import InvoiceKind, invoice_id
from altocore.billing.ledger import Movement
from altocore.billing.payments import payment_id
from altocore.billing.standing import StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind
from altocore.policy.renewal import RenewalFacts, RenewalWithheld
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence, nth_period
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.door import Did
from altocore.workflows.one import one
from altocore.workflows.paying import pay
from altocore.workflows.renewing import RenewalCase, plan_renewal, renewal_facts
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.stores import Passing

RENEWAL = InvoiceKind.RENEWAL


@pytest.mark.parametrize(
    ("plan", "cycle", "end"),
    [
        (cast.CLOUD, Cadence.MONTHLY, day(2025, 2, 28)),
        (cast.CLOUD, Cadence.QUARTERLY, day(2025, 4, 30)),
        (cast.SHARED, Cadence.SEMIANNUAL, day(2025, 7, 31)),
        (cast.CLOUD, Cadence.ANNUAL, day(2026, 1, 31)),
        (cast.SHARED, Cadence.BIENNIAL, day(2027, 1, 31)),
    ],
)
def test_a_renewal_is_issued_ten_days_before_the_end(world: World, plan: PlanEdition, cycle: Cadence, end: Day) -> None:
    """REN-1, REN-2: for an equal term, not a day before `end` - 10, due on `end` - 1, under the next number."""
    service = world.run("o1", plan=plan, cycle=cycle)
    assert world.service(service).next_step == add_days(end, -10)
    world.bill_once(add_days(end, -11))
    assert len(world.charged(service)) == 1
    world.bill_once(add_days(end, -10))
    assert world.charged(service)[1:] == [(1, RENEWAL, add_days(end, -10), add_days(end, -1))]
    renewal = world.invoice(service, 1)
    assert renewal.period == nth_period(cast.JANUARY_31, cycle, 1)
    assert renewal.net == world.invoice(service, 0).net
    assert world.numbers() == [1, 2]


def test_periods_keep_the_anchors_day_of_the_month(world: World) -> None:
    """REN-1: the n-th boundary is counted from the anchor, so a 31st comes back after February, leap years too."""
    service = world.run("o1")
    for number in range(1, 15):
        following = world.service(service).next_step
        assert following is not None
        world.bill_to(following)
        world.pay(service, number)
    periods = [world.invoice(service, number).period for number in range(1, 15)]
    assert [each.start.day for each in periods if each is not None] == [
        *[28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31],  # February to December
        *[31, 28, 31],  # January 2026 to March
    ]
    assert all(
        before is not None and after is not None and before.end == after.start for before, after in pairwise(periods)
    )


def test_a_renewal_is_told_and_numbered_and_posted(world: World) -> None:
    """PAY-12, PAY-13: as a first invoice is; nothing of it is owed to a channel but its message."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    invoice = world.invoice(service, 1)
    assert world.told()[-1] == (day(2025, 2, 18), MessageKind.INVOICE_ISSUED)
    assert [(each.movement, each.document, each.amount) for each in world.store.postings()][-2:] == [
        (Movement.NET_INVOICED, invoice.id, examples.HUNDRED),
        (Movement.TAX_INVOICED, invoice.id, examples.TWENTY_ONE),
    ]
    assert world.service(service).open_invoices == (invoice.id,)
    assert world.service(service).next_step is None


def test_credit_pays_a_renewal(world: World) -> None:
    """PAY-7: on the day of its issue; paid in full, the next one is on the agenda at once."""
    service = world.run("o1")
    world.pay(service, 0, cast.WHOLE + examples.usd("1.00"))
    world.bill_to(day(2025, 2, 18))
    assert world.standing(service, 1).state is StandingState.PAID
    assert world.credit() == 100
    assert world.service(service).next_step == day(2025, 3, 21)


def test_no_renewal_is_issued_while_a_period_is_unpaid(world: World) -> None:
    """REN-9: the unpaid one keeps the next one back, day after day; no agenda entry is left behind."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 25))
    assert [number for number, *_ in world.charged(service)] == [0, 1]
    assert world.service(service).next_step is None


def test_paid_late_a_missed_renewal_is_issued_the_same_day(world: World) -> None:
    """REN-9: on the day of payment, due on the later of its own due day and issue + 7; no boundary moves."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 22))
    world.pay(service, 1)
    assert world.charged(service)[2:] == [(2, RENEWAL, day(2025, 3, 22), day(2025, 3, 30))]
    assert world.invoice(service, 2).period == nth_period(cast.JANUARY_31, Cadence.MONTHLY, 2)


@pytest.mark.parametrize(
    ("paid", "due"),
    [
        (day(2025, 3, 21), day(2025, 3, 30)),  # issued on its day
        (day(2025, 3, 23), day(2025, 3, 30)),  # its own due day is the later
        (day(2025, 3, 24), day(2025, 3, 31)),  # issue + 7 is
        (day(2025, 3, 27), day(2025, 4, 3)),
    ],
)
def test_a_late_renewal_is_due_on_the_later_day(world: World, paid: Day, due: Day) -> None:
    """REN-9: "due on the later of its own due day and issue + due_days"."""
    service = world.run("o1")
    world.bill_to(paid)
    world.pay(service, 1)
    assert world.charged(service)[2:] == [(2, RENEWAL, paid, due)]


def test_one_payment_does_all_that_hung_on_it_in_one_commit(world: World) -> None:
    """PAY-14, REN-9, PAY-7: the late payment lifts the suspension, its surplus pays the missed renewal, one plan."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 22))
    assert world.state(service) is ServiceState.SUSPENDED
    one_door = Passing(world.store)
    told = world.notice(invoice_id(service, 1, 1), cast.WHOLE + cast.WHOLE + examples.usd("0.01"))
    made = pay(one_door, world.rulebook, told, world.at(Actor.GATEWAY))
    assert one_door.commits == 1
    assert isinstance(made, Did)
    assert made.numbers == ((invoice_id(service, 1, 2), 3),)
    assert world.state(service) is ServiceState.ACTIVE
    assert [world.standing(service, number).state for number in (1, 2)] == [StandingState.PAID] * 2
    assert world.standing(service, 2).closed == world.today
    assert world.credit() == 1
    back = world.events(service)[-1]
    assert (back.command, back.actor, back.cause) == (
        ServiceCommand.REACTIVATE,
        Actor.GATEWAY,
        payment_id("cards", told.transaction),
    )
    assert world.told()[-3:] == [
        (world.today, MessageKind.PAYMENT_RECEIVED),
        (world.today, MessageKind.SERVICE_REACTIVATED),
        (world.today, MessageKind.INVOICE_ISSUED),
    ]
    assert [each.movement for each in world.store.postings()][-5:] == [
        Movement.PAYMENT_SETTLED,
        Movement.PAYMENT_KEPT,
        Movement.NET_INVOICED,
        Movement.TAX_INVOICED,
        Movement.CREDIT_APPLIED,
    ]


def test_credit_pays_several_missed_renewals_in_one_commit(world: World) -> None:
    """REN-9, PAY-7: renewal after renewal while credit pays them; the first that it does not pay stays open."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    world.today = day(2025, 5, 25)
    world.pay(service, 1, examples.usd("363.50"))
    assert [each[0] for each in world.charged(service)] == [0, 1, 2, 3, 4]
    assert [world.standing(service, number).state for number in range(1, 5)] == [
        *[StandingState.PAID] * 3,
        StandingState.OPEN,
    ]
    assert world.standing(service, 4).settled == examples.usd("0.50")
    assert world.credit() == 0
    assert world.numbers() == [1, 2, 3, 4, 5]


def test_paid_in_part_a_suspended_service_stays_suspended(world: World) -> None:
    """PAY-14: all of it must be paid, to the last cent."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 10))
    world.pay(service, 1, examples.usd("120.99"))
    assert world.state(service) is ServiceState.SUSPENDED
    world.pay(service, 1)
    assert world.state(service) is ServiceState.ACTIVE


def test_a_client_that_keeps_its_credit_owes_its_renewals(world: World) -> None:
    """PAY-7: KEEP is kept at renewals too."""
    service = world.run("o1", of=cast.CLEO)
    world.pay(service, 0, examples.usd("1000.00"))
    world.bill_to(day(2025, 2, 18))
    assert world.standing(service, 1).settled == examples.NOTHING
    assert world.credit(cast.CLEO) == 1000_00


def test_a_renewal_of_nothing_renews_for_ever(world: World) -> None:
    """REN-1: an invoice of nothing is paid as it is issued, so nothing holds the next one back."""
    service = world.run("o1", plan=cast.FREE)
    world.bill_to(day(2025, 6, 30))
    assert [each[0] for each in world.charged(service)] == [0, 1, 2, 3, 4, 5]
    assert world.events(service)[-1].command is ServiceCommand.ACTIVATE


PENDING_END = examples.ending(asked=cast.JANUARY_31, effective=cast.JANUARY_31)


def case_of(world: World, service: Service) -> RenewalCase:
    """Return the case of a service, however it stands."""
    stored = one(world.store, Service, service.id)
    return RenewalCase(
        service=attrs.evolve(stored, document=service),
        client=one(world.store, Client, service.client),
        plan=cast.CLOUD,
        credit=examples.NOTHING,
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda service: attrs.evolve(service, state=ServiceState.CANCELLED), Why.SERVICE_NOT_RUNNING),
        (lambda service: attrs.evolve(service, ending=PENDING_END), Why.CANCELLATION_PENDING),
        (lambda service: attrs.evolve(service, open_invoices=("inv_1",)), Why.EARLIER_PERIOD_UNPAID),
        (lambda service: service, Why.RENEWAL_NOT_YET_DUE),
    ],
)
def test_a_renewal_that_is_not_due_is_a_no(world: World, change: Callable[[Service], Service], why: Why) -> None:
    """REN-1, CAN-4, REN-9, REN-2: each reason holds it back, and a no writes nothing."""
    service = change(world.service(world.run("o1")))
    plan = plan_renewal(case_of(world, service), world.rulebook, world.at())
    assert isinstance(plan.answer, RenewalWithheld)
    assert why in [each.why for each in plan.answer.reasons]
    assert (plan.writes, plan.postings, plan.numbers) == ((), (), ())


def test_what_was_never_activated_cannot_renew(world: World) -> None:
    """REN-8: without an anchor there is no period; a row that says it is due contradicts itself, and is named."""
    service = world.order("o1")
    with pytest.raises(HistoryCorrupt, match=service):
        renewal_facts(world.service(service), world.rulebook.editions, world.today)


def test_the_facts_of_a_renewal_name_nobody(world: World) -> None:
    """Facts hold what the rule reads and no identity: two services in the same place are one question."""
    facts: list[RenewalFacts] = []
    services: list[ServiceId] = [world.run("o1"), world.run("o2", of=cast.BEN)]
    facts += [renewal_facts(world.service(each), world.rulebook.editions, world.today) for each in services]
    assert facts[0] == facts[1]


def test_no_notice_at_all_still_renews(begin: Begin) -> None:
    """REN-2: whatever the notice in days, a renewal is issued on its day, or such terms are refused as terms."""
    world = begin(
        examples.terms_edition(
            published=cast.FOUNDED,
            effective=cast.FOUNDED,
            says=examples.terms(invoicing=examples.invoicing_terms(renewal_notice_days=0)),
        )
    )
    service = world.run("o1")
    world.bill_to(day(2025, 2, 28))
    assert len(world.charged(service)) == 2
