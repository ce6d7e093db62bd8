"""A simulated span: repeated it changes nothing, on any store it is the same, and killed anywhere it goes on row for row."""

import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Final

import attrs
import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.schedule import Schedule
from altocore.analysis.simulation import SimulationReport, simulate
from altocore.analysis.watching import WatchedStore
from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.errors import BadValue, Unavailable
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, MessageState, message
from altocore.plans.plan import Claim, Plan
from altocore.plans.reading import Ids
from altocore.plans.scanning import After, OwnPage
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.terms.options import CancellationDebt, FirstPeriodStart
from altocore.values.days import Day, add_days, day
from altocore.values.periods import Period
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.registering import publish, register
from altocore.workflows.subscribers import Intention
from tests import cast as examples
from tests.analysis.killed import KILLED
from tests.analysis.portfolio import BEHAVIOUR, SPAN, START, lived, opened, portfolio, subscriber
from tests.workflows import cast
from tests.workflows.stores import BreakingStore, Breaks, Passing

COUNT: Final = 30
ROOT: Final = Path(__file__).resolve().parents[2]


def in_memory(
    count: int = COUNT, *, edition: TermsEdition = cast.DEFAULT, behaviour: Behaviour = BEHAVIOUR, span: Period = SPAN
) -> list[str]:
    """Return every row of an unbroken run in memory."""
    store = MemoryStore()
    lived(store, count, edition=edition, behaviour=behaviour, span=span)
    return cast.dumped(store)


NOT_SIMULATED: Final = {
    MessageKind.CANCELLATION_TAKEN_BACK,
    MessageKind.CREDIT_GRANTED,
    MessageKind.DOMAIN_LAPSED,
    MessageKind.DOMAIN_RENEWAL_SET,
    MessageKind.INVOICE_LAPSED,
    MessageKind.SERVICE_DISCONTINUED,
    MessageKind.SERVICE_RESTORED,
    MessageKind.SERVICE_TO_RESTORE,
    MessageKind.TERMS_CHANGED,
}
"""What no simulated subscriber does, nor the provider: nobody has a domain, changes his mind or returns."""


def test_a_simulation_is_a_whole_life(store: cast.DumpStore) -> None:
    """The portfolio meets everything: renewals, suspensions and returns, ends of every kind, orders; the audit is empty."""
    report = lived(store, COUNT)
    assert cast.findings(store) == []
    assert report.subscribers == COUNT
    assert (report.billing.parked, report.billing.left) == ([], [])
    assert (report.payments.parked, report.payments.left) == ([], [])
    states = {each.state for each in cast.all_of(store, Service)}
    assert states >= set(ServiceState) - {ServiceState.PENDING}
    told = Counter(each.kind for each in store.messages())
    assert set(told) == set(MessageKind) - NOT_SIMULATED
    assert report.billing.rules["REN-1"] > 50
    assert report.payments.rules["PAY-14"] > 5
    assert report.payments.committed == report.payments.rules["PAY-1"]


def test_the_report_names_its_assumption() -> None:
    """Payment behaviour is an assumption: the report carries it with the span it was made for."""
    report = lived(MemoryStore(), 3)
    assert (report.behaviour, report.span) == (BEHAVIOUR, SPAN)
    assert SimulationReport(behaviour=BEHAVIOUR, span=SPAN).subscribers == 0


def test_again_over_the_same_store_nothing_changes(store: cast.DumpStore) -> None:
    """Every deed has its identity: lived through again, the same days commit nothing."""
    lived(store, COUNT)
    before = cast.dumped(store)
    counting = Passing(store)
    again = lived(counting, COUNT)
    assert cast.dumped(store) == before
    assert (again.billing.committed, again.payments.committed) == (0, 0)
    assert again.subscribers == COUNT


def test_memory_and_disk_are_equal(store: cast.DumpStore) -> None:
    """The same portfolio gives the same rows on every store, to the byte."""
    lived(store, COUNT)
    assert cast.dumped(store) == in_memory()


