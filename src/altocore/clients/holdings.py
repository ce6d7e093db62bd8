"""Holdings: what one client has and no other may have at the same time, each under an id that is derived from it.

Two clients who ask for one e-mail at once both need the same document to be new, so one of them is told no. A holding has one
owner for ever. Released it stays, and the next one of the same thing has the next number: so a holding is current where the
one with the next number is not there, or not yet.
"""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day
from altocore.values.ids import ClientId, HoldingId, derive

__all__ = ["Exclusive", "Holding", "holding_id"]


@final
@unique
class Exclusive(StrEnum):
    """What is held. Source: CLI-1."""

    EMAIL = "email"


@final
@frozen(kw_only=True)
class Holding:
    """That a client holds something since a day; `until` is the day on which it was released, None while it is held.

    It is the `number`-th holding of that thing, counted from 1. What is held stands in the id as a digest only.

    Raises:
        BadValue: it was released before it began.
    """

    id: HoldingId = field()
    of: Exclusive = field()
    number: int = field()
    client: ClientId = field()
    since: Day = field()
    until: Day | None = field()

    def __attrs_post_init__(self) -> None:
        """Refuse an end before the beginning."""
        if self.until is not None and self.until < self.since:
            raise BadValue("until", "must not be before the day since which it is held")


def holding_id(of: Exclusive, what: str, number: int) -> HoldingId:
    """Return the id of the `number`-th holding of this: a digest of it, and the number spelled out."""
    return HoldingId(f"{derive('hold', of.value, what)}.{number:06d}")
