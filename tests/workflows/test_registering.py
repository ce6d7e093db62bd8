"""Clients and editions enter the store: once, and as they were given first."""

import attrs
import pytest

from altocore.clients.clients import Client, CreditUse
from altocore.clients.contacts import folded
from altocore.clients.holdings import Holding
from altocore.errors import BadValue
from altocore.lifecycle.events import Actor
from altocore.plans.documents import Stored
from altocore.plans.guard import Committed, Conflict
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Ids, OfClients
from altocore.policy.registration import Origin, RegistrationAccepted, RegistrationRefused
from altocore.terms.editions import TermsEdition
from altocore.terms.reasons import Why
from altocore.values.days import day
from altocore.workflows.door import Did, DidBefore, Result, claim
from altocore.workflows.registering import plan_registration, publish, register
from altocore.workflows.rulebook import load_rulebook
from tests import cast as examples
from tests.workflows import cast

ANA = cast.CLIENTS[0]
SIGNED_UP = examples.SIGNED_UP
ACCEPTED = RegistrationAccepted(currency=examples.USD)

OTHERS = (
    attrs.evolve(ANA, legal=examples.party(name="Anna")),
    attrs.evolve(ANA, legal=examples.party(address="Calle 2")),
    attrs.evolve(ANA, legal=examples.party(tax_id="20-1")),
    attrs.evolve(ANA, tax_region="export"),
    attrs.evolve(ANA, currency=examples.JPY),
    attrs.evolve(ANA, locale="en"),
    attrs.evolve(ANA, credit_use=CreditUse.KEEP),
    attrs.evolve(ANA, contact=attrs.evolve(ANA.contact, email="anna@clients.example")),
    attrs.evolve(ANA, contact=attrs.evolve(ANA.contact, phone="+5493415550001")),
)
"""Ana, with each of her fields given otherwise once."""


def reasons(result: Result[object]) -> list[tuple[str, Why]]:
    """Return rule and code of each reason of a refusal."""
    assert isinstance(result, Did)
    assert isinstance(result.answer, RegistrationRefused)
    return [(each.rule, each.why) for each in result.answer.reasons]


def holdings_of(store: cast.DumpStore, client: str) -> list[Holding]:
    """Return what a client holds and held."""
    return [each.document for each in store.select(Holding, OfClients((client,)))]


def test_a_client_is_stored_as_it_was_given(store: cast.DumpStore) -> None:
    """CLI-8: a client is kept with its one currency, under its own id, in its first version."""
    assert register(store, ANA, SIGNED_UP) == Did(answer=ACCEPTED, numbers=())
    assert store.select(Client, Ids((ANA.id,))) == [Stored(ANA, 1)]
    (held,) = holdings_of(store, ANA.id)
    assert held == examples.holding(what=folded(ANA.contact.email))
    assert cast.findings(store) == []


def test_registered_again_nothing_happens(store: cast.DumpStore) -> None:
    """The same client under the same id is the same deed, also on the day after: it is told so, and no row moves."""
    register(store, ANA, SIGNED_UP)
    before = cast.dumped(store)
    assert register(store, ANA, SIGNED_UP) == DidBefore()
    tomorrow = examples.client(on=day(2025, 2, 1))
    assert register(store, tomorrow, cast.occasion(day(2025, 2, 1), Actor.STAFF)) == DidBefore()
    assert cast.dumped(store) == before


@pytest.mark.parametrize(
    "other", OTHERS, ids=["name", "address", "tax_id", "region", "currency", "locale", "credit", "email", "phone"]
)
def test_another_client_under_the_same_id_is_refused(store: cast.DumpStore, other: Client) -> None:
    """An id belongs to what was registered first; each field counts, and the fault repeats none of them (CLI-7)."""
    register(store, ANA, SIGNED_UP)
    before = cast.dumped(store)
    with pytest.raises(BadValue) as refused:
        register(store, other, SIGNED_UP)
    assert (refused.value.field, refused.value.problem) == ("client", "this key was used before, with another input")
    assert cast.dumped(store) == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ana@example.com", "ana@example.com"),
        ("Ana@Example.COM ", " ana@example.com"),
        ("straße@example.com", "STRASSE@example.com"),
        ("mar\u00eda@example.com", "mari\u0301a@example.com"),
    ],
)
def test_an_email_belongs_to_one_client(store: cast.DumpStore, first: str, second: str) -> None:
    """CLI-1: compared in NFC, trimmed and case-folded; the second is told why, and nothing of it is stored."""
    assert register(store, examples.client(email=first), SIGNED_UP) == Did(answer=ACCEPTED, numbers=())
    before = cast.dumped(store)
    told = register(store, examples.client(name=cast.BEN, email=second), SIGNED_UP)
    assert reasons(told) == [("CLI-1", Why.EMAIL_TAKEN)]
    assert cast.dumped(store) == before


