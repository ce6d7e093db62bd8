"""The course of a day's work that nothing disturbs, commit by commit, and what is asked of one that was cut off."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Final, final

from attrs import field, frozen

from altocore.adapters.memory import MemoryStore
from altocore.plans.guard import Outcome
from altocore.plans.plan import Plan
from tests.faults.provider import PAGE, Kind, begin, work
from tests.workflows.cast import DumpStore, dumped, findings
from tests.workflows.stores import Passing

COMMIT: Final = "COMMIT"


@final
@frozen(kw_only=True)
class Course:
    """Every row as it is before the work, and after each commit of it."""

    kind: Kind = field()
    states: tuple[list[str], ...] = field()

    @property
    def commits(self) -> int:
        """Return how many commits the work has."""
        return len(self.states) - 1

    def told_or_next(self, told: int) -> range:
        """Return after how many commits a store may stand: those that were told, and one whose answer was lost."""
        return range(told, min(told + 1, self.commits) + 1)

    def check_cut_off(self, store: DumpStore, told: Sequence[int]) -> int:
        """See that a store stands whole behind one of these commits, with its books in order; return behind which."""
        lines = dumped(store)
        found = [commits for commits in told if lines == self.states[commits]]
        assert found, f"not the rows after commit {list(told)}"
        assert findings(store) == []
        return found[0]

    def check_resumed(self, store: DumpStore, page: int = PAGE) -> None:
        """See that the next run finishes the work, and that the store is then as if nothing had happened.

        In pages of another size than before, and where an end waits for what is done later in the run, the same things
        are done in another order: then rows are compared without their place in the journals and their number.
        """
        work(store, page)
        assert findings(store) == []
        lines = dumped(store)
        if page == PAGE and self.kind is not Kind.WAITING:
            assert lines == self.states[-1]
        else:
            assert unnumbered(lines) == unnumbered(self.states[-1])
        assert work(store, page).committed == 0


@final
class Watched(Passing):
    """A store whose rows are kept after each commit."""

    def __init__(self, store: DumpStore) -> None:
        """Keep what is there before."""
        super().__init__(store)
        self._dump = store.dump
        self.states = [list(store.dump())]

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit, and keep the rows."""
        outcomes = super().commit(plans)
        self.states.append(list(self._dump()))
        return outcomes


@cache
def undisturbed(kind: Kind) -> Course:
    """Return the course of the work of this provider, in memory."""
    store = MemoryStore()
    begin(store, kind)
    watched = Watched(store)
    work(watched)
    return Course(kind=kind, states=tuple(watched.states))


def told_before(statements: Sequence[str], at: int) -> int:
    """Return how many commits are done before the statement with this number, counted from 1."""
    return statements[: at - 1].count(COMMIT)


PLACED: Final = ("message", "posting")
"""Tables whose rows have a place; of a number the place is the number."""


def unnumbered(lines: Sequence[str]) -> list[str]:
    """Return rows without their place in a journal, and without the number of each invoice, which has one still."""
    rows = [json.loads(each) for each in lines]
    for row in rows:
        if row[0] in PLACED:
            row[1] = 0
        elif row[0] == "number":
            row[2] = 0
    return sorted(json.dumps(row) for row in rows)
