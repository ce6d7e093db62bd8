"""A day's billing: every agenda that has come by this day, page by page, through the same plans as a single deed.

Repeated it changes nothing: what was done has left the agenda, and what is asked twice is seen by its claims. Interrupted
it resumes, for each page is one commit. Days that were missed are caught up in the order of the agenda. First the
services, then the invoices: a renewal is issued before its own timeline is walked.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from altocore.billing.standing import Standing
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.overlay import Overlay
from altocore.plans.reading import Reader
from altocore.plans.scanning import ALL, Shards, Upto
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.workflows.dunning import plan_standing_step, prefetch_standings
from altocore.workflows.one import one
from altocore.workflows.pages import PAGE, ROUNDS_MAX, Deed, Run, do_page
from altocore.workflows.reports import Parked, Report
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import plan_service_step, prefetch_services
from altocore.workflows.walking import read_sound

__all__ = ["bill_day", "bill_once"]

D = TypeVar("D", Service, Standing)


def _prime_services(overlay: Overlay, page: Sequence[Stored[Service]]) -> None:
    overlay.prime(Service, page)
    prefetch_services(overlay, page)


def _prime_standings(overlay: Overlay, page: Sequence[Stored[Standing]]) -> None:
    overlay.prime(Standing, page)
    prefetch_standings(overlay, page)


def _own_id(stored: Stored[Service] | Stored[Standing]) -> str:
    return stored.document.id


def _fresh_service(reader: Reader, stored: Stored[Service]) -> Stored[Service]:
    return one(reader, Service, stored.document.id)


def _fresh_standing(reader: Reader, stored: Stored[Standing]) -> Stored[Standing]:
    return one(reader, Standing, stored.document.id)


SERVICES: Final = Deed[Stored[Service]](
    name_of=_own_id, fresh=_fresh_service, prefetch=_prime_services, step=plan_service_step
)
STANDINGS: Final = Deed[Stored[Standing]](
    name_of=_own_id, fresh=_fresh_standing, prefetch=_prime_standings, step=plan_standing_step
)


def bill_day(store: Store, rulebook: Rulebook, occasion: Occasion, *, page: int = PAGE, shards: Shards = ALL) -> Report:
    """Bill everything that is due on this occasion's day or before, of the clients in these shards, and report it.

    Raises:
        Unavailable: the store failed; what was committed stays, and the same call resumes.
        Runaway: a service would be charged more often than the rulebook allows; what was committed stays.
    """
    run = Run(store=store, rulebook=rulebook, occasion=occasion, page=page)
    report = Report()
    while True:
        passed = bill_once(run, shards, _for_ever)
        if not passed.committed:
            report.add(passed)
            return report
        report.count(passed)


def bill_once(run: Run, shards: Shards, goes_on: Callable[[], bool]) -> Report:
    """Return what one pass over both agendas did; it ends early where `goes_on`, asked before each page, says no.

    What a pass leaves due was a no; only another item's yes can turn it, so a pass without a yes is the last.
    """
    report = Report()
    _scan(run, Service, SERVICES, shards, goes_on, report)
    _scan(run, Standing, STANDINGS, shards, goes_on, report)
    return report


def _for_ever() -> bool:
    return True


def _scan(  # noqa: PLR0913, PLR0917  # one walk: over what, of whom, as long as, told to
    run: Run,
    kind: type[D],
    deed: Deed[Stored[D]],
    shards: Shards,
    goes_on: Callable[[], bool],
    report: Report,
) -> None:
    """Walk one agenda by cursor, never until it is empty: a row that stays due would be met for ever.

    A page holds one agenda day only, so that a late run does what daily runs would have done in their order: a row that
    comes due again, on a later day that is missed too, is met there.
    """
    day = run.occasion.day
    which = Upto(day=day, after=None, limit=run.page, shards=shards)
    again: list[str] = []
    while (page := run.store.entries(kind, which)) and goes_on():
        entries = [entry for entry in page if entry.agenda == page[0].agenda]
        again += _do_entries(run, kind, deed, [entry.id for entry in entries], report)
        which = Upto(day=day, after=entries[-1], limit=run.page, shards=shards)
    for _ in range(ROUNDS_MAX):
        again = _do_entries(run, kind, deed, again, report) if again else []
    report.left += again


def _do_entries(run: Run, kind: type[D], deed: Deed[Stored[D]], ids: Sequence[str], report: Report) -> list[str]:
    """Do what is still due of these, and return the ids of what has to be planned again."""
    rows, damaged = read_sound(run.store, kind, ids)
    report.parked += [Parked(id=fault.where, problem=fault.problem) for fault in damaged]
    due = [stored for stored in rows if _is_due(stored.document.next_step, run.occasion.day)]
    return [stored.document.id for stored in do_page(run, deed, due, report)] if due else []


def _is_due(next_step: Day | None, day: Day) -> bool:
    return next_step is not None and next_step <= day
