"""A provider's life, decided by one seed: clients act, workers bill, calls fail, and every evening the books are checked."""

from random import Random
from typing import Final, final

from attrs import evolve

from altocore.ports.store import Store
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.ids import ClientId
from altocore.workflows.day import bill_day
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import load_rulebook
from tests.simulation.account import Account
from tests.simulation.case import Case, Found, Mixing
from tests.simulation.checks import check_charged_once, check_clients, check_whole
from tests.simulation.deeds import Comes, Deed, Publishes
from tests.simulation.faults import CALM, Faults, Weather
from tests.simulation.front import Front
from tests.simulation.habits import Habits
from tests.simulation.scheduler import Job, Scheduler
from tests.simulation.sights import Intent, Sights
from tests.simulation.telling import filed
from tests.simulation.workers import THREE_WORKERS, Crew, Workers
from tests.workflows import cast
from tests.workflows.whole_life import CATALOGUE

__all__ = ["Simulation"]

BEGINS: Final = day(2023, 12, 29)
"""Two days before a 31st, and before a 29 February."""

AFTER: Final = 40
"""How many calm days follow, in which all that is due is done."""

ROUNDS_MAX: Final = 3
"""How often somebody acts within a day on what was seen on it: orders, pays, activates."""

CHARGES_MAX: Final = 1000
"""Clients with much credit sleep for years here, and are charged for all of it on one day: no mistake."""

SAMPLE: Final = 2
"""How many of the clients touched are audited in the evening of a day on which the whole store is not."""


@final
class Simulation:
    """One run of one case over an empty store, audited as a whole every `whole_days` runs, and in part every evening."""

    def __init__(
        self, case: Case, store: Store, crew: Crew = THREE_WORKERS, *, whole_days: int = 1, books: Store | None = None
    ) -> None:
        """Found the provider; `books` is what is read in the evening, where it is not the store that the workers have.

        Two generators: the history is drawn by the habits, and the workers' luck by the one made here.
        """
        self.case, self.books, self.crew, self.whole_days = case, books or store, crew, whole_days
        self.rng = Random(f"{case.seed}/workers")  # noqa: S311 - a simulation is repeated by its seed
        weather = crew.weather or Weather.drawn(self.rng)
        self.mixing, self.today = case.mixing, BEGINS
        self.scheduler, self.faults = Scheduler(self.rng, weather.switches), Faults(self.rng, weather)
        self.front = Front(store, self.scheduler, self.faults)
        self.habits = Habits(seed=case.seed, begins=BEGINS, days=case.days)
        self.sights, self.account = Sights(self.habits), Account()
        self.workers = Workers(front=self.front, rng=self.rng, account=self.account, gives_up=self._gives_up)
        self.counted = self.workers.counted
        self.intents: dict[Day, list[Deed]] = {}
        publish(self.books, [cast.DEFAULT, *CATALOGUE])
        self.rulebook = load_rulebook(self.books, cast.PROVIDER, charges_max=CHARGES_MAX)
        self._intend([(each.published, Publishes(each)) for each in self.habits.editions()])
        self._intend([(on, Comes(client)) for on, client in map(self.habits.client, range(case.clients))])

    def run(self) -> None:
        """Live all days, then some calm ones; whatever is found is told with the line that replays it."""
        try:
            self._live(add_days(BEGINS, self.case.days))
            self.mixing, self.faults.weather, self.crew = Mixing.SERIAL, CALM, evolve(self.crew, billers=1)
            self._live(add_days(self.today, AFTER))
            check_whole(self.books)
            self.account.check_all_promises(self.books)
        except Exception as fault:
            seen = "\n    ".join(self.front.trace.last)
            what = f"{type(fault).__name__}: {fault}\non {self.today}, after\n    {seen}\nreplay: {self.case.line()}"
            raise Found(what) from fault
        finally:
            self.scheduler.close()

    def _live(self, last: Day) -> None:
        while self.today < last:
            self.faults.next_day()
            self._evening(sorted(self._day()))
            before, self.today = self.today, self.habits.next_run(self.today)
            self.counted["runs"] += 1
            self.counted["simulated_days"] += days_from(before, self.today)

    def _day(self) -> set[ClientId]:
        """Let everybody act and the day be billed; return the clients that were touched."""
        touched: set[ClientId] = set()
        together = self.mixing is Mixing.TOGETHER
        for number in range(ROUNDS_MAX):
            deeds = filed(self._published(self._due()), self.today, page=self.habits.files(self.today))
            if together:
                desks = self.workers.desks(self.crew.desks, deeds, self.rulebook, self.today)
                self.scheduler.run(desks if number else desks | self._billers())
            else:
                self.workers.serve(deeds, self.rulebook, self.today)
            touched |= self._look()
        if not together:
            self.scheduler.run(self._billers())
            touched |= self._look()
        return touched

    def _evening(self, touched: list[ClientId]) -> None:
        if self.mixing is Mixing.SERIAL:
            quiet = bill_day(self.books, self.rulebook, cast.occasion(self.today))
            if quiet.committed or quiet.parked or quiet.left:
                raise Found(f"the workers were done, and this was left to do: {quiet}")
        if self.counted["runs"] % self.whole_days == 0:
            check_whole(self.books)
        else:
            some = self.habits.drawn("audited", self.today.isoformat()).sample(touched, min(SAMPLE, len(touched)))
            check_clients(self.books, self.rulebook.editions, some)
        check_charged_once(self.books, touched)
        self.account.check_money(self.books, touched)
        self.account.check_new_promises(self.books)

    def _billers(self) -> dict[str, Job]:
        return self.workers.billers(self.crew.billers, self.rulebook, self.today)

    def _gives_up(self, deed: Deed) -> bool:
        """Say whether somebody who was told nothing lets a deed be until tomorrow: where clients act together, some do."""
        if self.mixing is Mixing.SERIAL or self.rng.random() < 0.7:
            return False
        self._intend([(add_days(self.today, 1), deed)])
        return True

    def _intend(self, intents: list[Intent]) -> None:
        for on, deed in intents:
            self.intents.setdefault(on, []).append(deed)

    def _due(self) -> list[Deed]:
        days = sorted([on for on in self.intents if on <= self.today])
        return [deed for on in days for deed in self.intents.pop(on)]

    def _published(self, deeds: list[Deed]) -> list[Deed]:
        """Let staff publish before anybody works by the new terms; return the deeds of the others."""
        editions = [each for each in deeds if isinstance(each, Publishes)]
        self.workers.serve(editions, self.rulebook, self.today)
        if editions:
            self.rulebook = load_rulebook(self.books, cast.PROVIDER, charges_max=CHARGES_MAX)
        return [each for each in deeds if not isinstance(each, Publishes)]

    def _look(self) -> set[ClientId]:
        touched, self.front.touched = self.front.touched, set()
        self._intend(self.sights.look(self.books, touched, self.today))
        return touched
