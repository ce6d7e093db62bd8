"""Pages: many items planned through one overlay and committed together, with an account of what became of them.

An item that cannot be understood or planned is parked and named in the report; it stops nobody else. What others changed
meanwhile is planned again: also what was read half before and half after a change, and so looks like no possible history.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, Generic, Protocol, TypeVar, final

from attrs import field, frozen

from altocore.errors import AltocoreError, HistoryCorrupt, Unavailable
from altocore.lifecycle.events import Occasion
from altocore.plans.guard import Committed, Conflict, OtherInput
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Plan
from altocore.plans.reading import Reader
from altocore.ports.store import Store
from altocore.workflows.bounding import Charges
from altocore.workflows.collecting import collector_paused
from altocore.workflows.door import FRESH_MAX
from altocore.workflows.reports import Parked, Refused, Report
from altocore.workflows.rulebook import Rulebook

__all__ = ["PAGE", "Deed", "Run", "do_page", "do_pages"]

I = TypeVar("I")  # noqa: E741  # an item, as in the words above
I_contra = TypeVar("I_contra", contravariant=True)

PAGE: Final = 500
"""How many items a page has unless asked otherwise: more gains little, and holds the lock longer."""

ROUNDS_MAX: Final = 5
"""How often items that others changed meanwhile are planned again before they are left to the next run."""


class Step(Protocol[I_contra]):
    """Plans one item through the overlay of its page."""

    def __call__(self, overlay: Overlay, item: I_contra, rulebook: Rulebook, occasion: Occasion, /) -> Plan[object]:
        """Return the item's plan; one without writes is a no."""
        ...


@final
@frozen(kw_only=True)
class Deed(Generic[I]):
    """How items of one kind are done: their name in a report, what a page of them reads at once, the plan of one.

    `fresh` reads an item again, as it is now.
    """

    name_of: Callable[[I], str] = field()
    fresh: Callable[[Reader, I], I] = field()
    prefetch: Callable[[Overlay, Sequence[I]], None] = field()
    step: Step[I] = field()


@final
@frozen(kw_only=True)
class Run:
    """Where, under which rules and on which occasion items are done, and how many at a time.

    `charges` counts what it charged each service.
    """

    store: Store = field()
    rulebook: Rulebook = field()
    occasion: Occasion = field()
    page: int = field(default=PAGE)
    charges: Charges = field(factory=Charges)


def do_page(run: Run, deed: Deed[I], items: Sequence[I], report: Report) -> list[I]:
    """Plan and commit one page; return the items that have to be planned again.

    Raises:
        Unavailable: the store failed, and nothing of this page is written.
        Runaway: it would charge a service too often, and nothing of this page is written.
    """
    again: list[I] = []
    with collector_paused():
        overlay = Overlay(run.store)
        # A row that cannot be read spoils the reading ahead, and then only the items that read it by themselves.
        with suppress(HistoryCorrupt):
            deed.prefetch(overlay, items)
        planned: list[tuple[I, Plan[object]]] = []
        for item in items:
            plan = _plan(run, overlay, deed, item, report, again)
            if plan is not None:
                planned.append((item, plan))
        run.charges.must_be_bounded(run.store, [plan for _, plan in planned], run.rulebook.charges_max)
        outcomes = run.store.commit([plan for _, plan in planned]) if planned else ()
    for (item, plan), outcome in zip(planned, outcomes, strict=True):
        if isinstance(outcome, Committed):
            report.committed += 1
            report.rules.update(plan.rests_on)
            run.charges.count(plan)
        elif isinstance(outcome, Conflict):
            again.append(item)
        elif isinstance(outcome, OtherInput):
            report.parked.append(Parked(id=deed.name_of(item), problem="was done before, with another input"))
    return again


def do_pages(run: Run, deed: Deed[I], items: Sequence[I]) -> Report:
    """Do all these items, page by page, each once; what was done before is passed over.

    Raises:
        Unavailable: the store failed; what was committed stays, and the same call resumes.
        Runaway: it would charge a service too often; what was committed stays.
    """
    report = Report()
    left = list(items)
    for _ in range(ROUNDS_MAX):
        again: list[I] = []
        for start in range(0, len(left), run.page):
            again += do_page(run, deed, left[start : start + run.page], report)
        left = again
    report.left += [deed.name_of(item) for item in left]
    return report


def _plan(  # noqa: PLR0913, PLR0917  # one item: of what run and page, told to
    run: Run, overlay: Overlay, deed: Deed[I], item: I, report: Report, again: list[I]
) -> Plan[object] | None:
    """Return the plan of one item, already on top of the page; None for a no, and for an item that is parked."""
    try:
        plan = deed.step(overlay, item, run.rulebook, run.occasion)
    except Unavailable:
        raise
    except AltocoreError as problem:
        if isinstance(problem, HistoryCorrupt) and _is_sound(run, deed, item):
            again.append(item)
            return None
        report.parked.append(Parked(id=deed.name_of(item), problem=str(problem)))
        return None
    if not plan.writes:
        report.refused.append(Refused(id=deed.name_of(item), rules=plan.rests_on))
        return None
    overlay.apply(plan)
    return plan


def _is_sound(run: Run, deed: Deed[I], item: I) -> bool:
    """Return whether an item whose history looked impossible can be planned when all it rests on is read again.

    Others may have changed something between two reads of a page; that is no damage, and is told from it by asking anew.
    """
    for _ in range(FRESH_MAX):
        reader = Overlay(run.store)
        try:
            deed.step(reader, deed.fresh(reader, item), run.rulebook, run.occasion)
        except Unavailable:
            raise
        except HistoryCorrupt:
            continue
        except AltocoreError:
            return False
        return True
    return False
