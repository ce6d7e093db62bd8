"""A client's statement: opening, movements, closing, in the order of writing; a movement belongs to the day that it says."""

from typing import Final

import pytest

from altocore.billing.ledger import Movement
from altocore.errors import UnknownKey
from altocore.values.days import Day, day
from altocore.values.ids import ClientId
from altocore.values.money import Money, money
from altocore.values.periods import Period
from altocore.workflows.enquiries import Statement, statement
from altocore.workflows.enquiries.statements import Balance
from altocore.workflows.ordering import service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

A: Final = service_id("a")
FEBRUARY: Final = Period(start=day(2025, 2, 1), end=day(2025, 3, 1))
MARCH: Final = Period(start=day(2025, 3, 1), end=day(2025, 4, 1))


def balance(receivable: str, credit: str) -> Balance:
    """Return a balance in dollars."""
    return Balance(receivable=examples.usd(receivable), credit=examples.usd(credit))


def lines(told: Statement) -> list[tuple[Day, Movement, str, str, str]]:
    """Return day, movement, amount, what is owed and what is had after each line."""
    return [
        (
            each.posting.day,
            each.posting.movement,
            each.posting.amount.decimal,
            each.balance.receivable.decimal,
            each.balance.credit.decimal,
        )
        for each in told.lines
    ]


@pytest.fixture
def paid(world: World) -> World:
    """Give a world in which Ana owes nothing at the end of January, and overpays her renewal in February."""
    world.run("a")
    world.bill_to(day(2025, 2, 20))
    world.pay(A, 1, examples.usd("150.00"))
    return world


def test_a_month_by_hand(paid: World) -> None:
    """Invoiced 100 and 21, paid 150: 121 of them settle, 29 are kept (PAY-6)."""
    told = statement(paid.store, cast.ANA, FEBRUARY)
    assert told.opening == balance("0", "0")
    assert lines(told) == [
        (day(2025, 2, 18), Movement.NET_INVOICED, "100.00", "100.00", "0.00"),
        (day(2025, 2, 18), Movement.TAX_INVOICED, "21.00", "121.00", "0.00"),
        (day(2025, 2, 20), Movement.PAYMENT_SETTLED, "121.00", "0.00", "0.00"),
        (day(2025, 2, 20), Movement.PAYMENT_KEPT, "29.00", "0.00", "29.00"),
    ]
    assert (told.closing, told.next) == (balance("0", "29.00"), "")


def test_a_month_opens_where_the_one_before_closed(paid: World) -> None:
    """And its credit is spent on the next renewal (PAY-7)."""
    paid.bill_to(day(2025, 3, 31))
    told = statement(paid.store, cast.ANA, MARCH)
    assert told.opening == statement(paid.store, cast.ANA, FEBRUARY).closing
    assert lines(told) == [
        (day(2025, 3, 21), Movement.NET_INVOICED, "100.00", "100.00", "29.00"),
        (day(2025, 3, 21), Movement.TAX_INVOICED, "21.00", "121.00", "29.00"),
        (day(2025, 3, 21), Movement.CREDIT_APPLIED, "29.00", "92.00", "0.00"),
    ]


def test_a_cancelled_invoice_is_taken_back(world: World) -> None:
    """PAY-11: what was owed is taken back, and what was paid of it becomes credit."""
    world.order("a")
    world.pay(A, 0, examples.usd("20.00"))
    world.bill_to(day(2025, 4, 8))
    told = statement(world.store, cast.ANA, Period(start=day(2025, 4, 1), end=day(2025, 4, 9)))
    assert told.opening == balance("101.00", "0")
    assert {line[1:3] for line in lines(told)} == {
        (Movement.NET_CANCELLED, "100.00"),
        (Movement.TAX_CANCELLED, "21.00"),
        (Movement.SETTLEMENT_RELEASED, "20.00"),
    }
    assert told.closing == balance("0", "20.00")


