"""Moves: what makes the steps of an unpaid invoice come later than its terms plan them.

Three things do. A *delay*, a fault of the provider, moves every step that follows its beginning by its length. A *hold*, a
promise to pay, keeps every step that is still to come until the promised day is over. And a last notice that a channel took
late keeps the termination for as long as the notice is to run. They are applied in the order in which they began, so that
a fault which falls into the time of a promise moves the step that waits for it too.

Each of them keeps the order of the steps, and none of them moves the due date.

Source: PAY-2, PAY-18, house.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day, add_days
from altocore.values.delays import Delay

__all__ = ["UNMOVED", "Hold", "Moves", "NotBefore", "moved"]


@final
@frozen(kw_only=True)
class Hold:
    """From the day it was made up to and including `until` no step is taken.

    Raises:
        BadValue: it is over before it is made.
    """

    made: Day = field()
    until: Day = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a hold that holds nothing."""
        if self.until < self.made:
            raise BadValue("until", "must not lie before the day it is made")


@final
@frozen(kw_only=True)
class NotBefore:
    """Known since `since`: the step comes on `day` at the earliest."""

    since: Day = field()
    day: Day = field()


@final
@frozen(kw_only=True)
class Moves:
    """Everything that moves the steps of one invoice: the delays since its issue, and the holds."""

    delays: tuple[Delay, ...] = field(default=())
    holds: tuple[Hold, ...] = field(default=())


UNMOVED: Final = Moves()
"""Nothing moves them: every step comes on the day that the terms plan."""

_Change: TypeAlias = Delay | NotBefore


def moved(planned: Day, moves: Moves, rest_days: int, notices: tuple[NotBefore, ...] = ()) -> Day:
    """Return the day of a step that is still to come; after a hold it comes `rest_days` after the held day at the earliest.

    Source: PAY-2, PAY-18, house.
    """
    on = planned
    changes: list[_Change] = [*moves.delays, *_ends_of(moves.holds, rest_days), *notices]
    for change in sorted(changes, key=_begins):
        if isinstance(change, NotBefore):
            on = max(on, change.day)
        elif on >= change.start:
            on = add_days(on, change.days)
    return on


def _ends_of(holds: tuple[Hold, ...], rest_days: int) -> tuple[NotBefore, ...]:
    return tuple([NotBefore(since=hold.made, day=add_days(hold.until, rest_days)) for hold in holds])


def _begins(change: _Change) -> tuple[Day, int]:
    """Return when a change began; of one day, what a step waits for comes before what delays it further."""
    return (change.since, 0) if isinstance(change, NotBefore) else (change.start, 1)
