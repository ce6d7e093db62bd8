"""Writing a page: its rows are locked and read, its plans are judged in order, the admitted are written by sets.

No invariant rests on the locks alone. What is there is locked in one fixed order, kind by kind and id by id, then credit
by client, and read after the lock is had; what is absent has no row to lock, and is decided by its unique key: of two that
make the same thing, one meets `unique_violation`, is undone, and is judged again on what the other one left. Numbers come
last, so that the row that every worker wants is held for the shortest time.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.door import Door
from altocore.adapters.encoding import Encoded
from altocore.adapters.postgres.log import write_log
from altocore.adapters.postgres.numbering import give_numbers
from altocore.adapters.postgres.reading import select_claims, select_numbers
from altocore.adapters.rows import Cell, message_row, posting_row
from altocore.adapters.sets import (
    claim_rows,
    credit_changes,
    document_sets,
    named_claims,
    named_clients,
    named_documents,
    named_owners,
)
from altocore.clients.clients import Client
from altocore.plans.documents import LASTING, NAMES, Document
from altocore.plans.guard import Committed, Conflict, Outcome, Verdict
from altocore.plans.plan import Plan
from altocore.values.ids import ClientId

__all__ = ["write_page"]

LOCK_ABSENCE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('altocore absence ' || current_schema(), 0))"
# Sorted before it is locked. Who only reads a kind shares it; who writes it has it alone. No key ever changes, so a foreign
# key that is checked meanwhile need not wait.
LOCK_READ: Final = "SELECT id, version FROM document WHERE kind = %s AND id = ANY(%s) ORDER BY id FOR SHARE"
LOCK_WRITTEN: Final = """
SELECT id, version FROM document WHERE kind = %s AND id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""
# A lasting document is never written again, so its version needs no lock.
VERSIONS: Final = "SELECT id, version FROM document WHERE kind = %s AND id = ANY(%s)"
LOCK_CREDIT: Final = "SELECT client, minor FROM credit WHERE client = ANY(%s) ORDER BY client FOR UPDATE"
TOLD: Final = "SELECT id FROM message WHERE id = ANY(%s)"

COPY_DOCUMENTS: Final = """
COPY document (kind, id, version, client, service, plan, day, shard, agenda, body) FROM STDIN (FORMAT BINARY)
"""
DOCUMENT_TYPES: Final = ("text", "text", "int8", "text", "text", "text", "text", "int8", "text", "text")
UPDATE_DOCUMENT: Final = """
UPDATE document SET version = %s, client = %s, service = %s, plan = %s, day = %s, shard = %s, agenda = %s, body = %s
WHERE kind = %s AND id = %s
"""
COPY_CLAIMS: Final = "COPY claim (space, key, digest) FROM STDIN (FORMAT BINARY)"
CLAIM_TYPES: Final = ("text", "text", "text")
COPY_POSTINGS: Final = """
COPY posting (movement, client, document, day, minor, currency, debit, credit) FROM STDIN (FORMAT BINARY)
"""
POSTING_TYPES: Final = ("text", "text", "text", "text", "int8", "text", "text", "text")
COPY_MESSAGES: Final = "COPY message (id, kind, client, about, cause, day, state) FROM STDIN (FORMAT BINARY)"
MESSAGE_TYPES: Final = ("text", "text", "text", "text", "text", "text", "text")
# Never an upsert: credit that was absent when it was read must still be.
INSERT_CREDIT: Final = "INSERT INTO credit (client, currency, minor) VALUES (%s, %s, %s)"
UPDATE_CREDIT: Final = "UPDATE credit SET currency = %s, minor = minor + %s WHERE client = %s"


def write_page(
    cursor: Cursor[TupleRow], plans: Sequence[Plan[object]], page: Sequence[Encoded | Conflict]
) -> list[Outcome]:
    """Return the outcome of each plan, in their order; `page` has them as rows. The caller holds a transaction."""
    fit = [each for each in page if isinstance(each, Encoded)]
    planned = [each.plan for each in fit]
    versions = _versions(cursor, planned, named_owners(fit))
    credit = _credit(cursor, planned)
    had_credit = frozenset(credit)
    door = Door(
        versions=versions,
        claims=_claims(cursor, planned),
        credit=credit,
        numbered=select_numbers(cursor, [number.invoice for plan in planned for number in plan.numbers]),
        owners={document for kind, document in versions if kind is Client},
    )
    judged = [
        door.admit(each.plan, each.owners) if isinstance(each, Encoded) else door.leave_out(plan, each)
        for plan, each in zip(plans, page, strict=True)
    ]
    admitted = [
        each
        for each, verdict in zip(page, judged, strict=True)
        if isinstance(each, Encoded) and isinstance(verdict, Verdict)
    ]
    done = [each.plan for each in admitted]
    _write_documents(cursor, admitted)
    _copy_claims(cursor, done)
    _write_ledger(cursor, done, had_credit)
    _write_messages(cursor, done)
    write_log(cursor, admitted)
    numbers = iter(give_numbers(cursor, done))
    return [Committed(numbers=next(numbers)) if isinstance(each, Verdict) else each for each in judged]


