"""The overlay: a reader that already sees plans which are not committed yet."""

import typing
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids, OfClients, OfPlans, OfServices, Reader, Which
from tests import cast
from tests.plans.draws import CLIENTS, KEYS, World, planned
from tests.plans.shelf import Shelf

A: Final = cast.service(name="srv_a", of="cli_x")
A_SUSPENDED: Final = cast.service(name="srv_a", of="cli_x", state=ServiceState.SUSPENDED)
B: Final = cast.service(name="srv_b", of="cli_x")
X, Y = CLIENTS

INVOICES: Final = [cast.invoice(service_name="srv_a", period_number=each).id for each in range(3)]
NAMES: Final = st.lists(st.sampled_from([*[name for _, name in KEYS], *INVOICES]), unique=True).map(tuple)
QUERIES: Final[st.SearchStrategy[Which]] = st.one_of(
    st.builds(Ids, NAMES),
    st.builds(OfClients, NAMES),
    st.builds(OfServices, NAMES),
    st.builds(OfPlans, NAMES),
)


def writing(document: Document, version: int) -> Plan[None]:
    """Return a plan that writes this document on this version."""
    return Plan(
        answer=None,
        deed=Claim("deed", document.id, "given"),
        expects=(Expect(type(document), document.id, version),),
        writes=(document,),
    )


def shelf_of(world: World) -> Shelf:
    """Return the world on a shelf."""
    return Shelf(world.documents, world.credit.items())


def same_answer(reader: Reader, expected: Shelf, which: Which) -> None:
    """See that both give the same rows of every kind: those of owners in the order of their ids."""
    for kind in (Service, Client, Invoice):
        found, wanted = reader.select(kind, which), expected.select(kind, which)
        if isinstance(which, Ids):
            found = sorted(found, key=lambda stored: stored.document.id)
        assert list(found) == list(wanted)


@given(planned(), st.lists(QUERIES, max_size=4), st.data())
def test_an_overlay_shows_what_the_commit_will_leave(
    drawn: tuple[World, tuple[Plan[object], ...]], queries: list[Which], data: st.DataObject
) -> None:
    """Shape 7: after each plan, every read by id or owner, and every credit, is what a store would then give."""
    world, parts = drawn
    overlay, committed = Overlay(shelf_of(world)), shelf_of(world)
    for part in parts:
        if data.draw(st.booleans(), label="read before"):
            for which in queries:
                same_answer(overlay, committed, which)
        overlay.apply(part)
        committed.commit(part)
        for which in queries:
            same_answer(overlay, committed, which)
        assert overlay.credit(CLIENTS) == {client: committed.credits.get(client, 0) for client in CLIENTS}


@given(planned(), st.lists(QUERIES, max_size=4), st.data())
def test_overlays_nest(
    drawn: tuple[World, tuple[Plan[object], ...]], queries: list[Which], data: st.DataObject
) -> None:
    """Shape 7: an overlay over an overlay shows both; the lower one never sees what lies on the upper."""
    world, parts = drawn
    cut = data.draw(st.integers(0, len(parts)), label="cut")
    page, committed = Overlay(shelf_of(world)), shelf_of(world)
    for part in parts[:cut]:
        page.apply(part)
        committed.commit(part)
    below = Shelf(committed.rows, committed.credits.items())
    deed = Overlay(page)
    for part in parts[cut:]:
        deed.apply(part)
        committed.commit(part)
    for which in queries:
        same_answer(deed, committed, which)
        same_answer(page, below, which)
    assert deed.credit(CLIENTS) == {client: committed.credits.get(client, 0) for client in CLIENTS}
    assert page.credit(CLIENTS) == {client: below.credits.get(client, 0) for client in CLIENTS}


def test_what_is_no_question_is_refused() -> None:
    """Shape 1: closed unions are matched to the end, by the reader below; a scan is no question of a reader's."""
    with pytest.raises(AssertionError):
        Overlay(Shelf()).select(Service, typing.cast("Which", "srv_a"))


def test_an_id_is_read_once() -> None:
    """Shape 7: a page is read once; what is remembered is not asked for again, whether it is there or not."""
    shelf = Shelf([(A, 1)])
    overlay = Overlay(shelf)
    for _ in range(2):
        assert overlay.select(Service, Ids(("srv_a", "srv_none"))) == [Stored(A, 1)]
        assert overlay.select(Service, Ids(("srv_none",))) == []
    assert overlay.select(Service, Ids(("srv_b", "srv_a"))) == [Stored(A, 1)]
    assert overlay.select(Service, Ids(())) == []
    assert shelf.asked == [(Service, Ids(("srv_a", "srv_none"))), (Service, Ids(("srv_b",)))]


def test_kinds_are_kept_apart() -> None:
    """Shape 7: one id may name a document of each of two kinds."""
    shelf = Shelf([(A, 1), (cast.client(name="srv_a"), 7)])
    overlay = Overlay(shelf)
    assert overlay.select(Service, Ids(("srv_a",))) == [Stored(A, 1)]
    assert overlay.select(Client, Ids(("srv_a",))) == [Stored(cast.client(name="srv_a"), 7)]
    assert overlay.select(Invoice, Ids(("srv_a",))) == []


def test_what_was_read_stays_as_it_was_read() -> None:
    """Shape 7: a page is planned over one look; what others change meanwhile is the guard's to find."""
    shelf = Shelf([(A, 1)])
    overlay = Overlay(shelf)
    overlay.select(Service, Ids(("srv_a", "srv_b")))
    shelf.put(A_SUSPENDED, 2)
    shelf.put(B, 1)
    assert overlay.select(Service, Ids(("srv_a",))) == [Stored(A, 1)]
    assert overlay.select(Service, OfClients(("cli_x",))) == [Stored(A, 1)]
    assert overlay.select(Service, OfServices(("srv_a", "srv_b"))) == [Stored(A, 1)]


