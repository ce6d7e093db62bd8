"""The timeline of an unpaid invoice, day by day: reminders, suspension, last notice, termination, cancellation."""

from typing import Final

import attrs
import pytest

from altocore.billing.invoices import Invoice, InvoiceKind, invoice_id
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing, StandingCommand, StandingState
from altocore.errors import HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, MessageState
from altocore.plans.reading import Ids
from altocore.policy.overdue import StepsWaiting
from altocore.terms.reasons import Why
from altocore.values.days import Day, add_days, day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.workflows.closing import closed
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.dunning import OverdueCase, plan_overdue, plan_standing_step
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.moving import moved
from altocore.workflows.one import one
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin

DUE: Final = day(2025, 2, 27)
"""When the first renewal of a service that runs since 31 January is due."""

SUSPENDED: Final = add_days(DUE, 5)
LAST_NOTICE: Final = add_days(DUE, 27)
TERMINATED: Final = add_days(DUE, 30)
CANCELLED: Final = add_days(DUE, 60)

REMINDERS: Final = [
    (add_days(DUE, -5), MessageKind.REMINDER),
    (add_days(DUE, -1), MessageKind.REMINDER),
    (add_days(DUE, 1), MessageKind.REMINDER),
    (add_days(DUE, 3), MessageKind.REMINDER),
]

STEPS: Final = (
    MessageKind.REMINDER,
    MessageKind.SERVICE_SUSPENDED,
    MessageKind.LAST_NOTICE,
    MessageKind.SERVICE_TERMINATED,
    MessageKind.INVOICE_CANCELLED,
    MessageKind.SERVICE_CANCELLED,
)


def warned(world: World) -> ServiceId:
    """Return a service that never pays its renewal, on the day of its last notice, which a channel took that day."""
    service = world.run("o1")
    world.bill_to(LAST_NOTICE)
    world.take_last_notice(service, 1)
    return service


def test_the_whole_timeline_of_a_renewal(world: World) -> None:
    """PAY-2: -5, -1, +1, +3 reminders; +5 suspended; +27 last notice; +30 terminated; +60 the invoice cancelled."""
    service = warned(world)
    world.bill_to(day(2025, 6, 30))
    assert world.told(*STEPS) == [
        *REMINDERS,
        (SUSPENDED, MessageKind.SERVICE_SUSPENDED),
        (LAST_NOTICE, MessageKind.LAST_NOTICE),
        (TERMINATED, MessageKind.SERVICE_TERMINATED),
        (CANCELLED, MessageKind.INVOICE_CANCELLED),
    ]
    assert [(each.command, each.day, each.rule, each.actor) for each in world.events(service)[1:]] == [
        (ServiceCommand.SUSPEND, SUSPENDED, "LIF-2", Actor.BILLING_RUN),
        (ServiceCommand.TERMINATE, TERMINATED, "LIF-4", Actor.BILLING_RUN),
    ]
    standing = world.standing(service, 1)
    assert (standing.state, standing.closed, standing.next_step) == (StandingState.CANCELLED, CANCELLED, None)
    assert world.service(service).open_invoices == ()
    assert {each.cause for each in world.events(service)[1:]} == {standing.id}


