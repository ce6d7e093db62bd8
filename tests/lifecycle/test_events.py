"""Events: deciding changes nothing, evolving judges nothing, and the life is the fold of the events."""

from itertools import product
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, HistoryCorrupt
from altocore.lifecycle.events import Actor, Life, ServiceEvent, clauses_of, decide, evolve, fold
from altocore.lifecycle.machine import SERVICE, ServiceCommand, ServiceState
from altocore.lifecycle.reasons import BREACHES, SUSPENSIONS, TERMINATIONS, SuspensionReason, TerminationReason
from altocore.terms.machines import Illegal
from altocore.testing import strategies
from altocore.values.days import day
from altocore.values.instants import instant
from tests import cast

OVERDUE, OVERLOAD, ABUSE = SuspensionReason.OVERDUE, SuspensionReason.OVERLOAD, SuspensionReason.ABUSE
ADDS: Final = (ServiceCommand.SUSPEND, ServiceCommand.SUSPEND_FURTHER)
LIFTS: Final = (ServiceCommand.LIFT, ServiceCommand.REACTIVATE)

# What a command leads to, written here once more and without rules; what is missing is illegal.
LEADS: Final[dict[tuple[ServiceState, ServiceCommand], ServiceState]] = {
    (ServiceState.PENDING, ServiceCommand.ACTIVATE): ServiceState.ACTIVE,
    (ServiceState.PENDING, ServiceCommand.CANCEL): ServiceState.CANCELLED,
    (ServiceState.ACTIVE, ServiceCommand.SUSPEND): ServiceState.SUSPENDED,
    (ServiceState.ACTIVE, ServiceCommand.TERMINATE): ServiceState.TERMINATED,
    (ServiceState.ACTIVE, ServiceCommand.CANCEL): ServiceState.CANCELLED,
    (ServiceState.ACTIVE, ServiceCommand.DISCONTINUE): ServiceState.CANCELLED,
    (ServiceState.ACTIVE, ServiceCommand.LAPSE): ServiceState.CANCELLED,
    (ServiceState.SUSPENDED, ServiceCommand.SUSPEND_FURTHER): ServiceState.SUSPENDED,
    (ServiceState.SUSPENDED, ServiceCommand.LIFT): ServiceState.SUSPENDED,
    (ServiceState.SUSPENDED, ServiceCommand.REACTIVATE): ServiceState.ACTIVE,
    (ServiceState.SUSPENDED, ServiceCommand.TERMINATE): ServiceState.TERMINATED,
    (ServiceState.SUSPENDED, ServiceCommand.CANCEL): ServiceState.CANCELLED,
    (ServiceState.SUSPENDED, ServiceCommand.DISCONTINUE): ServiceState.CANCELLED,
    (ServiceState.TERMINATED, ServiceCommand.RESTORE): ServiceState.ACTIVE,
    (ServiceState.CANCELLED, ServiceCommand.RESTORE): ServiceState.ACTIVE,
}

MOMENT: Final = cast.occasion(on=day(2025, 3, 6), at=instant("2025-03-06T06:00:00Z"), actor=Actor.BILLING_RUN)


def life_for(state: ServiceState, command: ServiceCommand) -> Life:
    """Return a life in this state in which the command has a reason to add or to lift."""
    if state is not ServiceState.SUSPENDED:
        return Life(state=state)
    return Life(state=state, suspensions=(OVERDUE, ABUSE) if command is ServiceCommand.LIFT else (OVERDUE,))


def reason_of(command: ServiceCommand) -> SuspensionReason | None:
    """Return the reason that the command names of such a life."""
    if command is ServiceCommand.SUSPEND_FURTHER:
        return ABUSE
    return OVERDUE if command in (ServiceCommand.SUSPEND, *LIFTS) else None


def asked(
    life: Life,
    events: int,
    command: ServiceCommand,
    suspension: SuspensionReason | None = None,
    termination: TerminationReason | None = None,
) -> ServiceEvent | None:
    """Return the event of a command; None where it is illegal."""
    made = decide(
        service=cast.SERVICE,
        client=cast.ANA,
        life=life,
        events=events,
        command=command,
        occasion=MOMENT,
        cause="inv_1",
        suspension=suspension,
        termination=termination,
    )
    if isinstance(made, Illegal):
        assert made == Illegal(state=life.state, command=command)
        return None
    return made