def test_what_an_owner_has_is_remembered_by_id() -> None:
    """Shape 7: rows that were read by their owner are not read again by their id."""
    shelf = Shelf([(A, 1), (B, 2)])
    overlay = Overlay(shelf)
    assert overlay.select(Service, OfClients(("cli_x",))) == [Stored(A, 1), Stored(B, 2)]
    assert overlay.select(Service, Ids(("srv_b", "srv_a"))) == [Stored(B, 2), Stored(A, 1)]
    assert shelf.asked == [(Service, OfClients(("cli_x",)))]


def test_a_service_of_another_client_is_not_shown() -> None:
    """Shape 7: what is remembered of others is not given to whoever asks for an owner's."""
    overlay = Overlay(Shelf([(A, 1), (cast.service(name="srv_c", of="cli_y"), 1)]))
    overlay.select(Service, Ids(("srv_a", "srv_c")))
    assert [stored.document.id for stored in overlay.select(Service, OfClients(("cli_y",)))] == ["srv_c"]
    assert [stored.document.id for stored in overlay.select(Service, OfServices(("srv_a",)))] == ["srv_a"]


def test_the_editions_of_a_plan_are_found_with_those_on_top() -> None:
    """REN-4: an order sees every edition of its plan, also one that is published by the same page, and no other plan's."""
    old, new, other = cast.plan(name="a"), cast.plan(name="b"), cast.plan(name="c", of="radio")
    overlay = Overlay(Shelf([(old, 1), (other, 1)]))
    overlay.apply(writing(new, 0))
    assert overlay.select(PlanEdition, OfPlans(("cloud",))) == [Stored(old, 1), Stored(new, 1)]
    assert overlay.select(PlanEdition, OfPlans(())) == []


def test_rows_of_a_scan_are_not_read_again() -> None:
    """Shape 7: the page's overlay is primed with the page's rows."""
    shelf = Shelf([(A, 1)])
    overlay = Overlay(shelf)
    overlay.prime(Service, [Stored(A, 1), Stored(B, 4)])
    assert overlay.select(Service, Ids(("srv_b", "srv_a"))) == [Stored(B, 4), Stored(A, 1)]
    assert shelf.asked == []


def test_priming_hides_nothing_that_is_on_top() -> None:
    """Shape 7: what a plan will write is seen, whenever the rows below it are read."""
    overlay = Overlay(Shelf([(A, 1)]))
    overlay.apply(writing(A_SUSPENDED, 1))
    overlay.prime(Service, [Stored(A, 1)])
    assert overlay.select(Service, Ids(("srv_a",))) == [Stored(A_SUSPENDED, 2)]


def test_a_document_that_a_plan_makes_is_there() -> None:
    """Shape 7: new, it has version 1 and belongs to its owners; the reader below knows nothing of it."""
    shelf = Shelf()
    overlay = Overlay(shelf)
    assert overlay.select(Service, Ids(("srv_b",))) == []
    overlay.apply(writing(B, 0))
    assert overlay.select(Service, Ids(("srv_b",))) == [Stored(B, 1)]
    assert overlay.select(Service, OfClients(("cli_x",))) == [Stored(B, 1)]
    assert overlay.select(Service, OfServices(("srv_b",))) == [Stored(B, 1)]
    assert shelf.rows == []


def test_a_service_that_changes_hands_belongs_to_its_new_holder() -> None:
    """TRF-5: it is found by the owner that the plan gives it, and no more by the one that the store has."""
    overlay = Overlay(Shelf([(A, 1)]))
    overlay.apply(writing(cast.service(name="srv_a", of="cli_y"), 1))
    assert overlay.select(Service, OfClients(("cli_x",))) == []
    assert [stored.version for stored in overlay.select(Service, OfClients(("cli_y",)))] == [2]


def moving(movement: Movement, amount: str) -> Plan[None]:
    """Return a plan that moves this amount for X."""
    posting = cast.posting(movement=movement, of=X, amount=cast.usd(amount))
    return Plan(answer=None, deed=Claim("deed", "1", "given"), postings=(posting,))


def test_credit_is_read_once_and_moved_by_plans() -> None:
    """PAY-6, PAY-7: credit that a plan keeps can be spent by the next; a client without any has none."""
    shelf = Shelf(credit=[(X, 500)])
    overlay = Overlay(shelf)
    assert overlay.credit([X, Y]) == {X: 500, Y: 0}
    overlay.apply(moving(Movement.PAYMENT_KEPT, "0.07"))
    overlay.apply(moving(Movement.CREDIT_APPLIED, "5.00"))
    overlay.apply(moving(Movement.NET_INVOICED, "100.00"))
    assert overlay.credit([X]) == {X: 7}
    assert overlay.credit(iter([Y, X])) == {Y: 0, X: 7}
    assert overlay.credit([]) == {}
    assert shelf.asked == [(X, Y)]
    assert shelf.credits == {X: 500}


def test_credit_that_nobody_read_is_read_before_it_is_moved() -> None:
    """PAY-6: a plan moves what the store has, and never starts from nothing."""
    shelf = Shelf(credit=[(X, 500)])
    overlay = Overlay(shelf)
    overlay.apply(moving(Movement.NET_INVOICED, "100.00"))
    assert shelf.asked == []
    overlay.apply(moving(Movement.PAYMENT_KEPT, "1.00"))
    assert shelf.asked == [(X,)]
    assert overlay.credit([X, Y]) == {X: 600, Y: 0}
    assert shelf.asked == [(X,), (Y,)]
