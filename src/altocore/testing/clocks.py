"""A clock that a test moves, and the check of clocks: everything that `ports.clock` promises, asked of yours."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final, TypeAlias, final

from altocore.errors import BadType, BadValue
from altocore.ports.clock import Clock
from altocore.testing.checks import failing_as, same
from altocore.values.days import FIRST_YEAR, LAST_YEAR
from altocore.values.instants import Instant, from_datetime, instant

__all__ = ["MovableClock", "check_clock"]

Make: TypeAlias = Callable[[], Clock]

_EPOCH: Final = instant("1970-01-01T00:00:00Z")
_READINGS: Final = 100


@final
class MovableClock:
    """A clock that stands still until it is moved; back only by `set_back`, as when a machine's clock is put right.

    >>> clock = MovableClock(instant("2025-01-31T12:00:00Z"))
    >>> clock.move(seconds=90)
    >>> clock.now().isoformat()
    '2025-01-31T12:01:30+00:00'
    """

    def __init__(self, start: Instant) -> None:
        """Begin at an instant."""
        self._now = from_datetime(start)

    def now(self) -> Instant:
        """Return the instant at which it stands."""
        return self._now

    def move(self, *, days: int = 0, seconds: int = 0, microseconds: int = 0) -> None:
        """Let this much time pass; a day is 24 hours.

        Raises:
            BadType: a part is not an int.
            BadValue: a part is negative, or it would be after the year 2199 then.
        """
        for name, given in (("days", days), ("seconds", seconds), ("microseconds", microseconds)):
            if type(given) is not int:
                raise BadType(name, "must be an int")
            if given < 0:
                raise BadValue(name, "must not be negative: set_back moves a clock back")
        try:
            moved = self._now + timedelta(days=days, seconds=seconds, microseconds=microseconds)
        except OverflowError:
            raise BadValue("instant", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}") from None
        self._now = from_datetime(moved)

    def set(self, at: Instant) -> None:
        """Go on to an instant, which may be the one at which it stands.

        Raises:
            BadValue: it lies before that.
        """
        if at < self._now:
            raise BadValue("at", "lies before the clock's time: set_back moves a clock back")
        self._now = from_datetime(at)

    def set_back(self, at: Instant) -> None:
        """Go back to an instant, against what a clock promises: what is tested then is how code bears that.

        Raises:
            BadValue: it does not lie before the clock's time.
        """
        if at >= self._now:
            raise BadValue("at", "does not lie before the clock's time")
        self._now = from_datetime(at)


def check_clock(make: Make) -> None:
    """Ask a clock for every promise of the port, each of a clock that is made by `make`.

    Raises:
        CheckFailed: a promise is not kept; it names the promise and what was seen.
    """
    for promise in CLOCKS:
        failing_as(promise.__name__, partial(promise, make()))


def an_instant_is_given(clock: Clock) -> None:
    """What is given is an `Instant`: no plain datetime, no text, no number."""
    same("the type of now", type(clock.now()).__qualname__, type(_EPOCH).__qualname__)
    same("the module of it", type(clock.now()).__module__, type(_EPOCH).__module__)


def it_knows_its_offset(clock: Clock) -> None:
    """It is never naive."""
    same("whether it is naive", clock.now().utcoffset() is None, promised=False)


def it_is_in_utc(clock: Clock) -> None:
    """It is in UTC, and in no zone that shows the same time today."""
    same("the zone", str(clock.now().tzinfo), str(_EPOCH.tzinfo))


def its_year_is_supported(clock: Clock) -> None:
    """It lies in the years that altocore has days for."""
    year = clock.now().year
    same("the year", year, min(max(year, FIRST_YEAR), LAST_YEAR))


def it_does_not_go_back(clock: Clock) -> None:
    """Of two readings the later one is not the earlier instant."""
    readings = [clock.now() for _ in range(_READINGS)]
    same("a hundred readings", [each.isoformat() for each in readings], [each.isoformat() for each in sorted(readings)])


CLOCKS: Final = (
    an_instant_is_given,
    it_knows_its_offset,
    it_is_in_utc,
    its_year_is_supported,
    it_does_not_go_back,
)
"""Every promise of a clock."""
