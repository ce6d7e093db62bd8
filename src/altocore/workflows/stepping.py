"""One step of a service's agenda, whatever it is: the end of a cancelled contract, else its next renewal."""

from collections.abc import Sequence
from typing import TypeAlias

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.ending import EndingDue, EndingWaiting
from altocore.policy.renewal import RenewalDue, RenewalWithheld
from altocore.values.money import Money
from altocore.workflows.ending import load_ending, plan_ending
from altocore.workflows.one import one
from altocore.workflows.renewing import RenewalCase, plan_renewal
from altocore.workflows.rulebook import Rulebook

__all__ = ["ServiceAnswer", "plan_service_step", "prefetch_services"]

ServiceAnswer: TypeAlias = RenewalDue | RenewalWithheld | EndingDue | EndingWaiting


def prefetch_services(reader: Reader, page: Sequence[Stored[Service]]) -> None:
    """Read at once what the steps of this page will read one by one through the same overlay."""
    clients = tuple({stored.document.client for stored in page})
    reader.select(Client, Ids(clients))
    reader.select(PlanEdition, Ids(tuple({stored.document.contract.plan_edition for stored in page})))
    reader.credit(clients)


def plan_service_step(
    reader: Reader, service: Stored[Service], rulebook: Rulebook, occasion: Occasion
) -> Plan[ServiceAnswer]:
    """Return the plan of what is next for this service on this occasion."""
    document = service.document
    if document.ending is not None:
        return plan_ending(load_ending(reader, service), rulebook, occasion)
    client = one(reader, Client, document.client)
    minor = reader.credit((document.client,)).get(document.client, 0)
    case = RenewalCase(
        service=service,
        client=client,
        plan=one(reader, PlanEdition, document.contract.plan_edition).document,
        credit=Money(minor, client.document.currency),
    )
    return plan_renewal(case, rulebook, occasion)
