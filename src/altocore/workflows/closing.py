"""Closing an unpaid invoice: its charge is taken back and what was settled released, or what is open is written off."""

from attrs import evolve as replace

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement, Posting, posting
from altocore.billing.standing import STANDING, Standing, StandingCommand, StandingState
from altocore.billing.write_offs import WriteOff
from altocore.errors import HistoryCorrupt
from altocore.terms.machines import Illegal, move
from altocore.values.days import Day

__all__ = ["closed", "written_off"]


def closed(
    standing: Standing, invoice: Invoice, command: StandingCommand, day: Day
) -> tuple[Standing, tuple[Posting, ...]]:
    """Return the standing of an open invoice after it is cancelled, voided or lapsed, and the postings of that.

    Raises:
        HistoryCorrupt: it is not open.

    Source: PAY-11, PAY-12, PAY-16; PAY-6, what was paid for a cancelled invoice becomes credit.
    """
    after = replace(standing, state=_moved(standing, command), closed=day, next_step=None)
    return after, (
        *posting(Movement.NET_CANCELLED, standing.client, standing.id, day, invoice.net),
        *posting(Movement.TAX_CANCELLED, standing.client, standing.id, day, invoice.tax),
        *posting(Movement.SETTLEMENT_RELEASED, standing.client, standing.id, day, standing.settled),
    )


def written_off(standing: Standing, why: WriteOff, day: Day) -> tuple[Standing, tuple[Posting, ...]]:
    """Return the standing of an open invoice after the rest of it is given up, and the posting of that rest.

    Its income stays as it was, and what was settled of it stays settled: it paid for what was delivered.

    Raises:
        HistoryCorrupt: it is not open.

    Source: PAY-18, house.
    """
    state = _moved(standing, StandingCommand.WRITE_OFF)
    after = replace(standing, state=state, closed=day, write_off=why, next_step=None)
    return after, posting(Movement.DEBT_WRITTEN_OFF, standing.client, standing.id, day, standing.open_amount)


def _moved(standing: Standing, command: StandingCommand) -> StandingState:
    made = move(STANDING, standing.state, command)
    if isinstance(made, Illegal):
        raise HistoryCorrupt(standing.id, f"an invoice has no move {command.value} from {standing.state.value}")
    return made.to
