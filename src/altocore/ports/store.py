"""The store: keeps rows, and lets a change in through one door."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import Outcome
from altocore.plans.log import Head, LogEntry
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Reader
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.values.ids import ClientId, InvoiceId

__all__ = ["Store"]

D = TypeVar("D", bound=Document)


class Store(Reader, Protocol):
    """A reader with a door. `commit` is the only way in; what it admits is written whole, and lasts when it returns.

    Certify an adapter with `altocore.testing.check_store`.
    """

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order under one lock, write those that are admitted, and return an outcome for each.

        It never raises for a plan. Numbers are given last, without gaps, in the order of the plans. What a plan writes,
        posts or says to a client whose document is not stored, and is not written by it, makes it a conflict; so does a
        number that is asked for an invoice which the plan does not write.

        Raises:
            Unavailable: nothing of this page was written, or the connection broke and the claims will tell.
        """
        ...

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Return a page of what the documents of this kind are found by, without reading the documents."""
        ...

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Return documents of this kind that this client owns, and nobody else's: by their ids, or a page of them.

        Raises:
            HistoryCorrupt: a row cannot be understood; it is named.
        """
        ...

    def claimed(self, space: str, key: str) -> str | None:
        """Return the digest under which this key of this space was claimed; None where it is free."""
        ...

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Return the series and number of each of these invoices; one without a number is left out."""
        ...

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Return the invoice that bears this number of this series; None where no invoice does."""
        ...

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Yield the ledger's postings in the order in which they were written; of one client, or of all."""
        ...

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Yield the messages in the order in which they were written; to one client, or to all."""
        ...

    def log(self, client: str) -> Iterator[LogEntry]:
        """Yield the entries of a client's audit log in their order; those of the editions under the client ""."""
        ...

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Return a page of where the clients' chains end, by client, behind the client `after`; None begins."""
        ...

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Return the SHA-256 of the text, as it is stored, of each of these documents; an id without one is left out."""
        ...
