"""Events: every change of a service's state, with its instant, its actor, its rule and clauses (LIF-8).

`decide` asks the table and changes nothing; `evolve` applies an event and judges nothing. Folding the events of a service
gives its state, and `audit` asks that of a store.
"""

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.errors import HistoryCorrupt
from altocore.lifecycle.machine import SERVICE, ServiceCommand, ServiceState
from altocore.terms.clauses import Clause
from altocore.terms.machines import Illegal, move
from altocore.values.days import Day
from altocore.values.ids import ClientId, EventId, ServiceId
from altocore.values.instants import Instant

__all__ = ["Actor", "Occasion", "ServiceEvent", "decide", "event_id", "evolve", "fold"]


@final
@unique
class Actor(StrEnum):
    """Who makes something happen."""

    CLIENT = "client"
    STAFF = "staff"
    BILLING_RUN = "billing_run"
    PROVISIONER = "provisioner"
    GATEWAY = "gateway"


@final
@frozen(kw_only=True)
class Occasion:
    """When something is done, and by whom: the civil day that the decision is about, the instant it is recorded, the actor."""

    day: Day = field()
    at: Instant = field()
    actor: Actor = field()


@final
@frozen(kw_only=True)
class ServiceEvent:
    """One change of state of one service, the `number`-th of its life, counted from 1.

    `cause` is the id of what brought it about: an invoice, a payment, the key of a command.
    """

    id: EventId = field()
    service: ServiceId = field()
    client: ClientId = field()
    number: int = field()
    command: ServiceCommand = field()
    before: ServiceState = field()
    after: ServiceState = field()
    day: Day = field()
    at: Instant = field()
    actor: Actor = field()
    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    cause: str = field()


def event_id(service: ServiceId, number: int) -> EventId:
    """Return the id of a service's event with this number: both are its identity, so it is spelled out, not digested.

    The number has six digits, so that the events of one day sort as they happened.
    """
    return EventId(f"{service}.{number:06d}")


def decide(  # noqa: PLR0913  # an event says who, what, when and why, and none of it can be derived
    *,
    service: ServiceId,
    client: ClientId,
    state: ServiceState,
    events: int,
    command: ServiceCommand,
    occasion: Occasion,
    cause: str,
) -> ServiceEvent | Illegal[ServiceState, ServiceCommand]:
    """Return the event that this command gives in this state, or `Illegal`; nothing changes by asking."""
    made = move(SERVICE, state, command)
    if isinstance(made, Illegal):
        return made
    return ServiceEvent(
        id=event_id(service, events + 1),
        service=service,
        client=client,
        number=events + 1,
        command=command,
        before=state,
        after=made.to,
        day=occasion.day,
        at=occasion.at,
        actor=occasion.actor,
        rule=made.rule,
        clauses=made.clauses,
        cause=cause,
    )


def evolve(state: ServiceState, event: ServiceEvent) -> ServiceState:
    """Return the state after this event.

    Raises:
        HistoryCorrupt: the event does not begin where the service stands.
    """
    if event.before is not state:
        raise HistoryCorrupt(event.id, f"the event begins at {event.before.value}, not at {state.value}")
    return event.after


def fold(events: Iterable[ServiceEvent]) -> ServiceState:
    """Return the state that these events, in their order, lead to from the beginning."""
    state = SERVICE.initial
    for event in events:
        state = evolve(state, event)
    return state
