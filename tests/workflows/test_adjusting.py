"""PAY-18: a client's credit is adjusted by hand, with a document and a posting of its own."""

from typing import Final

import pytest

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.ledger import Movement
from altocore.errors import BadValue, CurrencyMismatch, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.reasons import SuspensionReason
from altocore.plans.messages import MessageKind
from altocore.policy.adjustment import AdjustmentAccepted, AdjustmentRefused
from altocore.terms.options import NoDiscountScope
from altocore.terms.reasons import Reason, Why
from altocore.values.days import add_days, day
from altocore.values.ids import ClientId, ServiceId
from altocore.values.money import money
from altocore.workflows.adjusting import Adjustment, adjust_credit
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.one import one
from altocore.workflows.suspending import Suspending, suspend
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.conftest import Begin
from tests.workflows.stores import MeddlingStore

BY_CLIENT: Final = examples.terms_edition(
    name="by_client",
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    says=examples.terms(bonuses=examples.bonus_terms(no_discount_scope=NoDiscountScope.CLIENT)),
)
SUSPENDED: Final = day(2025, 3, 4)
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
    assert adjust_credit(world.store, world.rulebook, told, world.at(Actor.STAFF)) == DidBefore()
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


def owing(world: World) -> tuple[ServiceId, ServiceId]:
    """Return a service that a debt has suspended, and another of the same client that runs."""
    owes = world.run("owes")
    runs = world.run("runs")
    world.bill_to(day(2025, 2, 20))
    world.pay(runs, 1)
    world.bill_to(SUSPENDED)
    assert (world.state(owes), world.state(runs)) == (ServiceState.SUSPENDED, ServiceState.ACTIVE)
    return owes, runs


def refused(world: World, service: ServiceId | None, key: str) -> Reason:
    """Ask for a bonus, which must be refused and change nothing, and return the reason."""
    before = world.dump()
    answer = staff.adjust(world, service=service, key=key)
    assert isinstance(answer, AdjustmentRefused)
    assert world.dump() == before
    (reason,) = answer.reasons
    assert (reason.rule, reason.why) == ("PAY-4", Why.NO_BONUS_WHILE_SUSPENDED)
    return reason


def test_no_bonus_for_what_a_debt_suspended(world: World) -> None:
    """PAY-4 SERVICE: not for the service, nor for all that the client has; for another service it is granted, and kept so."""
    owes, runs = owing(world)
    assert (
        refused(world, owes, "g1").cites == refused(world, None, "g2").cites == (("services", 1), ("option", "service"))
    )
    assert staff.adjust(world, service=runs, key="g3") == AdjustmentAccepted(credit=staff.TEN)
    assert one(world.store, CreditAdjustment, adjustment_id("g3")).document.service == runs
    world.bill_to(add_days(SUSPENDED, 1))


def test_no_bonus_for_anything_of_a_client_that_owes(begin: Begin) -> None:
    """PAY-4 CLIENT: not for the service that runs either; another client's are its own."""
    world = begin(BY_CLIENT)
    owes, runs = owing(world)
    for service in (owes, runs, None):
        assert refused(world, service, f"g {service}").cites == (("services", 1), ("option", "client"))
    assert isinstance(staff.adjust(world, money("1", "JPY"), of=cast.BEN), AdjustmentAccepted)


def test_a_bonus_comes_back_with_the_service(world: World) -> None:
    """PAY-4: while it is suspended; paid, it is granted on the same day."""
    owes, _ = owing(world)
    refused(world, owes, "g1")
    world.pay(owes, 1)
    assert isinstance(staff.adjust(world, service=owes, key="g2"), AdjustmentAccepted)


def test_what_was_granted_before_stays_usable(world: World) -> None:
    """PAY-4: it bars granting only: the credit stands, and pays the debt as any other."""
    service = world.run("o1")
    world.bill_to(day(2025, 2, 20))
    staff.adjust(world, service=service)
    world.bill_to(SUSPENDED)
    assert (world.state(service), world.credit()) == (ServiceState.SUSPENDED, 10_00)
    assert isinstance(
        staff.adjust(world, reason=AdjustmentReason.BOOKED_WRONGLY, service=service, key="a2"), AdjustmentAccepted
    )
    assert world.credit() == 20_00


def test_another_reason_bars_nothing(world: World) -> None:
    """PAY-4: an overload suspends, and is no debt."""
    service = world.run("o1")
    overload = Suspending(key="hot", service=service, reason=SuspensionReason.OVERLOAD)
    suspend(world.store, world.rulebook, overload, world.at(Actor.STAFF))
    assert world.state(service) is ServiceState.SUSPENDED
    assert isinstance(staff.adjust(world, service=service), AdjustmentAccepted)


def test_a_suspension_of_the_same_moment_bars_it(world: World) -> None:
    """PAY-4: what is suspended between the plan and its commit is seen: the gift is planned again, and refused."""
    service = world.run("o1")
    world.bill_to(add_days(SUSPENDED, -1))
    world.today = SUSPENDED

    def meddle(commits: int) -> None:
        if commits == 1:
            world.bill()

    told = Adjustment(
        key="g1",
        client=cast.ANA,
        service=service,
        direction=Direction.UP,
        amount=staff.TEN,
        reason=AdjustmentReason.GOODWILL,
    )
    made = adjust_credit(MeddlingStore(world.store, meddle), world.rulebook, told, world.at(Actor.STAFF))
    assert isinstance(made, Did)
    assert isinstance(made.answer, AdjustmentRefused)
    assert world.credit() == 0


def test_a_service_of_somebody_else_is_a_misuse(world: World) -> None:
    """PAY-18: an adjustment names a service of its own client, or none."""
    others = world.run("b", of=cast.BEN)
    for service in (others, ServiceId("srv_no")):
        with pytest.raises(UnknownKey, match="service"):
            staff.adjust(world, service=service)
