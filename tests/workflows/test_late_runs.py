"""A late run equals daily runs, for the periods and amounts of renewals: the hypothesis of everything that resumes."""

from typing import Final, TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.catalogue.plans import PlanEdition
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId
from altocore.values.money import Money, money
from altocore.values.periods import Period
from tests.workflows import cast
from tests.workflows.cast import World

Seller: TypeAlias = tuple[ClientId, PlanEdition, Cadence, str]

SOLD: Final[tuple[Seller, ...]] = (
    (cast.ANA, cast.CLOUD, Cadence.MONTHLY, "USD"),
    (cast.ANA, cast.CLOUD, Cadence.QUARTERLY, "USD"),
    (cast.ANA, cast.STUDIO, Cadence.MONTHLY, "USD"),
    (cast.ANA, cast.SHARED, Cadence.SEMIANNUAL, "USD"),
    (cast.BEN, cast.CLOUD, Cadence.MONTHLY, "JPY"),
    (cast.BEN, cast.CLOUD, Cadence.ANNUAL, "JPY"),
    (cast.CLEO, cast.CLOUD, Cadence.MONTHLY, "USD"),
    (cast.DAN, cast.CLOUD, Cadence.MONTHLY, "KWD"),
    (cast.ANA, cast.FREE, Cadence.MONTHLY, "USD"),
)

BEGINS: Final = day(2023, 12, 29)
"""Two days before a 31st, and before a 29 February."""

PORTFOLIOS: Final = st.lists(
    st.tuples(st.integers(0, 70), st.sampled_from(SOLD), st.integers(0, 1_500)), min_size=1, max_size=5
)
"""The day each service begins on, what it is, and what is paid beyond its first invoice, in whole units."""

GAPS: Final = st.sampled_from([1, 5, 28, 29, 31, 60, 100, 400])
PAGES: Final = st.sampled_from([1, 2, 500])


def begun(portfolio: list[tuple[int, Seller, int]]) -> World:
    """Return a world in which these services have begun, and no renewal has been issued."""
    world = cast.in_memory(today=BEGINS)
    for number, (after, (of, plan, cycle, code), extra) in enumerate(sorted(portfolio, key=lambda each: each[0])):
        world.today = add_days(BEGINS, after)
        service = world.run(f"o{number}", of=of, plan=plan, cycle=cycle)
        if extra:
            world.pay(service, 0, money(str(extra), code))
    return world


def renewals(world: World) -> set[tuple[str, int | None, Period | None, Money]]:
    """Return what was renewed: the service, the period, its days, the amount asked."""
    return {
        (each.service, each.period_number, each.period, each.total)
        for each in cast.all_of(world.store, Invoice)
        if each.kind is InvoiceKind.RENEWAL
    }


def balances(world: World) -> dict[ClientId, int]:
    """Return every client's credit."""
    return {client.id: world.credit(client.id) for client in cast.CLIENTS}


def late(portfolio: list[tuple[int, Seller, int]], on: Day, page: int) -> World:
    """Return the world after one run on this day."""
    world = begun(portfolio)
    world.today = max(on, world.today)
    world.bill(page=page)
    return world


@given(PORTFOLIOS, GAPS, PAGES)
@example([(0, SOLD[0], 1_000), (33, SOLD[1], 0), (2, SOLD[8], 0), (2, SOLD[4], 900)], 400, 500)
@settings(deadline=None)
def test_one_late_run_renews_what_daily_runs_would_have(
    portfolio: list[tuple[int, Seller, int]], gap: int, page: int
) -> None:
    """REN-1, REN-9, PAY-7: the same periods, the same amounts, the same credit left; only issue and due days differ."""
    daily = begun(portfolio)
    last = add_days(daily.today, gap)
    # Whoever begins later has not missed a day of billing before: the first run is on the day the last one began.
    daily.bill()
    daily.bill_to(last)
    at_once = late(portfolio, last, page)
    assert renewals(at_once) == renewals(daily)
    assert balances(at_once) == balances(daily)
    assert at_once.numbers() == daily.numbers()
    for world in (daily, at_once):
        assert cast.findings(world.store) == []
        assert all(minor >= 0 for minor in balances(world).values())


@given(PORTFOLIOS, st.lists(GAPS, min_size=1, max_size=4), PAGES)
@settings(deadline=None)
def test_runs_now_and_then_keep_the_books(portfolio: list[tuple[int, Seller, int]], gaps: list[int], page: int) -> None:
    """However irregular the runs, the audit finds nothing, and every period follows the one before."""
    world = begun(portfolio)
    for gap in gaps:
        world.today = add_days(world.today, gap)
        world.bill(page=page)
        assert cast.findings(world.store) == []


@given(PORTFOLIOS, GAPS, PAGES)
@settings(deadline=None)
def test_a_late_run_twice_is_once(portfolio: list[tuple[int, Seller, int]], gap: int, page: int) -> None:
    """However late: the second run of the day finds nothing, row for row."""
    world = late(portfolio, add_days(BEGINS, 70 + gap), page)
    before = world.dump()
    assert world.bill(page=page).committed == 0
    assert world.dump() == before


@given(PORTFOLIOS, GAPS)
@settings(deadline=None)
def test_late_runs_in_pages_of_any_size_are_one(portfolio: list[tuple[int, Seller, int]], gap: int) -> None:
    """The size of a page leaves no trace in a late run either, row for row."""
    last = add_days(BEGINS, 70 + gap)
    assert len({tuple(late(portfolio, last, page).dump()) for page in (1, 2, 7, 500)}) == 1


@pytest.mark.parametrize("page", [1, 500])
def test_late_the_oldest_renewal_still_takes_the_credit(page: int) -> None:
    """PAY-7: credit pays "oldest due first": what one service spent by summer, another cannot spend in a late run."""
    portfolio = [(0, SOLD[0], 363), (50, SOLD[0], 0)]
    daily = begun(portfolio)
    last = add_days(daily.today, 200)
    daily.bill_to(last)
    assert renewals(late(portfolio, last, page)) == renewals(daily)
