"""Parts of a day: they hold each shard once, workers begin apart, and what cannot be shared is refused."""

from itertools import pairwise

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.errors import BadValue
from altocore.plans.scanning import SHARDS
from altocore.testing import MovableClock
from altocore.values.instants import instant
from altocore.workflows.sharing import Sharing


@pytest.fixture
def clock() -> MovableClock:
    """Give a clock that stands at noon."""
    return MovableClock(instant("2025-04-08T15:00:00Z"))


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("parts", {"parts": 0}),
        ("parts", {"parts": SHARDS + 1}),
        ("parts", {"parts": -1}),
        ("lease_seconds", {"lease_seconds": 0}),
        ("lease_seconds", {"lease_seconds": -60}),
    ],
)
def test_what_cannot_be_shared_is_refused(clock: MovableClock, field: str, changed: dict[str, int]) -> None:
    """No part, more parts than shards, and a lease of no time are misuse."""
    with pytest.raises(BadValue, match=field):
        Sharing(leases=MemoryStore(), clock=clock, holder="me", **changed)


def test_a_worker_has_a_name(clock: MovableClock) -> None:
    """Two workers without a name would be one."""
    with pytest.raises(BadValue, match="holder"):
        Sharing(leases=MemoryStore(), clock=clock, holder="")


@pytest.mark.parametrize("holder", ["a", "b", "wörker-17"])
def test_parts_hold_each_shard_once(clock: MovableClock, holder: str) -> None:
    """For every number of parts, whoever begins where: the parts are 0 to 256, one behind the other, none empty."""
    for parts in range(1, SHARDS + 1):
        shares = Sharing(leases=MemoryStore(), clock=clock, holder=holder, parts=parts).shares()
        ordered = sorted(shares, key=lambda each: each.start)
        assert len(shares) == parts
        assert (ordered[0].start, ordered[-1].end) == (0, SHARDS)
        assert all(one.end == next_one.start for one, next_one in pairwise(ordered))
        sizes = {each.end - each.start for each in shares}
        assert max(sizes) - min(sizes) <= 1


def test_workers_begin_apart(clock: MovableClock) -> None:
    """Sixteen workers do not all begin at the same part, so that they do not meet at each."""
    sharings = [Sharing(leases=MemoryStore(), clock=clock, holder=f"worker {n}") for n in range(16)]
    assert len({sharing.shares()[0] for sharing in sharings}) > 4
