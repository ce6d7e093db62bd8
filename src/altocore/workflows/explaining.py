"""Explaining an invoice: its facts, gathered again from the store, run through the table it rests on."""

from typing import Final

from altocore.billing.invoices import RENEWALS, Invoice
from altocore.billing.numbering import label
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.lifecycle.service import Contract, Service
from altocore.plans.reading import OfClients, OfServices
from altocore.policy.governing import invoice_edition, renewal_editions
from altocore.policy.invoice import INVOICE, InvoiceAmounts, InvoiceFacts
from altocore.policy.renewal import renewal_due
from altocore.ports.store import Store
from altocore.terms.differences import Difference, diff
from altocore.terms.editions import Editions, TermsEdition
from altocore.terms.judgements import Trace, trace
from altocore.values.ids import EditionId, InvoiceId
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
    before, editions = _before(store, invoice, contract), Editions(tuple(every(store, TermsEdition)))
    return InvoiceFacts(
        invoice=invoice,
        standing=standing,
        contract=contract,
        number=label(*numbered) if numbered is not None else UNNUMBERED,
        renewal_notice_days=_notice_days(invoice, before, editions),
        credit_applied=standing.settled - paid,
        paid=paid,
        kept=total([payment.kept for payment in payments], invoice.currency),
        changed=_changed(invoice, before, editions),
    )


def explain_invoice(store: Store, invoice_id: InvoiceId) -> tuple[InvoiceFacts, Trace[InvoiceAmounts]]:
    """Return an invoice's facts, and the trace of every rule that it rests on.

    Raises:
        UnknownKey: no such invoice is stored, or its terms are not.
    """
    facts = load_invoice(store, invoice_id)
    edition = one(store, TermsEdition, facts.invoice.terms_edition).document
    return facts, trace(INVOICE, facts, edition.terms)


def _before(store: Store, invoice: Invoice, contract: Contract) -> EditionId:
    """Return the edition of the period before this invoice's: of its last invoice, of the contract where it has none."""
    own = [
        each.document
        for each in store.select(Invoice, OfServices((invoice.service,)))
        if (each.document.contract, each.document.period_number) == (invoice.contract, (invoice.period_number or 0) - 1)
    ]
    return max(own, key=lambda each: each.revision).terms_edition if own else contract.terms_edition


def _notice_days(invoice: Invoice, before: EditionId, editions: Editions) -> int:
    """Return how long before its period a renewal was to be issued: the terms of the period before say so.

    Of several editions that may have said so in the course of the day of issue, it is the one that gives the due day it has.
    """
    start = invoice.issued if invoice.period is None else invoice.period.start
    told = [each.terms.invoicing for each in renewal_editions(editions, before, start, invoice.issued)]
    own = [terms for terms in told if renewal_due(invoice.issued, start, terms) == invoice.due]
    return (own or told)[0].renewal_notice_days


def _changed(invoice: Invoice, before: EditionId, editions: Editions) -> tuple[Difference, ...]:
    """Return what the terms of a renewal say otherwise than those of the period before: it is the new contract.

    Source: REN-5, `manual/honour`, `terms/3.b`.
    """
    if invoice.kind not in RENEWALS or invoice.terms_edition == before:
        return ()
    return diff(invoice_edition(editions, before).terms, invoice_edition(editions, invoice.terms_edition).terms)
