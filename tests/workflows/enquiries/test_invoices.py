"""A client's invoices: as issued, where they stand, under their number; never another client's."""

from collections.abc import Callable
from typing import Final

import attrs
import pytest

from altocore.billing.standing import StandingState
from altocore.errors import HistoryCorrupt, UnknownKey
from altocore.values.days import day
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import money
from altocore.workflows.enquiries import invoice_of, invoices_of, open_invoices
from altocore.workflows.ordering import service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.corruptions import Corruption, plant

A: Final = service_id("a")
B: Final = service_id("b")


def test_an_invoice_is_shown_with_its_standing_and_number(world: World) -> None:
    """PAY-12: what was asked, what is settled, under which number of which series."""
    world.run("theirs", of=cast.BEN)
    world.run("a")
    world.bill_to(day(2025, 2, 18))
    world.pay(A, 1, examples.usd("21.00"))
    first, renewal = invoices_of(world.store, cast.ANA).items
    assert (first.series, first.number, first.invoice.issued) == ("A", 2, day(2025, 1, 31))
    assert (first.invoice.total, first.standing.state) == (cast.WHOLE, StandingState.PAID)
    assert (renewal.series, renewal.number) == ("A", world.store.numbers([renewal.invoice.id])[renewal.invoice.id][1])
    assert (renewal.invoice.issued, renewal.invoice.due) == (day(2025, 2, 18), day(2025, 2, 27))
    assert renewal.standing.open_amount == examples.usd("100.00")
    assert invoice_of(world.store, cast.ANA, renewal.invoice.id) == renewal


def test_invoices_come_by_day_of_issue(world: World) -> None:
    """Oldest first, whichever service they are of and whenever they fall due."""
    world.run("b")
    world.today = day(2025, 2, 10)
    world.order("a")
    world.bill_to(day(2025, 2, 18))
    found = invoices_of(world.store, cast.ANA).items
    assert [(each.invoice.issued, each.invoice.service) for each in found] == [
        (day(2025, 1, 31), B),
        (day(2025, 2, 10), A),
        (day(2025, 2, 18), B),
    ]


def test_another_clients_invoice_is_unknown(world: World) -> None:
    """Nobody learns from the answer whether another one has such an invoice: it is the same for one that nobody has."""
    world.run("a")
    world.run("b", of=cast.BEN)
    told: list[str] = []
    for asked in (world.invoice(B, 0).id, InvoiceId("inv_nobodys")):
        with pytest.raises(UnknownKey) as refused:
            invoice_of(world.store, cast.ANA, asked)
        assert (refused.value.field, refused.value.problem) == ("invoice", "this client has no such invoice")
        told.append(str(refused.value))
    assert told[0] == told[1]
    for client in (cast.ANA, cast.BEN):
        assert {each.invoice.client for each in invoices_of(world.store, client).items} == {client}


def test_open_invoices_are_those_that_are_owed(world: World) -> None:
    """The oldest due first, over all services of the client; what is paid or cancelled is not there."""
    world.run("b")
    world.today = day(2025, 2, 17)
    world.order("a")
    world.order("theirs", of=cast.BEN)
    world.bill_to(day(2025, 2, 18))
    assert [(each.invoice.service, each.standing.due) for each in open_invoices(world.store, cast.ANA)] == [
        (A, day(2025, 2, 24)),
        (B, day(2025, 2, 27)),
    ]
    world.pay(A, 0)
    assert [each.invoice.service for each in open_invoices(world.store, cast.ANA)] == [B]
    world.pay(B, 1)
    assert open_invoices(world.store, cast.ANA) == ()
    assert open_invoices(world.store, ClientId("cli_nobody")) == ()


def test_a_cancelled_invoice_is_not_open(world: World) -> None:
    """PAY-11: an order that was never paid is cancelled, and still shown among all."""
    world.order("a")
    world.bill_to(day(2025, 4, 8))
    assert [each.standing.state for each in invoices_of(world.store, cast.ANA).items] == [StandingState.CANCELLED]
    assert open_invoices(world.store, cast.ANA) == ()


def test_an_invoice_that_asks_nothing_is_paid_as_it_is_issued(world: World) -> None:
    """A free plan's invoice is shown, with its number, and never owed."""
    world.run("a", plan=cast.FREE)
    (only,) = invoices_of(world.store, cast.ANA).items
    assert (only.invoice.total, only.standing.state, only.number) == (examples.usd("0"), StandingState.PAID, 1)
    assert open_invoices(world.store, cast.ANA) == ()


@pytest.mark.parametrize(
    ("owner", "asked"), [(cast.BEN, money("10000", "JPY")), (cast.DAN, money("30.125", "KWD"))], ids=["JPY", "KWD"]
)
def test_an_invoice_is_in_its_clients_currency(world: World, owner: ClientId, asked: object) -> None:
    """CLI-8: without decimals in yen, with three in dinars."""
    world.order("a", of=owner)
    (only,) = open_invoices(world.store, owner)
    assert only.invoice.total == only.standing.open_amount == asked


def without_standing(world: World) -> Corruption:
    """Lose where an invoice stands."""
    return Corruption(lost=(world.standing(A, 0),))


def without_number(world: World) -> Corruption:
    """Lose its number."""
    return Corruption(numbers={world.invoice(A, 0).id: None})


@pytest.mark.parametrize("make", [without_standing, without_number])
def test_an_invoice_that_lost_a_part_is_corrupt(store: cast.DumpStore, make: Callable[[World], Corruption]) -> None:
    """What cannot be shown whole is not shown: the invoice is named, by each enquiry that meets it."""
    world = cast.world(store)
    world.order("a")
    own = world.invoice(A, 0).id
    plant(store, make(world))
    asked: list[Callable[[], object]] = [
        lambda: invoices_of(store, cast.ANA),
        lambda: invoice_of(store, cast.ANA, own),
        lambda: open_invoices(store, cast.ANA),
    ]
    for ask in asked:
        with pytest.raises(HistoryCorrupt) as told:
            ask()
        assert (told.value.where, told.value.problem) == (own, "the invoice has no standing, or no number")


def test_what_a_service_counts_wrongly_is_not_owed(store: cast.DumpStore) -> None:
    """A service that counts a paid invoice, or another client's, as open: the standing and the owner decide."""
    world = cast.world(store)
    world.run("a")
    world.order("b", of=cast.BEN)
    own, theirs = world.invoice(A, 0).id, world.invoice(B, 0).id
    plant(store, Corruption(put=(attrs.evolve(world.service(A), open_invoices=(own, theirs)),)))
    assert open_invoices(store, cast.ANA) == ()
