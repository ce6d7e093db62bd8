"""The safety bound: a run that would charge one service too often stops before it does, and money that comes is never lost.

A free service makes up every month that was missed, for its invoices are paid as they are issued; one that costs stops at
the first that is not paid, unless there is credit.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

import attrs
import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.billing.invoices import invoice_id
from altocore.billing.standing import StandingState
from altocore.errors import Runaway
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.plans.documents import Document, Stored
from altocore.plans.reading import Ids
from altocore.plans.scanning import OwnPage
from altocore.testing import PassingStore
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId, ServiceId
from altocore.workflows.day import bill_day
from altocore.workflows.ordering import service_id
from altocore.workflows.paying import take_payments
from altocore.workflows.rulebook import CHARGES_MAX, load_rulebook
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.tampering import tamper

D = TypeVar("D", bound=Document)

OLD: Final = service_id("old")
YOUNG: Final = service_id("young")
FOUNDED: Final = day(2025, 1, 15)


def issue_day(world: World, service: ServiceId, number: int) -> Day:
    """Return the day on which the renewal of a period is issued: ten before it begins (REN-2)."""
    period = world.service(service).period(number)
    assert period is not None
    return add_days(period.start, -10)


def renewals(world: World, service: ServiceId) -> int:
    """Return how often a service was renewed."""
    return len(world.charged(service)) - 1


@pytest.fixture
def free(begin: Begin) -> World:
    """Give a world with a free service since 15 January 2025, that nobody has billed since."""
    world = begin(today=FOUNDED)
    world.run("old", plan=cast.FREE)
    return world


def test_fifteen_months_that_were_missed_are_made_up(free: World) -> None:
    """REN-1: a late run catches up more than a year, in one run; the next finds nothing."""
    free.today = issue_day(free, OLD, 15)
    assert (CHARGES_MAX, free.rulebook.charges_max) == (15, 15)
    assert free.bill().committed == 15
    assert renewals(free, OLD) == 15
    assert free.bill().committed == 0


def test_the_sixteenth_stops_the_run(free: World) -> None:
    """By its name and with the bound; the fifteen that were committed stay, and the sixteenth is not made."""
    free.today = issue_day(free, OLD, 16)
    with pytest.raises(Runaway) as stopped:
        free.bill()
    assert (stopped.value.service, stopped.value.bound) == (OLD, 15)
    assert str(stopped.value) == f"{OLD}: more than 15 charges on one day; the run stopped before the next one"
    assert renewals(free, OLD) == 15
    assert free.service(OLD).next_step == free.today


def test_nothing_of_the_page_that_runs_away_is_written(free: World) -> None:
    """Another service that is due on the same day, on the same page, waits as well: a person has to look first."""
    free.today = day(2026, 4, 15)
    free.run("young", plan=cast.FREE)
    free.today = issue_day(free, OLD, 16)
    assert issue_day(free, YOUNG, 1) == free.today
    with pytest.raises(Runaway):
        free.bill()
    assert (renewals(free, OLD), renewals(free, YOUNG)) == (15, 0)


def test_on_a_page_of_its_own_it_stops_nobody_before_it(free: World) -> None:
    """In pages of one, what comes before it on the same day is written, and stays."""
    free.today = day(2026, 4, 15)
    for number in range(6):
        free.run(f"young{number}", plan=cast.FREE)
    free.today = issue_day(free, OLD, 16)
    with pytest.raises(Runaway):
        free.bill(page=1)
    # In the order of ids, the bound is met after some of them, and these are done.
    before = [each for each in (service_id(f"young{number}") for number in range(6)) if each < OLD]
    assert 0 < len(before) < 6
    assert sum(renewals(free, service_id(f"young{number}")) for number in range(6)) == len(before)


def test_a_higher_bound_lets_it_through(free: World) -> None:
    """Where a person has looked, the rulebook says how many; what was committed before is not done again."""
    free.today = issue_day(free, OLD, 30)
    with pytest.raises(Runaway):
        free.bill()
    assert renewals(free, OLD) == 15
    free.rulebook = load_rulebook(free.store, cast.PROVIDER, charges_max=30)
    assert free.bill().committed == 15
    assert renewals(free, OLD) == 30


def test_a_lower_bound_is_met_earlier(free: World) -> None:
    """One charge a run: the second in the same run is too many."""
    free.rulebook = attrs.evolve(free.rulebook, charges_max=1)
    free.today = issue_day(free, OLD, 1)
    assert free.bill().committed == 1
    free.today = issue_day(free, OLD, 3)
    with pytest.raises(Runaway) as stopped:
        free.bill()
    assert stopped.value.bound == 1
    assert renewals(free, OLD) == 2


def test_the_bound_is_of_one_service(begin: Begin) -> None:
    """Many services with one charge each are a day's work: they are counted one by one."""
    world = begin(today=FOUNDED)
    services = [world.run(f"o{number}", plan=cast.FREE) for number in range(20)]
    world.today = issue_day(world, services[0], 1)
    assert world.bill().committed == 20


# Money ---------------------------------------------------------------------------------------------------------------


