"""Laws of rounding: against two oracles that count in another way, and by a table of halves."""

import decimal
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue
from altocore.testing.strategies import roundings
from altocore.values.currencies import currency
from altocore.values.money import Money
from altocore.values.rounding import Rounding, divide

NUMERATORS: Final = st.one_of(st.integers(-60, 60), st.integers(-(10**40), 10**40))
DENOMINATORS: Final = st.one_of(st.integers(1, 12), st.integers(1, 10**20))
NEAREST: Final = {Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.HALF_DOWN}

# One row a mode: 0.25 0.5 0.75 1 1.25 1.5 2.5 3.5, then their opposites.
TABLE: Final = {
    Rounding.HALF_UP: ((0, 1, 1, 1, 1, 2, 3, 4), (0, -1, -1, -1, -1, -2, -3, -4)),
    Rounding.HALF_EVEN: ((0, 0, 1, 1, 1, 2, 2, 4), (0, 0, -1, -1, -1, -2, -2, -4)),
    Rounding.HALF_DOWN: ((0, 0, 1, 1, 1, 1, 2, 3), (0, 0, -1, -1, -1, -1, -2, -3)),
    Rounding.UP: ((1, 1, 1, 1, 2, 2, 3, 4), (-1, -1, -1, -1, -2, -2, -3, -4)),
    Rounding.DOWN: ((0, 0, 0, 1, 1, 1, 2, 3), (0, 0, 0, -1, -1, -1, -2, -3)),
    Rounding.CEILING: ((1, 1, 1, 1, 2, 2, 3, 4), (0, 0, 0, -1, -1, -1, -2, -3)),
    Rounding.FLOOR: ((0, 0, 0, 1, 1, 1, 2, 3), (-1, -1, -1, -1, -2, -2, -3, -4)),
}


def by_fraction(exact: Fraction, rounding: Rounding) -> int:
    """Round an exact fraction by its two whole neighbours."""
    low, high = floor(exact), ceil(exact)
    outer, inner = (high, low) if exact > 0 else (low, high)
    nearest = low if exact - low < high - exact else high
    half = exact - low == high - exact
    return {
        Rounding.HALF_UP: outer if half else nearest,
        Rounding.HALF_EVEN: nearest if not half else low if low % 2 == 0 else high,
        Rounding.HALF_DOWN: inner if half else nearest,
        Rounding.UP: outer,
        Rounding.DOWN: inner,
        Rounding.CEILING: high,
        Rounding.FLOOR: low,
    }[rounding]


@pytest.mark.parametrize("rounding", Rounding)
def test_every_small_fraction(rounding: Rounding) -> None:
    """All fractions of -60 to 60 over 1 to 12 are rounded as exact fractions are: no neighbour of a half is missed."""
    for denominator in range(1, 13):
        for numerator in range(-60, 61):
            exact = Fraction(numerator, denominator)
            assert divide(numerator, denominator, rounding) == by_fraction(exact, rounding), exact


@given(NUMERATORS, DENOMINATORS, roundings())
def test_every_mode_agrees_with_exact_fractions(numerator: int, denominator: int, rounding: Rounding) -> None:
    """A quotient is rounded as its exact fraction is, for every mode (PAY-13 names the default, half-up)."""
    assert divide(numerator, denominator, rounding) == by_fraction(Fraction(numerator, denominator), rounding)


@given(NUMERATORS, st.integers(0, 30), roundings())
def test_every_mode_agrees_with_decimal(numerator: int, places: int, rounding: Rounding) -> None:
    """A decimal loses its places as the standard library's decimal of the same mode does (PAY-13)."""
    with decimal.localcontext(prec=100):
        exact = Decimal(numerator).scaleb(-places)
        assert divide(numerator, 10**places, rounding) == exact.to_integral_value(f"ROUND_{rounding.name}")


@pytest.mark.parametrize("rounding", Rounding)
def test_table_of_halves(rounding: Rounding) -> None:
    """Halves, quarters and wholes on both sides of zero, written out for every mode (PAY-13)."""
    quarters = (1, 2, 3, 4, 5, 6, 10, 14)
    above, below = TABLE[rounding]
    assert tuple(divide(quarter, 4, rounding) for quarter in quarters) == above
    assert tuple(divide(-quarter, 4, rounding) for quarter in quarters) == below


@given(NUMERATORS, DENOMINATORS, roundings())
def test_rounding_is_symmetric_about_zero(numerator: int, denominator: int, rounding: Rounding) -> None:
    """A credit rounds as the charge it mirrors; only ceiling and floor change places."""
    mirrored = {Rounding.CEILING: Rounding.FLOOR, Rounding.FLOOR: Rounding.CEILING}.get(rounding, rounding)
    assert divide(-numerator, denominator, rounding) == -divide(numerator, denominator, mirrored)


@given(NUMERATORS, DENOMINATORS, roundings())
def test_the_sign_may_stand_below(numerator: int, denominator: int, rounding: Rounding) -> None:
    """A negative denominator means the opposite of the positive one."""
    assert divide(numerator, -denominator, rounding) == divide(-numerator, denominator, rounding)


@given(NUMERATORS, DENOMINATORS, st.integers(1, 10**6), roundings())
def test_a_fraction_may_be_cancelled(numerator: int, denominator: int, factor: int, rounding: Rounding) -> None:
    """Equal fractions round alike, however they are written."""
    assert divide(numerator * factor, denominator * factor, rounding) == divide(numerator, denominator, rounding)


@given(NUMERATORS, DENOMINATORS, roundings())
def test_a_whole_number_stays(whole: int, denominator: int, rounding: Rounding) -> None:
    """No mode moves what needs no rounding."""
    assert divide(whole * denominator, denominator, rounding) == whole


@given(NUMERATORS, DENOMINATORS, roundings())
def test_rounding_errs_by_less_than_one(numerator: int, denominator: int, rounding: Rounding) -> None:
    """Every mode errs by less than one unit, those that look for the nearest by half a unit at most (PAY-13)."""
    error = abs(Fraction(numerator, denominator) - divide(numerator, denominator, rounding))
    assert error <= Fraction(1, 2) if rounding in NEAREST else error < 1


@given(NUMERATORS, NUMERATORS, DENOMINATORS, roundings())
def test_rounding_keeps_the_order(one: int, other: int, denominator: int, rounding: Rounding) -> None:
    """The larger share never becomes the smaller by rounding."""
    low, high = sorted((one, other))
    assert divide(low, denominator, rounding) <= divide(high, denominator, rounding)


@given(NUMERATORS, roundings())
def test_nothing_is_divided_by_zero(numerator: int, rounding: Rounding) -> None:
    """A denominator of zero is a BadValue that names it, for every numerator."""
    with pytest.raises(BadValue) as refused:
        divide(numerator, 0, rounding)
    assert (refused.value.field, refused.value.problem) == ("denominator", "must not be zero")


def test_wire_names_stay() -> None:
    """The values are stored and sent: none is renamed, none goes silently (PAY-13)."""
    assert [rounding.value for rounding in Rounding] == [
        "half_up",
        "half_even",
        "half_down",
        "up",
        "down",
        "ceiling",
        "floor",
    ]


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 3), (1, 1)])
def test_an_unknown_rounding_is_refused(numerator: int, denominator: int) -> None:
    """A rounding that is none is a BadType, also where nothing is left to round."""
    with pytest.raises(BadType, match="rounding: must be a Rounding"):
        Money(1, currency("USD")).scaled(numerator, denominator, "half_up")  # type: ignore[arg-type]
