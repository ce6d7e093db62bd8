"""A client's invoices as a service shows them: each with its standing and its number."""

from collections.abc import Sequence
from typing import final

from attrs import field, frozen

from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingState
from altocore.errors import HistoryCorrupt, UnknownKey
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids, OfClients
from altocore.ports.store import Store
from altocore.values.ids import ClientId, InvoiceId
from altocore.workflows.enquiries.paging import LIMIT, Page, own_page

__all__ = ["InvoiceView", "invoice_of", "invoices_of", "open_invoices"]


@final
@frozen(kw_only=True)
class InvoiceView:
    """An invoice as it was issued, where it stands now, and its series and number."""

    invoice: Invoice = field()
    standing: Standing = field()
    series: str = field()
    number: int = field()


def invoices_of(store: Store, client: ClientId, *, after: str = "", limit: int = LIMIT) -> Page[InvoiceView]:
    """Return a page of this client's invoices by day of issue, oldest first; nothing for a client that is not stored.

    Raises:
        BadValue: `after` is no cursor of ours, or `limit` is not from 1 to 1000.
        HistoryCorrupt: an invoice has no standing, or no number.
    """
    page = own_page(store, Invoice, client, after, limit)
    return Page(items=tuple(_views(store, client, page.items)), next=page.next)


def invoice_of(store: Store, client: ClientId, invoice: InvoiceId) -> InvoiceView:
    """Return one invoice of this client.

    Raises:
        UnknownKey: this client has no such invoice, whether or not another one has.
        HistoryCorrupt: it has no standing, or no number.
    """
    found = store.owned(Invoice, client, Ids((invoice,)))
    if not found:
        raise UnknownKey("invoice", "this client has no such invoice")
    (view,) = _views(store, client, [found[0].document])
    return view


def open_invoices(store: Store, client: ClientId) -> tuple[InvoiceView, ...]:
    """Return every open invoice of this client, the oldest due first; there are as many as the client owes, not a history.

    Raises:
        HistoryCorrupt: an invoice has no standing, or no number.
    """
    services = store.select(Service, OfClients((client,)))
    ids = tuple([each for stored in services for each in stored.document.debts])
    found = [stored.document for stored in store.owned(Invoice, client, Ids(ids))]
    views = [view for view in _views(store, client, found) if view.standing.state is StandingState.OPEN]
    return tuple(sorted(views, key=lambda view: (view.standing.due, view.invoice.id)))


def _views(store: Store, client: ClientId, invoices: Sequence[Invoice]) -> list[InvoiceView]:
    ids = tuple([invoice.id for invoice in invoices])
    standings = {each.document.id: each.document for each in store.owned(Standing, client, Ids(ids))}
    numbers = store.numbers(ids)
    views: list[InvoiceView] = []
    for invoice in invoices:
        if invoice.id not in standings or invoice.id not in numbers:
            raise HistoryCorrupt(invoice.id, "the invoice has no standing, or no number")
        series, number = numbers[invoice.id]
        views.append(InvoiceView(invoice=invoice, standing=standings[invoice.id], series=series, number=number))
    return views
