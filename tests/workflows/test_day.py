"""A day's billing: repeated, paged, interrupted or disturbed, it leaves the same store; what is wrong is named and left."""

from collections import Counter
from collections.abc import Callable
from typing import Final

import attrs
import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.errors import Unavailable
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, OfClients, Which
from altocore.ports.store import Store
from altocore.terms.options import CancellationDebt
from altocore.values.days import Day, add_days, day
from altocore.values.ids import EditionId, ServiceId
from altocore.workflows.day import bill_day
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.reports import Report
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.lives import check_spring, spring
from tests.workflows.stores import BlindStore, BreakingStore, Breaks, MeddlingStore, Passing

ISSUED: Final = day(2025, 2, 18)


def once(world: World) -> None:
    """Bill the day."""
    world.bill()


def thrice(world: World) -> None:
    """Bill the day three times; the second and the third find nothing to do."""
    world.bill()
    assert [world.bill().committed for _ in range(2)] == [0, 0]


def paged(page: int) -> Callable[[World], object]:
    """Return a billing in pages of this size."""
    return lambda world: world.bill(page=page)


def lived(bill: Callable[[World], object]) -> list[str]:
    """Return every row after a spring in memory."""
    world = cast.in_memory()
    spring(world, bill)
    return world.dump()


SPRING: Final = lived(once)


def test_a_spring_holds_nearly_everything(world: World) -> None:
    """The life that the laws below compare is worth comparing, and its books are in order."""
    spring(world, once)
    check_spring(world)
    assert world.dump() == SPRING


def test_three_runs_are_one_run(world: World) -> None:
    """Repeated on its day, the billing changes nothing: what was done has left the agenda."""
    spring(world, thrice)
    assert world.dump() == SPRING


@pytest.mark.parametrize("page", [1, 2, 3, 7, 500])
def test_pages_leave_no_trace(world: World, page: int) -> None:
    """The size of a page is a matter of speed: the store is the same, row for row."""
    spring(world, paged(page))
    assert world.dump() == SPRING


def disturbed(store: Passing) -> Callable[[World], object]:
    """Return a billing in pages of two through this store, which is asked again when it fails."""

    def bill(world: World) -> None:
        while True:
            try:
                report = bill_day(store, world.rulebook, world.at(), page=2)
            except Unavailable:
                continue
            assert (report.parked, report.left) == ([], [])
            return

    return bill


def commits_of_a_spring() -> int:
    """Return how often a spring in pages of two commits its billing."""
    world = cast.in_memory()
    counting = Passing(world.store)
    spring(world, disturbed(counting))
    return counting.commits


COMMITS: Final = commits_of_a_spring()


@pytest.mark.parametrize("when", Breaks)
def test_interrupted_at_any_commit_it_resumes(when: Breaks) -> None:
    """Each page is one commit: broken off before or after any of them and called again, the store is the same."""
    assert COMMITS > 25
    for number in range(1, COMMITS + 1):
        world = cast.in_memory()
        spring(world, disturbed(BreakingStore(world.store, number, when)))
        assert world.dump() == SPRING, f"interrupted at commit {number}"


