"""Settlement: what meets the invoice, what is left over, what stays open."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.settlement import Settlement, settle
from altocore.errors import CurrencyMismatch
from altocore.values.money import Money, money
from tests import cast

MINOR = st.one_of(st.integers(0, 5), st.integers(0, 10**12))


def dollars(minor: int) -> Money:
    """Return so many cents."""
    return Money(minor, cast.USD)


@given(MINOR, MINOR)
@example(0, 0)
@example(1, 0)
@example(0, 1)
@example(12100, 12100)
@example(12099, 12100)
@example(12101, 12100)
def test_no_cent_is_lost(amount: int, owed: int) -> None:
    """PAY-6: what came in is applied or kept, what was open is met or stays open; never both kept and open."""
    made = settle(dollars(amount), dollars(owed))
    assert made.applied + made.kept == dollars(amount)
    assert made.applied + made.open_after == dollars(owed)
    assert dollars(0) in {made.kept, made.open_after}
    assert min(made.applied.minor, made.kept.minor, made.open_after.minor) >= 0


@given(MINOR, MINOR, MINOR)
def test_two_payments_are_one(first: int, second: int, owed: int) -> None:
    """PAY-6: paid in two parts, an invoice ends as if it was paid at once, and the same becomes credit."""
    one = settle(dollars(first), dollars(owed))
    two = settle(dollars(second), one.open_after)
    whole = settle(dollars(first + second), dollars(owed))
    assert two.open_after == whole.open_after
    assert one.applied + two.applied == whole.applied
    assert one.kept + two.kept == whole.kept


@pytest.mark.parametrize(
    ("amount", "owed", "applied", "kept", "open_after"),
    [
        ("121.00", "121.00", "121.00", "0.00", "0.00"),
        ("120.99", "121.00", "120.99", "0.00", "0.01"),
        ("121.01", "121.00", "121.00", "0.01", "0.00"),
        ("0.01", "121.00", "0.01", "0.00", "120.99"),
        ("5.00", "0.00", "0.00", "5.00", "0.00"),
        ("0.00", "5.00", "0.00", "0.00", "5.00"),
    ],
)
def test_known_settlements(amount: str, owed: str, applied: str, kept: str, open_after: str) -> None:
    """PAY-6: exact, one cent under, one cent over, all of it over."""
    assert settle(cast.usd(amount), cast.usd(owed)) == Settlement(
        applied=cast.usd(applied), kept=cast.usd(kept), open_after=cast.usd(open_after)
    )


def test_another_currency_settles_nothing() -> None:
    """CLI-8: nothing is converted."""
    with pytest.raises(CurrencyMismatch):
        settle(money("1", "JPY"), cast.usd("1.00"))
