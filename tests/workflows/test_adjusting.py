"""PAY-18: a client's credit is adjusted by hand, with a document and a posting of its own."""

from typing import Final

import pytest

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.ledger import Movement
from altocore.errors import BadValue, CurrencyMismatch, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.plans.messages import MessageKind
from altocore.policy.adjustment import AdjustmentAccepted, AdjustmentRefused
from altocore.terms.reasons import Why
from altocore.values.ids import ClientId
from altocore.values.money import money
from altocore.workflows.adjusting import Adjustment, adjust_credit
from altocore.workflows.door import DidBefore
from altocore.workflows.one import one
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World

THREE: Final = examples.usd("3.00")


def test_up_and_down_again(world: World) -> None:
    """PAY-18: each is a document with its reason, and one posting; who is given credit is told."""
    assert staff.adjust(world) == AdjustmentAccepted(credit=staff.TEN)
    assert staff.adjust(world, THREE, direction=Direction.DOWN, key="a2") == AdjustmentAccepted(
        credit=examples.usd("7.00")
    )
    assert world.credit() == 7_00
    assert [(each.movement, each.document, each.amount) for each in world.store.postings()] == [
        (Movement.CREDIT_RAISED, adjustment_id("a1"), staff.TEN),
        (Movement.CREDIT_LOWERED, adjustment_id("a2"), THREE),
    ]
    kept = one(world.store, CreditAdjustment, adjustment_id("a2")).document
    assert (kept.client, kept.day, kept.direction, kept.reason) == (
        cast.ANA,
        world.today,
        Direction.DOWN,
        AdjustmentReason.GOODWILL,
    )
    assert [(each.kind, each.about) for each in world.messages()] == [(MessageKind.CREDIT_GRANTED, adjustment_id("a1"))]


def test_it_pays_what_comes(world: World) -> None:
    """PAY-7: a credit that was given pays like any other."""
    staff.adjust(world, cast.WHOLE)
    service = world.order("o1")
    assert world.standing(service, 0).settled == cast.WHOLE
    assert world.credit() == 0


def test_never_below_zero(world: World) -> None:
    """PAY-18: not by a cent; exactly to zero is in order."""
    staff.adjust(world, THREE)
    before = world.dump()
    answer = staff.adjust(world, examples.usd("3.01"), direction=Direction.DOWN, key="a2")
    assert isinstance(answer, AdjustmentRefused)
    assert [each.why for each in answer.reasons] == [Why.CREDIT_TOO_SMALL]
    assert world.dump() == before
    assert staff.adjust(world, THREE, direction=Direction.DOWN, key="a3") == AdjustmentAccepted(credit=examples.NOTHING)


def test_yen_have_no_cents(world: World) -> None:
    """PAY-18: in the client's currency, whatever its smallest unit."""
    assert staff.adjust(world, money("1", "JPY"), of=cast.BEN) == AdjustmentAccepted(credit=money("1", "JPY"))
    assert staff.adjust(world, money("0.001", "KWD"), of=cast.DAN, key="a2") == AdjustmentAccepted(
        credit=money("0.001", "KWD")
    )


def test_it_counts_once(world: World) -> None:
    """PAY-18: told again under its key it is the same; with another input it is a misuse."""
    staff.adjust(world)
    before = world.dump()
    told = Adjustment(
        key="a1", client=cast.ANA, direction=Direction.UP, amount=staff.TEN, reason=AdjustmentReason.GOODWILL
    )
    assert adjust_credit(world.store, told, world.at(Actor.STAFF)) == DidBefore()
    with pytest.raises(BadValue, match="adjustment"):
        staff.adjust(world, THREE)
    assert world.dump() == before


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_only_staff_adjusts(world: World, actor: Actor) -> None:
    """PAY-18: whoever else asks is told no, and nothing changes."""
    before = world.dump()
    answer = staff.adjust(world, by=actor)
    assert isinstance(answer, AdjustmentRefused)
    assert [(each.rule, each.why) for each in answer.reasons] == [("PAY-18", Why.NOT_BY_STAFF)]
    assert world.dump() == before


def test_what_is_no_adjustment_is_a_misuse(world: World) -> None:
    """PAY-18, CLI-8: by nothing, in another currency, of nobody."""
    with pytest.raises(BadValue):
        staff.adjust(world, examples.NOTHING)
    with pytest.raises(CurrencyMismatch) as refused:
        staff.adjust(world, money("1", "JPY"))
    assert refused.value.field == "amount"
    with pytest.raises(UnknownKey):
        staff.adjust(world, of=ClientId("cli_no"))
