"""The store keeps every promise of the port, wherever its transactions come from."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from altocore.adapters.postgres import PostgresStore
from altocore.ports.store import Store
from altocore.testing import Opening, check_store
from tests.adapters.postgres.conftest import drop

pytestmark = pytest.mark.postgres


def test_a_fresh_schema_keeps_every_promise(dsn: str, schema: str) -> None:
    """A schema for each promise."""
    numbers = count()
    try:
        check_store(lambda: PostgresStore.open(dsn, schema=f"{schema}_{next(numbers)}"))
    finally:
        for number in range(next(numbers)):
            drop(dsn, f"{schema}_{number}")


def test_one_schema_keeps_every_promise_for_ever(dsn: str, schema: str) -> None:
    """One schema, opened again for each promise, has everything that was committed."""
    check_store(lambda: PostgresStore.open(dsn, schema=schema), opening=Opening.SAME)


@pytest.mark.parametrize("autocommit", [False, True])
def test_a_hosts_pool_keeps_every_promise(dsn: str, schema: str, *, autocommit: bool) -> None:
    """The connections may begin transactions by themselves or not; each comes back as it was lent."""
    with ConnectionPool(dsn, kwargs={"autocommit": autocommit}, min_size=1, max_size=2, open=True) as pool:
        with pool.connection() as connection:
            before = connection.execute("SHOW search_path").fetchone()

        @contextmanager
        def on_pool() -> Iterator[Store]:
            with PostgresStore.on_pool(pool, schema=schema) as store:
                yield store

        check_store(on_pool, opening=Opening.SAME)
        with pool.connection() as connection:
            assert connection.execute("SHOW search_path").fetchone() == before


@pytest.mark.parametrize("isolation", [None, psycopg.IsolationLevel.SERIALIZABLE])
def test_a_hosts_transaction_keeps_every_promise(
    dsn: str, store: PostgresStore, schema: str, isolation: psycopg.IsolationLevel | None
) -> None:
    """All promises are kept inside one transaction, which is rolled back at last."""
    with psycopg.connect(dsn) as connection:
        connection.isolation_level = isolation

        @contextmanager
        def joined() -> Iterator[Store]:
            yield PostgresStore.joined(connection, schema=schema)

        check_store(joined, opening=Opening.SAME)
        connection.rollback()
    assert list(store.dump()) == []
