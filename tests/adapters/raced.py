"""A process that races others for one page: `python -m tests.adapters.raced <file>`; it prints how much of it it won."""

import sys

from altocore.adapters.sqlite import SqliteStore
from altocore.plans.guard import Committed
from tests.adapters.pages import ORDERS, RENEWALS


def main(path: str) -> None:
    """Open the file, which may not be there yet, and commit everything, plan by plan."""
    with SqliteStore.open(path) as store:
        outcomes = [outcome for plan in (*ORDERS, *RENEWALS) for outcome in store.commit([plan])]
    print(sum(isinstance(outcome, Committed) for outcome in outcomes))  # noqa: T201  # the answer to the test


if __name__ == "__main__":
    main(sys.argv[1])
