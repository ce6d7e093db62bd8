"""Reading documents, claims, credit and numbers."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Final, TypeVar, cast

from altocore.adapters.decoding import BodyRow, EntryRow
from altocore.adapters.paging import behind, within
from altocore.plans.documents import NAMES, Document
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Which
from altocore.plans.scanning import After, OwnPage, Scan
from altocore.values.ids import ClientId, InvoiceId

__all__ = [
    "keys",
    "select_bodies",
    "select_claims",
    "select_credit",
    "select_entries",
    "select_numbered",
    "select_numbers",
    "select_owned",
    "select_owners",
    "select_rows",
]

D = TypeVar("D", bound=Document)

IDS: Final = "SELECT id, version, body FROM document WHERE kind = ? AND id IN (SELECT value FROM json_each(?))"
# Sorted by us: asked to order by id, SQLite walks over the whole kind, which is in that order, and leaves this index alone.
OF_CLIENTS: Final = """
SELECT id, version, body FROM document WHERE kind = ? AND client IN (SELECT value FROM json_each(?))
"""
OF_SERVICES: Final = """
SELECT id, version, body FROM document WHERE kind = ? AND service IN (SELECT value FROM json_each(?))
"""
OF_PLANS: Final = """
SELECT id, version, body FROM document WHERE kind = ? AND plan IN (SELECT value FROM json_each(?))
"""
UPTO: Final = """
SELECT id, client, agenda FROM document
WHERE kind = ? AND (agenda, shard, id) > (?, ?, ?) AND agenda <= ? AND shard >= ? AND shard < ?
ORDER BY agenda, shard, id LIMIT ?
"""
AFTER: Final = "SELECT id, client, agenda FROM document WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"
# By the ids, of which there are few: the plus keeps SQLite from walking over all that the client has.
OWN_IDS: Final = """
SELECT id, version, body FROM document WHERE kind = ? AND +client = ? AND id IN (SELECT value FROM json_each(?))
"""
OWN_PAGE: Final = """
SELECT id, version, body FROM document
WHERE kind = ? AND client = ? AND (day, id) > (?, ?) ORDER BY day, id LIMIT ?
"""
BODIES: Final = "SELECT id, body FROM document WHERE kind = ? AND id IN (SELECT value FROM json_each(?))"
CLAIMS: Final = "SELECT key, digest FROM claim WHERE space = ? AND key IN (SELECT value FROM json_each(?))"
CREDIT: Final = "SELECT client, minor FROM credit WHERE client IN (SELECT value FROM json_each(?))"
OWNERS: Final = """
SELECT id FROM document WHERE kind = 'client' AND id IN (SELECT value FROM json_each(?))
"""
NUMBERED: Final = "SELECT invoice FROM number WHERE series = ? AND n = ?"
NUMBERS: Final = "SELECT invoice, series, n FROM number WHERE invoice IN (SELECT value FROM json_each(?))"

NUMBER_MAX: Final = 2**63 - 1
"""The largest number that a column holds; a larger one cannot even be asked for."""


def keys(texts: Iterable[str]) -> str:
    """Return texts as the one parameter that `json_each` takes apart."""
    return json.dumps(list(texts))


def select_rows(connection: sqlite3.Connection, kind: type[D], which: Which) -> list[BodyRow]:
    """Return id, version and body of the documents of this kind that are asked for."""
    name = NAMES[cast("type[Document]", kind)]
    match which:
        case Ids():
            return connection.execute(IDS, (name, keys(which.ids))).fetchall()
        case OfClients():
            return sorted(connection.execute(OF_CLIENTS, (name, keys(which.clients))))
        case OfServices():
            return sorted(connection.execute(OF_SERVICES, (name, keys(which.services))))
        case OfPlans():
            return sorted(connection.execute(OF_PLANS, (name, keys(which.plans))))


def select_entries(connection: sqlite3.Connection, kind: type[Document], scan: Scan) -> list[EntryRow]:
    """Return id, client and agenda of a page of the documents of this kind."""
    if isinstance(scan, After):
        return connection.execute(AFTER, (NAMES[kind], scan.after, scan.limit)).fetchall()
    return connection.execute(UPTO, (NAMES[kind], *behind(scan), *within(scan))).fetchall()


def select_owned(
    connection: sqlite3.Connection, kind: type[D], client: ClientId, which: Ids | OwnPage
) -> list[BodyRow]:
    """Return id, version and body of documents of this kind that this client owns."""
    name = NAMES[cast("type[Document]", kind)]
    if isinstance(which, Ids):
        return connection.execute(OWN_IDS, (name, client, keys(which.ids))).fetchall()
    after = "" if which.after_day is None else which.after_day.isoformat()
    return connection.execute(OWN_PAGE, (name, client, after, which.after_id, which.limit)).fetchall()


def select_bodies(connection: sqlite3.Connection, kind: type[Document], ids: Iterable[str]) -> dict[str, str]:
    """Return the text of each of these documents that is stored."""
    return dict(connection.execute(BODIES, (NAMES[kind], keys(ids))).fetchall())


def select_claims(connection: sqlite3.Connection, space: str, asked: Iterable[str]) -> dict[str, str]:
    """Return the digest of each of these keys that is claimed in this space."""
    return dict(connection.execute(CLAIMS, (space, keys(asked))).fetchall())


def select_credit(connection: sqlite3.Connection, clients: Iterable[ClientId]) -> dict[ClientId, int]:
    """Return the credit of each of these clients that has a row."""
    return dict(connection.execute(CREDIT, (keys(clients),)).fetchall())


def select_owners(connection: sqlite3.Connection, clients: Iterable[str]) -> set[str]:
    """Return those of these clients that are stored."""
    return {client for (client,) in connection.execute(OWNERS, (keys(clients),))}


def select_numbered(connection: sqlite3.Connection, series: str, number: int) -> InvoiceId | None:
    """Return the invoice that bears this number; None where none does."""
    if not 0 < number <= NUMBER_MAX:
        return None
    row: tuple[InvoiceId] | None = connection.execute(NUMBERED, (series, number)).fetchone()
    return None if row is None else row[0]


def select_numbers(connection: sqlite3.Connection, invoices: Iterable[InvoiceId]) -> dict[InvoiceId, tuple[str, int]]:
    """Return the series and number of each of these invoices that has one."""
    rows = connection.execute(NUMBERS, (keys(invoices),)).fetchall()
    return {invoice: (series, number) for invoice, series, number in rows}
