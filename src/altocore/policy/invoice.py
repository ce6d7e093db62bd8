"""Why does this invoice say what it says? Every rule that an issued invoice rests on, with the facts of this one.

The table has no checks: the invoice exists. Each ground is asked of the frozen invoice, its standing and the terms it was
issued under, so the explanation is derived anew each time and can be compared with what is stored.
"""

from typing import Final, final

from attrs import field, frozen

from altocore.billing.invoices import RENEWALS, Invoice, InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.billing.timeline import timeline
from altocore.lifecycle.service import Contract
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.differences import Difference
from altocore.terms.judgements import Ground, Judgement
from altocore.terms.parts import Terms
from altocore.terms.reasons import Cited
from altocore.values.anchors import boundary
from altocore.values.cycles import Once
from altocore.values.days import days_from
from altocore.values.money import Money, total

__all__ = ["INVOICE", "InvoiceAmounts", "InvoiceFacts", "explain_amounts"]


@final
@frozen(kw_only=True)
class InvoiceFacts:
    """An invoice with all that became of it.

    `credit_applied` is what the client's credit paid when it was issued, `paid` what payments settled since, `kept` what
    those payments brought beyond it. `number` is the series and number it bears, `renewal_notice_days` how long before its
    period a renewal was to be issued, by the terms of the period before, `changed` what the terms of this one say otherwise.
    """

    invoice: Invoice = field()
    standing: Standing = field()
    contract: Contract = field()
    number: str = field()
    renewal_notice_days: int = field()
    credit_applied: Money = field()
    paid: Money = field()
    kept: Money = field()
    changed: tuple[Difference, ...] = field(default=())


@final
@frozen(kw_only=True)
class InvoiceAmounts:
    """The amounts of an invoice: what it asked, what met it, what is open."""

    net: Money = field()
    tax: Money = field()
    total: Money = field()
    credit_applied: Money = field()
    paid: Money = field()
    open: Money = field()


def _is(kind: InvoiceKind, facts: InvoiceFacts) -> bool:
    return facts.invoice.kind is kind


def _renews(facts: InvoiceFacts) -> bool:
    return facts.invoice.kind in RENEWALS


def _is_late(facts: InvoiceFacts, _terms: Terms) -> bool:
    """Say whether a renewal was issued after its day: something had held it back."""
    period = facts.invoice.period
    if period is None or not _renews(facts):
        return False
    return days_from(facts.invoice.issued, period.start) < facts.renewal_notice_days


def _dates(facts: InvoiceFacts, _terms: Terms) -> Cited:
    return (("issued", facts.invoice.issued), ("due", facts.invoice.due))


def _period(facts: InvoiceFacts, _terms: Terms) -> Cited:
    invoice = facts.invoice
    held = () if invoice.period is None else (("period", invoice.period),)
    number = () if invoice.period_number is None else (("period_number", invoice.period_number + 1),)
    return (*number, ("cycle", facts.contract.cycle.name.lower()), *held)


def _first_period(facts: InvoiceFacts, terms: Terms) -> Cited:
    contract = facts.contract
    option = ("option", terms.invoicing.first_period_start.value)
    if contract.anchor is None or contract.cycle is Once.ONE_TIME:
        return (option,)
    return (option, ("anchor", contract.anchor), ("until", boundary(contract.anchor, contract.cycle, 1)))


def _restored(facts: InvoiceFacts, _terms: Terms) -> Cited:
    """Cite the fee and, once it is paid, what the new contract counts from."""
    fee, contract = ("price", facts.invoice.lines[0].net), facts.contract
    begun = _in(StandingState.PAID, facts)
    if not begun or contract.anchor is None or contract.cycle is Once.ONE_TIME:
        return (fee,)
    return (fee, ("anchor", contract.anchor), ("until", boundary(contract.anchor, contract.cycle, 1)))


def _is_offer(facts: InvoiceFacts, _terms: Terms) -> bool:
    """Say whether it waits to be taken, or was not."""
    return _is(InvoiceKind.RESTORATION, facts) and (_in(StandingState.OPEN, facts) or _in(StandingState.LAPSED, facts))


def _is_once(facts: InvoiceFacts) -> bool:
    return facts.contract.cycle is Once.ONE_TIME


def _tax(facts: InvoiceFacts, terms: Terms) -> Cited:
    invoice = facts.invoice
    return (
        ("tax_name", invoice.tax_name),
        ("rate_ppm", invoice.tax_rate_ppm),
        ("net", invoice.net),
        ("tax", invoice.tax),
        ("rounding", terms.tax.rounding.value),
    )


def _next_step(facts: InvoiceFacts, terms: Terms) -> Cited:
    standing = facts.standing
    step = timeline(standing.kind, terms.overdue)[standing.steps_done]
    on = () if standing.next_step is None else (("on", standing.next_step),)
    return (("stage", step.stage.value), *on)


def _closed(facts: InvoiceFacts, _terms: Terms) -> Cited:
    return () if facts.standing.closed is None else (("on", facts.standing.closed),)


def _owed(facts: InvoiceFacts) -> bool:
    return _in(StandingState.OPEN, facts) and not _is(InvoiceKind.RESTORATION, facts)


def _has_steps(facts: InvoiceFacts, terms: Terms) -> bool:
    standing = facts.standing
    return _owed(facts) and standing.steps_done < len(timeline(standing.kind, terms.overdue))