@pytest.mark.parametrize("page", [1, 7])
def test_pages_leave_no_trace(store: cast.DumpStore, page: int) -> None:
    """The size of a page is a matter of speed."""
    lived(store, COUNT, page=page)
    assert cast.dumped(store) == in_memory()


def test_a_span_can_be_lived_in_pieces(store: cast.DumpStore) -> None:
    """Lived to a day and then, by another call with the same start, to the end, it is one span."""
    lived(store, COUNT, span=Period(start=START, end=day(2025, 3, 10)))
    lived(store, COUNT)
    assert cast.dumped(store) == in_memory()


def test_another_portfolio_lives_on_the_same_store() -> None:
    """A second call with more subscribers lives their days too: they are ordered, renewed, paid, as from the beginning."""
    store = MemoryStore()
    lived(store, 3)
    lived(store, COUNT)
    services = cast.all_of(store, Service)
    begun = [each for each in portfolio(COUNT) if each.contract.anchor < SPAN.end]
    assert {each.client for each in services} == {each.client.id for each in begun}


@pytest.mark.parametrize("other", ["seed", "shares", "first day"])
def test_one_store_holds_one_simulation(other: str) -> None:
    """Under another seed, other shares or from another day it would be the books of neither: refused, nothing is written."""
    store = MemoryStore()
    lived(store, 2)
    before = cast.dumped(store)
    behaviour = {
        "seed": attrs.evolve(BEHAVIOUR, seed=99),
        "shares": attrs.evolve(BEHAVIOUR, late_percent=1),
    }.get(other, BEHAVIOUR)
    span = Period(start=add_days(START, 1), end=SPAN.end) if other == "first day" else SPAN
    with pytest.raises(BadValue) as refused:
        lived(store, 2, behaviour=behaviour, span=span)
    assert refused.value.field == "store"
    assert cast.dumped(store) == before


def test_seeds_differ() -> None:
    """Another seed is another life."""
    assert len({tuple(in_memory(8, behaviour=attrs.evolve(BEHAVIOUR, seed=seed))) for seed in range(4)}) == 4


def test_every_day_is_told_when_it_is_over() -> None:
    """`progress` hears each day of the span once, in order, the end not among them."""
    store = MemoryStore()
    days: list[Day] = []
    span = Period(start=START, end=day(2025, 1, 11))
    simulate(store, opened(store), portfolio(2), behaviour=BEHAVIOUR, span=span, progress=days.append)
    assert days == [add_days(START, count) for count in range(10)]


def test_who_leaves_says_so_when_it_can() -> None:
    """A running contract is cancelled on the first day, one that is ordered on the day it is activated."""
    store = MemoryStore()
    running = attrs.evolve(subscriber(1), intention=Intention.LEAVE)
    ordered = attrs.evolve(subscriber(2, anchor=day(2025, 1, 10)), intention=Intention.LEAVE)
    prompt = Behaviour(seed=1, on_time_percent=100, late_percent=0, after_suspension_percent=0)
    simulate(store, opened(store), [running, ordered], behaviour=prompt, span=SPAN)
    accepted = {each.about: each.day for each in store.messages() if each.kind is MessageKind.CANCELLATION_ACCEPTED}
    enabled = {each.about: each.day for each in store.messages() if each.kind is MessageKind.SERVICE_ENABLED}
    assert accepted == {
        service_id(running.contract.key): START,
        service_id(ordered.contract.key): enabled[service_id(ordered.contract.key)],
    }


def test_an_order_is_made_on_its_day_and_never_after_the_span() -> None:
    """A contract that begins later is ordered on that day; the first day of the span is still a running contract."""
    store = MemoryStore()
    begins = [START, add_days(START, 1), add_days(SPAN.end, -1), SPAN.end]
    people = [subscriber(1 + 7 * n, anchor=begin) for n, begin in enumerate(begins)]
    simulate(store, opened(store), people, behaviour=BEHAVIOUR, span=SPAN)
    services = {each.client: each for each in cast.all_of(store, Service)}
    assert [services[each.client.id].contract.ordered for each in people[:3]] == begins[:3]
    assert services[people[0].client.id].contract.first_period == 1
    assert people[3].client.id not in services


