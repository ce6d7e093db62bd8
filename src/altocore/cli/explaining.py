"""`altocore explain`: one invoice, line by line, with the rules and clauses it rests on."""

from altocore.billing.numbering import parse_label
from altocore.errors import UnknownKey
from altocore.ports.store import Store
from altocore.text.explanations import ExplainedInvoice, explain_invoice, render_text
from altocore.values.ids import InvoiceId
from altocore.workflows import explaining

__all__ = ["as_value", "explained", "page_of"]


def explained(store: Store, invoice: str, locale: str) -> ExplainedInvoice:
    """Return the explanation of an invoice, given by its number (`A-00000042`) or its id.

    Raises:
        UnknownKey: the store has no such invoice.
    """
    own = InvoiceId(invoice) if invoice.startswith("inv_") else store.numbered(*parse_label(invoice))
    if own is None:
        raise UnknownKey("invoice", "no invoice bears this number")
    facts, trace = explaining.explain_invoice(store, own)
    return explain_invoice(facts, trace, locale)


def page_of(store: Store, invoice: str, locale: str) -> str:
    """Return the explanation as a page of plain text.

    Raises:
        UnknownKey: the store has no such invoice.
    """
    return render_text(explained(store, invoice, locale))


def as_value(told: ExplainedInvoice) -> dict[str, object]:
    """Return the explanation as plain values."""
    return {
        "title": told.title,
        "header": {each.label: each.text for each in told.header},
        "lines": [{"item": line.item, "net": line.net, "tax": line.tax, "total": line.total} for line in told.lines],
        "totals": {each.label: each.text for each in told.totals},
        "why": [{"rule": row.rule, "clauses": list(row.clauses), "sentence": row.sentence} for row in told.rows],
    }
