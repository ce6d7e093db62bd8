"""A client's credit pays the oldest debt first, and money that came in is never lost for what follows it."""

import attrs
import pytest

from altocore.billing.standing import StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import CreditUse
from altocore.errors import BadValue, Unavailable
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.terms.options import CancellationDebt
from altocore.values.currencies import currency
from altocore.values.days import add_days, day
from altocore.values.ids import ServiceId
from altocore.workflows.day import bill_day
from altocore.workflows.last_notices import take_last_notice
from altocore.workflows.paying import pay, take_payments
from altocore.workflows.registering import register
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.stores import BlindStore


def with_debt_and_credit(world: World) -> tuple[ServiceId, ServiceId]:
    """Return two services of Ana's: `old` is suspended over 121, `new` renews in a week; she has 150 of credit."""
    old = world.run("old")
    world.bill_to(day(2025, 2, 18))
    new = world.run("new")
    world.bill_to(day(2025, 3, 5))
    assert world.state(old) is ServiceState.SUSPENDED
    world.pay(new, 0, examples.usd("150.00"))
    return old, new


def test_credit_pays_the_oldest_debt_first(world: World) -> None:
    """PAY-7: at the next issue the debt of February is settled before the invoice of today, and PAY-14 follows."""
    old, new = with_debt_and_credit(world)
    before = world.credit()
    world.bill_to(day(2025, 3, 8))
    assert before == 150_00
    assert world.standing(old, 1).state is StandingState.PAID
    assert world.state(old) is ServiceState.ACTIVE
    assert world.credit() == 0
    assert world.standing(new, 1).settled == examples.usd("29.00")


def test_an_order_spends_credit_on_older_debt_first(world: World) -> None:
    """PAY-7: a new purchase is an invoice like any other."""
    old, _ = with_debt_and_credit(world)
    fresh = world.order("fresh")
    assert world.standing(old, 1).state is StandingState.PAID
    assert world.standing(fresh, 0).settled <= examples.usd("29.00")


def test_a_client_that_keeps_its_credit_keeps_it(world: World) -> None:
    """PAY-7: "unless the client asked to keep it"."""
    keeper = examples.client(name="cli_keeper", credit_use=CreditUse.KEEP)
    register(world.store, keeper, world.at(Actor.CLIENT))
    old = world.run("old", of=keeper.id)
    world.bill_to(day(2025, 3, 5))
    other = world.order("other", of=keeper.id)
    world.pay(other, 0, examples.usd("300.00"))
    kept = world.credit(keeper.id)
    world.order("third", of=keeper.id)
    assert world.credit(keeper.id) == kept
    assert world.standing(old, 1).state is StandingState.OPEN


def test_a_renewal_that_cannot_be_issued_does_not_lose_the_payment(begin: Begin) -> None:
    """PAY-18, PAY-14: the new terms forget the client's tax region; what was owed is still paid, and the service is back."""
    world = begin(cast.DEFAULT)
    late = world.run("late")
    world.bill_to(day(2025, 3, 20))
    assert world.state(late) is ServiceState.SUSPENDED
    forgetful = examples.terms(tax=examples.tax_terms(rates=(examples.EXPORT,)))
    world.publish(examples.terms_edition(name="forgets", published=world.today, effective=world.today, says=forgetful))
    world.today = day(2025, 3, 21)
    world.pay(late, 1)
    assert world.standing(late, 1).state is StandingState.PAID
    assert world.state(late) is ServiceState.ACTIVE
    report = bill_day(world.store, world.rulebook, world.at())
    assert [each.id for each in report.parked] == [late]


def test_the_end_that_waited_for_another_debt_comes_the_day_it_is_paid(begin: Begin) -> None:
    """CAN-4 under ALL_INVOICES: paid after the day's run, it takes effect that very day."""
    says = examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES))
    world = begin(examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says))
    leaving = world.run("leaving")
    owing = world.order("owing")
    world.cancel(leaving)
    world.bill_to(day(2025, 3, 3))
    assert world.state(leaving) is ServiceState.ACTIVE
    world.pay(owing, 0)
    assert world.state(leaving) is ServiceState.CANCELLED


def test_a_last_notice_cannot_be_taken_before_it_is_made(world: World) -> None:
    """PAY-2: a day before the notice would let the termination come too early."""
    service = world.run("o1")
    world.bill_to(day(2025, 3, 30))
    made = world.standing(service, 1).last_notice_queued
    assert made is not None
    early = attrs.evolve(world.at(), day=add_days(made, -1))
    with pytest.raises(BadValue, match="day"):
        take_last_notice(world.store, world.rulebook, world.invoice(service, 1).id, early)
    assert world.standing(service, 1).last_notice_taken is None


def test_a_client_in_a_currency_that_is_not_sold_cannot_order(world: World) -> None:
    """CLI-8: the provider says in which currencies it sells."""
    stranger = examples.client(name="cli_euro", billed_in=currency("EUR"))
    register(world.store, stranger, world.at(Actor.CLIENT))
    with pytest.raises(BadValue, match="currency"):
        world.order("euro", of=stranger.id)


def test_a_file_of_payments_spends_no_credit_twice(world: World) -> None:
    """PAY-6, PAY-7: two payments of one page, the first beyond its invoice: the credit is there once."""
    old, new = with_debt_and_credit(world)
    notices = [world.notice(world.invoice(old, 1).id), world.notice(world.invoice(new, 0).id, examples.usd("1.00"))]
    report = take_payments(world.store, world.rulebook, notices, world.at())
    assert report.committed == 2
    assert world.credit() >= 0


def test_money_of_tomorrow_is_not_taken_today(world: World) -> None:
    """PAY-18: a notice that is dated after the day it is told is a mistake of whoever tells it."""
    service = world.order("o1")
    notice = attrs.evolve(world.notice(world.invoice(service, 0).id), received=add_days(world.today, 1))
    report = take_payments(world.store, world.rulebook, [notice], world.at())
    assert [each.problem for each in report.parked] == ["received: lies after the day on which it is told"]
    assert world.standing(service, 0).state is StandingState.OPEN


def test_a_store_that_cannot_be_read_stops_a_payment(world: World) -> None:
    """What follows a payment is left out where it cannot be planned, never where the outside failed: nothing is taken."""
    late = world.run("late")
    world.bill_to(day(2025, 3, 21))
    before = world.dump()
    blind = BlindStore(world.store, lambda kind, _which: kind is PlanEdition)
    told = world.notice(world.standing(late, 1).id)
    with pytest.raises(Unavailable):
        pay(blind, world.rulebook, told, world.at(Actor.GATEWAY))
    assert world.dump() == before
    world.pay(late, 1)
    assert len(world.charged(late)) == 3


def test_of_two_old_debts_the_older_is_paid_and_the_other_waits(world: World) -> None:
    """PAY-7, PAY-14: credit for one of them brings that service back, leaves the other suspended and the new invoice open."""
    first = world.run("first")
    world.today = add_days(world.today, 1)
    second = world.run("second")
    world.bill_to(day(2025, 3, 10))
    assert [world.state(each) for each in (first, second)] == [ServiceState.SUSPENDED] * 2
    world.pay(first, 0, cast.WHOLE)
    fresh = world.order("fresh")
    assert [world.state(each) for each in (first, second)] == [ServiceState.ACTIVE, ServiceState.SUSPENDED]
    assert [world.standing(first, 1).state, world.standing(second, 1).state] == [
        StandingState.PAID,
        StandingState.OPEN,
    ]
    assert world.standing(fresh, 0).settled == examples.NOTHING
    assert world.credit() == 0
