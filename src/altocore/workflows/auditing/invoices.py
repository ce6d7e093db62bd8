"""Invoices: equal to their lines and taxes, charged once, their standing in step with them and with the money that met them."""

from collections.abc import Iterator

from altocore.billing.invoices import Invoice, command_invoice_id, invoice_id
from altocore.billing.lines import taxed_line
from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.faults import ProviderFault
from altocore.policy.governing import invoice_edition
from altocore.terms.editions import Editions
from altocore.terms.parts import TaxRate
from altocore.values.days import add_days
from altocore.values.ids import InvoiceId
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless
from altocore.workflows.timelines import with_next_step

__all__ = ["check_invoices"]


def check_invoices(books: Books, editions: Editions) -> Iterator[Violation]:
    """Yield what is wrong with the invoices of a client and their standings."""
    faults = {service.id: service.faults for service in books.services}
    for invoice in books.invoices:
        if not editions.has(invoice.terms_edition):
            yield from unless(None, Invariant.TERMS_ARE_FROZEN, invoice.id, "its terms are not stored")
            continue
        yield from _lines(invoice, editions)
        yield from unless(
            invoice.id == _identity(invoice), Invariant.CHARGES_ARE_ONCE, invoice.id, "its id is not that of its charge"
        )
        standing = books.standings.get(invoice.id)
        if standing is None:
            yield from unless(None, Invariant.STANDING_FOLLOWS_INVOICE, invoice.id, "it has no standing")
            continue
        yield from _standing(invoice, standing)
        yield from _promises(standing, editions)
        yield from _agenda(standing, faults.get(standing.service, ()), editions)
    known = {invoice.id for invoice in books.invoices}
    for lost in sorted(books.standings.keys() - known):
        yield from unless(None, Invariant.STANDING_FOLLOWS_INVOICE, lost, "it is the standing of no invoice")


def _lines(invoice: Invoice, editions: Editions) -> Iterator[Violation]:
    tax = invoice_edition(editions, invoice.terms_edition).terms.tax
    rate = TaxRate(region=invoice.tax_region, name=invoice.tax_name, rate_ppm=invoice.tax_rate_ppm)
    yield from unless(
        tax.has(rate.region) and tax.rate(rate.region) == rate,
        Invariant.TERMS_ARE_FROZEN,
        invoice.id,
        "its tax rate is not that of its terms",
    )
    for line in invoice.lines:
        yield from unless(
            taxed_line(line.item, line.net, rate, tax) == line,
            Invariant.INVOICE_IS_SUM_OF_LINES,
            invoice.id,
            "a line's tax is not that of its net",
        )


def _standing(invoice: Invoice, standing: Standing) -> Iterator[Violation]:
    where, invariant = invoice.id, Invariant.STANDING_FOLLOWS_INVOICE
    yield from unless(
        standing.total == invoice.total, Invariant.INVOICE_IS_SUM_OF_LINES, where, "its standing asks another total"
    )
    copied = (standing.kind, standing.client, standing.service, standing.issued, standing.due, standing.terms_edition)
    frozen = (invoice.kind, invoice.client, invoice.service, invoice.issued, invoice.due, invoice.terms_edition)
    yield from unless(copied == frozen, invariant, where, "its standing says other facts")
    is_open = standing.state is StandingState.OPEN
    yield from unless(
        is_open == (standing.closed is None), invariant, where, "it is closed without a day, or open with one"
    )
    yield from unless(
        (standing.state is StandingState.WRITTEN_OFF) == (standing.write_off is not None),
        invariant,
        where,
        "it is written off without a reason, or has one and is not",
    )
    whole = standing.settled == standing.total
    yield from unless(
        whole if standing.state is StandingState.PAID else not whole or not is_open,
        invariant,
        where,
        "it is paid in part and counted as paid, or paid in full and open",
    )


def _identity(invoice: Invoice) -> InvoiceId:
    """Return the id anew: of the period that is charged, or of the command that charged."""
    if invoice.period_number is None:
        return command_invoice_id(str(invoice.command))
    return invoice_id(invoice.service, invoice.contract, invoice.period_number, invoice.revision)


def _promises(standing: Standing, editions: Editions) -> Iterator[Violation]:
    """Yield where the promises to pay an invoice overlap, reach too far, or were made when there was nothing to pay."""
    if not editions.has(standing.terms_edition):
        return
    days_max = invoice_edition(editions, standing.terms_edition).terms.overdue.promise_days_max
    over = add_days(standing.issued, -1)
    for promise in standing.promises:
        yield from unless(
            over < promise.made and promise.until <= add_days(promise.made, days_max),
            Invariant.PROMISES_ARE_BOUNDED,
            standing.id,
            "a promise to pay it runs beside another one, or too long, or from before its issue",
        )
        over = promise.until


def _agenda(standing: Standing, faults: tuple[ProviderFault, ...], editions: Editions) -> Iterator[Violation]:
    expected = None
    if standing.state is StandingState.OPEN and editions.has(standing.terms_edition):
        terms = invoice_edition(editions, standing.terms_edition).terms.overdue
        expected = with_next_step(standing, faults, terms).next_step
    yield from unless(
        standing.next_step == expected, Invariant.AGENDA_IS_DERIVED, standing.id, "its next step is not the derived one"
    )
