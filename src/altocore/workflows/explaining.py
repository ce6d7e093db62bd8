"""Explaining an invoice: its facts, gathered again from the store, run through the table it rests on."""

from typing import Final

from altocore.billing.invoices import Invoice, invoice_id
from altocore.billing.numbering import label
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.lifecycle.service import Contract, Service
from altocore.plans.reading import Ids, OfClients
from altocore.policy.governing import renewal_edition
from altocore.policy.invoice import INVOICE, InvoiceAmounts, InvoiceFacts
from altocore.ports.store import Store
from altocore.terms.editions import Editions, TermsEdition
from altocore.terms.judgements import Trace, trace
from altocore.values.ids import InvoiceId
from altocore.values.money import total
from altocore.workflows.one import one
from altocore.workflows.walking import every

__all__ = ["UNNUMBERED", "explain_invoice", "load_invoice"]

UNNUMBERED: Final = "-"
"""What stands for the number of an invoice that has none; `audit` says so too."""


def load_invoice(store: Store, invoice_id: InvoiceId) -> InvoiceFacts:
    """Return all that is stored of an invoice.

    Raises:
        UnknownKey: no such invoice is stored.
    """
    invoice = one(store, Invoice, invoice_id).document
    standing = one(store, Standing, invoice_id).document
    service = one(store, Service, invoice.service).document
    contract = service.contract_of(invoice.contract)
    payments = [
        stored.document
        for stored in store.select(Payment, OfClients((invoice.client,)))
        if stored.document.notice.invoice == invoice_id
    ]
    paid = total([payment.settled for payment in payments], invoice.currency)
    numbered = store.numbers((invoice_id,)).get(invoice_id)
    return InvoiceFacts(
        invoice=invoice,
        standing=standing,
        contract=contract,
        number=label(*numbered) if numbered is not None else UNNUMBERED,
        renewal_notice_days=_notice_days(store, invoice, contract),
        credit_applied=standing.settled - paid,
        paid=paid,
        kept=total([payment.kept for payment in payments], invoice.currency),
    )


def explain_invoice(store: Store, invoice_id: InvoiceId) -> tuple[InvoiceFacts, Trace[InvoiceAmounts]]:
    """Return an invoice's facts, and the trace of every rule that it rests on.

    Raises:
        UnknownKey: no such invoice is stored, or its terms are not.
    """
    facts = load_invoice(store, invoice_id)
    edition = one(store, TermsEdition, facts.invoice.terms_edition).document
    return facts, trace(INVOICE, facts, edition.terms)


def _notice_days(store: Store, invoice: Invoice, contract: Contract) -> int:
    """Return how long before its period a renewal was to be issued: the terms of the period before say so."""
    before = invoice_id(invoice.service, invoice.contract, (invoice.period_number or 0) - 1)
    found = store.select(Invoice, Ids((before,)))
    edition = found[0].document.terms_edition if found else contract.terms_edition
    start = invoice.issued if invoice.period is None else invoice.period.start
    editions = Editions(tuple(every(store, TermsEdition)))
    return renewal_edition(editions, edition, start, invoice.issued).terms.invoicing.renewal_notice_days
