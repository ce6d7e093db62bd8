"""Leases in this database: one row a name, taken in a write of its own."""

import sqlite3
from typing import Final

from altocore.values.instants import Instant, microseconds

__all__ = ["give_back", "take"]

TAKE: Final = """
INSERT INTO lease (name, holder, until) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until <= ?
"""
GIVE_BACK: Final = "DELETE FROM lease WHERE name = ? AND holder = ?"


def take(connection: sqlite3.Connection, name: str, holder: str, now: Instant, until: Instant) -> bool:
    """Return whether the name was free, had run out, or was this holder's own."""
    taken = connection.execute(TAKE, (name, holder, microseconds(until), microseconds(now)))
    return taken.rowcount == 1


def give_back(connection: sqlite3.Connection, name: str, holder: str) -> None:
    """Delete the row, if it is this holder's."""
    connection.execute(GIVE_BACK, (name, holder))