def ends(command: ServiceCommand) -> TerminationReason | None:
    """Return why the command terminates, if it does."""
    return TerminationReason.DEBT if command is ServiceCommand.TERMINATE else None


def walked(commands: list[ServiceCommand]) -> tuple[Life, list[ServiceEvent]]:
    """Give a new service these commands and return where it stands and what happened; a reason that fits is found for each.

    What the life at hand has no reason for is passed over, as an illegal command is.
    """
    life = Life(state=ServiceState.PENDING)
    events: list[ServiceEvent] = []
    for command in commands:
        held = life.suspensions
        free = [each for each in SuspensionReason if each not in held]
        reasons = {ServiceCommand.LIFT: held[1:], ServiceCommand.REACTIVATE: held if len(held) == 1 else ()}
        if command in ADDS:
            reasons[command] = tuple(free)
        if command in reasons and not reasons[command]:
            continue
        event = asked(life, len(events), command, reasons[command][0] if command in reasons else None, ends(command))
        assert (event is None) is ((life.state, command) not in LEADS)
        if event is not None:
            events.append(event)
            assert event.after is LEADS[life.state, command]
            life = evolve(life, event)
            assert life.state is event.after
    return life, events


@pytest.mark.parametrize(("state", "command"), [*product(ServiceState, ServiceCommand)])
def test_an_event_says_who_what_when_and_why(state: ServiceState, command: ServiceCommand) -> None:
    """LIF-8: every change is an event with instant, actor, reason and clause; what is illegal is none."""
    suspension, termination = reason_of(command), ends(command)
    made = asked(life_for(state, command), 4, command, suspension, termination)
    if made is None:
        assert (state, command) not in LEADS
        return
    rule = SERVICE.moves[state, command]
    assert made == cast.event(
        number=5,
        command=command,
        before=state,
        after=LEADS[state, command],
        suspension=suspension,
        termination=termination,
        on=MOMENT.day,
        at=MOMENT.at,
        actor=MOMENT.actor,
        rule=rule.rule,
        clauses=clauses_of(rule, suspension, termination),
        cause="inv_1",
    )


@pytest.mark.parametrize("reason", SuspensionReason)
def test_a_suspension_cites_the_clauses_of_its_reason(reason: SuspensionReason) -> None:
    """LIF-2: overdue, overload and fraud risk have their clauses, abuse and breach are house; each is in the table's."""
    made = asked(Life(state=ServiceState.ACTIVE), 1, ServiceCommand.SUSPEND, reason)
    assert made is not None
    assert made.clauses == SUSPENSIONS[reason]
    assert {
        OVERDUE: "terms/5.a",
        OVERLOAD: "terms/13.b",
        SuspensionReason.FRAUD_RISK: "manual/transfer",
        ABUSE: "house",
        SuspensionReason.BREACH: "house",
    }[reason] == ", ".join(made.clauses)
    back = asked(Life(state=ServiceState.SUSPENDED, suspensions=(reason,)), 2, ServiceCommand.REACTIVATE, reason)
    assert back is not None
    assert back.clauses == ("manual/alerts",)


@pytest.mark.parametrize("state", [ServiceState.ACTIVE, ServiceState.SUSPENDED])
@pytest.mark.parametrize("why", TerminationReason)
def test_a_termination_cites_the_clauses_of_its_reason(why: TerminationReason, state: ServiceState) -> None:
    """LIF-4, PAY-8, PAY-9, TER-1: the debt, a right, or a breach by its name; every breach rests on terms/8."""
    life = Life(state=state, suspensions=(OVERLOAD,) if state is ServiceState.SUSPENDED else ())
    made = asked(life, 1, ServiceCommand.TERMINATE, None, why)
    assert made is not None
    assert (made.termination, made.clauses) == (why, TERMINATIONS[why])
    assert ("terms/8" in made.clauses) is (why in BREACHES)
    assert evolve(life, made) == Life(state=ServiceState.TERMINATED)
    single = {
        TerminationReason.DEBT: ("terms/5.a",),
        TerminationReason.CHARGEBACK: ("terms/5.d",),
        TerminationReason.ADMINISTRATIVE_COSTS: ("terms/2.c",),
    }
    assert single.get(why, made.clauses) == made.clauses


