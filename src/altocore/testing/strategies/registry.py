"""Every public type with its strategy, and how hypothesis is told of them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from hypothesis import strategies as st

from altocore.testing.strategies.billing import TYPES as BILLING
from altocore.testing.strategies.catalogue import TYPES as CATALOGUE
from altocore.testing.strategies.charges import TYPES as CHARGES
from altocore.testing.strategies.clients import TYPES as CLIENTS
from altocore.testing.strategies.domains import TYPES as DOMAINS
from altocore.testing.strategies.doors import TYPES as DOORS
from altocore.testing.strategies.ended import TYPES as ENDED
from altocore.testing.strategies.facts import TYPES as FACTS
from altocore.testing.strategies.history import TYPES as HISTORY
from altocore.testing.strategies.lifecycle import TYPES as LIFECYCLE
from altocore.testing.strategies.plan_changes import TYPES as PLAN_CHANGES
from altocore.testing.strategies.plans import TYPES as PLANS
from altocore.testing.strategies.prorations import TYPES as PRORATIONS
from altocore.testing.strategies.staff import TYPES as STAFF
from altocore.testing.strategies.standing import TYPES as STANDING
from altocore.testing.strategies.terms import TYPES as TERMS
from altocore.testing.strategies.unpaid import TYPES as UNPAID
from altocore.testing.strategies.values import TYPES as VALUES

__all__ = ["every_type", "register"]


@cache
def every_type() -> Mapping[type[object], st.SearchStrategy[object]]:
    """Return the strategy of every public type that can be drawn, ids and days among them."""
    billing = (CHARGES, STANDING, UNPAID, BILLING, PRORATIONS)
    facts = (FACTS, ENDED, PLAN_CHANGES)
    floors = (VALUES, CATALOGUE, CLIENTS, TERMS, *billing, HISTORY, LIFECYCLE, *facts, STAFF, DOMAINS, PLANS, DOORS)
    return MappingProxyType({kind: strategy for floor in floors for kind, strategy in floor.items()})


@cache
def register() -> None:
    """Tell hypothesis how to draw these types, for `st.from_type` and `st.builds`; called again, it changes nothing."""
    for kind, strategy in every_type().items():
        st.register_type_strategy(kind, strategy)
