"""A day shared by workers: together they do what one would have done alone, whoever dies, is slow, or comes late."""

from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.errors import BadValue
from altocore.lifecycle.service import Service
from altocore.plans.scanning import SHARDS, shard_of
from altocore.testing import MovableClock
from altocore.values.days import day
from altocore.values.instants import Instant, instant
from altocore.workflows.reports import Report
from altocore.workflows.sharing import Sharing, bill_day_shared
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.lives import spring

NOW: Final = instant("2025-02-18T03:00:00Z")
TODAY: Final = day(2025, 2, 18)


def due() -> World:
    """Return a world in memory with eight renewals of four clients that are due today."""
    world = cast.in_memory()
    for number in range(8):
        world.run(f"o{number}", of=cast.CLIENTS[number % 4].id)
    world.today = TODAY
    return world


@pytest.fixture
def shared_world() -> World:
    """Give a world with renewals that are due."""
    return due()


def sharing(world: World, holder: str, clock: MovableClock, parts: int = 16) -> Sharing:
    """Return how a worker of this name shares, by the leases of the store itself."""
    assert isinstance(world.store, MemoryStore)
    return Sharing(leases=world.store, clock=clock, holder=holder, parts=parts)


def share(world: World, how: Sharing, *, page: int = 500) -> Report:
    """Bill the day as this worker."""
    return bill_day_shared(world.store, world.rulebook, world.at(), how, page=page)


@pytest.mark.parametrize("parts", [1, 3, 16, 256])
def test_parts_are_all_there_is(parts: int) -> None:
    """However many parts: each shard is in one and in one only, and workers begin at different ones."""
    clock = MovableClock(NOW)
    store = MemoryStore()
    first = Sharing(leases=store, clock=clock, holder="a", parts=parts).shares()
    assert len(first) == parts
    assert sorted(shard for each in first for shard in range(each.start, each.end)) == list(range(SHARDS))
    begins = {Sharing(leases=store, clock=clock, holder=f"w{n}", parts=parts).shares()[0] for n in range(40)}
    assert len(begins) > min(parts, 9) // 2


@pytest.mark.parametrize("parts", [1, 16, 256])
@pytest.mark.parametrize("page", [1, 500])
def test_alone_a_worker_does_it_all(parts: int, page: int) -> None:
    """The same rows as billing without sharing, but for the order of what different clients wrote."""
    world, other = due(), due()
    report = share(world, sharing(world, "a", MovableClock(NOW), parts), page=page)
    assert (report.committed, report.held, report.parked, report.left) == (8, [], [], [])
    other.bill()
    assert sorted(len(world.charged(each.id)) for each in cast.all_of(world.store, Service)) == [2] * 8
    assert len(world.numbers()) == len(other.numbers())
    assert cast.findings(world.store) == []
    assert share(world, sharing(world, "b", MovableClock(NOW), parts), page=page).committed == 0


def test_a_spring_in_parts_is_sound() -> None:
    """Every day of it shared by one worker: the audit has nothing to say."""
    world = cast.in_memory()
    clock = MovableClock(NOW)
    spring(world, lambda at: share(at, sharing(world, "a", clock)))
    assert cast.findings(world.store) == []


def test_what_another_holds_is_told(shared_world: World) -> None:
    """A part that another worker holds to the end is not billed by this one, and is named in `held`."""
    world = shared_world
    how = sharing(world, "a", MovableClock(NOW), 256)
    own = shard_of(cast.ANA)
    name = f"bill/2025-02-18/{own}-{own + 1}"
    assert how.leases.lease(name, "other", NOW, instant("2025-02-18T04:00:00Z"))
    report = share(world, how)
    assert report.held == [name]
    assert report.committed == 6
    assert how.leases.lease(name, "other", NOW, NOW)
    assert share(world, how).committed == 2


def test_what_a_dead_worker_held_is_taken_when_its_lease_runs_out(shared_world: World) -> None:
    """Whoever asks after it gets the part."""
    world, clock = shared_world, MovableClock(NOW)
    dead = sharing(world, "dead", clock, 1)
    assert dead.leases.lease("bill/2025-02-18/0-256", "dead", NOW, instant("2025-02-18T03:01:00Z"))
    alive = sharing(world, "alive", clock, 1)
    assert share(world, alive).held == ["bill/2025-02-18/0-256"]
    clock.move(seconds=60)
    report = share(world, alive)
    assert (report.committed, report.held) == (8, [])


def test_a_part_is_given_back(shared_world: World) -> None:
    """When it is done, and not only when the lease runs out: the next worker need not wait."""
    world, clock = shared_world, MovableClock(NOW)
    share(world, sharing(world, "a", clock, 1))
    assert share(world, sharing(world, "b", clock, 1)).held == []


class LosingLeases:
    """Leases that are lost in the middle: the n-th asking, counted from 1, and all after it are refused."""

    def __init__(self, at: int) -> None:
        """Refuse from this asking on."""
        self.at = at
        self.asked = 0
        self.released: list[str] = []

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Give, or refuse."""
        assert (holder, until > now) == ("slow", True)
        assert name.startswith("bill/")
        self.asked += 1
        return self.asked < self.at

    def release(self, name: str, holder: str) -> None:
        """Note what was given back."""
        assert holder == "slow"
        self.released.append(name)


@pytest.mark.parametrize("at", [1, 2, 3, 5])
def test_a_worker_that_lost_its_part_stops_and_says_so(shared_world: World, at: int) -> None:
    """Between two pages: what is committed stays, the rest is another's, and the part is in `held`."""
    world, leases = shared_world, LosingLeases(at)
    how = Sharing(leases=leases, clock=MovableClock(NOW), holder="slow", parts=1)
    report = share(world, how, page=1)
    assert report.held == ["bill/2025-02-18/0-256"]
    assert report.committed == max(0, at - 2)
    assert len(leases.released) == (at > 1)
    assert cast.findings(world.store) == []
    assert world.bill().committed == 8 - report.committed


@pytest.mark.parametrize(
    ("holder", "parts", "seconds", "field"),
    [("", 1, 60, "holder"), ("a", 0, 60, "parts"), ("a", 257, 60, "parts"), ("a", 1, 0, "lease_seconds")],
)
def test_what_cannot_be_shared_is_refused(holder: str, parts: int, seconds: int, field: str) -> None:
    """A worker has a name, there are as many parts as shards at most, and a lease lasts."""
    with pytest.raises(BadValue) as told:
        Sharing(leases=MemoryStore(), clock=MovableClock(NOW), holder=holder, parts=parts, lease_seconds=seconds)
    assert told.value.field == field
