"""Periods of civil days, half-open: the start is in, the end is not, so one period's end is the next one's start."""

from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.values.days import Day, add_days, is_day

__all__ = ["Period"]


@final
@frozen(kw_only=True, repr=False)
class Period:
    """The days from `start` up to, and without, `end`.

    >>> from altocore.values.days import day
    >>> Period(start=day(2024, 2, 1), end=day(2024, 3, 1)).days
    29

    Raises:
        BadType: an end is no civil day.
        BadValue: the end is not after the start.
    """

    start: Day = field()
    end: Day = field()

    def __attrs_post_init__(self) -> None:
        """Refuse what is not from a day to a later day."""
        if not (is_day(self.start) and is_day(self.end)):
            raise BadType("period", "must be from a Day to a Day")
        if self.start >= self.end:
            raise BadValue("period", "must end after it starts")

    def __repr__(self) -> str:
        """Return the half-open interval as mathematics writes it."""
        return f"[{self.start.isoformat()}, {self.end.isoformat()})"

    @property
    def days(self) -> int:
        """How many days are in it; at least one."""
        return self.end.toordinal() - self.start.toordinal()

    @property
    def last_day(self) -> Day:
        """The last day that is in it, the one before `end`; people are shown this one."""
        return add_days(self.end, -1)

    def __contains__(self, day: Day) -> bool:
        """Say whether the day is in it; the end is not."""
        return self.start <= day < self.end


_make_period: Final = object.__new__
_set_start = Period.start.__set__  # type: ignore[attr-defined]  # slot descriptors, which mypy takes for plain days
_set_end = Period.end.__set__  # type: ignore[attr-defined]  # likewise


def between(start: Day, end: Day) -> Period:
    """Return the period of two neighbouring edges, whose order the caller has from its table."""
    made = _make_period(Period)
    _set_start(made, start)
    _set_end(made, end)
    return made
