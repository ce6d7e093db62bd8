"""Leases of a day's parts: what is held is left alone, what ran out is taken over, what failed is given back."""

from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.clients.clients import Client
from altocore.errors import Unavailable
from altocore.plans.scanning import Shards, shard_of
from altocore.ports.leases import Leases
from altocore.ports.store import Store
from altocore.testing import MovableClock, When
from altocore.values.instants import instant, later
from altocore.workflows.day import bill_day
from altocore.workflows.reports import Report
from altocore.workflows.sharing import LEASE_SECONDS, Sharing, bill_day_shared
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.leases import Died, LeasedStore, MeddlingLeases, MortalStore
from tests.workflows.shares import check_numbers, late_portfolio, shared_rows
from tests.workflows.stores import BreakingStore, Breaks

NOON: Final = instant("2025-04-08T15:00:00Z")
FIRST: Final = "bill/2025-04-08/0-128"
SECOND: Final = "bill/2025-04-08/128-256"


@pytest.fixture
def world(store: LeasedStore) -> World:
    """Give a late portfolio on each kind of store."""
    return late_portfolio(store)


@pytest.fixture
def clock() -> MovableClock:
    """Give a clock that stands at noon."""
    return MovableClock(NOON)


def expected() -> tuple[list[str], int]:
    """Return the rows that one worker leaves, and how many plans it commits."""
    alone = late_portfolio(MemoryStore())
    committed = alone.bill().committed
    return shared_rows(alone.dump()), committed


def share(world: World, leases: Leases, clock: MovableClock, holder: str, store: Store | None = None) -> Report:
    """Bill the day in two parts, in pages of two."""
    sharing = Sharing(leases=leases, clock=clock, holder=holder, parts=2)
    return bill_day_shared(store or world.store, world.rulebook, world.at(), sharing, page=2)


def check_whole(world: World, *reports: Report) -> None:
    """See that these workers, with those that died, did it all, once."""
    rows, committed = expected()
    assert shared_rows(world.dump()) == rows
    assert sum(report.committed for report in reports) <= committed
    assert cast.findings(world.store) == []
    check_numbers(world.store)


def test_what_another_holds_is_told_and_left_alone(store: LeasedStore, world: World, clock: MovableClock) -> None:
    """The clients of a part that is held stay as they are, and the part is in the report; the rest is billed."""
    assert store.lease(FIRST, "other", NOON, later(NOON, LEASE_SECONDS))
    report = share(world, store, clock, "me")
    assert (report.held, report.left, report.parked) == ([FIRST], [], [])
    alone = late_portfolio(MemoryStore())
    half = bill_day(alone.store, alone.rulebook, alone.at(), page=2, shards=Shards(128, 256))
    assert shared_rows(world.dump()) == shared_rows(alone.dump())
    assert 0 < report.committed == half.committed < expected()[1]
    assert {shard_of(client.id) < 128 for client in cast.all_of(store, Client)} == {True, False}
    assert not store.lease(FIRST, "me", later(NOON, LEASE_SECONDS - 1), later(NOON, 90)), "it is the other's still"
    assert store.lease(SECOND, "other", NOON, later(NOON, 1)), "what was billed is given back"


def test_a_lease_that_ran_out_is_taken_over(store: LeasedStore, world: World, clock: MovableClock) -> None:
    """A second before its end it is the other's; at its end it is whose asks."""
    store.lease(FIRST, "dead", NOON, later(NOON, LEASE_SECONDS))
    clock.move(seconds=LEASE_SECONDS - 1)
    before = share(world, store, clock, "me")
    assert before.held == [FIRST]
    clock.move(seconds=1)
    after = share(world, store, clock, "me")
    assert (after.held, after.committed > 0) == ([], True)
    check_whole(world, before, after)
    assert before.committed + after.committed == expected()[1]


def test_what_was_given_back_meanwhile_is_billed_in_the_second_round(
    store: LeasedStore, world: World, clock: MovableClock
) -> None:
    """What another held when it was asked for first is asked for once more at the end."""
    for name in (FIRST, SECOND):
        store.lease(name, "other", NOON, later(NOON, LEASE_SECONDS))

    def meddle(asked: int) -> None:
        if asked == 3:
            store.release(FIRST, "other")

    report = share(world, MeddlingLeases(store, meddle), clock, "me")
    assert report.held == [SECOND]
    assert report.committed > 0


def test_a_worker_that_loses_its_lease_stops_and_the_new_one_finishes(
    store: LeasedStore, world: World, clock: MovableClock
) -> None:
    """Slow before its third page, it finds its part taken, leaves it, and tells it as held; together they did it once."""
    store.lease(SECOND, "nobody", NOON, later(NOON, 10 * LEASE_SECONDS))

    def meddle(asked: int) -> None:
        if asked == 5:
            clock.move(seconds=LEASE_SECONDS)
            assert store.lease(FIRST, "new", clock.now(), later(clock.now(), LEASE_SECONDS))

    slow = MeddlingLeases(store, meddle)
    lost = share(world, slow, clock, "slow")
    assert set(lost.held) == {FIRST, SECOND}
    assert lost.committed > 0
    assert slow.asked < 9, "it went on after it had lost its part"
    new = share(world, store, clock, "new")
    assert new.held == [SECOND]
    assert new.committed > 0
    store.release(SECOND, "nobody")
    last = share(world, store, clock, "new")
    check_whole(world, lost, new, last)
    assert lost.committed + new.committed + last.committed == expected()[1]


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("at", [1, 2, 5, 9])
def test_a_dead_worker_leaves_its_lease_which_runs_out(
    store: LeasedStore, world: World, clock: MovableClock, at: int, when: When
) -> None:
    """Whoever asks too early gets only the other part; asked again after the lease ran out, all is billed, and once."""
    mortal = MortalStore(store, store, at, when)
    with pytest.raises(Died):
        share(world, mortal, clock, "dead", mortal)
    early = share(world, store, clock, "me")
    assert len(early.held) == 1
    clock.move(seconds=LEASE_SECONDS)
    late = share(world, store, clock, "me")
    assert late.held == []
    check_whole(world, early, late)


@pytest.mark.parametrize("when", Breaks)
def test_who_fails_gives_its_part_back(store: LeasedStore, world: World, clock: MovableClock, when: Breaks) -> None:
    """The store fails in a commit: it comes out, and another worker has the part at once, without waiting."""
    breaking = BreakingStore(store, 2, when)
    with pytest.raises(Unavailable):
        share(world, store, clock, "broken", breaking)
    assert breaking.commits == 2
    report = share(world, store, clock, "me")
    assert report.held == []
    check_whole(world, report)
