"""Strategies for the facts of what staff decides about money: promises, write-offs, adjustments, costs, faults."""

from typing import Final

from hypothesis import strategies as st

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.policy.adjustment import AdjustmentFacts
from altocore.policy.administrative_costs import AdministrativeCostsFacts
from altocore.policy.fault import FaultFacts
from altocore.policy.invoice_cancellation import InvoiceCancellationFacts
from altocore.policy.promise import PromiseFacts
from altocore.policy.write_off import WriteOffFacts
from altocore.testing.strategies.catalogue import PRICE_MAX
from altocore.testing.strategies.values import amounts, currencies, days_with_room, given_or
from altocore.values.days import add_days
from altocore.values.money import Money

__all__ = [
    "TYPES",
    "adjustment_facts",
    "administrative_costs_facts",
    "fault_facts",
    "invoice_cancellation_facts",
    "promise_facts",
    "write_off_facts",
]

_DAYS_NEAR: Final = 60
_FAULT_DAYS: Final = 30


def _actors(actor: Actor | None) -> st.SearchStrategy[Actor]:
    return given_or(actor, st.just(Actor.STAFF) | st.sampled_from(Actor))


def _stands(standing: StandingState | None) -> st.SearchStrategy[StandingState]:
    return given_or(standing, st.just(StandingState.OPEN) | st.sampled_from(StandingState))


@st.composite
def promise_facts(
    draw: st.DrawFn,
    *,
    actor: Actor | None = None,
    kind: InvoiceKind | None = None,
    standing: StandingState | None = None,
) -> PromiseFacts:
    """Return a strategy for promises of today or of up to two months ahead, mostly recorded by staff."""
    today = draw(days_with_room())
    until = add_days(today, draw(st.integers(0, _DAYS_NEAR)))
    following = st.none() | st.integers(1, _DAYS_NEAR).map(lambda days: add_days(until, days))
    return PromiseFacts(
        actor=draw(_actors(actor)),
        kind=draw(given_or(kind, st.sampled_from(InvoiceKind))),
        standing=draw(_stands(standing)),
        running=draw(st.integers(0, 1)),
        until=until,
        next_step=draw(following),
        today=today,
    )


@st.composite
def write_off_facts(
    draw: st.DrawFn,
    *,
    actor: Actor | None = None,
    kind: InvoiceKind | None = None,
    standing: StandingState | None = None,
) -> WriteOffFacts:
    """Return a strategy for invoices of every kind that somebody gives up, partly settled or not."""
    of, asked = draw(currencies()), draw(st.integers(1, PRICE_MAX))
    return WriteOffFacts(
        actor=draw(_actors(actor)),
        kind=draw(given_or(kind, st.sampled_from(InvoiceKind))),
        standing=draw(_stands(standing)),
        total=Money(asked, of),
        settled=Money(draw(st.integers(0, asked - 1)), of),
    )


@st.composite
def adjustment_facts(
    draw: st.DrawFn, *, actor: Actor | None = None, direction: Direction | None = None
) -> AdjustmentFacts:
    """Return a strategy for adjustments below, at and above the credit that is there, beside suspended services or none."""
    of = draw(currencies())
    amount = draw(amounts(currency=of, minor_min=1, minor_max=PRICE_MAX))
    own = draw(st.integers(0, 1))
    return AdjustmentFacts(
        actor=draw(_actors(actor)),
        direction=draw(given_or(direction, st.sampled_from(Direction))),
        reason=draw(st.sampled_from(AdjustmentReason)),
        amount=amount,
        credit=draw(st.just(amount) | amounts(currency=of, minor_min=0, minor_max=PRICE_MAX)),
        own_suspended=own,
        client_suspended=own + draw(st.integers(0, 2)),
    )


def invoice_cancellation_facts(
    *, actor: Actor | None = None, kind: InvoiceKind | None = None, standing: StandingState | None = None
) -> st.SearchStrategy[InvoiceCancellationFacts]:
    """Return a strategy for requests to cancel an invoice of each kind, by whoever asks, settled in part or not."""
    return st.builds(
        InvoiceCancellationFacts,
        actor=_actors(actor) | given_or(actor, st.just(Actor.CLIENT)),
        kind=given_or(kind, st.sampled_from(InvoiceKind)),
        standing=_stands(standing),
        settled=amounts(minor_min=0, minor_max=PRICE_MAX),
        service=st.sampled_from(ServiceState),
    )


def administrative_costs_facts(*, actor: Actor | None = None) -> st.SearchStrategy[AdministrativeCostsFacts]:
    """Return a strategy for costs invoiced on any day, mostly by staff."""
    return st.builds(AdministrativeCostsFacts, actor=_actors(actor), today=days_with_room())


def fault_facts(*, actor: Actor | None = None) -> st.SearchStrategy[FaultFacts]:
    """Return a strategy for faults of none to thirty days, mostly recorded by staff."""
    return st.builds(FaultFacts, actor=_actors(actor), days=st.integers(0, _FAULT_DAYS))


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    AdjustmentFacts: adjustment_facts(),
    AdministrativeCostsFacts: administrative_costs_facts(),
    FaultFacts: fault_facts(),
    InvoiceCancellationFacts: invoice_cancellation_facts(),
    PromiseFacts: promise_facts(),
    WriteOffFacts: write_off_facts(),
}
"""Every public type of this part of the floor."""
