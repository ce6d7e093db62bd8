"""May a credit be adjusted by hand? The table of PAY-18 for adjustments."""

from typing import Final

import attrs
import pytest
from hypothesis import example, given

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.lifecycle.events import Actor
from altocore.policy.adjustment import ADJUSTMENT, AdjustmentAccepted, AdjustmentFacts
from altocore.terms.options import NoDiscountScope
from altocore.terms.parts import BonusTerms
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import adjustment_facts, bonus_terms
from altocore.values.money import money
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

GOOD: Final = AdjustmentFacts(
    actor=Actor.STAFF,
    direction=Direction.UP,
    reason=AdjustmentReason.GOODWILL,
    amount=cast.usd("10.00"),
    credit=cast.usd("2.50"),
    own_suspended=0,
    client_suspended=0,
)
CENT: Final = attrs.evolve(GOOD, direction=Direction.DOWN, amount=cast.usd("0.02"), credit=cast.usd("0.01"))
YEN: Final = attrs.evolve(GOOD, direction=Direction.DOWN, amount=money("1", "JPY"), credit=money("1", "JPY"))
BESIDE: Final = attrs.evolve(GOOD, client_suspended=1)
OWN: Final = attrs.evolve(GOOD, own_suspended=2, client_suspended=3)
HERE: Final = cast.BONUS_TERMS
ALL: Final = cast.bonus_terms(no_discount_scope=NoDiscountScope.CLIENT)


def test_the_table() -> None:
    """PAY-18, PAY-4: by staff, never below zero, and no gift while a debt suspends."""
    assert checks_of(ADJUSTMENT) == (
        ("PAY-18", "house", "not_by_staff"),
        ("PAY-18", "house", "credit_too_small"),
        ("PAY-4", "terms/5.a", "no_bonus_while_suspended"),
    )
    assert grounds_of(ADJUSTMENT) == (("PAY-18", "house"),)
    assert ADJUSTMENT.name == "adjustment"


def test_up_and_down() -> None:
    """PAY-18: the credit afterwards, to the cent; down to zero is in order."""
    assert judges_alike(ADJUSTMENT, GOOD, HERE) == AdjustmentAccepted(credit=cast.usd("12.50"))
    down = attrs.evolve(GOOD, direction=Direction.DOWN, credit=GOOD.amount)
    assert judges_alike(ADJUSTMENT, down, HERE) == AdjustmentAccepted(credit=cast.NOTHING)
    assert holding(ADJUSTMENT, down, HERE) == {0: (("amount", GOOD.amount), ("credit", cast.NOTHING))}


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_not_by_staff_alone(actor: Actor) -> None:
    """PAY-18: staff adjusts it, nobody else."""
    reason = fires_alone(ADJUSTMENT, Why.NOT_BY_STAFF, attrs.evolve(GOOD, actor=actor), HERE)
    assert reason.cites == (("actor", actor.value),)


def test_beyond_the_credit_alone() -> None:
    """PAY-18: not a cent below zero."""
    reason = fires_alone(ADJUSTMENT, Why.CREDIT_TOO_SMALL, CENT, HERE)
    assert reason.cites == (("credit", cast.usd("0.01")), ("amount", cast.usd("0.02")))


@pytest.mark.parametrize(
    ("asked", "terms", "cited"),
    [
        (OWN, HERE, (("services", 2), ("option", "service"))),
        (OWN, ALL, (("services", 3), ("option", "client"))),
        (BESIDE, ALL, (("services", 1), ("option", "client"))),
    ],
)
def test_a_bonus_while_suspended_alone(
    asked: AdjustmentFacts, terms: BonusTerms, cited: tuple[tuple[str, object], ...]
) -> None:
    """PAY-4: barred by the service that it is for, or by any of its client's, as the terms say."""
    assert fires_alone(ADJUSTMENT, Why.NO_BONUS_WHILE_SUSPENDED, asked, terms).cites == cited


def test_another_service_bars_nothing_here() -> None:
    """PAY-4 SERVICE: a bonus for what runs is granted, whatever else its client owes for."""
    assert judges_alike(ADJUSTMENT, BESIDE, HERE) == AdjustmentAccepted(credit=cast.usd("12.50"))


@pytest.mark.parametrize("reason", [each for each in AdjustmentReason if each is not AdjustmentReason.GOODWILL])
@pytest.mark.parametrize("terms", [HERE, ALL])
def test_what_sets_a_credit_right_is_no_bonus(reason: AdjustmentReason, terms: BonusTerms) -> None:
    """PAY-4: what was booked wrongly, or came from elsewhere, is the client's own."""
    assert isinstance(judges_alike(ADJUSTMENT, attrs.evolve(OWN, reason=reason), terms), AdjustmentAccepted)


def test_what_is_taken_is_no_bonus() -> None:
    """PAY-4: a gift may be taken back while the service is suspended."""
    taken = attrs.evolve(OWN, direction=Direction.DOWN, amount=cast.usd("0.01"))
    assert isinstance(judges_alike(ADJUSTMENT, taken, ALL), AdjustmentAccepted)


@given(adjustment_facts(), bonus_terms())
@example(CENT, HERE)
@example(YEN, HERE)
@example(OWN, HERE)
@example(BESIDE, ALL)
def test_a_credit_never_falls_below_zero(asked: AdjustmentFacts, terms: BonusTerms) -> None:
    """PAY-18, PAY-4: what is left is what was there, more or less the amount; all that is wrong is told."""
    answer = judges_alike(ADJUSTMENT, asked, terms)
    moved = asked.amount.minor if asked.direction is Direction.UP else -asked.amount.minor
    left = asked.credit.minor + moved
    if isinstance(answer, AdjustmentAccepted):
        assert answer.credit.minor == left >= 0
    gift = asked.direction is Direction.UP and asked.reason is AdjustmentReason.GOODWILL
    bars = asked.client_suspended if terms.no_discount_scope is NoDiscountScope.CLIENT else asked.own_suspended
    wrong = (
        (Why.NOT_BY_STAFF, asked.actor is not Actor.STAFF),
        (Why.CREDIT_TOO_SMALL, left < 0),
        (Why.NO_BONUS_WHILE_SUSPENDED, gift and bars > 0),
    )
    assert whys_of(answer) == tuple(why for why, holds in wrong if holds)