NAMES_NO_REASON: Final = [
    (Life(state=ServiceState.ACTIVE), ServiceCommand.SUSPEND, None),
    (Life(state=ServiceState.SUSPENDED, suspensions=(OVERDUE,)), ServiceCommand.SUSPEND_FURTHER, OVERDUE),
    (Life(state=ServiceState.SUSPENDED, suspensions=(OVERDUE,)), ServiceCommand.LIFT, OVERDUE),
    (Life(state=ServiceState.SUSPENDED, suspensions=(OVERDUE, ABUSE)), ServiceCommand.LIFT, OVERLOAD),
    (Life(state=ServiceState.SUSPENDED, suspensions=(OVERDUE, ABUSE)), ServiceCommand.REACTIVATE, ABUSE),
    (Life(state=ServiceState.SUSPENDED, suspensions=(OVERDUE,)), ServiceCommand.REACTIVATE, ABUSE),
    (Life(state=ServiceState.SUSPENDED, suspensions=(OVERDUE,)), ServiceCommand.CANCEL, OVERDUE),
    (Life(state=ServiceState.PENDING), ServiceCommand.ACTIVATE, OVERDUE),
]


@pytest.mark.parametrize(("life", "command", "reason"), NAMES_NO_REASON)
def test_a_reason_that_does_not_fit_is_misuse(
    life: Life, command: ServiceCommand, reason: SuspensionReason | None
) -> None:
    """LIF-2, LIF-3: added twice, lifted without being held, the last one lifted as one of several, or named for nothing."""
    with pytest.raises(BadValue) as refused:
        asked(life, 3, command, reason)
    assert refused.value.field == "suspension"
    event = cast.event(
        number=4, command=command, before=life.state, after=LEADS[life.state, command], suspension=reason
    )
    with pytest.raises(HistoryCorrupt, match="reason that it cannot"):
        evolve(life, event)


@pytest.mark.parametrize(
    ("command", "why"), [(ServiceCommand.TERMINATE, None), (ServiceCommand.CANCEL, TerminationReason.SPAM)]
)
def test_why_it_is_terminated_is_said_of_a_termination(command: ServiceCommand, why: TerminationReason | None) -> None:
    """LIF-8: a termination has its reason, and nothing else has one."""
    with pytest.raises(BadValue) as refused:
        asked(Life(state=ServiceState.ACTIVE), 3, command, None, why)
    assert refused.value.field == "termination"


@given(st.permutations([*SuspensionReason]), st.permutations([*SuspensionReason]))
def test_a_service_suspended_for_many_needs_all_gone(
    added: list[SuspensionReason], gone: list[SuspensionReason]
) -> None:
    """LIF-3: in whatever order they come and go, it is active again with the last one, and not before."""
    life, number = Life(state=ServiceState.ACTIVE), 1
    for reason in added:
        command = ServiceCommand.SUSPEND if reason is added[0] else ServiceCommand.SUSPEND_FURTHER
        event = asked(life, number, command, reason)
        assert event is not None
        life, number = evolve(life, event), number + 1
    assert life == Life(state=ServiceState.SUSPENDED, suspensions=tuple(SuspensionReason))
    for reason in gone:
        assert life.state is ServiceState.SUSPENDED
        event = asked(life, number, ServiceCommand.REACTIVATE if reason is gone[-1] else ServiceCommand.LIFT, reason)
        assert event is not None
        life, number = evolve(life, event), number + 1
    assert life == Life(state=ServiceState.ACTIVE)


def test_an_events_id_is_for_ever() -> None:
    """LIF-8: the n-th event of a service has one id, on any store; another service, or number, has another."""
    ids = {cast.event(service_name=name, number=number).id for name in ("srv_1", "srv_12") for number in (1, 2, 12, 21)}
    assert len(ids) == 8
    made = asked(Life(state=ServiceState.PENDING), 0, ServiceCommand.ACTIVATE)
    assert made is not None
    assert made.id == "srv_ana.000001"


