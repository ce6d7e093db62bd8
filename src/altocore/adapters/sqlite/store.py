"""The store itself: a connection, a lock for the threads that share it, and one method for each method of the port."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar, final

from altocore.adapters import decoding
from altocore.adapters.encoding import encoded
from altocore.adapters.sqlite import dumping, inspecting, journals, leasing, log, reading
from altocore.adapters.sqlite.connection import connect, faults_told, writing
from altocore.adapters.sqlite.writing import write_page
from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import Outcome
from altocore.plans.log import Head, LogEntry, digest_of
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.instants import Instant
from altocore.workflows.auditing.findings import Violation

__all__ = ["SqliteStore"]

D = TypeVar("D", bound=Document)
T = TypeVar("T")


@final
class SqliteStore:
    """A `Store` in one SQLite file, and its `Leases`. Threads may share it; other processes may open the same file.

    Every method raises `Unavailable` where the database fails; nothing of the call was done then, or, if the connection
    broke during the commit itself, the claims will tell.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin with a connection of `connect`; see `open`."""
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: str | PathLike[str], *, factory: type[sqlite3.Connection] = sqlite3.Connection) -> Self:
        """Return the store in this file, brought to its newest form; an absent file is made.

        `factory` is the class of the connection: a test gives one of its own, to fail or to stop at a chosen statement.

        Raises:
            BadValue: a newer altocore wrote the file.
            Unavailable: the file cannot be opened, or is no database.
        """
        return cls(connect(path, factory))

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self._held() as connection:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the stored documents of this kind, each with its version.

        Raises:
            HistoryCorrupt: a row cannot be understood; the message names it.
        """
        with self._held() as connection:
            rows = reading.select_rows(connection, kind, which)
        return decoding.documents(kind, rows)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Return a page of what the documents of this kind are found by."""
        with self._held() as connection:
            rows = reading.select_entries(connection, kind, scan)
        return decoding.entries(rows)

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Return documents of this kind that this client owns.

        Raises:
            HistoryCorrupt: a row cannot be understood; it is named.
        """
        with self._held() as connection:
            rows = reading.select_owned(connection, kind, client, which)
        return decoding.documents(kind, rows)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return the credit in minor units of each of these clients that ever had any."""
        with self._held() as connection:
            return reading.select_credit(connection, clients)

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order under the write lock, write the admitted as one, and return an outcome for each.

        A plan that cannot be encoded is a `Conflict`, and its page goes on without it.
        """
        if not plans:
            return []
        plans = list(plans)
        page = [encoded(plan) for plan in plans]
        with self._held() as connection, writing(connection):
            return write_page(connection, plans, page)

    def claimed(self, space: str, key: str) -> str | None:
        """Return the digest under which this key of this space was claimed; None where it is free."""
        with self._held() as connection:
            return reading.select_claims(connection, space, (key,)).get(key)

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Return the series and number of each of these invoices that has one."""
        with self._held() as connection:
            return reading.select_numbers(connection, invoices)

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Return the invoice that bears this number of this series; None where no invoice does."""
        with self._held() as connection:
            return reading.select_numbered(connection, series, number)

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Yield the postings in the order in which they were written, read page by page.

        Raises:
            HistoryCorrupt: a row cannot be understood; the message names it.
        """
        return self._paged(lambda connection, after: journals.select_postings(connection, client, after))

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Yield the messages in the order in which they were written, read page by page.

        Raises:
            HistoryCorrupt: a row cannot be understood; the message names it.
        """
        return self._paged(lambda connection, after: journals.select_messages(connection, client, after))

    def log(self, client: str) -> Iterator[LogEntry]:
        """Yield the entries of a client's audit log in their order, read page by page."""
        return self._paged(
            lambda connection, after: [
                (entry.number, entry) for entry in log.select_log(connection, client, after, journals.PAGE)
            ]
        )

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Return a page of where the clients' chains end, by client."""
        with self._held() as connection:
            return log.select_heads(connection, after, limit)

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Return the digest of the text of each of these documents that is stored."""
        with self._held() as connection:
            bodies = reading.select_bodies(connection, kind, ids)
        return {each: digest_of(body) for each, body in bodies.items()}

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Return whether this holder has this name from now until, and without, `until`."""
        with self._held() as connection, writing(connection):
            return leasing.take(connection, name, holder, now, until)

    def release(self, name: str, holder: str) -> None:
        """Give a name back."""
        with self._held() as connection, writing(connection):
            leasing.give_back(connection, name, holder)

    def inspect(self) -> Iterator[Violation]:
        """Return what the database itself objects to, by queries that share nothing with `audit`; nothing if it is sound.

        Raises:
            Unavailable: a document's text cannot be taken apart, either; `audit` names such a row.
        """
        with self._held() as connection:
            return iter(list(inspecting.inspect(connection)))

    def dump(self) -> Iterator[str]:
        """Return every row as a line of JSON, table by table in the order of keys: two equal stores dump equal lines."""
        with self._held() as connection:
            return iter(dumping.lines(connection))

    def _paged(self, read: Callable[[sqlite3.Connection, int], list[tuple[int, T]]]) -> Iterator[T]:
        after = 0
        while True:
            with self._held() as connection:
                page = read(connection, after)
            yield from [each for _, each in page]
            if len(page) < journals.PAGE:
                return
            after = page[-1][0]

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        with self._lock, faults_told():
            yield self._connection
