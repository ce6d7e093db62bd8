"""Migrations as text: the statements of each step, recorded as they would be run."""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast, final

from altocore.errors import BadValue

__all__ = ["script"]

C = TypeVar("C")


@final
class _Recorder:
    """Takes statements as a cursor does, and runs none."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def execute(self, sql: str) -> None:
        self.statements.append(sql.strip())


def script(steps: Sequence[Callable[[C], None]], reached: int, note: str) -> str:
    """Return the statements of the steps behind the one that is reached, each step followed by the note that it is done.

    Raises:
        BadValue: there is no such step.
    """
    if not 0 <= reached <= len(steps):
        raise BadValue("from", f"must be from 0 to {len(steps)}")
    lines: list[str] = []
    for number, step in enumerate(steps[reached:], reached + 1):
        recorder = _Recorder()
        # A step only executes constants, so anything that takes them will do.
        step(cast("C", recorder))
        lines += ["BEGIN;", *[f"{statement};" for statement in recorder.statements], f"{note} ({number});", "COMMIT;"]
    return "\n".join(lines)
