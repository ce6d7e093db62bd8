"""Strategies for what happened to a service: occasions, events, whole histories."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, assert_never

from hypothesis import strategies as st

from altocore.lifecycle.events import Actor, Occasion, ServiceEvent, decide
from altocore.lifecycle.machine import SERVICE, ServiceCommand
from altocore.testing.strategies.values import days_with_room, given_or, ids
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, InvoiceId, ServiceId
from altocore.values.instants import from_datetime, start_of_day

__all__ = ["TYPES", "commands_to", "histories", "occasions", "service_events"]

_SHORTEST_DAY: Final = 23 * 3600 * 1_000_000
_DAYS_NEAR: Final = 60


@st.composite
def occasions(draw: st.DrawFn, *, day: Day | None = None, actor: Actor | None = None, zone: str = "UTC") -> Occasion:
    """Return a strategy for occasions: an instant of the civil day in this zone, recorded for this actor, or for any."""
    on = draw(given_or(day, days_with_room()))
    since = timedelta(microseconds=draw(st.integers(0, _SHORTEST_DAY - 1)))
    at = from_datetime(start_of_day(on, zone) + since)
    return Occasion(day=on, at=at, actor=draw(given_or(actor, st.sampled_from(Actor))))


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    last: ServiceCommand | None = None,
    service: ServiceId | None = None,
    client: ClientId | None = None,
) -> tuple[ServiceEvent, ...]:
    """Return a strategy for all that happened to one service, in order: nothing yet, or up to the `last` command given."""
    ends = draw(st.none() | st.sampled_from(ServiceCommand)) if last is None else last
    name, owner = draw(given_or(service, ids(ServiceId))), draw(given_or(client, ids(ClientId)))
    on = draw(days_with_room())
    made: list[ServiceEvent] = []
    for command in () if ends is None else commands_to(draw, ends):
        event = decide(
            service=name,
            client=owner,
            state=made[-1].after if made else SERVICE.initial,
            events=len(made),
            command=command,
            occasion=draw(occasions(day=on)),
            cause=draw(ids(InvoiceId)),
        )
        if isinstance(event, ServiceEvent):  # every sequence below is one of the table's
            made.append(event)
        on = add_days(on, draw(st.integers(1, _DAYS_NEAR)))
    return tuple(made)


def service_events(
    *, command: ServiceCommand | None = None, service: ServiceId | None = None, client: ClientId | None = None
) -> st.SearchStrategy[ServiceEvent]:
    """Return a strategy for events: a move of the table, with its rule and clauses, at its place in a history."""
    commands = given_or(command, st.sampled_from(ServiceCommand))
    return commands.flatmap(lambda last: histories(last=last, service=service, client=client)).map(
        lambda made: made[-1]
    )


def commands_to(draw: st.DrawFn, last: ServiceCommand) -> Sequence[ServiceCommand]:
    """Draw the commands of a history that ends with this one."""
    activate, suspend, reactivate = ServiceCommand.ACTIVATE, ServiceCommand.SUSPEND, ServiceCommand.REACTIVATE
    lived = (activate, *((suspend, reactivate) * draw(st.integers(0, 2))))
    match last:
        case ServiceCommand.ACTIVATE:
            return (activate,)
        case ServiceCommand.SUSPEND:
            return (*lived, suspend)
        case ServiceCommand.REACTIVATE:
            return (*lived, suspend, reactivate)
        case ServiceCommand.TERMINATE:
            return (*lived, suspend, last)
        case ServiceCommand.CANCEL:
            return draw(st.sampled_from([(last,), (*lived, last), (*lived, suspend, last)]))
        case _:
            assert_never(last)


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Actor: st.sampled_from(Actor),
    Occasion: occasions(),
    ServiceCommand: st.sampled_from(ServiceCommand),
    ServiceEvent: service_events(),
}
"""Every public type here."""
