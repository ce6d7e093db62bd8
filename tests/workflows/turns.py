"""Workers that take turns: only one of them runs, and before each call of a port a schedule says who is next.

So an interleaving is a list of numbers, which can be drawn, repeated and made smaller.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Condition
from typing import Final, TypeAlias, TypeVar, final

from altocore.plans.documents import Document
from altocore.plans.guard import Outcome
from altocore.plans.plan import Plan
from altocore.plans.scanning import Entry, Scan
from altocore.ports.leases import Leases
from altocore.ports.store import Store
from altocore.testing import MovableClock, PassingStore
from altocore.values.instants import Instant

R = TypeVar("R")

Turn: TypeAlias = tuple[int, int]
"""Who is next, counted round those who still work, and how many seconds pass before."""

STUCK_SECONDS: Final = 60


@final
class Baton:
    """Who holds it runs. When the schedule is used up, whoever has it keeps it until the end."""

    def __init__(self, workers: int, schedule: Sequence[Turn], clock: MovableClock) -> None:
        """Begin with all workers at the start."""
        self._working = list(range(workers))
        self._schedule = list(reversed(schedule))
        self._clock = clock
        self._turn = 0
        self._moved = Condition()

    def wait(self, worker: int) -> None:
        """Wait for the first turn."""
        with self._moved:
            assert self._moved.wait_for(lambda: self._turn == worker, STUCK_SECONDS), "nobody hands the baton on"

    def hand_on(self, worker: int) -> None:
        """Let the schedule say who is next, and wait for the own turn."""
        with self._moved:
            if self._schedule:
                who, seconds = self._schedule.pop()
                self._clock.move(seconds=seconds)
                self._turn = self._working[who % len(self._working)]
                self._moved.notify_all()
        self.wait(worker)

    def leave(self, worker: int) -> None:
        """Work no more."""
        with self._moved:
            self._working.remove(worker)
            if self._working:
                self._turn = self._working[0]
                self._moved.notify_all()


@final
class TurnStore(PassingStore):
    """A store that hands the baton on before each page is looked for, and before each is committed."""

    def __init__(self, store: Store, hand_on: Callable[[], None]) -> None:
        """Stand in front of this store."""
        super().__init__(store)
        self._hand_on = hand_on

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Hand on, and pass."""
        self._hand_on()
        return self.behind.entries(kind, scan)

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Hand on, and pass."""
        self._hand_on()
        return self.behind.commit(plans)


@final
class TurnLeases:
    """Leases that hand the baton on before each is asked for or given back."""

    def __init__(self, leases: Leases, hand_on: Callable[[], None]) -> None:
        """Stand in front of these leases."""
        self._behind = leases
        self._hand_on = hand_on

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Hand on, and pass: what was the time when it was asked may be past when it is answered."""
        self._hand_on()
        return self._behind.lease(name, holder, now, until)

    def release(self, name: str, holder: str) -> None:
        """Hand on, and pass."""
        self._hand_on()
        self._behind.release(name, holder)


def in_turns(
    workers: int, schedule: Sequence[Turn], clock: MovableClock, work: Callable[[int, Callable[[], None]], R]
) -> list[R]:
    """Return what each worker's work returned; it is called with the worker, and with what hands the baton on."""
    baton = Baton(workers, schedule, clock)

    def run(worker: int) -> R:
        baton.wait(worker)
        try:
            return work(worker, lambda: baton.hand_on(worker))
        finally:
            baton.leave(worker)

    with ThreadPoolExecutor(workers) as threads:
        return list(threads.map(run, range(workers)))