def test_nobody_pays_what_was_cancelled_meanwhile() -> None:
    """A payment day that comes after the invoice is closed brings no money."""
    store = MemoryStore()
    late_term = examples.overdue_terms(
        reminder_days=(), suspend_days=1, last_notice_days=1, terminate_days=3, cancel_days=4
    )
    edition = examples.terms_edition(
        published=cast.FOUNDED, effective=cast.FOUNDED, says=examples.terms(overdue=late_term)
    )
    late = Behaviour(seed=1, on_time_percent=0, late_percent=100, after_suspension_percent=0)
    report = lived(store, 20, edition=edition, behaviour=late)
    standings = cast.all_of(store, Standing)
    states = Counter(each.state for each in standings)
    assert states[StandingState.CANCELLED] > 5
    assert report.payments.committed == states[StandingState.PAID]
    assert cast.findings(store) == []


# Killed and started again.

SHORT: Final = Period(start=START, end=day(2025, 3, 20))
FEW: Final = 9


def resumed(at: int, when: Breaks, *, edition: TermsEdition = cast.DEFAULT, count: int = FEW) -> list[str]:
    """Return every row of a run that broke off at a commit, and was started again."""
    store = MemoryStore()
    opened(store, edition)
    with pytest.raises(Unavailable):
        lived(BreakingStore(store, at + 1, when), count, edition=edition, span=SHORT)
    lived(store, count, edition=edition, span=SHORT)
    return cast.dumped(store)


def commits(edition: TermsEdition = cast.DEFAULT, count: int = FEW) -> int:
    """Return how many commits the short run has, its opening left out."""
    counting = Passing(MemoryStore())
    lived(counting, count, edition=edition, span=SHORT)
    return counting.commits - 1


@pytest.mark.parametrize("when", Breaks)
def test_broken_off_at_any_commit_it_goes_on_row_for_row(when: Breaks) -> None:
    """Broken off before or after any commit and started again, the store is the same as of an unbroken run."""
    unbroken = in_memory(FEW, span=SHORT)
    total = commits()
    assert total > 60
    for at in range(1, total + 1):
        assert resumed(at, when) == unbroken, f"broken off at commit {at}"


def from_order() -> TermsEdition:
    """Return terms under which a period begins with its order (REN-8)."""
    says = examples.terms(invoicing=examples.invoicing_terms(first_period_start=FirstPeriodStart.ORDER))
    return examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says)


def test_broken_off_under_other_terms_it_goes_on_row_for_row() -> None:
    """REN-8 ORDER: the activation may come after the first renewal's issue day; a resumed run bills the past days again."""
    never_on_time = Behaviour(seed=1, on_time_percent=0, late_percent=0, after_suspension_percent=100)
    edition = from_order()
    people = [subscriber(0, anchor=add_days(START, 1))]

    def run(store: Store) -> None:
        simulate(store, opened(store, edition), people, behaviour=never_on_time, span=SHORT)

    whole = MemoryStore()
    counting = Passing(whole)
    run(counting)
    for at in range(1, counting.commits + 1):
        broken = MemoryStore()
        with pytest.raises(Unavailable):
            run(BreakingStore(broken, at, Breaks.AFTER))
        run(broken)
        assert cast.dumped(broken) == cast.dumped(whole), f"broken off at commit {at}"


def test_broken_off_while_an_end_waits_it_goes_on_row_for_row() -> None:
    """CAN-4 ALL_INVOICES: an end takes effect on the day the other debt is paid, whenever the run is resumed."""
    says = examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES))
    edition = examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says)
    slow = Behaviour(seed=1, on_time_percent=0, late_percent=0, after_suspension_percent=100)
    leaver = attrs.evolve(subscriber(7, anchor=day(2024, 12, 10)), intention=Intention.LEAVE)
    debtor = attrs.evolve(
        leaver,
        contract=attrs.evolve(leaver.contract, key="other", anchor=day(2025, 1, 3)),
        intention=Intention.STAY,
    )

    def run(store: Store) -> None:
        simulate(store, opened(store, edition), [leaver, debtor], behaviour=slow, span=SHORT)

    whole = MemoryStore()
    counting = Passing(whole)
    run(counting)
    for at in range(1, counting.commits + 1):
        broken = MemoryStore()
        with pytest.raises(Unavailable):
            run(BreakingStore(broken, at, Breaks.AFTER))
        run(broken)
        assert cast.dumped(broken) == cast.dumped(whole), f"broken off at commit {at}"


