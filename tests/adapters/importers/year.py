"""A year of the telecom portfolio, in this process or in one of its own that may be killed at a commit.

`python -m tests.adapters.importers.year STORE CSV ROWS AT WHEN`; see `tests.analysis.killed` for AT and WHEN.
"""

import sys
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from altocore.adapters.importers.telco import RefusedRow, read_telco
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.simulation import SimulationReport, simulate
from altocore.ports.store import Store
from altocore.values.days import day
from altocore.values.periods import Period
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import load_rulebook
from tests.analysis.killed import DyingConnection
from tests.workflows import cast

YEAR: Final = Period(start=day(2025, 1, 1), end=day(2026, 1, 1))


def live_a_year(store: Store, source: Path, rows: int) -> SimulationReport:
    """Let the first rows of the file live through 2025 under the `default` terms."""
    publish(store, [cast.DEFAULT])
    with source.open(encoding="utf-8", newline="") as file:
        read = islice(read_telco(file, run_start=YEAR.start, terms=cast.DEFAULT.terms.order), rows)
        subscribers = [each for each in read if not isinstance(each, RefusedRow)]
    rulebook = load_rulebook(store, cast.PROVIDER)
    return simulate(store, rulebook, subscribers, behaviour=Behaviour(seed=1), span=YEAR)


def digest(store: cast.DumpStore) -> tuple[int, str]:
    """Return how many rows a store has, and a digest of them all."""
    told, count = sha256(), 0
    for row in store.dump():
        told.update(row.encode())
        told.update(b"\n")
        count += 1
    return count, told.hexdigest()


def main(path: str, source: str, rows: str, at: str, when: str) -> None:
    """Live the year, or die in it; print how many commits it had."""
    DyingConnection.at, DyingConnection.when = int(at), when
    with SqliteStore.open(path, factory=DyingConnection) as store:
        live_a_year(store, Path(source), int(rows))
    sys.stdout.write(f"{DyingConnection.commits}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
