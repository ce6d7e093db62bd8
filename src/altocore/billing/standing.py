"""The standing of an invoice: what is settled of it, and where it is on its timeline.

    open ──settle──▶ paid          the last cent came, in money or in credit (PAY-6, PAY-7)
    open ──cancel──▶ cancelled     long unpaid, or on request (PAY-11)
    open ──void────▶ voided        its period will not come: the service ends before it (CAN-4)

Three ways out, and none back: a paid invoice is corrected by other documents, never reopened by an edit (PAY-12). What
was settled of an invoice that is cancelled or voided is released to the client's credit. Money that comes later becomes
credit too.
"""

from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.timeline import Stage, timeline
from altocore.errors import BadValue, CurrencyMismatch
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.machines import Machine, Move
from altocore.terms.parts import OverdueTerms
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, EditionId, InvoiceId, ServiceId
from altocore.values.money import Money

__all__ = ["STANDING", "Standing", "StandingCommand", "StandingState", "next_step_day"]


@final
@unique
class StandingState(StrEnum):
    """Where an invoice stands."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    VOIDED = "voided"


@final
@unique
class StandingCommand(StrEnum):
    """What can be done to an invoice's standing."""

    SETTLE = "settle"
    CANCEL = "cancel"
    VOID = "void"


STANDING: Final = Machine(
    name="invoice standing",
    initial=StandingState.OPEN,
    moves={
        (StandingState.OPEN, StandingCommand.SETTLE): Move(
            to=StandingState.PAID, rule="PAY-6", clauses=(Clause("terms/5.c"),)
        ),
        (StandingState.OPEN, StandingCommand.CANCEL): Move(
            to=StandingState.CANCELLED, rule="PAY-11", clauses=(Clause("manual/alerts"),)
        ),
        (StandingState.OPEN, StandingCommand.VOID): Move(to=StandingState.VOIDED, rule="PAY-12", clauses=(HOUSE,)),
    },
)


@final
@frozen(kw_only=True)
class Standing:
    """Where one invoice stands. Its id is the invoice's.

    `steps_done` counts the steps of the timeline that are behind it, `last_notice_queued` is the day the last notice was
    made, `last_notice_taken` the day a channel took it, `next_step` the day of the step to come; None where none is: it is
    settled, or it waits for a channel. `closed` is the day it was paid, cancelled or voided.
    """

    id: InvoiceId = field()
    kind: InvoiceKind = field()
    client: ClientId = field()
    service: ServiceId = field()
    terms_edition: EditionId = field()
    issued: Day = field()
    due: Day = field()
    total: Money = field()
    settled: Money = field()
    state: StandingState = field()
    closed: Day | None = field()
    steps_done: int = field()
    last_notice_queued: Day | None = field()
    last_notice_taken: Day | None = field()
    next_step: Day | None = field()

    def __attrs_post_init__(self) -> None:
        """Refuse to settle less than nothing or more than was asked."""
        if self.settled.currency is not self.total.currency:
            raise CurrencyMismatch("settled", f"{self.total.currency.code} with {self.settled.currency.code}")
        if not 0 <= self.settled.minor <= self.total.minor:
            raise BadValue("settled", "must be from zero to the invoice's total")

    @property
    def open_amount(self) -> Money:
        """What is still owed: zero once it is paid, cancelled or voided."""
        if self.state is StandingState.OPEN:
            return self.total - self.settled
        return self.total - self.total


def next_step_day(
    kind: InvoiceKind, due: Day, steps_done: int, last_notice_taken: Day | None, terms: OverdueTerms
) -> Day | None:
    """Return the day of the next step of an open invoice; None where it waits for a channel to take its last notice.

    A termination comes on its day, and not before `last_notice_days` have passed since the notice was taken. Nothing
    comes after a termination that waits: the debt is not cancelled while the service hangs on it.

    Source: PAY-2, "no termination for debt before 3 days after a channel took it".
    """
    step = timeline(kind, terms)[steps_done]
    on = add_days(due, step.from_due_days)
    if step.stage is not Stage.TERMINATE:
        return on
    if last_notice_taken is None:
        return None
    return max(on, add_days(last_notice_taken, terms.last_notice_days))
