"""The life of a service: every pair of state and command, tried against a table written from the handbook."""

from itertools import product
from typing import Final

import pytest

from altocore.lifecycle.machine import ENDED, RUNNING, SERVICE, ServiceCommand, ServiceState
from altocore.terms.machines import Illegal, Move, diagram, move
from tests.terms.diagrams import Drawn, read_diagram

PENDING, ACTIVE, SUSPENDED = "pending", "active", "suspended"
CANCELLED, TERMINATED = "cancelled", "terminated"

# LIF-1: pending becomes active. LIF-2: active is suspended, and suspended for one reason more. LIF-3: reasons are lifted, and
# it comes back with the last. LIF-4: terminated after the timeline, or at once where the provider exercises a right. LIF-5:
# active, suspended, and a pending one whose first invoice is cancelled, is cancelled. REN-5: the provider discontinues. LIF-6:
# what has ended is restored. DOM-1: a domain that is active lapses.
EXPECTED: Final[dict[tuple[str, str], tuple[str, str, str]]] = {
    (PENDING, "activate"): (ACTIVE, "LIF-1", "manual/activation"),
    (PENDING, "cancel"): (CANCELLED, "LIF-5", "manual/alerts"),
    (ACTIVE, "suspend"): (SUSPENDED, "LIF-2", "terms/5.a, terms/13.b, manual/transfer"),
    (ACTIVE, "terminate"): (TERMINATED, "LIF-4", "terms/5.d, terms/2.c, terms/8"),
    (ACTIVE, "cancel"): (CANCELLED, "LIF-5", "manual/cancellation"),
    (ACTIVE, "discontinue"): (CANCELLED, "REN-5", "manual/honour, terms/3.b"),
    (ACTIVE, "lapse"): (CANCELLED, "DOM-1", "terms/12.d"),
    (SUSPENDED, "suspend_further"): (SUSPENDED, "LIF-2", "terms/5.a, terms/13.b, manual/transfer"),
    (SUSPENDED, "lift"): (SUSPENDED, "LIF-3", "manual/alerts"),
    (SUSPENDED, "reactivate"): (ACTIVE, "LIF-3", "manual/alerts"),
    (SUSPENDED, "terminate"): (TERMINATED, "LIF-4", "terms/5.a, terms/5.d, terms/2.c, terms/8"),
    (SUSPENDED, "cancel"): (CANCELLED, "LIF-5", "manual/cancellation"),
    (SUSPENDED, "discontinue"): (CANCELLED, "REN-5", "manual/honour, terms/3.b"),
    (TERMINATED, "restore"): (ACTIVE, "LIF-6", "terms/5.b"),
    (CANCELLED, "restore"): (ACTIVE, "LIF-6", "terms/5.b, manual/cancellation"),
}


@pytest.mark.parametrize(("state", "command"), [*product(ServiceState, ServiceCommand)])
def test_every_pair(state: ServiceState, command: ServiceCommand) -> None:
    """LIF-1 to LIF-6, REN-5: a pair is legal as the handbook says, and in no other case; an illegal one leaves the state."""
    made = move(SERVICE, state, command)
    expected = EXPECTED.get((state.value, command.value))
    if expected is None:
        assert made == Illegal(state=state, command=command)
    else:
        assert isinstance(made, Move)
        assert (made.to.value, made.rule, ", ".join(made.clauses)) == expected


@pytest.mark.parametrize("command", [each for each in ServiceCommand if each is not ServiceCommand.RESTORE])
@pytest.mark.parametrize("state", sorted(ENDED))
def test_an_ended_service_has_one_way_out(state: ServiceState, command: ServiceCommand) -> None:
    """LIF-6: cancelled and terminated are final, but for a restoration."""
    assert isinstance(move(SERVICE, state, command), Illegal)


def test_the_diagram_is_the_table() -> None:
    """LIF-1 to LIF-6: the diagram is drawn from the table, all of it and nothing else."""
    assert read_diagram(diagram(SERVICE)) == Drawn(
        initial=PENDING,
        arrows=tuple((state, to, command, rule) for (state, command), (to, rule, _) in EXPECTED.items()),
        ends=(),
    )
    assert SERVICE.name == "service"


def test_every_state_is_reached_and_every_command_used() -> None:
    """Handbook, section 9: five states; none stands apart from the table."""
    reached, found = {SERVICE.initial}, [SERVICE.initial]
    while found:
        state = found.pop()
        after = {made.to for (before, _), made in SERVICE.moves.items() if before is state} - reached
        reached |= after
        found += after
    assert reached == set(ServiceState)
    assert {state.value for state in ServiceState} == {PENDING, ACTIVE, SUSPENDED, CANCELLED, TERMINATED}
    assert {command for _, command in SERVICE.moves} == set(ServiceCommand)


def test_where_a_contract_runs() -> None:
    """REN-1, LIF-2: periods follow each other while it is active, and while it is suspended too."""
    assert {state.value for state in RUNNING} == {ACTIVE, SUSPENDED}
