"""Laws of allocation: nothing is lost, nobody is wronged by a whole unit, and a tie goes to the earlier part."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import nan
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, Misuse
from altocore.testing.strategies import weights
from altocore.values.allocation import allocate, split

TOTALS: Final = st.one_of(st.integers(-40, 40), st.integers(-(10**18), 10**18))
MANY: Final = 100_000

# Each of these is refused, with the error and the problem that it is refused with.
BAD_WEIGHTS: Final[tuple[tuple[str, Sequence[object], type[Misuse], str], ...]] = (
    ("none at all", [], BadValue, "at least one must be above zero"),
    ("one zero", [0], BadValue, "at least one must be above zero"),
    ("all zero", [0, 0, 0], BadValue, "at least one must be above zero"),
    ("negative", [2, -1], BadValue, "none may be negative"),
    ("negative that cancels", [1, -1], BadValue, "none may be negative"),
    ("float", [1.0, 2], BadType, "each must be an int"),
    ("not a number", [nan, 1], BadType, "each must be an int"),
    ("fraction", [Fraction(1, 2), 1], BadType, "each must be an int"),
    ("decimal", [Decimal(1)], BadType, "each must be an int"),
    ("bool", [True, 1], BadType, "each must be an int"),
    ("text", ["1"], BadType, "each must be an int"),
    ("nothing", [None], BadType, "each must be an int"),
)

BAD_PARTS: Final[tuple[tuple[object, type[Misuse], str], ...]] = (
    (0, BadValue, "must be from 1 to 1000000"),
    (-1, BadValue, "must be from 1 to 1000000"),
    (True, BadType, "must be an int"),
    (2.0, BadType, "must be an int"),
    (nan, BadType, "must be an int"),
    (Decimal(2), BadType, "must be an int"),
    ("2", BadType, "must be an int"),
    (None, BadType, "must be an int"),
)


def losses(total: int, shares: Sequence[int]) -> list[int]:
    """Return what each part loses when its exact share is cut, in units of 1 / sum(shares)."""
    return [abs(total) * share % sum(shares) for share in shares]


def extras(total: int, shares: Sequence[int]) -> list[int]:
    """Return the unit that each part got beyond its exact share cut: 1 or 0."""
    whole = sum(shares)
    return [
        abs(part) - abs(total) * share // whole for part, share in zip(allocate(total, shares), shares, strict=True)
    ]


@given(TOTALS, weights())
def test_parts_sum_to_the_whole(total: int, shares: tuple[int, ...]) -> None:
    """One part for each weight, and together they are the whole, to the last unit (I2)."""
    parts = allocate(total, shares)
    assert len(parts) == len(shares)
    assert sum(parts) == total


@given(TOTALS, weights())
def test_each_part_is_within_one_unit(total: int, shares: tuple[int, ...]) -> None:
    """No part is a whole unit away from its exact share (I2)."""
    for part, share in zip(allocate(total, shares), shares, strict=True):
        assert abs(part - Fraction(total * share, sum(shares))) < 1


@given(TOTALS, weights())
def test_no_weight_no_part(total: int, shares: tuple[int, ...]) -> None:
    """A weight of zero gets zero."""
    assert all(part == 0 for part, share in zip(allocate(total, shares), shares, strict=True) if share == 0)


@given(TOTALS, weights())
def test_a_credit_mirrors_its_charge(total: int, shares: tuple[int, ...]) -> None:
    """The opposite of the whole splits into the opposites of the parts."""
    assert allocate(-total, shares) == tuple(-part for part in allocate(total, shares))


@given(TOTALS, weights())
def test_units_left_over_go_where_most_was_lost(total: int, shares: tuple[int, ...]) -> None:
    """Largest remainder: who got a unit lost more than who did not, or as much and stands earlier."""
    lost, got = losses(total, shares), extras(total, shares)
    assert set(got) <= {0, 1}
    served = [(-loss, place) for place, loss in enumerate(lost) if got[place]]
    passed_over = [(-loss, place) for place, loss in enumerate(lost) if not got[place]]
    assert max(served, default=(0, 0)) <= min(passed_over, default=(0, len(lost)))


@given(TOTALS, weights(weight_max=3))
def test_a_tie_goes_to_the_earlier_part(total: int, shares: tuple[int, ...]) -> None:
    """Of two equal weights the earlier never gets less."""
    parts = allocate(abs(total), shares)
    for earlier, one in enumerate(shares):
        for later in range(earlier + 1, len(shares)):
            assert one != shares[later] or 0 <= parts[earlier] - parts[later] <= 1


@given(TOTALS, weights(), st.randoms(use_true_random=False))
def test_order_matters_for_ties_only(total: int, shares: tuple[int, ...], random: Random) -> None:
    """In another order the same remainders are served; which of two equal ones is the order's to say."""
    other = random.sample(shares, len(shares))
    assert sorted(zip(losses(total, shares), extras(total, shares), strict=True)) == sorted(
        zip(losses(total, other), extras(total, other), strict=True)
    )


