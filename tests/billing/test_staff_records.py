"""PAY-18: what staff records about money has a reason from a closed list, and a reference that is no text of people."""

from enum import StrEnum

import pytest

from altocore.billing.adjustments import AdjustmentReason, Direction, adjustment_id
from altocore.billing.costs import CostReason
from altocore.billing.ledger import Movement
from altocore.billing.promises import PromiseReason
from altocore.billing.write_offs import WriteOff, WriteOffReason
from altocore.errors import BadValue
from altocore.lifecycle.faults import FaultReason
from altocore.values.days import add_days
from altocore.values.texts import LINE_MAX
from tests import cast


@pytest.mark.parametrize("reasons", [AdjustmentReason, CostReason, FaultReason, PromiseReason, WriteOffReason])
def test_a_reason_is_a_wire_code(reasons: type[StrEnum]) -> None:
    """PAY-18, PAY-9, PAY-2: a code is stored, so it stays; it is its name in small letters."""
    assert [reason.value for reason in reasons] == [reason.name.lower() for reason in reasons]
    assert len(reasons) > 3


@pytest.mark.parametrize("reference", ["a\nb", "\0", "x" * (LINE_MAX + 1)])
def test_a_reference_is_one_line(reference: str) -> None:
    """PAY-18: an id of the provider's own, or nothing."""
    for make in (
        lambda: cast.adjustment(reference=reference),
        lambda: cast.promise(reference=reference),
        lambda: cast.fault(reference=reference),
        lambda: WriteOff(reason=WriteOffReason.GOODWILL, reference=reference),
    ):
        with pytest.raises(BadValue) as refused:
            make()
        assert refused.value.field == "reference"


def test_a_promise_is_about_a_day_to_come() -> None:
    """PAY-18: today at the earliest; it runs through its last day."""
    made = cast.promise(made=cast.ANCHOR, until=add_days(cast.ANCHOR, 2))
    assert [made.runs(add_days(cast.ANCHOR, days)) for days in (0, 2, 3)] == [True, True, False]
    assert (made.hold.made, made.hold.until) == (made.made, made.until)
    with pytest.raises(BadValue) as refused:
        cast.promise(made=cast.ANCHOR, until=add_days(cast.ANCHOR, -1))
    assert (refused.value.field, refused.value.problem) == ("until", "must not lie before the day it is recorded")


@pytest.mark.parametrize(
    ("direction", "movement"),
    [(Direction.UP, Movement.CREDIT_RAISED), (Direction.DOWN, Movement.CREDIT_LOWERED)],
)
def test_an_adjustment_is_one_movement(direction: Direction, movement: Movement) -> None:
    """PAY-18: up and down have a movement each; the amount is above zero either way."""
    assert cast.adjustment(direction=direction).movement is movement
    for amount in ("0.00", "-0.01"):
        with pytest.raises(BadValue) as refused:
            cast.adjustment(direction=direction, amount=cast.usd(amount))
        assert (refused.value.field, refused.value.problem) == ("amount", "an adjustment must be above zero")


def test_an_adjustments_id_is_for_ever() -> None:
    """PAY-18: the same command gives the same id on any store."""
    assert adjustment_id("a1") == cast.adjustment().id
    assert adjustment_id("a1") != adjustment_id("a2")
