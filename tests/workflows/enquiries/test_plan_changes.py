"""What another plan would cost, asked of a store: the facts it finds there, the readings side by side, nothing changed."""

from typing import Final

import pytest

from altocore.billing.plan_changes import Listed
from altocore.catalogue.items import PlanItem
from altocore.catalogue.kinds import Administration, ProductKind
from altocore.catalogue.plans import PlanEdition, UpgradeGroup
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.lifecycle.reasons import SuspensionReason
from altocore.lifecycle.service import EndingTime
from altocore.policy.order import OrderRefused
from altocore.policy.upgrade import UpgradeQuoted, UpgradeRefused
from altocore.terms.editions import TermsEdition
from altocore.terms.options import Downgrade, UpgradeBase, UpgradeCharge
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import Day, day
from altocore.values.ids import AddonId, ClientId, PlanId, ServiceId
from altocore.values.money import money
from altocore.workflows.enquiries import ChangeQuote, PlanChange, Storage, quote_change, side_by_side
from altocore.workflows.ordering import service_id
from altocore.workflows.registering import publish
from altocore.workflows.suspending import Suspending, suspend
from altocore.workflows.taking_over import TakeOver, plan_take_over
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World


def sold(  # noqa: PLR0913  # one keyword a field
    *,
    of: str,
    sold: cast.Sold,
    kind: ProductKind = ProductKind.CLOUD_HOSTING,
    upgrades: tuple[str, ...] = (),
    setup: PlanItem | None = None,
    addon: cast.Sold = (),
    once: str = "",
) -> PlanEdition:
    """Return a plan that leads to these others."""
    group = UpgradeGroup(category="Larger", plans=tuple(PlanId(each) for each in upgrades))
    extra = examples.addon(name="recording", prices=cast.sold_item("recording", addon).prices)
    return examples.plan(
        name=f"plan_{of}",
        of=of,
        kind=kind,
        published=cast.FOUNDED,
        effective=cast.FOUNDED,
        items=(
            examples.item(name=of, prices=(examples.price(cycle=Once.ONE_TIME, amount=examples.usd(once)),))
            if once
            else cast.sold_item(of, sold),
        ),
        setup=setup,
        addons=(extra,) if addon else (),
        upgrades=(group,) if upgrades else (),
    )


BASIC: Final = sold(
    of="basic",
    sold=[(Cadence.MONTHLY, "100.00", "USD"), (Cadence.MONTHLY, "10000", "JPY"), (Cadence.ANNUAL, "100.00", "USD")],
    upgrades=("premium", "server"),
    setup=cast.sold_item("installation", [(Cadence.MONTHLY, "30.00", "USD"), (Cadence.ANNUAL, "30.00", "USD")]),
    addon=[(Cadence.MONTHLY, "10.00", "USD")],
)
PREMIUM: Final = sold(
    of="premium",
    sold=[(Cadence.MONTHLY, "150.00", "USD"), (Cadence.MONTHLY, "15000", "JPY"), (Cadence.ANNUAL, "150.00", "USD")],
    setup=cast.sold_item("installation", [(Cadence.MONTHLY, "999.00", "USD")]),
    addon=[(Cadence.MONTHLY, "12.00", "USD")],
)
SERVER: Final = sold(
    of="server",
    sold=[(Cadence.MONTHLY, "180.00", "USD")],
    kind=ProductKind.VPS,
    upgrades=("big-server", "premium"),
)
BIG: Final = sold(of="big-server", sold=[(Cadence.MONTHLY, "300.00", "USD")], kind=ProductKind.DEDICATED_SERVER)
SMALL: Final = sold(of="small", sold=[(Cadence.MONTHLY, "20.00", "USD"), (Cadence.QUARTERLY, "330.00", "USD")])

ONCE: Final = sold(of="voice", sold=[], kind=ProductKind.VOICE_OVER, once="70.00")

NEW_YEAR: Final = day(2024, 1, 1)
HALF_WAY: Final = day(2024, 7, 2)


