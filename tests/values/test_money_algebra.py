"""Laws of money: a group that is ordered, whose products round once and whose splits sum to the whole."""

import copy
import pickle
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Final

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from altocore.testing import splits_to_the_cent
from altocore.testing.strategies import amounts, currencies, roundings, weights
from altocore.values.allocation import allocate
from altocore.values.currencies import Currency, currency
from altocore.values.currencies import currencies as every_currency
from altocore.values.money import MINOR_MAX, Money, money, total, zero
from altocore.values.rounding import Rounding, divide

USD: Final = currency("USD")
TENTH: Final = MINOR_MAX // 10
"""A bound that leaves room for sums."""

DOLLARS: Final = amounts(currency=USD, minor_min=-TENTH, minor_max=TENTH)
FEW: Final = amounts(currency=USD, minor_min=-5, minor_max=5)
TIMES: Final = st.integers(-9, 9)


@given(DOLLARS, DOLLARS, DOLLARS)
def test_sums_may_be_grouped(a: Money, b: Money, c: Money) -> None:
    """Addition is associative."""
    assert (a + b) + c == a + (b + c)


@given(DOLLARS, DOLLARS)
def test_sums_may_be_turned(a: Money, b: Money) -> None:
    """Addition is commutative, and exact: the minor units are added."""
    assert a + b == b + a == Money(a.minor + b.minor, USD)


@given(DOLLARS)
def test_zero_is_neutral(a: Money) -> None:
    """Nothing, added or taken away, changes nothing."""
    assert a + zero(USD) == a == a - zero(USD)
    assert zero(USD) == Money(0, USD)


@given(amounts())
def test_opposites_cancel(a: Money) -> None:
    """Each amount has an opposite, also at the bound; with it nothing is left."""
    assert -a + a == zero(a.currency) == a - a
    opposite = -a
    assert -opposite == a
    assert opposite.minor == -a.minor


@given(DOLLARS, DOLLARS)
def test_difference_is_the_sum_with_the_opposite(a: Money, b: Money) -> None:
    """Taking away is adding the opposite, and adding gives it back."""
    assert a - b == a + -b == -(b - a)
    assert (a - b) + b == a


@given(DOLLARS, st.integers(0, 9))
def test_a_product_is_a_repeated_sum(a: Money, times: int) -> None:
    """A whole number of times is that many additions; a negative one their opposite."""
    repeated = reduce(add, [a] * times, zero(USD))
    assert a * times == repeated
    assert a * -times == -repeated


