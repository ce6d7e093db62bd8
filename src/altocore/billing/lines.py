"""From prices to lines: each item of the plan is one line, and its tax is computed on its net amount, rounded once."""

from collections.abc import Sequence
from typing import Final

from altocore.billing.invoices import Line
from altocore.terms.parts import TaxRate, TaxTerms
from altocore.values.money import Money

__all__ = ["taxed_line", "taxed_lines"]

_MILLION: Final = 1_000_000


def taxed_line(item: str, net: Money, rate: TaxRate, terms: TaxTerms) -> Line:
    """Return the line of one item at this rate.

    Source: PAY-13, house: per line, on the net amount, one rounding.
    """
    return Line(item=item, net=net, tax=net.scaled(rate.rate_ppm, _MILLION, terms.rounding))


def taxed_lines(priced: Sequence[tuple[str, Money]], rate: TaxRate, terms: TaxTerms) -> tuple[Line, ...]:
    """Return one line for each item and its net price, in their order."""
    return tuple([taxed_line(item, net, rate, terms) for item, net in priced])
