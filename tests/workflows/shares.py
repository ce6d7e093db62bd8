"""A portfolio that is late on everything, and what stays the same of it however its workers shared it out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from altocore.billing.invoices import Invoice
from altocore.clients.clients import Client
from altocore.plans.reading import OfClients
from altocore.ports.store import Store
from altocore.terms.options import CancellationDebt
from altocore.values.days import Day, day
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import money
from altocore.workflows.ordering import service_id
from altocore.workflows.registering import register
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import DumpStore, World

SEEN: Final = day(2025, 2, 25)
"""The day of the last billing."""

LATE: Final = day(2025, 4, 8)
"""Six weeks later: renewals, notices, suspensions and endings have come."""

NEIGHBOURS: Final = tuple([ClientId(f"cli_{number:02d}") for number in range(9)])

JOURNALS: Final = ("posting", "message")
UNNUMBERED: Final = ("number",)


ALL_DEBTS: Final = examples.terms_edition(
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    says=examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES)),
)
"""Terms under which an end waits for every debt, so that a second pass finds something to do (CAN-4)."""


def late_portfolio(store: DumpStore) -> World:
    """Return a world on `LATE` in which nothing was billed since `SEEN`: thirteen clients, up to three services each."""
    world = cast.world(store, ALL_DEBTS)
    for number, client in enumerate(NEIGHBOURS):
        neighbour = examples.client(name=client, legal=examples.party(name=f"Neighbour {number}"))
        register(store, neighbour, examples.SIGNED_UP)
        for at in range(1 + number % 3):
            world.run(f"{client}/{at}", of=client)
    world.run("studio", of=cast.CLEO, plan=cast.STUDIO)
    world.order("never", of=cast.CLEO)
    world.run("free", plan=cast.FREE)
    rich = world.run("dinars", of=cast.DAN)
    world.run("more dinars", of=cast.DAN)
    world.pay(rich, 0, money("75.000", "KWD"))
    world.run("leaver")
    world.run("waits", of=cast.BEN)
    world.order("debt", of=cast.BEN)
    world.bill_to(SEEN)
    for number, client in enumerate(NEIGHBOURS[:6]):
        for at in range(1 + number % 3 // 2):
            world.pay(service_id(f"{client}/{at}"), 1)
    world.cancel(service_id("leaver"))
    world.pay(service_id("waits"), 1)
    world.cancel(service_id("waits"), "later")
    world.today = LATE
    return world


def shared_rows(dump: Iterable[str]) -> list[str]:
    """Return the rows without the numbers of invoices and without the order between clients; that within a client stays."""
    rows: list[list[object]] = [json.loads(line) for line in dump]
    found = [row for row in rows if row[0] not in UNNUMBERED and row[0] not in JOURNALS]
    places: dict[tuple[object, object], int] = {}
    for row in rows:
        if row[0] in JOURNALS:
            client = row[3] if row[0] == "posting" else row[4]
            key = (row[0], client)
            places[key] = places.get(key, 0) + 1
            # The column of the place among all becomes the place within its client.
            found.append([row[0], client, places[key], row[2:]])
    return sorted([json.dumps(row) for row in found])


def numbers_by_client(store: Store, today: Day = LATE) -> dict[str, list[int]]:
    """Return the numbers of each client's invoices in the order in which its audit log has them; none is after today."""
    found: dict[str, list[int]] = {}
    for client in cast.all_of(store, Client):
        ids = [stored.document.id for stored in store.select(Invoice, OfClients((client.id,)))]
        assert all(stored.document.issued <= today for stored in store.select(Invoice, OfClients((client.id,))))
        numbers = store.numbers(ids)
        found[client.id] = [numbers[each][1] for each in _issued(store, client.id)]
        assert len(found[client.id]) == len(ids)
    return found


def check_numbers(store: Store, today: Day = LATE) -> None:
    """See that the numbers have no gap, and that a client's are in the order of issue (PAY-12)."""
    found: Mapping[str, list[int]] = numbers_by_client(store, today)
    assert all(numbers == sorted(numbers) for numbers in found.values()), found
    every = sorted([number for numbers in found.values() for number in numbers])
    assert every == list(range(1, len(every) + 1))


def _issued(store: Store, client: str) -> Iterator[InvoiceId]:
    for entry in store.log(client):
        for kind, document, _, _ in json.loads(entry.body)["documents"]:
            if kind == "invoice":
                yield InvoiceId(document)
