"""A client's own service with what was invoiced for it: what a question about its contract is answered from."""

from collections.abc import Mapping
from typing import final

from attrs import field, frozen

from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import UnknownKey
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids
from altocore.ports.store import Store
from altocore.values.anchors import Cadence, period_index
from altocore.values.days import Day
from altocore.values.ids import ClientId, InvoiceId, ServiceId
from altocore.workflows.charging import charging
from altocore.workflows.one import one

__all__ = ["OwnContract", "own_contract", "period_number"]


@final
@frozen(kw_only=True)
class OwnContract:
    """A client's service with its plan, and what was invoiced for the periods of its contract and is not void."""

    client: Client = field()
    service: Service = field()
    plan: PlanEdition = field()
    invoices: tuple[Invoice, ...] = field()
    standings: Mapping[InvoiceId, Standing] = field()

    def charging(self, number: int) -> tuple[Invoice, Standing] | None:
        """Return the invoice of a period of its contract with its standing; None where there is none."""
        contract = self.service.contract.number
        found = [each for each in self.invoices if (each.contract, each.period_number) == (contract, number)]
        return (found[0], self.standings[found[0].id]) if found else None


def own_contract(store: Store, client: ClientId, service: ServiceId) -> OwnContract:
    """Return a client's own service with all that a change of it reads.

    Raises:
        UnknownKey: the client is not stored, or the service is not one of its own.
    """
    clients = store.owned(Client, client, Ids((client,)))
    if not clients:
        raise UnknownKey("client", "no such client is stored")
    services = store.owned(Service, client, Ids((service,)))
    if not services:
        raise UnknownKey("service", "no such service of this client is stored")
    invoices, standings = charging(store, service)
    stored = services[0].document
    return OwnContract(
        client=clients[0].document,
        service=stored,
        plan=one(store, PlanEdition, stored.contract.plan_edition, "plan").document,
        invoices=invoices,
        standings={each: found.document for each, found in standings.items()},
    )


def period_number(service: Service, on: Day) -> int:
    """Return the number of the period that holds the day; the last invoiced where there are none.

    Raises:
        BadValue: the day lies before the anchor.
    """
    contract = service.contract
    if contract.anchor is None or not isinstance(contract.cycle, Cadence):
        return service.last_period
    return period_index(contract.anchor, contract.cycle, on)
