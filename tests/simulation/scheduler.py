"""Workers that run strictly one at a time and hand each other a baton, in an order that a seed draws.

They are threads, for the library is plain blocking code; but only the holder of the baton runs, so a run is as
deterministic as one thread. A worker may lose the baton wherever it calls `pause`, which the store in front does before
each of its calls. A worker that raises ends the run: the others are stopped at their next pause.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Lock
from typing import Final, TypeAlias, final

from attrs import define, field

__all__ = ["Job", "Scheduler", "Stopped"]

Job: TypeAlias = Callable[[], None]

WORKERS_MAX: Final = 16
"""How many workers there can be at a time: each needs a thread of its own, or it would wait for ever."""


@final
class Stopped(BaseException):
    """Another worker failed, and this one is to end; not an `Exception`, so that nothing on the way takes it for its own."""


def _closed() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


@final
@define(eq=False)
class _Worker:
    name: str = field()
    job: Job = field()
    baton: Lock = field(factory=_closed)


@final
class Scheduler:
    """Runs jobs together, one at a time; `switches` of 100 pauses hand the baton to a worker that the seed draws."""

    def __init__(self, rng: Random, switches: int) -> None:
        """Begin without workers."""
        self._rng = rng
        self._switches = switches / 100
        self._pool = ThreadPoolExecutor(WORKERS_MAX)
        self._ready: list[_Worker] = []
        self._now: _Worker | None = None
        self._home = _closed()
        self._fault: BaseException | None = None

    @property
    def name(self) -> str:
        """The worker that runs now."""
        return "-" if self._now is None else self._now.name

    def run(self, jobs: Mapping[str, Job]) -> None:
        """Run these jobs together until all are done; raise what the first that failed raised."""
        if not jobs:
            return
        assert len(jobs) <= WORKERS_MAX
        self._fault = None
        self._ready = [_Worker(name, job) for name, job in jobs.items()]
        futures = [self._pool.submit(self._work, worker) for worker in self._ready]
        self._pass_on()
        self._home.acquire()
        for future in futures:
            future.result()
        if self._fault is not None:
            raise self._fault

    def pause(self) -> None:
        """Let another worker go on here, if the seed says so; outside of a run nothing happens."""
        own = self._now
        if own is None:
            return
        if len(self._ready) > 1 and self._rng.random() < self._switches:
            self._pass_on()
            own.baton.acquire()
        if self._fault is not None:
            raise Stopped

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown()

    def _work(self, worker: _Worker) -> None:
        worker.baton.acquire()
        try:
            if self._fault is None:
                worker.job()
        except Stopped:
            pass
        except BaseException as fault:  # noqa: BLE001  # told by run(), in the thread that asked
            self._fault = fault
        self._ready.remove(worker)
        self._pass_on()

    def _pass_on(self) -> None:
        """Wake the worker that is drawn, which may be the one that calls; the last one wakes who waits for the run."""
        if self._ready:
            self._now = self._rng.choice(self._ready)
            self._now.baton.release()
        else:
            self._now = None
            self._home.release()
