"""Civil days: dates in a provider's own calendar, without an hour and without a zone.

`Day` is a type of its own, so that a type checker keeps days, moments and plain dates apart. Only the functions here
make one. Days are counted by ordinal; pendulum's own subtraction builds an interval and costs a hundred times more.
Supported are the years 1970 to 2199: a billing date outside them is a typing mistake.
"""

import re
from datetime import date
from functools import cache
from typing import Final, NewType, TypeGuard

import pendulum

from altocore.errors import BadType, BadValue

__all__ = ["FIRST_YEAR", "LAST_YEAR", "Day", "add_days", "day", "days_from", "from_date", "is_day", "parse_day"]

Day = NewType("Day", pendulum.Date)
"""A civil day. Made by `day`, `parse_day`, `from_date` and `add_days` only."""

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)


def day(year: int, month: int, day_of_month: int) -> Day:
    """Return that civil day.

    >>> day(2024, 2, 29).isoformat()
    '2024-02-29'

    Raises:
        BadType: a part is not an int.
        BadValue: there is no such day, or its year is outside 1970 to 2199.
    """
    if type(year) is not int or type(month) is not int or type(day_of_month) is not int:
        raise BadType("day", "year, month and day must be ints")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue("day", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return Day(pendulum.Date(year, month, day_of_month))
    except (ValueError, OverflowError):
        raise BadValue("day", "there is no such day") from None


def parse_day(text: str) -> Day:
    """Return the day that `YYYY-MM-DD` says, in ASCII digits and in no other form.

    Raises:
        BadType: not a str.
        BadValue: another form, or no such day.
    """
    if type(text) is not str:
        raise BadType("day", "must be a str such as 2025-01-31")
    found = _ISO.fullmatch(text)
    if found is None:
        raise BadValue("day", "must look like 2025-01-31")
    return day(int(found.group(1)), int(found.group(2)), int(found.group(3)))


def from_date(given: date) -> Day:
    """Return the day of a plain date; a moment (datetime) is refused, for its day depends on a zone.

    Raises:
        BadType: not a date, or a datetime.
        BadValue: its year is outside 1970 to 2199.
    """
    if type(given) is pendulum.Date and FIRST_YEAR <= given.year <= LAST_YEAR:
        return Day(given)
    if type(given) not in {date, pendulum.Date}:
        raise BadType("day", "must be a date and no datetime")
    return day(given.year, given.month, given.day)


def add_days(start: Day, count: int) -> Day:
    """Return the day `count` days after `start`; before it where `count` is negative.

    Raises:
        BadType: the count is not an int.
        BadValue: the answer's year is outside 1970 to 2199.
    """
    if type(count) is not int:
        raise BadType("count", "must be an int of days")
    ordinal = start.toordinal() + count
    if not _FIRST <= ordinal <= _LAST:
        raise BadValue("day", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    return _of_ordinal(ordinal)


def days_from(start: Day, end: Day) -> int:
    """Return how many days `end` lies after `start`; negative where it lies before."""
    return end.toordinal() - start.toordinal()


@cache
def _of_ordinal(ordinal: int) -> Day:
    """Return the day with this ordinal. There are 84,006, and pendulum takes a microsecond to make one: each is made once."""
    return Day(pendulum.Date.fromordinal(ordinal))


def is_day(given: object) -> TypeGuard[Day]:
    """Say whether this is a civil day, and no moment, no plain date and no text."""
    return type(given) is pendulum.Date


_FIRST: Final = date(FIRST_YEAR, 1, 1).toordinal()
_LAST: Final = date(LAST_YEAR, 12, 31).toordinal()
