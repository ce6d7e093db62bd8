"""What holds of the books at the end of each day: the audit of the clients that were touched, or of the whole store."""

from collections import Counter
from collections.abc import Iterable, Iterator

from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids, OfClients
from altocore.ports.store import Store
from altocore.terms.editions import Editions
from altocore.values.ids import ClientId
from altocore.workflows.auditing import Violation, audit
from altocore.workflows.auditing.books import read_books
from altocore.workflows.auditing.charges import check_charges
from altocore.workflows.auditing.invoices import check_invoices
from altocore.workflows.auditing.ledger import check_ledger
from altocore.workflows.auditing.log import check_logs
from altocore.workflows.auditing.payments import check_payments
from altocore.workflows.auditing.services import check_services
from tests.simulation.case import Found

__all__ = ["check_charged_once", "check_clients", "check_whole"]


def check_whole(store: Store) -> None:
    """Find whatever the audit finds."""
    _none(audit(store))


def check_clients(store: Store, editions: Editions, clients: Iterable[ClientId]) -> None:
    """Find what the audit would find of these clients alone: a long run has no time for all of them each day."""
    known = [stored.document for stored in store.select(Client, Ids(tuple(clients)))]
    for books in read_books(store, known):
        if isinstance(books, HistoryCorrupt):
            raise Found(f"a row is damaged: {books}")
        _none(check_logs(store, [(books.client.id, books)]))
        _none(check_invoices(books, editions))
        _none(check_services(books, editions))
        _none(check_charges(books, editions))
        _none(check_payments(books))
        _none(check_ledger(books))


def check_charged_once(store: Store, clients: Iterable[ClientId]) -> None:
    """Find a period that is charged twice (REN-1), and a service that owes two (REN-9)."""
    owners = OfClients(tuple(clients))
    voided = {
        each.document.id for each in store.select(Standing, owners) if each.document.state is StandingState.VOIDED
    }
    invoices = [stored.document for stored in store.select(Invoice, owners)]
    periods = [each for each in invoices if each.period_number is not None and each.id not in voided]
    times = Counter([(each.service, each.contract, each.period_number) for each in periods])
    twice = [charge for charge, count in times.items() if count > 1]
    if twice:
        raise Found(f"charged twice: {twice}")
    owing = [each.document.id for each in store.select(Service, owners) if len(each.document.open_invoices) > 1]
    if owing:
        raise Found(f"more than one invoice is open: {owing}")


def _none(violations: Iterator[Violation]) -> None:
    for violation in violations:
        raise Found(f"the audit found {violation}")
