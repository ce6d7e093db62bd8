"""Stores that stand in front of another one and misbehave at a chosen moment."""

from collections.abc import Callable, Sequence
from enum import Enum, unique
from typing import TypeVar, final

from altocore.errors import Unavailable
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import Outcome
from altocore.plans.plan import Plan
from altocore.plans.reading import Which
from altocore.ports.store import Store
from altocore.testing import PassingStore

D = TypeVar("D", bound=Document)


class Passing(PassingStore):
    """A store in front of another: everything passes through, and commits are counted."""

    def __init__(self, store: Store) -> None:
        """Stand in front of this store."""
        super().__init__(store)
        self.commits = 0

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Pass, and count."""
        self.commits += 1
        return self.behind.commit(plans)


@unique
class Breaks(Enum):
    """When a commit breaks off: before anything is written, or when all is, and nobody was told."""

    BEFORE = "before"
    AFTER = "after"


@final
class BreakingStore(Passing):
    """A store whose n-th commit, counted from 1, fails; the next one works again."""

    def __init__(self, store: Store, at: int, when: Breaks) -> None:
        """Break at this commit."""
        super().__init__(store)
        self._at = at
        self._when = when

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit, or fail."""
        self.commits += 1
        if self.commits != self._at:
            return self.behind.commit(plans)
        if self._when is Breaks.AFTER:
            self.behind.commit(plans)
        raise Unavailable("the connection is gone")


@final
class MeddlingStore(Passing):
    """A store in which somebody else is faster: `meddle` is called with the number of each commit before it is made."""

    def __init__(self, store: Store, meddle: Callable[[int], None]) -> None:
        """Let others in."""
        super().__init__(store)
        self._meddle = meddle

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Let the other go first."""
        self.commits += 1
        self._meddle(self.commits)
        return self.behind.commit(plans)


@final
class BlindStore(Passing):
    """A store that cannot be read where `fails` says so of what is asked for."""

    def __init__(self, store: Store, fails: Callable[[type[Document], Which], bool]) -> None:
        """Fail where it is said."""
        super().__init__(store)
        self._fails = fails

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Read, or fail."""
        if self._fails(kind, which):  # type: ignore[arg-type]  # a kind of document is a type of one
            raise Unavailable("the disk is gone")
        return self.behind.select(kind, which)
