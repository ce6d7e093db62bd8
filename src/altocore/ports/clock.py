"""The clock: says what time it is, to those who may ask; deeds are given an `Occasion`, and never a clock."""

from typing import Protocol

from altocore.values.instants import Instant

__all__ = ["Clock"]


class Clock(Protocol):
    """Something that knows the time. Certify yours with `altocore.testing.check_clock`."""

    def now(self) -> Instant:
        """Return the instant that it is, in UTC and in a supported year; never an earlier one than was returned before."""
        ...
