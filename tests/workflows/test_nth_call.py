"""The n-th call of a port fails, for every n and every deed: it comes out, nothing is half done, and the same again works."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from tests.workflows.cast import World
from tests.workflows.deeds import DEEDS, ENQUIRIES, a_day_is_shared, lively
from tests.workflows.nth import Deed, Fresh, check_every_call, check_every_read, noted


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Give what opens the lively world on each kind of store: made anew in memory, a copy of one file on disk."""
    if request.param == "memory":
        return in_memory
    folder = tmp_path_factory.mktemp("lively")
    with SqliteStore.open(folder / "first.db") as store:
        world = lively(store)

    @contextmanager
    def on_disk() -> Iterator[World]:
        shutil.copyfile(folder / "first.db", folder / "copy.db")
        with SqliteStore.open(folder / "copy.db") as opened:
            yield attrs.evolve(world, store=opened)

    return on_disk


@contextmanager
def in_memory() -> Iterator[World]:
    """Open the lively world in memory."""
    yield lively(MemoryStore())


def name_of(deed: Deed) -> str:
    """Return a deed's name."""
    return deed.__name__


@pytest.mark.parametrize("deed", DEEDS, ids=name_of)
def test_any_call_may_fail(fresh: Fresh, deed: Deed) -> None:
    """Before a call or after it: `Unavailable` comes out, the rows are those of a commit, and again it ends the same."""
    assert check_every_call(fresh, deed) > 0


@pytest.mark.parametrize("enquiry", ENQUIRIES, ids=lambda enquiry: enquiry.__name__)
def test_any_call_of_an_enquiry_may_fail(fresh: Fresh, enquiry: Deed) -> None:
    """It comes out, and never ends as an answer that is only half."""
    assert check_every_read(fresh, enquiry) > 50


@pytest.mark.parametrize("deed", DEEDS, ids=name_of)
def test_each_deed_does_something(deed: Deed) -> None:
    """What nothing happens in could not be half done either."""
    notes = noted(in_memory, deed)
    assert notes.rows[0] != notes.rows[-1]
    assert len(notes.rows) == 1 + notes.calls.count("commit")


@pytest.mark.parametrize("deed", ENQUIRIES, ids=name_of)
def test_each_enquiry_only_reads(deed: Deed) -> None:
    """It asks the store, and leaves it as it is."""
    notes = noted(in_memory, deed)
    assert len(notes.calls) > 10
    assert "commit" not in notes.calls


def test_leases_and_clock_are_among_the_calls() -> None:
    """A shared day asks for each page's time and lease, and gives each part back."""
    calls = noted(in_memory, a_day_is_shared).calls
    assert calls.count("lease") == calls.count("now") > 4
    assert calls.count("release") == 2
