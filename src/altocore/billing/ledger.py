"""The ledger: every movement of money as a debit and a credit of the same amount.

One posting table says, for each movement, which account is debited and which is credited. A posting is balanced by
construction: it is one amount, written twice. Entries are signed, debits above zero, and the entries of a currency sum
to zero, always; `audit` asks that of a store.

An account is either the client's (the owner of its entries is the client) or the house's (its owner is the provider, the
empty text). A client's credit is the one balance that a decision reads, so stores keep it, and hold it at zero or above.
"""

from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day
from altocore.values.ids import ClientId
from altocore.values.money import Money

__all__ = ["POSTINGS", "Account", "Movement", "Posting", "posting"]


@final
@unique
class Account(StrEnum):
    """The accounts of the ledger."""

    RECEIVABLE = "receivable"
    SALES = "sales"
    TAX_PAYABLE = "tax_payable"
    CASH = "cash"
    CLIENT_CREDIT = "client_credit"
    ALLOWANCES = "allowances"
    WRITE_OFF = "write_off"


@final
@unique
class Movement(StrEnum):
    """What moved, in the words of the business."""

    NET_INVOICED = "net_invoiced"
    TAX_INVOICED = "tax_invoiced"
    PAYMENT_SETTLED = "payment_settled"
    PAYMENT_KEPT = "payment_kept"
    CREDIT_APPLIED = "credit_applied"
    NET_CANCELLED = "net_cancelled"
    TAX_CANCELLED = "tax_cancelled"
    SETTLEMENT_RELEASED = "settlement_released"
    DEBT_WRITTEN_OFF = "debt_written_off"
    CREDIT_RAISED = "credit_raised"
    CREDIT_LOWERED = "credit_lowered"


POSTINGS: Final[dict[Movement, tuple[Account, Account]]] = {
    # movement                      debit                   credit
    Movement.NET_INVOICED: (Account.RECEIVABLE, Account.SALES),
    Movement.TAX_INVOICED: (Account.RECEIVABLE, Account.TAX_PAYABLE),
    Movement.PAYMENT_SETTLED: (Account.CASH, Account.RECEIVABLE),
    Movement.PAYMENT_KEPT: (Account.CASH, Account.CLIENT_CREDIT),
    Movement.CREDIT_APPLIED: (Account.CLIENT_CREDIT, Account.RECEIVABLE),
    Movement.NET_CANCELLED: (Account.SALES, Account.RECEIVABLE),
    Movement.TAX_CANCELLED: (Account.TAX_PAYABLE, Account.RECEIVABLE),
    Movement.SETTLEMENT_RELEASED: (Account.RECEIVABLE, Account.CLIENT_CREDIT),
    Movement.DEBT_WRITTEN_OFF: (Account.WRITE_OFF, Account.RECEIVABLE),
    Movement.CREDIT_RAISED: (Account.ALLOWANCES, Account.CLIENT_CREDIT),
    Movement.CREDIT_LOWERED: (Account.CLIENT_CREDIT, Account.ALLOWANCES),
}
"""Which account each movement debits and credits."""


_CREDIT_SIGN: Final = {
    movement: (credit is Account.CLIENT_CREDIT) - (debit is Account.CLIENT_CREDIT)
    for movement, (debit, credit) in POSTINGS.items()
}
"""Whether a movement adds to the client's credit, takes from it, or leaves it alone."""


@final
@frozen(kw_only=True)
class Posting:
    """One movement of one amount, on one day, for one client, because of one document: an invoice, a payment, an adjustment.

    Raises:
        BadValue: the amount is not above zero; a movement the other way has its own name.
    """

    movement: Movement = field()
    client: ClientId = field()
    document: str = field()
    day: Day = field()
    amount: Money = field()

    def __attrs_post_init__(self) -> None:
        """Refuse to post nothing, or less."""
        if self.amount.minor <= 0:
            raise BadValue("amount", "a posting must be above zero")

    @property
    def debit(self) -> Account:
        """The account that receives."""
        return POSTINGS[self.movement][0]

    @property
    def credit(self) -> Account:
        """The account that gives."""
        return POSTINGS[self.movement][1]

    @property
    def credit_change(self) -> int:
        """By how many minor units the client's own credit grows; below zero where it is spent."""
        return self.amount.minor * _CREDIT_SIGN[self.movement]


def posting(movement: Movement, client: ClientId, document: str, day: Day, amount: Money) -> tuple[Posting, ...]:
    """Return the one posting of this amount; none where there is nothing to post."""
    if amount.minor == 0:
        return ()
    return (Posting(movement=movement, client=client, document=document, day=day, amount=amount),)
