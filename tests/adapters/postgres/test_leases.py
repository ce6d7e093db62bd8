"""Leases in this database, wherever the transactions come from."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from itertools import product

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from altocore.adapters.memory import MemoryStore
from altocore.adapters.postgres import PostgresStore
from altocore.ports.leases import Leases
from altocore.testing import check_leases
from altocore.values.instants import later
from tests import cast
from tests.adapters.pages import ORDERS

pytestmark = pytest.mark.postgres


def test_a_schema_keeps_every_promise(store: PostgresStore) -> None:
    """One schema for all promises."""
    check_leases(lambda: nullcontext(store))


@pytest.mark.parametrize("autocommit", [False, True])
def test_a_hosts_pool_keeps_every_promise(dsn: str, schema: str, *, autocommit: bool) -> None:
    """The connections may begin transactions by themselves or not."""
    with ConnectionPool(dsn, kwargs={"autocommit": autocommit}, min_size=1, max_size=2, open=True) as pool:

        @contextmanager
        def on_pool() -> Iterator[Leases]:
            with PostgresStore.on_pool(pool, schema=schema) as store:
                yield store

        check_leases(on_pool)


def test_a_hosts_transaction_keeps_every_promise(dsn: str, store: PostgresStore, schema: str) -> None:
    """All promises are kept inside one transaction; rolled back, nobody had anything."""
    with psycopg.connect(dsn) as connection:
        check_leases(lambda: nullcontext(PostgresStore.joined(connection, schema=schema)))
        connection.rollback()
    check_leases(lambda: nullcontext(store))


def test_it_answers_as_memory_does(store: PostgresStore) -> None:
    """Whoever asks for whatever, whenever: a lease that begins and ends at any second of a few."""
    memory = MemoryStore()
    for now, (name, holder), length in product(range(5), product(["x", "y"], ["a", "b"]), (2, 0, -1)):
        at, until = later(cast.NOON, now), later(cast.NOON, now + length)
        assert store.lease(name, holder, at, until) is memory.lease(name, holder, at, until)
        if (now + length) % 3 == 0:
            store.release(name, holder)
            memory.release(name, holder)


def test_of_eight_at_once_one_gets_it(store: PostgresStore) -> None:
    """Each time it runs out, one of those who ask for it has it."""
    for round_number in range(10):
        now, until = later(cast.NOON, 60 * round_number), later(cast.NOON, 60 * round_number + 60)

        def ask(n: int) -> bool:
            return store.lease("day", f"{n}", now, until)  # noqa: B023  # asked in this round

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(ask, range(8))) == 1


def test_leases_are_no_rows_of_the_books(store: PostgresStore) -> None:
    """Stores with the same history dump the same lines, whoever worked on it."""
    alone = MemoryStore()
    alone.commit(ORDERS)
    store.commit(ORDERS)
    store.lease("day", "a", cast.NOON, later(cast.NOON, 60))
    assert list(store.dump()) == list(alone.dump())
