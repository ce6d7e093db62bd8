"""What was really paid for a period: of its invoice, the lines that come again, as far as they are settled."""

from altocore.billing.invoices import Invoice, InvoiceKind, Line
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.values.cycles import Cycle
from altocore.values.money import Money, total
from altocore.values.rounding import Rounding

__all__ = ["paid_for_period", "recurring_lines"]


def recurring_lines(invoice: Invoice, plan: PlanEdition, cycle: Cycle) -> tuple[Line, ...]:
    """Return the lines of a period's invoice that come again: no setup, no fee of a restoration.

    The setup stands behind the others on a first invoice, the fee before them on that of a restoration.
    `plan` is the edition that it was issued under.

    Source: CAT-11, UPG-5, house.
    """
    if invoice.kind is InvoiceKind.RESTORATION:
        return invoice.lines[1:]
    has_setup = invoice.kind is InvoiceKind.FIRST and bool(plan.setup_price(cycle, invoice.currency))
    return invoice.lines[:-1] if has_setup else invoice.lines


def paid_for_period(invoice: Invoice, standing: Standing, plan: PlanEdition, cycle: Cycle) -> tuple[Money, Money]:
    """Return what was paid of the lines of a period's invoice that come again, net and in tax, in money and in credit.

    A part payment pays each line in proportion, rounded down, so that nothing counts as paid that was not. Of an invoice that
    is closed unpaid, in whichever way, nothing counts.

    Source: UPG-5, house.
    """
    lines = recurring_lines(invoice, plan, cycle)
    net = total([line.net for line in lines], invoice.currency)
    tax = total([line.tax for line in lines], invoice.currency)
    settled, asked = standing.settled.minor, standing.total.minor
    if asked == 0 or standing.state not in {StandingState.OPEN, StandingState.PAID}:
        return net - net, tax - tax
    return net.scaled(settled, asked, Rounding.DOWN), tax.scaled(settled, asked, Rounding.DOWN)
