"""Clocks: the machine's and the movable one keep every promise, and one that breaks a promise is refused by its name."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from time import time
from typing import Final, cast
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.adapters import clock as machine
from altocore.adapters.clock import SystemClock
from altocore.errors import BadType, BadValue
from altocore.ports.clock import Clock
from altocore.testing import CheckFailed, MovableClock, check_clock
from altocore.testing.strategies import instants
from altocore.values.days import day
from altocore.values.instants import Instant, instant

NOON: Final = instant("2025-01-31T12:00:00Z")
LATER: Final = instant("2025-01-31T12:00:00.000001Z")


def test_the_machines_clock_keeps_every_promise() -> None:
    """What is read from the machine is an instant, in UTC, and never an earlier one."""
    check_clock(SystemClock)


def test_the_movable_clock_keeps_every_promise() -> None:
    """Standing still, or at either end of what is supported."""
    for at in (NOON, instant("1970-01-01T00:00:00Z"), instant("2199-12-31T23:59:59.999999Z")):
        check_clock(partial(MovableClock, at))


class Readings:
    """A clock that gives what it is told to, one after the other, and the last for ever."""

    def __init__(self, *given: object) -> None:
        self.given = list(given)

    def now(self) -> Instant:
        return cast("Instant", self.given.pop(0) if len(self.given) > 1 else self.given[0])


def pendulums(zone: str | None) -> Clock:
    """Return a clock that shows a zone's time, or none."""
    tz = None if zone is None else pendulum.timezone(zone)
    return Readings(pendulum.DateTime(2025, 1, 31, 12, tzinfo=tz))


BROKEN: Final[dict[str, tuple[Callable[[], Clock], str]]] = {
    "a plain datetime": (lambda: Readings(datetime(2025, 1, 31, tzinfo=UTC)), "an_instant_is_given"),
    "a naive datetime": (lambda: Readings(datetime(2025, 1, 31)), "an_instant_is_given"),  # noqa: DTZ001  # the point
    "seconds": (lambda: Readings(1_738_324_800), "an_instant_is_given"),
    "naive": (lambda: pendulums(None), "it_knows_its_offset"),
    "local": (lambda: pendulums("America/Argentina/Buenos_Aires"), "it_is_in_utc"),
    "a zone that has UTC's time": (lambda: pendulums("Europe/London"), "it_is_in_utc"),
    "before the epoch": (
        lambda: Readings(pendulum.DateTime(1969, 12, 31, tzinfo=pendulum.UTC)),
        "its_year_is_supported",
    ),
    "far ahead": (lambda: Readings(pendulum.DateTime(2200, 1, 1, tzinfo=pendulum.UTC)), "its_year_is_supported"),
    "backwards": (
        lambda: Readings(*[instant(f"2025-01-31T12:00:{59 - n:02d}Z") for n in range(60)]),
        "it_does_not_go_back",
    ),
    "once back": (lambda: Readings(NOON, LATER, NOON, LATER), "it_does_not_go_back"),
    "raising": (lambda: Readings(None), "an_instant_is_given"),
}


@pytest.mark.parametrize(("make", "promise"), BROKEN.values(), ids=BROKEN)
def test_a_broken_clock_is_refused_by_name(make: Callable[[], Clock], promise: str) -> None:
    """The failure names the promise that is broken, and says what was seen."""
    with pytest.raises(CheckFailed) as failed:
        check_clock(make)
    assert failed.value.check == promise
    assert failed.value.why


def test_a_machine_that_is_set_back_does_not_turn_its_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system's time jumps back, the clock stands still until it is made up."""
    seconds = iter([10, 11, 5, 6, 11, 12])
    monkeypatch.setattr(machine, "_read", lambda: instant(f"2025-01-31T12:00:{next(seconds):02d}Z"))
    clock = SystemClock()
    assert [clock.now().second for _ in range(5)] == [11, 11, 11, 11, 12]


def test_the_machines_clock_shows_the_time_it_is() -> None:
    """Between two readings of the machine in another way lies that of the clock."""
    before = time()
    shown = SystemClock().now().timestamp()
    assert before - 1 <= shown <= time() + 1


@given(instants(end=day(2150, 1, 1)), st.integers(0, 10**4), st.integers(0, 10**6), st.integers(0, 10**9))
def test_a_clock_is_moved_by_exactly_what_is_said(at: Instant, days: int, seconds: int, micro: int) -> None:
    """What passes is what was asked for, and nothing where nothing was."""
    clock = MovableClock(at)
    clock.move()
    assert clock.now() == at
    clock.move(days=days, seconds=seconds, microseconds=micro)
    assert clock.now() - at == timedelta(days=days, seconds=seconds, microseconds=micro)
    assert type(clock.now()) is pendulum.DateTime


def test_a_clock_is_set_forward_and_goes_back_by_name_only() -> None:
    """Back is a way of its own: a test that goes there by mistake is told."""
    clock = MovableClock(NOON)
    clock.set(NOON)
    clock.set(LATER)
    assert clock.now() == LATER
    with pytest.raises(BadValue, match="set_back"):
        clock.set(NOON)
    assert clock.now() == LATER
    clock.set_back(NOON)
    assert clock.now() == NOON
    for at in (NOON, LATER):
        with pytest.raises(BadValue, match="does not lie before"):
            clock.set_back(at)


@pytest.mark.parametrize("unit", ["days", "seconds", "microseconds"])
def test_a_clock_is_moved_by_whole_numbers_forward(unit: str) -> None:
    """Less than nothing, a fraction, a truth value and what leaves the calendar are refused, and it stands where it stood."""
    clock = MovableClock(NOON)
    for given_one, error in ((-1, BadValue), (10**30, BadValue), (1.5, BadType), (True, BadType), ("1", BadType)):
        with pytest.raises(error):
            clock.move(**{unit: given_one})  # type: ignore[arg-type]  # on purpose
    with pytest.raises(BadValue):
        clock.move(days=70_000)
    assert clock.now() == NOON


def test_a_clock_begins_in_utc() -> None:
    """A moment of another zone is taken as the instant that it is."""
    local = NOON.astimezone(ZoneInfo("Asia/Tokyo"))
    assert str(MovableClock(local).now().tzinfo) == "UTC"
