"""Who holds a thing that only one client may have, and how it is taken: read, judged and written with what rests on it."""

from collections.abc import Iterable
from typing import final

from attrs import field, frozen

from altocore.clients.holdings import Exclusive, Holding, holding_id
from altocore.plans.documents import Stored
from altocore.plans.plan import Expect
from altocore.plans.reading import Ids, Reader
from altocore.values.days import Day
from altocore.values.ids import ClientId

__all__ = ["Hold", "load_hold", "prefetch_holds"]


@final
@frozen(kw_only=True)
class Hold:
    """A thing, and its last holding, which may be released; None where nobody ever held it."""

    of: Exclusive = field()
    what: str = field()
    last: Stored[Holding] | None = field()

    @property
    def number(self) -> int:
        """The number of the next holding."""
        return 1 if self.last is None else self.last.document.number + 1

    def others(self, client: ClientId) -> int:
        """Return how many clients but this one hold it: 0 or 1."""
        last = None if self.last is None else self.last.document
        return 1 if last is not None and last.until is None and last.client != client else 0

    def taken(self, client: ClientId, day: Day) -> Holding:
        """Return the holding of a client that takes it on this day; a day before its release is that of the release."""
        released = None if self.last is None else self.last.document.until
        return Holding(
            id=holding_id(self.of, self.what, self.number),
            of=self.of,
            number=self.number,
            client=client,
            since=day if released is None else max(day, released),
            until=None,
        )

    @property
    def expect_free(self) -> Expect:
        """Expect that nobody took it since it was read."""
        return Expect(Holding, holding_id(self.of, self.what, self.number), 0)


def load_hold(reader: Reader, of: Exclusive, what: str) -> Hold:
    """Return the hold of this thing: its holdings are numbered from 1, and the last is the one that no other follows."""
    hold = Hold(of=of, what=what, last=None)
    while found := reader.select(Holding, Ids((holding_id(of, what, hold.number),))):
        hold = Hold(of=of, what=what, last=found[0])
    return hold


def prefetch_holds(reader: Reader, of: Exclusive, whats: Iterable[str]) -> None:
    """Read the first holdings of many things at once, for a reader that remembers what it read."""
    reader.select(Holding, Ids(tuple([holding_id(of, what, 1) for what in whats])))
