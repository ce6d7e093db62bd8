"""Reading the two journals, postings and messages, page by page, in the order in which they were written.

While others write, each page is of its own moment, and what they have not committed yet is not on it.
"""

from typing import Final, cast

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters import decoding
from altocore.adapters.postgres.reading import fits
from altocore.billing.ledger import Posting
from altocore.plans.messages import Message
from altocore.values.ids import ClientId

__all__ = ["PAGE", "select_messages", "select_postings"]

PAGE: Final = 1000
"""How many rows are read at a time."""

POSTINGS_OF_ALL: Final = """
SELECT seq, movement, client, document, day, minor, currency, debit, credit FROM posting
WHERE seq > %s ORDER BY seq LIMIT %s
"""
POSTINGS_OF_ONE: Final = """
SELECT seq, movement, client, document, day, minor, currency, debit, credit FROM posting
WHERE client = %s AND seq > %s ORDER BY seq LIMIT %s
"""
MESSAGES_OF_ALL: Final = """
SELECT seq, id, kind, client, about, cause, day, state FROM message WHERE seq > %s ORDER BY seq LIMIT %s
"""
MESSAGES_OF_ONE: Final = """
SELECT seq, id, kind, client, about, cause, day, state FROM message
WHERE client = %s AND seq > %s ORDER BY seq LIMIT %s
"""


def select_postings(cursor: Cursor[TupleRow], client: ClientId | None, after: int) -> list[tuple[int, Posting]]:
    """Return the page of postings behind `after`, each with its place in the order of writing."""
    if client is None:
        cursor.execute(POSTINGS_OF_ALL, (after, PAGE))
    elif fits(client):
        cursor.execute(POSTINGS_OF_ONE, (client, after, PAGE))
    else:
        return []
    return decoding.postings(cast("list[decoding.PostingRow]", cursor.fetchall()))


def select_messages(cursor: Cursor[TupleRow], client: ClientId | None, after: int) -> list[tuple[int, Message]]:
    """Return the page of messages behind `after`, each with its place in the order of writing."""
    if client is None:
        cursor.execute(MESSAGES_OF_ALL, (after, PAGE))
    elif fits(client):
        cursor.execute(MESSAGES_OF_ONE, (client, after, PAGE))
    else:
        return []
    return decoding.messages(cast("list[decoding.MessageRow]", cursor.fetchall()))
