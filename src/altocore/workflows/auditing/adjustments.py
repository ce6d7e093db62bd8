"""Adjustments by hand: for a service of the client's own, and no bonus while a debt suspended what it was for."""

from collections.abc import Iterator

from altocore.billing.adjustments import CreditAdjustment, is_bonus
from altocore.errors import HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import fold
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.bonus import barring
from altocore.policy.governing import order_edition
from altocore.terms.editions import Editions
from altocore.values.days import Day
from altocore.values.ids import ServiceId
from altocore.workflows.auditing.books import Books
from altocore.workflows.auditing.findings import Invariant, Violation, unless

__all__ = ["check_adjustments"]


def check_adjustments(books: Books, editions: Editions) -> Iterator[Violation]:
    """Yield what is wrong with the adjustments of a client's credit."""
    owned = {service.id for service in books.services}
    for adjustment in books.adjustments:
        yield from unless(
            adjustment.service is None or adjustment.service in owned,
            Invariant.OWNER_IS_STORED,
            adjustment.id,
            "the service that it is for is not stored with its client",
        )
        if is_bonus(adjustment.direction, adjustment.reason):
            yield from _bonus(adjustment, books, editions)


def _bonus(adjustment: CreditAdjustment, books: Books, editions: Editions) -> Iterator[Violation]:
    """Yield where a bonus was granted that a suspension barred, under the terms that were in force on its day (PAY-4)."""
    suspended = [service.id for service in books.services if _owed_all_day(service.id, books, adjustment.day)]
    own = len(suspended) if adjustment.service is None else suspended.count(adjustment.service)
    try:
        terms = order_edition(editions, adjustment.day).terms.bonuses
    except UnknownKey:  # an edition that is lost is told elsewhere
        return
    yield from unless(
        barring(own, len(suspended), terms) == 0,
        Invariant.BONUSES_ARE_NOT_BARRED,
        adjustment.id,
        "it is a bonus, and a debt suspended what it was for",
    )


def _owed_all_day(service: ServiceId, books: Books, day: Day) -> bool:
    """Say whether a debt suspended a service all this day.

    What happened on that day may have come before an adjustment or after it: then nothing is said of it.
    """
    own = [event for event in books.events if event.service == service]
    try:
        life = fold([event for event in own if event.day < day])
    except HistoryCorrupt:  # a history that does not hang together is told elsewhere
        return False
    return SuspensionReason.OVERDUE in life.suspensions and all(event.day != day for event in own)
