"""Putting into the store what later deeds read: clients, editions of plans, editions of terms."""

from collections.abc import Iterable

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.events import Occasion
from altocore.plans.plan import Expect, Plan
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.workflows.door import Result, claim, must_be_done, perform

__all__ = ["plan_client", "plan_publication", "publish", "register"]


def plan_client(client: Client, occasion: Occasion | None = None) -> Plan[Client]:
    """Return the plan of a new client; the digest of its claim is of all that was given."""
    legal = client.legal
    given = (legal.name, legal.address, legal.tax_id, client.tax_region, client.currency.code, client.locale)
    return Plan(
        answer=client,
        deed=claim("client", client.id, *given, client.credit_use.value),
        expects=(Expect(Client, client.id, 0),),
        writes=(client,),
        occasion=occasion,
    )


def register(store: Store, client: Client, occasion: Occasion | None = None) -> Result[Client]:
    """Store a new client, once; registered again with the same input, nothing happens.

    The occasion, where it is known, is kept in the audit log.

    Raises:
        BadValue: this id belongs to a client that was registered with another input.
    """
    planned = plan_client(client, occasion)
    return perform(store, planned.deed, lambda _reader: planned)


def plan_publication(
    edition: TermsEdition | PlanEdition, occasion: Occasion | None = None
) -> Plan[TermsEdition | PlanEdition]:
    """Return the plan of an edition that is made known; its id says all that it holds."""
    return Plan(
        answer=edition,
        deed=claim("edition", edition.id, edition.id),
        expects=(Expect(type(edition), edition.id, 0),),
        writes=(edition,),
        occasion=occasion,
    )


def publish(store: Store, editions: Iterable[TermsEdition | PlanEdition], occasion: Occasion | None = None) -> None:
    """Store these editions; those that are stored already stay as they are.

    The occasion, where it is known, is kept in the audit log.
    """
    must_be_done(store.commit([plan_publication(edition, occasion) for edition in editions]))
