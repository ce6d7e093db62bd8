"""Clients and editions enter the store: once, and as they were given first."""

import attrs
import pytest

from altocore.clients.clients import Client, CreditUse
from altocore.errors import BadValue
from altocore.plans.documents import Stored
from altocore.plans.reading import Ids
from altocore.terms.editions import TermsEdition
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.registering import publish, register
from altocore.workflows.rulebook import load_rulebook
from tests import cast as examples
from tests.workflows import cast

OTHERS = (
    attrs.evolve(cast.CLIENTS[0], legal=examples.party(name="Anna")),
    attrs.evolve(cast.CLIENTS[0], legal=examples.party(address="Calle 2")),
    attrs.evolve(cast.CLIENTS[0], legal=examples.party(tax_id="20-1")),
    attrs.evolve(cast.CLIENTS[0], tax_region="export"),
    attrs.evolve(cast.CLIENTS[0], currency=examples.JPY),
    attrs.evolve(cast.CLIENTS[0], locale="en"),
    attrs.evolve(cast.CLIENTS[0], credit_use=CreditUse.KEEP),
)
"""Ana, with each of her fields given otherwise once."""


def test_a_client_is_stored_as_it_was_given(store: cast.DumpStore) -> None:
    """CLI-8: a client is kept with its one currency, under its own id, in its first version."""
    ana = cast.CLIENTS[0]
    assert register(store, ana) == Did(answer=ana, numbers=())
    assert store.select(Client, Ids((ana.id,))) == [Stored(ana, 1)]


def test_registered_again_nothing_happens(store: cast.DumpStore) -> None:
    """The same client under the same id is the same deed: it is told so, and no row moves."""
    register(store, cast.CLIENTS[0])
    before = cast.dumped(store)
    assert register(store, cast.CLIENTS[0]) == DidBefore()
    assert cast.dumped(store) == before


@pytest.mark.parametrize("other", OTHERS, ids=["name", "address", "tax_id", "region", "currency", "locale", "credit"])
def test_another_client_under_the_same_id_is_refused(store: cast.DumpStore, other: Client) -> None:
    """An id belongs to what was registered first; each field counts, and the fault repeats none of them (CLI-7)."""
    register(store, cast.CLIENTS[0])
    before = cast.dumped(store)
    with pytest.raises(BadValue) as refused:
        register(store, other)
    assert (refused.value.field, refused.value.problem) == ("client", "this key was used before, with another input")
    assert cast.dumped(store) == before


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
