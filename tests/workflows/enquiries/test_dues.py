"""What a client owes: an invoice is overdue from the day after its due day, and ages in bands."""

from typing import Final

import pytest

from altocore.errors import BadValue, UnknownKey
from altocore.values.days import Day, add_days, day
from altocore.values.ids import ClientId
from altocore.values.money import Money, money
from altocore.workflows.enquiries import Ageing, Dues, ageing, dues
from altocore.workflows.ordering import service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

NOTHING: Final = examples.usd("0")
DUE: Final = day(2025, 2, 7)
"""When an order of 31 January is due (PAY-15)."""


def test_due_today_is_not_overdue(world: World) -> None:
    """Owed and to come on its due day; overdue, and nothing to come, on the day after."""
    world.order("a")
    assert dues(world.store, cast.ANA, DUE) == Dues(
        to_come=cast.WHOLE, overdue=NOTHING, credit=NOTHING, next_due=DUE, oldest_due=None
    )
    assert dues(world.store, cast.ANA, add_days(DUE, 1)) == Dues(
        to_come=NOTHING, overdue=cast.WHOLE, credit=NOTHING, next_due=None, oldest_due=DUE
    )


def test_dues_are_of_all_services(world: World) -> None:
    """A client in several services owes the sum; the first due day of each side is told, and the credit beside it."""
    world.run("a")
    world.bill_to(day(2025, 2, 18))
    world.order("b")
    world.order("c", plan=cast.STUDIO)
    world.pay(service_id("c"), 0, examples.usd("240.39"))
    world.pay(service_id("a"), 1, examples.usd("21.00"))
    studio = world.invoice(service_id("c"), 0).total
    assert studio == examples.usd("40.39")
    assert dues(world.store, cast.ANA, day(2025, 2, 26)) == Dues(
        to_come=examples.usd("100.00"),
        overdue=cast.WHOLE,
        credit=examples.usd("200.00"),
        next_due=day(2025, 2, 27),
        oldest_due=day(2025, 2, 25),
    )


@pytest.mark.parametrize(
    ("late", "band"),
    [(1, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (5000, 3)],
)
def test_the_bands_end_with_their_days(world: World, late: int, band: int) -> None:
    """30 days late is of the first band, 31 of the second; what is older than all is of the last."""
    world.order("a")
    owed = [NOTHING] * 4
    owed[band] = cast.WHOLE
    assert ageing(world.store, cast.ANA, add_days(DUE, late)) == Ageing(
        not_due=NOTHING, overdue=tuple(owed), bands=(30, 60, 90)
    )


@pytest.mark.parametrize("today", [day(2025, 1, 31), DUE])
def test_what_is_not_due_is_in_no_band(world: World, today: Day) -> None:
    """Up to and with the due day."""
    world.order("a")
    assert ageing(world.store, cast.ANA, today) == Ageing(
        not_due=cast.WHOLE, overdue=(NOTHING,) * 4, bands=(30, 60, 90)
    )


def test_a_band_adds_up_what_falls_into_it(world: World) -> None:
    """Two invoices in one band, one in part paid, one in the next, one not due."""
    for key, ordered in (
        ("a", day(2025, 1, 31)),
        ("b", day(2025, 2, 20)),
        ("c", day(2025, 2, 21)),
        ("d", day(2025, 3, 9)),
    ):
        world.today = ordered
        world.order(key)
    world.pay(service_id("c"), 0, examples.usd("21.00"))
    # Due 7, 27 and 28 February and 16 March: 31, 11, 10 and no days late.
    aged = ageing(world.store, cast.ANA, day(2025, 3, 10))
    assert aged.not_due == cast.WHOLE
    assert aged.overdue == (examples.usd("221.00"), cast.WHOLE, NOTHING, NOTHING)


def test_bands_of_ones_own(world: World) -> None:
    """Any days that grow; there is one amount more than there are bands."""
    world.order("a")
    aged = ageing(world.store, cast.ANA, add_days(DUE, 8), bands=[7])
    assert aged == Ageing(not_due=NOTHING, overdue=(NOTHING, cast.WHOLE), bands=(7,))


@pytest.mark.parametrize(("late", "owed"), [(1, (cast.WHOLE, NOTHING)), (2, (NOTHING, cast.WHOLE))])
def test_a_band_may_be_of_one_day(world: World, late: int, owed: tuple[Money, ...]) -> None:
    """One day late is the least that there is, so the first band may end with it."""
    world.order("a")
    aged = ageing(world.store, cast.ANA, add_days(DUE, late), bands=(1,))
    assert aged == Ageing(not_due=NOTHING, overdue=owed, bands=(1,))


@pytest.mark.parametrize("bands", [(), (0,), (-1, 30), (30, 30), (60, 30)])
def test_bands_that_do_not_grow_are_refused(world: World, bands: tuple[int, ...]) -> None:
    """Each invoice has one band, so they must not overlap, nor begin before it is late."""
    with pytest.raises(BadValue) as told:
        ageing(world.store, cast.ANA, DUE, bands=bands)
    assert (told.value.field, told.value.problem) == ("bands", "must be days above zero that grow")


@pytest.mark.parametrize(
    ("owner", "asked"),
    [(cast.BEN, money("10000", "JPY")), (cast.DAN, money("30.125", "KWD"))],
    ids=["JPY", "KWD"],
)
def test_dues_are_in_the_clients_currency(world: World, owner: ClientId, asked: Money) -> None:
    """CLI-8: yen have no decimals and dinars three, the zeros too."""
    world.order("a", of=owner)
    zero = Money(0, asked.currency)
    tomorrow = add_days(DUE, 1)
    assert dues(world.store, owner, tomorrow) == Dues(
        to_come=zero, overdue=asked, credit=zero, next_due=None, oldest_due=DUE
    )
    assert ageing(world.store, owner, tomorrow).overdue == (asked, zero, zero, zero)


def test_who_owes_nothing_owes_nothing(world: World) -> None:
    """A client without any service: zeros in its currency, and no days."""
    zero = money("0", "KWD")
    assert dues(world.store, cast.DAN, DUE) == Dues(
        to_come=zero, overdue=zero, credit=zero, next_due=None, oldest_due=None
    )
    assert ageing(world.store, cast.DAN, DUE).not_due == zero


def test_a_client_that_is_not_stored_is_unknown(world: World) -> None:
    """There is no currency to say zero in."""
    for ask in (dues, ageing):
        with pytest.raises(UnknownKey) as told:
            ask(world.store, ClientId("cli_nobody"), DUE)
        assert (told.value.field, told.value.problem) == ("client", "no such client is stored")