def test_the_last_day_is_not_in(paid: World) -> None:
    """Half-open: a movement of the end day is the next period's, one of the first day is this one's."""
    until = statement(paid.store, cast.ANA, Period(start=day(2025, 2, 18), end=day(2025, 2, 20)))
    assert [each.posting.day for each in until.lines] == [day(2025, 2, 18)] * 2
    since = statement(paid.store, cast.ANA, Period(start=day(2025, 2, 20), end=day(2025, 2, 21)))
    assert (since.opening, since.closing) == (balance("121.00", "0"), balance("0", "29.00"))


def test_nothing_moved_in_a_period_without_movements(paid: World) -> None:
    """It closes as it opens."""
    told = statement(paid.store, cast.ANA, Period(start=day(2025, 2, 1), end=day(2025, 2, 18)))
    assert (told.opening, told.lines, told.closing, told.next) == (balance("0", "0"), (), balance("0", "0"), "")


def test_pages_carry_the_balance_on(paid: World) -> None:
    """Each page opens where the one before closed; the opening is summed from the first movement on, at every page."""
    whole = statement(paid.store, cast.ANA, FEBRUARY)
    first = statement(paid.store, cast.ANA, FEBRUARY, limit=3)
    last = statement(paid.store, cast.ANA, FEBRUARY, limit=3, after=first.next)
    assert first.lines + last.lines == whole.lines
    assert (first.opening, first.closing) == (whole.opening, last.opening)
    assert (last.closing, last.next) == (whole.closing, "")


def test_what_was_written_late_counts_on_its_day(world: World) -> None:
    """Written after a later one, it is still of the day that it says: in the opening of what comes after, and in no other."""
    world.today = day(2025, 3, 5)
    world.order("later")
    world.today = day(2025, 2, 10)
    world.order("a")
    told = statement(world.store, cast.ANA, MARCH)
    assert told.opening == balance("121.00", "0")
    assert [each.posting.day for each in told.lines] == [day(2025, 3, 5)] * 2
    assert told.closing == balance("242.00", "0")
    assert statement(world.store, cast.ANA, FEBRUARY).closing == balance("121.00", "0")


def test_a_statement_is_of_all_services_and_of_one_client(world: World) -> None:
    """Ben's movements are not Ana's; both of Ana's services are."""
    for key in ("a", "b"):
        world.order(key)
    world.order("theirs", of=cast.BEN)
    told = statement(world.store, cast.ANA, Period(start=day(2025, 1, 1), end=day(2025, 2, 1)))
    assert {each.posting.document for each in told.lines} == {
        world.invoice(service_id(key), 0).id for key in ("a", "b")
    }
    assert {each.posting.client for each in told.lines} == {cast.ANA}
    assert told.closing == balance("242.00", "0")


@pytest.mark.parametrize(
    ("owner", "asked"),
    [(cast.BEN, money("10000", "JPY")), (cast.DAN, money("30.125", "KWD"))],
    ids=["JPY", "KWD"],
)
def test_a_statement_is_in_the_clients_currency(world: World, owner: ClientId, asked: Money) -> None:
    """CLI-8: abroad, untaxed, in yen or dinars; no line posts a tax of nothing."""
    world.order("a", of=owner)
    told = statement(world.store, owner, Period(start=day(2025, 1, 31), end=day(2025, 2, 1)))
    zero = Money(0, asked.currency)
    assert told.opening == Balance(receivable=zero, credit=zero)
    assert [each.posting.amount for each in told.lines] == [asked]
    assert told.closing == Balance(receivable=asked, credit=zero)


def test_a_client_that_is_not_stored_has_no_statement(world: World) -> None:
    """There is no currency to say zero in."""
    with pytest.raises(UnknownKey) as told:
        statement(world.store, ClientId("cli_nobody"), FEBRUARY)
    assert (told.value.field, told.value.problem) == ("client", "no such client is stored")