@pytest.mark.parametrize(
    ("on", "steps_done", "next_step", "state"),
    [
        (add_days(DUE, -6), 0, add_days(DUE, -5), ServiceState.ACTIVE),
        (add_days(DUE, -5), 1, add_days(DUE, -1), ServiceState.ACTIVE),
        (add_days(DUE, -2), 1, add_days(DUE, -1), ServiceState.ACTIVE),
        (add_days(DUE, -1), 2, add_days(DUE, 1), ServiceState.ACTIVE),
        (DUE, 2, add_days(DUE, 1), ServiceState.ACTIVE),
        (add_days(DUE, 1), 3, add_days(DUE, 3), ServiceState.ACTIVE),
        (add_days(DUE, 3), 4, SUSPENDED, ServiceState.ACTIVE),
        (add_days(DUE, 4), 4, SUSPENDED, ServiceState.ACTIVE),
        (SUSPENDED, 5, LAST_NOTICE, ServiceState.SUSPENDED),
        (add_days(DUE, 26), 5, LAST_NOTICE, ServiceState.SUSPENDED),
        (LAST_NOTICE, 6, None, ServiceState.SUSPENDED),
    ],
)
def test_each_step_has_its_day(
    world: World, on: Day, steps_done: int, next_step: Day | None, state: ServiceState
) -> None:
    """PAY-2: not a day before and not a day after; between the steps nothing happens."""
    service = world.run("o1")
    world.bill_to(on)
    standing = world.standing(service, 1)
    assert (standing.steps_done, standing.next_step) == (steps_done, next_step)
    assert world.state(service) is state


def test_paid_before_it_is_due_nothing_more_is_heard(world: World) -> None:
    """PAY-2: a paid invoice leaves its timeline."""
    service = world.run("o1")
    world.bill_to(add_days(DUE, -5))
    world.pay(service, 1)
    world.bill_to(day(2025, 3, 20))
    assert world.told(*STEPS) == REMINDERS[:1]


def test_a_service_is_not_terminated_before_a_channel_took_its_last_notice(world: World) -> None:
    """PAY-2: it waits, suspended, for as long as it takes; the debt is not cancelled meanwhile either."""
    service = world.run("o1")
    world.bill_to(day(2025, 6, 30))
    assert world.state(service) is ServiceState.SUSPENDED
    standing = world.standing(service, 1)
    assert (standing.state, standing.next_step, standing.steps_done) == (StandingState.OPEN, None, 6)
    world.take_last_notice(service, 1)
    assert world.standing(service, 1).next_step == day(2025, 7, 3)
    world.bill_to(day(2025, 7, 2))
    assert world.state(service) is ServiceState.SUSPENDED
    world.bill_to(day(2025, 7, 3))
    assert world.state(service) is ServiceState.TERMINATED


@pytest.mark.parametrize(
    ("taken", "ends"),
    [
        (LAST_NOTICE, TERMINATED),
        (add_days(LAST_NOTICE, 1), add_days(TERMINATED, 1)),
        (add_days(TERMINATED, 5), add_days(TERMINATED, 8)),
    ],
)
def test_three_days_follow_the_last_notice(world: World, taken: Day, ends: Day) -> None:
    """PAY-2: "no termination for debt before 3 days after a channel took it", and never before +30."""
    service = world.run("o1")
    world.bill_to(taken)
    world.take_last_notice(service, 1)
    world.bill_to(add_days(ends, -1))
    assert world.state(service) is ServiceState.SUSPENDED
    world.bill_to(ends)
    assert world.state(service) is ServiceState.TERMINATED
    assert world.events(service)[-1].day == ends


def test_a_last_notice_is_taken_once(world: World) -> None:
    """The first day counts: told again, the termination does not move."""
    service = warned(world)
    before = world.dump()
    late = add_days(LAST_NOTICE, 2)
    assert take_last_notice(world.store, world.rulebook, invoice_id(service, 1, 1), cast.occasion(late)) == DidBefore()
    assert world.dump() == before


def test_a_last_notice_that_was_never_given_cannot_be_taken(world: World) -> None:
    """PAY-2: before the step, after the payment, and of a first invoice, nothing is recorded and the key stays free."""
    service = world.run("o1")
    unpaid = world.order("o2")
    world.bill_to(add_days(LAST_NOTICE, -1))
    before = world.dump()
    for invoice in (invoice_id(service, 1, 0), invoice_id(service, 1, 1), invoice_id(unpaid, 1, 0)):
        made = take_last_notice(world.store, world.rulebook, invoice, world.at())
        assert isinstance(made, Did)
        assert made.answer == one(world.store, Standing, invoice).document
    assert world.dump() == before
    world.bill_to(LAST_NOTICE)
    world.pay(service, 1)
    before = world.dump()
    assert world.take_last_notice(service, 1).last_notice_taken is None
    assert world.dump() == before