COMMANDS: Final = st.lists(st.sampled_from(ServiceCommand), max_size=30)
LIVELY: Final = [
    ServiceCommand.ACTIVATE,
    ServiceCommand.SUSPEND,
    ServiceCommand.ACTIVATE,
    ServiceCommand.SUSPEND_FURTHER,
    ServiceCommand.LIFT,
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
    life, events = walked(commands)
    assert fold(events) == life
    assert (life.state is ServiceState.SUSPENDED) is bool(life.suspensions)
    assert [event.number for event in events] == list(range(1, len(events) + 1))


@given(COMMANDS)
@example(LIVELY)
def test_the_fold_of_a_beginning_is_where_it_stood_then(commands: list[ServiceCommand]) -> None:
    """LIF-8: history is read step by step: each event begins where the ones before it end."""
    _, events = walked(commands)
    for count, event in enumerate(events):
        before = fold(events[:count])
        assert before.state is event.before
        assert evolve(before, event).state is event.after


@given(COMMANDS, st.data())
def test_a_gap_is_refused(commands: list[ServiceCommand], data: st.DataObject) -> None:
    """LIF-8: without one of its changes of state, and not the last, a history does not hang together."""
    _, events = walked([*LIVELY[:2], ServiceCommand.REACTIVATE, *commands])
    lost = data.draw(st.integers(0, len(events) - 2).filter(lambda at: events[at].before is not events[at].after))
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
    command, after = ServiceCommand.SUSPEND, ServiceState.SUSPENDED
    event = cast.event(number=7, command=command, before=ServiceState.ACTIVE, after=after, suspension=OVERDUE)
    life = Life(state=state)
    if state is ServiceState.ACTIVE:
        assert evolve(life, event) == Life(state=after, suspensions=(OVERDUE,))
        return
    with pytest.raises(HistoryCorrupt) as refused:
        evolve(life, event)
    assert str(refused.value) == f"srv_ana.000007: the event begins at active, not at {state.value}"


NOT_SUSPENDED: Final = [state for state in ServiceState if state is not ServiceState.SUSPENDED]


@pytest.mark.parametrize(("before", "after"), [*product(NOT_SUSPENDED, NOT_SUSPENDED)])
def test_evolving_judges_nothing(before: ServiceState, after: ServiceState) -> None:
    """LIF-8: an event that happened is applied, even one that the table of today would not allow."""
    assert evolve(Life(state=before), cast.event(before=before, after=after)) == Life(state=after)


@given(strategies.histories())
def test_every_history_folds(events: tuple[ServiceEvent, ...]) -> None:
    """LIF-8: suspended for at least one reason, or for none."""
    life = fold(events)
    assert (life.state is ServiceState.SUSPENDED) is bool(life.suspensions)
    assert list(life.suspensions) == [each for each in SuspensionReason if each in life.suspensions]


@pytest.mark.parametrize("by", ["", "staff-17", "policy/breach:2", "a" * 64])
def test_who_acts_has_an_id(by: str) -> None:
    """LIF-8: an event names the person, or the policy, by the id that the host has for it."""
    made = decide(
        service=cast.SERVICE,
        client=cast.ANA,
        life=Life(state=ServiceState.PENDING),
        events=0,
        command=ServiceCommand.ACTIVATE,
        occasion=cast.occasion(by=by),
        cause="inv_1",
    )
    assert isinstance(made, ServiceEvent)
    assert made.by == by


@pytest.mark.parametrize("by", ["ana@example.com", "Ana Paz", "año", "a" * 65, "a\nb", "a\n"])
def test_a_name_or_an_address_is_no_id(by: str) -> None:
    """CLI-7: it is kept for ever, so what looks like personal data is refused, and not repeated."""
    with pytest.raises(BadValue) as refused:
        cast.occasion(by=by)
    assert refused.value.field == "by"
    assert by not in str(refused.value)


def test_the_id_is_a_text() -> None:
    """CLI-7: nothing else is an id."""
    with pytest.raises(BadType, match="by: must be a str"):
        cast.occasion(by=17)  # type: ignore[arg-type]  # what is refused


def test_who_acts() -> None:
    """LIF-8: an event has an actor."""
    assert {actor.value for actor in Actor} == {"client", "staff", "billing_run", "provisioner", "gateway"}
