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

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.values.days import FIRST_YEAR, LAST_YEAR, Day, day, days_from
from altocore.values.periods import Period, between

__all__ = ["AnchoredPeriod", "Cadence", "anchored_around", "boundaries", "boundary", "nth_period", "period_index"]


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


@final
@frozen(kw_only=True)
class AnchoredPeriod:
    """One period that remembers what it is counted from, and so knows the months in it.

    Number 0 begins on the anchor; -1 is the one that would end there, of which a contract that begins before its anchor has
    the last part alone, a stub.

    >>> AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=-1).period
    [2024-12-31, 2025-01-31)

    Raises:
        BadType: the cadence is no Cadence, or the number no int.
        BadValue: the number is below -1, or the period is not within the years 1970 to 2199.
    """

    anchor: Day = field()
    cadence: Cadence = field()
    number: int = field()
    period: Period = field(init=False, eq=False, repr=False)
    """The days of it."""

    def __attrs_post_init__(self) -> None:
        """Refuse what is no period of an anchor, and look its days up, once."""
        if type(self.number) is not int:
            raise BadType("number", "must be an int")
        if type(self.cadence) is not Cadence:
            raise BadType("cadence", "must be a Cadence")
        if self.number < -1:
            raise BadValue("number", "must not be below -1, the period that ends on the anchor")
        if self._first < 0 or self._first + self.cadence >= _MONTHS:
            raise BadValue("number", f"the period must lie in the years {FIRST_YEAR} to {LAST_YEAR}")
        edges = _edges(self.anchor.day)
        _set_period(self, between(edges[self._first], edges[self._first + self.cadence]))

    def elapsed(self, until: Day) -> tuple[int, int, int]:
        """Return the whole months from its start to a day, the days beyond them, and how many days the month they are in has.

        >>> AnchoredPeriod(anchor=day(2024, 1, 31), cadence=Cadence.ANNUAL, number=0).elapsed(day(2024, 3, 1))
        (1, 1, 31)

        Raises:
            BadValue: the day is neither in the period nor its end.
        """
        edges = _edges(self.anchor.day)
        month = _month(until)
        reached = month if edges[month] <= until else month - 1
        whole = reached - self._first
        if not (0 <= whole <= self.cadence and until <= edges[self._first + self.cadence]):
            raise BadValue("day", "must be in the period, or be its end")
        if whole == self.cadence:
            return int(self.cadence), 0, 1
        return whole, days_from(edges[reached], until), days_from(edges[reached], edges[reached + 1])

    @property
    def _first(self) -> int:
        """The place of its first edge in the table of its anchor's day."""
        return _month(self.anchor) + self.number * self.cadence


_set_period = AnchoredPeriod.period.__set__  # type: ignore[attr-defined]  # a slot's descriptor, which mypy takes for a period


def anchored_around(anchor: Day, cadence: Cadence, of: Day) -> AnchoredPeriod:
    """Return the period that holds this day; of the days before the anchor, those of one period have one, number -1.

    Raises:
        BadValue: the day lies more than a period before the anchor, or its period not in the years 1970 to 2199.
    """
    if of >= anchor:
        return AnchoredPeriod(anchor=anchor, cadence=cadence, number=period_index(anchor, cadence, of))
    before = AnchoredPeriod(anchor=anchor, cadence=cadence, number=-1)
    if of not in before.period:
        raise BadValue("day", "must not lie more than a period before the anchor")
    return before


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