def test_an_unknown_invoice_takes_no_notice(world: World) -> None:
    """Misuse, named by kind."""
    with pytest.raises(UnknownKey) as refused:
        take_last_notice(world.store, world.rulebook, InvoiceId("inv_no"), world.at())
    assert refused.value.field == "standing"


def test_what_was_settled_of_a_cancelled_invoice_is_released(world: World) -> None:
    """PAY-6, PAY-11: net and tax are taken back, what came of it is the client's credit."""
    service = warned(world)
    world.pay(service, 1, examples.usd("20.00"))
    world.bill_to(CANCELLED)
    assert world.standing(service, 1).state is StandingState.CANCELLED
    assert world.credit() == 20_00
    own = invoice_id(service, 1, 1)
    assert [(each.movement, each.document, each.amount, each.day) for each in world.store.postings()][-3:] == [
        (Movement.NET_CANCELLED, own, examples.HUNDRED, CANCELLED),
        (Movement.TAX_CANCELLED, own, examples.TWENTY_ONE, CANCELLED),
        (Movement.SETTLEMENT_RELEASED, own, examples.usd("20.00"), CANCELLED),
    ]


def test_an_order_that_is_never_paid_goes_with_its_invoice(world: World) -> None:
    """PAY-16, LIF-5: a first invoice reminds, never suspends, and at +60 takes the pending service with it."""
    service = world.order("o1")
    due = add_days(cast.JANUARY_31, 7)
    world.pay(service, 0, examples.usd("1.00"))
    world.bill_to(add_days(due, 59))
    assert world.state(service) is ServiceState.PENDING
    world.bill_to(add_days(due, 60))
    assert world.state(service) is ServiceState.CANCELLED
    assert world.told(*STEPS) == [
        *[(add_days(due, days), MessageKind.REMINDER) for days in (-5, -1, 1, 3)],
        (add_days(due, 60), MessageKind.INVOICE_CANCELLED),
        (add_days(due, 60), MessageKind.SERVICE_CANCELLED),
    ]
    (event,) = world.events(service)
    assert (event.command, event.before, event.rule) == (ServiceCommand.CANCEL, ServiceState.PENDING, "LIF-5")
    assert world.credit() == 1_00


