"""Charges: at the prices of the plan's edition, due on the day that the terms give."""

from collections.abc import Iterator

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.lifecycle.service import Service
from altocore.policy.governing import invoice_edition, renewal_edition
from altocore.terms.editions import Editions
from altocore.values.days import Day, add_days, days_from
from altocore.values.ids import EditionId
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_charges"]


def check_charges(books: Books, editions: Editions) -> Iterator[Violation]:
    """Yield what is wrong with the prices and the due days of a client's invoices."""
    services = {service.id: service for service in books.services}
    numbered = {
        (each.service, each.contract, each.period_number): each for each in books.invoices if not books.is_voided(each)
    }
    for invoice in books.invoices:
        service = services.get(invoice.service)
        if service is None or service.contract.number != invoice.contract:
            continue
        yield from _prices(invoice, service, books)
        before = numbered.get((invoice.service, invoice.contract, invoice.period_number - 1))
        ran_under = service.contract.terms_edition if before is None else before.terms_edition
        if editions.has(ran_under) and editions.has(invoice.terms_edition):
            yield from unless(
                invoice.due == _due(invoice, service, editions, ran_under),
                Invariant.DUE_DAY_IS_DERIVED,
                invoice.id,
                "its due day is not the one that its terms give",
            )


def _prices(invoice: Invoice, service: Service, books: Books) -> Iterator[Violation]:
    if invoice.plan_edition in books.unread_plans:
        return
    plan = books.plans.get(invoice.plan_edition)
    if plan is None:
        yield from unless(None, Invariant.PRICES_ARE_FROZEN, invoice.id, "its plan is not stored")
        return
    listed = [(item.name, price) for item, price in plan.prices(service.contract.cycle, invoice.currency)]
    yield from unless(
        [(line.item, line.net) for line in invoice.lines] == listed,
        Invariant.PRICES_ARE_FROZEN,
        invoice.id,
        "its lines are not the prices of its plan",
    )


def _due(invoice: Invoice, service: Service, editions: Editions, ran_under: EditionId) -> Day:
    """Return the due day anew: `due_days` after a first invoice, the eve of a renewal's period, later where it was late."""
    period = service.period(invoice.period_number)
    if invoice.kind is InvoiceKind.FIRST or period is None:
        return add_days(invoice.issued, invoice_edition(editions, invoice.terms_edition).terms.invoicing.due_days)
    running = renewal_edition(editions, ran_under, period.start, invoice.issued).terms.invoicing
    eve = add_days(period.start, -1)
    if days_from(invoice.issued, period.start) >= running.renewal_notice_days:
        return max(eve, invoice.issued)
    return max(eve, add_days(invoice.issued, running.due_days))
