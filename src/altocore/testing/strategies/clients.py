"""Strategies for who buys: clients, how they are reached, what they hold, and how they are registered."""

from typing import Final

from hypothesis import strategies as st

from altocore.clients.clients import Client, CreditUse
from altocore.clients.contacts import Contact
from altocore.clients.holdings import Exclusive, Holding, holding_id
from altocore.lifecycle.events import Actor
from altocore.policy.registration import Origin, RegistrationFacts
from altocore.testing.strategies.values import (
    currencies,
    days,
    days_with_room,
    given_or,
    ids,
    parties,
    short_texts,
)
from altocore.values.currencies import Currency
from altocore.values.days import add_days
from altocore.values.ids import ClientId, HoldingId

__all__ = ["TYPES", "clients", "contacts", "emails", "holdings", "locales", "phones", "registration_facts"]

_DAYS_HELD: Final = 4000

_LOCALES: Final = ("en", "es", "pt", "es_AR", "es_CL", "en_US", "pt_BR")


def clients(
    *, currency: Currency | None = None, tax_region: str | None = None, credit_use: CreditUse | None = None
) -> st.SearchStrategy[Client]:
    """Return a strategy for clients, billed in this currency, taxed in this region, where they are given."""
    return st.builds(
        Client,
        id=ids(ClientId),
        legal=parties(),
        billing_confirmed=days(),
        contact=contacts(),
        tax_region=given_or(tax_region, short_texts()),
        currency=given_or(currency, currencies()),
        locale=locales(),
        credit_use=given_or(credit_use, st.sampled_from(CreditUse)),
    )


def locales() -> st.SearchStrategy[str]:
    """Return a strategy for locales that altocore has words for, with and without a territory."""
    return st.sampled_from(_LOCALES)


def emails() -> st.SearchStrategy[str]:
    """Return a strategy for e-mails as people write them: in any script and case, some with a space before or behind."""
    part = st.text(st.characters(categories=["L", "N"], include_characters="+-._"), min_size=1, max_size=20)
    space = st.sampled_from(("", "", " "))
    return st.builds(lambda *parts: "".join(parts), space, part, st.just("@"), part, space)


def phones() -> st.SearchStrategy[str]:
    """Return a strategy for phones, with their country first."""
    return st.integers(10**6, 10**15 - 1).map("+{}".format)


def contacts() -> st.SearchStrategy[Contact]:
    """Return a strategy for how clients are reached, with and without a phone."""
    return st.builds(
        Contact,
        email=emails(),
        email_confirmed=days(),
        phone=phones(),
        phone_confirmed=days(),
    ) | st.builds(Contact, email=emails(), email_confirmed=days(), phone=st.just(""), phone_confirmed=st.none())


@st.composite
def holdings(draw: st.DrawFn, *, of: Exclusive | None = None) -> Holding:
    """Return a strategy for holdings of anything, some of them released, also on their first day."""
    held = draw(given_or(of, st.sampled_from(Exclusive)))
    number, since = draw(st.integers(1, 10**6)), draw(days_with_room())
    return Holding(
        id=holding_id(held, draw(ids(str)), number),
        of=held,
        number=number,
        client=draw(ids(ClientId)),
        since=since,
        until=draw(st.none() | st.integers(0, _DAYS_HELD).map(lambda days: add_days(since, days))),
    )


def registration_facts(
    *, actor: Actor | None = None, origin: Origin | None = None
) -> st.SearchStrategy[RegistrationFacts]:
    """Return a strategy for registrations by anybody, from here or elsewhere, whose e-mail is free or not."""
    return st.builds(
        RegistrationFacts,
        actor=given_or(actor, st.just(Actor.CLIENT) | st.sampled_from(Actor)),
        origin=given_or(origin, st.sampled_from(Origin)),
        others=st.integers(0, 1),
        currency=currencies(),
    )


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    Contact: contacts(),
    CreditUse: st.sampled_from(CreditUse),
    Exclusive: st.sampled_from(Exclusive),
    Holding: holdings(),
    HoldingId: ids(HoldingId),
    RegistrationFacts: registration_facts(),
}
"""Every public type of this floor."""
