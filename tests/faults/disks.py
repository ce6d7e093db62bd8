"""Disks that are full: as SQLite tells it at a statement, as a file that may not grow, and as a real disk without room."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, final

from altocore.adapters.sqlite import SqliteStore
from altocore.errors import Unavailable
from tests.adapters.faults import Parameters, Trap, disk_full, trapped
from tests.faults.course import Course, told_before
from tests.faults.files import Morning
from tests.faults.provider import work
from tests.workflows.cast import DumpStore

BLOCK: Final = 4096
REFUSALS_MAX: Final = 1_000
DISK: Final = 16 * 1024 * 1024


@final
class Cap:
    """What a file may grow to, in pages."""

    def __init__(self) -> None:
        """Begin with no file."""
        self.connection: sqlite3.Connection | None = None
        self.pages = 0

    def factory(self) -> type[sqlite3.Connection]:
        """Return a class of connections that this cap holds for."""
        cap = self

        class Capped(sqlite3.Connection):
            def execute(self, sql: str, parameters: Parameters = (), /) -> sqlite3.Cursor:  # type: ignore[override]  # the one form that stores use
                cap.connection = self
                return super().execute(sql, tuple(parameters))

        return Capped

    def allow(self, more: int) -> None:
        """Let the file have so many pages more than before; at first, than it has."""
        assert self.connection is not None
        (now,) = self.connection.execute("PRAGMA page_count").fetchone()
        self.pages = max(self.pages, now) + more
        self.connection.execute(f"PRAGMA max_page_count = {self.pages}")


def check_full_at(morning: Morning, at: int) -> None:
    """Let this statement find the disk full: the page is undone, and the same process finishes when there is room."""
    trap = Trap(disk_full)
    with SqliteStore.open(morning.copy(), factory=trapped(trap)) as store:
        # Nothing here waits for the disk: what is asked is what is written.
        store._connection.execute("PRAGMA synchronous = OFF")
        trap.arm(at)
        assert is_refused(store)
        trap.arm(0)
        morning.course.check_cut_off(store, (told_before(morning.statements, at),))
        morning.course.check_resumed(store)


def check_room_by_room(course: Course, store: DumpStore, room: Callable[[], object]) -> int:
    """Work until there is no room, and again with a little more, to the end; return how often there was none.

    Each time the store stands whole, no earlier than before.
    """
    refusals, least = 0, 0
    while is_refused(store):
        refusals += 1
        assert refusals < REFUSALS_MAX
        least = course.check_cut_off(store, range(least, course.commits + 1))
        room()
    course.check_cut_off(store, (course.commits,))
    course.check_resumed(store)
    return refusals


def is_refused(store: DumpStore) -> bool:
    """Do the work, or be told that it cannot be done."""
    try:
        work(store)
    except Unavailable as told:
        assert "SQLITE_" in str(told)  # noqa: PT017  # what is not raised ends the caller's loop
        return True
    return False


@final
class Disk:
    """A disk of its own in memory, filled by a ballast."""

    def __init__(self, folder: Path) -> None:
        """Stand on a disk that is mounted here."""
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no block."""
        with self._ballast.open("wb", buffering=0) as file:
            free = shutil.disk_usage(self.folder).free
            os.posix_fallocate(file.fileno(), 0, free)
        assert shutil.disk_usage(self.folder).free == 0

    def give(self, blocks: int) -> None:
        """Let there be so many blocks more."""
        os.truncate(self._ballast, self._ballast.stat().st_size - blocks * BLOCK)


@contextmanager
def disk(folder: Path) -> Iterator[Disk | None]:
    """Hold a disk of 16 MB; None where we may not mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        yield None
        return
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", folder], check=True)
