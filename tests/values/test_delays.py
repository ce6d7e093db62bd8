"""Delays: what is planned waits some days longer."""

import pytest

from altocore.errors import BadValue
from altocore.values.days import day
from altocore.values.delays import Delay


@pytest.mark.parametrize("days", [0, -1])
def test_a_delay_that_moves_nothing_is_refused(days: int) -> None:
    """PAY-2: a fault has a length, and a length is at least one day once it is rounded up."""
    with pytest.raises(BadValue) as refused:
        Delay(start=day(2024, 2, 28), days=days)
    assert refused.value.field == "days"


def test_one_day_is_the_least() -> None:
    """PAY-2: an hour is a day."""
    assert Delay(start=day(2024, 2, 29), days=1).days == 1
