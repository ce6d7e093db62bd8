"""The clock of the machine: the only module that reads it."""

from datetime import UTC, datetime
from threading import Lock
from typing import final

from altocore.values.instants import Instant, from_datetime

__all__ = ["SystemClock"]


@final
class SystemClock:
    """The system's time, to the microsecond. Where the system is set back, this clock stands still until that is made up."""

    def __init__(self) -> None:
        """Begin with the time that it is."""
        self._lock = Lock()
        self._latest = _read()

    def now(self) -> Instant:
        """Return the instant that it is, or the last one that was returned, whichever is later.

        Raises:
            BadValue: the system's year is not from 1970 to 2199.
        """
        with self._lock:
            self._latest = max(self._latest, _read())
            return self._latest


def _read() -> Instant:
    return from_datetime(datetime.now(UTC))  # noqa: TID251  # the one place
