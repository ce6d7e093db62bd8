"""Prorations in words: what a part of a period comes to on each basis, with the working, as a page of plain text."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from altocore.billing.proration import Basis, Proration, Slice
from altocore.text.amounts import amount_text, number_text
from altocore.text.catalogue import catalogue, fill
from altocore.text.dates import period_text
from altocore.text.locales import choose
from altocore.text.names import name_of
from altocore.text.wrapping import columns, left, right, wrapped
from altocore.values.money import Money

__all__ = ["part_text", "render_slices"]

READING: Final = 80
_GAP: Final = "  "
_REST: Final = "*"

_PARTS: Final = {
    Basis.ACTUAL_DAYS: "page.part_days",
    Basis.THIRTY_DAYS: "page.part_days",
    Basis.EXACT_MONTHS: "page.part_months",
    Basis.SECONDS: "page.part_seconds",
    Basis.FLAT: "page.part_whole",
    Basis.NONE: "page.part_whole",
}
"""How much of how much is told, by the unit of each basis."""


def part_text(proration: Proration, locale: str) -> str:
    """Return how much of the whole a part is, in the unit of its basis.

    >>> from altocore.values.money import money
    >>> from altocore.values.rounding import Rounding
    >>> price, rounding = money("9.00", "USD"), Rounding.HALF_UP
    >>> months = Proration(basis=Basis.EXACT_MONTHS, price=price, used=169, of=372, per=31, rounding=rounding)
    >>> part_text(months, "en"), part_text(months, "es")
    ('5 14/31 of 12 months', '5 14/31 de 12 meses')
    """
    used, of = _mixed(Fraction(proration.used, proration.per), locale), proration.of // proration.per
    words = catalogue(choose(locale).language).words(_PARTS[proration.basis], (("of", of),))
    return fill(words, {"used": used, "of": number_text(of, locale)})


def render_slices(price: Money, cuts: Sequence[Sequence[Slice]], locale: str) -> str:
    """Return the parts of a price as a page: for each stretch, what it comes to on each basis, exactly and rounded.

    `cuts` has the same period cut in the same way, on one basis each. A part that takes another amount than its own working
    gives, so that all of them sum to the price, bears a mark.
    """
    words = catalogue(choose(locale).language)
    period = cuts[0][0].stretch.whole.period
    title = fill(
        words.words("page.prorations"), {"price": amount_text(price, locale), "period": period_text(period, locale)}
    )
    lines = wrapped(title.split(" "), READING)
    lines.append("=" * max([columns(line) for line in lines]))
    rows = [_row(each, locale) for slices in cuts for each in slices]
    widths = [max([columns(row[place]) for row in rows]) for place in range(len(rows[0]))]
    for place, first in enumerate(cuts[0]):
        lines += ["", period_text(first.stretch.days, locale)]
        lines += [_aligned(_row(slices[place], locale), widths) for slices in cuts]
    marked = any(row[-1].endswith(_REST) for row in rows)
    notes = wrapped([_REST, *words.words("page.part_rest").split(" ")], READING) if marked else []
    return "\n".join([*lines, *([""] if marked else []), *notes, ""])


def _row(each: Slice, locale: str) -> tuple[str, str, str, str]:
    """Return the basis, the part, what it comes to exactly in units of the currency, and what it takes."""
    worked, digits = each.proration, each.amount.currency.minor_digits
    return (
        name_of(worked.basis, locale),
        part_text(worked, locale),
        _mixed(worked.exact / 10**digits, locale),
        amount_text(each.amount, locale) + (" " if each.amount == worked.amount else _REST),
    )


def _aligned(row: tuple[str, str, str, str], widths: Sequence[int]) -> str:
    basis, part, exact, amount = row
    cells = [left(basis, widths[0]), right(part, widths[1]), right(exact, widths[2]), right(amount, widths[3])]
    return f"{_GAP}{_GAP.join(cells)}".rstrip()


def _mixed(number: Fraction, locale: str) -> str:
    """Return a number as whole ones and a fraction in lowest terms."""
    whole, rest = divmod(number.numerator, number.denominator)
    part = f"{rest}/{number.denominator}"
    if not rest:
        return number_text(whole, locale)
    return f"{number_text(whole, locale)} {part}" if whole else part
