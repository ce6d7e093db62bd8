"""Putting into the store what later deeds read: clients, editions of plans, editions of terms."""

from collections.abc import Iterable

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.contacts import folded
from altocore.clients.holdings import Exclusive
from altocore.lifecycle.events import Occasion
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.registration import (
    REGISTRATION,
    Origin,
    RegistrationAccepted,
    RegistrationFacts,
    RegistrationRefused,
    decide_registration,
)
from altocore.ports.store import Store
from altocore.terms.editions import TermsEdition
from altocore.terms.judgements import rests_on
from altocore.workflows.door import Result, claim, must_be_done, perform
from altocore.workflows.holding import load_hold

__all__ = ["plan_publication", "plan_registration", "publish", "register", "registration_deed"]


def registration_deed(client: Client) -> Claim:
    """Return the identity of a registration: the client's id; the digest is of all that it says of itself.

    The days on which it confirmed that are left out, so that what is asked again on the day after is the same deed.
    """
    legal, contact = client.legal, client.contact
    said = (legal.name, legal.address, legal.tax_id, client.tax_region, client.currency.code, client.locale)
    return claim("client", client.id, *said, client.credit_use.value, contact.email, contact.phone)


def plan_registration(
    reader: Reader, client: Client, origin: Origin, occasion: Occasion
) -> Plan[RegistrationAccepted | RegistrationRefused]:
    """Return the plan of a new client, which takes hold of its e-mail in the same commit.

    Source: CLI-1, CLI-5.
    """
    hold = load_hold(reader, Exclusive.EMAIL, folded(client.contact.email))
    facts = RegistrationFacts(
        actor=occasion.actor, origin=origin, others=hold.others(client.id), currency=client.currency
    )
    answer, rules = decide_registration(facts, None), rests_on(REGISTRATION, facts, None)
    deed = registration_deed(client)
    if isinstance(answer, RegistrationRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(Expect(Client, client.id, 0), hold.expect_free),
        writes=(client, hold.taken(client.id, occasion.day)),
        rests_on=rules,
        occasion=occasion,
    )


def register(store: Store, client: Client, occasion: Occasion) -> Result[RegistrationAccepted | RegistrationRefused]:
    """Store a new client that signs up here, once; registered again with the same input, nothing happens.

    Raises:
        BadValue: this id belongs to a client that was registered with another input.
    """
    return perform(
        store, registration_deed(client), lambda reader: plan_registration(reader, client, Origin.HERE, occasion)
    )


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
