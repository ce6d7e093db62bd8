"""A client keeps its data current: it says all that it says of itself anew, and its e-mail moves in the same commit."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.clients.clients import Client, CreditUse, new_client
from altocore.clients.contacts import folded
from altocore.clients.holdings import Exclusive, Holding
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion
from altocore.plans.documents import Stored
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Reader
from altocore.policy.client_change import (
    CLIENT_CHANGE,
    ClientChangeAccepted,
    ClientChangeFacts,
    ClientChangeRefused,
    decide_client_change,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.days import Day
from altocore.values.ids import ClientId
from altocore.values.provider import LegalParty
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.holding import Hold, load_hold
from altocore.workflows.one import one

__all__ = ["ClientChange", "ClientChangeCase", "change_client", "load_client_change", "plan_client_change"]

ClientChangeAnswer: TypeAlias = ClientChangeAccepted | ClientChangeRefused


@final
@frozen(kw_only=True)
class ClientChange:
    """What a client says of itself from now on, all of it; `phone` may be empty. `key` is the caller's own name for it.

    What stays the same is said again, and is current again. The client's currency is not in it.
    """

    key: str = field()
    client: ClientId = field()
    legal: LegalParty = field()
    email: str = field(repr=False)
    phone: str = field(repr=False)
    tax_region: str = field()
    locale: str = field()
    credit_use: CreditUse = field()


@final
@frozen(kw_only=True)
class ClientChangeCase:
    """A change with its client, its hold of the e-mail that it has, and the hold of the one that it says."""

    change: ClientChange = field()
    client: Stored[Client] = field()
    held: Hold = field()
    wanted: Hold = field()


def client_change_deed(change: ClientChange) -> Claim:
    """Return the identity of a change: the caller's key; the digest is of all that was said."""
    legal = change.legal
    said = (legal.name, legal.address, legal.tax_id, change.email, change.phone, change.tax_region, change.locale)
    return claim("client_change", change.key, change.client, *said, change.credit_use.value)


def load_client_change(reader: Reader, change: ClientChange) -> ClientChangeCase:
    """Return the case of a change.

    Raises:
        UnknownKey: no such client is stored.
    """
    client = one(reader, Client, change.client, "client")
    return ClientChangeCase(
        change=change,
        client=client,
        held=load_hold(reader, Exclusive.EMAIL, folded(client.document.contact.email)),
        wanted=load_hold(reader, Exclusive.EMAIL, folded(change.email)),
    )


def plan_client_change(case: ClientChangeCase, occasion: Occasion) -> Plan[ClientChangeAnswer]:
    """Return the plan of a change; another e-mail is taken hold of, and the one before it released.

    Raises:
        BadValue: something that is said has a form that nothing could be done with.
        HistoryCorrupt: the client does not hold the e-mail that it has.

    Source: CLI-1, CLI-4.
    """
    change, client = case.change, case.client.document
    facts = ClientChangeFacts(actor=occasion.actor, others=case.wanted.others(client.id), today=occasion.day)
    changed = new_client(
        client.id,
        legal=change.legal,
        email=change.email,
        phone=change.phone,
        tax_region=change.tax_region,
        currency=client.currency,
        locale=change.locale,
        credit_use=change.credit_use,
        day=occasion.day,
    )
    answer, rules = decide_client_change(facts, None), rests_on(CLIENT_CHANGE, facts, None)
    deed = client_change_deed(change)
    if isinstance(answer, ClientChangeRefused):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    expects, holdings = _moved(case, occasion.day)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(Expect(Client, client.id, case.client.version), *expects),
        writes=(changed, *holdings),
        rests_on=rules,
        occasion=occasion,
    )


def _moved(case: ClientChangeCase, day: Day) -> tuple[tuple[Expect, ...], tuple[Holding, ...]]:
    """Return what is expected and written where another e-mail is held from now on; nothing where it is the same."""
    last, client = case.held.last, case.client.document
    if last is None or last.document.client != client.id or last.document.until is not None:
        raise HistoryCorrupt(f"client {client.id}", "does not hold its e-mail")
    if case.wanted.what == case.held.what:
        return (), ()
    held = last.document
    # A change under an earlier day than the holding's first ends it on that day.
    released = replace(held, until=max(day, held.since))
    expects = (Expect(Holding, held.id, last.version), case.wanted.expect_free)
    return expects, (released, case.wanted.taken(client.id, day))


def change_client(store: Store, change: ClientChange, occasion: Occasion) -> Result[ClientChangeAnswer]:
    """Store what a client says of itself from now on, once.

    Raises:
        UnknownKey: no such client is stored.
        BadValue: something that is said has a form that nothing could be done with, or the key was used before, with
            another input.
    """
    return perform(
        store,
        client_change_deed(change),
        lambda reader: plan_client_change(load_client_change(reader, change), occasion),
    )
