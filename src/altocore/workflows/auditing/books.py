"""One client's books: everything that is stored of it, as the audit reads it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, final

from attrs import field, frozen

from altocore.billing.adjustments import CreditAdjustment
from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Posting
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, index
from altocore.plans.reading import OfClients
from altocore.ports.store import Store
from altocore.values.ids import EditionId, InvoiceId
from altocore.workflows.walking import read_sound

__all__ = ["Books", "read_books"]

D = TypeVar("D", bound=Document)


@final
@frozen(kw_only=True)
class Books:
    """All that is stored of one client. `credit` is in minor units, `numbers` by invoice; `unread_plans` are damaged."""

    client: Client = field()
    holdings: tuple[Holding, ...] = field()
    services: tuple[Service, ...] = field()
    events: tuple[ServiceEvent, ...] = field()
    invoices: tuple[Invoice, ...] = field()
    standings: dict[InvoiceId, Standing] = field()
    payments: tuple[Payment, ...] = field()
    adjustments: tuple[CreditAdjustment, ...] = field()
    postings: tuple[Posting, ...] = field()
    plans: dict[EditionId, PlanEdition] = field()
    unread_plans: frozenset[str] = field()
    numbers: dict[InvoiceId, tuple[str, int]] = field()
    credit: int = field()

    def is_withdrawn(self, invoice: Invoice) -> bool:
        """Say whether an invoice charges its period no more."""
        standing = self.standings.get(invoice.id)
        return standing is not None and standing.is_withdrawn

    def first_of(self, service: Service) -> Invoice | None:
        """Return the invoice that the contract of a service begins with; None where it was taken over, or none is stored."""
        begins = (service.id, service.contract.number, 0)
        found = [each for each in self.invoices if (each.service, each.contract, each.period_number) == begins]
        return next((each for each in found if not self.is_withdrawn(each)), None)


def read_books(store: Store, clients: Sequence[Client]) -> Iterator[Books | HistoryCorrupt]:
    """Yield the books of these clients, read together; of one with a row that cannot be understood, what is wrong with it."""
    try:
        found: list[Books | HistoryCorrupt] = [*_read(store, clients)]
    except HistoryCorrupt as fault:
        found = [fault] if len(clients) == 1 else [books for each in clients for books in read_books(store, [each])]
    yield from found


def _read(store: Store, clients: Sequence[Client]) -> Iterator[Books]:
    owners = OfClients(tuple([client.id for client in clients]))
    holdings = _by_client(store, Holding, owners)
    services = _by_client(store, Service, owners)
    events = _by_client(store, ServiceEvent, owners)
    invoices = _by_client(store, Invoice, owners)
    standings = _by_client(store, Standing, owners)
    payments = _by_client(store, Payment, owners)
    adjustments = _by_client(store, CreditAdjustment, owners)
    editions = {invoice.plan_edition for owned in invoices.values() for invoice in owned}
    editions |= {service.contract.plan_edition for owned in services.values() for service in owned}
    # A plan that cannot be read is told by its own name, and hides nobody's books.
    sound, damaged = read_sound(store, PlanEdition, sorted(editions))
    plans = {each.document.id: each.document for each in sound}
    unread = frozenset([fault.where for fault in damaged])
    numbers = store.numbers([invoice.id for owned in invoices.values() for invoice in owned])
    credit = store.credit([client.id for client in clients])
    for client in clients:
        own = invoices.get(client.id, [])
        yield Books(
            client=client,
            holdings=tuple(holdings.get(client.id, ())),
            services=tuple(services.get(client.id, ())),
            events=tuple(sorted(events.get(client.id, ()), key=lambda event: (event.service, event.number))),
            invoices=tuple(own),
            standings={standing.id: standing for standing in standings.get(client.id, ())},
            payments=tuple(payments.get(client.id, ())),
            adjustments=tuple(adjustments.get(client.id, ())),
            postings=tuple(store.postings(client.id)),
            plans=plans,
            unread_plans=unread,
            numbers={invoice.id: numbers[invoice.id] for invoice in own if invoice.id in numbers},
            credit=credit.get(client.id, 0),
        )


def _by_client(store: Store, kind: type[D], owners: OfClients) -> dict[str, list[D]]:
    found: dict[str, list[D]] = {}
    for stored in store.select(kind, owners):
        found.setdefault(index(stored.document).client, []).append(stored.document)
    return found
