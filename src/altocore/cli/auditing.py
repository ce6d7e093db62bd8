"""`altocore audit`: every invariant of a store, with a bar that follows the clients."""

from pathlib import Path

from rich.console import Console

from altocore.adapters.sqlite import SqliteStore
from altocore.cli.living import bar
from altocore.workflows.auditing import Violation, audit

__all__ = ["audit_store"]


def audit_store(path: Path, console: Console) -> list[Violation]:
    """Return every violation in this file.

    Raises:
        Unavailable: the file cannot be read.
        HistoryCorrupt: a row cannot be understood; the message names it.
    """
    with SqliteStore.open(path) as store, bar(console, "clients") as progress:
        clients = progress.add_task("auditing", total=None)

        def passed(count: int) -> None:
            progress.advance(clients, count)

        return list(audit(store, passed))
