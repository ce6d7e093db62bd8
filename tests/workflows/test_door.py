"""The door for one deed: once, planned anew after each conflict, and given up when others are always faster."""

import pytest

from altocore.billing.standing import StandingState
from altocore.errors import BadValue, HistoryCorrupt, Unavailable
from altocore.lifecycle.events import Actor
from altocore.plans.plan import Plan
from altocore.plans.reading import Reader
from altocore.values.anchors import Cadence
from altocore.values.ids import PlanId
from altocore.values.money import money
from altocore.workflows.activating import activate
from altocore.workflows.door import ATTEMPTS_MAX, FRESH_MAX, Did, DidBefore, claim, perform
from altocore.workflows.ordering import Order, order, service_id
from altocore.workflows.paying import pay
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.stores import BreakingStore, Breaks, MeddlingStore, Passing

MONTHLY = Cadence.MONTHLY


def wanted(key: str = "o1", plan: PlanId = cast.CLOUD.plan) -> Order:
    """Return Ana's order."""
    return Order(key=key, client=cast.ANA, plan=plan, cycle=MONTHLY)


def test_a_claim_is_its_key_and_a_digest_of_what_was_given() -> None:
    """Other input is another digest, however the parts are cut; the same input is the same on any store."""
    assert claim("order", "k", "a", "bc") == claim("order", "k", "a", "bc")
    assert claim("order", "k", "a", "bc") != claim("order", "k", "ab", "c")
    assert (claim("order", "k").space, claim("order", "k").key) == ("order", "k")


def test_a_no_is_not_committed(world: World) -> None:
    """A plan without writes changes nothing: its answer is given, its key stays free."""
    passing = Passing(world.store)

    def refuse(_reader: Reader) -> Plan[str]:
        return Plan(answer="no", deed=claim("test", "k"))

    assert perform(passing, claim("test", "k"), refuse) == Did(answer="no", numbers=())
    assert passing.commits == 0
    assert world.store.claimed("test", "k") is None


def test_after_a_conflict_it_is_planned_anew(world: World) -> None:
    """PAY-7: credit that came meanwhile is read again, and the deed is done with it, once."""
    world.run("before")

    def meddle(commit: int) -> None:
        if commit == 1:
            world.pay(service_id("before"), 0, examples.usd("150.00"))

    store = MeddlingStore(world.store, meddle)
    made = order(store, world.rulebook, wanted(), world.at())
    assert isinstance(made, Did)
    assert store.commits == 2
    assert world.standing(service_id("o1"), 0).state is StandingState.PAID
    assert world.credit() == 29_00


def test_the_same_deed_of_somebody_else_is_seen(world: World) -> None:
    """Two callers with one key: the slower is told that it was done before."""

    def meddle(commit: int) -> None:
        if commit == 1:
            order(world.store, world.rulebook, wanted(), world.at())

    assert order(MeddlingStore(world.store, meddle), world.rulebook, wanted(), world.at()) == DidBefore()
    assert world.numbers() == [1]


def test_another_deed_under_the_same_key_is_seen(world: World) -> None:
    """Two callers with one key and two inputs: the slower is wrong."""

    def meddle(commit: int) -> None:
        if commit == 1:
            order(world.store, world.rulebook, wanted(plan=cast.STUDIO.plan), world.at())

    with pytest.raises(BadValue):
        order(MeddlingStore(world.store, meddle), world.rulebook, wanted(), world.at())
    assert world.numbers() == [1]


def test_it_gives_up_when_others_are_always_faster(world: World) -> None:
    """A hundred rounds lost are a hundred won by others: the outside is busy, and nothing of the deed is done."""
    world.run("before")

    def meddle(_commit: int) -> None:
        world.pay(service_id("before"), 0, examples.usd("0.01"))

    store = MeddlingStore(world.store, meddle)
    with pytest.raises(Unavailable, match="order: others changed what it reads 100 times"):
        order(store, world.rulebook, wanted(), world.at())
    assert store.commits == ATTEMPTS_MAX == 100
    assert world.store.claimed("order", "o1") is None
    assert world.credit() == 100


@pytest.mark.parametrize("when", Breaks)
def test_a_deed_that_broke_off_can_be_asked_again(world: World, when: Breaks) -> None:
    """Whether the commit had happened or not, the claims tell: asked again, it is done once."""
    service = world.order("o1")
    told = world.notice(world.standing(service, 0).id)
    breaking = BreakingStore(world.store, 1, when)
    with pytest.raises(Unavailable):
        pay(breaking, world.rulebook, told, world.at(Actor.GATEWAY))
    again = pay(breaking, world.rulebook, told, world.at(Actor.GATEWAY))
    assert isinstance(again, DidBefore if when is Breaks.AFTER else Did)
    assert world.standing(service, 0).settled == cast.WHOLE
    assert world.credit() == 0


def test_a_plan_that_no_store_takes_is_given_up(world: World) -> None:
    """PAY-6: credit that would be more than `Money` can say cannot be kept; the payment is not taken."""
    service = world.order("o1", of=cast.BEN)
    most = money(str(10**18 - 1), "JPY")
    world.pay(service, 0, most)
    before = world.dump()
    told = world.notice(world.standing(service, 0).id, most)
    with pytest.raises(Unavailable):
        pay(world.store, world.rulebook, told, world.at(Actor.GATEWAY))
    assert world.dump() == before


def test_two_provisioners_activate_once(world: World) -> None:
    """LIF-1: a contract is activated once, though both had read that it was not."""
    service = world.order("o1")
    world.pay(service, 0)

    def meddle(commit: int) -> None:
        if commit == 1:
            world.activate(service)

    second = activate(MeddlingStore(world.store, meddle), world.rulebook, service, world.at(Actor.PROVISIONER))
    assert second == DidBefore()
    assert len(world.events(service)) == 1


def test_what_looks_impossible_is_read_again(world: World) -> None:
    """What was read half before and half after a change is no damage: asked again, the deed is done."""
    asked: list[Reader] = []

    def plan(reader: Reader) -> Plan[str]:
        asked.append(reader)
        if len(asked) < FRESH_MAX:
            raise HistoryCorrupt("srv_a", "it moved while it was read")
        return Plan(answer="no", deed=claim("test", "k"))

    assert perform(world.store, claim("test", "k"), plan) == Did(answer="no", numbers=())
    assert len(set(asked)) == FRESH_MAX


def test_what_is_damaged_stays_so(world: World) -> None:
    """Read again it is still no possible history, and that is said."""
    asked: list[Reader] = []

    def plan(reader: Reader) -> Plan[str]:
        asked.append(reader)
        raise HistoryCorrupt("srv_a", "no move")

    with pytest.raises(HistoryCorrupt, match="srv_a: no move"):
        perform(world.store, claim("test", "k"), plan)
    assert len(asked) == FRESH_MAX
