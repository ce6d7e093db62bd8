"""Leases: who works on what, until when, so that workers share a day's work and take over from one that died."""

from typing import Protocol

from altocore.values.instants import Instant

__all__ = ["Leases"]


class Leases(Protocol):
    """Names that one holder at a time may hold. A lease saves work; what keeps two from doing a thing twice is the door."""

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Return whether this holder has this name from now until, and without, `until`.

        It is given where nobody has it, where it ran out by `now`, and to its own holder again.
        """
        ...

    def release(self, name: str, holder: str) -> None:
        """Give a name back; what somebody else holds stays theirs."""
        ...
