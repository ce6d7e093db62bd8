"""`altocore audit` and `altocore seal`: every invariant of a store, and what shows later that its log was made anew."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console

from altocore.adapters.sqlite import SqliteStore
from altocore.cli.living import bar
from altocore.errors import BadValue, Unavailable
from altocore.plans.log import Head
from altocore.workflows.auditing import Invariant, Violation, audit, seal

__all__ = ["audit_store", "read_heads", "sealed_lines"]

LAST: Final = "chains"

NUMBER_MAX: Final = 10**12
"""No chain has more entries."""

DAMAGED: Final = Violation(
    invariant=Invariant.ROWS_ARE_SOUND, where="database", problem="its own queries cannot take a document's text apart"
)


def audit_store(path: Path, console: Console, heads: Path | None) -> list[Violation]:
    """Return every violation in this file: what `audit` finds, then what the database's own queries find besides.

    `heads` is a file that `altocore seal` wrote at an earlier time.

    Raises:
        BadValue: that file is none that `altocore seal` wrote.
        Unavailable: the file cannot be read.
    """
    sealed = [] if heads is None else list(read_heads(heads))
    with SqliteStore.open(path) as store, bar(console, "clients") as progress:
        clients = progress.add_task("auditing", total=None)

        def passed(count: int) -> None:
            progress.advance(clients, count)

        found = list(audit(store, passed, sealed))
        told = {(each.invariant, each.where) for each in found}
        try:
            besides = [each for each in store.inspect() if (each.invariant, each.where) not in told]
        except Unavailable:
            besides = [] if any(each.invariant is DAMAGED.invariant for each in found) else [DAMAGED]
        return found + besides


def sealed_lines(path: Path) -> Iterator[str]:
    """Yield where each chain of the audit log ends now, as a line of JSON: client, number, chain; last how many there are."""
    count = 0
    with SqliteStore.open(path) as store:
        for head in seal(store):
            count += 1
            yield json.dumps([head.client, head.number, head.chain], ensure_ascii=False)
    yield json.dumps({LAST: count})


def read_heads(path: Path) -> Iterator[Head]:
    """Yield what `sealed_lines` wrote.

    Raises:
        BadValue: a line is none of ours, and is named by its number; or the last ones are missing.
    """
    count = 0
    with path.open(encoding="utf-8") as file:
        lines = file.read().splitlines()
    for count, text in enumerate(lines[:-1], 1):
        yield _head(count, text)
    if not lines or lines[-1] != json.dumps({LAST: count}):
        raise BadValue("seal", "it does not end as `altocore seal` ends: lines are missing")


def _head(count: int, text: str) -> Head:
    try:
        client, number, chain = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise BadValue("seal", f"line {count} is none that `altocore seal` wrote") from None
    if (type(client), type(number), type(chain)) != (str, int, str) or not 1 <= number <= NUMBER_MAX:
        raise BadValue("seal", f"line {count} is none that `altocore seal` wrote")
    return Head(client=client, number=number, chain=chain)