@pytest.mark.parametrize("at", [1, COMMITS // 3, COMMITS // 2, COMMITS])
@pytest.mark.parametrize("when", Breaks)
def test_interrupted_on_disk_it_resumes(disk: SqliteStore, at: int, when: Breaks) -> None:
    """The same on a database, at some of its commits."""
    world = cast.world(disk)
    spring(world, disturbed(BreakingStore(disk, at, when)))
    assert world.dump() == SPRING


def bill_with(world: World, store: Store, *, page: int = 500) -> Report:
    """Bill the day through this store."""
    return bill_day(store, world.rulebook, world.at(), page=page)


def test_a_report_counts_what_was_done(world: World) -> None:
    """How many plans, and how often each rule carried one; who was withheld is counted under the rule that did it."""
    for key in ("o1", "o2"):
        world.run(key)
    world.today = ISSUED
    report = world.bill()
    assert report.committed == 2
    assert report.rules == Counter({"REN-1": 2, "REN-2": 2, "PAY-12": 2, "PAY-13": 2, "REN-4": 2})
    assert world.bill() == Report()
    world.today = day(2025, 2, 22)
    assert world.bill().rules == Counter({"PAY-2": 2, "PAY-16": 2})


def test_reports_add_up() -> None:
    """A report counts another in, whole."""
    one_report = Report(committed=1, rules=Counter({"REN-1": 1}), left=["a"])
    one_report.add(Report(committed=2, rules=Counter({"REN-1": 2, "PAY-2": 1}), left=["b"]))
    assert one_report == Report(committed=3, rules=Counter({"REN-1": 3, "PAY-2": 1}), left=["a", "b"])


def change(world: World, *documents: Document) -> None:
    """Write documents past every rule, as only a test does."""
    writes = []
    for document in documents:
        found = world.store.select(type(document), Ids((document.id,)))
        writes.append(Expect(type(document), document.id, found[0].version if found else 0))
    world.transactions += 1
    deed = Claim("test", str(world.transactions), "given")
    (outcome,) = world.store.commit([Plan(answer=None, deed=deed, expects=tuple(writes), writes=documents)])
    assert type(outcome).__name__ == "Committed"


def test_an_item_that_cannot_be_planned_is_parked_and_stops_nobody() -> None:
    """A service whose plan is not stored is named in the report with what is wrong; its neighbours renew."""
    world = cast.in_memory()
    services = [world.run(f"o{number}") for number in range(5)]
    broken = world.service(services[2])
    change(world, attrs.evolve(broken, contract=attrs.evolve(broken.contract, plan_edition=EditionId("no"))))
    world.today = ISSUED
    report = bill_with(world, world.store, page=2)
    assert [(each.id, each.problem) for each in report.parked] == [
        (services[2], "plan_edition: no such document is stored")
    ]
    assert (report.committed, report.left) == (4, [])
    assert [len(world.charged(each)) for each in services] == [2, 2, 1, 2, 2]
    again = bill_with(world, world.store, page=2)
    assert (again.parked, again.committed) == (report.parked, 0)


def test_an_invoice_that_cannot_be_planned_is_parked_and_stops_nobody() -> None:
    """So is a standing whose history contradicts itself: its step is left, the others take theirs."""
    world = cast.in_memory()
    services = [world.run(f"o{number}") for number in range(3)]
    world.bill_to(add_days(ISSUED, 1))
    standing = world.standing(services[1], 1)
    change(world, attrs.evolve(standing, service=ServiceId("srv_no")))
    world.bill_once(add_days(ISSUED, 1))
    world.today = day(2025, 2, 22)
    report = bill_with(world, world.store)
    assert [(each.id, each.problem) for each in report.parked] == [(standing.id, "service: no such document is stored")]
    assert report.committed == 2


def test_a_history_that_no_table_allows_is_parked_by_its_id() -> None:
    """LIF-2: a suspension that meets a state which cannot be suspended is named, and repeats nothing personal."""
    world = cast.in_memory()
    service = world.run("o1")
    world.bill_to(day(2025, 3, 28))
    world.take_last_notice(service, 1)
    pending = attrs.evolve(world.service(service), state=ServiceState.ACTIVE, suspensions=())
    change(world, pending)
    world.today = day(2025, 3, 31)
    report = bill_with(world, world.store)
    assert [(each.id, each.problem) for each in report.parked] == [
        (world.standing(service, 1).id, f"{service}: its debt would end it and has not suspended it")
    ]


def test_a_store_that_cannot_be_read_stops_the_run() -> None:
    """What is raised is the outside's fault, never an item's: nothing is parked for it, and the next run goes on."""
    world = cast.in_memory()
    service = world.run("o1")
    world.cancel(service)
    world.today = day(2025, 2, 28)

    def siblings(kind: type[Document], which: Which) -> bool:
        return kind is Service and isinstance(which, OfClients)

    with pytest.raises(Unavailable):
        bill_with(world, BlindStore(world.store, siblings))
    assert world.state(service) is ServiceState.ACTIVE
    world.bill()
    assert world.state(service) is ServiceState.CANCELLED


@pytest.mark.parametrize("kind", ["service", "client", "plan_edition"])
def test_a_damaged_row_is_parked_and_stops_nobody(disk: SqliteStore, kind: str) -> None:
    """ "An item that cannot be understood is parked and named in the report; it stops nobody else." """
    world = cast.world(disk)
    first, second = world.run("o1"), world.run("o2", of=cast.BEN, plan=cast.STUDIO)
    damaged = {"service": first, "client": cast.ANA, "plan_edition": cast.CLOUD.id}
    disk._connection.execute("DROP TRIGGER document_lasts")
    disk._connection.execute("UPDATE document SET body = '?' WHERE kind = ? AND id = ?", (kind, damaged[kind]))
    world.today = ISSUED
    report = bill_with(world, disk)
    assert len(report.parked) == 1
    assert len(world.charged(second)) == 2


def test_what_others_changed_meanwhile_is_planned_again(world: World) -> None:
    """A payment that comes between planning and commit is seen: what rests on it is planned again in the same run."""
    services = [world.run(f"o{number}") for number in range(3)]
    world.bill_to(day(2025, 3, 3))
    world.today = day(2025, 3, 4)

    def meddle(commit: int) -> None:
        if commit == 1:
            world.pay(services[1], 1)

    report = bill_with(world, MeddlingStore(world.store, meddle))
    assert (report.parked, report.left) == ([], [])
    assert [world.state(each) for each in services] == [
        ServiceState.SUSPENDED,
        ServiceState.ACTIVE,
        ServiceState.SUSPENDED,
    ]
    assert report.committed == 2


def test_credit_that_comes_meanwhile_is_used(world: World) -> None:
    """PAY-7: the balance that a renewal was planned with has moved, so it is planned again with the new one."""
    services = [world.run(f"o{number}") for number in range(2)]
    world.today = ISSUED

    def meddle(commit: int) -> None:
        if commit == 1:
            world.pay(services[0], 0, examples.usd("150.00"))

    report = bill_with(world, MeddlingStore(world.store, meddle))
    assert (report.committed, report.left) == (2, [])
    assert sorted(world.standing(each, 1).settled.minor for each in services) == [29_00, 121_00]
    assert world.credit() == 0


def test_what_others_keep_changing_is_left_and_named(world: World) -> None:
    """After five rounds more, in each of two passes, an item is left to the next run, which does it; the others are done."""
    services = [world.run(f"o{number}") for number in range(2)]
    world.bill_to(day(2025, 2, 21))
    world.today = day(2025, 2, 22)

    def meddle(_commit: int) -> None:
        world.pay(services[0], 1, examples.usd("0.01"))

    report = bill_with(world, MeddlingStore(world.store, meddle))
    invoice = world.standing(services[0], 1)
    assert report.left == [invoice.id]
    assert (report.committed, report.parked) == (1, [])
    assert invoice.settled == examples.usd("0.12")
    assert world.bill().committed == 1


def test_what_is_done_meanwhile_is_not_done_again(world: World) -> None:
    """Two runs at once: the one that comes second finds its plans done or moved, and leaves nothing behind."""
    services = [world.run(f"o{number}") for number in range(4)]
    world.today = ISSUED

    def meddle(commit: int) -> None:
        if commit == 1:
            world.bill()

    report = bill_with(world, MeddlingStore(world.store, meddle))
    assert (report.committed, report.parked, report.left) == (0, [], [])
    assert [len(world.charged(each)) for each in services] == [2, 2, 2, 2]


def test_a_row_that_stays_due_is_met_once_a_run(begin: Begin) -> None:
    """CAN-4: an end that waits for another debt stays on the agenda; the run passes it once and does not hang."""
    says = examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES))
    world = begin(examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says))
    waiting = world.run("o1")
    world.order("o2")
    world.cancel(waiting)
    world.today = day(2025, 3, 2)
    report = bill_with(world, world.store, page=1)
    assert report.fired["CAN-4"] == 1
    assert world.state(waiting) is ServiceState.ACTIVE


