"""Exchange rates: exact, rounded once, in the digits of the currency that a conversion ends in."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, CurrencyMismatch, UnknownKey
from altocore.testing import strategies
from altocore.values.currencies import currency
from altocore.values.exchange import ExchangeRate, exchange_rate, parity
from altocore.values.money import Money, money
from altocore.values.rounding import Rounding, divide

USD, JPY, KWD = currency("USD"), currency("JPY"), currency("KWD")


@pytest.mark.parametrize(
    ("base", "quote", "worth", "amount", "into"),
    [
        ("USD", "ARS", "1234.5", "100.00", "123450.00"),
        ("USD", "JPY", "149.5", "100.01", "14951"),
        ("USD", "JPY", "149.5", "0.01", "1"),
        ("USD", "JPY", "50", "0.01", "1"),
        ("USD", "JPY", "49", "0.01", "0"),
        ("JPY", "KWD", "0.002", "1", "0.002"),
        ("KWD", "JPY", "500", "0.001", "1"),
        ("USD", "USD", "1", "100.00", "100.00"),
        ("USD", "USD", "1.000", "0.01", "0.01"),
    ],
)
def test_converted(base: str, quote: str, worth: str, amount: str, into: str) -> None:
    """PAY-5: one cent, no digits and three digits, a half away from zero."""
    rate = exchange_rate(base, quote, worth)
    assert rate.converted(money(amount, base), Rounding.HALF_UP) == money(into, quote)


@given(strategies.exchange_rates(), st.integers(-(10**6), 10**6), strategies.roundings())
@example(exchange_rate("USD", "JPY", "0.000000000001"), 1, Rounding.UP)
def test_a_conversion_is_exact_and_rounded_once(rate: ExchangeRate, minor: int, rounding: Rounding) -> None:
    """PAY-5: the fraction that the rate says, in minor units, rounded as asked and in no other place."""
    worth = Fraction(rate.numerator, rate.denominator)
    exact = Fraction(minor, 10**rate.base.minor_digits) * worth * 10**rate.quote.minor_digits
    found = rate.converted(Money(minor, rate.base), rounding)
    assert found == Money(divide(exact.numerator, exact.denominator, rounding), rate.quote)


@given(strategies.amounts())
def test_parity_changes_nothing(amount: Money) -> None:
    """PAY-5: a client who is billed in the fee's currency pays the fee."""
    assert parity(amount.currency).converted(amount, Rounding.HALF_UP) == amount


def test_an_amount_is_in_the_base() -> None:
    """CLI-8: nothing is converted from another currency than the rate says."""
    with pytest.raises(CurrencyMismatch, match="amount: USD with JPY"):
        exchange_rate("USD", "KWD", "0.3").converted(money("1", "JPY"), Rounding.HALF_UP)


@pytest.mark.parametrize(
    "worth", ["", "0", "0.0", "-1", "1,5", "1.", ".5", "1e3", " 1", "1 ", "\u0661", "1.0000000000001"]
)
def test_what_is_no_rate_is_refused(worth: str) -> None:
    """PAY-5: a plain decimal above zero, of at most twelve decimals."""
    with pytest.raises(BadValue) as refused:
        exchange_rate("USD", "JPY", worth)
    assert refused.value.field == "rate"


def test_a_rate_is_a_text_between_known_currencies() -> None:
    """PAY-5: no float, and no currency that ISO 4217 does not know."""
    with pytest.raises(BadType, match="rate"):
        exchange_rate("USD", "JPY", 149.5)  # type: ignore[arg-type]  # what is refused
    for base, quote in (("usd", "JPY"), ("USD", "XXX")):
        with pytest.raises(UnknownKey):
            exchange_rate(base, quote, "1")


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 1), (1, 0), (-1, 1), (1, -1)])
def test_both_parts_are_above_zero(numerator: int, denominator: int) -> None:
    """PAY-5: a rate of nothing, or below it, is none."""
    with pytest.raises(BadValue, match="rate: must be above zero"):
        ExchangeRate(base=USD, quote=JPY, numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(("numerator", "denominator"), [(1.5, 1), (1, True), ("1", 1)])
def test_both_parts_are_ints(numerator: object, denominator: object) -> None:
    """PAY-5: a rate is a fraction of ints."""
    with pytest.raises(BadType, match="rate: numerator and denominator must be ints"):
        ExchangeRate(base=USD, quote=JPY, numerator=numerator, denominator=denominator)  # type: ignore[arg-type]  # refused


def test_a_currency_is_worth_itself() -> None:
    """CLI-8: no rate makes a dollar more than a dollar."""
    with pytest.raises(BadValue, match="rate: a currency is worth itself"):
        exchange_rate("USD", "USD", "1.01")
    same = ExchangeRate(base=KWD, quote=KWD, numerator=7, denominator=7)
    assert same.converted(money("1", "KWD"), Rounding.UP) == money("1", "KWD")