@given(
    amounts(currency=USD, minor_min=-TENTH // 10, minor_max=TENTH // 10),
    amounts(currency=USD, minor_min=-TENTH // 10, minor_max=TENTH // 10),
    TIMES,
    st.integers(-5, 5),
)
def test_products_distribute(a: Money, b: Money, m: int, n: int) -> None:
    """A product of a sum is the sum of the products, on both sides, and products may be grouped."""
    assert (a + b) * m == a * m + b * m
    assert a * (m + n) == a * m + a * n
    assert a * m * n == a * (m * n)


@given(FEW, FEW)
def test_order_is_that_of_the_units(a: Money, b: Money) -> None:
    """The order is total and is that of the minor units, equality included."""
    assert (a < b) == (a.minor < b.minor)
    assert (a <= b) == (a.minor <= b.minor)
    assert (a > b) == (a.minor > b.minor)
    assert (a >= b) == (a.minor >= b.minor)
    assert (a == b) == (a.minor == b.minor)
    assert (a != b) == (a.minor != b.minor)


@given(DOLLARS, DOLLARS, DOLLARS)
def test_order_survives_addition(a: Money, b: Money, c: Money) -> None:
    """Adding the same to both sides keeps their order."""
    assert (a < b) == (a + c < b + c)
    assert sorted([a, b, c]) == [Money(minor, USD) for minor in sorted([a.minor, b.minor, c.minor])]


@given(FEW, FEW)
def test_equal_amounts_hash_alike(a: Money, b: Money) -> None:
    """Equal amounts are one element of a set, however they were made."""
    assert len({a, b}) == (1 if a.minor == b.minor else 2)
    assert hash(a + b) == hash(Money(a.minor + b.minor, USD))


@given(st.integers(-MINOR_MAX, MINOR_MAX), currencies(), currencies())
def test_other_currency_other_amount(minor: int, one: Currency, other: Currency) -> None:
    """As many units of another currency are never equal, zero included (CLI-8)."""
    assert (Money(minor, one) == Money(minor, other)) == (one is other)
    number: object = minor
    assert Money(minor, one) != number


@given(st.lists(DOLLARS, max_size=8))
def test_total_is_the_sum(some: list[Money]) -> None:
    """A total is the repeated sum, in any order and over any iterable; none at all is zero."""
    assert total(some, USD) == reduce(add, some, zero(USD)) == total(reversed(some), USD)
    assert total(iter(some), USD) == total(tuple(some), USD)


@given(amounts(), roundings())
def test_scaled_by_one_is_the_same(a: Money, rounding: Rounding) -> None:
    """Times one, however one is written, is the amount itself in every mode."""
    assert a.scaled(1, 1, rounding) == a == a.scaled(31, 31, rounding) == a.scaled(-7, -7, rounding)


@given(DOLLARS, TIMES, roundings())
def test_scaled_by_a_whole_number_is_a_product(a: Money, times: int, rounding: Rounding) -> None:
    """A fraction that is whole needs no rounding."""
    assert a.scaled(times, 1, rounding) == a * times == a.scaled(times * 12, 12, rounding)


@given(amounts(), st.integers(-31, 31), st.integers(31, 400), roundings())
def test_scaled_rounds_once(a: Money, numerator: int, denominator: int, rounding: Rounding) -> None:
    """A product is the exact fraction rounded once to the minor unit, by the mode asked for (PAY-13)."""
    scaled = a.scaled(numerator, denominator, rounding)
    assert scaled == Money(divide(a.minor * numerator, denominator, rounding), a.currency)
    assert abs(scaled.minor - Fraction(a.minor * numerator, denominator)) < 1


@given(DOLLARS, st.integers(0, 31), roundings())
def test_used_and_unused_differ_by_rounding_alone(a: Money, used: int, rounding: Rounding) -> None:
    """A period cut in two by days loses a unit at most, and none where the rest is taken by difference (PAY-13)."""
    part = a.scaled(used, 31, rounding)
    assert abs((part + a.scaled(31 - used, 31, rounding) - a).minor) <= 1
    assert part + (a - part) == a


@given(amounts(), weights())
def test_allocated_parts_sum_to_the_whole(a: Money, shares: tuple[int, ...]) -> None:
    """An allocation of money is that of its units, in its currency; together it is the whole (I2)."""
    parts = a.allocated(shares)
    splits_to_the_cent(parts, a)
    assert parts == tuple(Money(minor, a.currency) for minor in allocate(a.minor, shares))


@given(amounts(), st.integers(1, 24))
def test_split_parts_sum_to_the_whole(a: Money, parts: int) -> None:
    """A split is an allocation to equals: one unit apart at most, and together the whole (I2)."""
    assert a.split(parts) == a.allocated([1] * parts)
    splits_to_the_cent(a.split(parts), a)


@pytest.mark.parametrize("code", every_currency())
@given(minor=st.one_of(st.integers(-2000, 2000), st.integers(-MINOR_MAX, MINOR_MAX)))
def test_what_is_printed_is_read_back(code: str, minor: int) -> None:
    """In every currency of the table an amount is the one that its decimal says, with exactly its digits."""
    a = Money(minor, currency(code))
    assert money(a.decimal, code) == a
    whole, _, part = a.decimal.partition(".")
    assert len(part) == a.currency.minor_digits
    assert Fraction(a.decimal) == Fraction(minor, 10**a.currency.minor_digits)
    assert whole.lstrip("-") == "0" or not whole.lstrip("-").startswith("0")
    assert repr(a) == f"money('{a.decimal}', '{code}')"
    assert str(a) == f"{code} {a.decimal}"


@pytest.mark.parametrize(
    ("minor", "code", "text"),
    [
        (123456789, "USD", "1234567.89"),
        (-5, "USD", "-0.05"),
        (0, "USD", "0.00"),
        (-7, "JPY", "-7"),
        (0, "JPY", "0"),
        (1, "KWD", "0.001"),
        (-123456, "KWD", "-123.456"),
        (MINOR_MAX, "USD", "9999999999999999.99"),
        (-MINOR_MAX, "JPY", "-999999999999999999"),
    ],
)
def test_known_decimals(minor: int, code: str, text: str) -> None:
    """Written out: a sign before the zero, every digit of the currency, no grouping."""
    assert Money(minor, currency(code)).decimal == text


@pytest.mark.parametrize(
    ("text", "code", "minor"),
    [
        ("1", "USD", 100),
        ("1.5", "USD", 150),
        ("1.05", "USD", 105),
        ("-0.5", "USD", -50),
        ("-0", "USD", 0),
        ("007.10", "USD", 710),
        ("1000", "JPY", 1000),
        ("1.5", "KWD", 1500),
        ("9999999999999999.99", "USD", MINOR_MAX),
        ("-999999999999999.999", "KWD", -MINOR_MAX),
        ("999999999999999999", "JPY", MINOR_MAX),
    ],
)
def test_known_readings(text: str, code: str, minor: int) -> None:
    """Written out: decimals may be fewer than the currency's, zeros may lead, minus nothing is nothing."""
    assert money(text, code).minor == minor


def test_bound_fits_63_bits() -> None:
    """Eighteen digits on either side of zero, and so a signed 64-bit column holds any amount."""
    assert MINOR_MAX == 10**18 - 1 < 2**63
    assert Money(MINOR_MAX, USD) + Money(-MINOR_MAX, USD) == zero(USD)
    assert -Money(MINOR_MAX, USD) == Money(-MINOR_MAX, USD)
    assert (Money(MINOR_MAX - 1, USD) + Money(1, USD)).minor == MINOR_MAX
    assert (Money(1 - MINOR_MAX, USD) - Money(1, USD)).minor == -MINOR_MAX


def test_total_passes_the_bound_on_its_way() -> None:
    """Only the total itself must be in bounds: what is passed on the way depends on the order."""
    high = Money(MINOR_MAX, USD)
    assert total([high, high, -high, -high, high], USD) == high


@given(amounts(), roundings())
def test_copies_are_equal(a: Money, rounding: Rounding) -> None:
    """Copied, pickled or computed, an amount is the same, and its currency the one object that there is."""
    for other in (copy.copy(a), copy.deepcopy(a), pickle.loads(pickle.dumps(a)), a.scaled(1, 1, rounding)):  # noqa: S301
        assert other == a
        assert hash(other) == hash(a)
        assert other.currency is a.currency


@given(FEW)
def test_amounts_never_change(a: Money) -> None:
    """Fields cannot be set, on amounts that were made and on amounts that were computed."""
    for frozen in (a, a + a, -a, a * 2, *a.split(2), total([a], USD)):
        with pytest.raises(FrozenInstanceError):
            frozen.minor = 5  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError):
            frozen.currency = USD  # type: ignore[misc]
        with pytest.raises((FrozenInstanceError, AttributeError)):
            frozen.note = "text"  # type: ignore[attr-defined]
