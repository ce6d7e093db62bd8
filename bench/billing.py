"""Renewals a second, a transition with its event, a quote, and the cost per service as a portfolio grows.

    python bench/billing.py [--quick] [--json FILE]

A renewal here is a whole one: read from the store, judged, its invoice, standing, postings, number, message and claim
written, in pages of 500, on one core. Beside it, in the same rounds: the same store's own file written by the driver
alone, with the very same rows in one transaction a page (the limit), and the plans made without a store that writes
(memory). Nothing is asserted: figures are printed, medians of rounds, with their spread. PostgreSQL has a bench of its own.
"""

import argparse
import gc
import json
import multiprocessing
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from altocore.adapters.memory import MemoryStore
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.example import PLANS, PROVIDER
from altocore.billing.plan_changes import Held, Listed
from altocore.clients.clients import CreditUse, new_client
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, Life, Occasion, ServiceEvent, decide, evolve
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.upgrade import UPGRADE, decide_upgrade
from altocore.policy.upgrade_facts import UpgradeFacts
from altocore.ports.store import Store
from altocore.terms.judgements import trace
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, day
from altocore.values.ids import ClientId, PlanId, ServiceId
from altocore.values.instants import start_of_day
from altocore.values.money import money
from altocore.values.provider import LegalParty
from altocore.workflows.day import bill_day
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import Rulebook, load_rulebook
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.taking_over import TakeOver

COLUMNS: Final = {
    "document": "kind, id, version, client, service, plan, day, shard, agenda, body",
    "claim": "space, key, digest",
    "posting": "movement, client, document, day, minor, currency, debit, credit",
    "message": "id, kind, client, about, cause, day, state",
    "log": "client, n, body, chain",
    "series": "series, next",
    "number": "series, n, invoice",
}
PAGE: Final = 500
UPDATE: Final = """
UPDATE document SET version = ?, client = ?, service = ?, day = ?, shard = ?, agenda = ?, body = ?
WHERE kind = ? AND id = ?
"""

Row: TypeAlias = tuple[object, ...]


def occasion(on: Day, actor: Actor) -> Occasion:
    """Return the occasion of a day, recorded at its first instant."""
    return Occasion(day=on, at=start_of_day(on, PROVIDER.zone), actor=actor)


def portfolio(count: int) -> Iterator[Subscriber]:
    """Yield clients whose monthly video plan of two items renews on the same day."""
    plan = PLANS["video-500"]
    for number in range(count):
        client = new_client(
            ClientId(f"cli_{number:08d}"),
            legal=LegalParty(name=f"Client {number}", address="Calle Inventada s/n", tax_id=""),
            email=f"client-{number}@clients.example",
            phone="",
            tax_region="AR",
            currency=currency("ARS"),
            locale="es_AR",
            credit_use=CreditUse.APPLY,
            day=day(2024, 12, 15),
        )
        contract = TakeOver(
            key=f"bench/{number}",
            client=client.id,
            plan_edition=plan.id,
            cycle=Cadence.MONTHLY,
            anchor=day(2024, 12, 15),
        )
        yield Subscriber(client=client, plan=plan, contract=contract, intention=Intention.STAY)


def ready(store: Store, count: int) -> Rulebook:
    """Fill a store with a portfolio whose renewals are due on 5 January 2025."""
    always = day(2000, 1, 1)
    publish(store, [terms_edition(preset(Preset.DEFAULT), published=always, effective=always)])
    rulebook = load_rulebook(store, PROVIDER)
    for _ in take_in(store, rulebook, portfolio(count), occasion(day(2025, 1, 1), Actor.STAFF)):
        pass
    return rulebook


def renew(store: Store, rulebook: Rulebook, count: int) -> float:
    """Return the seconds that the day's billing takes."""
    gc.collect()
    began = time.perf_counter()
    report = bill_day(store, rulebook, occasion(day(2025, 1, 5), Actor.BILLING_RUN), page=PAGE)
    seconds = time.perf_counter() - began
    if report.committed != count:
        sys.exit(f"{report.committed} renewals were committed, {count} were due")
    return seconds


