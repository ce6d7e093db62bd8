"""A simulation in a process of its own that is killed at a commit: `python -m tests.analysis.killed FILE COUNT AT WHEN`.

AT counts the transactions from 1; WHEN is `before` or `after` the commit itself. With AT 0 it lives to the end and prints
how many there were.
"""

import os
import sqlite3
import sys
from typing import ClassVar, Final

from altocore.adapters.sqlite import SqliteStore
from tests.analysis.portfolio import lived

KILLED: Final = 9
"""The exit code of a process that was killed on purpose."""


class DyingConnection(sqlite3.Connection):
    """A connection whose process dies, without a word and without cleaning up, around one of its commits."""

    at: ClassVar = 0
    when: ClassVar = ""
    commits: ClassVar = 0

    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        """Execute, or die."""
        own = type(self)
        dies = False
        if sql == "COMMIT":
            own.commits += 1
            dies = own.commits == own.at
        if dies and own.when == "before":
            os._exit(KILLED)
        cursor = super().execute(sql, parameters)  # type: ignore[arg-type]  # whatever the store binds
        if dies:
            os._exit(KILLED)
        return cursor


def main(path: str, count: str, at: str, when: str) -> None:
    """Live, or die."""
    DyingConnection.at, DyingConnection.when = int(at), when
    with SqliteStore.open(path, factory=DyingConnection) as store:
        lived(store, int(count))
    sys.stdout.write(f"{DyingConnection.commits}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
