"""The ledger: each movement debits one account and credits another, by the same amount."""

from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.ledger import POSTINGS, Account, Movement, posting
from altocore.errors import BadValue
from altocore.testing.strategies import amounts
from altocore.values.ids import ClientId
from altocore.values.money import Money, money
from tests import cast

# Movement: debit, credit, and by what sign the client's own credit changes.
EXPECTED: Final[dict[str, tuple[str, str, int]]] = {
    "net_invoiced": ("receivable", "sales", 0),
    "tax_invoiced": ("receivable", "tax_payable", 0),
    "payment_settled": ("cash", "receivable", 0),
    "payment_kept": ("cash", "client_credit", 1),
    "credit_applied": ("client_credit", "receivable", -1),
    "net_cancelled": ("sales", "receivable", 0),
    "tax_cancelled": ("tax_payable", "receivable", 0),
    "settlement_released": ("receivable", "client_credit", 1),
    "debt_written_off": ("write_off", "receivable", 0),
    "credit_raised": ("allowances", "client_credit", 1),
    "credit_lowered": ("client_credit", "allowances", -1),
}


@pytest.mark.parametrize("movement", Movement)
def test_the_posting_table(movement: Movement) -> None:
    """PAY-6, PAY-7, PAY-11, PAY-13, PAY-18: what each movement debits and credits, and what it does to the client's credit."""
    made = cast.posting(movement=movement, amount=cast.usd("12.34"))
    debit, credit, sign = EXPECTED[movement.value]
    assert (made.debit.value, made.credit.value) == (debit, credit)
    assert made.credit_change == sign * 1234


def test_every_movement_is_posted() -> None:
    """PAY-12: the table has a row for each movement, and no row is a movement from an account to itself."""
    assert set(POSTINGS) == set(Movement)
    assert {movement.value for movement in Movement} == set(EXPECTED)
    assert all(debit is not credit for debit, credit in POSTINGS.values())
    assert {account for pair in POSTINGS.values() for account in pair} == set(Account)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        (Movement.NET_INVOICED, Movement.NET_CANCELLED),
        (Movement.TAX_INVOICED, Movement.TAX_CANCELLED),
        (Movement.CREDIT_RAISED, Movement.CREDIT_LOWERED),
    ],
)
def test_a_cancellation_turns_the_charge_round(there: Movement, back: Movement) -> None:
    """PAY-11, PAY-12: what is taken back runs the same two accounts the other way."""
    assert POSTINGS[back] == POSTINGS[there][::-1]


@given(st.lists(st.tuples(st.sampled_from(Movement), st.integers(1, 10**9)), max_size=20))
def test_the_entries_of_a_currency_sum_to_zero(moved: list[tuple[Movement, int]]) -> None:
    """PAY-12: balanced by construction, and the credit's balance is the sum of its changes."""
    balances: Counter[Account] = Counter()
    changes = 0
    for movement, minor in moved:
        made = cast.posting(movement=movement, amount=Money(minor, cast.USD))
        balances[made.debit] += made.amount.minor
        balances[made.credit] -= made.amount.minor
        changes += made.credit_change
    assert sum(balances.values()) == 0
    assert -balances[Account.CLIENT_CREDIT] == changes


@given(st.sampled_from(Movement), amounts(minor_min=-(10**6), minor_max=10**6))
def test_nothing_is_posted_where_nothing_moves(movement: Movement, amount: Money) -> None:
    """PAY-12: above zero one posting, at zero none, below zero an error: the other way has its own name."""
    if amount.minor == 0:
        assert posting(movement, cast.ANA, "inv_1", cast.ANCHOR, amount) == ()
    elif amount.minor > 0:
        (made,) = posting(movement, cast.ANA, "inv_1", cast.ANCHOR, amount)
        assert made == cast.posting(movement=movement, document="inv_1", amount=amount)
    else:
        with pytest.raises(BadValue) as refused:
            posting(movement, cast.ANA, "inv_1", cast.ANCHOR, amount)
        assert (refused.value.field, refused.value.problem) == ("amount", "a posting must be above zero")


@pytest.mark.parametrize("amount", [money("0.01", "USD"), money("1", "JPY"), money("0.001", "KWD")])
def test_the_smallest_amount_is_posted(amount: Money) -> None:
    """PAY-12: one cent, one yen, one fils is a posting."""
    (made,) = posting(Movement.PAYMENT_KEPT, ClientId("cli_1"), "pay_1", cast.ANCHOR, amount)
    assert (made.client, made.document, made.day, made.amount) == ("cli_1", "pay_1", cast.ANCHOR, amount)
    assert made.credit_change == 1
    assert posting(Movement.PAYMENT_KEPT, cast.ANA, "pay_1", cast.ANCHOR, amount - amount) == ()


def test_a_posting_of_nothing_is_refused() -> None:
    """PAY-12: built by hand, too, a posting moves something."""
    with pytest.raises(BadValue):
        cast.posting(amount=cast.usd("0.00"))
