"""Worlds on both stores; each is audited when its test is over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.terms.editions import TermsEdition
from altocore.values.days import Day
from tests.workflows import cast


class Begin(Protocol):
    """Begins a world on the store at hand."""

    def __call__(self, *editions: TermsEdition, today: Day = cast.JANUARY_31) -> cast.World:
        """Return the world."""
        ...


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[cast.DumpStore]:
    """Give an empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    with SqliteStore.open(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SqliteStore]:
    """Give an empty database."""
    with SqliteStore.open(tmp_path / "disk.sqlite") as opened:
        yield opened


@pytest.fixture
def begin(store: cast.DumpStore) -> Iterator[Begin]:
    """Give a maker of worlds, whose books are in order at the end: no violation, numbers from 1 without a gap."""
    made: list[cast.World] = []

    def begin_one(*editions: TermsEdition, today: Day = cast.JANUARY_31) -> cast.World:
        made.append(cast.world(store, *editions, today=today))
        return made[-1]

    yield begin_one
    for world in made:
        assert cast.findings(world.store) == []
        numbers = world.numbers()
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.fixture
def world(begin: Begin) -> cast.World:
    """Give a world under the `default` terms, on 31 January 2025."""
    return begin()
