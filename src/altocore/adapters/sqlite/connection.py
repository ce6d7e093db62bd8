"""Connections: how the file is opened, how a transaction is held, how the database's faults are told."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike, fspath
from typing import Final

from altocore.adapters.sqlite.schema import STEPS
from altocore.errors import BadValue, Unavailable

__all__ = ["connect", "faults_told", "writing"]

BUSY_SECONDS: Final = 10
"""How long a writer waits for another one."""


FOREIGN: Final = """
SELECT 1 FROM sqlite_schema
WHERE NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'migration') LIMIT 1
"""
"""Finds something in a file that holds tables, and not ours."""


def connect(path: str | PathLike[str], factory: type[sqlite3.Connection]) -> sqlite3.Connection:
    """Return a connection to this file with every table in its newest form; an absent or empty file is made.

    Raises:
        BadValue: a newer altocore wrote the file, or another program did.
        Unavailable: the file cannot be opened, or is no database.
    """
    with faults_told():
        # Shared between threads by the store's own lock, and no transaction but by our own BEGIN.
        made = sqlite3.connect(
            fspath(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=factory
        )
        try:
            _refuse_foreign(made)
            made.execute("PRAGMA foreign_keys = ON")
            made.execute("PRAGMA trusted_schema = OFF")
            made.execute("PRAGMA journal_mode = WAL")
            # In WAL mode NORMAL may lose the last commits with the power; a payment told as taken must stay taken.
            made.execute("PRAGMA synchronous = FULL")
            # Ids are digests, so a page of plans touches pages of the file all over: keep 64 MB of them at hand, and write
            # them back less often than after each 4 MB. Measured on renewals: a sixth faster.
            made.execute("PRAGMA cache_size = -65536")
            made.execute("PRAGMA wal_autocheckpoint = 8000")
            _migrate(made)
        except BaseException:
            made.close()
            raise
    return made


@contextmanager
def faults_told() -> Iterator[None]:
    """Raise `Unavailable` for what the database raises, by its code and without the values that were bound.

    Raises:
        BadValue: a text that was asked for is none that the database can hold.
    """
    try:
        yield
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorname", type(fault).__name__)
        message = f"the database did not do it: {code}"
        raise Unavailable(message) from None
    except UnicodeEncodeError:
        raise BadValue("text", "holds a character that UTF-8 has no bytes for") from None


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock, and commit at the end; whatever is raised inside undoes it all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have undone it already, and a broken connection undoes it when it is opened again.
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    """Refuse a file that another program keeps, before anything of it is changed."""
    if connection.execute(FOREIGN).fetchone() is not None:
        raise BadValue("path", "this file is another program's database")


def _migrate(connection: sqlite3.Connection) -> None:
    if _step_reached(connection) == len(STEPS):
        return
    with writing(connection):
        # Asked again under the lock: another process may have been faster.
        reached = _step_reached(connection)
        if reached > len(STEPS):
            raise BadValue("path", "a newer altocore wrote this file")
        for number, step in enumerate(STEPS[reached:], reached + 1):
            step(connection)
            connection.execute("INSERT INTO migration (step) VALUES (?)", (number,))


def _step_reached(connection: sqlite3.Connection) -> int:
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").fetchone() is None:
        return 0
    (reached,) = connection.execute("SELECT coalesce(max(step), 0) FROM migration").fetchone()
    return int(reached)
