"""Rows of a database as documents, postings and messages. A row that cannot be understood is named, never repeated."""

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from altocore.billing.ledger import POSTINGS, Account, Movement, Posting
from altocore.codec.documents import decode
from altocore.codec.scalars import read_day
from altocore.errors import HistoryCorrupt
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import Message, MessageKind, MessageState
from altocore.plans.scanning import Entry
from altocore.values.currencies import currency
from altocore.values.days import Day
from altocore.values.ids import ClientId, MessageId
from altocore.values.money import Money

__all__ = ["BodyRow", "EntryRow", "MessageRow", "PostingRow", "documents", "entries", "messages", "postings"]

D = TypeVar("D", bound=Document)
T = TypeVar("T")
R = TypeVar("R")

BodyRow: TypeAlias = tuple[str, int, str]
"""What is read of a document: id, version, body."""

EntryRow: TypeAlias = tuple[str, str | None, str | None]
"""What is read of a document in a scan: id, client, agenda."""

PostingRow: TypeAlias = tuple[int, str, str, str, str, int, str, str, str]
"""A posting with its place in the order of writing before it."""

MessageRow: TypeAlias = tuple[int, str, str, str, str, str, str, str]
"""A message with its place in the order of writing before it."""


def documents(kind: type[D], rows: Iterable[BodyRow]) -> list[Stored[D]]:
    """Return rows as stored documents.

    Raises:
        HistoryCorrupt: one cannot be understood; the message names it by its id.
    """
    return [Stored(_document(kind, row_id, body), version) for row_id, version, body in rows]


def entries(rows: Iterable[EntryRow]) -> list[Entry]:
    """Return rows as entries of a scan."""
    return [Entry(id=document, client=client or "", agenda=agenda or "") for document, client, agenda in rows]


def postings(rows: Iterable[PostingRow]) -> list[tuple[int, Posting]]:
    """Return rows as postings, each with its place.

    Raises:
        HistoryCorrupt: one cannot be understood; the message names it by its place.
    """
    return [(row[0], _named(f"posting {row[0]}", _posting, row)) for row in rows]


def messages(rows: Iterable[MessageRow]) -> list[tuple[int, Message]]:
    """Return rows as messages, each with its place.

    Raises:
        HistoryCorrupt: one cannot be understood; the message names it by its place.
    """
    return [(row[0], _named(f"message {row[0]}", _message, row)) for row in rows]


def _document(kind: type[D], row_id: str, body: str) -> D:
    try:
        document = decode(kind, body)
    except HistoryCorrupt as fault:
        told = HistoryCorrupt(row_id, f"{fault}")
    else:
        if document.id == row_id:
            return document
        told = HistoryCorrupt(row_id, f"{kind.__name__}: its text says another id")
    raise told


def _named(name: str, read: Callable[[R], T], row: R) -> T:
    try:
        return read(row)
    # What an enum or a constructor raises may repeat the value.
    except (ValueError, TypeError, LookupError):
        told = HistoryCorrupt(name, "its row is damaged")
    raise told


def _posting(row: PostingRow) -> Posting:
    _, movement, client, document, day, minor, code, debit, credit = row
    moved = Movement(movement)
    if POSTINGS[moved] != (Account(debit), Account(credit)):
        raise ValueError(movement)
    amount = Money(minor, currency(code))
    return Posting(movement=moved, client=ClientId(client), document=document, day=read_day(day, Day), amount=amount)


def _message(row: MessageRow) -> Message:
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
