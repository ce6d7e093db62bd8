"""Strategies for what moves an unpaid invoice and what staff records about it: faults, promises, write-offs, adjustments."""

from datetime import timedelta
from typing import Final

from hypothesis import strategies as st

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.costs import CostReason
from altocore.billing.moves import Hold, Moves, NotBefore
from altocore.billing.promises import Promise, PromiseReason
from altocore.billing.write_offs import WriteOff, WriteOffReason
from altocore.lifecycle.events import Actor
from altocore.lifecycle.faults import FaultReason, ProviderFault, provider_fault
from altocore.testing.strategies.catalogue import PRICE_MAX
from altocore.testing.strategies.values import amounts, days, days_with_room, given_or, ids, instants, short_texts
from altocore.values.currencies import Currency
from altocore.values.days import Day, add_days
from altocore.values.delays import Delay
from altocore.values.ids import ClientId, ServiceId
from altocore.values.instants import civil_day, from_datetime

__all__ = ["TYPES", "adjustments", "delays", "faults", "holds", "moves", "promises", "write_offs"]

_DAYS_NEAR: Final = 60
_DAYS_LONG: Final = 10
_HOURS: Final = st.integers(1, _DAYS_LONG * 24)
_REFERENCES: Final = st.just("") | short_texts()


@st.composite
def faults(draw: st.DrawFn, *, start: Day | None = None, zone: str = "UTC") -> ProviderFault:
    """Return a strategy for faults of an hour to ten days, from a moment of this day in UTC, or of any."""
    on = draw(given_or(start, days_with_room()))
    begins = draw(instants(start=on, end=add_days(on, 1)))
    ends = from_datetime(begins + timedelta(hours=draw(_HOURS)))
    over = civil_day(ends, zone)
    return provider_fault(
        key=draw(short_texts()),
        start=begins,
        end=ends,
        zone=zone,
        actor=draw(st.sampled_from(Actor)),
        reason=draw(st.sampled_from(FaultReason)),
        reference=draw(_REFERENCES),
        recorded=add_days(over, draw(st.integers(0, _DAYS_NEAR))),
    )


@st.composite
def delays(draw: st.DrawFn, *, near: Day | None = None) -> Delay:
    """Return a strategy for delays of up to ten days, within two months of this day, or of any."""
    start = add_days(draw(given_or(near, days_with_room())), draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR)))
    return Delay(start=start, days=draw(st.integers(1, _DAYS_LONG)))


@st.composite
def holds(draw: st.DrawFn, *, near: Day | None = None) -> Hold:
    """Return a strategy for holds of up to ten days, made within two months of this day, or of any."""
    made = add_days(draw(given_or(near, days_with_room())), draw(st.integers(-_DAYS_NEAR, _DAYS_NEAR)))
    return Hold(made=made, until=add_days(made, draw(st.integers(0, _DAYS_LONG))))


@st.composite
def moves(draw: st.DrawFn, *, near: Day | None = None) -> Moves:
    """Return a strategy for up to two delays and two holds, all near one day."""
    day = draw(given_or(near, days_with_room()))
    return Moves(
        delays=tuple(draw(st.lists(delays(near=day), max_size=2))),
        holds=tuple(draw(st.lists(holds(near=day), max_size=2))),
    )


@st.composite
def promises(draw: st.DrawFn, *, made: Day | None = None, days_max: int = _DAYS_NEAR) -> Promise:
    """Return a strategy for promises made on this day, or on any, to pay within so many days."""
    on = draw(given_or(made, days_with_room()))
    return Promise(
        key=draw(short_texts()),
        made=on,
        until=add_days(on, draw(st.integers(0, days_max))),
        reason=draw(st.sampled_from(PromiseReason)),
        reference=draw(_REFERENCES),
    )


def write_offs() -> st.SearchStrategy[WriteOff]:
    """Return a strategy for why an invoice was given up."""
    return st.builds(WriteOff, reason=st.sampled_from(WriteOffReason), reference=_REFERENCES)


def adjustments(
    *, client: ClientId | None = None, currency: Currency | None = None
) -> st.SearchStrategy[CreditAdjustment]:
    """Return a strategy for adjustments of this client's credit, or of any, by more than nothing."""
    return st.builds(
        CreditAdjustment,
        id=short_texts().map(adjustment_id),
        client=given_or(client, ids(ClientId)),
        service=st.none() | ids(ServiceId),
        day=days(),
        direction=st.sampled_from(Direction),
        amount=amounts(currency=currency, minor_min=1, minor_max=PRICE_MAX),
        reason=st.sampled_from(AdjustmentReason),
        reference=_REFERENCES,
    )


def _not_before(since: Day, later: int) -> NotBefore:
    return NotBefore(since=since, day=add_days(since, later))


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    AdjustmentReason: st.sampled_from(AdjustmentReason),
    CostReason: st.sampled_from(CostReason),
    CreditAdjustment: adjustments(),
    Delay: delays(),
    Direction: st.sampled_from(Direction),
    FaultReason: st.sampled_from(FaultReason),
    Hold: holds(),
    Moves: moves(),
    NotBefore: st.builds(_not_before, days_with_room(), st.integers(0, _DAYS_NEAR)),
    Promise: promises(),
    PromiseReason: st.sampled_from(PromiseReason),
    ProviderFault: faults(),
    WriteOff: write_offs(),
    WriteOffReason: st.sampled_from(WriteOffReason),
}
"""Every public type here."""
