"""What is no money: each is one typed error that names the field and never repeats what was given (B1, B2, B3)."""

import traceback
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, CurrencyMismatch, Misuse, UnknownKey
from altocore.testing.strategies import amounts
from altocore.values.currencies import Currency, currency
from altocore.values.money import MINOR_MAX, Money, money, total, zero
from altocore.values.rounding import Rounding

USD: Final = currency("USD")
EUR: Final = currency("EUR")
MOST: Final = Money(MINOR_MAX, USD)
NO_DECIMAL: Final = "not a plain decimal such as 1234.50"
TOO_LONG: Final = "more than eighteen digits"

BAD_TEXTS: Final = (
    "",
    " ",
    "-",
    ".",
    "-.",
    "NaN",
    "nan",
    "sNaN",
    "Infinity",
    "-Infinity",
    "inf",
    "1e3",
    "1E3",
    "1e1000000",
    "1e-2",
    "0x10",
    "1_000",
    " 5 ",
    "5 ",
    " 5",
    "5\n",
    "5\0",
    "\ufeff5",
    "1,5",
    "1.000,00",
    "1,000.00",
    "+1",
    "--1",
    "- 1",
    "1-",
    ".5",
    "5.",
    "1..5",
    "1.2.3",
    "$5",
    "5 USD",
    "1/2",
    "\u0661\u0662",
    "\uff11\uff12",
    "1.\u0665",
    "\u22125",
    "1\u00a0000",
    "\u00bd",
    "five",
    "1234567890123456789",
    "0000000000000000001",
    "1.0000000",
    "9" * 4301,
    "1" * 1_000_000,
)

BAD_TYPES: Final[tuple[object, ...]] = (
    1.5,
    nan,
    inf,
    True,
    5,
    0,
    None,
    b"5",
    ["5"],
    Decimal("1.5"),
    Fraction(1, 2),
    1j,
)


class Text(str):
    """A subclass, which could answer otherwise the second time it is asked."""

    __slots__ = ()


@pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:24]))
def test_a_text_that_is_no_plain_decimal_is_refused(text: str) -> None:
    """NaN, exponents, separators, spaces, other digits, signs and points out of place are one BadValue (B1, B2)."""
    with pytest.raises(BadValue) as refused:
        money(text, "USD")
    assert (refused.value.field, refused.value.problem) == ("amount", NO_DECIMAL)


@pytest.mark.parametrize("given", [*BAD_TYPES, Text("5")], ids=repr)
def test_what_is_no_text_is_refused(given: str) -> None:
    """An amount is read from a str and from nothing else: a float has lost its cents before it comes (B1)."""
    with pytest.raises(BadType) as refused:
        money(given, "USD")
    assert (refused.value.field, refused.value.problem) == ("amount", "must be a str holding a plain decimal")


@pytest.mark.parametrize(
    ("text", "code", "problem"),
    [
        ("0.001", "USD", "USD has 2 decimals"),
        ("1.000", "USD", "USD has 2 decimals"),
        ("0.5", "JPY", "JPY has 0 decimals"),
        ("1.0", "JPY", "JPY has 0 decimals"),
        ("0.0001", "KWD", "KWD has 3 decimals"),
        ("-1.234567", "USD", "USD has 2 decimals"),
    ],
)
def test_too_many_decimals_are_refused(text: str, code: str, problem: str) -> None:
    """Nothing is rounded on the way in: half a yen and a tenth of a cent are refused, zeros too (B2)."""
    with pytest.raises(BadValue) as refused:
        money(text, code)
    assert (refused.value.field, refused.value.problem) == ("amount", problem)


