"""Charges: for what the plan's edition sells, at its prices, due on the day that the terms give."""

from collections.abc import Iterator
from typing import Final

from altocore.billing.costs import CostReason
from altocore.billing.invoices import BEGINNING, Invoice, InvoiceKind
from altocore.catalogue.kinds import ProductKind
from altocore.lifecycle.service import Contract, Service
from altocore.policy.governing import invoice_edition, renewal_editions
from altocore.policy.restoration import FEE_ITEM
from altocore.terms.editions import Editions
from altocore.terms.parts import InvoicingTerms
from altocore.values.days import Day, add_days, days_from
from altocore.values.ids import EditionId
from altocore.values.money import Money
from altocore.values.periods import Period
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_charges"]

_COSTS: Final = tuple([[reason.value] for reason in CostReason])


def check_charges(books: Books, editions: Editions) -> Iterator[Violation]:
    """Yield what is wrong with a client's contracts, and with the prices and the due days of its invoices."""
    services = {service.id: service for service in books.services}
    for service in books.services:
        yield from _contract(service, books)
    numbered = {
        (each.service, each.contract, each.period_number): each
        for each in books.invoices
        if not books.is_withdrawn(each)
    }
    for invoice in books.invoices:
        charged = services.get(invoice.service)
        if invoice.period_number is None:
            yield from _costs(invoice, editions)
            continue
        if charged is None:
            continue
        contract = charged.contract_of(invoice.contract)
        yield from _prices(invoice, contract, books, editions)
        before = numbered.get((invoice.service, invoice.contract, invoice.period_number - 1))
        ran_under = contract.terms_edition if before is None else before.terms_edition
        if editions.has(ran_under) and editions.has(invoice.terms_edition):
            yield from unless(
                invoice.due in _dues(invoice, contract.period(invoice.period_number), editions, ran_under),
                Invariant.DUE_DAY_IS_DERIVED,
                invoice.id,
                "its due day is not the one that its terms give",
            )


def _contract(service: Service, books: Books) -> Iterator[Violation]:
    """Yield where a service has what its plan does not sell: an add-on, an administrator (CAT-7, CAT-11), a domain (DOM-1)."""
    plan = books.plans.get(service.contract.plan_edition)
    yield from unless(
        plan is None or plan.takes(service.contract.addons, service.contract.administration),
        Invariant.CONTRACT_FITS_PLAN,
        service.id,
        "its add-ons or its administration are not of its plan",
    )
    yield from unless(
        plan is None or (plan.kind is ProductKind.INTERNATIONAL_DOMAIN) is (service.registration is not None),
        Invariant.CONTRACT_FITS_PLAN,
        service.id,
        "it keeps a domain registered and is no domain, or is one and keeps none",
    )


def _prices(invoice: Invoice, contract: Contract, books: Books, editions: Editions) -> Iterator[Violation]:
    if invoice.plan_edition in books.unread_plans:
        return
    plan = books.plans.get(invoice.plan_edition)
    if plan is None:
        yield from unless(None, Invariant.PRICES_ARE_FROZEN, invoice.id, "its plan is not stored")
        return
    prices = plan.prices(contract.cycle, invoice.currency, contract.addons)
    setup = plan.setup_price(contract.cycle, invoice.currency) if invoice.kind is InvoiceKind.FIRST else ()
    listed = [*_fee(invoice, editions), *[(item.name, price) for item, price in (*prices, *setup)]]
    yield from unless(
        [(line.item, line.net) for line in invoice.lines] == listed,
        Invariant.PRICES_ARE_FROZEN,
        invoice.id,
        "its lines are not the prices of its plan",
    )


def _fee(invoice: Invoice, editions: Editions) -> list[tuple[str, Money]]:
    """Return the fee of a restoration anew, converted at the rate that stands on it; nothing for any other invoice."""
    if invoice.exchange is None or not editions.has(invoice.terms_edition):
        return []
    terms = invoice_edition(editions, invoice.terms_edition).terms
    if (invoice.exchange.base, invoice.exchange.quote) != (terms.restoration.fee.currency, invoice.currency):
        return []
    return [(FEE_ITEM, invoice.exchange.converted(terms.restoration.fee, terms.tax.rounding))]


def _costs(invoice: Invoice, editions: Editions) -> Iterator[Violation]:
    """Yield what is wrong with an invoice of administrative costs: its one line says which, and `due_days` are all it has."""
    yield from unless(
        invoice.kind is InvoiceKind.ADMINISTRATIVE and [line.item for line in invoice.lines] in _COSTS,
        Invariant.PRICES_ARE_FROZEN,
        invoice.id,
        "its line is not one of administrative costs",
    )
    if editions.has(invoice.terms_edition):
        yield from unless(
            invoice.due
            == add_days(invoice.issued, invoice_edition(editions, invoice.terms_edition).terms.invoicing.due_days),
            Invariant.DUE_DAY_IS_DERIVED,
            invoice.id,
            "its due day is not the one that its terms give",
        )


def _dues(invoice: Invoice, period: Period | None, editions: Editions, ran_under: EditionId) -> frozenset[Day]:
    """Return the due day anew; more than one, where an edition was published on the day that a renewal was issued."""
    if invoice.kind in BEGINNING or period is None:
        terms = invoice_edition(editions, invoice.terms_edition).terms.invoicing
        return frozenset({add_days(invoice.issued, terms.due_days)})
    told = renewal_editions(editions, ran_under, period.start, invoice.issued)
    days = [_renewal_due(invoice.issued, period, edition.terms.invoicing) for edition in told]
    eve = add_days(period.start, -1)
    # A domain is paid before it expires, however late its renewal was issued.
    return frozenset({eve} if invoice.kind is InvoiceKind.DOMAIN_RENEWAL and invoice.issued <= eve else days)


def _renewal_due(issued: Day, period: Period, running: InvoicingTerms) -> Day:
    """Return the due day of a renewal: the eve of its period, later where it was late."""
    eve = add_days(period.start, -1)
    if days_from(issued, period.start) >= running.renewal_notice_days:
        return max(eve, issued)
    return max(eve, add_days(issued, running.due_days))
