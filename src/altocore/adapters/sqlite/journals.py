"""Reading the two journals, postings and messages, page by page, in the order in which they were written."""

import sqlite3
from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from altocore.billing.ledger import POSTINGS, Account, Movement, Posting
from altocore.codec.scalars import read_day
from altocore.errors import HistoryCorrupt
from altocore.plans.messages import Message, MessageKind, MessageState
from altocore.values.currencies import currency
from altocore.values.days import Day
from altocore.values.ids import ClientId, MessageId
from altocore.values.money import Money

__all__ = ["PAGE", "select_messages", "select_postings"]

T = TypeVar("T")
R = TypeVar("R")
_PostingRow: TypeAlias = tuple[int, str, str, str, str, int, str, str, str]
_MessageRow: TypeAlias = tuple[int, str, str, str, str, str, str, str]

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
    return [(row[0], _named(f"posting {row[0]}", _posting, row)) for row in rows.fetchall()]


def select_messages(connection: sqlite3.Connection, client: ClientId | None, after: int) -> list[tuple[int, Message]]:
    """Return the page of messages behind `after`, each with its place in the order of writing."""
    if client is None:
        rows = connection.execute(MESSAGES_OF_ALL, (after, PAGE))
    else:
        rows = connection.execute(MESSAGES_OF_ONE, (client, after, PAGE))
    return [(row[0], _named(f"message {row[0]}", _message, row)) for row in rows.fetchall()]


def _named(name: str, read: Callable[[R], T], row: R) -> T:
    try:
        return read(row)
    # What an enum or a constructor raises may repeat the value.
    except (ValueError, TypeError, LookupError):
        told = HistoryCorrupt(f"{name}: its row is damaged")
    raise told


def _posting(row: _PostingRow) -> Posting:
    _, movement, client, document, day, minor, code, debit, credit = row
    moved = Movement(movement)
    if POSTINGS[moved] != (Account(debit), Account(credit)):
        raise ValueError(movement)
    amount = Money(minor, currency(code))
    return Posting(movement=moved, client=ClientId(client), document=document, day=read_day(day, Day), amount=amount)


def _message(row: _MessageRow) -> Message:
    _, message_id, kind, client, about, cause, day, state = row
    return Message(
        id=MessageId(message_id),
        kind=MessageKind(kind),
        client=ClientId(client),
        about=about,
        cause=cause,
        day=read_day(day, Day),
        state=MessageState(state),
    )
