"""The store itself: one method for each method of the port, and the repeating of what another transaction undid."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random
from time import sleep as real_sleep
from types import TracebackType
from typing import Final, Self, TypeVar, final

from psycopg import Connection
from psycopg_pool import ConnectionPool

from altocore.adapters import decoding
from altocore.adapters.encoding import Encoded
from altocore.adapters.postgres import dumping, inspecting, journals, leasing, log, reading
from altocore.adapters.postgres.faults import faults_told
from altocore.adapters.postgres.fitting import fitted
from altocore.adapters.postgres.migrating import check_name, migrate, must_be_current
from altocore.adapters.postgres.sessions import Joined, Pool, Pooled, Sessions
from altocore.adapters.postgres.writing import write_page
from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import Conflict, Outcome
from altocore.plans.log import Head, LogEntry, digest_of
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.instants import Instant
from altocore.workflows.auditing.findings import Violation

__all__ = ["ATTEMPTS_MAX", "PostgresStore"]

D = TypeVar("D", bound=Document)
T = TypeVar("T")

ATTEMPTS_MAX: Final = 16
"""How often a page is judged before it gives up; each time lost means that another transaction won."""

SCHEMA: Final = "altocore"
WAIT_SECONDS: Final = 10
"""How long a free connection is waited for."""

PAUSE_SECONDS: Final = 0.002
PAUSE_SECONDS_MAX: Final = 0.5


def _nothing_to_close() -> None:
    """Leave what the host owns as it is."""


@final
class PostgresStore:
    """A `Store` in one schema of a PostgreSQL database, and its `Leases`.

    Threads may share it; other processes may open the same schema.

    A page that meets another transaction on its way is undone and judged again, sixteen times at most, after a pause that
    is drawn at random. Every method raises `Unavailable` where the database fails. Nothing of the call was done then, with
    one exception: if the connection broke during the commit itself, nobody here can know. Commit the same plans again:
    the claims tell, and what was done is `AlreadyDone`.
    """

    def __init__(
        self,
        sessions: Sessions,
        *,
        close: Callable[[], None] = _nothing_to_close,
        chance: Random | None = None,
        sleep: Callable[[float], None] = real_sleep,
    ) -> None:
        """Begin with where the transactions come from; see `open`, `on_pool` and `joined`."""
        self._sessions = sessions
        self._close = close
        # It spreads attempts in time, and keeps no secret.
        self._chance = Random() if chance is None else chance  # noqa: S311
        self._sleep = sleep

    @classmethod
    def open(
        cls,
        dsn: str,
        *,
        schema: str = SCHEMA,
        connections: int = 8,
        chance: Random | None = None,
        sleep: Callable[[float], None] = real_sleep,
    ) -> Self:
        """Return the store in this schema of this database, brought to its newest form; an absent schema is made.

        It has a pool of its own, of so many connections at most; close the store to close them. After a fork, open anew.

        Raises:
            BadValue: the schema has no name of ours, a newer altocore wrote it, or the database is not in UTF-8.
            Unavailable: the database does not answer, or does not let us in.
        """
        check_name(schema)
        arguments = {"autocommit": True, "client_encoding": "utf8"}
        with faults_told():
            # Asked once by ourselves: a pool would keep on asking, and not say why.
            Connection.connect(dsn, autocommit=True).close()
            pool = ConnectionPool(
                dsn,
                kwargs=arguments,
                min_size=1,
                max_size=max(1, connections),
                timeout=WAIT_SECONDS,
                check=ConnectionPool.check_connection,
                open=True,
            )
            try:
                migrate(Pooled(pool, schema), schema)
            except BaseException:
                pool.close()
                raise
        return cls(Pooled(pool, schema), close=pool.close, chance=chance, sleep=sleep)

    @classmethod
    def on_pool(
        cls,
        pool: Pool,
        *,
        schema: str = SCHEMA,
        chance: Random | None = None,
        sleep: Callable[[float], None] = real_sleep,
    ) -> Self:
        """Return the store in this schema, on connections that the host's pool lends; the pool stays the host's to close.

        Raises:
            BadValue: the schema has no name of ours, a newer altocore wrote it, or the database is not in UTF-8.
            Unavailable: the database does not answer, or does not let us in.
        """
        sessions = Pooled(pool, check_name(schema))
        with faults_told():
            migrate(sessions, schema)
        return cls(sessions, chance=chance, sleep=sleep)

    @classmethod
    def joined(
        cls,
        connection: Connection[object],
        *,
        schema: str = SCHEMA,
        chance: Random | None = None,
        sleep: Callable[[float], None] = real_sleep,
    ) -> Self:
        """Return the store in this schema, inside the transaction of a connection that the host has.

        Nothing is committed or rolled back here. What `commit` calls `Committed` lasts when the host commits, and is gone
        when the host rolls back, numbers included; until then others wait for the rows that it touched. Each call is a
        savepoint: when one raises, the host's transaction is as it was before the call and can go on. The host's isolation
        level holds. Its search path is what it was after each call. A deadlock or a failed serialization is `Unavailable`,
        and the whole transaction is the host's to repeat.

        Raises:
            BadValue: the schema has no name of ours or not the tables of this altocore (`open` makes them), or the
                connection is in autocommit mode outside a transaction.
            Unavailable: the database does not answer.
        """
        sessions = Joined(connection, check_name(schema))
        with faults_told():
            must_be_current(sessions, schema)
        return cls(sessions, chance=chance, sleep=sleep)

    def close(self) -> None:
        """Close the pool that `open` made; a pool or a connection of the host's stays open. A second time does nothing."""
        self._close()

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
        with faults_told(), self._sessions.reading() as cursor:
            rows = reading.select_rows(cursor, kind, which)
        return decoding.documents(kind, rows)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Return a page of what the documents of this kind are found by."""
        with faults_told(), self._sessions.reading() as cursor:
            rows = reading.select_entries(cursor, kind, scan)
        return decoding.entries(rows)

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Return documents of this kind that this client owns.

        Raises:
            HistoryCorrupt: a row cannot be understood; it is named.
        """
        with faults_told(), self._sessions.reading() as cursor:
            rows = reading.select_owned(cursor, kind, client, which)
        return decoding.documents(kind, rows)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return the credit in minor units of each of these clients that ever had any."""
        with faults_told(), self._sessions.reading() as cursor:
            return reading.select_credit(cursor, clients)

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order under the locks of their rows, write the admitted as one, return an outcome for each.

        A plan that cannot be encoded, or whose keys are too long for an index, is a `Conflict`, and its page goes on
        without it.
        """
        if not plans:
            return []
        plans = list(plans)
        page = [fitted(plan) for plan in plans]
        attempt = 0
        with faults_told():
            while True:
                attempt += 1
                try:
                    return self._write(plans, page)
                except self._sessions.races:
                    if attempt == ATTEMPTS_MAX:
                        raise
                self._sleep(self._chance.uniform(0, min(PAUSE_SECONDS * 2**attempt, PAUSE_SECONDS_MAX)))

    def claimed(self, space: str, key: str) -> str | None:
        """Return the digest under which this key of this space was claimed; None where it is free."""
        with faults_told(), self._sessions.reading() as cursor:
            return reading.select_claims(cursor, space, (key,)).get(key)

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Return the series and number of each of these invoices that has one."""
        with faults_told(), self._sessions.reading() as cursor:
            return reading.select_numbers(cursor, invoices)

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Return the invoice that bears this number of this series; None where no invoice does."""
        with faults_told(), self._sessions.reading() as cursor:
            return reading.select_numbered(cursor, series, number)

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Yield the postings in the order in which they were written, read page by page.

        Raises:
            HistoryCorrupt: a row cannot be understood; the message names it.
        """
        after, full = 0, True
        while full:
            with faults_told(), self._sessions.reading() as cursor:
                page = journals.select_postings(cursor, client, after)
            yield from [each for _, each in page]
            full = len(page) == journals.PAGE
            after = page[-1][0] if page else after

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Yield the messages in the order in which they were written, read page by page.

        Raises:
            HistoryCorrupt: a row cannot be understood; the message names it.
        """
        after, full = 0, True
        while full:
            with faults_told(), self._sessions.reading() as cursor:
                page = journals.select_messages(cursor, client, after)
            yield from [each for _, each in page]
            full = len(page) == journals.PAGE
            after = page[-1][0] if page else after

    def log(self, client: str) -> Iterator[LogEntry]:
        """Yield the entries of a client's audit log in their order, read page by page."""
        after, full = 0, True
        while full:
            with faults_told(), self._sessions.reading() as cursor:
                page = log.select_log(cursor, client, after, journals.PAGE)
            yield from page
            full = len(page) == journals.PAGE
            after = page[-1].number if page else after

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Return a page of where the clients' chains end, by client."""
        with faults_told(), self._sessions.reading() as cursor:
            return log.select_heads(cursor, after, limit)

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Return the digest of the text of each of these documents that is stored."""
        with faults_told(), self._sessions.reading() as cursor:
            bodies = reading.select_bodies(cursor, kind, ids)
        return {each: digest_of(body) for each, body in bodies.items()}

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Return whether this holder has this name from now until, and without, `until`."""
        with faults_told(), self._sessions.writing() as cursor:
            return leasing.take(cursor, name, holder, now, until)

    def release(self, name: str, holder: str) -> None:
        """Give a name back."""
        with faults_told(), self._sessions.writing() as cursor:
            leasing.give_back(cursor, name, holder)

    def inspect(self) -> Iterator[Violation]:
        """Return what the database itself objects to, by queries that share nothing with `audit`; nothing if it is sound.

        Raises:
            Unavailable: a document's text cannot be taken apart, either; `audit` names such a row.
        """
        with faults_told(), self._sessions.snapshot() as cursor:
            return iter(list(inspecting.inspect(cursor)))

    def dump(self) -> Iterator[str]:
        """Return every row as a line of JSON, table by table in the order of keys: two equal stores dump equal lines."""
        with faults_told(), self._sessions.snapshot() as cursor:
            return iter(dumping.lines(cursor))

    def _write(self, plans: Sequence[Plan[object]], page: Sequence[Encoded | Conflict]) -> list[Outcome]:
        with self._sessions.writing() as cursor:
            return write_page(cursor, plans, page)
