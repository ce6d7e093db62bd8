"""A store of your own: one append-only file, certified by altocore's own check, and then a year of billing on it.

Each page that is committed is one line of JSON behind a digest of it and of all lines before, and is synced before `commit`
returns. What is in memory is made from the lines alone, the same way when a line is written and when the file is opened
again; so a page is there as a whole or not at all. One process at a time has the file, and its threads may share the store.

altocore gives what is the same for every store: plans as rows (`encoded`), who is let in (`Door`), the entries of the audit
log (`log_rows`), rows as values again (`decoding`), documents found by what they are found by (`Shelf`). What is written
here is where the rows are kept.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import IO, Self, TypeVar, cast

from altocore import audit, day, pay
from altocore.adapters import decoding
from altocore.adapters.chains import log_rows
from altocore.adapters.door import Door
from altocore.adapters.encoding import Encoded, encoded
from altocore.adapters.rows import message_row, posting_row
from altocore.adapters.shelf import Shelf
from altocore.billing.ledger import Posting
from altocore.billing.numbering import label
from altocore.clients.clients import Client
from altocore.codec.documents import decode
from altocore.errors import HistoryCorrupt, Unavailable
from altocore.lifecycle.events import Actor
from altocore.plans.documents import KINDS, Document, Stored, index
from altocore.plans.guard import Committed, Outcome, Verdict
from altocore.plans.log import BEGINNING, Head, LogEntry, chained, digest_of
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Which
from altocore.plans.scanning import Entry, OwnPage, Scan
from altocore.testing import Opening, check_store
from altocore.testing.cast import NORTHWIND, billed
from altocore.testing.worlds import World
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId, InvoiceId
from altocore.workflows.enquiries import invoices_of, open_invoices

D = TypeVar("D", bound=Document)
K = TypeVar("K")
V = TypeVar("V")


class JournalStore:
    """A `Store` in one append-only file."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read every line of a file that nobody else has; see `open`."""
        self._file = file
        self._lock = Lock()
        self._chain = BEGINNING
        self._shelves: dict[type[Document], Shelf[Document]] = {kind: Shelf() for kind in KINDS.values()}
        self._texts: dict[tuple[type[Document], str], tuple[int, str]] = {}
        self._claims: dict[tuple[str, str], str] = {}
        self._credit: dict[ClientId, int] = {}
        self._series: dict[str, list[InvoiceId]] = {}
        self._numbers: dict[InvoiceId, tuple[str, int]] = {}
        self._postings: list[Posting] = []
        self._messages: dict[str, Message] = {}
        self._log: dict[str, list[LogEntry]] = {}
        end = 0
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                # Torn: it was never synced, so nobody was told that it is there.
                file.truncate(end)
                break
            chain, _, text = line[:-1].decode(errors="replace").partition(" ")
            if chain != chained(self._chain, text):
                raise HistoryCorrupt(f"line {number}", "is not as it was written")
            self._take(chain, text)
            end += len(line)

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open the file; an absent one is made, and a last line that is torn is cut off.

        Raises:
            Unavailable: the file cannot be opened, or another store has it.
            HistoryCorrupt: a whole line is not as it was written; it is named by its number.
        """
        with _faults_told():
            file = path.open("a+b")
        with file:
            with _faults_told():
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _sync_folder(path.parent)
                file.seek(0)
                store = cls(file)
            yield store

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        """Judge the plans in order, write what is admitted as one line, and return an outcome for each."""
        plans = list(plans)
        asked = [encoded(plan) for plan in plans]
        with self._held():
            door = self._door([each for each in asked if isinstance(each, Encoded)])
            admitted: list[Encoded] = []
            refused: dict[int, Outcome] = {}
            for at, each in enumerate(asked):
                said = (
                    door.admit(each.plan, each.owners) if isinstance(each, Encoded) else door.leave_out(plans[at], each)
                )
                if isinstance(each, Encoded) and isinstance(said, Verdict):
                    admitted.append(each)
                elif not isinstance(said, Verdict):
                    refused[at] = said
            if admitted:
                self._write(admitted)
            done = (Committed(numbers=self._numbers_of(each.plan)) for each in admitted)
            return [refused[at] if at in refused else next(done) for at in range(len(asked))]

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the stored documents of this kind, each with its version."""
        with self._held():
            return self._shelf(kind).select(which)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        """Return a page of what the documents of this kind are found by."""
        with self._held():
            return self._shelves[kind].entries(scan)

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        """Return documents of this kind that this client owns."""
        with self._held():
            return self._shelf(kind).owned(client, which)

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        """Return the digest of the text of each of these documents that is stored."""
        with self._held():
            return {each: self._texts[kind, each][1] for each in ids if (kind, each) in self._texts}

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return the credit of each of these clients that ever had any."""
        with self._held():
            return _of(self._credit, clients)

    def claimed(self, space: str, key: str) -> str | None:
        """Return the digest under which this key of this space was claimed; None where it is free."""
        with self._held():
            return self._claims.get((space, key))

    def numbers(self, invoices: Iterable[InvoiceId]) -> Mapping[InvoiceId, tuple[str, int]]:
        """Return the series and number of each of these invoices that has one."""
        with self._held():
            return _of(self._numbers, invoices)

    def numbered(self, series: str, number: int) -> InvoiceId | None:
        """Return the invoice that bears this number of this series; None where no invoice does."""
        with self._held():
            given = self._series.get(series, [])
            return given[number - 1] if 1 <= number <= len(given) else None

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        """Return the postings in the order in which they were written."""
        with self._held():
            return iter([each for each in self._postings if client in {None, each.client}])

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        """Return the messages in the order in which they were written."""
        with self._held():
            return iter([each for each in self._messages.values() if client in {None, each.client}])

    def log(self, client: str) -> Iterator[LogEntry]:
        """Return the entries of a client's audit log in their order."""
        with self._held():
            return iter(list(self._log.get(client, [])))

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        """Return a page of where the clients' chains end, by client."""
        with self._held():
            page = sorted([client for client in self._log if after is None or client > after])[:limit]
            return [Head(client=each, number=len(self._log[each]), chain=self._log[each][-1].chain) for each in page]

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._lock:
            if self._file.closed:
                raise Unavailable("the journal is closed: open it again")
            yield

    def _shelf(self, kind: type[D]) -> Shelf[D]:
        # What is on the shelf of a kind is of that kind, which a type checker cannot follow through a dict.
        return cast("Shelf[D]", self._shelves[cast("type[Document]", kind)])

    def _numbers_of(self, plan: Plan[object]) -> tuple[tuple[InvoiceId, int], ...]:
        return tuple([(each.invoice, self._numbers[each.invoice][1]) for each in plan.numbers])

    def _door(self, asked: Sequence[Encoded]) -> Door:
        """Return the door over copies of what these plans name: nothing moves here before it is in the file."""
        plans = [each.plan for each in asked]
        texts = _of(self._texts, [(each.kind, each.id) for plan in plans for each in plan.expects])
        clients = [each.client for plan in plans for each in plan.postings]
        clients += [each.client for plan in plans for each in plan.credits]
        return Door(
            versions={key: version for key, (version, _) in texts.items()},
            claims=_of(self._claims, [(each.space, each.key) for plan in plans for each in (plan.deed, *plan.claims)]),
            credit=_of(self._credit, clients),
            numbered=_of(self._numbers, [each.invoice for plan in plans for each in plan.numbers]),
            owners={owner for each in asked for owner in each.owners if (Client, owner) in self._texts},
        )

    def _write(self, admitted: Sequence[Encoded]) -> None:
        """Append a page, and take it in once it is synced; where that fails, only opening again tells what is there."""
        plans = [each.plan for each in admitted]
        heads = {client: (len(entries), entries[-1].chain) for client, entries in self._log.items()}
        page = {
            "claims": [(each.space, each.key, each.digest) for plan in plans for each in (plan.deed, *plan.claims)],
            "documents": [(row[0], row[2], row[-1]) for each in admitted for row in each.rows],
            "log": log_rows(admitted, heads),
            "messages": [message_row(each) for plan in plans for each in plan.messages],
            "numbers": [(each.series, each.invoice) for plan in plans for each in plan.numbers],
            "postings": [posting_row(each) for plan in plans for each in plan.postings],
        }
        text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
        chain = chained(self._chain, text)
        try:
            with _faults_told():
                self._file.write(f"{chain} {text}\n".encode())
                self._file.flush()
                os.fsync(self._file.fileno())
        except Unavailable:
            with suppress(OSError):
                self._file.close()
            raise
        self._take(chain, text)

    def _take(self, chain: str, text: str) -> None:
        """Take in a line that is in the file."""
        page = json.loads(text)
        for name, version, body in page["documents"]:
            document = decode(KINDS[name], body)
            self._shelves[KINDS[name]].put(document, version, index(document))
            self._texts[KINDS[name], document.id] = (version, digest_of(body))
        self._claims.update({(space, key): digest for space, key, digest in page["claims"]})
        for series, invoice in page["numbers"]:
            given = self._series.setdefault(series, [])
            given.append(invoice)
            self._numbers[invoice] = (series, len(given))
        for _, posting in decoding.postings([(0, *each) for each in page["postings"]]):
            self._postings.append(posting)
            if posting.credit_change:
                self._credit[posting.client] = self._credit.get(posting.client, 0) + posting.credit_change
        for _, message in decoding.messages([(0, *each) for each in page["messages"]]):
            self._messages.setdefault(message.id, message)
        for client, number, body, link in page["log"]:
            self._log.setdefault(client, []).append(LogEntry(client=client, number=number, body=body, chain=link))
        self._chain = chain


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        message = f"the journal: {fault.strerror}"
        raise Unavailable(message) from fault


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _of(known: Mapping[K, V], asked: Iterable[K]) -> dict[K, V]:
    return {each: known[each] for each in asked if each in known}


def live(world: World, last: Day) -> None:
    """Bill every day up to the last; Northwind pays on each due day, and Ceibos never pays its order."""
    while world.today < last:
        world.bill_to(add_days(world.today, 1))
        for view in open_invoices(world.store, NORTHWIND.id):
            if view.standing.due == world.today:
                pay(world.store, world.rulebook, world.notice(view.invoice.id), world.at(Actor.GATEWAY))


def main() -> None:
    """Certify the store; then bill a year on it, with a torn line in the middle, and audit it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "checked.journal"
        check_store(lambda: JournalStore.open(path), opening=Opening.SAME)
        print("Every promise of a store is kept.")
        path = Path(folder) / "year.journal"
        with JournalStore.open(path) as store:
            world = billed(store)
            live(world, day(2025, 7, 31))
        with path.open("ab") as file:
            file.write(b"a line that was being written when the power went")
        with JournalStore.open(path) as store:
            world.store = store
            live(world, day(2026, 1, 31))
            for view in invoices_of(store, NORTHWIND.id).items:
                print(
                    label(view.series, view.number), view.invoice.issued, view.invoice.total, view.standing.state.value
                )
            print(f"The audit objects to: {list(audit(store)) or 'nothing'}")


if __name__ == "__main__":
    main()
