"""Reading the two journals, postings and messages, page by page, in the order in which they were written."""

import sqlite3
from typing import Final

from altocore.adapters import decoding
from altocore.billing.ledger import Posting
from altocore.plans.messages import Message
from altocore.values.ids import ClientId

__all__ = ["PAGE", "select_messages", "select_postings"]

PAGE: Final = 1000
"""How many rows are read at a time."""

POSTINGS_OF_ALL: Final = """
SELECT seq, movement, client, document, day, minor, currency, debit, credit FROM posting
WHERE seq > ? ORDER BY seq LIMIT ?
"""
POSTINGS_OF_ONE: Final = """
SELECT seq, movement, client, document, day, minor, currency, debit, credit FROM posting
WHERE client = ? AND seq > ? ORDER BY seq LIMIT ?
"""
MESSAGES_OF_ALL: Final = """
SELECT seq, id, kind, client, about, cause, day, state FROM message WHERE seq > ? ORDER BY seq LIMIT ?
"""
MESSAGES_OF_ONE: Final = """
SELECT seq, id, kind, client, about, cause, day, state FROM message
WHERE client = ? AND seq > ? ORDER BY seq LIMIT ?
"""


def select_postings(connection: sqlite3.Connection, client: ClientId | None, after: int) -> list[tuple[int, Posting]]:
    """Return the page of postings behind `after`, each with its place in the order of writing."""
    if client is None:
        rows = connection.execute(POSTINGS_OF_ALL, (after, PAGE))
    else:
        rows = connection.execute(POSTINGS_OF_ONE, (client, after, PAGE))
    return decoding.postings(rows.fetchall())


def select_messages(connection: sqlite3.Connection, client: ClientId | None, after: int) -> list[tuple[int, Message]]:
    """Return the page of messages behind `after`, each with its place in the order of writing."""
    if client is None:
        rows = connection.execute(MESSAGES_OF_ALL, (after, PAGE))
    else:
        rows = connection.execute(MESSAGES_OF_ONE, (client, after, PAGE))
    return decoding.messages(rows.fetchall())
