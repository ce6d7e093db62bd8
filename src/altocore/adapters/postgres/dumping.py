"""Every row of every table, for the laws that compare stores to the byte."""

from typing import Final, cast

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.rows import Cell, line

__all__ = ["lines"]

CLAIM: Final = "SELECT space, key, digest FROM claim ORDER BY space, key"
CREDIT: Final = "SELECT client, currency, minor FROM credit ORDER BY client"
DOCUMENT: Final = """
SELECT kind, id, version, client, service, plan, day, shard, agenda, body FROM document ORDER BY kind, id
"""
LOG: Final = "SELECT client, n, body, chain FROM log ORDER BY client, n"
# A place is counted here: what was rolled back leaves gaps in the column, and they say nothing.
MESSAGE: Final = """
SELECT row_number() OVER (ORDER BY seq), id, kind, client, about, cause, day, state FROM message ORDER BY seq
"""
NUMBER: Final = "SELECT series, n, invoice FROM number ORDER BY series, n"
POSTING: Final = """
SELECT row_number() OVER (ORDER BY seq), movement, client, document, day, minor, currency, debit, credit FROM posting
ORDER BY seq
"""
SERIES: Final = "SELECT series, next FROM series ORDER BY series"


def lines(cursor: Cursor[TupleRow]) -> list[str]:
    """Return each row as a JSON list that begins with its table, in the order of tables and keys."""
    return [
        *_table("claim", cursor.execute(CLAIM)),
        *_table("credit", cursor.execute(CREDIT)),
        *_table("document", cursor.execute(DOCUMENT)),
        *_table("log", cursor.execute(LOG)),
        *_table("message", cursor.execute(MESSAGE)),
        *_table("number", cursor.execute(NUMBER)),
        *_table("posting", cursor.execute(POSTING)),
        *_table("series", cursor.execute(SERIES)),
    ]


def _table(name: str, cursor: Cursor[TupleRow]) -> list[str]:
    return [line(name, row) for row in cast("list[tuple[Cell, ...]]", cursor.fetchall())]
