"""Payments: shared out to the cent, in the client's currency, to an invoice that is there."""

from collections.abc import Iterator

from altocore.billing.payments import payment_id
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_payments"]


def check_payments(books: Books) -> Iterator[Violation]:
    """Yield what is wrong with the payments of a client."""
    of = books.client.currency
    invoices = {invoice.id for invoice in books.invoices}
    for payment in books.payments:
        notice, invariant = payment.notice, Invariant.PAYMENT_IS_SHARED_OUT
        amounts = (notice.amount, payment.settled, payment.kept)
        one_currency = all(amount.currency is of for amount in amounts)
        yield from unless(one_currency, invariant, payment.id, "it is not in its client's currency")
        yield from unless(
            notice.amount.minor == payment.settled.minor + payment.kept.minor,
            invariant,
            payment.id,
            "what was settled and kept is not what came in",
        )
        yield from unless(notice.invoice in invoices, invariant, payment.id, "its invoice is not one of its client's")
        yield from unless(
            payment.id == payment_id(notice.gateway, notice.transaction),
            invariant,
            payment.id,
            "its id is not that of its transaction",
        )
