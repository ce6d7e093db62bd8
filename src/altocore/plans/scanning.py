"""Scanning: pages of what a store's rows are found by, read without the rows themselves.

So a scan passes by a row that cannot be understood, and reads each that can by its id.
"""

from typing import Final, TypeAlias, final
from zlib import crc32

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.values.days import Day

__all__ = ["ALL", "SHARDS", "After", "Entry", "OwnPage", "Scan", "Shards", "Upto", "shard_of"]

SHARDS: Final = 256
"""How many shards there are: a client belongs to one for ever, so the number never changes."""


def shard_of(client: str) -> int:
    """Return the shard of a client, 0 to 255, and with it of everything that the client owns."""
    return crc32(client.encode("utf-8", "surrogatepass")) % SHARDS


@final
@frozen
class Shards:
    """The shards from `start` up to, and without, `end`.

    Raises:
        BadValue: it holds none, or one that there is not.
    """

    start: int = field()
    end: int = field()

    def __attrs_post_init__(self) -> None:
        """Refuse an empty range, and shards that there are not."""
        if not 0 <= self.start < self.end <= SHARDS:
            raise BadValue("shards", f"must be a range within 0 to {SHARDS} that is not empty")


ALL: Final = Shards(0, SHARDS)
"""Every shard."""


@final
@frozen(kw_only=True)
class Entry:
    """What a document is found by: its id, its client (or ""), and the day it is next due on, as it is stored (or "").

    The day is a text, such as 2025-01-31, for a scan goes on behind whatever stands there.
    """

    id: str = field()
    client: str = field()
    agenda: str = field()


@final
@frozen(kw_only=True)
class Upto:
    """A page of what is due: agenda day up to and including `day`, in these shards, `limit` entries at most.

    In the order of agenda day, shard and id, behind the entry `after`; None begins.
    """

    day: Day = field()
    after: Entry | None = field()
    limit: int = field()
    shards: Shards = field(default=ALL)


@final
@frozen(kw_only=True)
class After:
    """A page of all, in the order of ids, behind the id `after`, `limit` at most; the first page is after ""."""

    after: str = field()
    limit: int = field()


Scan: TypeAlias = Upto | After


@final
@frozen(kw_only=True)
class OwnPage:
    """A page of one client's documents, in the order of their own day and id, `limit` at most.

    It begins behind `after_day` and `after_id`; the first page has None and "".
    """

    after_day: Day | None = field()
    after_id: str = field()
    limit: int = field()
