"""`altocore demo`: a small invented provider lives through a year on an SQLite file."""

from pathlib import Path
from typing import Final

from rich.console import Console

from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.example import PLANS, PROVIDER, YEAR, subscribers
from altocore.billing.numbering import label
from altocore.cli import figures
from altocore.cli.exits import Exit
from altocore.cli.explaining import page_of
from altocore.cli.living import Life, edition_of, live
from altocore.codec.terms import Preset
from altocore.workflows.auditing import audit
from altocore.workflows.pages import PAGE
from altocore.workflows.registering import publish

__all__ = ["demo"]

BEHAVIOUR: Final = Behaviour(seed=31, on_time_percent=84, late_percent=8, after_suspension_percent=5)
"""Worse payers than the default, so that a year of a dozen clients shows a suspension and a termination."""

SHOWN: Final = 12
"""How many invoices the demo lists."""

EXPLAINED: Final = 2
"""Which invoice the demo explains."""


def demo(path: Path, locale: str, console: Console) -> Exit:
    """Live through the year, then show the invoices, the ledger, the services, and one invoice explained."""
    life = Life(provider=PROVIDER, edition=edition_of(Preset.DEFAULT), behaviour=BEHAVIOUR, span=YEAR, page=PAGE)
    console.print(
        f"{PROVIDER.legal.name}, an invented provider, lives through {YEAR.start.year} in {path}.", markup=False
    )
    console.print(f"Its clients pay as seed {BEHAVIOUR.seed} says. Run it again: nothing changes.\n")
    with SqliteStore.open(path) as store:
        publish(store, PLANS.values())
        live(store, life, subscribers(), console)
        console.print(figures.invoices(store, PROVIDER.series, locale, SHOWN))
        console.print(figures.books(store, locale))
        console.print(
            page_of(store, label(PROVIDER.series, EXPLAINED), locale), markup=False, highlight=False, soft_wrap=True
        )
        broken = list(audit(store))
    console.print(f"The audit finds {len(broken) or 'nothing'} to object to.", style="bold")
    asked = f"python -m altocore explain A-00000005 --store {path} --locale es_AR"
    console.print("Ask for another invoice:", asked, markup=False, highlight=False, soft_wrap=True)
    return Exit.VIOLATED if broken else Exit.OK
