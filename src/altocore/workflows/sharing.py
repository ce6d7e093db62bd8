"""A day's billing shared by several workers: each takes parts of the clients, by lease, until no part is free.

A client and all it owns are in one part, so workers do not wait for each other's rows, and a client's invoices are numbered
in the order of their issue. A lease saves work and keeps nothing out: where a worker was slow and lost its part, two may
plan the same, and the door lets one of them in. A worker that died leaves its part to whoever asks after its lease ran out.
"""

from contextlib import suppress
from itertools import pairwise
from typing import Final, final
from zlib import crc32

from attrs import define, field, frozen

from altocore.errors import BadValue, Unavailable
from altocore.lifecycle.events import Occasion
from altocore.plans.scanning import SHARDS, Shards
from altocore.ports.clock import Clock
from altocore.ports.leases import Leases
from altocore.ports.store import Store
from altocore.values.instants import later
from altocore.values.texts import line
from altocore.workflows.day import bill_once
from altocore.workflows.pages import PAGE, Run
from altocore.workflows.reports import Report
from altocore.workflows.rulebook import Rulebook

__all__ = ["Sharing", "bill_day_shared"]

PARTS: Final = 16
LEASE_SECONDS: Final = 60


@final
@frozen(kw_only=True)
class Sharing:
    """How one worker shares a day with others: `holder` is its own name, `parts` is the same for all of them.

    A lease lasts `lease_seconds`, which must be longer than a page takes; it is asked for anew before each page.

    Raises:
        BadValue: the name is empty, there are not 1 to 256 parts, or a lease lasts less than a second.
    """

    leases: Leases = field()
    clock: Clock = field()
    holder: str = field(validator=line("holder"))
    parts: int = field(default=PARTS)
    lease_seconds: int = field(default=LEASE_SECONDS)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be shared."""
        if not 1 <= self.parts <= SHARDS:
            raise BadValue("parts", f"must be from 1 to {SHARDS}")
        if self.lease_seconds < 1:
            raise BadValue("lease_seconds", "must be at least 1")

    def shares(self) -> list[Shards]:
        """Return every part; each worker begins at another one."""
        bounds = [SHARDS * at // self.parts for at in range(self.parts + 1)]
        parts = [Shards(start, end) for start, end in pairwise(bounds)]
        first = crc32(self.holder.encode("utf-8", "surrogatepass")) % self.parts
        return parts[first:] + parts[:first]


def bill_day_shared(
    store: Store, rulebook: Rulebook, occasion: Occasion, sharing: Sharing, *, page: int = PAGE
) -> Report:
    """Bill what is due on this occasion's day or before, of the parts that no other worker holds, and report it.

    What others held is asked for once more at the end; what they hold still is in the report's `held`.

    Raises:
        Unavailable: the store failed; what was committed stays, and the same call resumes.
        Runaway: a service would be charged more often than the rulebook allows; what was committed stays.
    """
    run = Run(store=store, rulebook=rulebook, occasion=occasion, page=page)
    report = Report()
    waiting = sharing.shares()
    for _ in range(2):
        waiting = [shards for shards in waiting if not _bill_part(run, sharing, shards, report)]
    report.held += [_name(run, shards) for shards in waiting]
    return report


def _bill_part(run: Run, sharing: Sharing, shards: Shards, report: Report) -> bool:
    """Bill one part under its lease; return whether it was had to the end."""
    lease = _Lease(sharing, _name(run, shards))
    if not lease.is_held():
        return False
    try:
        while (passed := bill_once(run, shards, lease.is_held)).committed:
            report.count(passed)
        if lease.lost:
            # Who has the part now tells what is left undone of it.
            report.count(passed)
        else:
            report.add(passed)
    finally:
        # What cannot be given back runs out by itself, and hides nothing that was raised.
        with suppress(Unavailable):
            sharing.leases.release(lease.name, sharing.holder)
    return not lease.lost


@final
@define
class _Lease:
    """A part's lease, asked for anew each time; once it was lost, what was done under it may be incomplete."""

    sharing: Sharing = field()
    name: str = field()
    lost: bool = field(default=False)

    def is_held(self) -> bool:
        now = self.sharing.clock.now()
        until = later(now, self.sharing.lease_seconds)
        self.lost = self.lost or not self.sharing.leases.lease(self.name, self.sharing.holder, now, until)
        return not self.lost


def _name(run: Run, shards: Shards) -> str:
    return f"bill/{run.occasion.day.isoformat()}/{shards.start}-{shards.end}"