def test_a_late_run_sends_one_letter(world: World) -> None:
    """PAY-2: reminders that a later due step overtakes are claimed unsent; the suspension bears the day it happened."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    world.bill_once(add_days(DUE, 40))
    told = world.messages(*STEPS)
    assert [(each.kind, each.state) for each in told] == [
        *[(MessageKind.REMINDER, MessageState.SUPERSEDED)] * 4,
        (MessageKind.SERVICE_SUSPENDED, MessageState.QUEUED),
        (MessageKind.LAST_NOTICE, MessageState.QUEUED),
    ]
    assert {each.day for each in told} == {add_days(DUE, 40)}
    assert world.events(service)[-1].day == add_days(DUE, 40)
    assert world.state(service) is ServiceState.SUSPENDED


def test_no_reminder_comes_before_the_issue(begin: Begin) -> None:
    """PAY-2: "no step before issue"; what would have come earlier counts as done, unsent."""
    world = begin(
        examples.terms_edition(
            published=cast.FOUNDED,
            effective=cast.FOUNDED,
            says=examples.terms(invoicing=examples.invoicing_terms(due_days=2)),
        )
    )
    world.order("o1")
    world.bill()
    world.bill_to(day(2025, 2, 3))
    assert [(each.day, each.state) for each in world.messages(MessageKind.REMINDER)] == [
        (day(2025, 1, 31), MessageState.SUPERSEDED),
        (day(2025, 2, 1), MessageState.QUEUED),
        (day(2025, 2, 3), MessageState.QUEUED),
    ]


def test_a_timeline_without_reminders(begin: Begin) -> None:
    """PAY-2: the reminders are terms too; with none, the suspension is the first step."""
    world = begin(
        examples.terms_edition(
            published=cast.FOUNDED,
            effective=cast.FOUNDED,
            says=examples.terms(overdue=examples.overdue_terms(reminder_days=())),
        )
    )
    service = world.run("o1")
    world.bill_to(day(2025, 2, 20))
    assert world.standing(service, 1).next_step == SUSPENDED
    world.bill_to(SUSPENDED)
    assert world.told(*STEPS) == [(SUSPENDED, MessageKind.SERVICE_SUSPENDED)]


def test_payments_come_before_the_steps_of_their_day(world: World) -> None:
    """PAY-2: "within a civil day payments come before steps": paid on the day of the termination, it does not come."""
    service = warned(world)
    world.bill_to(add_days(TERMINATED, -1))
    world.today = TERMINATED
    world.pay(service, 1)
    world.bill()
    assert world.state(service) is ServiceState.ACTIVE


def test_a_step_that_is_not_due_is_a_no(world: World) -> None:
    """PAY-16: asked a day early, the answer has its reason and the plan writes nothing."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    stored = one(world.store, Standing, invoice_id(service, 1, 1))
    plan = plan_standing_step(world.store, stored, world.rulebook, world.at())
    assert isinstance(plan.answer, StepsWaiting)
    assert [each.why for each in plan.answer.reasons] == [Why.STEP_NOT_YET_DUE]
    assert plan.writes == ()


def test_a_step_of_what_ended_is_counted_unsent(world: World) -> None:
    """PAY-2: "after termination only the invoice's cancellation remains": no letter about a service that is gone."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 18))
    standing = world.standing(service, 1)
    gone = attrs.evolve(world.service(service), state=ServiceState.TERMINATED)
    case = OverdueCase(
        standing=one(world.store, Standing, standing.id),
        invoice=one(world.store, Invoice, standing.id).document,
        service=Stored(gone, 2),
    )
    plan = plan_overdue(case, world.rulebook, cast.occasion(CANCELLED))
    assert [(each.kind, each.state) for each in plan.messages] == [
        *[(MessageKind.REMINDER, MessageState.SUPERSEDED)] * 4,
        (MessageKind.LAST_NOTICE, MessageState.SUPERSEDED),
        (MessageKind.INVOICE_CANCELLED, MessageState.QUEUED),
    ]
    assert [type(each) for each in plan.writes] == [Standing, Service]


@pytest.mark.parametrize("command", StandingCommand)
def test_a_closed_invoice_is_closed_once(world: World, command: StandingCommand) -> None:
    """PAY-12: a paid, cancelled or voided invoice has no way out; a plan that tries has met an impossible history."""
    service = world.run("o1")
    standing, invoice = world.standing(service, 0), world.invoice(service, 0)
    with pytest.raises(HistoryCorrupt, match=invoice.id):
        closed(standing, invoice, command, world.today)


def test_a_service_moves_by_its_table_only(world: World) -> None:
    """LIF-5: an active service is not reactivated; whoever plans it has met an impossible history."""
    service = world.run("o1")
    with pytest.raises(HistoryCorrupt, match=service):
        moved(world.service(service), ServiceCommand.REACTIVATE, world.at(), "cause")


def test_the_agenda_of_invoices_is_what_is_open_and_can_go_on(world: World) -> None:
    """PAY-16: a paid invoice has no next step; every kind has its own timeline."""
    service = world.run("o1")
    assert world.standing(service, 0).next_step is None
    unpaid = world.order("o2")
    assert world.standing(unpaid, 0).kind is InvoiceKind.FIRST
    found = world.store.select(Standing, Ids((invoice_id(unpaid, 1, 0),)))
    assert [each.document.next_step for each in found] == [day(2025, 2, 2)]
