"""The audit: silent over every good history, and for each invariant exact about each corruption that breaks it alone."""

from importlib import import_module
from typing import Final

import pytest

from altocore.adapters.memory import MemoryStore
from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.errors import Unavailable
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, index
from altocore.values.ids import EditionId, ServiceId
from altocore.workflows.auditing import Violation, audit
from altocore.workflows.auditing.findings import Invariant, unless
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.broken import A, B, Make, T, cast_client, held, lived, put
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.corruptions import Corruption, plant
from tests.workflows.lives import spring
from tests.workflows.planted import PLANTED
from tests.workflows.stores import BlindStore

LOG: Final = Invariant.AUDIT_LOG_IS_WHOLE


@pytest.mark.parametrize(("invariant", "make"), PLANTED.values(), ids=[*PLANTED])
def test_a_planted_corruption_is_found_as_what_it_is(store: cast.DumpStore, invariant: Invariant, make: Make) -> None:
    """The audit names the broken invariant and no other, says where, and repairs nothing."""
    world = lived(store)
    assert cast.findings(store) == []
    plant(store, make(world))
    before = cast.dumped(store)
    found = cast.findings(store)
    assert found != []
    assert {each.invariant for each in found} - {LOG} == {invariant}
    assert all(each.where and each.problem for each in found)
    assert cast.dumped(store) == before
    assert cast.findings(store) == found


def test_every_invariant_has_a_corruption() -> None:
    """No invariant is taken on trust: each is broken by a corruption above, or in test_audit_log, _damage and _restorations."""
    elsewhere = {LOG, Invariant.ROWS_ARE_SOUND, Invariant.RESTORATIONS_ARE_PAID}
    assert {invariant for invariant, _ in PLANTED.values()} == set(Invariant) - elsewhere


def test_a_number_that_is_used_twice_is_found() -> None:
    """PAY-12: two invoices under one number, in memory, for a database does not even hold the row."""
    world = lived(MemoryStore())
    plant(world.store, Corruption(numbers={world.invoice(A, 1).id: 1}))
    assert {each.invariant for each in cast.findings(world.store)} == {Invariant.NUMBERS_ARE_GAPLESS}


def test_where_a_client_is_lost_everything_of_it_is_named(store: cast.DumpStore) -> None:
    """Each document of an owner that is not stored is named by its own id; the walk by client never meets them."""
    world = lived(store)
    email = held(world, cast.CLEO)
    plant(store, Corruption(lost=(cast_client(world, cast.CLEO),)))
    found = [each for each in cast.findings(store) if each.invariant is not LOG]
    assert {each.where for each in found} == {T, email.id, *[each.id for each in world.events(T)]}


def test_where_a_service_is_lost_its_invoices_are_named(store: cast.DumpStore) -> None:
    """An invoice whose service is not its client's is named."""
    world = lived(store)
    plant(store, Corruption(lost=(world.service(A),)))
    found = [each for each in cast.findings(store) if each.invariant is not LOG]
    assert {each.where for each in found} == {world.invoice(A, 0).id, world.invoice(A, 1).id}


def paid_in_part(world: World) -> Corruption:
    """Count a's renewal as paid, with a cent of it settled."""
    return put(
        world.standing(A, 1),
        state=StandingState.PAID,
        closed=world.today,
        settled=examples.usd("0.01"),
        next_step=None,
    )


def open_in_full(world: World) -> Corruption:
    """Settle all of a's renewal, and leave it open."""
    return put(world.standing(A, 1), settled=cast.WHOLE)


@pytest.mark.parametrize("make", [paid_in_part, open_in_full])
def test_what_is_paid_is_settled_in_full(store: cast.DumpStore, make: Make) -> None:
    """PAY-6: a standing cannot be paid in part, nor open with nothing owed; the money that never came is told too."""
    world = lived(store)
    plant(store, make(world))
    found = {each.invariant for each in cast.findings(store)}
    assert Invariant.STANDING_FOLLOWS_INVOICE in found
    assert Invariant.LEDGER_FOLLOWS_DOCUMENTS in found


def test_a_good_life_has_no_violation(begin: Begin) -> None:
    """Everything that may happen happens in a spring, and every day of it is in order."""
    world = begin()

    def bill(at: World) -> None:
        at.bill()
        assert cast.findings(at.store) == []

    spring(world, bill)


def test_it_walks_in_pages_and_tells_its_progress(store: cast.DumpStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the page, every client is met once, and every corruption found."""
    monkeypatch.setattr(import_module("altocore.workflows.auditing.audit"), "_PAGE", 3)
    monkeypatch.setattr(import_module("altocore.workflows.walking"), "_PAGE", 3)
    world = lived(store)
    pages: list[int] = []
    assert list(audit(store, pages.append)) == []
    assert pages == [3, 1]
    plant(store, put(world.service(B), events=5))
    plant(store, Corruption(lost=(cast_client(world, cast.CLEO),)))
    assert {each.invariant for each in cast.findings(store)} == {
        Invariant.STATE_IS_FOLD_OF_EVENTS,
        Invariant.OWNER_IS_STORED,
        LOG,
    }


def test_an_empty_store_is_sound(store: cast.DumpStore) -> None:
    """Nothing is in order."""
    pages: list[int] = []
    assert list(audit(store, pages.append)) == []
    assert pages == []


def test_a_store_that_cannot_be_read_is_told(world: World) -> None:
    """The outside's fault is no violation."""
    blind = BlindStore(world.store, lambda kind, _which: kind is Client)
    with pytest.raises(Unavailable):
        list(audit(blind))


def test_terms_that_are_not_stored_are_a_violation(store: cast.DumpStore) -> None:
    """REN-4: an invoice whose edition is gone is broken, and the rest of the store is still audited."""
    world = lived(store)
    plant(store, put(world.invoice(A, 1), terms_edition=EditionId("terms_gone")))
    assert Invariant.TERMS_ARE_FROZEN in {each.invariant for each in cast.findings(store)}


def test_a_posting_of_nobody_is_a_violation(store: cast.DumpStore) -> None:
    """A posting whose client is not stored is an orphan like any document."""
    lived(store)
    plant(store, Corruption(posted=(examples.posting(of="cli_nobody", document="inv_nothing"),)))
    assert cast.findings(store) != []


def test_a_violation_says_no_personal_data(store: cast.DumpStore) -> None:
    """CLI-7: ids and words of ours only."""
    world = lived(store)
    plant(store, put(world.invoice(A, 1), tax_name="VAT"))
    found, logged = cast.findings(store)
    assert logged == Violation(
        invariant=LOG, where=world.invoice(A, 1).id, problem="the invoice is not as it was logged last"
    )
    assert found == Violation(
        invariant=Invariant.TERMS_ARE_FROZEN,
        where=world.invoice(A, 1).id,
        problem="its tax rate is not that of its terms",
    )


def test_what_holds_is_no_violation() -> None:
    """`unless` yields for what does not hold, and for nothing else."""
    assert list(unless(1, Invariant.PERIODS_TILE, "a", "b")) == []
    assert len(list(unless(None, Invariant.PERIODS_TILE, "a", "b"))) == 1


def test_every_owned_document_has_an_owner_on_its_index(world: World) -> None:
    """The orphans' search rests on the index: whatever belongs to a client says so there."""
    service = ServiceId(world.run("o1"))
    owned: list[Document] = [world.service(service), world.invoice(service, 0), world.standing(service, 0)]
    assert {index(each).client for each in owned} == {cast.ANA}
    assert {type(each) for each in owned} == {Service, Invoice, Standing}