@pytest.mark.parametrize("text", ["10000000000000000.00", "123456789012345678", "-123456789012345678.9"])
def test_too_many_digits_are_refused(text: str) -> None:
    """Eighteen digits of the whole and the cents of the currency are twenty: beyond the bound (B2)."""
    with pytest.raises(BadValue) as refused:
        money(text, "USD")
    assert (refused.value.field, refused.value.problem) == ("amount", TOO_LONG)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("usd", UnknownKey),
        ("XXX", UnknownKey),
        ("XAU", UnknownKey),
        ("XTS", UnknownKey),
        ("CLF", UnknownKey),
        ("", UnknownKey),
        ("US", UnknownKey),
        ("USD ", UnknownKey),
        ("\uff35\uff33\uff24", UnknownKey),
        ("US$", UnknownKey),
        (840, BadType),
        (None, BadType),
        (USD, BadType),
    ],
)
def test_an_unknown_currency_is_refused(code: str, error: type[Misuse]) -> None:
    """Lower case, X-codes, funds, other scripts and what is no text are refused by name, before the amount (B3)."""
    for text in ("5", "NaN"):
        with pytest.raises(error) as refused:
            money(text, code)
        assert refused.value.field == "currency"


@pytest.mark.parametrize("minor", [1.0, nan, True, False, Decimal(1), Fraction(1), "1", None], ids=repr)
def test_minor_units_are_ints(minor: int) -> None:
    """Minor units are an int and no other number: no float, no bool, no Decimal (B1)."""
    with pytest.raises(BadType) as refused:
        Money(minor, USD)
    assert (refused.value.field, refused.value.problem) == ("minor", "must be an int of minor units")


@pytest.mark.parametrize("minor", [MINOR_MAX + 1, -MINOR_MAX - 1, 10**19, pytest.param(10**5000, id="5000 digits")])
def test_minor_units_are_bounded(minor: int) -> None:
    """One unit beyond eighteen digits is refused, as are 5,000 digits, which nothing prints on the way (B2)."""
    with pytest.raises(BadValue) as refused:
        Money(minor, USD)
    assert (refused.value.field, refused.value.problem) == ("minor", TOO_LONG)


@pytest.mark.parametrize("given", ["USD", None, 840, Currency])
def test_money_is_of_a_currency(given: Currency) -> None:
    """A code is no currency: it is looked up first (B3)."""
    makers: tuple[Callable[[Currency], Money], ...] = (lambda of: Money(1, of), zero)
    for make in makers:
        with pytest.raises(BadType) as refused:
            make(given)
        assert (refused.value.field, refused.value.problem) == ("currency", "must be a Currency")


def test_a_total_is_of_a_currency() -> None:
    """A total of nothing checks the currency that it is to be in (B3)."""
    with pytest.raises(BadType) as refused:
        total([], "USD")  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.problem) == ("currency", "must be a Currency")


@pytest.mark.parametrize(
    "overflow",
    [
        lambda: MOST + Money(1, USD),
        lambda: -MOST - Money(1, USD),
        lambda: MOST * 2,
        lambda: MOST * -(10**5000),
        lambda: MOST.scaled(3, 2, Rounding.HALF_UP),
        lambda: total([MOST, Money(1, USD)], USD),
        lambda: total([-MOST, Money(-1, USD)], USD),
    ],
    ids=["add", "sub", "times", "minus times", "scaled", "total", "minus total"],
)
def test_results_are_bounded(overflow: Callable[[], Money]) -> None:
    """What is computed is bounded as what is made: no operation leaves eighteen digits (B2)."""
    with pytest.raises(BadValue) as refused:
        overflow()
    assert (refused.value.field, refused.value.problem) == ("minor", TOO_LONG)


@pytest.mark.parametrize(
    "mixed",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
        lambda a, b: a >= b,
        lambda a, b: max(b, a),
        lambda a, b: total([a, b], a.currency),
    ],
    ids=["add", "sub", "lt", "le", "gt", "ge", "max", "total"],
)
def test_currencies_do_not_mix(mixed: Callable[[Money, Money], object]) -> None:
    """Two currencies in one sum or comparison are refused, and zeros too: nothing is converted (CLI-8, B3)."""
    for minor in (5, 0):
        with pytest.raises(CurrencyMismatch) as refused:
            mixed(Money(minor, USD), Money(minor, EUR))
        assert (refused.value.field, refused.value.problem) == ("currency", "USD with EUR")


