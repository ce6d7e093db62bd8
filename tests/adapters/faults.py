"""Connections that do something before a chosen statement: raise, or stop the process. Given to `SqliteStore.open`."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import TypeAlias, final

from attrs import define, field

Parameters: TypeAlias = Iterable[str | int | None]


@final
@define
class Trap:
    """Calls `spring` before the statement that is the `at`-th since it was armed, counted from 1; 0 is never."""

    spring: Callable[[], None] = field()
    at: int = field(default=0)
    seen: list[str] = field(factory=list)

    def arm(self, at: int) -> None:
        """Begin to count; 0 only records."""
        self.at = at
        self.seen.clear()

    def passes(self, sql: str) -> None:
        """Count a statement, and spring if it is the one."""
        self.seen.append(sql)
        if len(self.seen) == self.at:
            self.spring()


def trapped(trap: Trap) -> type[sqlite3.Connection]:
    """Return a class of connections whose statements all pass this trap."""

    class Trapped(sqlite3.Connection):
        def execute(self, sql: str, parameters: Parameters = (), /) -> sqlite3.Cursor:  # type: ignore[override]  # the one form that stores use
            trap.passes(sql)
            return super().execute(sql, tuple(parameters))

        def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> sqlite3.Cursor:  # type: ignore[override]  # likewise
            trap.passes(sql)
            return super().executemany(sql, [tuple(each) for each in parameters])

    return Trapped


class Hasty(sqlite3.Connection):
    """A connection that does not wait for the disk, for tests of what is written and not of how long it lasts."""

    def execute(self, sql: str, parameters: Parameters = (), /) -> sqlite3.Cursor:  # type: ignore[override]  # the one form that stores use
        return super().execute("PRAGMA synchronous = OFF" if "synchronous" in sql else sql, tuple(parameters))


def disk_full() -> None:
    """Raise what SQLite raises where it cannot write."""
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorname = "SQLITE_FULL"
    raise fault
