"""Leases in this database: one row a name, taken in a transaction of its own."""

from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.postgres.reading import bound
from altocore.values.instants import Instant, microseconds

__all__ = ["give_back", "take"]

TAKE: Final = """
INSERT INTO lease (name, holder, until) VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until <= %s
"""
GIVE_BACK: Final = "DELETE FROM lease WHERE name = %s AND holder = %s"


def take(cursor: Cursor[TupleRow], name: str, holder: str, now: Instant, until: Instant) -> bool:
    """Return whether the name was free, had run out, or was this holder's own.

    Raises:
        BadValue: the name or the holder is a text that no row can hold.
    """
    given = (bound("name", name), bound("holder", holder), microseconds(until), microseconds(now))
    return cursor.execute(TAKE, given).rowcount == 1


def give_back(cursor: Cursor[TupleRow], name: str, holder: str) -> None:
    """Delete the row, if it is this holder's.

    Raises:
        BadValue: the name or the holder is a text that no row can hold.
    """
    cursor.execute(GIVE_BACK, (bound("name", name), bound("holder", holder)))
