"""Events: every change of a service's life, with its instant, its actor, its reason, its rule and clauses (LIF-8).

`decide` asks the table and changes nothing; `evolve` applies an event and judges nothing. Folding the events of a service
gives its life: the state, and the reasons it is suspended for. `audit` asks that of a store.
"""

import re
from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue, HistoryCorrupt
from altocore.lifecycle.machine import SERVICE, ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SUSPENSIONS, TERMINATIONS, SuspensionReason, TerminationReason
from altocore.terms.clauses import Clause
from altocore.terms.machines import Illegal, Move, move
from altocore.values.days import Day
from altocore.values.ids import ClientId, EventId, ServiceId
from altocore.values.instants import Instant

__all__ = [
    "CLIENT_OR_STAFF",
    "Actor",
    "Life",
    "Occasion",
    "ServiceEvent",
    "clauses_of",
    "decide",
    "event_id",
    "evolve",
    "fold",
]


_ID: Final = re.compile(r"[A-Za-z0-9._:/-]{0,64}", re.ASCII)


@final
@unique
class Actor(StrEnum):
    """Who makes something happen."""

    CLIENT = "client"
    STAFF = "staff"
    BILLING_RUN = "billing_run"
    PROVISIONER = "provisioner"
    GATEWAY = "gateway"


CLIENT_OR_STAFF: Final = frozenset({Actor.CLIENT, Actor.STAFF})
"""Who may ask for something that concerns a client alone; no run and no machine does."""


@final
@frozen(kw_only=True)
class Occasion:
    """When something is done, and by whom: the civil day that the decision is about, the instant it is recorded, the actor.

    `by` is the id under which the host knows the person, or the policy, that acts; empty where nobody is named. It is kept
    for ever in events and in the audit log, so it is an id, never a name nor an address.

    Raises:
        BadValue: `by` is no id of letters, digits and `. _ : / -`, 64 at most.
    """

    day: Day = field()
    at: Instant = field()
    actor: Actor = field()
    by: str = field(default="")

    def __attrs_post_init__(self) -> None:
        """Refuse what could be a name or an address."""
        if type(self.by) is not str:
            raise BadType("by", "must be a str")
        if _ID.fullmatch(self.by) is None:
            raise BadValue("by", "must be an id of letters, digits and . _ : / -, 64 at most")


@final
@frozen(kw_only=True)
class ServiceEvent:
    """One change in the life of one service, the `number`-th, counted from 1.

    `suspension` is the reason that is added or lifted, `termination` why the provider ended it; None where it is neither.
    `cause` is the id of what brought it about: an invoice, a payment, the key of a command.
    """

    id: EventId = field()
    service: ServiceId = field()
    client: ClientId = field()
    number: int = field()
    command: ServiceCommand = field()
    before: ServiceState = field()
    after: ServiceState = field()
    suspension: SuspensionReason | None = field()
    termination: TerminationReason | None = field()
    day: Day = field()
    at: Instant = field()
    actor: Actor = field()
    by: str = field()
    rule: str = field()
    clauses: tuple[Clause, ...] = field()
    cause: str = field()


def event_id(service: ServiceId, number: int) -> EventId:
    """Return the id of a service's event with this number: both are its identity, so it is spelled out, not digested.

    The number has six digits, so that the events of one day sort as they happened.
    """
    return EventId(f"{service}.{number:06d}")


@final
@frozen(kw_only=True)
class Life:
    """Where a service stands: its state, and the reasons it is suspended for, in the order of their list."""

    state: ServiceState = field()
    suspensions: tuple[SuspensionReason, ...] = field(default=())


_ADDS: Final = frozenset({ServiceCommand.SUSPEND, ServiceCommand.SUSPEND_FURTHER})
_LIFTS: Final = frozenset({ServiceCommand.LIFT, ServiceCommand.REACTIVATE})


def clauses_of(
    made: Move[ServiceState], suspension: SuspensionReason | None, termination: TerminationReason | None
) -> tuple[Clause, ...]:
    """Return the clauses that an event cites: those of the reason it suspends or terminates for, else those of the move."""
    if termination is not None:
        return TERMINATIONS[termination]
    if suspension is not None and made.to is ServiceState.SUSPENDED and made.rule == "LIF-2":
        return SUSPENSIONS[suspension]
    return made.clauses


def decide(  # noqa: PLR0913  # an event says who, what, when and why, and none of it can be derived
    *,
    service: ServiceId,
    client: ClientId,
    life: Life,
    events: int,
    command: ServiceCommand,
    occasion: Occasion,
    cause: str,
    suspension: SuspensionReason | None = None,
    termination: TerminationReason | None = None,
) -> ServiceEvent | Illegal[ServiceState, ServiceCommand]:
    """Return the event that this command gives in this life, or `Illegal`; nothing changes by asking.

    A command that suspends or lifts names its reason, one that terminates says why, and no other does.

    Raises:
        BadValue: it names no reason that it could add or lift here, or terminates and does not say why.
    """
    made = move(SERVICE, life.state, command)
    if isinstance(made, Illegal):
        return made
    if _suspensions(life, command, made.to, suspension) is None:
        raise BadValue("suspension", "must be a reason that this command can add or lift here")
    if (termination is None) is (made.to is ServiceState.TERMINATED):
        raise BadValue("termination", "must be said of a termination, and of nothing else")
    return ServiceEvent(
        id=event_id(service, events + 1),
        service=service,
        client=client,
        number=events + 1,
        command=command,
        before=life.state,
        after=made.to,
        suspension=suspension,
        termination=termination,
        day=occasion.day,
        at=occasion.at,
        actor=occasion.actor,
        by=occasion.by,
        rule=made.rule,
        clauses=clauses_of(made, suspension, termination),
        cause=cause,
    )


def evolve(life: Life, event: ServiceEvent) -> Life:
    """Return the life after this event.

    Raises:
        HistoryCorrupt: the event does not begin where the service stands, or adds or lifts a reason that it cannot.
    """
    if event.before is not life.state:
        raise HistoryCorrupt(event.id, f"the event begins at {event.before.value}, not at {life.state.value}")
    suspensions = _suspensions(life, event.command, event.after, event.suspension)
    if suspensions is None:
        raise HistoryCorrupt(event.id, "the event adds or lifts a reason that it cannot")
    return Life(state=event.after, suspensions=suspensions)


def _suspensions(
    life: Life, command: ServiceCommand, after: ServiceState, reason: SuspensionReason | None
) -> tuple[SuspensionReason, ...] | None:
    """Return the reasons a service is suspended for afterwards; None where the command does not fit those that are held."""
    held = set(life.suspensions)
    if command in _ADDS | _LIFTS:
        if reason is None or (reason in held) is (command in _ADDS):
            return None
        held ^= {reason}
    elif reason is not None:
        return None
    else:
        held.clear()
    if (after is ServiceState.SUSPENDED) is not bool(held):
        return None
    return tuple([each for each in SuspensionReason if each in held])


def fold(events: Iterable[ServiceEvent]) -> Life:
    """Return the life that these events, in their order, lead to from the beginning."""
    life = Life(state=SERVICE.initial)
    for event in events:
        life = evolve(life, event)
    return life
