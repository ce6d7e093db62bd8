"""The audit log of this database: each entry is written behind the last one of its client, under the lock."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from altocore.adapters.chains import Heads, log_rows, logged_clients
from altocore.adapters.encoding import Encoded
from altocore.adapters.sqlite.reading import keys
from altocore.plans.log import Head, LogEntry

__all__ = ["select_heads", "select_log", "write_log"]

INSERT: Final = "INSERT INTO log (client, n, body, chain) VALUES (?, ?, ?, ?)"
LAST: Final = """
SELECT client, n, chain FROM json_each(?) AS asked
JOIN log ON log.client = asked.value AND log.n = (SELECT max(n) FROM log WHERE client = asked.value)
"""
OF_CLIENT: Final = "SELECT client, n, body, chain FROM log WHERE client = ? AND n > ? ORDER BY n LIMIT ?"
# SQLite gives the other columns of the row that max() is of.
FIRST_HEADS: Final = "SELECT client, max(n), chain FROM log GROUP BY client ORDER BY client LIMIT ?"
NEXT_HEADS: Final = "SELECT client, max(n), chain FROM log WHERE client > ? GROUP BY client ORDER BY client LIMIT ?"


def write_log(connection: sqlite3.Connection, admitted: Sequence[Encoded]) -> None:
    """Write the entries of the plans that were admitted."""
    heads = _heads(connection, logged_clients(admitted))
    connection.executemany(INSERT, log_rows(admitted, heads))


def select_log(connection: sqlite3.Connection, client: str, after: int, limit: int) -> list[LogEntry]:
    """Return a page of a client's entries, behind the one with the number `after`."""
    rows = connection.execute(OF_CLIENT, (client, after, limit)).fetchall()
    return [LogEntry(client=owner, number=number, body=body, chain=chain) for owner, number, body, chain in rows]


def select_heads(connection: sqlite3.Connection, after: str | None, limit: int) -> list[Head]:
    """Return a page of where the chains end."""
    if after is None:
        rows = connection.execute(FIRST_HEADS, (limit,)).fetchall()
    else:
        rows = connection.execute(NEXT_HEADS, (after, limit)).fetchall()
    return [Head(client=client, number=number, chain=chain) for client, number, chain in rows]


def _heads(connection: sqlite3.Connection, clients: Iterable[str]) -> Heads:
    return {client: (number, chain) for client, number, chain in connection.execute(LAST, (keys(clients),))}
