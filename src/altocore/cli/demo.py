"""`altocore demo`: a small invented provider lives through a year on an SQLite file."""

from pathlib import Path

from rich.console import Console

from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.eventful import BEHAVIOUR, everybody, explained, happenings
from altocore.analysis.example import PLANS, PROVIDER, YEAR
from altocore.billing.numbering import label
from altocore.cli import figures
from altocore.cli.chronicle import happened, sold
from altocore.cli.exits import Exit
from altocore.cli.explaining import page_of
from altocore.cli.living import Life, edition_of, live
from altocore.codec.terms import Preset
from altocore.workflows.auditing import audit
from altocore.workflows.pages import PAGE
from altocore.workflows.registering import publish

__all__ = ["demo"]


def demo(path: Path, locale: str, console: Console) -> Exit:
    """Live through the year, then show what is sold, what happened, the ledger, and one invoice explained."""
    life = Life(provider=PROVIDER, edition=edition_of(Preset.DEFAULT), behaviour=BEHAVIOUR, span=YEAR, page=PAGE)
    console.print(
        f"{PROVIDER.legal.name}, an invented provider, lives through {YEAR.start.year} in {path}.", markup=False
    )
    console.print("Its clients are invented too; most pay in time. Run it again: nothing changes.\n")
    with SqliteStore.open(path) as store:
        publish(store, PLANS.values())
        live(store, life, everybody(), console, happenings())
        console.print(sold(store, locale))
        console.print(happened(store, locale))
        console.print(figures.ledger(store, locale))
        console.print(figures.standings(store, locale), "\n")
        console.print(page_of(store, explained(), locale), markup=False, highlight=False, soft_wrap=True)
        number = store.numbers((explained(),))[explained()]
        broken = list(audit(store))
    console.print(f"The audit finds {len(broken) or 'nothing'} to object to.", style="bold")
    asked = f"python -m altocore explain {label(*number)} --store {path} --locale es_AR"
    console.print("Ask for another invoice:", asked, markup=False, highlight=False, soft_wrap=True)
    return Exit.VIOLATED if broken else Exit.OK