def _promised(facts: InvoiceFacts) -> Cited:
    """Return the day that the last promise to pay names, where the invoice is still open."""
    promises = facts.standing.promises if _in(StandingState.OPEN, facts) else ()
    return (("promised", promises[-1].until),) if promises else ()


def _in(state: StandingState, facts: InvoiceFacts) -> bool:
    return facts.standing.state is state


GROUNDS: Final[tuple[Ground[InvoiceFacts, Terms], ...]] = (
    Ground(
        rule="PAY-12",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("number", facts.number),),
    ),
    Ground(
        rule="REN-4",
        clauses=(Clause("manual/honour"),),
        holds=lambda facts, _: not _is(InvoiceKind.ADMINISTRATIVE, facts),
        cites=lambda facts, _: (
            ("terms_edition", facts.invoice.terms_edition),
            ("plan_edition", facts.invoice.plan_edition),
        ),
    ),
    Ground(rule="CAT-2", clauses=(HOUSE,), holds=lambda facts, _: _is_once(facts)),
    Ground(
        rule="REN-1",
        clauses=(Clause("terms/3.a"),),
        holds=lambda facts, _: _renews(facts),
        cites=_period,
    ),
    Ground(
        rule="REN-5",
        clauses=(Clause("manual/honour"), Clause("terms/3.b")),
        holds=lambda facts, _: len(facts.changed) > 0,
        cites=lambda facts, _: tuple([("field", each.code) for each in facts.changed]),
    ),
    Ground(
        rule="REN-8",
        clauses=(HOUSE,),
        holds=lambda facts, _: _is(InvoiceKind.FIRST, facts) and not _is_once(facts),
        cites=_first_period,
    ),
    Ground(
        rule="PAY-5",
        clauses=(Clause("terms/5.b"),),
        holds=lambda facts, _: _is(InvoiceKind.RESTORATION, facts),
        cites=_restored,
    ),
    Ground(
        rule="REN-2",
        clauses=(HOUSE,),
        holds=lambda facts, terms: _renews(facts) and not _is_late(facts, terms),
        cites=_dates,
    ),
    Ground(rule="REN-9", clauses=(HOUSE,), holds=_is_late, cites=_dates),
    Ground(
        rule="PAY-9",
        clauses=(Clause("terms/2.c"),),
        holds=lambda facts, _: _is(InvoiceKind.ADMINISTRATIVE, facts),
        cites=lambda facts, _: (("due", facts.invoice.due),),
    ),
    Ground(
        rule="PAY-15",
        clauses=(HOUSE,),
        holds=lambda facts, _: not _renews(facts),
        cites=_dates,
    ),
    Ground(rule="PAY-13", clauses=(HOUSE,), holds=lambda _facts, _terms: True, cites=_tax),
    Ground(
        rule="PAY-7",
        clauses=(Clause("terms/3.a"),),
        holds=lambda facts, _: facts.credit_applied.minor > 0,
        cites=lambda facts, _: (("credit", facts.credit_applied),),
    ),
    Ground(
        rule="PAY-1",
        clauses=(Clause("terms/5.a"),),
        holds=lambda facts, _: facts.paid.minor > 0,
        cites=lambda facts, _: (("settled", facts.paid),),
    ),
    Ground(
        rule="PAY-6",
        clauses=(Clause("terms/5.c"),),
        holds=lambda facts, _: facts.kept.minor > 0,
        cites=lambda facts, _: (("credit", facts.kept), ("invoice_state", facts.standing.state.value)),
    ),
    Ground(
        rule="PAY-2",
        clauses=(Clause("terms/5.a"), Clause("manual/alerts")),
        holds=_has_steps,
        cites=_next_step,
    ),
    Ground(
        rule="PAY-18",
        clauses=(HOUSE,),
        holds=lambda facts, _: _in(StandingState.WRITTEN_OFF, facts) or _promised(facts) != (),
        cites=lambda facts, terms: _promised(facts) or _closed(facts, terms),
    ),
    Ground(
        rule="PAY-11",
        clauses=(Clause("manual/alerts"),),
        holds=lambda facts, _: _in(StandingState.CANCELLED, facts),
        cites=_closed,
    ),
    Ground(
        rule="CAN-4",
        clauses=(Clause("terms/4.a"),),
        holds=lambda facts, _: _in(StandingState.VOIDED, facts),
        cites=_closed,
    ),
    Ground(
        rule="PAY-16",
        clauses=(HOUSE,),
        holds=_is_offer,
        cites=lambda facts, terms: (("due", facts.invoice.due), *_closed(facts, terms)),
    ),
)


def explain_amounts(facts: InvoiceFacts, _terms: Terms) -> InvoiceAmounts:
    """Return the invoice's amounts, summed anew from its lines and from what met it.

    Source: PAY-13, PAY-6, PAY-7.
    """
    invoice = facts.invoice
    net = total([line.net for line in invoice.lines], invoice.currency)
    tax = total([line.tax for line in invoice.lines], invoice.currency)
    asked = net + tax
    met = facts.credit_applied + facts.paid
    return InvoiceAmounts(
        net=net,
        tax=tax,
        total=asked,
        credit_applied=facts.credit_applied,
        paid=facts.paid,
        open=asked - met if facts.standing.state is StandingState.OPEN else asked - asked,
    )


INVOICE: Final = Judgement(name="invoice", checks=(), grounds=GROUNDS, decide=explain_amounts)
