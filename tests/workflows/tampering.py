"""Tampering: what a hand on the database itself can do to the rows, with triggers and foreign keys put aside."""

import json
from collections.abc import Callable
from typing import TypeAlias

from altocore.adapters.sqlite import SqliteStore
from altocore.plans.log import BEGINNING, Head, chained, digest_of
from altocore.ports.store import Store
from altocore.workflows.auditing import Invariant, audit
from tests.workflows.cast import ANA
from tests.workflows.corruptions import TRIGGERS

Cell: TypeAlias = str | int | None

Found: TypeAlias = set[tuple[str, str]]
"""Where something is wrong, and what."""


def opened(store: SqliteStore) -> None:
    """Put the wall aside: triggers, checks and foreign keys."""
    execute = store._connection.execute
    execute("PRAGMA ignore_check_constraints = ON")
    execute("PRAGMA foreign_keys = OFF")
    for (name,) in execute(TRIGGERS).fetchall():
        execute(f"DROP TRIGGER {name}")


def tamper(store: SqliteStore, sql: str, *values: Cell) -> int:
    """Run a statement past the door; return how many rows it changed."""
    opened(store)
    return store._connection.execute(sql, values).rowcount


def rows(store: SqliteStore, sql: str, *values: Cell) -> list[tuple[Cell, ...]]:
    """Return what a query finds."""
    return store._connection.execute(sql, values).fetchall()


def body_of(store: SqliteStore, kind: str, document: str) -> str:
    """Return a document's text as it is stored."""
    ((body,),) = rows(store, "SELECT body FROM document WHERE kind = ? AND id = ?", kind, document)
    return str(body)


def reword(store: SqliteStore, kind: str, document: str, before: str, after: str) -> None:
    """Put other words into a document's text, where the old ones must stand."""
    changed = tamper(
        store,
        "UPDATE document SET body = replace(body, ?, ?) WHERE kind = ? AND id = ? AND instr(body, ?) > 0",
        *(before, after, kind, document, before),
    )
    assert changed == 1


def rewrite_log(store: SqliteStore, client: str, change: Callable[[str], str]) -> None:
    """Change the bodies of a client's log, and make its chain anew from the first entry on."""
    before = BEGINNING
    for number, body in rows(store, "SELECT n, body FROM log WHERE client = ? ORDER BY n", client):
        changed = change(str(body))
        before = chained(before, changed)
        tamper(store, "UPDATE log SET body = ?, chain = ? WHERE client = ? AND n = ?", changed, before, client, number)


def forge(store: SqliteStore, client: str, invoice: str, before: str, after: str) -> None:
    """Put other words into an invoice, and make the client's whole chain say that it was always so."""
    was = digest_of(body_of(store, "invoice", invoice))
    reword(store, "invoice", invoice, before, after)
    now = digest_of(body_of(store, "invoice", invoice))
    rewrite_log(store, client, lambda body: body.replace(was, now))


def said(body: str) -> dict[str, object]:
    """Return what an entry of the log says."""
    found = json.loads(body)
    assert isinstance(found, dict)
    return found


def logged(store: Store, heads: list[Head] | None = None) -> Found:
    """Return where the log is broken, and how; other invariants may be broken as well."""
    return {
        (each.where, each.problem)
        for each in audit(store, heads=heads or [])
        if each.invariant is Invariant.AUDIT_LOG_IS_WHOLE
    }


def last_number(store: SqliteStore) -> int:
    """Return the number of Ana's last entry."""
    return len(list(store.log(ANA)))
