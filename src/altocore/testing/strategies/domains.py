"""Strategies for domains: their names, what keeps them registered, and the facts of what becomes of them."""

from typing import Final

from hypothesis import strategies as st

from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.registrations import Registration, RenewalChoice
from altocore.policy.lapse import LapseFacts
from altocore.policy.renewal_choice import RenewalChoiceFacts
from altocore.testing.strategies.values import days_with_room, domain_names, given_or
from altocore.values.days import add_days

__all__ = ["TYPES", "lapse_facts", "registrations", "renewal_choice_facts"]

_DAYS_NEAR: Final = 90
_NONE_OR_ONE: Final = st.integers(0, 1)
_COUNTS: Final = st.integers(0, 3)


def registrations(*, renewal: RenewalChoice | None = None) -> st.SearchStrategy[Registration]:
    """Return a strategy for domains that are kept registered, to be renewed or not."""
    return st.builds(Registration, domain=domain_names(), renewal=given_or(renewal, st.sampled_from(RenewalChoice)))


@st.composite
def lapse_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> LapseFacts:
    """Return a strategy for domains before, on and after the day on which what is paid for ends."""
    expiry = draw(days_with_room())
    return LapseFacts(
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        choice=draw(st.sampled_from(RenewalChoice)),
        expiry=expiry,
        today=add_days(expiry, draw(st.integers(-1, 1) | st.integers(-_DAYS_NEAR, _DAYS_NEAR))),
    )


@st.composite
def renewal_choice_facts(draw: st.DrawFn, *, state: ServiceState | None = None) -> RenewalChoiceFacts:
    """Return a strategy for choices by anybody, of domains and of what is none, around the day of the expiry."""
    today, held = draw(days_with_room()), draw(st.none() | st.sampled_from(RenewalChoice))
    later = 0 if held is None else draw(st.integers(-1, 1) | st.integers(-_DAYS_NEAR, _DAYS_NEAR))
    return RenewalChoiceFacts(
        actor=draw(st.sampled_from(Actor)),
        state=draw(given_or(state, st.sampled_from(ServiceState))),
        held=held,
        asked=draw(st.sampled_from(RenewalChoice)),
        expiry=add_days(today, later),
        unpaid=draw(_NONE_OR_ONE),
        voided=draw(_COUNTS),
        today=today,
    )


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    LapseFacts: lapse_facts(),
    Registration: registrations(),
    RenewalChoice: st.sampled_from(RenewalChoice),
    RenewalChoiceFacts: renewal_choice_facts(),
}
"""Every public type here."""
