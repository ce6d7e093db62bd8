"""A store that tells what it commits, so that a simulation can react as the outside would."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, final

from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import Committed, Outcome
from altocore.plans.log import Head, LogEntry
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.ports.store import Store
from altocore.values.ids import ClientId, InvoiceId

__all__ = ["WatchedStore"]

D = TypeVar("D", bound=Document)


@final
class WatchedStore:
    """A store in front of another: everything passes through, and each plan that was committed is shown to `watch`."""

    def __init__(self, store: Store, watch: Callable[[Plan[object]], None]) -> None:
        """Stand in front of this store."""
        self._store = store
        self._watch = watch

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return what the store has."""
        return self._store.select(kind, which)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Return what the store has."""
        return self._store.entries(kind, scan)

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Return what the store has."""
        return self._store.owned(kind, client, which)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return what the store has."""
        return self._store.credit(clients)

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit through the store, then show each plan that was let in."""
        outcomes = self._store.commit(plans)
        for plan, outcome in zip(plans, outcomes, strict=True):
            if isinstance(outcome, Committed):
                self._watch(plan)
        return outcomes

    def claimed(self, space: str, key: str) -> str | None:
        """Return what the store has."""
        return self._store.claimed(space, key)

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Return what the store has."""
        return self._store.numbers(invoices)

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Return what the store has."""
        return self._store.numbered(series, number)

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Yield what the store has."""
        return self._store.postings(client)

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Yield what the store has."""
        return self._store.messages(client)

    def log(self, client: str) -> Iterator[LogEntry]:
        """Yield what the store has."""
        return self._store.log(client)

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Return what the store has."""
        return self._store.heads(after, limit)

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Return what the store has."""
        return self._store.digests(kind, ids)
