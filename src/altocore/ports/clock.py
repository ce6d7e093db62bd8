"""The clock: where the time of day comes from. Nothing below the workflows reads one."""

from typing import Protocol

from altocore.values.instants import Instant

__all__ = ["Clock"]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> Instant:
        """Return the instant that it is, never before one that was told before."""
        ...
