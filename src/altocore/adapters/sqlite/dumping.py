"""Every row of every table, for the laws that compare stores to the byte."""

import sqlite3
from typing import Final

from altocore.adapters.rows import line

__all__ = ["lines"]

CLAIM: Final = "SELECT space, key, digest FROM claim ORDER BY space, key"
CREDIT: Final = "SELECT client, currency, minor FROM credit ORDER BY client"
DOCUMENT: Final = """
SELECT kind, id, version, client, service, plan, day, shard, agenda, body FROM document ORDER BY kind, id
"""
LOG: Final = "SELECT client, n, body, chain FROM log ORDER BY client, n"
MESSAGE: Final = "SELECT seq, id, kind, client, about, cause, day, state FROM message ORDER BY seq"
NUMBER: Final = "SELECT series, n, invoice FROM number ORDER BY series, n"
POSTING: Final = """
SELECT seq, movement, client, document, day, minor, currency, debit, credit FROM posting ORDER BY seq
"""
SERIES: Final = "SELECT series, next FROM series ORDER BY series"


def lines(connection: sqlite3.Connection) -> list[str]:
    """Return each row as a JSON list that begins with its table, in the order of tables and keys."""
    # In one transaction, so that no other writer comes in between two tables.
    connection.execute("BEGIN")
    try:
        return [
            *[line("claim", row) for row in connection.execute(CLAIM)],
            *[line("credit", row) for row in connection.execute(CREDIT)],
            *[line("document", row) for row in connection.execute(DOCUMENT)],
            *[line("log", row) for row in connection.execute(LOG)],
            *[line("message", row) for row in connection.execute(MESSAGE)],
            *[line("number", row) for row in connection.execute(NUMBER)],
            *[line("posting", row) for row in connection.execute(POSTING)],
            *[line("series", row) for row in connection.execute(SERIES)],
        ]
    finally:
        connection.execute("COMMIT")
