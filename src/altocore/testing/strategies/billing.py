"""Strategies for money that moves: payments, settlements, postings."""

from typing import Final

from hypothesis import strategies as st

from altocore.billing.ledger import Account, Movement, Posting
from altocore.billing.payments import Payment, PaymentNotice, payment_id
from altocore.billing.settlement import Settlement, settle
from altocore.testing.strategies.catalogue import PRICE_MAX
from altocore.testing.strategies.values import (
    amounts,
    currencies,
    days,
    given_or,
    ids,
    short_texts,
)
from altocore.values.currencies import Currency
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import Money

__all__ = ["TYPES", "payment_notices", "payments", "postings", "settlements"]


def payment_notices(
    *, invoice: InvoiceId | None = None, currency: Currency | None = None, minor_max: int = PRICE_MAX
) -> st.SearchStrategy[PaymentNotice]:
    """Return a strategy for what a gateway tells: more than nothing, for this invoice, or for any."""
    return st.builds(
        PaymentNotice,
        gateway=short_texts(),
        transaction=short_texts(),
        means=short_texts(),
        invoice=given_or(invoice, ids(InvoiceId)),
        amount=amounts(currency=currency, minor_min=1, minor_max=minor_max),
        received=days(),
    )


def payments(
    *, notice: PaymentNotice | None = None, client: ClientId | None = None, currency: Currency | None = None
) -> st.SearchStrategy[Payment]:
    """Return a strategy for payments of which a part went to the invoice and the rest became credit, to the last unit."""
    told = given_or(notice, payment_notices(currency=currency))
    return st.builds(_payment, given_or(client, ids(ClientId)), told, st.integers(0, PRICE_MAX))


def settlements(*, currency: Currency | None = None) -> st.SearchStrategy[Settlement]:
    """Return a strategy for how an amount meets what is open: in part, in full, beyond it."""
    sizes = st.integers(0, PRICE_MAX)
    return st.builds(
        lambda of, paid, owed: settle(Money(paid, of), Money(owed, of)), given_or(currency, currencies()), sizes, sizes
    )


def postings(
    *, movement: Movement | None = None, client: ClientId | None = None, currency: Currency | None = None
) -> st.SearchStrategy[Posting]:
    """Return a strategy for movements of more than nothing: of this kind, for this client, where they are given."""
    return st.builds(
        Posting,
        movement=given_or(movement, st.sampled_from(Movement)),
        client=given_or(client, ids(ClientId)),
        document=ids(str),
        day=days(),
        amount=amounts(currency=currency, minor_min=1, minor_max=PRICE_MAX),
    )


def _payment(client: ClientId, notice: PaymentNotice, owed: int) -> Payment:
    met = settle(notice.amount, Money(owed, notice.amount.currency))
    return Payment(
        id=payment_id(notice.gateway, notice.transaction),
        client=client,
        notice=notice,
        settled=met.applied,
        kept=met.kept,
    )


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Account: st.sampled_from(Account),
    Movement: st.sampled_from(Movement),
    Payment: payments(),
    PaymentNotice: payment_notices(),
    Posting: postings(),
    Settlement: settlements(),
}
"""Every public type here."""
