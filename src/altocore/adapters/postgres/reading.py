"""Reading documents, claims, credit and numbers. A text that no row can hold is asked of nobody: it is absent."""

from collections.abc import Iterable
from typing import Final, TypeVar, cast

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.decoding import BodyRow, EntryRow
from altocore.adapters.paging import behind, within
from altocore.adapters.rows import must_fit
from altocore.errors import BadValue
from altocore.plans.documents import NAMES, Document
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Which
from altocore.plans.scanning import After, OwnPage, Scan
from altocore.values.ids import ClientId, InvoiceId

__all__ = [
    "bound",
    "fits",
    "select_bodies",
    "select_claims",
    "select_credit",
    "select_entries",
    "select_numbered",
    "select_numbers",
    "select_owned",
    "select_rows",
]

D = TypeVar("D", bound=Document)

IDS: Final = "SELECT id, version, body FROM document WHERE kind = %s AND id = ANY(%s)"
# Sorted by us, as in SQLite: a plan in the order of ids would walk over the whole kind.
OF_CLIENTS: Final = "SELECT id, version, body FROM document WHERE kind = %s AND client = ANY(%s)"
OF_SERVICES: Final = "SELECT id, version, body FROM document WHERE kind = %s AND service = ANY(%s)"
OF_PLANS: Final = "SELECT id, version, body FROM document WHERE kind = %s AND plan = ANY(%s)"
UPTO: Final = """
SELECT id, client, agenda FROM document
WHERE kind = %s AND (agenda, shard, id) > (%s, %s, %s) AND agenda <= %s AND shard >= %s AND shard < %s
ORDER BY agenda, shard, id LIMIT %s
"""
AFTER: Final = "SELECT id, client, agenda FROM document WHERE kind = %s AND id > %s ORDER BY id LIMIT %s"
OWN_IDS: Final = "SELECT id, version, body FROM document WHERE kind = %s AND client = %s AND id = ANY(%s)"
OWN_PAGE: Final = """
SELECT id, version, body FROM document
WHERE kind = %s AND client = %s AND (day, id) > (%s, %s) ORDER BY day, id LIMIT %s
"""
BODIES: Final = "SELECT id, body FROM document WHERE kind = %s AND id = ANY(%s)"
CLAIMS: Final = "SELECT key, digest FROM claim WHERE space = %s AND key = ANY(%s)"
CREDIT: Final = "SELECT client, minor FROM credit WHERE client = ANY(%s)"
NUMBERED: Final = "SELECT invoice FROM number WHERE series = %s AND n = %s"
NUMBERS: Final = "SELECT invoice, series, n FROM number WHERE invoice = ANY(%s)"

NUMBER_MAX: Final = 2**63 - 1
"""The largest number that a column holds; a larger one cannot even be asked for."""


def fits(text: str) -> bool:
    """Return whether a row can hold this text."""
    try:
        must_fit(text)
    except ValueError:
        return False
    return True


def select_rows(cursor: Cursor[TupleRow], kind: type[D], which: Which) -> list[BodyRow]:
    """Return id, version and body of the documents of this kind that are asked for."""
    name = NAMES[cast("type[Document]", kind)]
    match which:
        case Ids():
            return _bodies(cursor.execute(IDS, (name, _askable(which.ids))))
        case OfClients():
            return sorted(_bodies(cursor.execute(OF_CLIENTS, (name, _askable(which.clients)))))
        case OfServices():
            return sorted(_bodies(cursor.execute(OF_SERVICES, (name, _askable(which.services)))))
        case OfPlans():
            return sorted(_bodies(cursor.execute(OF_PLANS, (name, _askable(which.plans)))))


def select_entries(cursor: Cursor[TupleRow], kind: type[Document], scan: Scan) -> list[EntryRow]:
    """Return id, client and agenda of a page of the documents of this kind.

    Raises:
        BadValue: the page is to begin behind a text that no row can hold.
    """
    if isinstance(scan, After):
        return _entries(cursor.execute(AFTER, (NAMES[kind], bound("after", scan.after), scan.limit)))
    day, shard, after = behind(scan)
    return _entries(cursor.execute(UPTO, (NAMES[kind], day, shard, bound("after", after), *within(scan))))


def select_owned(cursor: Cursor[TupleRow], kind: type[D], client: ClientId, which: Ids | OwnPage) -> list[BodyRow]:
    """Return id, version and body of documents of this kind that this client owns.

    Raises:
        BadValue: the page is to begin behind a text that no row can hold.
    """
    name = NAMES[cast("type[Document]", kind)]
    if not fits(client):
        return []
    if isinstance(which, Ids):
        return _bodies(cursor.execute(OWN_IDS, (name, client, _askable(which.ids))))
    after = "" if which.after_day is None else which.after_day.isoformat()
    return _bodies(cursor.execute(OWN_PAGE, (name, client, after, bound("after_id", which.after_id), which.limit)))


def select_bodies(cursor: Cursor[TupleRow], kind: type[Document], ids: Iterable[str]) -> dict[str, str]:
    """Return the text of each of these documents that is stored."""
    return dict(cursor.execute(BODIES, (NAMES[kind], _askable(ids))).fetchall())


def select_claims(cursor: Cursor[TupleRow], space: str, asked: Iterable[str]) -> dict[str, str]:
    """Return the digest of each of these keys that is claimed in this space."""
    return dict(cursor.execute(CLAIMS, (space, _askable(asked))).fetchall()) if fits(space) else {}


def select_credit(cursor: Cursor[TupleRow], clients: Iterable[ClientId]) -> dict[ClientId, int]:
    """Return the credit of each of these clients that has a row."""
    return dict(cursor.execute(CREDIT, (_askable(clients),)).fetchall())


def select_numbered(cursor: Cursor[TupleRow], series: str, number: int) -> InvoiceId | None:
    """Return the invoice that bears this number; None where none does."""
    if not 0 < number <= NUMBER_MAX or not fits(series):
        return None
    row = cursor.execute(NUMBERED, (series, number)).fetchone()
    return None if row is None else InvoiceId(row[0])


def select_numbers(cursor: Cursor[TupleRow], invoices: Iterable[InvoiceId]) -> dict[InvoiceId, tuple[str, int]]:
    """Return the series and number of each of these invoices that has one."""
    rows = cursor.execute(NUMBERS, (_askable(invoices),)).fetchall()
    return {invoice: (series, number) for invoice, series, number in rows}


def _askable(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if fits(text)]


def bound(field: str, text: str) -> str:
    """Return a text that a row can hold.

    Raises:
        BadValue: it is none; `field` is named.
    """
    if not fits(text):
        raise BadValue(field, "holds a character that no row can hold")
    return text


def _bodies(cursor: Cursor[TupleRow]) -> list[BodyRow]:
    # What the columns of these statements are, a driver cannot tell a type checker.
    return cast("list[BodyRow]", cursor.fetchall())


def _entries(cursor: Cursor[TupleRow]) -> list[EntryRow]:
    return cast("list[EntryRow]", cursor.fetchall())
