"""`altocore simulate`: a portfolio from a file lives through some months on an SQLite file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console

from altocore.adapters.importers.telco import REGION, RefusedRow, read_telco
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.example import PROVIDER
from altocore.analysis.simulation import SimulationReport
from altocore.cli import figures
from altocore.cli.exits import Exit
from altocore.cli.living import Life, live
from altocore.workflows.subscribers import Subscriber

__all__ = ["assumptions", "simulate_file", "values_of"]

REFUSED_SHOWN: Final = 20


def simulate_file(
    path: Path, store_path: Path, life: Life, console: Console
) -> tuple[SimulationReport, list[RefusedRow]]:
    """Let the portfolio of a file live through the span; return the report, and the rows that were refused.

    Raises:
        Unavailable: the store failed; the same command goes on from where it stands.
    """
    refused: list[RefusedRow] = []
    with path.open(encoding="utf-8", newline="") as file, SqliteStore.open(store_path) as store:
        rows = read_telco(file, run_start=life.span.start, terms=life.edition.terms.order)
        return live(store, life, _accepted(rows, refused), console), refused


def assumptions(life: Life) -> str:
    """Return what the simulation assumes, in one paragraph; none of it is in the file."""
    behaviour = life.behaviour
    shares = behaviour.on_time_percent, behaviour.late_percent, behaviour.after_suspension_percent
    never = 100 - sum(shares)
    return (
        f"Assumed, with seed {behaviour.seed}: {shares[0]} % of invoices are paid between issue and due, {shares[1]} % one to "
        f"ten days late, {shares[2]} % after a suspension, {never} % never. A service is provisioned the day it is paid, a "
        f"channel takes each last notice the day it is queued, and all clients are taxed in region {REGION}."
    )


def report(store_path: Path, life: Life, done: SimulationReport, refused: list[RefusedRow], console: Console) -> Exit:
    """Print the report for a person."""
    console.print(
        f"{done.subscribers:,} subscribers, {life.span.start} up to {life.span.last_day}, into {store_path}",
        markup=False,
    )
    console.print(assumptions(life))
    console.print(f"Rows refused: {len(refused)}")
    for row in refused[:REFUSED_SHOWN]:
        console.print(f"  line {row.line}, {row.column}: {row.problem}", markup=False)
    if len(refused) > REFUSED_SHOWN:
        console.print(f"  and {len(refused) - REFUSED_SHOWN} more; --json lists them all")
    with SqliteStore.open(store_path) as store:
        console.print(figures.books(store, "en"))
    console.print(figures.rules(sorted((done.billing.rules + done.payments.rules).items())))
    parked = (*done.billing.parked, *done.payments.parked)
    console.print(
        f"Billing committed {done.billing.committed:,} plans, payments {done.payments.committed:,}; {len(parked)} parked."
    )
    for each in parked:
        console.print(f"  parked {each.id}: {each.problem}", markup=False)
    return Exit.OK


def values_of(store_path: Path, life: Life, done: SimulationReport, refused: list[RefusedRow]) -> dict[str, object]:
    """Return the report as plain values."""
    with SqliteStore.open(store_path) as store:
        books = figures.as_values(store)
    return {
        "provider": PROVIDER.legal.name,
        "from": life.span.start.isoformat(),
        "until": life.span.end.isoformat(),
        "assumed": assumptions(life),
        "seed": life.behaviour.seed,
        "subscribers": done.subscribers,
        "refused": [{"line": row.line, "column": row.column, "problem": row.problem} for row in refused],
        "rules": dict(sorted((done.billing.rules + done.payments.rules).items())),
        "parked": [{"id": each.id, "problem": each.problem} for each in (*done.billing.parked, *done.payments.parked)],
        **books,
    }


def _accepted(rows: Iterator[Subscriber | RefusedRow], refused: list[RefusedRow]) -> Iterator[Subscriber]:
    for row in rows:
        if isinstance(row, RefusedRow):
            refused.append(row)
        else:
            yield row
