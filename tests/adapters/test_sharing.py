"""Stores that are shared: threads that hold one store, processes that open one file."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.plans.guard import AlreadyDone, Committed, Conflict
from altocore.plans.plan import Plan
from altocore.ports.store import Store
from tests.adapters.pages import ORDERS, RENEWALS

ROOT = Path(__file__).resolve().parents[2]


def make(name: str, folder: Path) -> AbstractContextManager[Store]:
    """Return the store of this name."""
    return nullcontext(MemoryStore()) if name == "memory" else SqliteStore.open(folder / "store.db")


@pytest.mark.parametrize("name", ["memory", "sqlite"])
def test_threads_do_each_deed_once(name: str, tmp_path: Path) -> None:
    """Eight threads commit the same plans while others read: each plan happens once, whoever is first."""
    with make(name, tmp_path) as store:
        store.commit(ORDERS)

        def race(plan: Plan[object]) -> object:
            list(store.postings())
            (outcome,) = store.commit([plan])
            list(store.messages(plan.messages[0].client))
            return outcome

        for plan in RENEWALS:
            with ThreadPoolExecutor(8) as pool:
                outcomes = list(pool.map(race, [plan] * 16))
            assert sum(isinstance(outcome, Committed) for outcome in outcomes) == 1
            assert sum(isinstance(outcome, AlreadyDone) for outcome in outcomes) == 15
        assert len(list(store.messages())) == len(RENEWALS)


@pytest.mark.slow
def test_processes_do_each_deed_once(tmp_path: Path) -> None:
    """Four processes make the file and race for every plan: each happens once, and the numbers have no gap."""
    path = tmp_path / "store.db"
    racers = [
        subprocess.Popen([sys.executable, "-m", "tests.adapters.raced", str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    won = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * 4
    assert sum(won) == len(ORDERS) + len(RENEWALS)
    alone = MemoryStore()
    alone.commit((*ORDERS, *RENEWALS))
    with SqliteStore.open(path) as store:
        assert list(store.dump()) == list(alone.dump())


def test_two_stores_on_one_file_see_each_other(tmp_path: Path) -> None:
    """What one has committed the other reads at once, and what it had read before is a conflict."""
    with SqliteStore.open(tmp_path / "store.db") as one, SqliteStore.open(tmp_path / "store.db") as other:
        one.commit(ORDERS)
        assert isinstance(other.commit(ORDERS[:1])[0], AlreadyDone)
        assert isinstance(other.commit(RENEWALS[1:2])[0], Conflict)
        assert list(other.dump()) == list(one.dump())


@pytest.mark.parametrize("size", [1, 3, 8])
def test_pages_of_any_size_leave_the_same_bytes(size: int, tmp_path: Path) -> None:
    """The size of a page is no part of the answer: numbers and order of rows are the same."""
    plans = (*ORDERS, *RENEWALS)
    whole = MemoryStore()
    whole.commit(plans)
    with SqliteStore.open(tmp_path / "store.db") as store:
        for start in range(0, len(plans), size):
            store.commit(plans[start : start + size])
        assert list(store.dump()) == list(whole.dump())
