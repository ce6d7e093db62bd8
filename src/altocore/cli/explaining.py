"""`altocore explain`: one invoice, line by line, with the rules and clauses it rests on."""

from altocore.billing.numbering import parse_label
from altocore.cli.terms import plain_value
from altocore.errors import UnknownKey
from altocore.policy.invoice import InvoiceAmounts, InvoiceFacts
from altocore.ports.store import Store
from altocore.terms.judgements import Trace
from altocore.text.explanations import explain_invoice, render_text
from altocore.values.ids import InvoiceId
from altocore.workflows import explaining

__all__ = ["as_value", "invoice_named", "page_of"]


def page_of(store: Store, invoice: str, locale: str) -> str:
    """Return the explanation of an invoice as a page of plain text.

    Raises:
        UnknownKey: the store has no such invoice.
    """
    facts, trace = _explained(store, invoice)
    return render_text(explain_invoice(facts, trace, locale))


def as_value(store: Store, invoice: str, locale: str) -> dict[str, object]:
    """Return the explanation as plain values: keys and amounts the same in every language, sentences in this one.

    Raises:
        UnknownKey: the store has no such invoice.
    """
    facts, trace = _explained(store, invoice)
    issued, amounts = facts.invoice, trace.answer
    return {
        "number": facts.number,
        "id": issued.id,
        "kind": issued.kind.value,
        "issued": issued.issued.isoformat(),
        "due": issued.due.isoformat(),
        "period": None if issued.period is None else [issued.period.start.isoformat(), issued.period.end.isoformat()],
        "currency": issued.currency.code,
        "state": facts.standing.state.value,
        "lines": [{"item": line.item, "net": line.net.decimal, "tax": line.tax.decimal} for line in issued.lines],
        "net": amounts.net.decimal,
        "tax": amounts.tax.decimal,
        "total": amounts.total.decimal,
        "credit_applied": amounts.credit_applied.decimal,
        "paid": amounts.paid.decimal,
        "open": amounts.open.decimal,
        "differences": [
            {"field": each.code, "before": plain_value(each.before), "after": plain_value(each.after)}
            for each in facts.changed
        ],
        "why": [
            {"rule": row.rule, "clauses": list(row.clauses), "sentence": row.sentence}
            for row in explain_invoice(facts, trace, locale).rows
        ],
    }


def _explained(store: Store, invoice: str) -> tuple[InvoiceFacts, Trace[InvoiceAmounts]]:
    """Return the facts and the trace of an invoice, given by its number (`A-00000042`) or its id."""
    return explaining.explain_invoice(store, invoice_named(store, invoice))


def invoice_named(store: Store, invoice: str) -> InvoiceId:
    """Return the id of an invoice, given by its number (`A-00000042`) or its id.

    Raises:
        UnknownKey: no invoice bears this number.
    """
    own = InvoiceId(invoice) if invoice.startswith("inv_") else store.numbered(*parse_label(invoice))
    if own is None:
        raise UnknownKey("invoice", "no invoice bears this number")
    return own
