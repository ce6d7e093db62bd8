"""A day shared out: however many workers, parts and pages, whoever's turn it is, the store is that of one worker."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.lifecycle.machine import ServiceState
from altocore.ports.leases import Leases
from altocore.ports.store import Store
from altocore.testing import MovableClock
from altocore.values.instants import instant
from altocore.workflows.ordering import service_id
from altocore.workflows.reports import Report
from altocore.workflows.sharing import LEASE_SECONDS, Sharing, bill_day_shared
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.shares import check_numbers, late_portfolio, shared_rows
from tests.workflows.turns import Turn, TurnLeases, TurnStore, in_turns

NOON: Final = instant("2025-04-08T15:00:00Z")

TURNS: Final = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([0, 0, 0, 0, 0, 1, LEASE_SECONDS - 1, LEASE_SECONDS])), max_size=250
)
"""Mostly nothing passes between two turns; now and then every lease runs out."""

QUIET: Final[list[Turn]] = [(turn % 3, 0) for turn in range(250)]
SLOW: Final[list[Turn]] = [(turn % 3, LEASE_SECONDS if turn % 7 == 0 else 0) for turn in range(250)]


@cache
def by_one() -> tuple[tuple[str, ...], Report]:
    """Return the rows that one worker leaves, and its report."""
    world = late_portfolio(MemoryStore())
    report = world.bill()
    assert report.committed > 20
    assert report.rules["REN-1"]
    assert report.rules["LIF-2"]
    assert report.rules["PAY-11"]
    assert world.state(service_id("waits")) is ServiceState.CANCELLED
    assert report.refused == []
    check_numbers(world.store)
    return tuple(shared_rows(world.dump())), report


def check_shared(world: World, reports: Sequence[Report]) -> None:
    """See that the store is that of one worker, and that the workers' reports add up to that one's."""
    rows, report = by_one()
    assert tuple(shared_rows(world.dump())) == rows
    check_numbers(world.store)
    assert cast.findings(world.store) == []
    assert sum(each.committed for each in reports) == report.committed
    assert sum((each.rules for each in reports), Counter[str]()) == report.rules
    # Of a part that was lost, what was refused at the time is told: the end that waited for a debt.
    assert {refused.id for each in reports for refused in each.refused} <= {service_id("waits")}
    assert [each.parked for each in reports] == [[]] * len(reports)
    assert world.bill() == Report()


def share(
    world: World,
    through: Sequence[tuple[Store, Leases]],
    schedule: Sequence[Turn],
    *,
    parts: int,
    page: int,
) -> list[Report]:
    """Let a worker for each of these stores bill the day, by turns."""
    clock = MovableClock(NOON)

    def work(worker: int, hand_on: Callable[[], None]) -> Report:
        store, leases = through[worker]
        sharing = Sharing(leases=TurnLeases(leases, hand_on), clock=clock, holder=f"w{worker}", parts=parts)
        return bill_day_shared(TurnStore(store, hand_on), world.rulebook, world.at(), sharing, page=page)

    return in_turns(len(through), schedule, clock, work)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.sampled_from([1, 2, 3, 5, 16]), st.sampled_from([1, 2, 500]), TURNS)
@example(4, 256, 2, QUIET)
@example(4, 1, 1, SLOW)
@example(3, 2, 2, SLOW)
def test_any_workers_in_any_turns_leave_what_one_leaves(
    workers: int, parts: int, page: int, schedule: list[Turn]
) -> None:
    """Documents, postings, claims, credit, messages and audit log are one worker's; numbers have no gap (PAY-12).

    So it is where leases run out while a page is being planned, and two workers bill the same part.
    """
    store = MemoryStore()
    world = late_portfolio(store)
    check_shared(world, share(world, [(store, store)] * workers, schedule, parts=parts, page=page))


@pytest.mark.parametrize(("parts", "page"), [(1, 1), (3, 2), (16, 500)])
@pytest.mark.parametrize("schedule", [QUIET, SLOW], ids=["quiet", "slow"])
def test_so_they_do_on_one_file(tmp_path: Path, schedule: list[Turn], parts: int, page: int) -> None:
    """The same with three workers that each have the file open for themselves."""
    path = tmp_path / "shared.db"
    with ExitStack() as opened:
        stores = [opened.enter_context(SqliteStore.open(path)) for _ in range(3)]
        world = late_portfolio(stores[0])
        check_shared(world, share(world, [(each, each) for each in stores], schedule, parts=parts, page=page))


@pytest.mark.parametrize("workers", [2, 4])
def test_threads_that_run_freely_leave_it_too(workers: int) -> None:
    """The same with nobody who says whose turn it is."""
    store = MemoryStore()
    world = late_portfolio(store)
    clock = MovableClock(NOON)

    def work(worker: int, _hand_on: Callable[[], None]) -> Report:
        sharing = Sharing(leases=store, clock=clock, holder=f"w{worker}", parts=5)
        return bill_day_shared(store, world.rulebook, world.at(), sharing, page=2)

    check_shared(world, in_turns(workers, [], clock, work))