def test_what_cannot_be_counted_stops_nobody(disk: SqliteStore) -> None:
    """A damaged invoice of today hides what was charged before: this run's own charges are counted, and everybody is billed."""
    world = cast.world(disk)
    late, prompt = world.run("late"), world.run("prompt", of=cast.BEN, plan=cast.STUDIO)
    world.today = add_days(issue_day(world, late, 1), 40)
    fresh = world.order("fresh")
    tamper(disk, "UPDATE document SET body = '{' WHERE kind = 'invoice' AND id = ?", invoice_id(fresh, 1, 0))
    report = bill_day(disk, world.rulebook, world.at())
    assert report.parked == []
    assert [renewals(world, each) for each in (late, prompt)] == [1, 1]


def test_what_was_charged_before_is_read_once_a_client(begin: Begin) -> None:
    """However many of its services are late, and however small the pages are."""
    world = begin(cast.DEFAULT)
    services = [world.run(f"late{number}") for number in range(6)]
    world.today = add_days(issue_day(world, services[0], 1), 40)
    asked: list[type[Document]] = []

    class Counting(PassingStore):
        def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
            asked.append(kind)  # type: ignore[arg-type]  # a kind of document is a type of one
            return super().owned(kind, client, which)

    bill_day(Counting(world.store), world.rulebook, world.at(), page=1)
    assert [renewals(world, each) for each in services] == [1] * 6
    assert len(asked) <= 2


@pytest.fixture
def suspended(begin: Begin) -> World:
    """Give a world in which Ana's service was suspended on 15 February 2025, and two years went by without a run."""
    world = begin(today=FOUNDED)
    world.run("old")
    world.bill_to(day(2025, 2, 19))
    assert world.state(OLD) is ServiceState.SUSPENDED
    world.today = day(2027, 2, 19)
    return world


def received(world: World) -> int:
    """Return what Ana's money became, in cents: what is settled on invoices, and her credit."""
    standings = [world.standing(OLD, number) for number in range(world.service(OLD).last_period + 1)]
    return sum(each.settled.minor for each in standings) + world.credit()


def test_a_payment_of_a_long_suspended_service_is_taken(suspended: World) -> None:
    """PAY-18: it pays for two years at once; no more is made up than a run may charge, and every cent of it is kept."""
    suspended.pay(OLD, 1, examples.usd("12100.00"))
    assert suspended.standing(OLD, 1).state is StandingState.PAID
    assert suspended.state(OLD) is ServiceState.ACTIVE
    assert renewals(suspended, OLD) == 1 + 15
    assert received(suspended) == 121_00 + 12_100_00
    assert suspended.credit() == (100 - 16) * 121_00


@pytest.mark.parametrize("page", [1, 500])
def test_a_file_with_such_a_payment_is_taken(suspended: World, page: int) -> None:
    """PAY-18: the same in a gateway's file, beside another payment."""
    suspended.order("young", of=cast.BEN)
    notices = [
        suspended.notice(suspended.invoice(OLD, 1).id, examples.usd("12100.00")),
        suspended.notice(suspended.invoice(YOUNG, 0).id),
    ]
    at = suspended.at(Actor.GATEWAY)
    report = take_payments(suspended.store, suspended.rulebook, notices, at, page=page)
    assert (report.committed, report.parked, report.left) == (2, [], [])
    assert suspended.standing(YOUNG, 0).state is StandingState.PAID
    assert received(suspended) == 121_00 + 12_100_00


def test_what_a_payment_does_not_make_up_the_days_billing_does(suspended: World) -> None:
    """It is left on the agenda; that day's billing stops at the bound, and the next day's makes up the rest."""
    suspended.pay(OLD, 1, examples.usd("12100.00"))
    left = suspended.service(OLD).next_step
    assert left is not None
    assert left <= suspended.today
    with pytest.raises(Runaway):
        suspended.bill()
    suspended.today = add_days(suspended.today, 1)
    assert suspended.bill().committed == 9
    assert renewals(suspended, OLD) == 1 + 15 + 9
    assert suspended.bill().committed == 0


def test_credit_that_pays_a_long_suspended_service_is_bounded_too(suspended: World) -> None:
    """PAY-7: another service's overpayment brings it back when that one is renewed, and what is made up is bounded."""
    suspended.run("young")
    suspended.pay(YOUNG, 0, examples.usd("12100.00"))
    suspended.today = issue_day(suspended, YOUNG, 1)
    with pytest.raises(Runaway) as stopped:
        suspended.bill()
    assert stopped.value.service == OLD
    suspended.rulebook = load_rulebook(suspended.store, cast.PROVIDER, charges_max=30)
    suspended.bill()
    assert suspended.state(OLD) is ServiceState.ACTIVE
    assert suspended.credit() >= 0


def test_two_payments_of_one_client_are_taken(begin: Begin) -> None:
    """PAY-18: in one file, for two services that were long suspended; each makes up what it can, and none is kept out."""
    world = begin(today=FOUNDED)
    world.run("old")
    world.bill_to(day(2025, 2, 19))
    world.today = day(2026, 11, 19)
    world.run("young")
    world.bill_to(day(2026, 12, 24))
    assert [world.state(each) for each in (OLD, YOUNG)] == [ServiceState.SUSPENDED] * 2
    world.today = issue_day(world, YOUNG, 4)
    notices = [
        world.notice(world.invoice(OLD, 1).id, examples.usd("1210.00")),
        world.notice(world.invoice(YOUNG, 1).id, examples.usd("12100.00")),
    ]
    report = take_payments(world.store, world.rulebook, notices, world.at(Actor.GATEWAY))
    assert (report.committed, report.parked, report.left) == (2, [], [])
    assert [world.standing(each, 1).state for each in (OLD, YOUNG)] == [StandingState.PAID] * 2
