"""Running a simulation from a command: the terms, the rulebook, a bar that follows the days."""

from collections.abc import Iterable
from typing import final

from attrs import field, frozen
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from altocore.analysis.behaviour import Behaviour
from altocore.analysis.deeds import Intended
from altocore.analysis.simulation import SimulationReport, simulate
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.values.days import Day, day
from altocore.values.periods import Period
from altocore.values.provider import Provider
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.subscribers import Subscriber

__all__ = ["Life", "bar", "edition_of", "live"]


@final
@frozen(kw_only=True)
class Life:
    """What is to be lived through: by whom, under which terms, how they pay, how long, in pages of how many."""

    provider: Provider = field()
    edition: TermsEdition = field()
    behaviour: Behaviour = field()
    span: Period = field()
    page: int = field()


def edition_of(name: Preset) -> TermsEdition:
    """Return a preset as an edition that has always been in force."""
    always = day(1970, 1, 1)
    return terms_edition(preset(name), published=always, effective=always)


def bar(console: Console, counted: str) -> Progress:
    """Return a bar that shows how many of what are done; it is silent where nobody looks at a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(counted))
    return Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal)


def live(
    store: Store,
    life: Life,
    subscribers: Iterable[Subscriber],
    console: Console,
    intended: Iterable[Intended] = (),
) -> SimulationReport:
    """Publish the terms, then let the subscribers live through the span, day by day, with what else is intended.

    Raises:
        Unavailable: the store failed; the same call goes on from where it stands.
    """
    publish(store, [life.edition])
    rulebook = load_rulebook(store, life.provider)
    with bar(console, "days") as progress:
        days = progress.add_task("living through", total=life.span.days)

        def passed(_day: Day) -> None:
            progress.advance(days)

        return simulate(
            store,
            rulebook,
            subscribers,
            behaviour=life.behaviour,
            span=life.span,
            intended=intended,
            page=life.page,
            progress=passed,
        )
