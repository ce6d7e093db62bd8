"""Strategies for what goes in and out at the door of a store: what can be asked of it, and what it says of a plan."""

from typing import Final

from hypothesis import strategies as st

from altocore.plans.guard import AlreadyDone, Committed, Conflict, OtherInput, Outcome
from altocore.plans.log import Head, LogEntry, LoggedDocument
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Which
from altocore.plans.scanning import SHARDS, After, Entry, OwnPage, Scan, Shards, Upto
from altocore.testing.strategies.values import days, ids
from altocore.values.ids import ClientId, InvoiceId, PlanId, ServiceId

__all__ = ["TYPES", "outcomes", "readings", "scans"]

_NUMBERED: Final = st.tuples(ids(InvoiceId), st.integers(1, 10**8))
_LIMITS: Final = st.integers(1, 500)
_DIGESTS: Final = st.text("0123456789abcdef", min_size=64, max_size=64)


def outcomes() -> st.SearchStrategy[Outcome]:
    """Return a strategy for what a store says of a plan."""
    return st.one_of(_COMMITTED, _DONE, _OTHER, _CONFLICT)


def readings() -> st.SearchStrategy[Which]:
    """Return a strategy for which documents can be asked of a store: by ids, by owners."""
    return st.one_of(_IDS, _OF_CLIENTS, _OF_SERVICES)


def scans() -> st.SearchStrategy[Scan]:
    """Return a strategy for the scans of a store: pages of an agenda and of all."""
    return st.one_of(_AFTER, _UPTO)


def _shards(one: int, other: int) -> Shards:
    return Shards(min(one, other), max(one, other) + 1)


_COMMITTED: Final = st.builds(Committed, numbers=st.lists(_NUMBERED, max_size=3).map(tuple))
_DONE: Final = st.just(AlreadyDone())
_OTHER: Final = st.just(OtherInput())
_CONFLICT: Final = st.builds(Conflict, ids(str))
_IDS: Final = st.builds(Ids, st.lists(ids(str), max_size=3).map(tuple))
_OF_CLIENTS: Final = st.builds(OfClients, st.lists(ids(ClientId), max_size=3).map(tuple))
_OF_SERVICES: Final = st.builds(OfServices, st.lists(ids(ServiceId), max_size=3).map(tuple))
_OF_PLANS: Final = st.builds(OfPlans, st.lists(ids(PlanId), max_size=3).map(tuple))
_AFTER: Final = st.builds(After, after=st.just("") | ids(str), limit=_LIMITS)
_SHARDS: Final = st.builds(_shards, st.integers(0, SHARDS - 1), st.integers(0, SHARDS - 1))
_ENTRY: Final = st.builds(
    Entry, id=ids(str), client=ids(ClientId), agenda=st.just("") | days().map(lambda on: on.isoformat())
)
_UPTO: Final = st.builds(Upto, day=days(), after=st.none() | _ENTRY, limit=_LIMITS, shards=_SHARDS)
_OWN_PAGE: Final = st.builds(OwnPage, after_day=st.none() | days(), after_id=st.just("") | ids(str), limit=_LIMITS)
_ENTRIES: Final = st.builds(LogEntry, client=ids(ClientId), number=_LIMITS, body=st.text(), chain=_DIGESTS)
_HEADS: Final = st.builds(Head, client=ids(ClientId), number=_LIMITS, chain=_DIGESTS)
_LOGGED: Final = st.builds(LoggedDocument, st.just("invoice"), ids(str), _LIMITS, _DIGESTS)

TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Committed: _COMMITTED,
    AlreadyDone: _DONE,
    OtherInput: _OTHER,
    Conflict: _CONFLICT,
    Ids: _IDS,
    OfClients: _OF_CLIENTS,
    OfServices: _OF_SERVICES,
    OfPlans: _OF_PLANS,
    After: _AFTER,
    Shards: _SHARDS,
    Entry: _ENTRY,
    Upto: _UPTO,
    OwnPage: _OWN_PAGE,
    LogEntry: _ENTRIES,
    Head: _HEADS,
    LoggedDocument: _LOGGED,
}
"""What goes in and out at a store's door."""
