"""The audit log of this database: each entry is written behind the last one of its client.

Two that write behind the same entry meet at its key, and one of them is judged again.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.chains import Heads, log_rows, logged_clients
from altocore.adapters.encoding import Encoded
from altocore.adapters.postgres.reading import bound, fits
from altocore.plans.log import Head, LogEntry

__all__ = ["select_heads", "select_log", "write_log"]

COPY: Final = "COPY log (client, n, body, chain) FROM STDIN (FORMAT BINARY)"
TYPES: Final = ("text", "int8", "text", "text")
LAST: Final = """
SELECT asked.client, last.n, last.chain FROM unnest(%s::text[]) AS asked (client)
CROSS JOIN LATERAL (SELECT n, chain FROM log WHERE log.client = asked.client ORDER BY n DESC LIMIT 1) AS last
"""
OF_CLIENT: Final = "SELECT client, n, body, chain FROM log WHERE client = %s AND n > %s ORDER BY n LIMIT %s"
# From client to client over the key, two look-ups each, however long the chains are.
FIRST_HEADS: Final = """
WITH RECURSIVE page (client) AS (
    SELECT min(client) FROM log
    UNION ALL
    SELECT (SELECT min(log.client) FROM log WHERE log.client > page.client) FROM page WHERE page.client IS NOT NULL
)
SELECT page.client, last.n, last.chain FROM page
CROSS JOIN LATERAL (SELECT n, chain FROM log WHERE log.client = page.client ORDER BY n DESC LIMIT 1) AS last LIMIT %s
"""
NEXT_HEADS: Final = """
WITH RECURSIVE page (client) AS (
    SELECT min(client) FROM log WHERE client > %s
    UNION ALL
    SELECT (SELECT min(log.client) FROM log WHERE log.client > page.client) FROM page WHERE page.client IS NOT NULL
)
SELECT page.client, last.n, last.chain FROM page
CROSS JOIN LATERAL (SELECT n, chain FROM log WHERE log.client = page.client ORDER BY n DESC LIMIT 1) AS last LIMIT %s
"""


def write_log(cursor: Cursor[TupleRow], admitted: Sequence[Encoded]) -> None:
    """Write the entries of the plans that were admitted."""
    rows = log_rows(admitted, _heads(cursor, logged_clients(admitted)))
    if rows:
        with cursor.copy(COPY) as copy:
            copy.set_types(TYPES)
            for row in sorted(rows):
                copy.write_row(row)


def select_log(cursor: Cursor[TupleRow], client: str, after: int, limit: int) -> list[LogEntry]:
    """Return a page of a client's entries, behind the one with the number `after`."""
    if not fits(client):
        return []
    rows = cursor.execute(OF_CLIENT, (client, after, limit)).fetchall()
    return [LogEntry(client=owner, number=number, body=body, chain=chain) for owner, number, body, chain in rows]


def select_heads(cursor: Cursor[TupleRow], after: str | None, limit: int) -> list[Head]:
    """Return a page of where the chains end.

    Raises:
        BadValue: the page is to begin behind a text that no row can hold.
    """
    if after is None:
        rows = cursor.execute(FIRST_HEADS, (limit,)).fetchall()
    else:
        rows = cursor.execute(NEXT_HEADS, (bound("after", after), limit)).fetchall()
    return [Head(client=client, number=number, chain=chain) for client, number, chain in rows]


def _heads(cursor: Cursor[TupleRow], clients: Iterable[str]) -> Heads:
    found = cursor.execute(LAST, (list(clients),)).fetchall()
    return {client: (number, chain) for client, number, chain in found}