@pytest.mark.parametrize("second", ["an.a@example.com", "ana+b@example.com", "ana@example.org"])
def test_another_email_is_another(store: cast.DumpStore, second: str) -> None:
    """CLI-1: no dots and no tags are removed, so both are clients."""
    for name, email in ((cast.ANA, "ana@example.com"), (cast.BEN, second)):
        assert register(store, examples.client(name=name, email=email), SIGNED_UP) == Did(answer=ACCEPTED, numbers=())
    assert cast.findings(store) == []


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.CLIENT])
def test_a_client_signs_up_itself(store: cast.DumpStore, actor: Actor) -> None:
    """CLI-5: sign-up is done by the client; somebody else is told so, staff too."""
    told = register(store, ANA, attrs.evolve(SIGNED_UP, actor=actor))
    assert reasons(told) == [("CLI-5", Why.NOT_BY_CLIENT)]
    assert cast.dumped(store) == []


def test_of_two_at_once_one_has_the_email(store: cast.DumpStore) -> None:
    """CLI-1: both looked before either wrote; the store lets one in, and the other is told no when it asks again."""
    email = "ana@example.com"
    ana, ben = examples.client(email=email), examples.client(name=cast.BEN, email=email.upper())
    plans = [plan_registration(store, each, Origin.HERE, SIGNED_UP) for each in (ana, ben)]
    assert [type(store.commit([plan])[0]) for plan in plans] == [Committed, Conflict]
    assert reasons(register(store, ben, SIGNED_UP)) == [("CLI-1", Why.EMAIL_TAKEN)]
    assert cast.findings(store) == []


@pytest.mark.parametrize("others", [0, 1, 3])
def test_what_was_released_can_be_taken(store: cast.DumpStore, others: int) -> None:
    """CLI-1: an e-mail that nobody has any more can be another client's; what was held before stays as it was."""
    email, released = "ana@example.com", day(2025, 2, 1)
    for number in range(1, others + 1):
        before = examples.client(name=f"cli_{number}", email=f"{number}@example.com")
        held = examples.holding(what=email, number=number, by=before.id, since=released, until=released)
        register(store, before, SIGNED_UP)
        expects = (Expect(Holding, held.id, 0),)
        store.commit([Plan(answer=None, deed=claim("t", held.id), expects=expects, writes=(held,))])
    ben = examples.client(name=cast.BEN, email=email)
    # Recorded under an earlier day than the release, it is held from the release on all the same.
    assert register(store, ben, SIGNED_UP) == Did(answer=ACCEPTED, numbers=())
    (own,) = holdings_of(store, cast.BEN)
    assert (own.number, own.since, own.until) == (others + 1, released if others else SIGNED_UP.day, None)
    assert cast.findings(store) == []


def test_editions_are_published_once(store: cast.DumpStore) -> None:
    """REN-4: an edition that is stored stays as it is; published again beside a new one, only the new one is added."""
    publish(store, [cast.DEFAULT, cast.CLOUD])
    before = cast.dumped(store)
    publish(store, [cast.DEFAULT, cast.CLOUD])
    assert cast.dumped(store) == before
    publish(store, [cast.CLOUD, cast.TERMS])
    assert {each.id for each in cast.all_of(store, TermsEdition)} == {cast.DEFAULT.id, cast.TERMS.id}


def test_the_rulebook_holds_every_edition(store: cast.DumpStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """REN-4: whatever the size of its pages, the rulebook knows all editions, for each governs its own periods."""
    monkeypatch.setattr("altocore.workflows.walking._PAGE", 2)
    editions = [examples.terms_edition(name=f"terms_{number}") for number in range(5)]
    publish(store, editions)
    rulebook = load_rulebook(store, cast.PROVIDER)
    assert rulebook.provider is cast.PROVIDER
    assert [each.id for each in rulebook.editions.editions] == [each.id for each in editions]


def test_an_edition_that_cannot_be_stored_is_told(store: cast.DumpStore) -> None:
    """What cannot be kept is said: a rulebook without the edition would bill under the one before it (REN-4)."""
    unfit = examples.plan(name="plan_\ud800")
    with pytest.raises(BadValue, match="edition: its key holds a character that no store keeps"):
        publish(store, [unfit])
