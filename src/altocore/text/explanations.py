"""Explanations: a whole invoice as a client reads it, with every rule that it rests on.

The sentences of single reasons, rows and traces are here too, from `text.sentences`, and the plain page of an invoice,
from `text.pages`.
"""

from typing import Final

from altocore.billing.costs import CostReason
from altocore.billing.invoices import InvoiceKind, Line
from altocore.policy.invoice import InvoiceAmounts, InvoiceFacts
from altocore.terms.differences import Difference
from altocore.terms.judgements import Outcome, Trace
from altocore.text.amounts import amount_text, currency_text, rate_text
from altocore.text.catalogue import catalogue, fill
from altocore.text.dates import day_text, period_text
from altocore.text.explained import ExplainedDifference, ExplainedInvoice, ExplainedLine, ExplainedRow, Labelled
from altocore.text.facts import fact_label
from altocore.text.locales import choose
from altocore.text.names import name_of
from altocore.text.pages import render_text
from altocore.text.sentences import clause_text, explain_reason, explain_row, explain_trace, rule_text
from altocore.text.terms import field_text, value_text
from altocore.values.anchors import nth_period
from altocore.values.cycles import Once
from altocore.values.periods import Period

__all__ = [
    "ExplainedDifference",
    "ExplainedInvoice",
    "ExplainedLine",
    "ExplainedRow",
    "Labelled",
    "clause_text",
    "explain_invoice",
    "explain_reason",
    "explain_row",
    "explain_trace",
    "render_text",
    "rule_text",
]

_CARRYING: Final = frozenset({Outcome.FIRED, Outcome.HELD})


def explain_invoice(facts: InvoiceFacts, trace: Trace[InvoiceAmounts], locale: str) -> ExplainedInvoice:
    """Return an invoice in words: what it asks, what met it, and each rule that carries it.

    Rules that were asked and did not apply are left out; `explain_trace` has them.

    Raises:
        UnknownKey: the catalogue has no text for one of the rows.
    """
    rows = tuple([row for row in explain_trace(trace, locale) if row.outcome in _CARRYING])
    clauses = dict.fromkeys(clause for row in rows for clause in row.clauses)
    words = catalogue(choose(locale).language)
    kind = name_of(facts.invoice.kind, locale)
    return ExplainedInvoice(
        locale=locale,
        title=fill(words.words("page.title"), {"number": facts.number, "kind": kind}),
        header=_header(facts, locale),
        lines=tuple([_line(facts, line, locale) for line in facts.invoice.lines]),
        totals=_totals(facts, trace.answer, locale),
        differences=tuple([_difference(each, locale) for each in facts.changed]),
        rows=rows,
        sources=tuple([(clause, clause_text(clause, locale)) for clause in clauses]),
    )


def _header(facts: InvoiceFacts, locale: str) -> tuple[Labelled, ...]:
    invoice, words = facts.invoice, catalogue(choose(locale).language)
    period = _period(facts)
    return (
        Labelled(words.words("page.issuer"), invoice.issuer.name),
        Labelled(words.words("page.customer"), invoice.customer.name),
        Labelled(fact_label("issued", locale), day_text(invoice.issued, locale)),
        Labelled(fact_label("due", locale), day_text(invoice.due, locale)),
        *(() if period is None else (Labelled(fact_label("period", locale), period_text(period, locale)),)),
        *(() if invoice.period_number is None else (_cycle(facts, locale),)),
        Labelled(fact_label("currency", locale), currency_text(invoice.currency, locale)),
        Labelled(fact_label("invoice_state", locale), name_of(facts.standing.state, locale)),
    )


def _cycle(facts: InvoiceFacts, locale: str) -> Labelled:
    return Labelled(fact_label("cycle", locale), name_of(facts.contract.cycle, locale))


def _period(facts: InvoiceFacts) -> Period | None:
    """Return the period that is charged; a first one is known once the contract that the invoice is of has its anchor.

    What is sold once has none.
    """
    invoice, contract = facts.invoice, facts.contract
    if invoice.period is not None or contract.anchor is None or facts.standing.is_withdrawn:
        return invoice.period
    if invoice.period_number is None or contract.cycle is Once.ONE_TIME:
        return None
    return nth_period(contract.anchor, contract.cycle, invoice.period_number)


def _line(facts: InvoiceFacts, line: Line, locale: str) -> ExplainedLine:
    return ExplainedLine(
        item=_item(facts, line, locale),
        net=amount_text(line.net, locale),
        tax=amount_text(line.tax, locale),
        total=amount_text(line.net + line.tax, locale),
    )


def _item(facts: InvoiceFacts, line: Line, locale: str) -> str:
    """Return what a line is for: costs and the fee of a restoration in words, what the catalogue sells by its own name."""
    match facts.invoice.kind:
        case InvoiceKind.ADMINISTRATIVE:
            return name_of(CostReason(line.item), locale)
        case InvoiceKind.RESTORATION if line is facts.invoice.lines[0]:
            return catalogue(choose(locale).language).words("page.restoration_fee")
        case _:
            return line.item


def _difference(each: Difference, locale: str) -> ExplainedDifference:
    return ExplainedDifference(
        code=each.code,
        clause=each.clause,
        label=field_text(each.code, locale),
        before=value_text(each.before, locale),
        after=value_text(each.after, locale),
    )


def _totals(facts: InvoiceFacts, amounts: InvoiceAmounts, locale: str) -> tuple[Labelled, ...]:
    """Return the sums, and what met them where something did."""
    words, invoice = catalogue(choose(locale).language), facts.invoice
    tax = f"{invoice.tax_name} {rate_text(invoice.tax_rate_ppm, locale)}"
    met = (("page.credit_applied", amounts.credit_applied), ("page.paid", amounts.paid))
    return (
        Labelled(fact_label("net", locale), amount_text(amounts.net, locale)),
        Labelled(tax, amount_text(amounts.tax, locale)),
        Labelled(words.words("page.total"), amount_text(amounts.total, locale)),
        *[Labelled(words.words(code), amount_text(-amount, locale)) for code, amount in met if amount.minor],
        Labelled(words.words("page.open"), amount_text(amounts.open, locale)),
    )