def _versions(
    cursor: Cursor[TupleRow], plans: Sequence[Plan[object]], owners: set[str]
) -> dict[tuple[type[Document], str], int]:
    """Return the version of every document that these plans expect something of, and of the owners of what they write.

    What may change is locked. An owner is locked as if it were written: each plan adds an entry to its audit log, and so
    two workers that write something of one client take turns.
    """
    if any(_rests_on_absence(plan) for plan in plans):
        cursor.execute(LOCK_ABSENCE)
    written = {type(document) for plan in plans for document in plan.writes}
    found: dict[tuple[type[Document], str], int] = {}
    named = named_documents(plans)
    named[Client] = named.get(Client, set()) | owners
    for kind, ids in sorted(named.items(), key=lambda each: NAMES[each[0]]):
        asked = (NAMES[kind], list(ids))
        if kind in LASTING:
            cursor.execute(VERSIONS, asked)
        elif kind in written or kind is Client:
            cursor.execute(LOCK_WRITTEN, asked)
        else:
            cursor.execute(LOCK_READ, asked)
        found.update([((kind, document), version) for document, version in cursor.fetchall()])
    return found


def _rests_on_absence(plan: Plan[object]) -> bool:
    """Return whether a plan expects a document to be absent that it does not make: nothing else would keep two such apart."""
    written = {(type(document), document.id) for document in plan.writes}
    return any(each.version == 0 and (each.kind, each.id) not in written for each in plan.expects)


def _credit(cursor: Cursor[TupleRow], plans: Iterable[Plan[object]]) -> dict[ClientId, int]:
    clients = named_clients(plans)
    return dict(cursor.execute(LOCK_CREDIT, (list(clients),)).fetchall()) if clients else {}


def _claims(cursor: Cursor[TupleRow], plans: Iterable[Plan[object]]) -> dict[tuple[str, str], str]:
    return {
        (space, key): digest
        for space, each in named_claims(plans).items()
        for key, digest in select_claims(cursor, space, each).items()
    }


def _write_documents(cursor: Cursor[TupleRow], admitted: Iterable[Encoded]) -> None:
    """Write each document once, as the page leaves it, on the version that the page found; in the order of the locks."""
    new, moved = document_sets(admitted)
    if moved:
        cursor.executemany(UPDATE_DOCUMENT, [(*row[2:], *row[:2]) for row in sorted(moved)])
    if new:
        with cursor.copy(COPY_DOCUMENTS) as copy:
            copy.set_types(DOCUMENT_TYPES)
            for row in sorted(new):
                copy.write_row(row)


def _copy_claims(cursor: Cursor[TupleRow], plans: Iterable[Plan[object]]) -> None:
    rows = claim_rows(plans)
    if rows:
        with cursor.copy(COPY_CLAIMS) as copy:
            copy.set_types(CLAIM_TYPES)
            for row in sorted(rows):
                copy.write_row(row)


def _write_ledger(cursor: Cursor[TupleRow], plans: Sequence[Plan[object]], had_credit: frozenset[ClientId]) -> None:
    rows = [posting_row(posting) for plan in plans for posting in plan.postings]
    if rows:
        with cursor.copy(COPY_POSTINGS) as copy:
            copy.set_types(POSTING_TYPES)
            for row in rows:
                copy.write_row(row)
    for client, code, change in credit_changes(plans):
        if client in had_credit:
            cursor.execute(UPDATE_CREDIT, (code, change, client))
        else:
            cursor.execute(INSERT_CREDIT, (client, code, change))


def _write_messages(cursor: Cursor[TupleRow], plans: Iterable[Plan[object]]) -> None:
    """Write each message that was not told before: its id says what and why."""
    rows: dict[str, tuple[Cell, ...]] = {}
    for plan in plans:
        for message in plan.messages:
            rows.setdefault(message.id, message_row(message))
    if not rows:
        return
    told = {each for (each,) in cursor.execute(TOLD, (list(rows),)).fetchall()}
    with cursor.copy(COPY_MESSAGES) as copy:
        copy.set_types(MESSAGE_TYPES)
        for each, row in rows.items():
            if each not in told:
                copy.write_row(row)
