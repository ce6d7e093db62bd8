"""Strategies for plan changes: what a client has of its periods, what another plan comes to, and the facts of one."""

from typing import Final

from hypothesis import strategies as st

from altocore.billing.plan_changes import (
    FreshTerm,
    Held,
    Listed,
    PriceDifference,
    PriceDifferences,
    Unconsumed,
    fresh_term,
    price_differences,
)
from altocore.billing.proration import Basis
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.policy.cycle_change import CycleChangeFacts
from altocore.policy.upgrade_facts import UpgradeFacts
from altocore.terms.options import UpgradeBase
from altocore.testing.strategies.catalogue import PRICE_MAX
from altocore.testing.strategies.terms import tax_rates
from altocore.testing.strategies.values import (
    amounts,
    cadences,
    currencies,
    cycles,
    days_with_room,
    given_or,
    ids,
    roundings,
    short_texts,
)
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.currencies import Currency
from altocore.values.days import Day, add_days
from altocore.values.ids import PlanId

__all__ = [
    "TYPES",
    "cycle_change_facts",
    "fresh_terms",
    "held_periods",
    "listed_prices",
    "price_differences_of",
    "upgrade_facts",
]

_AHEAD_MAX: Final = 2
_NONE_OR_ONE: Final = st.integers(0, 1)
_DUE_DAYS_MAX: Final = 40
_MEGABYTES: Final = st.integers(0, 10**6)


@st.composite
def held_periods(
    draw: st.DrawFn, *, currency: Currency | None = None, cadence: Cadence | None = None, ahead_max: int = _AHEAD_MAX
) -> tuple[Held, ...]:
    """Return a strategy for the running period and some that are paid ahead: one plan's, with what was paid of each."""
    of = draw(given_or(currency, currencies()))
    every = draw(given_or(cadence, cadences()))
    anchor, number = draw(days_with_room()), draw(st.integers(0, 15))
    price = draw(amounts(currency=of, minor_min=0, minor_max=PRICE_MAX))
    return tuple(
        [
            Held(
                whole=AnchoredPeriod(anchor=anchor, cadence=every, number=number + count),
                price=price,
                paid=draw(st.just(price) | amounts(currency=of, minor_min=0, minor_max=PRICE_MAX)),
                tax=draw(amounts(currency=of, minor_min=0, minor_max=PRICE_MAX)),
            )
            for count in range(1 + draw(st.integers(0, ahead_max)))
        ]
    )


def listed_prices(*, currency: Currency | None = None) -> st.SearchStrategy[Listed]:
    """Return a strategy for what a plan costs for some months."""
    return st.builds(
        Listed,
        price=amounts(currency=currency, minor_min=0, minor_max=PRICE_MAX),
        months=st.sampled_from(Cadence).map(int),
    )


@st.composite
def price_differences_of(draw: st.DrawFn) -> PriceDifferences:
    """Return a strategy for what periods cost more at another price, in each way to count it."""
    held = draw(held_periods())
    price = draw(amounts(currency=held[0].price.currency, minor_min=0, minor_max=PRICE_MAX))
    basis = draw(st.sampled_from([Basis.FLAT, Basis.ACTUAL_DAYS]))
    return price_differences(
        held, price, draw(st.sampled_from(UpgradeBase)), basis, draw(roundings()), draw(_within(held[0]))
    )


@st.composite
def fresh_terms(draw: st.DrawFn) -> FreshTerm:
    """Return a strategy for fresh terms, cheaper and dearer than what is unconsumed."""
    held = draw(held_periods())
    price = draw(amounts(currency=held[0].price.currency, minor_min=0, minor_max=PRICE_MAX))
    return fresh_term(held, price, draw(roundings()), draw(_within(held[0])))


@st.composite
def upgrade_facts(  # one keyword for each thing that a law is about
    draw: st.DrawFn,
    *,
    currency: Currency | None = None,
    state: ServiceState | None = None,
    category: str | None = None,
    ahead_max: int = _AHEAD_MAX,
) -> UpgradeFacts:
    """Return a strategy for changes of plan, listed and not, larger and smaller, in the same cycle and in another.

    What is drawn is free of debts and of any other obstacle as often as not.
    """
    of = draw(given_or(currency, currencies()))
    cadence = draw(cadences())
    running, *ahead = draw(held_periods(currency=of, cadence=cadence, ahead_max=ahead_max))
    prices = amounts(currency=of, minor_min=0, minor_max=PRICE_MAX)
    stands = draw(given_or(state, st.just(ServiceState.ACTIVE) | st.sampled_from(ServiceState)))
    plan = draw(ids(PlanId))
    kept = draw(_NONE_OR_ONE)
    obstacles = st.just(0) if kept else _NONE_OR_ONE
    return UpgradeFacts(
        state=stands,
        suspensions=draw(
            st.lists(st.sampled_from(SuspensionReason), min_size=1, max_size=2, unique=True).map(tuple)
            if stands is ServiceState.SUSPENDED
            else st.just(())
        ),
        overdue=draw(obstacles),
        ending_pending=draw(obstacles),
        plan=plan,
        target=draw(ids(PlanId)),
        category=draw(given_or(category, st.just("") | short_texts())),
        cycle=cadence,
        asked=draw(st.just(cadence) | cycles()),
        listed=draw(listed_prices(currency=of)),
        target_listed=draw(listed_prices(currency=of)),
        price=draw(prices),
        running=running,
        ahead=tuple(ahead),
        unpaid=draw(obstacles),
        missing=draw(obstacles),
        elsewhere=draw(obstacles),
        told=draw(_NONE_OR_ONE),
        stored_mb=draw(_MEGABYTES),
        room_mb=draw(_MEGABYTES),
        tax=draw(tax_rates()),
        rounding=draw(roundings()),
        due_days=draw(st.integers(0, _DUE_DAYS_MAX)),
        today=draw(_within(running)),
    )


@st.composite
def cycle_change_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> CycleChangeFacts:
    """Return a strategy for wishes of another cycle, before and after the last day to ask, its renewal issued or paid."""
    renews, own = draw(days_with_room()), draw(cycles())
    following = add_days(renews, draw(st.integers(1, 400)))
    paid = draw(_NONE_OR_ONE)
    return CycleChangeFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        ending_pending=draw(_NONE_OR_ONE),
        cycle=own,
        asked=draw(st.just(own) | cycles()),
        renews=renews,
        later=following,
        issued=0 if paid else draw(_NONE_OR_ONE),
        paid=paid,
        price=draw(amounts(minor_min=0, minor_max=PRICE_MAX)),
        tax=draw(tax_rates()),
        rounding=draw(roundings()),
        today=add_days(renews, -draw(st.integers(1, 20) | st.integers(1, 400))),
    )


def _within(running: Held) -> st.SearchStrategy[Day]:
    """Return a strategy for the days of a period, its first and its last one often."""
    period = running.whole.period
    return st.sampled_from([period.start, period.last_day]) | st.integers(0, period.days - 1).map(
        lambda count: add_days(period.start, count)
    )


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    CycleChangeFacts: cycle_change_facts(),
    FreshTerm: fresh_terms(),
    Held: held_periods().map(lambda held: held[0]),
    Listed: listed_prices(),
    PriceDifference: price_differences_of().map(lambda found: found.periods[0]),
    PriceDifferences: price_differences_of(),
    Unconsumed: fresh_terms().map(lambda found: found.unconsumed[0]),
    UpgradeFacts: upgrade_facts(),
}
"""Every public type of `altocore.billing.plan_changes`, and the facts of the judgements."""