def premises(*editions: TermsEdition, today: Day = NEW_YEAR) -> World:
    """Return a world in which these plans are sold, under these editions of the terms."""
    made = cast.in_memory(*editions, today=today)
    publish(made.store, [BASIC, PREMIUM, SERVER, BIG, SMALL, ONCE])
    return made


def quote(world: World, service: ServiceId, change: PlanChange, *, of: ClientId = cast.ANA) -> ChangeQuote:
    """Return a quote of today, which must be one."""
    found = quote_change(world.store, world.rulebook, of, service, change, world.today)
    assert isinstance(found, ChangeQuote)
    return found


def answered(found: ChangeQuote) -> UpgradeQuoted:
    """Return the answer of a quote, which must be a yes."""
    assert isinstance(found.answer, UpgradeQuoted)
    return found.answer


def whys(found: ChangeQuote) -> tuple[Why, ...]:
    """Return the reasons of a quote, which must be a no."""
    assert isinstance(found.answer, UpgradeRefused)
    return tuple(each.why for each in found.answer.reasons)


TO_PREMIUM: Final = PlanChange(plan=PlanId("premium"))


def test_the_sources_own_example() -> None:
    """UPG-1: 100 paid for a year, half-way to a plan of 150: 50; 25 by days; 100 as a fresh term. The setup is left out."""
    world = premises()
    service = world.run("o1", plan=BASIC, cycle=Cadence.ANNUAL)
    world.today = HALF_WAY
    found = quote(world, service, TO_PREMIUM)
    readings = {
        (each.terms.upgrade_charge, each.terms.upgrade_base): (each.answer, each.chosen) for each in side_by_side(found)
    }
    told = {
        reading: (each.charge.decimal, chosen)
        for reading, (each, chosen) in readings.items()
        if isinstance(each, UpgradeQuoted)
    }
    assert told == {
        (UpgradeCharge.FULL_DIFFERENCE, UpgradeBase.PAID): ("50.00", 1),
        (UpgradeCharge.FULL_DIFFERENCE, UpgradeBase.LIST_PRICE): ("50.00", 0),
        (UpgradeCharge.PRORATED_DIFFERENCE, UpgradeBase.PAID): ("25.00", 0),
        (UpgradeCharge.UNUSED_CREDIT, UpgradeBase.PAID): ("100.00", 0),
    }
    assert answered(found).tax == examples.usd("10.50")
    assert answered(found).due == day(2024, 7, 9)
    assert found.facts.running.paid == examples.usd("100.00")


@pytest.mark.parametrize(
    ("edition", "charge"),
    [(cast.DEFAULT, "50.00"), (cast.MANUAL, "50.00"), (cast.TERMS, "100.00")],
)
def test_the_reading_is_that_of_the_terms(edition: TermsEdition, charge: str) -> None:
    """UPG-1: `default` and `manual` charge the difference whole, `terms` a fresh term."""
    world = premises(edition)
    service = world.run("o1", plan=BASIC, cycle=Cadence.ANNUAL)
    world.today = HALF_WAY
    assert answered(quote(world, service, TO_PREMIUM)).charge == examples.usd(charge)


def test_asking_changes_nothing() -> None:
    """REN-10: neither a document nor a claim, a message or a number, whatever is asked, however often."""
    world = premises()
    service = world.run("o1", plan=BASIC, cycle=Cadence.ANNUAL)
    world.today = HALF_WAY
    before = world.dump()
    assert quote(world, service, TO_PREMIUM) == quote(world, service, TO_PREMIUM)
    for plan in ("premium", "small", "basic"):
        for cycle in (None, Cadence.MONTHLY):
            quote_change(
                world.store, world.rulebook, cast.ANA, service, PlanChange(plan=PlanId(plan), cycle=cycle), HALF_WAY
            )
    assert world.dump() == before
    assert cast.findings(world.store) == []


