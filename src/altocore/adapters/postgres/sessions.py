"""Sessions: where a transaction comes from, whose it is, and what it is told before anything else.

Each transaction finds the tables by its own search path, so that a connection is left as it was found, whoever owns it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Final, Protocol, final

from psycopg import Connection, Cursor, Error, OperationalError
from psycopg.errors import UniqueViolation
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow, tuple_row

from altocore.adapters.postgres.faults import RACES
from altocore.errors import BadValue

__all__ = ["Joined", "Pool", "Pooled", "Sessions"]

READ_COMMITTED: Final = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
ONE_MOMENT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# pg_temp comes last, where it would otherwise come first: nobody slips a temporary table in.
TELL: Final = "SELECT set_config('search_path', quote_ident(%s) || ', pg_temp', true)"
TELL_WRITER: Final = """
SELECT set_config('search_path', quote_ident(%s) || ', pg_temp', true), set_config('lock_timeout', '10s', true)
"""
SEARCH_PATH: Final = "SELECT current_setting('search_path')"
SEARCH_PATH_AND_ISOLATION: Final = """
SELECT current_setting('search_path'), current_setting('transaction_isolation')
"""
TELL_HOST: Final = "SELECT set_config('search_path', %s, true)"


class Pool(Protocol):
    """What lends connections: a `psycopg_pool.ConnectionPool`, or anything that lends as it does."""

    def connection(self) -> AbstractContextManager[Connection[object]]:
        """Return a connection for as long as the block lasts."""
        ...


class Sessions(Protocol):
    """Where a store's transactions come from; `races` is what undoes one of them and lets it be tried again."""

    @property
    def races(self) -> tuple[type[Error], ...]:
        """Return the errors after which the same transaction may be tried again."""
        ...

    def reading(self) -> AbstractContextManager[Cursor[TupleRow]]:
        """Hold a cursor to read with; it changes nothing."""
        ...

    def snapshot(self) -> AbstractContextManager[Cursor[TupleRow]]:
        """Hold a cursor whose reads all see one moment."""
        ...

    def writing(self) -> AbstractContextManager[Cursor[TupleRow]]:
        """Hold a cursor to write with; what is raised inside undoes it all."""
        ...


@final
class Pooled:
    """Transactions of our own, each on a connection that a pool lends, at READ COMMITTED whatever the server's default."""

    races: tuple[type[Error], ...] = RACES

    def __init__(self, pool: Pool, schema: str) -> None:
        """Begin with a pool and the schema of the tables."""
        self._pool = pool
        self._schema = schema

    @contextmanager
    def reading(self) -> Iterator[Cursor[TupleRow]]:
        """Hold a cursor to read with; what it is told goes out with the first question."""
        with self._lent() as connection, connection.pipeline(), connection.transaction():
            connection.cursor(row_factory=tuple_row).execute(TELL, (self._schema,))
            yield connection.cursor(row_factory=tuple_row)

    @contextmanager
    def snapshot(self) -> Iterator[Cursor[TupleRow]]:
        """Hold a cursor whose reads all see one moment."""
        with self._lent() as connection, connection.transaction():
            cursor = connection.cursor(row_factory=tuple_row)
            cursor.execute(ONE_MOMENT)
            cursor.execute(TELL, (self._schema,))
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[Cursor[TupleRow]]:
        """Hold a cursor to write with, and commit at the end."""
        with self._lent() as connection:
            with connection.transaction():
                cursor = connection.cursor(row_factory=tuple_row)
                cursor.execute(READ_COMMITTED)
                cursor.execute(TELL_WRITER, (self._schema,))
                yield cursor
            _must_be_open(connection)

    @contextmanager
    def _lent(self) -> Iterator[Connection[object]]:
        with self._pool.connection() as connection:
            if connection.info.transaction_status is not TransactionStatus.IDLE:
                raise BadValue("pool", "it lends a connection with an open transaction")
            yield connection


@final
class Joined:
    """Savepoints in a transaction of the host's, which alone commits it or rolls it back.

    Only a unique key that another transaction took is tried again, and only where the host reads what others commit
    meanwhile: a deadlock or a failed serialization may be the whole transaction's, and so is the host's to repeat; and a
    transaction that sees one moment sees nothing new the second time.
    """

    def __init__(self, connection: Connection[object], schema: str) -> None:
        """Begin with the host's connection and the schema of the tables."""
        self._connection = connection
        self._schema = schema
        self._lock = Lock()
        self.races: tuple[type[Error], ...] = ()

    @contextmanager
    def reading(self) -> Iterator[Cursor[TupleRow]]:
        """Hold a cursor to read with; the savepoint is rolled back, so the host's search path is what it was."""
        with self._lock:
            self._begun()
            with self._connection.transaction(force_rollback=True):
                cursor = self._connection.cursor(row_factory=tuple_row)
                cursor.execute(TELL, (self._schema,))
                yield cursor

    def snapshot(self) -> AbstractContextManager[Cursor[TupleRow]]:
        """Hold a cursor to read with; it sees what the host's transaction sees."""
        return self.reading()

    @contextmanager
    def writing(self) -> Iterator[Cursor[TupleRow]]:
        """Hold a cursor to write with, in a savepoint that is released at the end."""
        with self._lock:
            self._begun()
            with self._connection.transaction():
                cursor = self._connection.cursor(row_factory=tuple_row)
                before, isolation = cursor.execute(SEARCH_PATH_AND_ISOLATION).fetchall()[0]
                self.races = (UniqueViolation,) if isolation == "read committed" else ()
                cursor.execute(TELL, (self._schema,))
                yield cursor
                cursor.execute(TELL_HOST, (before,))
            _must_be_open(self._connection)

    def _begun(self) -> None:
        """Let the host's transaction begin where the connection begins one by itself; refuse to begin one where not."""
        if self._connection.info.transaction_status is not TransactionStatus.IDLE:
            return
        if self._connection.autocommit:
            raise BadValue("connection", "it is in autocommit mode and no transaction is open: there is none to join")
        self._connection.cursor(row_factory=tuple_row).execute(SEARCH_PATH)


def _must_be_open(connection: Connection[object]) -> None:
    """Refuse to call a transaction committed that ended without a word: psycopg commits none on a closed connection."""
    if connection.closed:
        raise OperationalError("the connection is closed")
