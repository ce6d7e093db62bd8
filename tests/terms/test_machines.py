"""Machines: every pair of state and command is a move of the table, or illegal; the diagram is the table drawn."""

from enum import Enum, unique
from typing import Final

import pytest

from altocore.terms.clauses import HOUSE
from altocore.terms.machines import Illegal, Machine, Move, diagram, move
from tests.terms.diagrams import Drawn, read_diagram


@unique
class Lamp(Enum):
    """The states of a lamp."""

    OFF = "off"
    ON = "on"
    BROKEN = "broken"
    AWAY = "away"


@unique
class Deed(Enum):
    """What can be done to a lamp."""

    PRESS = "press"
    DROP = "drop"


ON: Final = Move(to=Lamp.ON, rule="TOY-1", clauses=(HOUSE,))
OFF: Final = Move(to=Lamp.OFF, rule="TOY-2", clauses=(HOUSE,))
BREAK: Final = Move(to=Lamp.BROKEN, rule="TOY-3", clauses=(HOUSE,))
LOSE: Final = Move(to=Lamp.AWAY, rule="TOY-4", clauses=(HOUSE,))
LAMP: Final = Machine(
    name="lamp",
    initial=Lamp.OFF,
    moves={
        (Lamp.OFF, Deed.PRESS): ON,
        (Lamp.ON, Deed.PRESS): OFF,
        (Lamp.ON, Deed.DROP): BREAK,
        (Lamp.OFF, Deed.DROP): LOSE,
    },
)


@pytest.mark.parametrize("state", Lamp)
@pytest.mark.parametrize("command", Deed)
def test_every_pair_is_a_move_or_illegal(state: Lamp, command: Deed) -> None:
    """Shape 6: nothing falls through; what is not in the table is illegal, and says what was asked."""
    expected = {
        (Lamp.OFF, Deed.PRESS): ON,
        (Lamp.ON, Deed.PRESS): OFF,
        (Lamp.ON, Deed.DROP): BREAK,
        (Lamp.OFF, Deed.DROP): LOSE,
    }.get((state, command), Illegal(state=state, command=command))
    assert move(LAMP, state, command) == expected


def test_the_diagram_is_the_table() -> None:
    """Shape 6: drawn in the order of the moves, ends last and sorted; read back, it is the table."""
    assert diagram(LAMP) == (
        "stateDiagram-v2\n"
        "    [*] --> off\n"
        "    off --> on: press (TOY-1)\n"
        "    on --> off: press (TOY-2)\n"
        "    on --> broken: drop (TOY-3)\n"
        "    off --> away: drop (TOY-4)\n"
        "    away --> [*]\n"
        "    broken --> [*]"
    )
    assert read_diagram(diagram(LAMP)) == Drawn(
        initial="off",
        arrows=(
            ("off", "on", "press", "TOY-1"),
            ("on", "off", "press", "TOY-2"),
            ("on", "broken", "drop", "TOY-3"),
            ("off", "away", "drop", "TOY-4"),
        ),
        ends=("away", "broken"),
    )


def test_a_machine_without_an_end_draws_none() -> None:
    """Shape 6: where every state has a way out, no arrow leads to the end."""
    turning = Machine(name="turning", initial=Lamp.OFF, moves={(Lamp.OFF, Deed.PRESS): ON, (Lamp.ON, Deed.PRESS): OFF})
    assert read_diagram(diagram(turning)).ends == ()
