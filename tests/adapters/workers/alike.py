"""What holds of a store that many worked on: the rows of one worker, numbers without a gap, credit spent exactly."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from altocore.adapters.memory import MemoryStore
from altocore.analysis.example import PROVIDER
from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing
from altocore.lifecycle.events import Actor
from altocore.ports.store import Store
from altocore.values.money import Money
from altocore.workflows.auditing import Violation, audit
from altocore.workflows.day import bill_day
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.walking import every
from tests.adapters.workers.portfolio import DUE, SPENDER, fill, on
from tests.workflows.shares import check_numbers, shared_rows


class InspectedStore(Store, Protocol):
    """A database that can be dumped, and looks into itself."""

    def dump(self) -> Iterator[str]:
        """Yield every row as a line."""
        ...

    def inspect(self) -> Iterator[Violation]:
        """Return what the database itself objects to."""
        ...


PLACES: Final = {"posting": 1, "message": 1, "log": 2}
"""The column of each of these tables that says which came first."""


def unordered_rows(dump: Iterable[str]) -> list[str]:
    """Return the rows without numbers, and without what came first even within a client: the log without its chain."""
    found: list[str] = []
    for row in [json.loads(line) for line in dump]:
        if row[0] == "number":
            continue
        place = PLACES.get(row[0])
        plain = row if place is None else [*row[:place], *row[place + 1 :]]
        found.append(json.dumps(plain[:-1] if row[0] == "log" else plain))
    return sorted(found)


def check_billed(store: InspectedStore, services: int, *, rows: str) -> None:
    """See that the day was billed as one worker does it; `rows` says whether order within a client counts."""
    alone = MemoryStore()
    fill(alone, services)
    assert bill_day(alone, load_rulebook(alone, PROVIDER), on(DUE, Actor.BILLING_RUN)).committed == services
    alike = shared_rows if rows == "in order" else unordered_rows
    assert alike(store.dump()) == alike(alone.dump())
    assert len(list(every(store, Invoice))) == services
    check_whole(store)


def check_spent(store: InspectedStore, credit: Money, orders: int) -> None:
    """See that exactly what there was of credit was spent, on the orders that came first."""
    assert store.credit((SPENDER,)) == {SPENDER: 0}
    spent = [each.amount.minor for each in store.postings(SPENDER) if each.movement is Movement.CREDIT_APPLIED]
    assert sum(spent) == credit.minor
    standings = list(every(store, Standing))
    # The first one was paid with money, and brought the credit.
    assert len(standings) == orders + 1
    assert 0 < len(spent) < orders
    check_whole(store)


def check_whole(store: InspectedStore) -> None:
    """See that the books are in order, asked in both ways, and that numbers have no gap."""
    assert list(audit(store)) == []
    assert list(store.inspect()) == []
    check_numbers(store, DUE)
