"""A store in memory: the twin of the databases, for tests, previews and projections. It keeps nothing when it goes.

Documents are immutable, so it keeps the objects themselves and encodes none: a value inside one that no codec knows passes
here, and is refused by a database. It is deterministic, and threads may share it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import TypeVar, cast, final

from altocore.adapters.door import Door
from altocore.adapters.rows import NAMES, Cell, Prepared, Write, document_row, line, message_row, posting_row, prepare
from altocore.adapters.shelf import Shelf
from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored, index
from altocore.plans.guard import Committed, Outcome, Verdict
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import After, Which
from altocore.values.ids import ClientId, InvoiceId

__all__ = ["MemoryStore"]

D = TypeVar("D", bound=Document)


@final
class MemoryStore:
    """A `Store` in memory."""

    def __init__(self) -> None:
        """Begin empty."""
        self._lock = Lock()
        self._shelves: dict[type[Document], Shelf[Document]] = {kind: Shelf() for kind in NAMES}
        self._versions: dict[tuple[type[Document], str], int] = {}
        self._claims: dict[tuple[str, str], str] = {}
        self._credit: dict[ClientId, int] = {}
        self._currencies: dict[ClientId, str] = {}
        self._postings: list[Posting] = []
        self._postings_of: dict[ClientId, list[Posting]] = {}
        self._messages: dict[str, Message] = {}
        self._numbers: dict[InvoiceId, tuple[str, int]] = {}
        self._invoices: dict[tuple[str, int], InvoiceId] = {}
        self._next: dict[str, int] = {}
        # The door moves these very dicts on, so what it admits is counted once and for good.
        self._door = Door(versions=self._versions, claims=self._claims, credit=self._credit, numbered=())

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the stored documents of this kind, each with its version."""
        with self._lock:
            # What is on the shelf of a kind is of that kind, which a type checker cannot follow through a dict.
            return cast("Shelf[D]", self._shelves[cast("type[Document]", kind)]).select(which)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return the credit in minor units of each of these clients that ever had any."""
        with self._lock:
            return {client: self._credit[client] for client in clients if client in self._credit}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order, keep those that are admitted, and return an outcome for each."""
        prepared = [prepare(plan) for plan in plans]
        with self._lock:
            return [self._admit(each) if isinstance(each, Prepared) else each for each in prepared]

    def claimed(self, space: str, key: str) -> str | None:
        """Return the digest under which this key of this space was claimed; None where it is free."""
        with self._lock:
            return self._claims.get((space, key))

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Return the series and number of each of these invoices that has one."""
        with self._lock:
            return {invoice: self._numbers[invoice] for invoice in invoices if invoice in self._numbers}

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Return the invoice that bears this number of this series; None where no invoice does."""
        with self._lock:
            return self._invoices.get((series, number))

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Return the postings in the order in which they were written."""
        with self._lock:
            return iter(list(self._postings if client is None else self._postings_of.get(client, ())))

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Return the messages in the order in which they were written."""
        with self._lock:
            return iter([each for each in self._messages.values() if client is None or each.client == client])

    def dump(self) -> Iterator[str]:
        """Yield every row as a line of JSON, table by table, just as `SqliteStore.dump` does after the same commits."""
        with self._lock:
            tables = self._tables()
        for table, rows in tables.items():
            yield from [line(table, row) for row in rows]

    def _admit(self, prepared: Prepared) -> Outcome:
        plan = prepared.plan
        verdict = self._door.admit(plan)
        if not isinstance(verdict, Verdict):
            return verdict
        for write in prepared.writes:
            self._shelves[type(write.document)].put(write.document, write.base + 1, write.index)
        for posting in plan.postings:
            self._postings.append(posting)
            self._postings_of.setdefault(posting.client, []).append(posting)
            if posting.credit_change:
                self._currencies[posting.client] = posting.amount.currency.code
        for message in plan.messages:
            # A message is told once: its id says what and why.
            self._messages.setdefault(message.id, message)
        return Committed(
            numbers=tuple([(each.invoice, self._number(each.series, each.invoice)) for each in plan.numbers])
        )

    def _number(self, series: str, invoice: InvoiceId) -> int:
        number = self._next.get(series, 1)
        self._next[series] = number + 1
        self._numbers[invoice] = (series, number)
        self._invoices[series, number] = invoice
        return number

    def _tables(self) -> dict[str, list[tuple[Cell, ...]]]:
        stored = [each for shelf in self._shelves.values() for each in shelf.select(After(after="", limit=len(shelf)))]
        return {
            "claim": sorted([(space, key, digest) for (space, key), digest in self._claims.items()]),
            "credit": sorted([(each, self._currencies[each], minor) for each, minor in self._credit.items()]),
            "document": sorted([document_row(_as_written(each)) for each in stored], key=lambda row: row[:2]),
            "message": [(seq, *message_row(each)) for seq, each in enumerate(self._messages.values(), 1)],
            "number": sorted([(series, number, invoice) for invoice, (series, number) in self._numbers.items()]),
            "posting": [(seq, *posting_row(each)) for seq, each in enumerate(self._postings, 1)],
            "series": sorted(self._next.items()),
        }


def _as_written(stored: Stored[Document]) -> Write:
    return Write(stored.document, stored.version - 1, index(stored.document))
