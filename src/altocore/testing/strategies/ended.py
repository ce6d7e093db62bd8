"""Strategies for what is asked of a service that has ended: may its data be brought back, may it come back itself?"""

from typing import Final

from hypothesis import strategies as st

from altocore.catalogue.kinds import Administration
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.policy.recovery import RecoveryFacts
from altocore.policy.restoration import RestorationFacts
from altocore.terms.options import DataAfterEnding
from altocore.testing.strategies.catalogue import PRICE_MAX, plan_editions
from altocore.testing.strategies.terms import tax_rates
from altocore.testing.strategies.values import (
    amounts,
    currencies,
    cycles,
    days_with_room,
    exchange_rates,
    ids,
    roundings,
)
from altocore.values.currencies import Currency
from altocore.values.days import add_days
from altocore.values.ids import AddonId
from altocore.values.money import Money

__all__ = ["TYPES", "recovery_facts", "restoration_facts"]

_YEARS_NEAR: Final = 12
_COUNTS: Final = st.integers(0, 3)
_NONE_OR_ONE: Final = st.integers(0, 1)


@st.composite
def recovery_facts(draw: st.DrawFn, *, fee_in: Currency | None = None) -> RecoveryFacts:
    """Return a strategy for ended and running services, with a backup or none, looked at within twelve years of it.

    The exchange rate is from the currency of the fee, or from any.
    """
    last, backups = draw(days_with_room()), draw(_NONE_OR_ONE)
    return RecoveryFacts(
        state=draw(st.sampled_from(ServiceState)),
        backups=backups,
        last_backup=last,
        rate=draw(exchange_rates(base=fee_in)),
        tax=draw(tax_rates()),
        rounding=draw(roundings()),
        today=add_days(last, draw(st.integers(0, _YEARS_NEAR * 366))) if backups else last,
    )


@st.composite
def restoration_facts(draw: st.DrawFn, *, fee_in: Currency | None = None) -> RestorationFacts:
    """Return a strategy for services of every state, asked back by anybody, owing or not, sold still or not.

    The exchange rate is from the currency of the fee, or from any.
    """
    asked, cycle, state = draw(currencies()), draw(cycles()), draw(st.sampled_from(ServiceState))
    plan = draw(plan_editions(currency=asked, cycle=cycle) | plan_editions())
    known = [each.id for each in plan.addons]
    taken = st.lists(ids(AddonId) | st.sampled_from(known) if known else ids(AddonId), max_size=2, unique=True)
    ends = st.sampled_from(TerminationReason) if state is ServiceState.TERMINATED else st.none()
    unpaid = draw(st.just(0) | _COUNTS)
    return RestorationFacts(
        actor=draw(st.just(Actor.CLIENT) | st.sampled_from(Actor)),
        state=state,
        ended_for=draw(ends),
        discontinued=draw(_NONE_OR_ONE) if state is ServiceState.CANCELLED else 0,
        begun=draw(st.just(1) | _NONE_OR_ONE),
        unpaid=unpaid,
        owed=draw(amounts(currency=asked, minor_min=1, minor_max=PRICE_MAX)) if unpaid else Money(0, asked),
        offered=draw(st.just(0) | _NONE_OR_ONE),
        plan=plan,
        cycle=cycle,
        addons=tuple(draw(st.just([]) | taken)),
        administration=draw(st.none() | st.sampled_from(Administration)),
        rate=draw(exchange_rates(base=fee_in, quote=asked)),
        tax=draw(tax_rates()),
        rounding=draw(roundings()),
        data=draw(st.sampled_from(DataAfterEnding)),
    )


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    RecoveryFacts: recovery_facts(),
    RestorationFacts: restoration_facts(),
}
"""Every public type of this part of the floor."""
