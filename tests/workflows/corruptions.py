"""Corruptions: what a hand that writes past the one door could do to a store, planted in memory and on disk alike.

A corruption is a value; each store has its own way of taking it in. On disk the triggers and the checks are put aside
first: they are a wall of their own, tried with the store.
"""

from collections.abc import Mapping
from typing import Final, cast, final

from attrs import field, frozen

from altocore.adapters.memory import MemoryStore
from altocore.adapters.rows import Write, document_row, posting_row
from altocore.adapters.sqlite import SqliteStore
from altocore.billing.ledger import Posting
from altocore.plans.documents import KINDS, Document, Index, index
from altocore.values.ids import ClientId, InvoiceId
from tests.workflows.cast import DumpStore

NAMES: Final = {kind: name for name, kind in KINDS.items()}


@final
@frozen(kw_only=True)
class Corruption:
    """What is changed: documents put in the place of others or added, documents lost, postings, credit, numbers.

    A number that becomes None is lost.
    """

    put: tuple[Document, ...] = field(default=())
    lost: tuple[Document, ...] = field(default=())
    posted: tuple[Posting, ...] = field(default=())
    unposted: tuple[Posting, ...] = field(default=())
    credit: Mapping[ClientId, int] = field(factory=dict)
    numbers: Mapping[InvoiceId, int | None] = field(factory=dict)


def plant(store: DumpStore, corruption: Corruption) -> None:
    """Take the corruption into the store."""
    if isinstance(store, MemoryStore):
        _in_memory(store, corruption)
    else:
        _on_disk(cast("SqliteStore", store), corruption)


def _in_memory(store: MemoryStore, corruption: Corruption) -> None:
    for document in corruption.put:
        shelf = store._shelves[type(document)]
        version = shelf._stored[document.id].version if document.id in shelf._stored else 1
        shelf.put(document, version, index(document))
    for document in corruption.lost:
        shelf = store._shelves[type(document)]
        # Put once more without an index, so that nothing finds it, and then taken off.
        shelf.put(document, 1, Index())
        del shelf._stored[document.id], shelf._indexes[document.id]
        shelf._ids.remove(document.id)
    for posting in corruption.unposted:
        store._postings.remove(posting)
        store._postings_of[posting.client].remove(posting)
    for posting in corruption.posted:
        store._postings.append(posting)
        store._postings_of.setdefault(posting.client, []).append(posting)
    store._credit.update(corruption.credit)
    store._currencies.update(dict.fromkeys(corruption.credit, "USD"))
    for invoice, number in corruption.numbers.items():
        if number is None:
            del store._numbers[invoice]
        else:
            store._numbers[invoice] = ("A", number)


TRIGGERS: Final = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"


def _on_disk(store: SqliteStore, corruption: Corruption) -> None:
    execute = store._connection.execute
    execute("PRAGMA ignore_check_constraints = ON")
    execute("PRAGMA foreign_keys = OFF")
    for (name,) in execute(TRIGGERS).fetchall():
        execute(f"DROP TRIGGER {name}")
    for document in corruption.put:
        row = document_row(Write(document, 0, index(document)))
        execute(
            "INSERT OR REPLACE INTO document (kind, id, version, client, service, plan, day, shard, agenda, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
    for document in corruption.lost:
        execute("DELETE FROM document WHERE kind = ? AND id = ?", (NAMES[type(document)], document.id))
    for posting in corruption.unposted:
        movement, _client, about, day, minor, *_ = posting_row(posting)
        execute(
            "DELETE FROM posting WHERE seq = (SELECT min(seq) FROM posting WHERE movement = ? AND document = ? "
            "AND day = ? AND minor = ?)",
            (movement, about, day, minor),
        )
    for posting in corruption.posted:
        execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            posting_row(posting),
        )
    for client, minor in corruption.credit.items():
        execute("INSERT OR REPLACE INTO credit (client, currency, minor) VALUES (?, 'USD', ?)", (client, minor))
    for invoice, number in corruption.numbers.items():
        execute("DELETE FROM number WHERE invoice = ?", (invoice,))
        if number is not None:
            execute("INSERT INTO number (series, n, invoice) VALUES ('A', ?, ?)", (number, invoice))
