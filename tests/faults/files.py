"""The small provider in a file: as it is this morning, copied for each kill, and what is asked of the copy afterwards."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final, final

from attrs import field, frozen

from altocore.adapters.sqlite import SqliteStore
from tests.adapters.faults import Hasty, Trap, trapped
from tests.faults.course import Course, told_before, undisturbed
from tests.faults.kills import KILLED, Nursery
from tests.faults.orders import Order
from tests.faults.provider import PAGE, Kind, begin, work

TAILS: Final = ("", "-wal", "-shm")


@final
@frozen(kw_only=True)
class Morning:
    """A file, what a day's work on it is made of, and the rows behind each commit."""

    path: Path = field()
    statements: tuple[str, ...] = field()
    course: Course = field()

    def copy(self) -> Path:
        """Return a copy of the file, in the place of the copy before."""
        copy = self.path.with_suffix(".copy")
        for tail in TAILS:
            Path(f"{copy}{tail}").unlink(missing_ok=True)
        shutil.copy(self.path, copy)
        return copy

    def check_kill(self, nursery: Nursery, at: int, page: int = PAGE) -> None:
        """Kill a child before this statement: nothing of an open commit is there, and the next run finishes."""
        copy = self.copy()
        told = nursery.kill(Order(name=str(copy), at=at))
        assert told == told_before(self.statements, at)
        self.check(copy, (told,), page)

    def check_kill_after(self, nursery: Nursery, after_us: int) -> bool:
        """Kill a child from outside after so long, wherever it is; return whether it still worked."""
        copy = self.copy()
        end = nursery.end(Order(name=str(copy), after_us=after_us))
        assert end.code in {0, KILLED}
        self.check(copy, self.course.told_or_next(end.told))
        return end.code == KILLED

    def check(self, copy: Path, told: Sequence[int], page: int = PAGE) -> None:
        """See that a copy stands behind one of these commits, and that the next run finishes it."""
        with SqliteStore.open(copy, factory=Hasty) as store:
            self.course.check_cut_off(store, told)
            self.course.check_resumed(store, page)


def morning(folder: Path, kind: Kind) -> Morning:
    """Make a file of the provider this morning, and count the statements of its work in another."""
    path = folder / f"{kind.value}.db"
    with SqliteStore.open(path) as store:
        begin(store, kind)
    counted = folder / "counted.db"
    shutil.copy(path, counted)
    trap = Trap(lambda: None)
    with SqliteStore.open(counted, factory=trapped(trap)) as store:
        trap.arm(0)
        work(store)
        statements = tuple(trap.seen)
    return Morning(path=path, statements=statements, course=undisturbed(kind))
