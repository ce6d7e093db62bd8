"""A process that dies inside a commit: `python -m tests.adapters.killed <file> <statement>`; 0 lives."""

import os
import sys

from altocore.adapters.sqlite import SqliteStore
from tests.adapters.faults import Trap, trapped
from tests.adapters.pages import RENEWALS

KILLED = 9


def main(path: str, at: int) -> None:
    """Commit the page, and die before the statement with this number; nothing is flushed, closed or undone."""
    trap = Trap(lambda: os._exit(KILLED))
    store = SqliteStore.open(path, factory=trapped(trap))
    trap.arm(at)
    store.commit(RENEWALS)
    # Dead after the commit, before the store is closed.
    os._exit(KILLED)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
