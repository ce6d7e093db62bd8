"""A process that bills the day: `python -m tests.adapters.postgres.worker <dsn> <schema> <page>`; it prints what it did."""

import sys

from altocore.adapters.postgres import PostgresStore
from tests.adapters.postgres.portfolio import bill


def main(dsn: str, schema: str, page: int) -> None:
    """Bill everything that is due."""
    with PostgresStore.open(dsn, schema=schema) as store:
        print(bill(store, page).committed)  # noqa: T201  # the answer to the test


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