def test_addons_go_along() -> None:
    """CAT-11: with the price that the new plan has for them; or those that are asked for, and no others."""
    world = premises()
    recording = AddonId("recording")
    service = world.run("o1", plan=BASIC, addons=(recording,))
    kept = answered(quote(world, service, TO_PREMIUM))
    assert kept.charge == examples.usd("52.00")
    dropped = quote(world, service, PlanChange(plan=PlanId("premium"), addons=()))
    assert answered(dropped).charge == examples.usd("40.00")
    assert dropped.facts.running.price == examples.usd("110.00")
    refused = quote_change(
        world.store, world.rulebook, cast.ANA, service, PlanChange(plan=PlanId("small")), world.today
    )
    assert isinstance(refused, OrderRefused)
    assert [each.why for each in refused.reasons] == [Why.ADDON_UNKNOWN]


def test_another_cycle_starts_a_fresh_term() -> None:
    """UPG-2: and has one reading; where the old plan has no price there, it is compared by the month."""
    world = premises()
    service = world.run("o1", plan=BASIC)
    found = quote(world, service, PlanChange(plan=PlanId("premium"), cycle=Cadence.ANNUAL))
    assert answered(found).reading is UpgradeCharge.UNUSED_CREDIT
    assert answered(found).charge == examples.usd("50.00")
    assert [(each.chosen, each.answer) for each in side_by_side(found)] == [(1, found.answer)]
    quarter = quote(world, service, PlanChange(plan=PlanId("small"), cycle=Cadence.QUARTERLY))
    assert quarter.facts.listed == Listed(price=examples.usd("100.00"), months=1)
    assert quarter.facts.target_listed == Listed(price=examples.usd("330.00"), months=3)
    assert whys(quarter) == (Why.UPGRADE_NOT_LISTED,)


def test_a_period_paid_ahead() -> None:
    """UPG-7: its own difference, once it is paid; an unpaid renewal is none."""
    world = premises(today=day(2024, 1, 1))
    service = world.run("o1", plan=BASIC)
    world.bill_to(day(2024, 1, 22))
    assert quote(world, service, TO_PREMIUM).facts.ahead == ()
    world.pay(service, 1)
    found = quote(world, service, TO_PREMIUM)
    assert [each.whole.number for each in found.facts.ahead] == [1]
    assert answered(found).charge == examples.usd("100.00")


def test_what_was_not_paid_does_not_count() -> None:
    """UPG-5, UPG-6: the renewal that runs is open and not due yet; then it is overdue."""
    world = premises(today=day(2024, 1, 1))
    service = world.run("o1", plan=BASIC)
    # The renewal is issued late, on the period's third day, and is due seven days later.
    world.today = day(2024, 2, 3)
    missing = quote(world, service, TO_PREMIUM)
    assert (whys(missing), missing.facts.missing) == ((Why.PERIOD_NOT_INVOICED,), 1)
    world.bill()
    unpaid = quote(world, service, TO_PREMIUM)
    assert (whys(unpaid), unpaid.facts.unpaid) == ((Why.PERIOD_UNPAID,), 1)
    world.pay(service, 1, examples.usd("60.50"))
    assert quote(world, service, TO_PREMIUM).facts.running.paid == examples.usd("50.00")
    world.today = day(2024, 2, 11)
    assert whys(quote(world, service, TO_PREMIUM)) == (Why.INVOICE_OVERDUE, Why.PERIOD_UNPAID)
    world.pay(service, 1)
    assert answered(quote(world, service, TO_PREMIUM)).charge == examples.usd("50.00")


def test_credit_that_was_spent_counts_as_paid() -> None:
    """UPG-5: what the client paid beyond its first invoice pays the second, and the upgrade subtracts it."""
    world = premises(today=day(2024, 1, 1))
    service = world.order("o1", plan=BASIC)
    world.pay(service, 0, examples.usd("400.00"))
    world.activate(service)
    world.bill_to(day(2024, 2, 5))
    found = quote(world, service, TO_PREMIUM)
    assert found.facts.running.paid == examples.usd("100.00")
    assert answered(found).charge == examples.usd("50.00")


