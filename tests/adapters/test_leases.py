"""Leases: whoever asks, in whatever order, a name is had by one holder until it runs out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.ports.leases import Leases
from altocore.values.instants import later
from tests import cast
from tests.adapters.faults import Hasty
from tests.adapters.pages import ORDERS

Deed: TypeAlias = tuple[str, str, int, int] | tuple[str, str]

NAMES = st.sampled_from(["day/0", "day/1"])
HOLDERS = st.sampled_from(["a", "b", "ñ"])
DEEDS = st.lists(
    st.tuples(NAMES, HOLDERS, st.integers(0, 3), st.integers(-1, 6)) | st.tuples(NAMES, HOLDERS), max_size=20
)


class Naive:
    """Who has what until when, in seconds."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, int]] = {}

    def does(self, deed: Deed, now: int) -> bool:
        """Do a deed, and return what it answers; what is given back answers nothing."""
        holder, until = self.held.get(deed[0], ("", 0))
        if len(deed) == 2:
            if holder == deed[1]:
                del self.held[deed[0]]
            return False
        if holder not in {"", deed[1]} and now < until:
            return False
        self.held[deed[0]] = (deed[1], now + deed[3])
        return True


def does(leases: Leases, deed: Deed, now: int) -> bool:
    """Do a deed at a moment, so many seconds after noon."""
    if len(deed) == 2:
        leases.release(*deed)
        return False
    name, holder, _, length = deed
    return leases.lease(name, holder, later(cast.NOON, now), later(cast.NOON, now + length))


@settings(deadline=None)
@given(DEEDS)
def test_leases_are_what_the_model_says(deeds: list[Deed]) -> None:
    """Both stores answer as the model, whatever was asked before: time only goes on."""
    naive, now = Naive(), 0
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        sqlite = stack.enter_context(closing(SqliteStore.open(Path(folder) / "store.db", factory=Hasty)))
        stores: list[Leases] = [MemoryStore(), sqlite]
        for deed in deeds:
            now += deed[2] if len(deed) == 4 else 0
            promised = naive.does(deed, now)
            assert [does(store, deed, now) for store in stores] == [promised] * 2


@pytest.fixture(params=["one store", "a store each"])
def workers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Leases]]:
    """Return what eight workers hold: one store of one file, or each its own of the same file."""
    path = tmp_path / "store.db"
    with ExitStack() as stack:
        count = 1 if request.param == "one store" else 8
        opened = [stack.enter_context(SqliteStore.open(path)) for _ in range(count)]
        yield [opened[n % count] for n in range(8)]


def test_of_eight_at_once_one_gets_it(workers: list[Leases]) -> None:
    """Each time it runs out, one of those who ask for it has it."""
    for round_number in range(5):
        now, until = later(cast.NOON, 60 * round_number), later(cast.NOON, 60 * round_number + 60)

        def ask(n: int) -> bool:
            return workers[n].lease("day", f"{n}", now, until)  # noqa: B023  # asked in this round

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(ask, range(8))) == 1


def test_a_lease_outlasts_its_process(tmp_path: Path) -> None:
    """Who died has the name until it runs out."""
    almost = later(cast.NOON, 59)
    with SqliteStore.open(tmp_path / "store.db") as store:
        assert store.lease("day", "a", cast.NOON, later(cast.NOON, 60))
    with SqliteStore.open(tmp_path / "store.db") as store:
        assert not store.lease("day", "b", almost, later(cast.NOON, 90))
        assert store.lease("day", "b", later(cast.NOON, 60), later(cast.NOON, 90))


def test_leases_are_no_rows_of_the_books(tmp_path: Path) -> None:
    """Stores with the same history dump the same lines, whoever worked on it."""
    alone = MemoryStore()
    alone.commit(ORDERS)
    with SqliteStore.open(tmp_path / "store.db") as store:
        store.commit(ORDERS)
        store.lease("day", "a", cast.NOON, later(cast.NOON, 60))
        assert list(store.dump()) == list(alone.dump())
