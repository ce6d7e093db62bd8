"""A hand on each kind of database; the server is the one of the tests of the store on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from altocore.adapters.postgres import PostgresStore
from altocore.adapters.sqlite import SqliteStore
from tests.adapters.postgres import conftest as server
from tests.adapters_inspection.hands import Hand, on_postgres, on_sqlite

dsn = server.dsn
schema = server.schema


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hand]:
    """Give a hand on an empty store of each kind of database."""
    if request.param == "sqlite":
        with SqliteStore.open(tmp_path / "store.sqlite") as store:
            yield on_sqlite(store)
        return
    place, name = request.getfixturevalue("dsn"), request.getfixturevalue("schema")
    with (
        PostgresStore.open(place, schema=name, connections=2) as kept,
        psycopg.connect(place, autocommit=True, options=f"-c search_path={name}") as other,
    ):
        yield on_postgres(kept, other)
