"""Money comes in: in part, exactly, beyond; for what is closed; twice; wrongly; by the page."""

from collections.abc import Callable

import attrs
import pytest

from altocore.billing.invoices import invoice_id
from altocore.billing.ledger import Movement
from altocore.billing.payments import Payment, PaymentNotice, payment_id
from altocore.billing.standing import StandingState
from altocore.errors import BadValue, HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.plans.messages import MessageKind
from altocore.policy.payment import PaymentRefused
from altocore.terms.reasons import Why
from altocore.values.days import add_days, day
from altocore.values.ids import InvoiceId, ServiceId
from altocore.values.money import Money, money
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.paying import pay, take_payments
from altocore.workflows.settling import settled
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.conftest import Begin

GATEWAY = Actor.GATEWAY


def test_a_payment_to_the_cent_settles_its_invoice(world: cast.World) -> None:
    """PAY-1, LIF-1: the invoice is paid on the day of the payment, and its service is to be provisioned."""
    service = world.order("o1")
    world.today = day(2025, 2, 3)
    answer = world.pay(service, 0)
    standing = world.standing(service, 0)
    assert (answer.settlement.applied, answer.settlement.kept) == (cast.WHOLE, examples.NOTHING)
    assert (standing.state, standing.settled, standing.closed) == (StandingState.PAID, cast.WHOLE, world.today)
    assert standing.next_step is None
    assert world.service(service).open_invoices == ()
    assert world.state(service) is ServiceState.PENDING
    assert world.told()[-2:] == [
        (world.today, MessageKind.PAYMENT_RECEIVED),
        (world.today, MessageKind.SERVICE_TO_PROVISION),
    ]
    own = payment_id("cards", "1")
    assert list(world.store.postings())[-1] == examples.posting(
        movement=Movement.PAYMENT_SETTLED, document=own, on=world.today, amount=cast.WHOLE
    )
    assert one(world.store, Payment, own).document.settled == cast.WHOLE


def test_a_payment_in_part_leaves_the_rest_owed(world: cast.World) -> None:
    """PAY-1: what came is settled, the invoice stays open and on its timeline, the service where it was."""
    service = world.order("o1")
    before = world.standing(service, 0)
    world.pay(service, 0, examples.usd("100.00"))
    after = world.standing(service, 0)
    assert after == attrs.evolve(before, settled=examples.usd("100.00"))
    assert world.service(service).open_invoices == (after.id,)
    assert world.messages(MessageKind.SERVICE_TO_PROVISION) == []
    world.pay(service, 0, examples.usd("20.99"))
    assert world.standing(service, 0).open_amount == examples.usd("0.01")
    world.pay(service, 0, examples.usd("0.01"))
    assert world.standing(service, 0).state is StandingState.PAID
    assert world.credit() == 0
    assert len(world.messages(MessageKind.SERVICE_TO_PROVISION)) == 1


@pytest.mark.parametrize("over", ["0.01", "121.00", "99999999.99"])
def test_what_is_paid_beyond_becomes_credit(world: cast.World, over: str) -> None:
    """PAY-6: the invoice takes its total, the client keeps the rest, each posted by itself."""
    service = world.order("o1")
    extra = examples.usd(over)
    answer = world.pay(service, 0, cast.WHOLE + extra)
    assert (answer.settlement.applied, answer.settlement.kept) == (cast.WHOLE, extra)
    assert world.credit() == extra.minor
    assert [(each.movement, each.amount) for each in world.store.postings()][-2:] == [
        (Movement.PAYMENT_SETTLED, cast.WHOLE),
        (Movement.PAYMENT_KEPT, extra),
    ]


def test_money_for_a_paid_invoice_becomes_credit(world: cast.World) -> None:
    """PAY-6: another transaction for what is paid settles nothing and is lost to nobody; no service is told of."""
    service = world.run("o1")
    before = world.standing(service, 0), world.service(service)
    answer = world.pay(service, 0, examples.usd("5.00"))
    assert (answer.settlement.applied, answer.settlement.kept) == (examples.NOTHING, examples.usd("5.00"))
    assert (world.standing(service, 0), world.service(service)) == before
    assert world.credit() == 500


def test_money_for_a_cancelled_invoice_becomes_credit(world: cast.World) -> None:
    """PAY-6: "a payment for a lapsed, voided or cancelled invoice becomes credit"; the order stays cancelled (LIF-5)."""
    service = world.order("o1")
    world.bill_once(day(2025, 6, 1))
    assert world.standing(service, 0).state is StandingState.CANCELLED
    world.pay(service, 0, cast.WHOLE)
    assert world.standing(service, 0).settled == examples.NOTHING
    assert world.credit() == cast.WHOLE.minor
    assert world.state(service) is ServiceState.CANCELLED


