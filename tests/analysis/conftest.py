"""An empty store of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from tests.workflows.cast import DumpStore


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DumpStore]:
    """Give an empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    with SqliteStore.open(tmp_path / "store.sqlite") as opened:
        yield opened
