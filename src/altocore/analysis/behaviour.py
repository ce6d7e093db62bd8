"""How clients pay: an assumption, seeded and printed, never a fact.

Each invoice draws its own lot from the seed and its id, so the same seed gives the same payments in whatever order, on
whatever store, and again after an interruption.
"""

from enum import StrEnum, unique
from hashlib import blake2b
from typing import Final, final

from attrs import field, frozen

from altocore.billing.standing import Standing
from altocore.errors import BadType, BadValue
from altocore.terms.parts import OverdueTerms
from altocore.values.days import Day, add_days, days_from
from altocore.values.ids import InvoiceId

__all__ = ["Behaviour", "PaymentHabit"]

_WHOLE: Final = 100


@final
@unique
class PaymentHabit(StrEnum):
    """When an invoice is paid."""

    ON_TIME = "on_time"
    LATE = "late"
    AFTER_SUSPENSION = "after_suspension"
    NEVER = "never"


@final
@frozen(kw_only=True)
class Behaviour:
    """The share of invoices, in per cent, with each habit; what is left never pays.

    On time is after the issue and up to the due day; late is one to ten days after it; after suspension is between the
    day that follows the suspension and the last notice. `known` has invoices that draw no lot: each with the day on which it
    is paid, None where it never is.

    Raises:
        BadType: a share or the seed is not an int.
        BadValue: a share is below zero, or they sum to more than a hundred.
    """

    seed: int = field()
    on_time_percent: int = field(default=90)
    late_percent: int = field(default=6)
    after_suspension_percent: int = field(default=2)
    known: tuple[tuple[InvoiceId, Day | None], ...] = field(default=())

    def __attrs_post_init__(self) -> None:
        """Refuse shares that are no shares."""
        shares = (self.on_time_percent, self.late_percent, self.after_suspension_percent)
        if any(type(each) is not int for each in (self.seed, *shares)):
            raise BadType("behaviour", "the seed and the shares must be ints")
        if any(share < 0 for share in shares) or sum(shares) > _WHOLE:
            raise BadValue("behaviour", "shares must not be negative, nor sum to more than 100")

    def habit(self, invoice: InvoiceId) -> PaymentHabit:
        """Return the habit that this invoice draws."""
        lot = self._lot(invoice, "habit", _WHOLE)
        for habit, share in (
            (PaymentHabit.ON_TIME, self.on_time_percent),
            (PaymentHabit.LATE, self.late_percent),
            (PaymentHabit.AFTER_SUSPENSION, self.after_suspension_percent),
        ):
            if lot < share:
                return habit
            lot -= share
        return PaymentHabit.NEVER

    def pay_day(self, standing: Standing, terms: OverdueTerms) -> Day | None:
        """Return the day on which an invoice is paid; None where it never is."""
        for invoice, on in self.known:
            if invoice == standing.id:
                return on
        habit, due = self.habit(standing.id), standing.due
        if habit is PaymentHabit.NEVER:
            return None
        if habit is PaymentHabit.ON_TIME:
            first, count = 1, max(1, days_from(standing.issued, due))
            return add_days(standing.issued, first + self._lot(standing.id, "day", count))
        if habit is PaymentHabit.LATE:
            return add_days(due, 1 + self._lot(standing.id, "day", 10))
        last = terms.terminate_days - terms.last_notice_days
        count = max(1, last - terms.suspend_days - 1)
        return add_days(due, terms.suspend_days + 1 + self._lot(standing.id, "day", count))

    def _lot(self, invoice: InvoiceId, what: str, count: int) -> int:
        """Return a number from 0 to `count` - 1 that the seed, the invoice and the question decide."""
        digest = blake2b(f"{self.seed}/{invoice}/{what}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % count
