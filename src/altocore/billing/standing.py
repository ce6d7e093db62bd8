"""The standing of an invoice: what is settled of it, and where it is on its timeline.

    open ──settle──▶ paid          the last cent came, in money or in credit (PAY-6, PAY-7)
    open ──cancel──▶ cancelled     long unpaid, or on request (PAY-11)
    open ──void────▶ voided        its period will not come: the service ends before it (CAN-4)
    open ──write off▶ written off  staff gave the debt up, with a reason (PAY-18)
    open ──lapse───▶ lapsed        it was an offer, and nobody took it (PAY-16)

Five ways out, and none back: a paid invoice is corrected by other documents, never reopened by an edit (PAY-12). What
was settled of an invoice that is cancelled, voided or lapsed is released to the client's credit, for its charge is taken
back; of one that is written off it stays settled, and the rest is given up. Money that comes later becomes credit.
"""

from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.billing.invoices import InvoiceKind
from altocore.billing.moves import UNMOVED, Moves, NotBefore, moved
from altocore.billing.promises import Promise
from altocore.billing.timeline import Stage, timeline, waits
from altocore.billing.write_offs import WriteOff
from altocore.errors import BadValue, CurrencyMismatch
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.machines import Machine, Move
from altocore.terms.parts import OverdueTerms
from altocore.values.days import Day, add_days
from altocore.values.delays import Delay
from altocore.values.ids import ClientId, EditionId, InvoiceId, ServiceId
from altocore.values.money import Money

__all__ = ["STANDING", "Standing", "StandingCommand", "StandingState", "next_step_day", "planned_day"]


@final
@unique
class StandingState(StrEnum):
    """Where an invoice stands."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    VOIDED = "voided"
    WRITTEN_OFF = "written_off"
    LAPSED = "lapsed"


@final
@unique
class StandingCommand(StrEnum):
    """What can be done to an invoice's standing."""

    SETTLE = "settle"
    CANCEL = "cancel"
    VOID = "void"
    WRITE_OFF = "write_off"
    LAPSE = "lapse"


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
        (StandingState.OPEN, StandingCommand.WRITE_OFF): Move(
            to=StandingState.WRITTEN_OFF, rule="PAY-18", clauses=(HOUSE,)
        ),
        (StandingState.OPEN, StandingCommand.LAPSE): Move(to=StandingState.LAPSED, rule="PAY-16", clauses=(HOUSE,)),
    },
)


_WITHDRAWN: Final = frozenset({StandingState.VOIDED, StandingState.LAPSED})


@final
@frozen(kw_only=True)
class Standing:
    """Where one invoice stands. Its id is the invoice's.

    `steps_done` counts the steps of the timeline that are behind it, `last_notice_queued` is the day the last notice was
    made, `last_notice_taken` the day a channel took it, `next_step` the day of the step to come; None where none is: it is
    settled, its timeline is walked to the end, or it waits for a channel. `promises` are the promises to pay that staff
    recorded, the oldest first. `closed` is the day it was paid, or otherwise closed, `write_off` why it was written off.
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
    promises: tuple[Promise, ...] = field()
    write_off: WriteOff | None = field()
    next_step: Day | None = field()

    def __attrs_post_init__(self) -> None:
        """Refuse to settle less than nothing or more than was asked."""
        if self.settled.currency is not self.total.currency:
            raise CurrencyMismatch("settled", f"{self.total.currency.code} with {self.settled.currency.code}")
        if not 0 <= self.settled.minor <= self.total.minor:
            raise BadValue("settled", "must be from zero to the invoice's total")

    @property
    def open_amount(self) -> Money:
        """What is still asked for: zero once it is closed."""
        if self.state is StandingState.OPEN:
            return self.total - self.settled
        return self.total - self.total

    @property
    def is_withdrawn(self) -> bool:
        """Whether what it charged is charged no more by it, so that another invoice may charge it again."""
        return self.state in _WITHDRAWN or (
            self.kind is InvoiceKind.RESTORATION and self.state is StandingState.CANCELLED
        )

    def moves(self, delays: tuple[Delay, ...]) -> Moves:
        """Return what moves its steps: these delays of its service since its issue, and the promises to pay it.

        Nothing moves those of a domain's renewal.
        """
        if not waits(self.kind) or (not delays and not self.promises):
            return UNMOVED
        return Moves(delays=delays, holds=tuple([promise.hold for promise in self.promises]))


def planned_day(  # noqa: PLR0913, PLR0917  # a place on a timeline
    kind: InvoiceKind, due: Day, number: int, terms: OverdueTerms, moves: Moves, notices: tuple[NotBefore, ...] = ()
) -> Day:
    """Return the day of the step with this number, counted from 0, as terms and moves plan it, whatever a channel did.

    After a promise that was not kept the client has `last_notice_days` more before a termination, which deletes its data.

    Source: PAY-2, PAY-18, house.
    """
    step = timeline(kind, terms)[number]
    on = add_days(due, step.from_due_days)
    if moves is UNMOVED and not notices:
        return on
    return moved(on, moves, terms.last_notice_days if step.stage is Stage.TERMINATE else 1, notices)


def next_step_day(  # noqa: PLR0913, PLR0917  # a place on a timeline
    kind: InvoiceKind,
    due: Day,
    steps_done: int,
    last_notice_taken: Day | None,
    terms: OverdueTerms,
    moves: Moves = UNMOVED,
) -> Day | None:
    """Return the day of the next step of an open invoice; None where none is left, or it waits for a channel.

    A termination waits for its last notice: it comes on its day, and not before `last_notice_days` have passed since a
    channel took the notice. Nothing comes after a termination that waits: the debt is not cancelled while the service
    hangs on it. What moves the steps, `moves` says.

    Source: PAY-2, "no termination for debt before 3 days after a channel took it".
    """
    steps = timeline(kind, terms)
    if steps_done == len(steps):
        return None
    if steps[steps_done].stage is not Stage.TERMINATE:
        return planned_day(kind, due, steps_done, terms, moves)
    if last_notice_taken is None:
        return None
    taken = NotBefore(since=last_notice_taken, day=add_days(last_notice_taken, terms.last_notice_days))
    return planned_day(kind, due, steps_done, terms, moves, (taken,))
