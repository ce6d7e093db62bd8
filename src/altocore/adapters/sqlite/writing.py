"""Writing a page under the lock: what its plans name is read, they are judged in order, the admitted are written by sets.

A set is one statement for a whole page, whatever its plans: documents, claims, postings, credit, messages, and last the
numbers, so that the rows that every writer wants are held for the shortest time.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from altocore.adapters.door import Door
from altocore.adapters.encoding import Encoded
from altocore.adapters.rows import message_row, posting_row
from altocore.adapters.sets import (
    claim_rows,
    credit_changes,
    document_sets,
    named_claims,
    named_clients,
    named_documents,
    named_owners,
)
from altocore.adapters.sqlite.log import write_log
from altocore.adapters.sqlite.numbering import give_numbers
from altocore.adapters.sqlite.reading import keys, select_claims, select_credit, select_numbers, select_owners
from altocore.plans.documents import NAMES, Document
from altocore.plans.guard import Committed, Conflict, Outcome, Verdict
from altocore.plans.plan import Plan

__all__ = ["write_page"]

VERSIONS: Final = "SELECT id, version FROM document WHERE kind = ? AND id IN (SELECT value FROM json_each(?))"
INSERT_DOCUMENT: Final = """
INSERT INTO document (kind, id, version, client, service, plan, day, shard, agenda, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
UPDATE_DOCUMENT: Final = """
UPDATE document SET version = ?, client = ?, service = ?, plan = ?, day = ?, shard = ?, agenda = ?, body = ?
WHERE kind = ? AND id = ?
"""
INSERT_CLAIM: Final = "INSERT INTO claim (space, key, digest) VALUES (?, ?, ?)"
INSERT_POSTING: Final = """
INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
# A message is told once: its id says what and why.
INSERT_MESSAGE: Final = """
INSERT INTO message (id, kind, client, about, cause, day, state) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING
"""
# Two steps, for SQLite checks `minor >= 0` on the row that an upsert proposes, before it looks for the conflict.
INSERT_CREDIT: Final = "INSERT INTO credit (client, currency, minor) VALUES (?, ?, 0) ON CONFLICT (client) DO NOTHING"
UPDATE_CREDIT: Final = "UPDATE credit SET currency = ?, minor = minor + ? WHERE client = ?"


def write_page(
    connection: sqlite3.Connection, plans: Sequence[Plan[object]], page: Sequence[Encoded | Conflict]
) -> list[Outcome]:
    """Return the outcome of each plan, in their order; `page` has them as rows. The lock is held by the caller."""
    door = _door(connection, [each for each in page if isinstance(each, Encoded)])
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
    _write_documents(connection, admitted)
    connection.executemany(INSERT_CLAIM, claim_rows(done))
    _write_ledger(connection, done)
    connection.executemany(INSERT_MESSAGE, [message_row(each) for plan in done for each in plan.messages])
    write_log(connection, admitted)
    numbers = iter(give_numbers(connection, done))
    return [Committed(numbers=next(numbers)) if isinstance(each, Verdict) else each for each in judged]


def _door(connection: sqlite3.Connection, page: Sequence[Encoded]) -> Door:
    """Return the door over every row that this page names, as it stands under the lock."""
    plans = [each.plan for each in page]
    invoices = [number.invoice for plan in plans for number in plan.numbers]
    return Door(
        versions=_versions(connection, plans),
        claims=_claims(connection, plans),
        credit=select_credit(connection, named_clients(plans)),
        numbered=select_numbers(connection, invoices),
        owners=select_owners(connection, named_owners(page)),
    )


def _versions(connection: sqlite3.Connection, plans: Iterable[Plan[object]]) -> dict[tuple[type[Document], str], int]:
    return {
        (kind, document): version
        for kind, ids in named_documents(plans).items()
        for document, version in connection.execute(VERSIONS, (NAMES[kind], keys(ids)))
    }


def _claims(connection: sqlite3.Connection, plans: Iterable[Plan[object]]) -> dict[tuple[str, str], str]:
    return {
        (space, key): digest
        for space, each in named_claims(plans).items()
        for key, digest in select_claims(connection, space, each).items()
    }


def _write_documents(connection: sqlite3.Connection, admitted: Iterable[Encoded]) -> None:
    """Write each document once, as the page leaves it, on the version that the page found."""
    new, moved = document_sets(admitted)
    connection.executemany(INSERT_DOCUMENT, new)
    connection.executemany(UPDATE_DOCUMENT, [(*row[2:], *row[:2]) for row in moved])


def _write_ledger(connection: sqlite3.Connection, plans: Sequence[Plan[object]]) -> None:
    connection.executemany(INSERT_POSTING, [posting_row(posting) for plan in plans for posting in plan.postings])
    changes = credit_changes(plans)
    connection.executemany(INSERT_CREDIT, [(client, code) for client, code, _ in changes])
    connection.executemany(UPDATE_CREDIT, [(code, change, client) for client, code, change in changes])
