"""A store in front of another one: to count, to slow, to break or to watch what passes, override the one method."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import Outcome
from altocore.plans.log import Head, LogEntry
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.ports.store import Store
from altocore.values.ids import ClientId, InvoiceId

__all__ = ["PassingStore"]

D = TypeVar("D", bound=Document)


class PassingStore:
    """A `Store` that passes everything on to the one behind it, and so keeps every promise that one keeps."""

    def __init__(self, store: Store) -> None:
        """Stand in front of this store."""
        self.behind = store

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Pass."""
        return self.behind.select(kind, which)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Pass."""
        return self.behind.entries(kind, scan)

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Pass."""
        return self.behind.owned(kind, client, which)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Pass."""
        return self.behind.credit(clients)

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Pass."""
        return self.behind.commit(plans)

    def claimed(self, space: str, key: str) -> str | None:
        """Pass."""
        return self.behind.claimed(space, key)

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Pass."""
        return self.behind.numbers(invoices)

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Pass."""
        return self.behind.numbered(series, number)

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Pass."""
        return self.behind.postings(client)

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Pass."""
        return self.behind.messages(client)

    def log(self, client: str) -> Iterator[LogEntry]:
        """Pass."""
        return self.behind.log(client)

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Pass."""
        return self.behind.heads(after, limit)

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Pass."""
        return self.behind.digests(kind, ids)
