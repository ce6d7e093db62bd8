"""May a credit be adjusted by hand? The table of PAY-18 for adjustments."""

from typing import Final

import attrs
import pytest
from hypothesis import example, given

from altocore.billing.adjustments import Direction
from altocore.lifecycle.events import Actor
from altocore.policy.adjustment import ADJUSTMENT, AdjustmentAccepted, AdjustmentFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import adjustment_facts
from altocore.values.money import money
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

GOOD: Final = AdjustmentFacts(
    actor=Actor.STAFF, direction=Direction.UP, amount=cast.usd("10.00"), credit=cast.usd("2.50")
)
CENT: Final = AdjustmentFacts(
    actor=Actor.STAFF, direction=Direction.DOWN, amount=cast.usd("0.02"), credit=cast.usd("0.01")
)
YEN: Final = AdjustmentFacts(
    actor=Actor.STAFF, direction=Direction.DOWN, amount=money("1", "JPY"), credit=money("1", "JPY")
)


def test_the_table() -> None:
    """PAY-18: by staff, and never below zero."""
    assert checks_of(ADJUSTMENT) == (
        ("PAY-18", "house", "not_by_staff"),
        ("PAY-18", "house", "credit_too_small"),
    )
    assert grounds_of(ADJUSTMENT) == (("PAY-18", "house"),)
    assert ADJUSTMENT.name == "adjustment"


def test_up_and_down() -> None:
    """PAY-18: the credit afterwards, to the cent; down to zero is in order."""
    assert judges_alike(ADJUSTMENT, GOOD, None) == AdjustmentAccepted(credit=cast.usd("12.50"))
    down = attrs.evolve(GOOD, direction=Direction.DOWN, credit=GOOD.amount)
    assert judges_alike(ADJUSTMENT, down, None) == AdjustmentAccepted(credit=cast.NOTHING)
    assert holding(ADJUSTMENT, down, None) == {0: (("amount", GOOD.amount), ("credit", cast.NOTHING))}


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_not_by_staff_alone(actor: Actor) -> None:
    """PAY-18: staff adjusts it, nobody else."""
    reason = fires_alone(ADJUSTMENT, Why.NOT_BY_STAFF, attrs.evolve(GOOD, actor=actor), None)
    assert reason.cites == (("actor", actor.value),)


def test_beyond_the_credit_alone() -> None:
    """PAY-18: not a cent below zero."""
    reason = fires_alone(ADJUSTMENT, Why.CREDIT_TOO_SMALL, CENT, None)
    assert reason.cites == (("credit", cast.usd("0.01")), ("amount", cast.usd("0.02")))


@given(adjustment_facts())
@example(CENT)
@example(YEN)
def test_a_credit_never_falls_below_zero(asked: AdjustmentFacts) -> None:
    """PAY-18: what is left is what was there, more or less the amount; below zero there is a no."""
    answer = judges_alike(ADJUSTMENT, asked, None)
    moved = asked.amount.minor if asked.direction is Direction.UP else -asked.amount.minor
    left = asked.credit.minor + moved
    if isinstance(answer, AdjustmentAccepted):
        assert answer.credit.minor == left >= 0
    wrong = ((Why.NOT_BY_STAFF, asked.actor is not Actor.STAFF), (Why.CREDIT_TOO_SMALL, left < 0))
    assert whys_of(answer) == tuple(why for why, holds in wrong if holds)
