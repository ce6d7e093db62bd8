"""What a child is ordered: where it works, and when it is killed."""

import json
from signal import SIGKILL
from typing import Final, Self, final

from attrs import asdict, field, frozen

FAILED: Final = 3
REFUSED: Final = 4
"""The exit codes of a child that something else befell, and of one whose store told it `Unavailable`."""


@final
@frozen(kw_only=True)
class Order:
    """Work on this file, or with a `dsn` in this schema, and die before the `at`-th statement, counted from 1.

    With `after_us` the child is killed from outside, so many microseconds after it began; with neither it lives.
    With a `postmaster` it is not the child that gets the signal before that statement, but the server.
    """

    name: str = field()
    dsn: str = field(default="")
    at: int = field(default=0)
    after_us: int = field(default=0)
    postmaster: int = field(default=0)
    signal: int = field(default=SIGKILL)

    def line(self) -> str:
        """Return the order as a line."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the order that a line tells."""
        return cls(**json.loads(line))


@final
@frozen(kw_only=True)
class End:
    """How a child ended, as `os.waitstatus_to_exitcode` tells it, and how many commits it was told were done."""

    code: int = field()
    told: int = field()

    def line(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the end that a line tells."""
        return cls(**json.loads(line))
