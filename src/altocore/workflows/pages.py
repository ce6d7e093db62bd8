"""Pages: many items planned through one overlay and committed together, with an account of what became of them.

An item that cannot be understood or planned is parked and named in the report; it stops nobody else. What others changed
meanwhile is planned again: also what was read half before and half after a change, and so looks like no possible history.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Final, Generic, Protocol, TypeVar, final

from attrs import define, field, frozen

from altocore.billing.invoices import Invoice
from altocore.errors import AltocoreError, HistoryCorrupt, Runaway, Unavailable
from altocore.lifecycle.events import Occasion
from altocore.plans.guard import Committed, Conflict, OtherInput
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Plan
from altocore.plans.reading import Reader
from altocore.plans.scanning import OwnPage
from altocore.ports.store import Store
from altocore.workflows.door import FRESH_MAX
from altocore.workflows.rulebook import Rulebook

__all__ = ["PAGE", "Deed", "Parked", "Refused", "Report", "Run", "do_page", "do_pages"]

I = TypeVar("I")  # noqa: E741  # an item, as in the words above
I_contra = TypeVar("I_contra", contravariant=True)

PAGE: Final = 500
"""How many items a page has unless asked otherwise: more gains little, and holds the lock longer."""

ISSUED_MAX: Final = 10_000
"""How many invoices of one client's day are looked at for the bound on charges."""

ROUNDS_MAX: Final = 5
"""How often items that others changed meanwhile are planned again before they are left to the next run."""


@final
@frozen(kw_only=True)
class Parked:
    """An item that was left alone, and what is wrong with it; the problem repeats no personal data."""

    id: str = field()
    problem: str = field()


@final
@frozen(kw_only=True)
class Refused:
    """An item whose judgement said no, and the rules that refused it; it changed nothing."""

    id: str = field()
    rules: tuple[str, ...] = field()


@final
@define(kw_only=True)
class Report:
    """What a run did: how many plans it committed, and how often each rule carried one.

    `parked` has the items that could not be understood, `refused` those whose answer was a no, `left` the ids of those
    that others kept changing, `held` the parts of the day that other workers hold.
    """

    committed: int = field(default=0)
    rules: "Counter[str]" = field(factory=Counter)
    parked: list[Parked] = field(factory=list)
    refused: list[Refused] = field(factory=list)
    left: list[str] = field(factory=list)
    held: list[str] = field(factory=list)

    @property
    def fired(self) -> "Counter[str]":
        """How often each rule carried an answer, or refused one."""
        return self.rules + Counter([rule for refused in self.refused for rule in refused.rules])

    def count(self, other: "Report") -> None:
        """Count in what another run committed, and nothing of what it left undone."""
        self.committed += other.committed
        self.rules.update(other.rules)

    def add(self, other: "Report") -> None:
        """Count another report in, with what it left undone."""
        self.count(other)
        self.parked += other.parked
        self.refused += other.refused
        self.left += other.left
        self.held += other.held


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
    charges: "Counter[str]" = field(factory=Counter)


def do_page(run: Run, deed: Deed[I], items: Sequence[I], report: Report) -> list[I]:
    """Plan and commit one page; return the items that have to be planned again.

    Raises:
        Unavailable: the store failed, and nothing of this page is written.
        Runaway: it would charge a service too often, and nothing of this page is written.
    """
    again: list[I] = []
    with _collector_paused():
        overlay = Overlay(run.store)
        # A row that cannot be read spoils the reading ahead, and then only the items that read it by themselves.
        with suppress(HistoryCorrupt):
            deed.prefetch(overlay, items)
        planned: list[tuple[I, Plan[object]]] = []
        for item in items:
            plan = _plan(run, overlay, deed, item, report, again)
            if plan is not None:
                planned.append((item, plan))
        _must_be_bounded(run, [plan for _, plan in planned])
        outcomes = run.store.commit([plan for _, plan in planned]) if planned else ()
    for (item, plan), outcome in zip(planned, outcomes, strict=True):
        if isinstance(outcome, Committed):
            report.committed += 1
            report.rules.update(plan.rests_on)
            run.charges.update([invoice.service for invoice in _charged((plan,))])
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


def _charged(plans: Iterable[Plan[object]]) -> list[Invoice]:
    """Return the invoices that these plans issue."""
    return [document for plan in plans for document in plan.writes if isinstance(document, Invoice)]


def _must_be_bounded(run: Run, plans: Sequence[Plan[object]]) -> None:
    """Stop before a service is charged more often on the occasion's day than the rulebook allows.

    What was charged on this day before, by this run or another, is read where there is reason to: where a service is
    charged again in this run, and where a period is charged that has begun already.
    """
    bound = run.rulebook.charges_max
    issued = _charged(plans)
    charges = Counter([invoice.service for invoice in issued])
    for invoice in {each.service: each for each in issued}.values():
        service = invoice.service
        late = invoice.period is not None and invoice.issued >= invoice.period.start
        if (late or run.charges[service] or charges[service] > 1) and (
            charges[service] + _charged_before(run, invoice) > bound
        ):
            raise Runaway(service, bound)


def _charged_before(run: Run, invoice: Invoice) -> int:
    """Return how often this invoice's service was charged on its day of issue by what is stored."""
    page = OwnPage(after_day=invoice.issued, after_id="", limit=ISSUED_MAX)
    found = run.store.owned(Invoice, invoice.client, page)
    return sum(
        1 for each in found if (each.document.service, each.document.issued) == (invoice.service, invoice.issued)
    )


@final
class _Pauses:
    """How many pages of how many threads want the collector paused, and whether it was on before the first of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if self._count == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count == 0 and self._was_on:
                gc.enable()


_PAUSES: Final = _Pauses()
"""The process has one collector, so its pauses are counted for the process."""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Let a page's many small objects live without being walked over: they are acyclic, and gone with the page."""
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()
