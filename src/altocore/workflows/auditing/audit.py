"""`audit(store)`: every invariant, asked of a whole store, in memory that a page bounds."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, final

from attrs import define, field

from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.clients.clients import Client
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, index
from altocore.plans.reading import After, Ids
from altocore.ports.store import Store
from altocore.terms.editions import Editions, TermsEdition
from altocore.values.ids import ClientId
from altocore.workflows.auditing.books import Books, read_books
from altocore.workflows.auditing.charges import check_charges
from altocore.workflows.auditing.findings import Invariant, Violation, unless
from altocore.workflows.auditing.invoices import check_invoices
from altocore.workflows.auditing.ledger import check_ledger
from altocore.workflows.auditing.payments import check_payments
from altocore.workflows.auditing.services import check_services

__all__ = ["Violation", "audit"]

_PAGE: Final = 200

OWNED: Final[tuple[type[Document], ...]] = (Service, ServiceEvent, Invoice, Standing, Payment)
"""The kinds that belong to a client."""


def audit(store: Store, progress: Callable[[int], None] = lambda _clients: None) -> Iterator[Violation]:
    """Yield every violation of every invariant; nothing at all from a sound store.

    `progress` is told how many clients are behind each page.

    Raises:
        Unavailable: the store cannot be read.
        HistoryCorrupt: a row cannot be understood; the message names it.
    """
    editions = Editions(tuple(_all_of(store, TermsEdition)))
    series: dict[str, _Series] = {}
    after = ""
    while page := store.select(Client, After(after=after, limit=_PAGE)):
        clients = [stored.document for stored in page]
        for books in read_books(store, clients):
            yield from check_invoices(books, editions)
            yield from check_services(books, editions)
            yield from check_charges(books, editions)
            yield from check_payments(books)
            yield from check_ledger(books)
            yield from _numbered(books, series)
        progress(len(clients))
        after = clients[-1].id
    for name, seen in sorted(series.items()):
        ghost = store.numbered(name, len(seen.seen) + 1)
        yield from unless(
            seen.is_gapless and ghost is None,
            Invariant.NUMBERS_ARE_GAPLESS,
            name,
            "its numbers have a gap, or one is used twice, or for no invoice",
        )
    for kind in OWNED:
        yield from _orphans(store, kind)
    yield from _posted_to_nobody(store)


@final
@define
class _Series:
    """The numbers of a series, as one byte each: seen or not, so a million invoices take a megabyte."""

    seen: bytearray = field(factory=bytearray)
    repeated: int = field(default=0)

    def add(self, number: int) -> None:
        self.seen.extend(bytes(max(0, number - len(self.seen))))
        if number < 1 or self.seen[number - 1]:
            self.repeated += 1
        else:
            self.seen[number - 1] = 1

    @property
    def is_gapless(self) -> bool:
        return self.repeated == 0 and all(self.seen)


def _numbered(books: Books, series: dict[str, _Series]) -> Iterator[Violation]:
    for invoice in books.invoices:
        numbered = books.numbers.get(invoice.id)
        if numbered is None:
            yield from unless(None, Invariant.NUMBERS_ARE_GAPLESS, invoice.id, "it has no number")
        else:
            series.setdefault(numbered[0], _Series()).add(numbered[1])


def _orphans(store: Store, kind: type[Document]) -> Iterator[Violation]:
    """Yield the documents of a kind whose client is not stored; the walk by client never meets them."""
    after = ""
    while page := store.select(kind, After(after=after, limit=_PAGE)):
        owners = {index(stored.document).client for stored in page}
        known = {stored.document.id for stored in store.select(Client, Ids(tuple(sorted(owners))))}
        for stored in page:
            owner = ClientId(index(stored.document).client)
            yield from unless(owner in known, Invariant.OWNER_IS_STORED, stored.document.id, "its client is not stored")
        after = page[-1].document.id


def _posted_to_nobody(store: Store) -> Iterator[Violation]:
    """Yield the postings whose client is not stored; the walk by client never meets them either."""
    postings = store.postings()
    while page := list(islice(postings, _PAGE)):
        owners = {posting.client for posting in page}
        known = {stored.document.id for stored in store.select(Client, Ids(tuple(sorted(owners))))}
        for posting in page:
            yield from unless(
                posting.client in known, Invariant.OWNER_IS_STORED, posting.document, "its posting has no stored client"
            )


def _all_of(store: Store, kind: type[TermsEdition]) -> Iterator[TermsEdition]:
    after = ""
    while page := store.select(kind, After(after=after, limit=_PAGE)):
        yield from [stored.document for stored in page]
        after = page[-1].document.id
