"""Killing: a nursery, asked for one child after the other."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, final

from tests.faults.orders import End, Order

ROOT: Final = Path(__file__).resolve().parents[2]
KILLED: Final = -signal.SIGKILL


@final
class Nursery:
    """A process of its own whose children work, and are killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Speak with this process."""
        self._process = process

    def end(self, order: Order) -> End:
        """Let a child live as it is ordered, and return how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order.line())
        self._process.stdin.flush()
        return End.read(self._process.stdout.readline())

    def kill(self, order: Order) -> int:
        """Let a child be killed, and return how many commits it was told were done."""
        end = self.end(order)
        assert end.code == KILLED
        return end.told


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Hold a nursery; at the end it has no more orders, and goes."""
    command = [sys.executable, "-m", "tests.faults.nursery"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Nursery(process)
