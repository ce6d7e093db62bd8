"""A PostgreSQL of the tests' own that crashes while a process bills on it, and is started again."""

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, unique
from pathlib import Path
from typing import Final, final

from attrs import evolve, field, frozen

from altocore.adapters.postgres import PostgresStore
from tests.adapters.postgres.server import answers, started
from tests.faults.course import undisturbed
from tests.faults.kills import Nursery
from tests.faults.orders import REFUSED
from tests.faults.provider import Kind
from tests.faults.schemas import check, town

START_SECONDS: Final = 60


@unique
class Crash(Enum):
    """How a server ends: by what `pg_ctl stop -m immediate` sends, or killed."""

    IMMEDIATE = signal.SIGQUIT
    KILLED = signal.SIGKILL


@final
@frozen(kw_only=True)
class Server:
    """A server in a folder, which `started` made."""

    tools: Path = field()
    folder: Path = field()

    @property
    def dsn(self) -> str:
        """Return where it answers."""
        return f"host={self.folder} user=postgres dbname=postgres"

    @property
    def postmaster(self) -> int:
        """Return its process."""
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def start(self) -> None:
        """Start it again; what is left of the one that was killed may hold its memory for a moment."""
        user = ["runuser", "-u", self.folder.owner(), "--"] if os.geteuid() == 0 else []
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        command = [*user, f"{self.tools}/pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log"]
        until = time.monotonic() + START_SECONDS
        while True:
            done = subprocess.run(
                [*command, "-o", options, "start"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                check=False,
            )
            if done.returncode == 0 and answers(self.dsn):
                return
            assert time.monotonic() < until, (self.folder / "log").read_text(encoding="utf-8", errors="replace")
            time.sleep(0.05)

    def await_end(self, postmaster: int) -> None:
        """Wait until this process of the server is gone."""
        until = time.monotonic() + START_SECONDS
        while Path(f"/proc/{postmaster}/stat").exists() and _state(postmaster) != "Z":
            assert time.monotonic() < until
            time.sleep(0.005)

    def check_crash(self, nursery: Nursery, kind: Kind, crash: Crash, at: int) -> bool:
        """Crash it before this statement of a process that bills; return whether that process was in the midst of it.

        What the process was told is done is done when the server is back, and the next run finishes.
        """
        postmaster = self.postmaster
        schema = f"test_{secrets.token_hex(6)}"
        with town(self.dsn) as before:
            before.begun(schema, kind)
            order = evolve(before.order(schema, at=at), postmaster=postmaster, signal=int(crash.value))
        end = nursery.end(order)
        assert end.code in {0, REFUSED}
        self.await_end(postmaster)
        self.start()
        with town(self.dsn) as after:
            store = PostgresStore.on_pool(after.lends, schema=schema)
            course = undisturbed(kind)
            check(course, store, course.told_or_next(end.told))
        return end.code == REFUSED


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return "Z"


@contextmanager
def own_server(tools: Path) -> Iterator[Server]:
    """Start a server, and stop it at the end."""
    with started(tools) as dsn:
        folder = dict(each.split("=", 1) for each in dsn.split())["host"]
        yield Server(tools=tools, folder=Path(folder))
