"""Settlement: how money meets an invoice, in full, in part, or beyond it."""

from typing import final

from attrs import field, frozen

from altocore.values.money import Money

__all__ = ["Settlement", "settle"]


@final
@frozen(kw_only=True)
class Settlement:
    """What an amount does: `applied` goes to the invoice, `kept` becomes the client's credit, `open_after` stays owed."""

    applied: Money = field()
    kept: Money = field()
    open_after: Money = field()


def settle(amount: Money, open_amount: Money) -> Settlement:
    """Return how this amount meets what is open.

    >>> from altocore.values.money import money
    >>> settle(money("120.00", "USD"), money("100.00", "USD")).kept
    money('20.00', 'USD')

    Source: PAY-6, `terms/5.c`: what is paid beyond the total becomes credit.
    """
    applied = min(amount, open_amount)
    return Settlement(applied=applied, kept=amount - applied, open_after=open_amount - applied)