def test_a_contract_that_was_taken_over() -> None:
    """UPG-5: what was paid elsewhere is not known here; by list prices the change can be quoted."""
    world = premises(today=day(2025, 1, 31))
    taken = TakeOver(key="t1", client=cast.ANA, plan_edition=BASIC.id, cycle=Cadence.MONTHLY, anchor=day(2024, 8, 31))
    world.store.commit([plan_take_over(taken, 1, world.rulebook, world.at())])
    found = quote(world, service_id("t1"), TO_PREMIUM)
    assert (whys(found), found.facts.elsewhere) == ((Why.PAID_ELSEWHERE,), 1)
    prorated = side_by_side(found)[2]
    assert prorated.terms.upgrade_charge is UpgradeCharge.PRORATED_DIFFERENCE
    assert isinstance(prorated.answer, UpgradeQuoted)
    assert prorated.answer.charge == examples.usd("50.00")


def test_a_smaller_plan() -> None:
    """DWN-1: refused, and side by side with what it would be for credit; what is stored must be told, and fit."""
    world = premises(cast.TERMS)
    service = world.run("o1", plan=PREMIUM)
    to_small = PlanId("small")
    untold = quote(world, service, PlanChange(plan=to_small))
    assert whys(untold) == (Why.STORAGE_NOT_TOLD,)
    assert (untold.facts.told, untold.facts.stored_mb, untold.facts.room_mb) == (0, 0, 0)
    full = Storage(stored_mb=700, room_mb=500)
    assert whys(quote(world, service, PlanChange(plan=to_small, storage=full))) == (Why.STORAGE_TOO_SMALL,)
    found = quote(world, service, PlanChange(plan=to_small, storage=Storage(stored_mb=500, room_mb=500)))
    assert (found.facts.told, found.facts.stored_mb, found.facts.room_mb) == (1, 500, 500)
    assert (answered(found).credit, answered(found).credit_tax) == (examples.usd("130.00"), examples.usd("27.30"))
    readings = side_by_side(found)
    assert [(each.terms.downgrade, each.chosen) for each in readings] == [(Downgrade.REFUSE, 0), (Downgrade.CREDIT, 1)]
    assert isinstance(readings[0].answer, UpgradeRefused)


def test_who_administers_a_server() -> None:
    """CAT-7: asked for where the service is none; kept where it is, whatever is asked."""
    world = premises()
    service = world.run("o1", plan=BASIC)
    to_server = PlanId("server")
    refused = quote_change(world.store, world.rulebook, cast.ANA, service, PlanChange(plan=to_server), world.today)
    assert isinstance(refused, OrderRefused)
    assert [each.why for each in refused.reasons] == [Why.ADMINISTRATION_MISSING]
    told = PlanChange(plan=to_server, administration=Administration.PROVIDER)
    assert answered(quote(world, service, told)).charge == examples.usd("80.00")
    needless = PlanChange(plan=PlanId("premium"), administration=Administration.CLIENT)
    refused = quote_change(world.store, world.rulebook, cast.ANA, service, needless, world.today)
    assert isinstance(refused, OrderRefused)
    own = world.run("o2", plan=SERVER, administration=Administration.CLIENT)
    for administration in (None, Administration.PROVIDER):
        bigger = PlanChange(plan=PlanId("big-server"), administration=administration)
        assert answered(quote(world, own, bigger)).charge == examples.usd("120.00")
    assert answered(quote(world, own, TO_PREMIUM)).charge == examples.usd("0.00")
    assert whys(quote(world, own, told)) == (Why.SAME_PLAN,)


