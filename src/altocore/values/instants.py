"""Instants: points on the one time line, kept in UTC, apart from civil days by their type.

A civil day of an instant depends on a zone, so the zone is always asked for. An hour that a clock change skips does not
exist, and an hour that it repeats is two: both are settled here and nowhere else.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NewType
from zoneinfo import ZoneInfo

import pendulum

from altocore.errors import BadType, BadValue
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, day

__all__ = ["Instant", "civil_day", "from_datetime", "instant", "later", "microseconds", "start_of_day", "zone"]

Instant = NewType("Instant", pendulum.DateTime)
"""A point in time, in UTC. Made by `instant`, `from_datetime` and `start_of_day` only."""

_RFC3339: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-5][0-9])", re.ASCII
)


def instant(text: str) -> Instant:
    """Return the instant that an RFC 3339 text with its offset says.

    >>> instant("2025-03-01T00:30:00-03:00").isoformat()
    '2025-03-01T03:30:00+00:00'

    Raises:
        BadType: not a str.
        BadValue: another form, no offset, or no such moment.
    """
    if type(text) is not str:
        raise BadType("instant", "must be a str such as 2025-01-31T12:00:00Z")
    if _RFC3339.fullmatch(text) is None:
        raise BadValue("instant", "must look like 2025-01-31T12:00:00Z, with its offset")
    try:
        return from_datetime(datetime.fromisoformat(text))
    except ValueError:
        raise BadValue("instant", "there is no such moment") from None


def from_datetime(given: datetime) -> Instant:
    """Return the instant of a datetime that knows its offset.

    Raises:
        BadType: not a datetime.
        BadValue: it has no offset, or its year is outside 1970 to 2199.
    """
    if not isinstance(given, datetime):
        raise BadType("instant", "must be a datetime")
    if given.utcoffset() is None:
        raise BadValue("instant", "must know its offset from UTC")
    try:
        moment = given.astimezone(UTC)
    except OverflowError:
        raise BadValue("instant", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadValue("instant", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    return Instant(
        pendulum.DateTime(
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
            moment.microsecond,
            tzinfo=pendulum.UTC,
        )
    )


def later(moment: Instant, seconds: int) -> Instant:
    """Return the instant so many seconds after this one, or before it where they are negative.

    Raises:
        BadValue: the year would be outside 1970 to 2199.
    """
    try:
        return from_datetime(datetime.fromisoformat(moment.isoformat()) + timedelta(seconds=seconds))
    except OverflowError:
        raise BadValue("instant", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}") from None


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: Instant) -> int:
    """Return how many microseconds after the beginning of 1970 in UTC this instant is, exactly.

    >>> microseconds(instant("1970-01-01T00:00:01.000002Z"))
    1000002
    """
    # As plain datetimes: the difference of two of pendulum's is an interval with months in it.
    passed = datetime.fromisoformat(moment.isoformat()) - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def civil_day(moment: Instant, zone_name: str) -> Day:
    """Return the civil day that a clock in this zone shows at the instant."""
    local = moment.astimezone(zone(zone_name))
    return day(local.year, local.month, local.day)


def start_of_day(of: Day, zone_name: str) -> Instant:
    """Return the first instant of a civil day in this zone: midnight, or the end of the gap that swallows it.

    >>> start_of_day(day(2026, 9, 6), "America/Santiago").isoformat()
    '2026-09-06T04:00:00+00:00'
    """
    return from_datetime(datetime(of.year, of.month, of.day, tzinfo=zone(zone_name)))


def zone(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name.

    Raises:
        BadType: not a str.
        BadValue: no such zone.
    """
    if type(name) is not str:
        raise BadType("zone", "must be a str such as America/Argentina/Buenos_Aires")
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise BadValue("zone", "not the name of a time zone") from None
