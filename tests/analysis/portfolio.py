"""A portfolio to simulate: every cycle and currency, contracts that run and that begin, some that leave."""

from typing import Final

from altocore.analysis.behaviour import Behaviour
from altocore.analysis.simulation import SimulationReport, simulate
from altocore.catalogue.plans import PlanEdition
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, add_days, day
from altocore.values.periods import Period
from altocore.workflows.pages import PAGE
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import Rulebook, load_rulebook
from altocore.workflows.subscribers import Intention, Subscriber
from altocore.workflows.taking_over import TakeOver
from tests import cast as examples
from tests.workflows import cast

START: Final = day(2025, 1, 1)
SPAN: Final = Period(start=START, end=day(2025, 6, 16))

BEHAVIOUR: Final = Behaviour(seed=1, on_time_percent=45, late_percent=20, after_suspension_percent=15)
"""Worse than anybody's clients, so that a small portfolio meets every step."""

_SOLD: Final[tuple[tuple[PlanEdition, Cadence, str], ...]] = (
    (cast.CLOUD, Cadence.MONTHLY, "USD"),
    (cast.STUDIO, Cadence.MONTHLY, "JPY"),
    (cast.CLOUD, Cadence.QUARTERLY, "USD"),
    (cast.CLOUD, Cadence.MONTHLY, "KWD"),
    (cast.SHARED, Cadence.SEMIANNUAL, "USD"),
    (cast.STUDIO, Cadence.MONTHLY, "USD"),
    (cast.CLOUD, Cadence.MONTHLY, "JPY"),
)


def subscriber(number: int, *, anchor: Day | None = None, plan: PlanEdition | None = None) -> Subscriber:
    """Return the n-th subscriber; every third contract begins within the span, every fifth leaves."""
    sold, cycle, code = _SOLD[number % len(_SOLD)]
    client = examples.client(
        name=f"cli_{number:04}",
        legal=examples.party(name=f"Client {number}"),
        tax_region="AR" if code == "USD" else "export",
        billed_in=currency(code),
    )
    begins = add_days(START, 1 + number * 7 % 90) if number % 3 == 0 else add_days(START, -(number * 37 % 400))
    bought = plan or sold
    return Subscriber(
        client=client,
        plan=bought,
        contract=TakeOver(
            key=f"k{number}",
            client=client.id,
            plan_edition=bought.id,
            cycle=cycle,
            anchor=begins if anchor is None else anchor,
        ),
        intention=Intention.LEAVE if number % 5 == 0 else Intention.STAY,
    )


def portfolio(count: int) -> list[Subscriber]:
    """Return the first of them."""
    return [subscriber(number) for number in range(count)]


def opened(store: Store, edition: TermsEdition = cast.DEFAULT) -> Rulebook:
    """Publish the terms, and return the rulebook."""
    publish(store, [edition])
    return load_rulebook(store, cast.PROVIDER)


def lived(  # noqa: PLR0913  # what a run is made of
    store: Store,
    count: int,
    *,
    edition: TermsEdition = cast.DEFAULT,
    behaviour: Behaviour = BEHAVIOUR,
    span: Period = SPAN,
    page: int = PAGE,
) -> SimulationReport:
    """Let the first of the portfolio live through the span on this store."""
    return simulate(store, opened(store, edition), portfolio(count), behaviour=behaviour, span=span, page=page)
