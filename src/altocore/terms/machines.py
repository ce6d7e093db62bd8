"""Machines: what may happen, as one table from (state, command) to the next state, the rule and its clauses.

A machine holds every pair. A pair that is not a move is an illegal one and leaves the state as it is; nothing falls
through. The diagrams in the docs and the tests of all pairs are made from the same table.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Generic, TypeVar, final

from attrs import field, frozen

from altocore.terms.clauses import Clause

__all__ = ["Illegal", "Machine", "Move", "diagram", "move"]

S = TypeVar("S", bound=Enum)
C = TypeVar("C", bound=Enum)


@final
@frozen(kw_only=True)
class Move(Generic[S]):
    """A legal move: the state it leads to, the rule that allows it, and the clauses of that rule."""

    to: S = field()
    rule: str = field()
    clauses: tuple[Clause, ...] = field()


@final
@frozen(kw_only=True)
class Illegal(Generic[S, C]):
    """A command that its state does not allow; nothing changed."""

    state: S = field()
    command: C = field()


@final
@frozen(kw_only=True)
class Machine(Generic[S, C]):
    """A table of legal moves, by state and command; `initial` is where every history begins."""

    name: str = field()
    initial: S = field()
    moves: Mapping[tuple[S, C], Move[S]] = field()


def move(machine: Machine[S, C], state: S, command: C) -> Move[S] | Illegal[S, C]:
    """Return the move that the table has for this pair, or `Illegal`."""
    return machine.moves.get((state, command)) or Illegal(state=state, command=command)


def diagram(machine: Machine[S, C]) -> str:
    """Return the table as a Mermaid state diagram, in the order in which its moves are written."""
    lines = ["stateDiagram-v2", f"    [*] --> {machine.initial.value}"]
    for (state, command), made in machine.moves.items():
        lines.append(f"    {state.value} --> {made.to.value}: {command.value} ({made.rule})")
    ends = {made.to for made in machine.moves.values()} - {state for state, _ in machine.moves}
    lines += [f"    {end.value} --> [*]" for end in sorted(ends, key=lambda end: str(end.value))]
    return "\n".join(lines)
