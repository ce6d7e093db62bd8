"""Delays: something outside held up what was planned, and by how many days that waits longer."""

from typing import final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day

__all__ = ["Delay"]


@final
@frozen(kw_only=True)
class Delay:
    """What is planned for `start` or later waits `days` days longer.

    Raises:
        BadValue: it moves nothing.
    """

    start: Day = field()
    days: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse one that moves nothing."""
        if self.days < 1:
            raise BadValue("days", "must be at least 1")
