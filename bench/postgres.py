"""Renewals a second on PostgreSQL: one worker, two workers that share the day, and the driver's own bulk writing.

    ALTOCORE_POSTGRES_DSN="dbname=test" python bench/postgres.py [--quick] [--json FILE]

The same whole renewals as in bench/billing.py, in pages of 500. The driver alone writes the very same rows into the very same
tables, with their keys, checks and triggers: COPY for what is new, UPDATE for the services, a page a transaction. The ways
take turns, each in a schema of its own that is dropped afterwards; workers are processes, and their rate is of the wall
clock from the common start to the end of the last. Nothing is asserted: figures are printed, medians with their spread.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Final

import psycopg

from altocore.adapters.clock import SystemClock
from altocore.adapters.postgres import PostgresStore
from altocore.analysis.example import PROVIDER
from altocore.lifecycle.events import Actor
from altocore.values.days import day
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.sharing import Sharing, bill_day_shared

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.billing import COLUMNS, PAGE, Row, occasion, paged, ready, renew

PARTS: Final = 8
UPDATE: Final = """
UPDATE document SET version = %s, client = %s, service = %s, day = %s, shard = %s, agenda = %s, body = %s
WHERE kind = %s AND id = %s
"""


@contextmanager
def filled(dsn: str, schema: str, count: int) -> Iterator[PostgresStore]:
    """Hold a store with a portfolio whose renewals are due; its schema is dropped afterwards."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        try:
            with PostgresStore.open(dsn, schema=schema) as store:
                ready(store, count)
                connection.execute("VACUUM ANALYZE")
                yield store
        finally:
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def shared(dsn: str, schema: str, name: str, start: Barrier, done: "multiprocessing.Queue[tuple[int, float]]") -> None:
    """Be one worker: wait for the others, share the day, tell how many plans were committed and when it ended."""
    with PostgresStore.open(dsn, schema=schema) as store:
        rulebook = load_rulebook(store, PROVIDER)
        sharing = Sharing(leases=store, clock=SystemClock(), holder=name, parts=PARTS)
        start.wait()
        report = bill_day_shared(store, rulebook, occasion(day(2025, 1, 5), Actor.BILLING_RUN), sharing, page=PAGE)
        done.put((report.committed, time.monotonic()))


def by_workers(dsn: str, workers: int, count: int) -> float:
    """Return the seconds in which that many workers bill the day together."""
    context = multiprocessing.get_context("spawn")
    with filled(dsn, "altocore_bench_shared", count):
        start, done = context.Barrier(workers + 1), context.Queue()
        processes = [
            context.Process(target=shared, args=(dsn, "altocore_bench_shared", f"worker {n}", start, done))
            for n in range(workers)
        ]
        for process in processes:
            process.start()
        start.wait()
        began = time.monotonic()
        told: list[tuple[int, float]] = [done.get() for _ in processes]
        for process in processes:
            process.join()
    if sum(committed for committed, _ in told) != count:
        sys.exit(f"{told} were committed, {count} were due")
    return max([ended for _, ended in told]) - began


def alone(dsn: str, count: int) -> float:
    """Return the seconds in which the driver writes the rows that the renewals add, a page a transaction."""
    with filled(dsn, "altocore_bench_billed", count) as store, psycopg.connect(dsn, autocommit=True) as connection:
        rulebook = load_rulebook(store, PROVIDER)
        before = {table: rows_of(connection, "altocore_bench_billed", table) for table in COLUMNS}
        renew(store, rulebook, count)
        after = {table: rows_of(connection, "altocore_bench_billed", table) for table in COLUMNS}
    pages = paged({table: list(after[table] - before[table]) for table in COLUMNS}, -(-count // PAGE))
    with filled(dsn, "altocore_bench_alone", count), psycopg.connect(dsn) as connection:
        connection.execute("SET search_path = altocore_bench_alone")
        connection.commit()
        began = time.monotonic()
        for page in pages:
            write_page(connection, page)
            connection.commit()
        return time.monotonic() - began


def rows_of(connection: "psycopg.Connection[Row]", schema: str, table: str) -> set[Row]:
    """Return every row of a table."""
    return set(connection.execute(f"SELECT {COLUMNS[table]} FROM {schema}.{table}").fetchall())  # noqa: S608  # our own names


def write_page(connection: "psycopg.Connection[Row]", rows: dict[str, list[Row]]) -> None:
    """Write a page of rows: services are updated, series are moved on, all else is new."""
    cursor = connection.cursor()
    moved = [row for row in rows["document"] if row[0] == "service"]
    cursor.executemany(UPDATE, [(*row[2:], *row[:2]) for row in moved])
    new = {**rows, "document": [row for row in rows["document"] if row[0] != "service"]}
    for table in ("document", "claim", "posting", "message", "log", "number"):
        with cursor.copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
            for row in new[table]:
                copy.write_row(row)
    cursor.executemany(
        "INSERT INTO series (series, next) VALUES (%s, %s) ON CONFLICT (series) DO UPDATE SET next = excluded.next",
        rows["series"],
    )


def plain(dsn: str, count: int) -> float:
    """Return the seconds in which one worker bills the day by itself, without leases."""
    with filled(dsn, "altocore_bench_plain", count) as store:
        return renew(store, load_rulebook(store, PROVIDER), count)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="a small portfolio, three rounds")
    options.add_argument("--json", type=Path, help="also write the figures to this file")
    given = options.parse_args()
    dsn = os.environ.get("ALTOCORE_POSTGRES_DSN")
    if not dsn:
        sys.exit("ALTOCORE_POSTGRES_DSN names no server; nothing was measured")
    count, rounds = (2_000, 3) if given.quick else (10_000, 5)
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        found.setdefault("one worker, alone", []).append(count / plain(dsn, count))
        found.setdefault("one worker, by leases", []).append(count / by_workers(dsn, 1, count))
        found.setdefault("two workers, by leases", []).append(count / by_workers(dsn, 2, count))
        found.setdefault("the driver alone", []).append(count / alone(dsn, count))
    limit = statistics.median(found["the driver alone"])
    print(f"{count:,} renewals of two lines on PostgreSQL, pages of {PAGE}, {PARTS} parts, {rounds} rounds")
    print(f"{'way':24}{'median/s':>12}{'lowest':>12}{'highest':>12}{'of the limit':>14}")
    for way, rates in found.items():
        median = statistics.median(rates)
        print(f"{way:24}{median:12,.0f}{min(rates):12,.0f}{max(rates):12,.0f}{median / limit:14.2f}")
    if given.json:
        given.json.write_text(json.dumps({"renewals_per_s": found}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
