"""A naive reader: a flat list of rows that is searched from end to end, and that remembers what it was asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, assert_never, final

from altocore.billing.adjustments import CreditAdjustment
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.plan import Plan
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Which
from altocore.values.ids import ClientId

D = TypeVar("D", bound=Document)


def client_of(document: Document) -> str:
    """Return the client that a document belongs to, read off its fields; a client belongs to itself."""
    if isinstance(document, Client):
        return document.id
    found: str = getattr(document, "client", "")
    return found


def service_of(document: Document) -> str:
    """Return the service that a document belongs to, read off its fields; a service belongs to itself.

    An adjustment is its client's, also where it names the service that it is for.
    """
    if isinstance(document, Service):
        return document.id
    if isinstance(document, CreditAdjustment):
        return ""
    found: str = getattr(document, "service", "")
    return found


def plan_of(document: Document) -> str:
    """Return the plan that a document is an edition of; nothing for any other."""
    return document.plan if isinstance(document, PlanEdition) else ""


@final
class Shelf:
    """Rows in the order in which they came."""

    def __init__(self, rows: Iterable[tuple[Document, int]] = (), credit: Iterable[tuple[ClientId, int]] = ()) -> None:
        """Begin with these documents, each with its version, and these credits."""
        self.rows: list[tuple[Document, int]] = list(rows)
        self.credits: dict[ClientId, int] = dict(credit)
        self.asked: list[object] = []

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        """Return the rows of this kind, by id."""
        self.asked.append((kind, which))
        match which:
            case Ids(ids=ids):
                wanted = [(document, version) for document, version in self.rows if document.id in ids]
            case OfClients(clients=clients):
                wanted = [(document, version) for document, version in self.rows if client_of(document) in clients]
            case OfServices(services=services):
                wanted = [(document, version) for document, version in self.rows if service_of(document) in services]
            case OfPlans(plans=plans):
                wanted = [(document, version) for document, version in self.rows if plan_of(document) in plans]
            case _:
                assert_never(which)
        found = [Stored(document, version) for document, version in wanted if isinstance(document, kind)]
        return sorted(found, key=lambda stored: stored.document.id)

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        """Return the credit of those that have any; the others are left out."""
        asked = tuple(clients)
        self.asked.append(asked)
        return {client: self.credits[client] for client in asked if client in self.credits}

    def put(self, document: Document, version: int) -> None:
        """Write one row, over what stood there."""
        self.rows = [(each, its) for each, its in self.rows if (type(each), each.id) != (type(document), document.id)]
        self.rows.append((document, version))

    def commit(self, plan: Plan[object]) -> None:
        """Write what a plan says, each document one version up, and move the credits."""
        for document in plan.writes:
            (version,) = {
                expect.version for expect in plan.expects if (expect.kind, expect.id) == (type(document), document.id)
            }
            self.put(document, version + 1)
        for posting in plan.postings:
            if posting.credit_change:
                self.credits[posting.client] = self.credits.get(posting.client, 0) + posting.credit_change
