"""Orders of all that a catalogue can hold: add-ons, setup, servers, bundles, what is sold once, editions by day."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.invoices import InvoiceKind
from altocore.catalogue.items import AddonKind
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import PlanEdition, ProductKind
from altocore.errors import BadValue
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import EndingTime, Service
from altocore.policy.cancellation import CancellationRefused
from altocore.policy.order import OrderRefused
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import Day, add_days, day
from altocore.values.ids import AddonId, EditionId, ServiceId
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.door import Did
from altocore.workflows.explaining import explain_invoice
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.registering import publish
from altocore.workflows.subscribers import Intention, Subscriber, take_in
from altocore.workflows.taking_over import TakeOver
from tests import cast as examples
from tests.workflows import cast

MANAGEMENT: Final = AddonId("management")

SERVER: Final = examples.plan(
    name="plan_vps",
    of="vps",
    kind=ProductKind.VPS,
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    items=(examples.item(name="vps"),),
    setup=examples.item(name="setup", prices=(examples.price(amount=examples.usd("25.00")),)),
    addons=(
        examples.addon(name="backup", prices=(examples.price(amount=examples.usd("5.00")),)),
        examples.addon(
            name="management",
            kind=AddonKind.SERVER_MANAGEMENT,
            prices=(examples.price(amount=examples.usd("20.00")),),
        ),
    ),
)
VOICE: Final = examples.plan(
    name="plan_voice",
    of="voice",
    kind=ProductKind.VOICE_OVER,
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    items=(examples.item(name="voice", prices=(examples.price(cycle=Once.ONE_TIME),)),),
)
BUNDLE: Final = examples.plan(
    name="plan_both",
    of="both",
    kind=ProductKind.BUNDLE,
    published=cast.FOUNDED,
    effective=cast.FOUNDED,
    items=(examples.item(name="both"),),
    parts=(examples.part(of="cloud"), examples.part(of="radio", kind=ProductKind.AUDIO_STREAMING)),
)


def leaving(key: str, service: ServiceId) -> CancellationRequest:
    """Return a request that a service ends with its period."""
    return CancellationRequest(key=key, service=service, time=EndingTime.END_OF_PERIOD)


def selling(*plans: PlanEdition, today: Day = cast.JANUARY_31) -> cast.World:
    """Return a world in which these are sold too."""
    world = cast.in_memory(today=today)
    publish(world.store, plans)
    return world


def lines(world: cast.World, service: ServiceId, number: int) -> list[tuple[str, str]]:
    """Return the items and net amounts of an invoice."""
    return [(line.item, line.net.decimal) for line in world.invoice(service, number).lines]


def test_addons_are_on_each_invoice_and_the_setup_on_the_first() -> None:
    """CAT-11: the setup is charged once; an add-on renews with its service, at its own price."""
    world = selling(SERVER)
    service = world.run("o1", plan=SERVER, addons=(MANAGEMENT,), administration=Administration.PROVIDER)
    world.bill_to(day(2025, 2, 18))
    assert lines(world, service, 0) == [("vps", "100.00"), ("management", "20.00"), ("setup", "25.00")]
    assert lines(world, service, 1) == [("vps", "100.00"), ("management", "20.00")]
    assert cast.findings(world.store) == []


def test_addons_are_kept_in_the_order_of_the_plan() -> None:
    """CAT-11: in whatever order they were asked for."""
    world = selling(SERVER)
    taken = (MANAGEMENT, AddonId("backup"))
    service = world.order("o1", plan=SERVER, addons=taken, administration=Administration.CLIENT)
    assert world.service(service).contract.addons == ("backup", "management")
    assert [name for name, _ in lines(world, service, 0)] == ["vps", "backup", "management", "setup"]


@pytest.mark.parametrize("who", Administration)
@given(steps=st.lists(st.sampled_from(["pay", "bill", "leave"]), max_size=6))
def test_who_administers_a_server_never_changes(who: Administration, steps: list[str]) -> None:
    """CAT-7: fixed when it is ordered; whatever is paid, billed, missed or cancelled afterwards leaves it as it is."""
    world = selling(SERVER)
    service = world.run("o1", plan=SERVER, administration=who)
    for number, step in enumerate(steps):
        last = world.service(service).last_period
        if step == "pay" and world.standing(service, last).open_amount.minor:
            world.pay(service, last)
        elif step == "bill":
            world.today = add_days(world.today, 25)
            world.bill()
        elif step == "leave":
            cancel(world.store, world.rulebook, leaving(f"leave {number}", service), world.at())
        assert world.service(service).contract.administration is who
    assert cast.findings(world.store) == []


def test_what_is_sold_once_has_one_invoice_for_ever() -> None:
    """CAT-2: no period, no agenda and no renewal; it stands, and its books are sound years later."""
    world = selling(VOICE)
    service = world.run("o1", plan=VOICE, cycle=Once.ONE_TIME)
    world.bill_to(day(2025, 4, 30))
    world.today = day(2030, 1, 1)
    world.bill()
    stored = world.service(service)
    assert (stored.state, stored.next_step, stored.last_period) == (ServiceState.ACTIVE, None, 0)
    assert (stored.contract.anchor, stored.period(0)) == (cast.JANUARY_31, None)
    assert [(number, kind) for number, kind, _, _ in world.charged(service)] == [(0, InvoiceKind.FIRST)]
    assert world.invoice(service, 0).period is None
    assert cast.findings(world.store) == []
    _, explained = explain_invoice(world.store, world.invoice(service, 0).id)
    held = {row.rule for row in explained.rows if row.outcome.value == "held"}
    assert "CAT-2" in held
    assert not {"REN-1", "REN-8"} & held


def test_what_is_sold_once_and_never_paid_is_cancelled() -> None:
    """CAT-2, PAY-16: its one invoice has the timeline of a first one, and takes the order along."""
    world = selling(VOICE)
    service = world.order("o1", plan=VOICE, cycle=Once.ONE_TIME)
    world.bill_to(day(2025, 4, 30))
    assert world.service(service).state is ServiceState.CANCELLED
    assert cast.findings(world.store) == []


def test_what_is_sold_once_does_not_end_with_a_period() -> None:
    """CAT-2: a request to end with the period is refused, for there is none."""
    world = selling(VOICE)
    service = world.run("o1", plan=VOICE, cycle=Once.ONE_TIME)
    made = cancel(world.store, world.rulebook, leaving("leave", service), world.at())
    assert isinstance(made, Did)
    assert isinstance(made.answer, CancellationRefused)
    assert [each.why for each in made.answer.reasons] == [Why.SOLD_ONCE]
    assert world.service(service).ending is None


def test_a_bundle_is_one_service_with_one_invoice_a_period() -> None:
    """CAT-4, LIF-9: one order, one service, one state, one invoice for everything in it."""
    world = selling(BUNDLE)
    service = world.run("o1", plan=BUNDLE)
    world.bill_to(day(2025, 2, 18))
    assert [each.id for each in cast.all_of(world.store, Service)] == [service]
    assert lines(world, service, 0) == lines(world, service, 1) == [("both", "100.00")]
    assert cast.findings(world.store) == []


def test_an_order_takes_the_edition_in_force_on_its_day() -> None:
    """REN-4: a newer edition is taken from its day on; who ordered before renews in the one that was ordered."""
    dearer = examples.item(name="vps", prices=(examples.price(amount=examples.usd("110.00")),))
    newer = evolve(
        SERVER, id=EditionId("plan_newer"), items=(dearer,), published=day(2025, 2, 1), effective=day(2025, 3, 1)
    )
    world = selling(SERVER, newer)
    before = world.run("o1", plan=SERVER, administration=Administration.CLIENT)
    world.bill_to(day(2025, 2, 28))
    last_day = world.order("o2", plan=newer, administration=Administration.CLIENT)
    world.today = day(2025, 3, 1)
    after = world.order("o3", plan=SERVER, administration=Administration.CLIENT)
    editions = [world.service(each).contract.plan_edition for each in (before, last_day, after)]
    assert editions == [SERVER.id, SERVER.id, newer.id]
    assert [world.invoice(each, 0).plan_edition for each in (last_day, after)] == [SERVER.id, newer.id]
    assert lines(world, before, 1)[0] == ("vps", "100.00")
    assert lines(world, after, 0)[0] == ("vps", "110.00")
    assert cast.findings(world.store) == []


def test_what_is_to_come_cannot_be_ordered_yet() -> None:
    """REN-4: refused with the day from which it can be."""
    world = selling(evolve(BUNDLE, effective=day(2025, 2, 1)))
    wanted = Order(key="o1", client=cast.ANA, plan=BUNDLE.plan, cycle=Cadence.MONTHLY)
    made = order(world.store, world.rulebook, wanted, world.at())
    assert isinstance(made, Did)
    assert isinstance(made.answer, OrderRefused)
    assert [(each.why, each.cites[-1]) for each in made.answer.reasons] == [
        (Why.NOT_YET_ON_SALE, ("on", day(2025, 2, 1)))
    ]
    world.today = day(2025, 2, 1)
    world.order("o1", plan=BUNDLE)


def taken(
    *, addons: tuple[AddonId, ...] = (), administration: Administration | None = Administration.CLIENT
) -> Subscriber:
    """Return somebody whose server runs elsewhere since New Year."""
    contract = TakeOver(
        key="t1",
        client=cast.ANA,
        plan_edition=SERVER.id,
        cycle=Cadence.MONTHLY,
        anchor=day(2025, 1, 1),
        addons=addons,
        administration=administration,
    )
    return Subscriber(client=cast.CLIENTS[0], plan=SERVER, contract=contract, intention=Intention.STAY)


def test_a_server_is_taken_over_with_what_it_runs_with() -> None:
    """CAT-7, CAT-11: its add-ons and its administrator come along, and its renewal charges them."""
    world = selling(SERVER)
    list(take_in(world.store, world.rulebook, [taken(addons=(MANAGEMENT,))], world.at()))
    service = world.service(service_id("t1"))
    assert (service.contract.addons, service.contract.administration) == ((MANAGEMENT,), Administration.CLIENT)
    world.bill()
    assert [name for name, _ in lines(world, service.id, 1)] == ["vps", "management"]
    assert cast.findings(world.store) == []


@pytest.mark.parametrize(
    "wrong", [taken(administration=None), taken(addons=(AddonId("other"),))], ids=["administration", "addon"]
)
def test_what_a_plan_does_not_sell_is_not_taken_over(wrong: Subscriber) -> None:
    """CAT-7, CAT-11: a portfolio that says something else of a contract is the caller's mistake."""
    world = selling(SERVER)
    with pytest.raises(BadValue) as refused:
        list(take_in(world.store, world.rulebook, [wrong], world.at()))
    assert refused.value.field == "contract"
