"""A PostgreSQL server for the tests: one that answers, or one of our own in a temporary directory."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

SOCKETS: Final = Path("/var/run/postgresql")
INSTALLED: Final = Path("/usr/lib/postgresql")
USERS: Final = ("postgres", "nobody")


def answers(dsn: str) -> bool:
    """Return whether a server lets us in here."""
    try:
        psycopg.connect(dsn, connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


def found() -> str | None:
    """Return where a server answers: where the environment says, else on the local socket."""
    told = os.environ.get("ALTOCORE_POSTGRES_DSN")
    if told:
        return told
    local = f"host={SOCKETS} user=postgres dbname=postgres"
    return local if answers(local) else None


def binaries() -> Path | None:
    """Return the folder of the newest server that is installed."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    installed = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def started(tools: Path) -> Iterator[str]:
    """Start a server that only its socket reaches, and stop it at the end."""
    # initdb refuses root, so root becomes somebody else, who must reach the directory.
    as_user: list[str] = []
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if os.geteuid() == 0:
            user = next(name for name in USERS if _exists(name))
            shutil.chown(folder, user)
            as_user = ["runuser", "-u", user, "--"]
        data = f"{folder}/data"
        _run(folder, [*as_user, f"{tools}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"])
        control = [*as_user, f"{tools}/pg_ctl", "-D", data]
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _run(folder, [*control, "-w", "-l", f"{folder}/log", "-o", options, "start"])
        try:
            yield f"host={folder} user=postgres dbname=postgres"
        finally:
            _run(folder, [*control, "-w", "-m", "immediate", "stop"])


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _run(folder: str, command: Sequence[str]) -> None:
    # A file and no pipe: the server would keep a pipe open.
    log = Path(folder) / "commands"
    with log.open("ab") as output:
        done = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/", check=False)
    assert done.returncode == 0, log.read_text(encoding="utf-8", errors="replace")
