"""Stores that each break one promise of reading; `check_store` has to name the promise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, cast

from attrs import evolve

from altocore.billing.ledger import Posting
from altocore.billing.payments import Payment
from altocore.clients.clients import Client
from altocore.lifecycle.events import ServiceEvent
from altocore.plans.documents import Document, Stored, index
from altocore.plans.guard import Outcome
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, OfClients, OfPlans, Which
from altocore.plans.scanning import ALL, After, Entry, OwnPage, Scan, Upto
from altocore.ports.store import Store
from altocore.testing import PassingStore
from altocore.values.ids import ClientId
from altocore.values.instants import Instant
from altocore.values.money import Money
from tests.adapters.broken import Whole

D = TypeVar("D", bound=Document)


class IdsAsPatterns(Whole):
    """Takes a percent sign for any id."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        if isinstance(which, Ids) and "%" in which.ids:
            everything = self.kept.entries(cast("type[Document]", kind), After(after="", limit=10**6))
            return self.kept.select(kind, Ids(tuple([entry.id for entry in everything])))
        return self.kept.select(kind, which)


class KeepsOldOwners(Whole):
    """Finds a document by whoever had it once."""

    def __init__(self) -> None:
        super().__init__()
        self._had: dict[str, set[str]] = {}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        for each in [document for plan in page for document in plan.writes]:
            self._had.setdefault(index(each).client, set()).add(each.id)
        return self.kept.commit(page)

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        if not isinstance(which, OfClients):
            return self.kept.select(kind, which)
        return self.kept.select(
            kind, Ids(tuple(sorted(set().union(*[self._had.get(each, set()) for each in which.clients]))))
        )


class OneEditionOfAPlan(Whole):
    """Finds the first edition of each plan only."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        found = self.kept.select(kind, which)
        return found[:1] if isinstance(which, OfPlans) else found


class Unsorted(Whole):
    """Gives an owner's documents in the order of writing, turned round."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        found = self.kept.select(kind, which)
        return found[::-1] if isinstance(which, OfClients) else found


class Changing(Whole):
    """Gives documents that were changed on the way."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        return [Stored(cast("D", self.changed(each.document)), each.version) for each in self.kept.select(kind, which)]

    def changed(self, document: Document) -> Document:
        """Return what becomes of a document."""
        return document


class FloatingMoney(Changing):
    """Keeps the amounts of a payment as floats."""

    def changed(self, document: Document) -> Document:
        return evolve(document, settled=floating(document.settled)) if isinstance(document, Payment) else document


class NaiveTimes(Changing):
    """Keeps an instant without its offset."""

    def changed(self, document: Document) -> Document:
        if not isinstance(document, ServiceEvent):
            return document
        # The core asks no type of an instant again: its doors are the only way to one.
        return evolve(
            document, at=cast("Instant", datetime.fromisoformat(document.at.isoformat()).replace(tzinfo=None))
        )


class FloatingLedger(Whole):
    """Keeps the amounts of postings as floats."""

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        return iter([evolve(each, amount=floating(each.amount)) for each in self.kept.postings(client)])


def floating(amount: Money) -> Money:
    """Return an amount whose units are a float, as no door makes one."""
    made = Money(amount.minor, amount.currency)
    object.__setattr__(made, "minor", float(amount.minor))
    return made


class ScansByDay(Whole):
    """Reads the agenda behind a day, and not behind a day, a shard and an id."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        if isinstance(scan, Upto) and scan.after is not None:
            last = scan.after
            while page := self.kept.entries(kind, evolve(scan, after=last)):
                behind = [entry for entry in page if entry.agenda != scan.after.agenda]
                if behind:
                    return behind
                last = page[-1]
            return []
        return self.kept.entries(kind, scan)


class EveryShard(Whole):
    """Gives the agenda of all, whichever shards are asked for."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        return self.kept.entries(kind, evolve(scan, shards=ALL) if isinstance(scan, Upto) else scan)


class NeverOffTheAgenda(Whole):
    """Finds on the agenda what was on it once."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        found = self.kept.entries(kind, scan)
        if isinstance(scan, Upto) and not found and scan.after is None:
            everything = self.kept.entries(kind, After(after="", limit=10**6))
            return [each for each in everything if self.kept.select(kind, Ids((each.id,)))[0].version > 2]
        return found


class AnybodysIds(Whole):
    """Gives whoever asks the document of an id, whose ever it is."""

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        return self.kept.select(kind, which) if isinstance(which, Ids) else self.kept.owned(kind, client, which)


class AnybodysPages(Whole):
    """Gives a client the documents of all, in the pages that it asks for."""

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        if isinstance(which, Ids):
            return self.kept.owned(kind, client, which)
        everything = self.kept.entries(cast("type[Document]", kind), After(after="", limit=10**6))
        found = self.kept.select(kind, Ids(tuple([entry.id for entry in everything])))
        return [each for each in found if each.document.id > which.after_id][: which.limit]


class PagesById(Whole):
    """Gives a client's documents in the order of their ids alone."""

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        if isinstance(which, Ids):
            return self.kept.owned(kind, client, which)
        own = self.kept.select(kind, OfClients((client,)))
        return [each for each in own if each.document.id > which.after_id][: which.limit]


class DeafToClients(Whole):
    """Gives the messages of all where those of one are asked for."""

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        del client
        return self.kept.messages()


class ReorderedOutbox(Whole):
    """Gives the messages in the order of their ids."""

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        return iter(sorted(self.kept.messages(client), key=lambda each: each.id))


class NewestFirst(Whole):
    """Gives the postings from the last to the first."""

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        return reversed(list(self.kept.postings(client)))


class TellsEachTime(Whole):
    """Has a message as often as somebody said it."""

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        told = [each for each in self.kept.messages(client) for _ in range(1 + each.about.endswith("/one"))]
        return iter(told)


class CreditOfOne(Whole):
    """Gives the credit of the first client that is asked for."""

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        return self.kept.credit(list(clients)[:1])


class BareEntries(Whole):
    """Gives the ids of a scan of all, and not what else an entry says."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        found = self.kept.entries(kind, scan)
        return [Entry(id=each.id, client="", agenda="") for each in found] if isinstance(scan, After) else found


class EndlessAgenda(Whole):
    """Gives all that is due, whatever the limit of a page."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        return self.kept.entries(kind, evolve(scan, limit=10**6) if isinstance(scan, Upto) else scan)


class EndlessScans(Whole):
    """Gives all that there is, whatever the limit of a page."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        return self.kept.entries(kind, evolve(scan, limit=10**6) if isinstance(scan, After) else scan)


class EndlessPages(Whole):
    """Gives all that a client has behind, whatever the limit of a page."""

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        return self.kept.owned(kind, client, which if isinstance(which, Ids) else evolve(which, limit=10**6))


class NoPageWithoutDay(Whole):
    """Pages what has a day of its own, and so never a client."""

    def owned(self, kind: type[D], client: ClientId, which: Ids | OwnPage) -> Sequence[Stored[D]]:
        return [] if kind is Client and isinstance(which, OwnPage) else self.kept.owned(kind, client, which)


class AgendaInMind(PassingStore):
    """Knows the agenda of what it wrote since it was opened, and not of what was there before."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._written: set[str] = set()

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        self._written.update([each.id for plan in page for each in plan.writes])
        return self.behind.commit(page)

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        found = self.behind.entries(kind, evolve(scan, limit=10**6))
        return [each for each in found if each.id in self._written][: scan.limit]
