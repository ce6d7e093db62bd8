"""A client's statement: every movement of a span of days, with what it owed and what it had after each."""

from itertools import islice
from typing import final

from attrs import field, frozen

from altocore.billing.ledger import Account, Posting
from altocore.clients.clients import Client
from altocore.errors import BadValue, UnknownKey
from altocore.plans.reading import Ids
from altocore.ports.store import Store
from altocore.values.ids import ClientId
from altocore.values.money import Money
from altocore.values.periods import Period
from altocore.workflows.enquiries.paging import LIMIT, check_limit

__all__ = ["Balance", "Statement", "StatementLine", "statement"]


@final
@frozen(kw_only=True)
class Balance:
    """What a client owes (`receivable`), and what it has (`credit`), after so many movements."""

    receivable: Money = field()
    credit: Money = field()

    def after(self, posting: Posting) -> "Balance":
        """Return the balance after one more movement."""
        change = (posting.debit is Account.RECEIVABLE) - (posting.credit is Account.RECEIVABLE)
        currency = posting.amount.currency
        return Balance(
            receivable=self.receivable + Money(posting.amount.minor * change, currency),
            credit=self.credit + Money(posting.credit_change, currency),
        )


@final
@frozen(kw_only=True)
class StatementLine:
    """One movement, and the balance after it."""

    posting: Posting = field()
    balance: Balance = field()


@final
@frozen(kw_only=True)
class Statement:
    """A page of a statement: the balance before it, its lines, the balance behind it; `next` is "" on the last page."""

    opening: Balance = field()
    lines: tuple[StatementLine, ...] = field()
    closing: Balance = field()
    next: str = field()


def statement(store: Store, client: ClientId, period: Period, *, after: str = "", limit: int = LIMIT) -> Statement:
    """Return a page of the movements of this client on the days of this period, its last day not included.

    In the order in which they were written; a movement belongs to the day that it says. The balances are summed from the
    client's first movement on, so no cursor can forge them.

    Raises:
        UnknownKey: the client is not stored.
        BadValue: `after` is no cursor of ours, or `limit` is not from 1 to 1000.
    """
    check_limit(limit)
    skipped = _skipped(after)
    found = store.owned(Client, client, Ids((client,)))
    if not found:
        raise UnknownKey("client", "no such client is stored")
    nothing = Money(0, found[0].document.currency)
    opening = Balance(receivable=nothing, credit=nothing)
    # Twice over the journal, so that what was posted late for an earlier day still comes before the first line.
    for posting in store.postings(client):
        if posting.day < period.start:
            opening = opening.after(posting)
    within = (posting for posting in store.postings(client) if period.start <= posting.day < period.end)
    for posting in islice(within, skipped):
        opening = opening.after(posting)
    lines: list[StatementLine] = []
    for posting in islice(within, limit):
        before = lines[-1].balance if lines else opening
        lines.append(StatementLine(posting=posting, balance=before.after(posting)))
    return Statement(
        opening=opening,
        lines=tuple(lines),
        closing=lines[-1].balance if lines else opening,
        next="" if next(within, None) is None else str(skipped + len(lines)),
    )


def _skipped(after: str) -> int:
    if not after:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 10):  # noqa: PLR2004  # more than any client has
        raise BadValue("after", "is no cursor of an earlier page")
    return int(after)