def test_a_service_that_does_not_run_changes_no_plan() -> None:
    """UPG-6: one that waits, one that is set to end, one that is over, one that is sold once."""
    world = premises()
    waiting = world.order("o1", plan=BASIC)
    assert whys(quote(world, waiting, TO_PREMIUM)) == (Why.SERVICE_NOT_ACTIVE,)
    ending = world.run("o2", plan=BASIC)
    world.cancel(ending, time=EndingTime.END_OF_PERIOD)
    to_end = quote(world, ending, TO_PREMIUM)
    assert (whys(to_end), to_end.facts.ending_pending) == ((Why.ENDING_PENDING,), 1)
    over = world.run("o3", plan=BASIC)
    world.cancel(over, time=EndingTime.IMMEDIATE, key="over")
    world.today = day(2024, 2, 1)
    assert whys(quote(world, over, TO_PREMIUM)) == (Why.SERVICE_NOT_ACTIVE,)
    once = world.run("o4", plan=ONCE, cycle=Once.ONE_TIME)
    to_premium = PlanChange(plan=PlanId("premium"), cycle=Cadence.MONTHLY)
    found = quote(world, once, to_premium)
    assert whys(found) == (Why.SOLD_ONCE, Why.UPGRADE_NOT_LISTED)
    assert found.facts.listed == Listed(price=examples.usd("70.00"), months=1)


def test_a_larger_plan_is_the_way_out_of_an_overload() -> None:
    """UPG-6: the service is suspended for it, and quoted all the same."""
    world = premises()
    service = world.run("o1", plan=BASIC)
    asked = Suspending(key="s1", service=service, reason=SuspensionReason.OVERLOAD)
    suspend(world.store, world.rulebook, asked, world.at(Actor.STAFF))
    assert answered(quote(world, service, TO_PREMIUM)).charge == examples.usd("50.00")


def test_money_without_cents() -> None:
    """UPG-1: in yen, abroad, without tax."""
    world = premises(today=day(2024, 1, 1))
    service = world.run("o1", of=cast.BEN, plan=BASIC)
    world.today = day(2024, 1, 16)
    readings = side_by_side(quote(world, service, TO_PREMIUM, of=cast.BEN))
    charges = [each.answer.charge for each in readings if isinstance(each.answer, UpgradeQuoted)]
    assert charges == [money(each, "JPY") for each in ("5000", "5000", "2581", "9839")]


def test_a_client_sees_its_own_only() -> None:
    """Every read of a client's object carries the owner; a plan that is not stored is unknown."""
    world = premises()
    service = world.run("o1", plan=BASIC)
    for client, told in ((cast.BEN, "service"), (ClientId("cli_no"), "client")):
        with pytest.raises(UnknownKey, match=told):
            quote_change(world.store, world.rulebook, client, service, TO_PREMIUM, world.today)
    with pytest.raises(UnknownKey, match="plan"):
        quote(world, service, PlanChange(plan=PlanId("no")))


def test_a_day_that_is_past_is_not_asked_about() -> None:
    """REN-4: what was true before the last invoice is not stored."""
    world = premises()
    service = world.run("o1", plan=BASIC)
    world.bill_to(day(2024, 1, 25))
    change, found = TO_PREMIUM, quote_change
    with pytest.raises(BadValue, match="on: must not lie before the last invoice of the service"):
        found(world.store, world.rulebook, cast.ANA, service, change, day(2024, 1, 21))
    assert isinstance(found(world.store, world.rulebook, cast.ANA, service, change, day(2024, 1, 22)), ChangeQuote)


def test_costs_that_are_overdue_bar_it_too() -> None:
    """UPG-6: administrative costs are an invoice of the service."""
    world = premises()
    service = world.run("o1", plan=BASIC)
    staff.costs(world, service)
    for today in (day(2024, 1, 1), day(2024, 1, 8)):
        world.today = today
        assert quote(world, service, TO_PREMIUM).facts.overdue == 0
    world.today = day(2024, 1, 9)
    assert whys(quote(world, service, TO_PREMIUM)) == (Why.INVOICE_OVERDUE,)