def child(path: Path, at: int, when: str) -> subprocess.CompletedProcess[str]:
    """Live in a process of its own."""
    command = [sys.executable, "-m", "tests.analysis.killed", str(path), str(COUNT), str(at), when]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_a_commit_it_goes_on_row_for_row(tmp_path: Path, when: str) -> None:
    """The process dies within a transaction or right after it; started again, the file is equal to the byte of its dump."""
    unbroken = in_memory()
    whole = child(tmp_path / "whole.sqlite", 0, when)
    assert whole.returncode == 0, whole.stderr
    total = int(whole.stdout)
    for at in (1, 2, 3, total // 5, total // 3, total // 2, total - 1, total):
        path = tmp_path / f"killed{at}.sqlite"
        killed = child(path, at, when)
        assert killed.returncode == KILLED, killed.stderr
        with SqliteStore.open(path) as store:
            if at > 3:
                assert cast.findings(store) == []
            lived(store, COUNT)
            assert cast.dumped(store) == unbroken, f"killed at commit {at}"


@pytest.mark.slow
def test_killed_again_and_again_it_arrives(tmp_path: Path) -> None:
    """However often it is killed: twenty commits further each time, it ends at the same rows."""
    path = tmp_path / "often.sqlite"
    for _ in range(200):
        ended = child(path, 40, "after")
        if ended.returncode == 0:
            break
        assert ended.returncode == KILLED, ended.stderr
    with SqliteStore.open(path) as store:
        assert cast.dumped(store) == in_memory()


# What is free, and what is paid by credit.


def test_a_free_order_is_provisioned_on_its_day() -> None:
    """LIF-1: paid at issue, to be provisioned that day; and lived through again, nothing changes."""
    store = MemoryStore()
    free = subscriber(7, anchor=add_days(START, 5), plan=cast.FREE)
    rulebook = opened(store)
    span = Period(start=START, end=day(2025, 1, 20))
    simulate(store, rulebook, [free], behaviour=BEHAVIOUR, span=span)
    before = cast.dumped(store)
    (service,) = cast.all_of(store, Service)
    assert service.state is ServiceState.ACTIVE
    simulate(store, rulebook, [free], behaviour=BEHAVIOUR, span=span)
    assert cast.dumped(store) == before


# The two small parts: what is to come, and who sees what is committed.


def ordered(store: Store, count: int) -> Schedule:
    """Order for some clients through a watched store, bill for a while, and return what was noted."""
    rulebook = opened(store)
    schedule = Schedule(BEHAVIOUR, rulebook.editions)
    watched = WatchedStore(store, schedule.watch)
    for each in islice(portfolio(count * 7), 0, None, 7):
        register(watched, each.client, cast.occasion(START, Actor.CLIENT))
        publish(watched, [each.plan])
        wanted = Order(
            key=each.contract.key,
            client=each.client.id,
            plan=each.plan.plan,
            cycle=each.contract.cycle,
        )
        order(watched, rulebook, wanted, cast.occasion(START))
    return schedule


def test_what_is_noted_can_be_recalled(store: cast.DumpStore) -> None:
    """A schedule is a consequence of what is committed: made again from the store, it is the same."""
    noted = ordered(store, 40)
    recalled = Schedule(BEHAVIOUR, opened(store).editions)
    recalled.recall(store)
    assert {on: sorted(each) for on, each in noted.payments.items()} == {
        on: sorted(each) for on, each in recalled.payments.items()
    }
    assert noted.provisions == recalled.provisions
    assert noted.notices == recalled.notices
    assert sum(len(each) for each in noted.payments.values()) > 20


def test_reactions_are_noted_on_the_day_they_are_called_for(store: cast.DumpStore) -> None:
    """A paid first invoice asks for a provision, a last notice for a channel; a superseded notice asks for nothing."""
    world = cast.world(store)
    noted = Schedule(BEHAVIOUR, world.rulebook.editions)
    world.store = WatchedDump(store, noted)
    service = world.run("o1")
    world.bill_to(day(2025, 3, 26))
    assert noted.provisions[cast.JANUARY_31] == [service]
    assert noted.notices == {day(2025, 3, 26): [world.invoice(service, 1).id]}
    recalled = Schedule(BEHAVIOUR, world.rulebook.editions)
    recalled.recall(store)
    assert (recalled.provisions, recalled.notices) == (noted.provisions, noted.notices)


@pytest.mark.parametrize(("state", "heard"), [(MessageState.QUEUED, 1), (MessageState.SUPERSEDED, 0)])
def test_a_notice_that_was_never_sent_is_taken_by_nobody(state: MessageState, heard: int) -> None:
    """PAY-2: a superseded last notice is claimed unsent, so no channel can take it."""
    noted = Schedule(BEHAVIOUR, opened(MemoryStore()).editions)
    told = message(MessageKind.LAST_NOTICE, cast.ANA, "inv_1", "last_notice/27", START, state)
    noted.watch(Plan(answer=None, deed=Claim("test", "k", "given"), messages=(told,)))
    assert len(noted.notices[START]) == heard


class WatchedDump(Passing):
    """A watched store that can be dumped."""

    def __init__(self, store: cast.DumpStore, schedule: Schedule) -> None:
        """Watch for this schedule."""
        super().__init__(WatchedStore(store, schedule.watch))
        self.dump = store.dump


def test_a_watched_store_passes_everything(store: cast.DumpStore) -> None:
    """It has the documents, claims, credit, numbers, postings and messages of the one behind it."""
    world = cast.world(store)
    service = world.run("o1")
    world.pay(service, 0, examples.usd("1.00"))
    watched = WatchedStore(store, lambda _plan: None)
    invoice = world.invoice(service, 0)
    assert invoice.kind is InvoiceKind.FIRST
    scan = After(after="", limit=9)
    assert watched.entries(Standing, scan) == store.entries(Standing, scan) != []
    asked = Ids((invoice.id,))
    assert watched.select(Standing, asked) == store.select(Standing, asked) != []
    own = OwnPage(after_day=None, after_id="", limit=9)
    assert watched.owned(Standing, cast.ANA, own) == store.owned(Standing, cast.ANA, own) != []
    assert list(watched.log(cast.ANA)) == list(store.log(cast.ANA)) != []
    assert watched.heads(None, 9) == store.heads(None, 9) != []
    assert watched.digests(Standing, asked.ids) == store.digests(Standing, asked.ids) != {}
    assert watched.credit((cast.ANA,)) == {cast.ANA: 100}
    assert watched.claimed("order", "o1") == store.claimed("order", "o1") != None  # noqa: E711  # a chain of equals
    assert watched.numbers((invoice.id,)) == {invoice.id: ("A", 1)}
    assert watched.numbered("A", 1) == invoice.id
    assert list(watched.postings()) == list(store.postings())
    assert list(watched.postings(cast.BEN)) == []
    assert list(watched.messages()) == list(store.messages())
    assert list(watched.messages(cast.BEN)) == []


def test_only_what_is_committed_is_shown() -> None:
    """A plan that was done before, or that conflicts, is not seen again."""
    seen: list[Plan[object]] = []
    watched = WatchedStore(MemoryStore(), seen.append)
    ana = cast.CLIENTS[0]
    register(watched, ana, cast.occasion(START, Actor.CLIENT))
    publish(watched, [cast.CLOUD])
    publish(watched, [cast.CLOUD])
    register(watched, ana, cast.occasion(START, Actor.CLIENT))
    assert [type(each.writes[0]) for each in seen] == [type(ana), type(cast.CLOUD)]
