"""The check of leases: ours pass it, and leases that break a promise are refused by the promise's name."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.ports.leases import Leases
from altocore.testing import CheckFailed, check_leases
from altocore.testing.leases import PROMISES
from tests.adapters import broken_leases as broken


def test_memory_keeps_every_promise() -> None:
    """The twin in memory has leases, new ones for each promise or the same."""
    store = MemoryStore()
    check_leases(lambda: nullcontext(MemoryStore()))
    check_leases(lambda: nullcontext(store))


def test_sqlite_keeps_every_promise(tmp_path: Path) -> None:
    """One file, opened again for each promise."""
    check_leases(lambda: SqliteStore.open(tmp_path / "store.db"))


def test_a_wrapper_that_breaks_nothing_passes() -> None:
    """What is refused below is refused for what it breaks, not for being wrapped."""
    check_leases(lambda: nullcontext(broken.Whole()))


BROKEN: Final[list[tuple[Callable[[], Leases], str]]] = [
    (broken.TwoHolders, "a_name_has_one_holder"),
    (broken.OneName, "a_name_has_one_holder"),
    (broken.ForEver, "a_lease_runs_out"),
    (broken.HeldAtItsEnd, "a_lease_runs_out"),
    (broken.HasItStill, "a_lease_runs_out"),
    (broken.NotAgain, "a_lease_is_prolonged_by_its_holder"),
    (broken.KeepsTheOldEnd, "a_lease_is_prolonged_by_its_holder"),
    (broken.AnybodyReleases, "a_name_is_given_back_by_its_holder"),
    (broken.NeverFree, "a_name_is_given_back_by_its_holder"),
]
"""Each with the promise that it breaks."""


@pytest.mark.parametrize(("make", "promise"), BROKEN)
def test_broken_leases_are_refused_by_name(make: Callable[[], Leases], promise: str) -> None:
    """The failure names the promise that is broken, and says what was seen."""
    with pytest.raises(CheckFailed) as failed:
        check_leases(lambda: nullcontext(make()))
    assert failed.value.check == promise
    assert failed.value.why


def test_each_promise_is_broken_by_some_leases() -> None:
    """A promise that no leases can break proves nothing."""
    assert {promise for _, promise in BROKEN} == {promise.__name__ for promise in PROMISES}
