"""The store in front: every call of the port may hand the baton on, may fail as the seed says, and leaves a trace."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeVar, final

from altocore.adapters.memory import MemoryStore
from altocore.billing.ledger import Posting
from altocore.errors import Unavailable
from altocore.plans.documents import Document, Stored, index
from altocore.plans.guard import Outcome
from altocore.plans.log import Head, LogEntry
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.ports.store import Store
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.instants import Instant
from tests.simulation.faults import Died, Fault, Faults
from tests.simulation.scheduler import Scheduler

__all__ = ["Front", "Trace"]

D = TypeVar("D", bound=Document)
T = TypeVar("T")

SEEN_LAST: Final = 30


@final
class Trace:
    """What happened, call by call: a digest of all, and the last of it in words."""

    def __init__(self) -> None:
        """Begin empty."""
        self._digest = sha256()
        self.calls = 0
        self.faults = 0
        self.last: deque[str] = deque(maxlen=SEEN_LAST)

    def add(self, step: str) -> None:
        """Note one step."""
        self.calls += 1
        self._digest.update(step.encode() + b"\n")
        self.last.append(step)

    def digest(self) -> str:
        """Return the digest of all that was noted."""
        return self._digest.hexdigest()


@final
class Front:
    """A `Store` in front of another, with `Leases` of its own; each method is one `_call`."""

    def __init__(self, behind: Store, scheduler: Scheduler, faults: Faults) -> None:
        """Stand in front of this store. `touched` has the clients whose documents somebody tried to write."""
        self._behind = behind
        self._leases = MemoryStore()
        self._scheduler = scheduler
        self._faults = faults
        self.trace = Trace()
        self.touched: set[ClientId] = set()
        self.outcomes: Counter[str] = Counter()

    def _call(self, name: str, thunk: Callable[[], T], about: str = "") -> T:
        self._scheduler.pause()
        fault = self._faults.of(name)
        self.trace.add(f"{self._scheduler.name} {name} {about} {fault.value}")
        if fault is Fault.NONE:
            return thunk()
        self.trace.faults += 1
        if fault in {Fault.LOST, Fault.KILLED_AFTER}:
            thunk()
        if fault in {Fault.KILLED, Fault.KILLED_AFTER}:
            raise Died
        raise Unavailable(fault.value)

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Read documents."""
        about = f"{kind.__name__} {type(which).__name__}"
        return self._call("select", lambda: self._behind.select(kind, which), about)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Scan."""
        return self._call("entries", lambda: self._behind.entries(kind, scan), f"{kind.__name__} {type(scan).__name__}")

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Read a client's own documents."""
        return self._call("owned", lambda: self._behind.owned(kind, client, which), kind.__name__)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Read credit."""
        return self._call("credit", lambda: self._behind.credit(clients))

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Commit, and note who is touched."""
        self.touched.update(
            [ClientId(found.client) for plan in plans for each in plan.writes if (found := index(each)).client]
        )
        about = " ".join([f"{plan.deed.space}/{plan.deed.key}" for plan in plans])
        outcomes = self._call("commit", lambda: self._behind.commit(plans), about)
        self.outcomes.update([type(each).__name__ for each in outcomes])
        return outcomes

    def claimed(self, space: str, key: str) -> str | None:
        """Read a claim."""
        return self._call("claimed", lambda: self._behind.claimed(space, key), f"{space}/{key}")

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Read numbers."""
        return self._call("numbers", lambda: self._behind.numbers(invoices))

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Read who bears a number."""
        return self._call("numbered", lambda: self._behind.numbered(series, number))

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Read postings."""
        return self._call("postings", lambda: iter(list(self._behind.postings(client))))

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Read messages."""
        return self._call("messages", lambda: iter(list(self._behind.messages(client))))

    def log(self, client: str) -> Iterator[LogEntry]:
        """Read the audit log."""
        return self._call("log", lambda: iter(list(self._behind.log(client))))

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Read where the chains end."""
        return self._call("heads", lambda: self._behind.heads(after, limit))

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Read digests."""
        return self._call("digests", lambda: self._behind.digests(kind, ids))

    def lease(self, name: str, holder: str, now: Instant, until: Instant) -> bool:
        """Take a lease."""
        return self._call("lease", lambda: self._leases.lease(name, holder, now, until), name)

    def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        self._call("release", lambda: self._leases.release(name, holder), name)