def far_apart(world: World, page: int) -> list[int]:
    """Return what four runs on one late day commit, for two free services that began half a year apart."""
    world.run("early", plan=cast.FREE)
    world.today = day(2025, 6, 15)
    world.run("later", plan=cast.FREE)
    world.today = day(2025, 9, 1)
    return [world.bill(page=page).committed for _ in range(4)]


def test_a_late_run_catches_up_row_by_row(world: World) -> None:
    """Days that were missed are caught up in the order of the agenda: in pages of one, all in one run."""
    assert far_apart(world, 1) == [9, 0, 0, 0]


@pytest.mark.parametrize("page", [2, 500])
def test_a_late_run_catches_up_in_pages_too(world: World, page: int) -> None:
    """Run x3 = run x1 and pages of any size give the same store, however late the run."""
    assert far_apart(world, page) == [9, 0, 0, 0]


def overdue_apart(world: World, page: int) -> list[int]:
    """Return what three runs on one late day commit: a debtor to be ended, beside an order with a later reminder."""
    debtor = world.run("debtor")
    world.bill_to(day(2025, 3, 26))
    world.take_last_notice(debtor, 1)
    world.today = day(2025, 5, 20)
    world.order("later", of=cast.BEN)
    world.today = day(2025, 7, 20)
    return [world.bill(page=page).committed for _ in range(3)]


def test_a_late_run_ends_and_cancels_at_once(world: World) -> None:
    """PAY-2: termination and then the invoice's own cancellation, both long due, in pages of one."""
    assert overdue_apart(world, 1) == [3, 0, 0]


def test_a_late_run_ends_and_cancels_at_once_in_pages_too(world: World) -> None:
    """The same store in pages of five hundred."""
    assert overdue_apart(world, 500) == [3, 0, 0]


def test_a_debt_cancelled_today_frees_the_end_that_waited_for_it(begin: Begin) -> None:
    """CAN-4 ALL_INVOICES, PAY-11: run x2 = run x1 on the day that the last debt is cancelled."""
    says = examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES))
    world = begin(examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says))
    world.run("o1")
    world.order("o2")
    world.cancel(service_id("o1"))
    world.bill_to(day(2025, 4, 8))
    assert world.standing(service_id("o2"), 0).state is StandingState.CANCELLED
    assert world.bill().committed == 0


@pytest.mark.parametrize("on", [day(2025, 2, 17), day(2025, 1, 31)])
def test_a_day_without_anything_due_commits_nothing(world: World, on: Day) -> None:
    """An empty agenda is an empty report."""
    world.run("o1")
    world.today = on
    counting = Passing(world.store)
    assert bill_with(world, counting) == Report()
    assert counting.commits == 0


def test_the_scan_sees_today_and_not_tomorrow(world: World) -> None:
    """An agenda day is met from that day on, never before."""
    service = world.run("o1")
    following = world.service(service).next_step
    assert following == ISSUED
    assert one(world.store, Client, cast.ANA).version == 1
    world.today = add_days(ISSUED, -1)
    assert world.bill().committed == 0
    world.today = ISSUED
    assert world.bill().committed == 1
    assert one(world.store, Standing, world.standing(service, 1).id).document.state is StandingState.OPEN
    assert service == service_id("o1")
