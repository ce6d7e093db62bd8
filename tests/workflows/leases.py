"""Leases that are lost, and a worker that dies with those it has."""

from collections.abc import Callable, Sequence
from typing import final

from altocore.plans.guard import Outcome
from altocore.plans.plan import Plan
from altocore.ports.leases import Leases
from altocore.ports.store import Store
from altocore.testing import PassingStore, When
from altocore.values.instants import Instant
from tests.workflows.cast import DumpStore


class LeasedStore(DumpStore, Leases):
    """A store that keeps leases, too."""


@final
class Died(BaseException):
    """The process is gone: no handler of ours runs, and so nothing is given back."""


@final
class MortalStore(PassingStore):
    """A store, and its leases, of a worker that dies in its n-th commit, before it or after."""

    def __init__(self, store: Store, leases: Leases, at: int, when: When) -> None:
        """Die at this commit."""
        super().__init__(store)
        self._leases = leases
        self._left = at
        self._when = when
        self._lives = True

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit, or die."""
        self._left -= 1
        if self._left:
            return self.behind.commit(plans)
        if self._when is When.AFTER:
            self.behind.commit(plans)
        self._lives = False
        raise Died

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Pass."""
        return self._leases.lease(name, holder, now, until)

    def release(self, name: str, holder: str) -> None:
        """Pass, of the living."""
        if self._lives:
            self._leases.release(name, holder)


@final
class MeddlingLeases:
    """Leases before whose n-th answer something happens."""

    def __init__(self, leases: Leases, meddle: Callable[[int], None]) -> None:
        """Let others in."""
        self._behind = leases
        self._meddle = meddle
        self.asked = 0

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Let others go first."""
        self.asked += 1
        self._meddle(self.asked)
        return self._behind.lease(name, holder, now, until)

    def release(self, name: str, holder: str) -> None:
        """Pass."""
        self._behind.release(name, holder)
