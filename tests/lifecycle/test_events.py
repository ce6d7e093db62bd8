"""Events: deciding changes nothing, evolving judges nothing, and the state is the fold of the events."""

from itertools import product
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Actor, ServiceEvent, decide, evolve, fold
from altocore.lifecycle.machine import SERVICE, ServiceCommand, ServiceState
from altocore.terms.machines import Illegal
from altocore.values.days import day
from altocore.values.instants import instant
from tests import cast

# What a command leads to, written here once more and without rules; what is missing is illegal.
LEADS: Final[dict[tuple[ServiceState, ServiceCommand], ServiceState]] = {
    (ServiceState.PENDING, ServiceCommand.ACTIVATE): ServiceState.ACTIVE,
    (ServiceState.PENDING, ServiceCommand.CANCEL): ServiceState.CANCELLED,
    (ServiceState.ACTIVE, ServiceCommand.SUSPEND): ServiceState.SUSPENDED,
    (ServiceState.ACTIVE, ServiceCommand.CANCEL): ServiceState.CANCELLED,
    (ServiceState.SUSPENDED, ServiceCommand.REACTIVATE): ServiceState.ACTIVE,
    (ServiceState.SUSPENDED, ServiceCommand.TERMINATE): ServiceState.TERMINATED,
    (ServiceState.SUSPENDED, ServiceCommand.CANCEL): ServiceState.CANCELLED,
}

MOMENT: Final = cast.occasion(on=day(2025, 3, 6), at=instant("2025-03-06T06:00:00Z"), actor=Actor.BILLING_RUN)


def asked(state: ServiceState, events: int, command: ServiceCommand) -> ServiceEvent | None:
    """Return the event of a command; None where it is illegal."""
    made = decide(
        service=cast.SERVICE,
        client=cast.ANA,
        state=state,
        events=events,
        command=command,
        occasion=MOMENT,
        cause="inv_1",
    )
    if isinstance(made, Illegal):
        assert made == Illegal(state=state, command=command)
        return None
    return made


def walked(commands: list[ServiceCommand]) -> tuple[ServiceState, list[ServiceEvent]]:
    """Give a new service these commands, one after the other, and return where it stands and what happened."""
    state = ServiceState.PENDING
    events: list[ServiceEvent] = []
    for command in commands:
        event = asked(state, len(events), command)
        assert (event is None) is ((state, command) not in LEADS)
        if event is not None:
            events.append(event)
            state = LEADS[state, command]
            assert event.after is state
    return state, events


@pytest.mark.parametrize(("state", "command"), [*product(ServiceState, ServiceCommand)])
def test_an_event_says_who_what_when_and_why(state: ServiceState, command: ServiceCommand) -> None:
    """LIF-8: every change is an event with instant, actor, reason and clause; what is illegal is none."""
    made = asked(state, 4, command)
    if made is None:
        assert (state, command) not in LEADS
        return
    rule = SERVICE.moves[state, command]
    assert made == cast.event(
        number=5,
        command=command,
        before=state,
        after=LEADS[state, command],
        on=MOMENT.day,
        at=MOMENT.at,
        actor=MOMENT.actor,
        rule=rule.rule,
        clauses=rule.clauses,
        cause="inv_1",
    )


def test_an_events_id_is_for_ever() -> None:
    """LIF-8: the n-th event of a service has one id, on any store; another service, or number, has another."""
    ids = {cast.event(service_name=name, number=number).id for name in ("srv_1", "srv_12") for number in (1, 2, 12, 21)}
    assert len(ids) == 8
    made = asked(ServiceState.PENDING, 0, ServiceCommand.ACTIVATE)
    assert made is not None
    assert made.id == "srv_ana.000001"


COMMANDS: Final = st.lists(st.sampled_from(ServiceCommand), max_size=30)
LIVELY: Final = [
    ServiceCommand.ACTIVATE,
    ServiceCommand.SUSPEND,
    ServiceCommand.ACTIVATE,
    ServiceCommand.REACTIVATE,
    ServiceCommand.SUSPEND,
    ServiceCommand.TERMINATE,
    ServiceCommand.CANCEL,
]


@given(COMMANDS)
@example([])
@example(LIVELY)
def test_the_state_is_the_fold_of_the_events(commands: list[ServiceCommand]) -> None:
    """LIF-8: whatever is commanded, folding what happened gives where the service stands."""
    state, events = walked(commands)
    assert fold(events) is state
    assert [event.number for event in events] == list(range(1, len(events) + 1))


@given(COMMANDS)
@example(LIVELY)
def test_the_fold_of_a_beginning_is_where_it_stood_then(commands: list[ServiceCommand]) -> None:
    """LIF-8: history is read step by step: each event begins where the ones before it end."""
    _, events = walked(commands)
    for count, event in enumerate(events):
        assert fold(events[:count]) is event.before
        assert evolve(event.before, event) is event.after


@given(COMMANDS, st.data())
def test_a_gap_is_refused(commands: list[ServiceCommand], data: st.DataObject) -> None:
    """LIF-8: without one of its events, and not the last, a history does not hang together."""
    _, events = walked([*LIVELY[:2], ServiceCommand.REACTIVATE, *commands])
    lost = data.draw(st.integers(0, len(events) - 2))
    with pytest.raises(HistoryCorrupt):
        fold(events[:lost] + events[lost + 1 :])


@given(COMMANDS, st.integers(0, 1))
def test_two_events_in_the_wrong_order_are_refused(commands: list[ServiceCommand], first: int) -> None:
    """LIF-8: the order of the events is part of the history."""
    _, events = walked([*LIVELY[:2], ServiceCommand.REACTIVATE, *commands])
    events[first], events[first + 1] = events[first + 1], events[first]
    with pytest.raises(HistoryCorrupt):
        fold(events)


@pytest.mark.parametrize("state", ServiceState)
def test_an_event_begins_where_the_service_stands(state: ServiceState) -> None:
    """LIF-8: applied elsewhere, an event is corrupt history; the message names the row."""
    event = cast.event(number=7, before=ServiceState.ACTIVE, after=ServiceState.SUSPENDED)
    if state is ServiceState.ACTIVE:
        assert evolve(state, event) is ServiceState.SUSPENDED
        return
    with pytest.raises(HistoryCorrupt) as refused:
        evolve(state, event)
    assert str(refused.value) == f"srv_ana.000007: the event begins at active, not at {state.value}"


@pytest.mark.parametrize(("before", "after"), [*product(ServiceState, ServiceState)])
def test_evolving_judges_nothing(before: ServiceState, after: ServiceState) -> None:
    """LIF-8: an event that happened is applied, even one that the table of today would not allow."""
    assert evolve(before, cast.event(before=before, after=after)) is after


def test_who_acts() -> None:
    """LIF-8: an event has an actor."""
    assert {actor.value for actor in Actor} == {"client", "staff", "billing_run", "provisioner", "gateway"}
