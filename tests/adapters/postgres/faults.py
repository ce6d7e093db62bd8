"""Connections and transactions that do something at a chosen place. The place is a statement of a commit, or its end."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, final

import psycopg
from attrs import define, field
from psycopg.abc import Params
from psycopg.rows import TupleRow

from altocore.adapters.postgres.sessions import Pooled, Sessions

Backend = int


@final
@define
class Trap:
    """Calls `spring` with the backend before the statement that is the `at`-th since it was armed; 0 is never."""

    spring: Callable[[Backend], None] = field()
    at: int = field(default=0)
    seen: list[str] = field(factory=list)

    def arm(self, at: int) -> None:
        """Begin to count; 0 only records."""
        self.at = at
        self.seen.clear()

    def passes(self, statement: str, backend: Backend) -> None:
        """Count a statement, and spring if it is the one."""
        self.seen.append(statement)
        if len(self.seen) == self.at:
            self.spring(backend)


def trapped(trap: Trap) -> type[psycopg.Cursor[Any]]:
    """Return a class of cursors whose statements all pass this trap."""

    class Trapped(psycopg.Cursor[Any]):
        def execute(self, query: str, params: Params | None = None, **rest: Any) -> "Trapped":  # type: ignore[override]  # noqa: ANN401  # the one form that the store uses
            trap.passes(query, self.connection.info.backend_pid)
            super().execute(query, params, **rest)
            return self

        def executemany(self, query: str, params_seq: Iterable[Params], *, returning: bool = False) -> None:  # type: ignore[override]  # likewise
            trap.passes(query, self.connection.info.backend_pid)
            super().executemany(query, params_seq, returning=returning)

        def copy(self, statement: str) -> AbstractContextManager[psycopg.Copy]:  # type: ignore[override]  # likewise
            trap.passes(statement, self.connection.info.backend_pid)
            return super().copy(statement)

    return Trapped


@final
class Lends:
    """A pool of one connection, made anew when it is broken."""

    def __init__(self, dsn: str, trap: Trap) -> None:
        self._dsn = dsn
        self.trap = trap
        self._connection = self._connect()

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """Lend it."""
        if self._connection.closed:
            self._connection = self._connect()
        yield self._connection

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def _connect(self) -> psycopg.Connection[TupleRow]:
        return psycopg.connect(self._dsn, autocommit=True, cursor_factory=trapped(self.trap))


@final
class Ends:
    """Transactions that do something at the end of a commit: just before it is sent, or once it is done."""

    races: tuple[type[psycopg.Error], ...] = Pooled.races

    def __init__(
        self, inner: Sessions, *, before: Sequence[Callable[[Backend], None]] = (), after: Sequence[Exception] = ()
    ) -> None:
        self._inner = inner
        self._before = list(before)
        self._after = list(after)

    def reading(self) -> AbstractContextManager[psycopg.Cursor[TupleRow]]:
        """Pass it on."""
        return self._inner.reading()

    def snapshot(self) -> AbstractContextManager[psycopg.Cursor[TupleRow]]:
        """Pass it on."""
        return self._inner.snapshot()

    @contextmanager
    def writing(self) -> Iterator[psycopg.Cursor[TupleRow]]:
        """Hold a cursor; what is to be done at the end is done once."""
        with self._inner.writing() as cursor:
            yield cursor
            if self._before:
                self._before.pop()(cursor.connection.info.backend_pid)
        if self._after:
            raise self._after.pop()


def terminating(dsn: str) -> Callable[[Backend], None]:
    """Return what ends a backend from outside, and waits until it is gone."""

    def terminate(backend: Backend) -> None:
        with psycopg.connect(dsn, autocommit=True) as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 10000)", (backend,))

    return terminate
