"""PAY-2, PAY-18: what makes a step come later, and in which order it is applied."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.invoices import InvoiceKind
from altocore.billing.moves import UNMOVED, Hold, Moves, NotBefore, moved
from altocore.billing.standing import next_step_day, planned_day
from altocore.errors import BadValue
from altocore.testing.strategies import moves
from altocore.values.days import Day, add_days, day, days_from
from altocore.values.delays import Delay
from tests import cast

DUE: Final = day(2025, 3, 1)
RENEWAL: Final = InvoiceKind.RENEWAL


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def delay(start: int, days: int) -> Delay:
    """Return a delay of so many days, from a day on."""
    return Delay(start=after(start), days=days)


def hold(made: int, until: int) -> Hold:
    """Return a hold between two days."""
    return Hold(made=after(made), until=after(until))


@pytest.mark.parametrize(
    ("delays", "holds", "on"),
    [
        ((), (), 5),
        ((delay(5, 2),), (), 7),
        ((delay(6, 2),), (), 5),
        ((delay(-5, 2), delay(3, 1)), (), 8),
        ((delay(3, 1), delay(-5, 2)), (), 8),
        # moved by the first, the step follows the second, too
        ((delay(4, 3), delay(7, 2)), (), 10),
        ((), (hold(1, 9),), 10),
        ((), (hold(1, 4),), 5),
        # made after the step's day, which no run had taken yet
        ((), (hold(7, 9),), 10),
        # a fault within the time of a promise moves the step that waits for it
        ((delay(6, 2),), (hold(1, 9),), 12),
        ((delay(9, 2),), (hold(1, 9),), 12),
        ((delay(10, 2),), (hold(1, 9),), 12),
        ((delay(11, 2),), (hold(1, 9),), 10),
        # moved by a fault into a promise that was made later
        ((delay(4, 3),), (hold(7, 9),), 10),
        ((), (hold(1, 4), hold(5, 9)), 10),
    ],
)
def test_known_days_of_a_suspension(delays: tuple[Delay, ...], holds: tuple[Hold, ...], on: int) -> None:
    """PAY-2, PAY-18: planned for day 5, it comes on this one."""
    asked = Moves(delays=delays, holds=holds)
    assert days_from(DUE, planned_day(RENEWAL, DUE, 4, cast.OVERDUE_TERMS, asked)) == on
    assert next_step_day(RENEWAL, DUE, 4, None, cast.OVERDUE_TERMS, asked) == after(on)


@pytest.mark.parametrize(
    ("delays", "holds", "taken", "on"),
    [
        ((), (), 27, 30),
        ((), (), 40, 43),
        ((delay(28, 2),), (), 27, 32),
        # the notice was taken after the fault, so it runs its full time
        ((delay(35, 2),), (), 40, 43),
        ((delay(41, 2),), (), 40, 45),
        ((delay(40, 2),), (), 40, 45),
        # a promise that was not kept leaves three days more
        ((), (hold(28, 31),), 27, 34),
        ((), (hold(20, 29),), 27, 32),
        ((), (hold(20, 26),), 27, 30),
        ((), (hold(28, 31),), 33, 36),
    ],
)
def test_known_days_of_a_termination(delays: tuple[Delay, ...], holds: tuple[Hold, ...], taken: int, on: int) -> None:
    """PAY-2, PAY-18: planned for day 30, with the last notice taken on some day, it comes on this one."""
    asked = Moves(delays=delays, holds=holds)
    assert next_step_day(RENEWAL, DUE, 6, after(taken), cast.OVERDUE_TERMS, asked) == after(on)
    assert next_step_day(RENEWAL, DUE, 6, None, cast.OVERDUE_TERMS, asked) is None


@given(st.integers(-40, 80), st.integers(0, 40), moves(near=DUE), st.integers(1, 4))
@example(5, 0, Moves(delays=(delay(6, 2),), holds=(hold(1, 9),)), 1)
def test_no_move_changes_the_order_of_steps_or_brings_one_forward(
    first: int, gap: int, asked: Moves, rest: int
) -> None:
    """PAY-2, PAY-18: a step comes on its day or later, and never before one that is planned before it."""
    one, other = moved(after(first), asked, rest), moved(after(first + gap), asked, rest)
    assert one >= after(first)
    assert one <= other


@given(st.integers(-40, 80), moves(near=DUE), st.integers(1, 4))
def test_nothing_comes_while_a_hold_lasts(planned: int, asked: Moves, rest: int) -> None:
    """PAY-18: on no day of a promise, but before it was made where it was done already."""
    on = moved(after(planned), asked, rest)
    assert all(on >= add_days(each.until, rest) for each in asked.holds)


@given(st.integers(-40, 80), moves(near=DUE), st.integers(0, 100))
def test_a_notice_is_a_floor(planned: int, asked: Moves, taken: int) -> None:
    """PAY-2: not before the notice has run, whatever moves it besides."""
    floor = NotBefore(since=after(taken), day=after(taken + 3))
    assert moved(after(planned), asked, 1, (floor,)) >= after(taken + 3)


@given(st.integers(-40, 80), st.lists(st.tuples(st.integers(-40, 80), st.integers(1, 9)), max_size=4))
def test_a_delay_adds_its_days_to_what_follows_it(planned: int, spans: list[tuple[int, int]]) -> None:
    """PAY-2: as if the calendar had so many days more, told day by day."""
    delays = tuple(delay(start, days) for start, days in spans)
    expected = planned
    for start, days in sorted(spans):
        expected += days if expected >= start else 0
    assert moved(after(planned), Moves(delays=delays), 1) == after(expected)


def test_nothing_moves_nothing() -> None:
    """PAY-2: as the terms plan it."""
    assert Moves(delays=(), holds=()) == UNMOVED
    assert moved(DUE, UNMOVED, 3) == DUE


def test_a_hold_that_is_over_before_it_is_made_is_refused() -> None:
    """PAY-18: a promise is about today, or a day to come."""
    with pytest.raises(BadValue) as refused:
        hold(2, 1)
    assert (refused.value.field, refused.value.problem) == ("until", "must not lie before the day it is made")
