"""Where the periods of a recurring contract begin: the n-th boundary, counted from the anchor and never stepped to.

The anchor is the contract's first day. Boundary n lies n cadences after it, on the anchor's day of month, clamped to the
month's length: an anchor on the 31st gives 28 February and then 31 March again. Stepping from one boundary to the next
would stay on the 28th.

For each day of the month there is one table of its edges in every month from 1970 to 2199, built when it is first asked
for (about 2 ms, 31 tables at most); a boundary is then one look-up.
"""

from calendar import monthrange
from enum import IntEnum, unique
from functools import cache
from typing import Final, final

from altocore.errors import BadType, BadValue
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, day
from altocore.values.periods import Period, between

__all__ = ["Cadence", "boundaries", "boundary", "nth_period", "period_index"]


@final
@unique
class Cadence(IntEnum):
    """How often a contract renews; the value is its length in months. Source: CAT-2; QUARTERLY and TRIENNIAL are house."""

    MONTHLY = 1
    QUARTERLY = 3
    SEMIANNUAL = 6
    ANNUAL = 12
    BIENNIAL = 24
    TRIENNIAL = 36


_BEGINNING: Final = FIRST_YEAR * 12 + 1
_MONTHS: Final = (LAST_YEAR - FIRST_YEAR + 1) * 12


@cache
def _edges(day_of_month: int) -> tuple[Day, ...]:
    """Return this day of the month in every supported month, clamped to the month's length."""
    return tuple(
        day(year, month, min(day_of_month, monthrange(year, month)[1]))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for month in range(1, 13)
    )


def _month(of: Day) -> int:
    """Return the number of months since January 1970."""
    return of.year * 12 + of.month - _BEGINNING


def boundary(anchor: Day, cadence: Cadence, n: int) -> Day:
    """Return boundary `n`: the anchor itself for 0, later ones for more.

    >>> boundary(day(2024, 1, 31), Cadence.MONTHLY, 1).isoformat()
    '2024-02-29'

    Raises:
        BadType: `n` is not an int.
        BadValue: `n` is negative, or the boundary lies after 2199.

    Source: REN-1, REN-8; "the day clamped to the month".
    """
    return _edges(anchor.day)[_index(anchor, cadence, n)]


def boundaries(anchor: Day, cadence: Cadence, count: int) -> tuple[Day, ...]:
    """Return boundaries 0 to `count` - 1; see `boundary`."""
    if type(count) is not int:
        raise BadType("count", "must be an int")
    if count == 0:
        return ()
    beyond = _index(anchor, cadence, count - 1) + 1
    return _edges(anchor.day)[_month(anchor) : beyond : cadence]


def nth_period(anchor: Day, cadence: Cadence, n: int) -> Period:
    """Return period `n`, from boundary `n` to boundary `n + 1`; period 0 begins on the anchor.

    Raises:
        BadType: `n` is not an int.
        BadValue: `n` is negative, or the period ends after 2199.
    """
    start = _index(anchor, cadence, n)
    end = start + cadence
    if end >= _MONTHS:
        raise BadValue("n", f"the boundary lies after the year {LAST_YEAR}")
    edges = _edges(anchor.day)
    return between(edges[start], edges[end])


def period_index(anchor: Day, cadence: Cadence, of: Day) -> int:
    """Return the number of the period that holds this day, in closed form: months apart, less one if its edge is later.

    Raises:
        BadValue: the day lies before the anchor.
    """
    if of < anchor:
        raise BadValue("day", "must not lie before the anchor")
    month = _month(of)
    reached = month if _edges(anchor.day)[month] <= of else month - 1
    return (reached - _month(anchor)) // cadence


def _index(anchor: Day, cadence: Cadence, n: int) -> int:
    """Return the place of boundary `n` in its table of edges."""
    if type(n) is not int:
        raise BadType("n", "must be an int")
    if type(cadence) is not Cadence:
        raise BadType("cadence", "must be a Cadence")
    if n < 0:
        raise BadValue("n", "must not be negative")
    index = anchor.year * 12 + anchor.month - _BEGINNING + n * cadence
    if index >= _MONTHS:
        raise BadValue("n", f"the boundary lies after the year {LAST_YEAR}")
    return index
