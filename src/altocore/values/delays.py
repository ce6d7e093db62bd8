"""Delays: spans during which something outside held up what was planned, and by how many days that waits longer."""

from typing import final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day, days_from

__all__ = ["Delay"]


@final
@frozen(kw_only=True)
class Delay:
    """What is planned for `start` or later waits `days` days longer; `last` is the last day that was held up, included.

    Raises:
        BadValue: it ends before it starts, or moves nothing.
    """

    start: Day = field()
    last: Day = field()
    days: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a span that runs backwards, and one that moves nothing."""
        if self.last < self.start:
            raise BadValue("last", "must not lie before the start")
        if self.days < 1:
            raise BadValue("days", "must be at least 1")

    def since(self, day: Day) -> "Delay | None":
        """Return what is left of it from this day on; None where it was over before."""
        if day <= self.start:
            return self
        if day > self.last:
            return None
        return Delay(start=day, last=self.last, days=min(self.days, days_from(day, self.last) + 1))