def test_money_for_a_voided_invoice_becomes_credit(begin: Begin) -> None:
    """PAY-6, CAN-4 ANY_TIME: the period will not come, and its money is the client's."""
    world = begin(cast.TERMS)
    service = world.run("o1")
    world.bill_to(day(2025, 2, 20))
    world.cancel(service)
    assert world.standing(service, 1).state is StandingState.VOIDED
    world.pay(service, 1, cast.WHOLE)
    assert world.credit() == cast.WHOLE.minor
    assert world.standing(service, 1).state is StandingState.VOIDED


@pytest.mark.parametrize("amount", [money("121", "JPY"), money("121.000", "KWD")])
def test_another_currency_settles_nothing(world: cast.World, amount: Money) -> None:
    """CLI-8: no conversion; the answer names both currencies, and the transaction may still be told rightly."""
    service = world.order("o1")
    before = world.dump()
    told = world.notice(world.standing(service, 0).id, amount)
    made = pay(world.store, world.rulebook, told, world.at(GATEWAY))
    assert isinstance(made, Did)
    assert isinstance(made.answer, PaymentRefused)
    assert [(each.rule, each.why) for each in made.answer.reasons] == [("CLI-8", Why.CURRENCY_DIFFERS)]
    assert made.answer.reasons[0].cites == (("currency", amount.currency.code), ("invoice_currency", "USD"))
    assert world.dump() == before
    again = attrs.evolve(told, amount=cast.WHOLE)
    assert isinstance(pay(world.store, world.rulebook, again, world.at(GATEWAY)), Did)


def test_a_notice_told_twice_is_one_payment(world: cast.World) -> None:
    """PAY-18: a payment notice may come twice, on another day and after all is paid; nothing happens again."""
    service = world.order("o1")
    told = world.notice(world.standing(service, 0).id, examples.usd("50.00"))
    assert isinstance(pay(world.store, world.rulebook, told, world.at(GATEWAY)), Did)
    world.pay(service, 0)
    before = world.dump()
    world.today = day(2025, 4, 1)
    assert pay(world.store, world.rulebook, told, world.at(GATEWAY)) == DidBefore()
    assert world.dump() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda told: attrs.evolve(told, means="cash"),
        lambda told: attrs.evolve(told, amount=examples.usd("121.01")),
        lambda told: attrs.evolve(told, received=day(2025, 2, 1)),
    ],
    ids=["means", "amount", "received"],
)
def test_a_transaction_with_other_facts_is_misuse(
    world: cast.World, change: Callable[[PaymentNotice], PaymentNotice]
) -> None:
    """A transaction of a gateway is one payment for ever: told otherwise, the teller is wrong."""
    service = world.order("o1")
    told = world.notice(world.standing(service, 0).id)
    pay(world.store, world.rulebook, told, world.at(GATEWAY))
    before = world.dump()
    with pytest.raises(BadValue) as refused:
        pay(world.store, world.rulebook, change(told), world.at(GATEWAY))
    assert refused.value.field == "payment"
    assert world.dump() == before


def test_a_transaction_belongs_to_one_invoice(world: cast.World) -> None:
    """The same transaction cannot pay another invoice too; one of another gateway can."""
    first, second = world.order("o1"), world.order("o2")
    told = world.notice(world.standing(first, 0).id)
    pay(world.store, world.rulebook, told, world.at(GATEWAY))
    other = attrs.evolve(told, invoice=world.standing(second, 0).id)
    with pytest.raises(BadValue):
        pay(world.store, world.rulebook, other, world.at(GATEWAY))
    assert isinstance(pay(world.store, world.rulebook, attrs.evolve(other, gateway="bank"), world.at(GATEWAY)), Did)
    assert world.standing(second, 0).state is StandingState.PAID


def test_an_unknown_invoice_is_told_by_kind(world: cast.World) -> None:
    """The fault says that no such invoice stands here, and repeats no id."""
    before = world.dump()
    with pytest.raises(UnknownKey) as refused:
        pay(world.store, world.rulebook, world.notice(InvoiceId("inv_no"), cast.WHOLE), world.at(GATEWAY))
    assert str(refused.value) == "invoice: no such document is stored"
    assert world.dump() == before


def test_a_payment_after_the_termination_settles_and_brings_nothing_back(world: cast.World) -> None:
    """LIF-6, PAY-5: a terminated service comes back by restoration only; what it owed can still be paid."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 26))
    world.take_last_notice(service, 1)
    world.bill_to(day(2025, 3, 29))
    assert world.state(service) is ServiceState.TERMINATED
    world.pay(service, 1)
    assert world.standing(service, 1).state is StandingState.PAID
    assert world.state(service) is ServiceState.TERMINATED
    assert world.service(service).open_invoices == ()
    assert world.service(service).next_step is None
    world.bill_to(day(2025, 5, 10))
    assert world.standing(service, 1).state is StandingState.PAID


def file_of(world: cast.World) -> list[PaymentNotice]:
    """Return a gateway's file: four orders paid, in part, exactly, over; one invoice nobody knows; one foreign amount."""
    services = [world.order(f"o{number}") for number in range(5)]
    invoices = [world.standing(each, 0).id for each in services]
    return [
        world.notice(invoices[0], examples.usd("1.00")),
        world.notice(InvoiceId("inv_no"), cast.WHOLE),
        world.notice(invoices[1]),
        world.notice(invoices[4], money("121", "JPY")),
        world.notice(invoices[2], examples.usd("200.00")),
        world.notice(invoices[0], examples.usd("120.00")),
        world.notice(invoices[3]),
    ]


