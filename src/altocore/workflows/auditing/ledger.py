"""The ledger: exactly the postings that the documents of a client call for, and the credit that they sum to."""

from collections import Counter
from collections.abc import Iterator

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing, StandingState
from altocore.values.money import Money, total
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_ledger"]


def check_ledger(books: Books) -> Iterator[Violation]:
    """Yield what is wrong with the postings of a client, and with its credit."""
    posted = Counter((posting.movement, posting.document, posting.amount) for posting in books.postings)
    called_for = Counter(_called_for(books))
    invariant = Invariant.LEDGER_FOLLOWS_DOCUMENTS
    for movement, document, _amount in posted - called_for:
        yield from unless(None, invariant, document, f"{movement.value} is posted and no document calls for it")
    for movement, document, _amount in called_for - posted:
        yield from unless(None, invariant, document, f"{movement.value} is called for and not posted")
    where = books.client.id
    moved = sum(posting.credit_change for posting in books.postings)
    yield from unless(
        moved == books.credit, Invariant.CREDIT_IS_SUM_OF_POSTINGS, where, "its credit is not what its postings sum to"
    )
    yield from unless(books.credit >= 0, Invariant.CREDIT_IS_NOT_NEGATIVE, where, "its credit is below zero")


def _called_for(books: Books) -> Iterator[tuple[Movement, str, Money]]:
    """Yield each movement that the documents call for, with its document and amount; nothing is never posted."""
    for movement, document, amount in _movements(books):
        if amount.minor != 0:
            yield movement, document, amount


def _movements(books: Books) -> Iterator[tuple[Movement, str, Money]]:
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
        [payment.settled for payment in books.payments if payment.notice.invoice == invoice.id], invoice.currency
    )
    yield Movement.CREDIT_APPLIED, invoice.id, standing.settled - paid
    if standing.state in {StandingState.CANCELLED, StandingState.VOIDED}:
        yield Movement.NET_CANCELLED, invoice.id, invoice.net
        yield Movement.TAX_CANCELLED, invoice.id, invoice.tax
        yield Movement.SETTLEMENT_RELEASED, invoice.id, standing.settled
