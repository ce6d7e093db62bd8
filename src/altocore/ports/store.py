"""The store: keeps rows, and lets a change in through one door."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from altocore.billing.ledger import Posting
from altocore.plans.guard import Outcome
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Reader
from altocore.values.ids import ClientId, InvoiceId

__all__ = ["Store"]


class Store(Reader, Protocol):
    """A reader with a door. `commit` is the only way in; what it admits is written whole, and lasts when it returns.

    Certify an adapter with `altocore.testing.check_store`.
    """

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order under one lock, write those that are admitted, and return an outcome for each.

        It never raises for a plan. Numbers are given last, without gaps, in the order of the plans.

        Raises:
            Unavailable: nothing of this page was written, or the connection broke and the claims will tell.
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
