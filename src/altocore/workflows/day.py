"""A day's billing: every agenda that has come by this day, page by page, through the same plans as a single deed.

Repeated it changes nothing: what was done has left the agenda, and what is asked twice is seen by its claims. Interrupted
it resumes, for each page is one commit. Days that were missed are caught up in the order of the agenda. First the
services, then the invoices: a renewal is issued before its own timeline is walked.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

from altocore.billing.standing import Standing
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.overlay import Overlay
from altocore.plans.reading import Ids, Upto
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.workflows.dunning import plan_standing_step, prefetch_standings
from altocore.workflows.pages import PAGE, ROUNDS_MAX, Deed, Report, Run, do_page
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import plan_service_step, prefetch_services

__all__ = ["bill_day"]

D = TypeVar("D", Service, Standing)


def _prime_services(overlay: Overlay, page: Sequence[Stored[Service]]) -> None:
    overlay.prime(Service, page)
    prefetch_services(overlay, page)


def _prime_standings(overlay: Overlay, page: Sequence[Stored[Standing]]) -> None:
    overlay.prime(Standing, page)
    prefetch_standings(overlay, page)


def _own_id(stored: Stored[Service] | Stored[Standing]) -> str:
    return stored.document.id


SERVICES: Final = Deed[Stored[Service]](name_of=_own_id, prefetch=_prime_services, step=plan_service_step)
STANDINGS: Final = Deed[Stored[Standing]](name_of=_own_id, prefetch=_prime_standings, step=plan_standing_step)


def bill_day(store: Store, rulebook: Rulebook, occasion: Occasion, *, page: int = PAGE) -> Report:
    """Bill everything that is due on this occasion's day or before, and report it.

    Raises:
        Unavailable: the store failed; what was committed stays, and the same call resumes.
    """
    run = Run(store=store, rulebook=rulebook, occasion=occasion, page=page)
    report = Report()
    while True:
        # What a pass leaves due was a no; only another item's yes can turn it, so a pass without one is the last.
        passed = Report()
        _scan(run, Service, SERVICES, passed)
        _scan(run, Standing, STANDINGS, passed)
        if not passed.committed:
            report.add(passed)
            return report
        report.count(passed)


def _scan(run: Run, kind: type[D], deed: Deed[Stored[D]], report: Report) -> None:
    """Walk one agenda by cursor, never until it is empty: a row that stays due would be met for ever.

    A page holds one agenda day only, so that a late run does what daily runs would have done in their order: a row that
    comes due again, on a later day that is missed too, is met there.
    """
    day = run.occasion.day
    which = Upto(day=day, after_day=None, after_id="", limit=run.page)
    again: list[Stored[D]] = []
    while page := run.store.select(kind, which):
        rows = [stored for stored in page if stored.document.next_step == page[0].document.next_step]
        again += do_page(run, deed, rows, report)
        last = rows[-1].document
        which = Upto(day=day, after_day=last.next_step, after_id=last.id, limit=run.page)
    for _ in range(ROUNDS_MAX):
        fresh = run.store.select(kind, Ids(tuple([stored.document.id for stored in again])))
        due = [stored for stored in fresh if _is_due(stored.document.next_step, day)]
        again = do_page(run, deed, due, report) if due else []
    report.left += [stored.document.id for stored in again]


def _is_due(next_step: Day | None, day: Day) -> bool:
    return next_step is not None and next_step <= day
