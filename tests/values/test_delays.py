"""Delays: what is left of one from a day on."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import BadValue
from altocore.values.days import add_days, day
from altocore.values.delays import Delay

START = day(2024, 2, 28)


@pytest.mark.parametrize(
    ("last", "days", "field"), [(-1, 1, "last"), (0, 0, "days"), (3, -1, "days")], ids=["backwards", "nothing", "less"]
)
def test_a_delay_that_moves_nothing_is_refused(last: int, days: int, field: str) -> None:
    """PAY-2: a fault has a length, and a length is at least one day once it is rounded up."""
    with pytest.raises(BadValue) as refused:
        Delay(start=START, last=add_days(START, last), days=days)
    assert refused.value.field == field


@given(st.integers(0, 20), st.integers(-20, 40), st.integers(0, 1))
@example(2, 1, 0)  # over the leap day
@example(0, 0, 0)
def test_what_is_left_of_it(long: int, since: int, touched: int) -> None:
    """PAY-2: before it began all of it, after it nothing, in between the days that are left, never more than it had."""
    # A fault of n days by the clock touches n civil days, or n + 1 where it did not begin at midnight.
    made = Delay(start=START, last=add_days(START, long + touched), days=long + 1)
    left = made.since(add_days(START, since))
    if since <= 0:
        assert left is made
    elif since > long + touched:
        assert left is None
    else:
        assert left is not None
        assert left.start == add_days(START, since)
        assert left.last == made.last
        assert left.days == min(long + 1, long + touched - since + 1)
