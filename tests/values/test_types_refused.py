"""A type checker is not always asked: what is no int, no Cadence, no Money is refused at run time too."""

from typing import cast

import pytest

from altocore.errors import BadType, BadValue
from altocore.values.allocation import PARTS_MAX, allocate, split
from altocore.values.anchors import Cadence, boundary
from altocore.values.currencies import currencies, currency
from altocore.values.days import add_days, day
from altocore.values.money import Money, total


def test_a_total_that_is_no_int_is_refused() -> None:
    """I2: a float would be allocated and lose the cent."""
    with pytest.raises(BadType, match="total"):
        allocate(cast("int", 99.0), [1, 1])


def test_a_count_of_days_is_an_int() -> None:
    """Half a day is no day, and so is a float that looks whole."""
    with pytest.raises(BadType, match="count"):
        add_days(day(2025, 1, 31), cast("int", 1.0))


def test_a_cadence_is_a_cadence() -> None:
    """REN-1: one month is `Cadence.MONTHLY`; the number 1 could be anything."""
    with pytest.raises(BadType, match="cadence"):
        boundary(day(2025, 1, 31), cast("Cadence", 1), 1)


def test_a_sum_is_of_money() -> None:
    """An int among amounts has no currency."""
    with pytest.raises(BadType, match="amounts"):
        total([cast("Money", 1)], currency("USD"))


def test_a_split_has_a_bound() -> None:
    """B17: a typing mistake must not take all memory."""
    assert len(split(1, PARTS_MAX)) == PARTS_MAX
    with pytest.raises(BadValue, match="parts"):
        split(1, PARTS_MAX + 1)


def test_the_table_cannot_be_changed() -> None:
    """There is one object for each currency, for ever: identity is equality."""
    with pytest.raises(TypeError):
        cast("dict[str, object]", currencies())["XXX"] = None
