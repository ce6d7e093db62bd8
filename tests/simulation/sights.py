"""What the outside sees of the store, and what it does about it: an invoice is paid, a paid service provisioned."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias, final

from attrs import define, field

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids, OfClients
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.values.ids import ClientId
from tests.simulation import wishes
from tests.simulation.deeds import Activates, Deed, Hears, Leaves, Orders
from tests.simulation.habits import Habits
from tests.simulation.telling import Pays

__all__ = ["Intent", "Sights"]

Intent: TypeAlias = tuple[Day, Deed]
"""A deed, and the day from which on it will be done."""

OPEN: Final = StandingState.OPEN


@final
@define
class Sights:
    """Remembers what was seen, so that each thing moves somebody once, in an order that no worker changes."""

    habits: Habits = field()
    seen: set[tuple[str, str]] = field(factory=set)

    def look(self, store: Store, clients: Iterable[ClientId], today: Day) -> list[Intent]:
        """Return what is new with these clients, as what will be done about it."""
        owners = tuple(sorted(clients))
        found: list[Intent] = []
        for client in store.select(Client, Ids(owners)):
            found += self._of_client(client.document, today)
        for service in store.select(Service, OfClients(owners)):
            found += self._of_service(service.document, today)
        for standing in store.select(Standing, OfClients(owners)):
            found += self._of_standing(standing.document, today)
        return found

    def _is_new(self, what: str, of: str) -> bool:
        if (what, of) in self.seen:
            return False
        self.seen.add((what, of))
        return True

    def _of_client(self, client: Client, today: Day) -> Iterator[Intent]:
        if self._is_new("client", client.id):
            for on, order in self.habits.orders(client, today):
                yield on, Orders(order)
            yield from wishes.of_client(self.habits, client, today)

    def _of_service(self, service: Service, today: Day) -> Iterator[Intent]:
        if self._is_new("service", service.id):
            for number, on in enumerate(self.habits.leaving(service)):
                yield on, Leaves(f"{service.id}/leave{number}", service.id, self.habits.leaving_how(service))
            for on in self.habits.activating(service, today):
                yield on, Activates(service.id)
            yield from wishes.of_service(self.habits, service)

    def _of_standing(self, standing: Standing, today: Day) -> Iterator[Intent]:
        if standing.state is OPEN and self._is_new("open", standing.id):
            for on, notice in self.habits.paying(standing, today):
                yield on, Pays(notice)
            yield from wishes.of_standing(self.habits, standing)
        is_first = standing.kind is InvoiceKind.FIRST and standing.state is StandingState.PAID
        if is_first and self._is_new("paid", standing.id):
            for on in self.habits.activating_paid(standing, today):
                yield on, Activates(standing.service)
        waits = standing.state is OPEN and standing.last_notice_queued is not None
        if waits and standing.last_notice_taken is None and self._is_new("notice", standing.id):
            for on in self.habits.hearing(standing, today):
                yield on, Hears(standing.id)
