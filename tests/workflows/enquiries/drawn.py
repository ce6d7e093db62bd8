"""Short lives that hypothesis draws: orders, payments in part and over, departures, days with and without a run."""

from typing import Final, final

from attrs import field, frozen
from hypothesis import strategies as st

from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor
from altocore.lifecycle.service import EndingTime, Service
from altocore.ports.store import Store
from altocore.values.anchors import Cadence
from altocore.values.days import add_days
from altocore.values.ids import ClientId
from altocore.values.money import Money
from altocore.workflows.activating import activate
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.day import bill_day
from altocore.workflows.ordering import Order, order
from tests.workflows import cast
from tests.workflows.cast import World

OWNERS: Final[tuple[ClientId, ...]] = (cast.ANA, cast.BEN, cast.CLEO, cast.DAN)


@final
@frozen(kw_only=True)
class Deed:
    """Something that happens to one of the four clients; `amount` is a percentage of what is asked."""

    what: str = field()
    who: ClientId = field()
    amount: int = field()
    days: int = field()


DEEDS: Final = st.lists(
    st.builds(
        Deed,
        what=st.sampled_from(["begin", "begin", "order", "pay", "pay", "leave", "live", "live", "sleep"]),
        who=st.sampled_from(OWNERS),
        amount=st.sampled_from([30, 100, 100, 250]),
        days=st.sampled_from([1, 5, 12, 31]),
    ),
    min_size=1,
    max_size=9,
)


def lived(store: cast.DumpStore, deeds: list[Deed]) -> World:
    """Return the world in which these deeds were done, in their order."""
    world = cast.world(store)
    for number, deed in enumerate(deeds):
        _do(world, deed, f"o{number}")
    return world


def _do(world: World, deed: Deed, key: str) -> None:
    match deed.what:
        case "begin" | "order":
            _order(world, deed, key)
        case "pay":
            _pay(world, deed)
        case "leave":
            for service in _services(world.store, deed.who):
                request = CancellationRequest(
                    key=f"{key}/{service.id}", service=service.id, time=EndingTime.END_OF_PERIOD
                )
                cancel(world.store, world.rulebook, request, world.at(Actor.CLIENT))
        case "live":
            world.bill_to(add_days(world.today, deed.days))
        case _:
            world.today = add_days(world.today, deed.days)
            bill_day(world.store, world.rulebook, world.at())


def _order(world: World, deed: Deed, key: str) -> None:
    wanted = Order(key=key, client=deed.who, plan=cast.CLOUD.plan, cycle=Cadence.MONTHLY)
    order(world.store, world.rulebook, wanted, world.at())
    if deed.what == "begin":
        _pay(world, deed)
        for service in _services(world.store, deed.who):
            activate(world.store, world.rulebook, service.id, world.at(Actor.PROVISIONER))


def _pay(world: World, deed: Deed) -> None:
    for service in _services(world.store, deed.who):
        standing = world.standing(service.id, service.last_period)
        if standing.state is StandingState.OPEN:
            asked = standing.open_amount
            world.pay(service.id, service.last_period, Money(max(1, asked.minor * deed.amount // 100), asked.currency))


def _services(store: Store, client: ClientId) -> list[Service]:
    return [each for each in cast.all_of(store, Service) if each.client == client]
