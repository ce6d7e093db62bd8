"""Runs of a case, over the kind of store that it names."""

from collections import Counter  # noqa: TC003  # attrs reads annotations at run time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import final

from attrs import field, frozen

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from tests.adapters.faults import Hasty
from tests.simulation.case import Case, Kept
from tests.simulation.workers import THREE_WORKERS, Crew
from tests.simulation.world import Simulation
from tests.workflows.cast import DumpStore

__all__ = ["Done", "digest", "run"]


@final
@frozen(kw_only=True)
class Done:
    """What a run came to."""

    calls: int = field()
    faults: int = field()
    trace: str = field()
    dump: tuple[str, ...] = field()
    counted: "Counter[str]" = field()
    outcomes: "Counter[str]" = field()


def run(case: Case, crew: Crew = THREE_WORKERS, *, whole_days: int = 1) -> Done:
    """Run a case to its end.

    Raises:
        Found: what must not be; its message ends with the line that replays it.
    """
    with _empty(case.kept) as store:
        simulation = Simulation(case, store, crew, whole_days=whole_days)
        simulation.run()
        trace = simulation.front.trace
        return Done(
            calls=trace.calls,
            faults=trace.faults,
            trace=trace.digest(),
            dump=tuple(store.dump()),
            counted=simulation.counted,
            outcomes=simulation.front.outcomes,
        )


def digest(lines: Iterable[str]) -> str:
    """Return a digest of these lines."""
    return sha256("\n".join(lines).encode()).hexdigest()


@contextmanager
def _empty(kept: Kept) -> Iterator[DumpStore]:
    if kept is Kept.MEMORY:
        yield MemoryStore()
        return
    with TemporaryDirectory() as folder, SqliteStore.open(Path(folder) / "life.sqlite", factory=Hasty) as store:
        yield store
