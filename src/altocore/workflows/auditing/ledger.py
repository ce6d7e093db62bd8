"""The ledger: exactly the postings that the documents of a client call for, and the credit that they sum to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing, StandingState
from altocore.values.money import Money, total
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_ledger"]

_TAKEN_BACK: Final = frozenset({StandingState.CANCELLED, StandingState.VOIDED, StandingState.LAPSED})


def check_ledger(books: Books) -> Iterator[Violation]:
    """Yield what is wrong with the postings of a client, and with its credit."""
    posted = _sums((posting.movement, posting.document, posting.amount) for posting in books.postings)
    called_for = _sums(_movements(books))
    for key in sorted(posted.keys() | called_for.keys()):
        movement, document, _ = key
        yield from unless(
            posted.get(key, 0) == called_for.get(key, 0),
            Invariant.LEDGER_FOLLOWS_DOCUMENTS,
            document,
            f"{movement} is not posted as its documents call for",
        )
    where = books.client.id
    moved = sum(posting.credit_change for posting in books.postings)
    yield from unless(
        moved == books.credit, Invariant.CREDIT_IS_SUM_OF_POSTINGS, where, "its credit is not what its postings sum to"
    )
    for adjustment in books.adjustments:
        yield from unless(
            adjustment.amount.currency is books.client.currency,
            Invariant.CREDIT_IS_IN_ONE_CURRENCY,
            adjustment.id,
            "its adjustment is not in its client's currency",
        )
    yield from unless(books.credit >= 0, Invariant.CREDIT_IS_NOT_NEGATIVE, where, "its credit is below zero")


def _sums(movements: Iterable[tuple[Movement, str, Money]]) -> dict[tuple[str, str, str], int]:
    """Return the minor units of each movement of each document, by currency; what comes to nothing is left out."""
    found: Counter[tuple[str, str, str]] = Counter()
    for movement, document, amount in movements:
        found[movement.value, document, amount.currency.code] += amount.minor
    return {key: minor for key, minor in found.items() if minor}


def _movements(books: Books) -> Iterator[tuple[Movement, str, Money]]:
    for adjustment in books.adjustments:
        yield adjustment.movement, adjustment.id, adjustment.amount
    for payment in books.payments:
        yield Movement.PAYMENT_SETTLED, payment.id, payment.settled
        yield Movement.PAYMENT_KEPT, payment.id, payment.kept
    for invoice in books.invoices:
        yield Movement.NET_INVOICED, invoice.id, invoice.net
        yield Movement.TAX_INVOICED, invoice.id, invoice.tax
        standing = books.standings.get(invoice.id)
        if standing is not None:
            yield from _of_standing(books, invoice, standing)


def _of_standing(books: Books, invoice: Invoice, standing: Standing) -> Iterator[tuple[Movement, str, Money]]:
    paid = total(
        [
            payment.settled
            for payment in books.payments
            if payment.notice.invoice == invoice.id and payment.settled.currency is invoice.currency
        ],
        invoice.currency,
    )
    yield Movement.CREDIT_APPLIED, invoice.id, standing.settled - paid
    if standing.state in _TAKEN_BACK:
        yield Movement.NET_CANCELLED, invoice.id, invoice.net
        yield Movement.TAX_CANCELLED, invoice.id, invoice.tax
        yield Movement.SETTLEMENT_RELEASED, invoice.id, standing.settled
    if standing.state is StandingState.WRITTEN_OFF:
        yield Movement.DEBT_WRITTEN_OFF, invoice.id, invoice.total - standing.settled