@pytest.mark.parametrize(
    "mixed",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
        lambda a, b: a >= b,
    ],
    ids=["add", "sub", "lt", "le", "gt", "ge"],
)
@pytest.mark.parametrize("other", [5, 0, 5.0, Decimal(5), "5", None, True], ids=repr)
def test_money_meets_money_only(mixed: Callable[[Money, object], object], other: object) -> None:
    """A bare number has no currency: nothing is added to money or compared with it but money."""
    with pytest.raises(BadType) as refused:
        mixed(MOST, other)
    assert (refused.value.field, refused.value.problem) == ("money", "must be Money")


@pytest.mark.parametrize("times", [1.5, 2.0, True, Decimal(2), Fraction(1, 2), "2", None, MOST], ids=repr)
def test_a_product_takes_an_int(times: int) -> None:
    """A fraction goes through `scaled`, with a rounding that is named; a bool is no number of times (B1)."""
    with pytest.raises(BadType) as refused:
        MOST * times
    assert (refused.value.field, refused.value.problem) == (
        "times",
        "must be an int; a fraction goes through Money.scaled",
    )


@pytest.mark.parametrize("given", [1.0, True, Decimal(1), Fraction(1), "1", None], ids=repr)
def test_a_fraction_is_two_ints(given: int) -> None:
    """Numerator and denominator are ints, each of them (B1)."""
    for fraction in ((given, 2), (1, given)):
        with pytest.raises(BadType) as refused:
            MOST.scaled(*fraction, Rounding.HALF_UP)
        assert (refused.value.field, refused.value.problem) == ("fraction", "numerator and denominator must be ints")


def test_a_fraction_is_not_over_zero() -> None:
    """Nothing is divided by zero, zero neither."""
    for a in (MOST, zero(USD)):
        with pytest.raises(BadValue) as refused:
            a.scaled(1, 0, Rounding.DOWN)
        assert refused.value.field == "denominator"


@pytest.mark.parametrize(
    "divided",
    [lambda a: a / 2, lambda a: a // 2, lambda a: a % 2, lambda a: 2 * a, lambda a: sum([a])],
    ids=["true division", "floor division", "rest", "from the left", "sum"],
)
def test_money_has_no_other_operator(divided: Callable[[Money], object]) -> None:
    """There is no division, no product from the left and no sum that starts at a bare zero."""
    with pytest.raises(TypeError):
        divided(MOST)


@given(st.text(min_size=4).map(lambda text: f"ana.{text}@example.org"))
def test_no_error_repeats_what_was_given(secret: str) -> None:
    """Whatever text is given where money is read, no error shows it: not in its parts, not in its traceback (B16)."""
    for amount, code in ((secret, "USD"), ("5", secret)):
        with pytest.raises(Misuse) as refused:
            money(amount, code)
        shown = [str(refused.value), repr(refused.value), *traceback.format_exception(refused.value)]
        assert not [text for text in shown if secret in text or "example" in text]


@given(st.one_of(st.text(), st.text("0123456789", max_size=22), st.text("0159.-+eE_ ,", max_size=9)))
def test_a_text_is_money_or_one_error(text: str) -> None:
    """Of any text at all `money` gives an amount or its one error, and the amount is the one written (B1)."""
    try:
        made = money(text, "USD")
    except BadValue as refused:
        assert refused.field == "amount"  # noqa: PT017 - both ends are right
    else:
        assert Decimal(text) == Decimal(made.decimal)


@given(amounts(), amounts())
def test_operands_of_two_currencies_never_meet(a: Money, b: Money) -> None:
    """For any two currencies of the table: another currency is always refused (CLI-8)."""
    assume(a.currency is not b.currency)
    with pytest.raises(CurrencyMismatch):
        a + b