@pytest.mark.parametrize("page", [1, 2, 3, 500])
def test_a_file_is_taken_page_by_page(world: cast.World, page: int) -> None:
    """PAY-18: each notice once; the unknown invoice is parked under its transaction and stops nobody; a no is counted."""
    notices = file_of(world)
    report = take_payments(world.store, world.rulebook, notices, world.at(GATEWAY), page=page)
    assert report.committed == 5
    assert [(each.id, each.problem) for each in report.parked] == [
        (f"cards/{notices[1].transaction}", "invoice: no such document is stored")
    ]
    assert report.left == []
    assert report.rules == {"PAY-1": 5, "PAY-6": 1}
    assert [each.rules for each in report.refused] == [("CLI-8",)]
    assert report.fired == {"PAY-1": 5, "PAY-6": 1, "CLI-8": 1}
    assert [world.standing(each, 0).state for each in map(service_of, range(5))] == [
        *[StandingState.PAID] * 4,
        StandingState.OPEN,
    ]
    assert world.credit() == 79_00


def service_of(number: int) -> ServiceId:
    """Return the service of an order of the file."""
    return service_id(f"o{number}")


def test_a_file_that_comes_again_changes_nothing(world: cast.World) -> None:
    """PAY-18: told again, whole or in part, in another order, nothing happens."""
    notices = file_of(world)
    take_payments(world.store, world.rulebook, notices, world.at(GATEWAY))
    before = world.dump()
    for again in (notices, list(reversed(notices)), notices[2:4], [*notices, *notices]):
        report = take_payments(world.store, world.rulebook, again, world.at(GATEWAY), page=3)
        assert (report.committed, report.left) == (0, [])
        assert world.dump() == before


def test_a_file_may_hold_a_notice_twice(world: cast.World) -> None:
    """PAY-18: twice in one page it is one payment, and what rests on it in that page is planned again."""
    service = world.order("o1")
    half = world.notice(world.standing(service, 0).id, examples.usd("60.00"))
    rest = world.notice(world.standing(service, 0).id, examples.usd("61.00"))
    report = take_payments(world.store, world.rulebook, [half, half, rest], world.at(GATEWAY))
    assert (report.committed, report.parked, report.left) == (2, [], [])
    assert world.standing(service, 0).state is StandingState.PAID
    assert world.credit() == 0


def test_no_file_is_nothing_done(world: cast.World) -> None:
    """An empty file commits nothing."""
    before = world.dump()
    assert take_payments(world.store, world.rulebook, [], world.at(GATEWAY)).committed == 0
    assert world.dump() == before


def test_a_file_that_contradicts_an_earlier_one_is_named(world: cast.World) -> None:
    """What `pay` refuses as misuse, a file's report must name: money would be lost in silence (PAY-18)."""
    service = world.order("o1")
    told = world.notice(world.standing(service, 0).id, examples.usd("50.00"))
    take_payments(world.store, world.rulebook, [told], world.at(GATEWAY))
    other = attrs.evolve(told, amount=examples.usd("60.00"))
    report = take_payments(world.store, world.rulebook, [other], world.at(GATEWAY))
    assert [(each.id, each.problem) for each in report.parked] == [
        (f"cards/{told.transaction}", "was done before, with another input")
    ]
    assert (report.committed, report.left) == (0, [])


def test_invoices_of_the_next_period_are_paid_on_their_own(world: cast.World) -> None:
    """PAY-1: a renewal paid in time moves nothing but itself; no second provisioning is asked."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 20))
    before = len(world.messages(MessageKind.SERVICE_TO_PROVISION))
    world.pay(service, 1)
    assert world.standing(service, 1).closed == day(2025, 2, 20)
    assert world.state(service) is ServiceState.ACTIVE
    assert len(world.messages(MessageKind.SERVICE_TO_PROVISION)) == before
    assert world.service(service).next_step == add_days(day(2025, 3, 31), -10)
    assert invoice_id(service, 1, 1) not in world.service(service).open_invoices


def test_money_that_settles_what_is_closed_is_no_history(world: cast.World) -> None:
    """PAY-12: nothing is open of a paid invoice, so a plan that settles one has met an impossible history."""
    service = world.run("o1")
    bare = attrs.evolve(world.standing(service, 0), settled=examples.NOTHING)
    with pytest.raises(HistoryCorrupt, match=bare.id):
        settled(bare, cast.WHOLE, world.at(GATEWAY))