def write_alone(source: Path, target: Path, count: int) -> float:
    """Return the seconds in which the driver writes the rows that the renewals added, a page a transaction."""
    read = sqlite3.connect(source)
    write = sqlite3.connect(target, isolation_level=None)
    write.execute("PRAGMA journal_mode = WAL")
    write.execute("PRAGMA synchronous = FULL")
    write.execute("PRAGMA foreign_keys = ON")
    pages = paged({table: rows_added(read, write, table) for table in COLUMNS}, -(-count // PAGE))
    gc.collect()
    began = time.perf_counter()
    for page in pages:
        write.execute("BEGIN IMMEDIATE")
        moved = [row for row in page["document"] if row[0] == "service"]
        write.executemany(UPDATE, [(*row[2:], *row[:2]) for row in moved])
        new = {**page, "document": [row for row in page["document"] if row[0] != "service"]}
        for table, rows in new.items():
            if rows:
                places = ", ".join("?" * len(rows[0]))
                write.executemany(
                    f"INSERT OR REPLACE INTO {table} ({COLUMNS[table]}) VALUES ({places})",  # noqa: S608  # our own names
                    rows,
                )
        write.execute("COMMIT")
    seconds = time.perf_counter() - began
    read.close()
    write.close()
    return seconds


def paged(added: dict[str, list[Row]], pages: int) -> list[dict[str, list[Row]]]:
    """Return the rows in pages, all that one renewal wrote on the same one, in an order that the foreign keys allow."""
    invoices = sorted([row for row in added["document"] if row[0] == "invoice"], key=lambda row: str(row[1]))
    at: dict[object, int] = {}
    for place, (_, invoice, _, client, service, *_) in enumerate(invoices):
        at[invoice] = at[client] = at[service] = place * pages // len(invoices)
    key = {"document": 4, "claim": 1, "posting": 2, "message": 3, "log": 0, "number": 2}
    found: list[dict[str, list[Row]]] = [{table: [] for table in COLUMNS} for _ in range(pages)]
    for table, column in key.items():
        for row in sorted(added[table], key=repr):
            found[at[row[column]]][table].append(row)
    found[-1]["series"] += added["series"]
    return found


def rows_added(read: sqlite3.Connection, write: sqlite3.Connection, table: str) -> list[Row]:
    """Return the rows of a table that stand in the billed file and not in the other, and open that for them."""
    for (name,) in write.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall():
        write.execute(f"DROP TRIGGER {name}")
    rows = f"SELECT {COLUMNS[table]} FROM {table}"  # noqa: S608  # our own names
    before = set(write.execute(rows).fetchall())
    return [row for row in read.execute(rows) if row not in before]


def renewals(count: int, rounds: int) -> dict[str, list[float]]:
    """Return, for each way, how many renewals a second each round did; the ways take turns."""
    found: dict[str, list[float]] = {"altocore on SQLite": [], "altocore in memory": [], "the driver alone": []}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.sqlite"
        with SqliteStore.open(base) as store:
            rulebook = ready(store, count)
        for number in range(rounds):
            billed = Path(shutil.copy(base, Path(folder) / f"billed-{number}.sqlite"))
            alone = Path(shutil.copy(base, Path(folder) / f"alone-{number}.sqlite"))
            with SqliteStore.open(billed) as store:
                found["altocore on SQLite"].append(count / renew(store, rulebook, count))
            found["the driver alone"].append(count / write_alone(billed, alone, count))
            memory = MemoryStore()
            found["altocore in memory"].append(count / renew(memory, ready(memory, count), count))
            billed.unlink()
            alone.unlink()
    return found


def growth(sizes: tuple[int, ...]) -> dict[int, tuple[float, float]]:
    """Return, for portfolios of these sizes, the microseconds of a renewal on SQLite and the megabytes added by the run.

    Each size has a process of its own, for a process never gives its peak back.
    """
    context = multiprocessing.get_context("spawn")
    found: dict[int, tuple[float, float]] = {}
    for count in sizes:
        with context.Pool(1) as pool:
            found[count] = pool.apply(grown, (count,))
    return found


def grown(count: int) -> tuple[float, float]:
    """Return the microseconds of a renewal, and by how many megabytes the day's billing raised the process's peak."""
    with tempfile.TemporaryDirectory() as folder, SqliteStore.open(Path(folder) / "grown.sqlite") as store:
        rulebook = ready(store, count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds = renew(store, rulebook, count)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds / count * 1e6, (after - before) / 1024


def transition(rounds: int) -> float:
    """Return the microseconds of one transition: the table asked, the event made, the state evolved."""
    at, life = occasion(day(2025, 1, 5), Actor.BILLING_RUN), Life(state=ServiceState.ACTIVE)

    def once() -> None:
        event = decide(
            service=ServiceId("srv_bench"),
            client=ClientId("cli_bench"),
            life=life,
            events=1,
            command=ServiceCommand.SUSPEND,
            occasion=at,
            cause="inv_bench",
            suspension=SuspensionReason.OVERDUE,
        )
        if isinstance(event, ServiceEvent):
            evolve(life, event)

    return statistics.median(timed(once, 20_000) for _ in range(rounds))


def quotes(rounds: int) -> tuple[float, float]:
    """Return the microseconds of one quote of another plan from its facts, and of one with the trace of it."""
    terms = terms_edition(preset(Preset.DEFAULT), published=day(2020, 1, 1), effective=day(2020, 1, 1)).terms
    price, dearer = money("100.00", "USD"), money("150.00", "USD")
    whole = AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=0)
    facts = UpgradeFacts(
        state=ServiceState.ACTIVE,
        suspensions=(),
        overdue=0,
        ending_pending=0,
        plan=PlanId("basic"),
        target=PlanId("premium"),
        category="larger",
        cycle=Cadence.MONTHLY,
        asked=Cadence.MONTHLY,
        listed=Listed(price=price, months=1),
        target_listed=Listed(price=dearer, months=1),
        price=dearer,
        running=Held(whole=whole, price=price, paid=price, tax=money("21.00", "USD")),
        ahead=(),
        unpaid=0,
        missing=0,
        elsewhere=0,
        told=0,
        stored_mb=0,
        room_mb=0,
        tax=terms.tax.rate("AR"),
        rounding=terms.tax.rounding,
        due_days=7,
        today=day(2025, 2, 10),
    )
    answered = [timed(lambda: decide_upgrade(facts, terms.change), 5_000) for _ in range(rounds)]
    traced = [timed(lambda: trace(UPGRADE, facts, terms.change), 2_000) for _ in range(rounds)]
    return statistics.median(answered), statistics.median(traced)


def timed(work: Callable[[], object], times: int) -> float:
    """Return the microseconds of one of that many calls."""
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times * 1e6


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="small portfolios, three rounds")
    options.add_argument("--largest", type=int, default=100_000, help="the largest portfolio, such as 1000000")
    options.add_argument("--json", type=Path, help="also write the figures to this file")
    given = options.parse_args()
    count, rounds, sizes = (2_000, 3, (500, 2_000)) if given.quick else (10_000, 5, (1_000, 10_000, given.largest))
    ways = renewals(count, rounds)
    limit = statistics.median(ways["the driver alone"])
    print(f"{count:,} renewals of two lines, pages of {PAGE}, {rounds} rounds")
    print(f"{'way':24}{'median/s':>12}{'lowest':>12}{'highest':>12}{'of the limit':>14}")
    for way, rates in ways.items():
        median = statistics.median(rates)
        print(f"{way:24}{median:12,.0f}{min(rates):12,.0f}{max(rates):12,.0f}{median / limit:14.2f}")
    print("published or measured elsewhere: django-silver 77-114/s, python-accounting 30-62/s, django-plans 25-46/s")
    by_size = growth(sizes)
    print("\n  services   us a renewal   MB added to the peak")
    for size, (cost, megabytes) in by_size.items():
        print(f"{size:10,}{cost:15.0f}{megabytes:23.1f}")
    moved = transition(rounds)
    print(f"\na transition with its event: {moved:.2f} us")
    answered, traced = quotes(rounds)
    print(f"a quote of another plan: {answered:.1f} us, with its trace {traced:.1f} us")
    if given.json:
        figures = {
            "renewals_per_s": ways,
            "us_per_renewal_and_mb": by_size,
            "us_per_transition": moved,
            "us_per_quote": (answered, traced),
        }
        given.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
