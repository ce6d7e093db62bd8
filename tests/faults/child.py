"""A child: it opens its own store, does the day's work, and dies where it is ordered to, without a word."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Final, final

from psycopg import Cursor, Error
from psycopg.rows import TupleRow

from altocore.adapters.postgres import PostgresStore
from altocore.adapters.postgres.sessions import Pooled, Sessions
from altocore.adapters.sqlite import SqliteStore
from altocore.plans.guard import Outcome
from altocore.plans.plan import Plan
from altocore.ports.store import Store
from tests.adapters import faults as on_sqlite
from tests.adapters.postgres import faults as on_postgres
from tests.faults.course import COMMIT
from tests.faults.orders import Order
from tests.faults.provider import work
from tests.workflows.stores import Passing

CHECKPOINT: Final = "PRAGMA wal_autocheckpoint = 8"


class Checkpointing(sqlite3.Connection):
    """A connection that moves its log into the file at nearly every commit, so that a kill may meet it there."""

    def execute(self, sql: str, parameters: on_sqlite.Parameters = (), /) -> sqlite3.Cursor:  # type: ignore[override]  # the one form that stores use
        return super().execute(CHECKPOINT if "wal_autocheckpoint" in sql else sql, tuple(parameters))


@final
class Ending:
    """Transactions whose commit is a statement too, to be seen by a trap before it is sent."""

    races: tuple[type[Error], ...] = Pooled.races

    def __init__(self, inner: Sessions, trap: on_postgres.Trap) -> None:
        """Stand in front of these."""
        self._inner = inner
        self._trap = trap

    def reading(self) -> AbstractContextManager[Cursor[TupleRow]]:
        """Pass it on."""
        return self._inner.reading()

    def snapshot(self) -> AbstractContextManager[Cursor[TupleRow]]:
        """Pass it on."""
        return self._inner.snapshot()

    @contextmanager
    def writing(self) -> Iterator[Cursor[TupleRow]]:
        """Hold a cursor, and count the commit at its end."""
        with self._inner.writing() as cursor:
            yield cursor
            self._trap.passes(COMMIT, cursor.connection.info.backend_pid)


@final
class Telling(Passing):
    """A store that tells each commit that it was told is done."""

    def __init__(self, store: Store, tell: Callable[[], object]) -> None:
        """Stand in front of this store."""
        super().__init__(store)
        self._tell = tell

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit, and tell."""
        outcomes = super().commit(plans)
        self._tell()
        return outcomes


def hit(order: Order) -> None:
    """Send the signal to whom it is ordered."""
    os.kill(order.postmaster or os.getpid(), order.signal)


def trapped_on_postgres(lends: on_postgres.Lends, schema: str) -> PostgresStore:
    """Return a store whose statements and commits pass the trap of what lends."""
    return PostgresStore(Ending(Pooled(lends, schema), lends.trap))


def live(order: Order, begun: Callable[[], object], tell: Callable[[], object]) -> None:
    """Do the work; who was to die before a statement that never came dies at the end, and does not close anything."""
    if order.dsn:
        on_server = on_postgres.Trap(lambda _backend: hit(order))
        store: Store = trapped_on_postgres(on_postgres.Lends(order.dsn, on_server), order.name)
        begun()
        on_server.arm(order.at)
    else:
        in_file = on_sqlite.Trap(lambda: hit(order))
        factory = Checkpointing if order.after_us else on_sqlite.trapped(in_file)
        opened = SqliteStore.open(order.name, factory=factory)
        store = opened
        if order.at:
            # A kill leaves what the system holds: only a child that may be killed while it waits for the disk waits for it.
            opened._connection.execute("PRAGMA synchronous = OFF")
        begun()
        in_file.arm(order.at)
    work(Telling(store, tell))
    if order.at and not order.postmaster:
        hit(order)
