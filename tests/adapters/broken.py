"""Stores that each break one promise, as a hurried adapter would; `check_store` has to name the promise."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from attrs import evolve

from altocore.adapters.memory import MemoryStore
from altocore.billing.ledger import Posting
from altocore.plans.documents import Document, Stored
from altocore.plans.guard import AlreadyDone, Committed, Outcome
from altocore.plans.messages import Message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Ids, OfClients, Which
from altocore.plans.scanning import After, Entry, Scan, Upto
from altocore.testing import PassingStore
from altocore.values.ids import ClientId

D = TypeVar("D", bound=Document)


class Whole(PassingStore):
    """A store that passes everything on, and so keeps every promise."""

    def __init__(self) -> None:
        super().__init__(MemoryStore())
        self.kept = self.behind


class LastWriterWins(Whole):
    """Writes on whatever version there is."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [outcome for plan in plans for outcome in self.kept.commit([self._agreeing(plan)])]

    def _agreeing(self, plan: Plan[object]) -> Plan[object]:
        return evolve(plan, expects=tuple([Expect(each.kind, each.id, self._version(each)) for each in plan.expects]))

    def _version(self, expect: Expect) -> int:
        found = self.kept.select(expect.kind, Ids((expect.id,)))
        return found[0].version if found else 0


class OneByOne(Whole):
    """Commits a page plan by plan, so that a page that breaks off is there in part."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [outcome for plan in plans for outcome in self.kept.commit([plan])]


class GladToRepeat(Whole):
    """Says of a deed that was done before that it happened now."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        done = Committed(numbers=())
        return [done if isinstance(outcome, AlreadyDone) else outcome for outcome in self.kept.commit(plans)]


class CarelessOfCredit(Whole):
    """Does not compare the credit that a plan read."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        return self.kept.commit([evolve(plan, credits=()) for plan in page])


class NumbersByPage(Whole):
    """Begins to count a series at a round number on each page."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = 0

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        self._pages += 1
        gap = 1000 * self._pages
        return [
            evolve(outcome, numbers=tuple([(invoice, gap + number) for invoice, number in outcome.numbers]))
            if isinstance(outcome, Committed)
            else outcome
            for outcome in self.kept.commit(plans)
        ]


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


class NeverOffTheAgenda(Whole):
    """Finds on the agenda what was on it once."""

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        found = self.kept.entries(kind, scan)
        if isinstance(scan, Upto) and not found and scan.after is None:
            everything = self.kept.entries(kind, After(after="", limit=10**6))
            return [each for each in everything if self.kept.select(kind, Ids((each.id,)))[0].version > 2]
        return found


class Unsorted(Whole):
    """Gives an owner's documents in the order of writing, turned round."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        found = self.kept.select(kind, which)
        return found[::-1] if isinstance(which, OfClients) else found


class DeafToClients(Whole):
    """Gives the messages of all where those of one are asked for."""

    def messages(self, client: ClientId | None = None) -> Iterator[Message]:
        del client
        return self.kept.messages()


class NewestFirst(Whole):
    """Gives the postings from the last to the first."""

    def postings(self, client: ClientId | None = None) -> Iterator[Posting]:
        return reversed(list(self.kept.postings(client)))


class Raising(Whole):
    """Raises for a plan, and so stops its page."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        outcomes = self.kept.commit(plans)
        if any(not isinstance(outcome, Committed) for outcome in outcomes):
            raise ValueError
        return outcomes
