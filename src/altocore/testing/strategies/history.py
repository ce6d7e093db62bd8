"""Strategies for what happened to a service: occasions, events, whole histories."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, TypeAlias, assert_never

from hypothesis import strategies as st

from altocore.lifecycle.events import Actor, Life, Occasion, ServiceEvent, decide, evolve, fold
from altocore.lifecycle.machine import SERVICE, ServiceCommand
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.testing.strategies.values import days_with_room, given_or, ids
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, InvoiceId, ServiceId
from altocore.values.instants import civil_day, from_datetime, start_of_day

__all__ = ["TYPES", "Commanded", "commands_to", "histories", "occasions", "service_events", "suspensions_after"]

Commanded: TypeAlias = tuple[ServiceCommand, SuspensionReason | None, TerminationReason | None]
"""A command, with the reason that it suspends or lifts for, or terminates for."""

_SHORTEST_DAY: Final = 23 * 3600 * 1_000_000
_DAYS_NEAR: Final = 60


@st.composite
def occasions(draw: st.DrawFn, *, day: Day | None = None, actor: Actor | None = None, zone: str = "UTC") -> Occasion:
    """Return a strategy for occasions: an instant of the civil day in this zone, recorded for this actor, or for any."""
    on = draw(given_or(day, days_with_room()))
    since = timedelta(microseconds=draw(st.integers(0, _SHORTEST_DAY - 1)))
    first = start_of_day(on, zone)
    later = from_datetime(first + since)
    # A clock that goes back a minute past midnight has the day begin, be broken off, and begin again.
    at = later if civil_day(later, zone) == on else first
    by = draw(st.sampled_from(["", "staff-17", "policy/breach"]))
    return Occasion(day=on, at=at, actor=draw(given_or(actor, st.sampled_from(Actor))), by=by)


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
    life = Life(state=SERVICE.initial)
    for command, suspension, termination in () if ends is None else commands_to(draw, ends):
        event = decide(
            service=name,
            client=owner,
            life=life,
            events=len(made),
            command=command,
            occasion=draw(occasions(day=on)),
            cause=draw(ids(InvoiceId)),
            suspension=suspension,
            termination=termination,
        )
        if isinstance(event, ServiceEvent):  # every sequence below is one of the table's
            made.append(event)
            life = evolve(life, event)
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


def commands_to(draw: st.DrawFn, last: ServiceCommand) -> Sequence[Commanded]:
    """Draw the commands of a history that ends with this one, each with its reason."""
    held: set[SuspensionReason] = set()
    commanded: list[Commanded] = []
    for command in _sequence(draw, last):
        suspension = draw(st.sampled_from(_choices(command, held))) if _choices(command, held) else None
        held = held ^ {suspension} if suspension else set()
        ends = draw(st.sampled_from(TerminationReason)) if command is ServiceCommand.TERMINATE else None
        commanded.append((command, suspension, ends))
    return commanded


def suspensions_after(commanded: Sequence[Commanded]) -> tuple[SuspensionReason, ...]:
    """Return the reasons that a service is suspended for after these commands."""
    held: set[SuspensionReason] = set()
    for _, suspension, _ in commanded:
        held = held ^ {suspension} if suspension else set()
    return tuple([each for each in SuspensionReason if each in held])


def _choices(command: ServiceCommand, held: set[SuspensionReason]) -> list[SuspensionReason]:
    """Return the reasons that a command may name, where these are held."""
    match command:
        case ServiceCommand.SUSPEND | ServiceCommand.SUSPEND_FURTHER:
            return [each for each in SuspensionReason if each not in held]
        case ServiceCommand.LIFT | ServiceCommand.REACTIVATE:
            return [each for each in SuspensionReason if each in held]
        case _:
            return []


def _sequence(  # noqa: PLR0911  # one for each command
    draw: st.DrawFn, last: ServiceCommand
) -> Sequence[ServiceCommand]:
    activate, suspend, reactivate = ServiceCommand.ACTIVATE, ServiceCommand.SUSPEND, ServiceCommand.REACTIVATE
    further, lift = ServiceCommand.SUSPEND_FURTHER, ServiceCommand.LIFT
    round_trips = st.sampled_from([(suspend, reactivate), (suspend, further, lift, reactivate)])
    lived = (activate, *[each for made in draw(st.lists(round_trips, max_size=2)) for each in made])
    match last:
        case ServiceCommand.ACTIVATE:
            return (activate,)
        case ServiceCommand.SUSPEND:
            return (*lived, suspend)
        case ServiceCommand.SUSPEND_FURTHER:
            return (*lived, suspend, further)
        case ServiceCommand.LIFT:
            return (*lived, suspend, further, lift)
        case ServiceCommand.REACTIVATE:
            return (*lived, suspend, reactivate)
        case ServiceCommand.TERMINATE | ServiceCommand.DISCONTINUE:
            return draw(st.sampled_from([(*lived, last), (*lived, suspend, last)]))
        case ServiceCommand.CANCEL:
            return draw(st.sampled_from([(last,), (*lived, last), (*lived, suspend, last)]))
        case ServiceCommand.LAPSE:
            # A domain is never suspended.
            return (activate, last)
        case ServiceCommand.RESTORE:
            ends = st.sampled_from([ServiceCommand.CANCEL, ServiceCommand.TERMINATE, ServiceCommand.DISCONTINUE])
            return (*lived, draw(ends), last)
        case _:
            assert_never(last)


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Actor: st.sampled_from(Actor),
    Occasion: occasions(),
    ServiceCommand: st.sampled_from(ServiceCommand),
    ServiceEvent: service_events(),
    Life: histories().map(fold),
    SuspensionReason: st.sampled_from(SuspensionReason),
    TerminationReason: st.sampled_from(TerminationReason),
}
"""Every public type here."""
