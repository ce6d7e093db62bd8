"""Who works: desks that serve clients, workers that bill the day. Who dies is followed by another one, who begins anew."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Final, final

from attrs import define, field, frozen

from altocore.errors import Unavailable
from altocore.testing import MovableClock
from altocore.values.days import Day
from altocore.values.instants import instant
from altocore.workflows.day import bill_day
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.sharing import Sharing, bill_day_shared
from tests.simulation.account import Account
from tests.simulation.case import Found
from tests.simulation.deeds import Deed
from tests.simulation.faults import CALM, Died, Weather
from tests.simulation.front import Front
from tests.simulation.scheduler import Job
from tests.workflows.cast import occasion

__all__ = ["ONE_CALM_WORKER", "THREE_WORKERS", "Crew", "Workers"]

TRIES_MAX: Final = 40
"""How often a deed, or a worker's day, is begun again before it counts as one that never ends."""

PAGES: Final = (1, 2, 7, 500)
PARTS: Final = (0, 0, 1, 3)
"""Into how many parts a worker's day is cut; into none where it bills without leases."""

LEASE_SECONDS: Final = 60

ASKED_MAX: Final = 10_000
"""How often a worker asks for parts of the day that others hold, who may be slow."""


@final
@frozen(kw_only=True)
class Crew:
    """How many bill, and at how many desks clients are served; the weather, where the seed is not to draw it."""

    billers: int = field(default=3)
    desks: int = field(default=3)
    weather: Weather | None = field(default=None)


THREE_WORKERS: Final = Crew()
ONE_CALM_WORKER: Final = Crew(billers=1, desks=1, weather=CALM)


@final
@define(kw_only=True)
class Workers:
    """Makes the jobs of a day. `gives_up` is told of a deed whose outcome nobody knows, and says whether to let it be.

    Some workers bill by leases and some without; the clock that leases run out by moves on with each try.
    """

    front: Front = field()
    rng: Random = field()
    account: Account = field()
    gives_up: Callable[[Deed], bool] = field()
    counted: "Counter[str]" = field(factory=Counter)
    clock: MovableClock = field(factory=lambda: MovableClock(instant("2023-12-29T12:00:00Z")))

    def desks(self, count: int, deeds: Sequence[Deed], rulebook: Rulebook, today: Day) -> dict[str, Job]:
        """Return the jobs of so many desks, at which clients queue as the seed says."""
        queues: list[list[Deed]] = [[] for _ in range(count)]
        for deed in deeds:
            self.rng.choice(queues).append(deed)
        return {
            f"desk{number}": partial(self.serve, queue, rulebook, today) for number, queue in enumerate(queues) if queue
        }

    def billers(self, count: int, rulebook: Rulebook, today: Day) -> dict[str, Job]:
        """Return the jobs of so many billing workers, each with a page of its own size."""
        return {
            f"bill{number}": partial(
                self._bill, f"bill{number}", self.rng.choice(PAGES), self.rng.choice(PARTS), rulebook, today
            )
            for number in range(count)
        }

    def serve(self, deeds: Sequence[Deed], rulebook: Rulebook, today: Day) -> None:
        """Do these deeds, one after the other."""
        for deed in deeds:
            self._do(deed, rulebook, today)

    def _do(self, deed: Deed, rulebook: Rulebook, today: Day) -> None:
        """Ask for one deed again and again until it is told what became of it, or somebody gives up."""
        for _ in range(TRIES_MAX):
            self.account.ask(deed)
            try:
                told = deed.do(self.front, rulebook, today)
            except (Unavailable, Died):
                if self.gives_up(deed):
                    return
                continue
            self.account.hear(deed, told)
            self.counted[type(deed).__name__.lower()] += 1
            return
        raise Found(f"asked {TRIES_MAX} times, and never told: {deed}")

    def _bill(self, name: str, page: int, parts: int, rulebook: Rulebook, today: Day) -> None:  # who, how, what
        tries, before = 0, -1
        for attempt in range(ASKED_MAX):
            # Time passes where somebody died; who only waits for a slow one must not take his lease away by asking.
            self.clock.move(seconds=LEASE_SECONDS // 3 if tries != before else 1)
            before = tries
            try:
                if parts:
                    sharing = Sharing(
                        leases=self.front,
                        clock=self.clock,
                        holder=f"{name}/{attempt}",
                        parts=parts,
                        lease_seconds=LEASE_SECONDS,
                    )
                    report = bill_day_shared(self.front, rulebook, occasion(today), sharing, page=page)
                else:
                    report = bill_day(self.front, rulebook, occasion(today), page=page)
            except (Unavailable, Died):
                tries += 1
                if tries == TRIES_MAX:
                    break
                continue
            if report.parked:
                raise Found(f"parked: {report.parked}")
            self.counted["billed"] += report.committed
            if not report.left and not report.held:
                return
        raise Found("the day's billing never ended")
