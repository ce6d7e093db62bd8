"""Lines and taxes: per line, on the net amount, rounded once, halves away from zero."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.invoices import Line
from altocore.billing.lines import taxed_line, taxed_lines
from altocore.testing.strategies import amounts
from altocore.values.money import Money, money
from altocore.values.rounding import Rounding
from tests import cast

RATES = st.integers(0, 1_000_000)
NETS = amounts(minor_min=-(10**12), minor_max=10**12)


def half_up(exact: Fraction) -> int:
    """Return the nearest whole number, halves away from zero."""
    size = floor(abs(exact) + Fraction(1, 2))
    return size if exact >= 0 else -size


@given(NETS, RATES)
@example(cast.usd("499.90"), 150_000)
@example(cast.usd("-499.90"), 150_000)
@example(cast.usd("0.01"), 210_000)
@example(cast.usd("0.01"), 500_000)
@example(money("5", "JPY"), 100_000)
@example(money("0.005", "KWD"), 100_000)
@example(cast.usd("0.00"), 1_000_000)
def test_tax_is_half_up_away_from_zero(net: Money, rate_ppm: int) -> None:
    """PAY-13: the nearest minor unit of the currency, a half away from zero, from the exact product."""
    line = taxed_line("cloud", net, cast.tax_rate(rate_ppm=rate_ppm), cast.TAX_TERMS)
    assert line == Line(item="cloud", net=net, tax=line.tax)
    assert line.tax == Money(half_up(Fraction(net.minor * rate_ppm, 1_000_000)), net.currency)


@pytest.mark.parametrize(
    ("net", "code", "rate_ppm", "tax"),
    [
        ("499.90", "USD", 150_000, "74.99"),  # 74.985 exactly
        ("-499.90", "USD", 150_000, "-74.99"),
        ("100.00", "USD", 210_000, "21.00"),
        ("0.50", "USD", 210_000, "0.11"),  # 0.105
        ("0.49", "USD", 210_000, "0.10"),  # 0.1029
        ("0.02", "USD", 210_000, "0.00"),  # 0.0042
        ("0.03", "USD", 210_000, "0.01"),  # 0.0063
        ("100.00", "USD", 0, "0.00"),
        ("100.00", "USD", 1, "0.00"),
        ("100.00", "USD", 50, "0.01"),  # 0.005
        ("100.00", "USD", 1_000_000, "100.00"),
        ("105", "JPY", 100_000, "11"),  # 10.5
        ("104", "JPY", 100_000, "10"),
        ("2", "JPY", 210_000, "0"),
        ("1.005", "KWD", 100_000, "0.101"),  # 0.1005
        ("0.001", "KWD", 500_000, "0.001"),  # 0.0005
        ("0.001", "KWD", 499_999, "0.000"),
    ],
)
def test_known_taxes(net: str, code: str, rate_ppm: int, tax: str) -> None:
    """PAY-13: written out, in cents, in whole yen and in fils."""
    line = taxed_line("cloud", money(net, code), cast.tax_rate(rate_ppm=rate_ppm), cast.TAX_TERMS)
    assert line.tax == money(tax, code)


@pytest.mark.parametrize(
    ("rounding", "tax"),
    [
        (Rounding.HALF_UP, "74.99"),
        (Rounding.HALF_EVEN, "74.98"),
        (Rounding.HALF_DOWN, "74.98"),
        (Rounding.UP, "74.99"),
        (Rounding.DOWN, "74.98"),
        (Rounding.CEILING, "74.99"),
        (Rounding.FLOOR, "74.98"),
    ],
)
def test_the_terms_name_the_rounding(rounding: Rounding, tax: str) -> None:
    """PAY-13: half-up is the default, and a field of the terms."""
    terms = cast.tax_terms(rounding=rounding)
    assert taxed_line("cloud", cast.usd("499.90"), cast.tax_rate(rate_ppm=150_000), terms).tax == cast.usd(tax)


@given(st.lists(st.tuples(st.sampled_from(["cloud", "management"]), NETS), max_size=4), RATES)
def test_each_line_is_taxed_by_itself(priced: list[tuple[str, Money]], rate_ppm: int) -> None:
    """PAY-13: computed per line, once; the order of the items is the order of the lines."""
    rate = cast.tax_rate(rate_ppm=rate_ppm)
    alone = tuple(taxed_line(item, net, rate, cast.TAX_TERMS) for item, net in priced)
    assert taxed_lines(priced, rate, cast.TAX_TERMS) == alone


def test_two_lines_round_twice_and_one_line_once() -> None:
    """PAY-13: two lines of 50 cents bear 22 cents of VAT, one of a dollar 21."""
    two = taxed_lines([("a", cast.usd("0.50")), ("b", cast.usd("0.50"))], cast.VAT, cast.TAX_TERMS)
    one = taxed_lines([("a", cast.usd("1.00"))], cast.VAT, cast.TAX_TERMS)
    assert cast.invoice(lines=two).tax == cast.usd("0.22")
    assert cast.invoice(lines=one).tax == cast.usd("0.21")


@given(NETS)
def test_an_export_bears_no_tax(net: Money) -> None:
    """PAY-13: export 0 %."""
    assert taxed_line("cloud", net, cast.EXPORT, cast.TAX_TERMS).tax == Money(0, net.currency)
