"""A store in memory: the twin of the databases, for tests, previews and projections. It keeps nothing when it goes.

Documents are immutable, so it keeps the objects themselves and encodes none: a value inside one that no codec knows passes
here, and is refused by a database. It is deterministic, and threads may share it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import TypeVar, cast, final

from altocore.adapters.door import Door
from altocore.adapters.memory_log import MemoryLog
from altocore.adapters.rows import Cell, Prepared, Write, document_row, line, message_row, posting_row, prepare
from altocore.adapters.shelf import Shelf
from altocore.billing.ledger import Posting
from altocore.clients.clients import Client
from altocore.codec.documents import encode
from altocore.plans.documents import NAMES, Document, Stored, index
from altocore.plans.guard import Committed, Outcome, Verdict
from altocore.plans.log import Head, LogEntry, digest_of
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.instants import Instant

__all__ = ["MemoryStore"]

D = TypeVar("D", bound=Document)


@final
class MemoryStore:
    """A `Store` in memory, and its `Leases`."""

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
        self._owners: set[str] = set()
        self._log = MemoryLog()
        self._leases: dict[str, tuple[str, Instant]] = {}
        # The door moves these very dicts on, so what it admits is counted once and for good.
        self._door = Door(
            versions=self._versions, claims=self._claims, credit=self._credit, numbered=(), owners=self._owners
        )

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the stored documents of this kind, each with its version."""
        with self._lock:
            return self._shelf(kind).select(which)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Return a page of what the documents of this kind are found by."""
        with self._lock:
            return self._shelves[kind].entries(scan)

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Return documents of this kind that this client owns."""
        with self._lock:
            return self._shelf(kind).owned(client, which)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return the credit in minor units of each of these clients that ever had any."""
        with self._lock:
            return {client: self._credit[client] for client in clients if client in self._credit}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order, keep those that are admitted, and return an outcome for each."""
        plans = list(plans)
        prepared = [prepare(plan) for plan in plans]
        with self._lock:
            self._door.begin_page()
            return [
                self._admit(each) if isinstance(each, Prepared) else self._door.leave_out(plan, each)
                for plan, each in zip(plans, prepared, strict=True)
            ]

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

    def log(self, client: str) -> Iterator[LogEntry]:
        """Return the entries of a client's audit log in their order."""
        with self._lock:
            return iter(self._log.of(client))

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Return a page of where the clients' chains end, by client."""
        with self._lock:
            return self._log.heads(after, limit)

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Return the digest of the text of each of these documents that is stored."""
        return {each.document.id: digest_of(encode(each.document)) for each in self.select(kind, Ids(tuple(ids)))}

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Return whether this holder has this name from now until, and without, `until`."""
        with self._lock:
            found = self._leases.get(name)
            if found is not None and found[0] != holder and found[1] > now:
                return False
            self._leases[name] = (holder, until)
            return True

    def release(self, name: str, holder: str) -> None:
        """Give a name back."""
        with self._lock:
            if name in self._leases and self._leases[name][0] == holder:
                del self._leases[name]

    def dump(self) -> Iterator[str]:
        """Yield every row as a line of JSON, table by table, just as `SqliteStore.dump` does after the same commits."""
        with self._lock:
            tables = self._tables()
        for table, rows in tables.items():
            yield from [line(table, row) for row in rows]

    def _shelf(self, kind: type[D]) -> Shelf[D]:
        # What is on the shelf of a kind is of that kind, which a type checker cannot follow through a dict.
        return cast("Shelf[D]", self._shelves[cast("type[Document]", kind)])

    def _admit(self, prepared: Prepared) -> Outcome:
        plan = prepared.plan
        verdict = self._door.admit(plan, prepared.owners)
        if not isinstance(verdict, Verdict):
            return verdict
        for write in prepared.writes:
            self._shelves[type(write.document)].put(write.document, write.base + 1, write.index)
            if isinstance(write.document, Client):
                self._owners.add(write.document.id)
        for posting in plan.postings:
            self._postings.append(posting)
            self._postings_of.setdefault(posting.client, []).append(posting)
            if posting.credit_change:
                self._currencies[posting.client] = posting.amount.currency.code
        for message in plan.messages:
            # A message is told once: its id says what and why.
            self._messages.setdefault(message.id, message)
        self._log.add(prepared)
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
        stored = [each for shelf in self._shelves.values() for each in shelf.all()]
        return {
            "claim": sorted([(space, key, digest) for (space, key), digest in self._claims.items()]),
            "credit": sorted([(each, self._currencies[each], minor) for each, minor in self._credit.items()]),
            "document": sorted([document_row(_as_written(each)) for each in stored], key=lambda row: row[:2]),
            "log": [
                (each.client, each.number, each.body, each.chain)
                for client in self._log.clients()
                for each in self._log.of(client)
            ],
            "message": [(seq, *message_row(each)) for seq, each in enumerate(self._messages.values(), 1)],
            "number": sorted([(series, number, invoice) for invoice, (series, number) in self._numbers.items()]),
            "posting": [(seq, *posting_row(each)) for seq, each in enumerate(self._postings, 1)],
            "series": sorted(self._next.items()),
        }


def _as_written(stored: Stored[Document]) -> Write:
    return Write(stored.document, stored.version - 1, index(stored.document))
