"""The answers of the enquiries, found the long way: everything that is stored, one document after the other."""

from typing import TypeAlias

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import POSTINGS, Account, Posting
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.lifecycle.events import ServiceEvent
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.values.ids import ClientId
from altocore.values.periods import Period
from altocore.workflows.enquiries import InvoiceView
from tests.workflows.cast import all_of

Owed: TypeAlias = tuple[int, int]
"""What a client owes and what it has, in minor units."""


def clients(store: Store) -> list[Client]:
    """Return every client."""
    return all_of(store, Client)


def events(store: Store, client: ClientId) -> list[ServiceEvent]:
    """Return the client's events by day, service and number."""
    own = [each for each in all_of(store, ServiceEvent) if each.client == client]
    return sorted(own, key=lambda each: (each.day, each.service, each.number))


def invoices(store: Store, client: ClientId) -> list[InvoiceView]:
    """Return the client's invoices by day of issue and id, each with where it stands and its number."""
    standings = {each.id: each for each in all_of(store, Standing)}
    views: list[InvoiceView] = []
    for invoice in sorted(all_of(store, Invoice), key=lambda each: (each.issued, each.id)):
        if invoice.client == client:
            series, number = store.numbers([invoice.id])[invoice.id]
            views.append(
                InvoiceView(invoice=invoice, standing=standings[invoice.id], series=series, number=number),
            )
    return views


def unpaid(store: Store, client: ClientId) -> list[Standing]:
    """Return the client's open standings by due day and id."""
    own = [each for each in all_of(store, Standing) if each.client == client and each.state is StandingState.OPEN]
    return sorted(own, key=lambda each: (each.due, each.id))


def late(standing: Standing, today: Day) -> int:
    """Return by how many days an invoice is overdue; zero or less where it is not."""
    return (today - standing.due).days


def owed_late(store: Store, client: ClientId, today: Day, first: int, last: int) -> int:
    """Return what the client owes, in minor units, of invoices that are from so many to so many days late."""
    return sum(
        each.total.minor - each.settled.minor for each in unpaid(store, client) if first <= late(each, today) <= last
    )


def moved(postings: list[Posting]) -> Owed:
    """Return what postings add to what a client owes, and to what it has."""
    owes, has = 0, 0
    for each in postings:
        debit, credit = POSTINGS[each.movement]
        owes += each.amount.minor * ((debit is Account.RECEIVABLE) - (credit is Account.RECEIVABLE))
        has += each.amount.minor * ((credit is Account.CLIENT_CREDIT) - (debit is Account.CLIENT_CREDIT))
    return owes, has


def postings(store: Store, client: ClientId) -> list[Posting]:
    """Return the client's postings in the order in which they were written."""
    return [each for each in store.postings() if each.client == client]


def within(store: Store, client: ClientId, period: Period) -> list[Posting]:
    """Return the client's postings of these days."""
    return [each for each in postings(store, client) if each.day in period]


def before(store: Store, client: ClientId, start: Day) -> list[Posting]:
    """Return the client's postings of the days before this one."""
    return [each for each in postings(store, client) if each.day < start]