@given(TOTALS, weights(), st.integers(1, 10**6))
def test_only_the_ratio_of_weights_matters(total: int, shares: tuple[int, ...], factor: int) -> None:
    """Weights in days or in hours give the same parts."""
    assert allocate(total, [share * factor for share in shares]) == allocate(total, shares)


@given(TOTALS, st.integers(1, 200))
def test_a_split_is_an_allocation_to_equals(total: int, parts: int) -> None:
    """`split` is `allocate` with equal weights."""
    assert split(total, parts) == allocate(total, [1] * parts)


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (-100, [1, 1, 1], (-34, -33, -33)),
        (1, [1, 1], (1, 0)),
        (1, [0, 1, 1], (0, 1, 0)),
        (5, [3, 7], (2, 3)),
        (101, [17, 14], (55, 46)),
        (2, [1, 1, 1, 1, 1], (1, 1, 0, 0, 0)),
        (10, [1, 2, 3], (2, 3, 5)),
        (0, [5, 0], (0, 0)),
        (7, [0, 3, 0], (0, 7, 0)),
    ],
)
def test_known_allocations(total: int, shares: list[int], parts: tuple[int, ...]) -> None:
    """Written out, so that the method itself cannot change: 5 by 3:7 is a tie, and the earlier is served."""
    assert allocate(total, shares) == parts


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (10000, 7, (1429,) * 4 + (1428,) * 3),
        (-10000, 7, (-1429,) * 4 + (-1428,) * 3),
        (2, 3, (1, 1, 0)),
        (-2, 3, (-1, -1, 0)),
        (0, 2, (0, 0)),
        (9, 1, (9,)),
        (-9, 3, (-3, -3, -3)),
    ],
)
def test_known_splits(total: int, parts: int, expected: tuple[int, ...]) -> None:
    """Written out: the earlier parts are one unit larger, whatever the sign."""
    assert split(total, parts) == expected


def test_many_parts() -> None:
    """100,000 parts, of many weights or of one, still sum to the whole; the quota that is left goes to the earliest."""
    shares = [place * 7919 % 1009 for place in range(MANY)]
    parts = allocate(10**18 - 1, shares)
    assert sum(parts) == 10**18 - 1
    assert all(part == 0 for part, share in zip(parts, shares, strict=True) if share == 0)
    assert split(MANY + 3, MANY) == allocate(MANY + 3, [1] * MANY) == (2,) * 3 + (1,) * (MANY - 3)


@pytest.mark.parametrize(
    ("shares", "error", "problem"), [row[1:] for row in BAD_WEIGHTS], ids=[r[0] for r in BAD_WEIGHTS]
)
def test_bad_weights_are_refused(shares: Sequence[int], error: type[Misuse], problem: str) -> None:
    """Weights that say nothing are one error that names them (B17), whatever the whole."""
    for total in (100, 0, -1):
        with pytest.raises(error) as refused:
            allocate(total, shares)
        assert (refused.value.field, refused.value.problem) == ("weights", problem)


@pytest.mark.parametrize(("parts", "error", "problem"), BAD_PARTS)
def test_a_bad_number_of_parts_is_refused(parts: int, error: type[Misuse], problem: str) -> None:
    """A number of parts that is none is one error that names it (B17), whatever the whole."""
    for total in (100, 0, -1):
        with pytest.raises(error) as refused:
            split(total, parts)
        assert (refused.value.field, refused.value.problem) == ("parts", problem)
