"""A worker's process: `python -m tests.adapters.workers.worker`; it does what each line of JSON says, and answers in one.

It opens its store, says that it is ready, and begins when it is told to: so all begin at the same moment.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Final

from altocore.adapters.clock import SystemClock
from altocore.adapters.postgres import PostgresStore
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.example import PROVIDER
from altocore.errors import AltocoreError
from altocore.lifecycle.events import Actor
from altocore.workflows.day import bill_day
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.sharing import Sharing, bill_day_shared
from tests.adapters.workers.portfolio import DUE, on, spend

BILL: Final = "bill"
SHARE: Final = "share"
SPEND: Final = "spend"
GAVE_UP: Final = "gave up"


def main() -> None:
    """Answer until there is no line more."""
    for line in sys.stdin:
        job = json.loads(line)
        try:
            with _opened(job) as store:
                _tell({"ready": True})
                sys.stdin.readline()
                _tell(_done(store, job))
        except AltocoreError as fault:
            _tell({"error": f"{type(fault).__name__}: {fault}"})


def _opened(job: dict[str, str]) -> AbstractContextManager[PostgresStore | SqliteStore]:
    if "path" in job:
        return SqliteStore.open(job["path"])
    return PostgresStore.open(job["dsn"], schema=job["schema"], connections=4)


def _done(store: PostgresStore | SqliteStore, job: dict[str, str]) -> dict[str, object]:
    if job["do"] == SPEND:
        keys, tries = job["keys"].split(), int(job["tries"])
        with ThreadPoolExecutor(len(keys)) as threads:
            errors = [each for told in threads.map(lambda key: _spent(store, key, tries), keys) for each in told]
        return {"committed": len(keys) - errors.count(GAVE_UP), "errors": errors}
    rulebook, occasion, page = load_rulebook(store, PROVIDER), on(DUE, Actor.BILLING_RUN), int(job["page"])
    if job["do"] == BILL:
        return _told(bill_day(store, rulebook, occasion, page=page))
    sharing = Sharing(leases=store, clock=SystemClock(), holder=job["holder"])
    return _told(bill_day_shared(store, rulebook, occasion, sharing, page=page))


def _spent(store: PostgresStore | SqliteStore, key: str, tries: int) -> list[str]:
    """Return what came out of each try but the one that went well."""
    errors: list[str] = []
    for _ in range(tries):
        try:
            spend(store, key)
        except AltocoreError as fault:
            errors.append(f"{type(fault).__name__}: {fault}")
        else:
            return errors
    return [*errors, GAVE_UP]


def _told(report: Report) -> dict[str, object]:
    parked = [each.id for each in report.parked]
    return {"committed": report.committed, "left": report.left, "held": report.held, "parked": parked, "errors": []}


def _tell(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
