"""Payments: money that came in, once for each transaction of its gateway."""

from typing import final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day
from altocore.values.ids import ClientId, InvoiceId, PaymentId, derive
from altocore.values.money import Money
from altocore.values.texts import line

__all__ = ["Payment", "PaymentNotice", "payment_id"]


@final
@frozen(kw_only=True)
class PaymentNotice:
    """What a gateway tells: this much came in for this invoice, by this means, on this day, under this transaction.

    Raises:
        BadValue: nothing came in, or a text is blank.
    """

    gateway: str = field(validator=line("gateway"))
    transaction: str = field(validator=line("transaction"))
    means: str = field(validator=line("means"))
    invoice: InvoiceId = field()
    amount: Money = field()
    received: Day = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a payment of nothing."""
        if self.amount.minor <= 0:
            raise BadValue("amount", "a payment must be above zero")


@final
@frozen(kw_only=True)
class Payment:
    """A payment as it was settled: `settled` went to its invoice, `kept` became the client's credit (PAY-6)."""

    id: PaymentId = field()
    client: ClientId = field()
    notice: PaymentNotice = field()
    settled: Money = field()
    kept: Money = field()


def payment_id(gateway: str, transaction: str) -> PaymentId:
    """Return the id of the payment with this transaction of this gateway; told twice, it is the same payment."""
    return PaymentId(derive("pay", gateway, transaction))
