"""What comes in while a day is shared out: money is not lost, and a worker's report does not say a thing twice."""

import gc
from collections.abc import Callable
from typing import Final

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.billing.ledger import Movement
from altocore.lifecycle.events import Actor
from altocore.lifecycle.service import Service
from altocore.plans.guard import Committed
from altocore.plans.plan import Claim, Expect, Plan
from altocore.policy.payment import PaymentAccepted
from altocore.testing import MovableClock
from altocore.testing.worlds import yes
from altocore.values.ids import EditionId
from altocore.values.instants import instant, later
from altocore.workflows.collecting import collector_paused
from altocore.workflows.one import one
from altocore.workflows.ordering import service_id
from altocore.workflows.paying import pay
from altocore.workflows.sharing import LEASE_SECONDS, Sharing, bill_day_shared
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.leases import MeddlingLeases
from tests.workflows.shares import NEIGHBOURS, check_numbers, late_portfolio
from tests.workflows.turns import Turn, TurnLeases, TurnStore, in_turns

NOON: Final = instant("2025-04-08T15:00:00Z")
TURNS: Final = st.lists(st.tuples(st.integers(0, 2), st.just(0)), max_size=200)
PAID: Final = ("cli_06/0", "cli_07/0", "cli_07/1", "cli_08/0", "cli_08/1", "cli_08/2")
EVERY_OTHER: Final[list[Turn]] = [(turn, 0) for turn in range(200)]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([1, 2, 500]), TURNS)
@example(500, EVERY_OTHER)
def test_money_that_comes_meanwhile_is_not_lost(page: int, schedule: list[Turn]) -> None:
    """Two workers bill while a gateway tells of payments of the very invoices that they remind of: all is kept (PAY-6)."""
    store = MemoryStore()
    world = late_portfolio(store)
    notices = [attrs.evolve(world.notice(world.standing(service_id(key), 1).id), received=world.today) for key in PAID]
    clock = MovableClock(NOON)

    def work(worker: int, hand_on: Callable[[], None]) -> None:
        through = TurnStore(store, hand_on)
        if worker == 2:
            for notice in notices:
                took = yes(pay(through, world.rulebook, notice, world.at(Actor.GATEWAY)))
                assert isinstance(took, PaymentAccepted)
            return
        sharing = Sharing(leases=TurnLeases(store, hand_on), clock=clock, holder=f"w{worker}", parts=2)
        report = bill_day_shared(through, world.rulebook, world.at(), sharing, page=page)
        assert (report.left, report.parked) == ([], [])

    in_turns(3, schedule, clock, work)
    assert cast.findings(store) == []
    check_numbers(store)
    settled = [
        each for each in store.postings() if each.movement is Movement.PAYMENT_SETTLED and each.day == world.today
    ]
    assert [each.amount for each in settled] == [notice.amount for notice in notices]
    assert {each.client for each in settled} == set(NEIGHBOURS[6:])


def spoil(world: World, key: str) -> str:
    """Let a service stand in a plan that is not stored, past every rule, as only a test does."""
    stored = one(world.store, Service, service_id(key))
    broken = attrs.evolve(stored.document.contract, plan_edition=EditionId("no"))
    plan = Plan[object](
        answer=None,
        deed=Claim("test", key, "given"),
        expects=(Expect(Service, stored.document.id, stored.version),),
        writes=(attrs.evolve(stored.document, contract=broken),),
    )
    (outcome,) = world.store.commit([plan])
    assert isinstance(outcome, Committed)
    return stored.document.id


def parked(meddle: Callable[[MemoryStore, int], None]) -> tuple[list[str], int]:
    """Return what one worker parks of a portfolio with two spoiled services, and how often it asks for its lease."""
    store = MemoryStore()
    world = late_portfolio(store)
    spoiled = sorted([spoil(world, "cli_00/0"), spoil(world, "cli_01/0")])
    leases = MeddlingLeases(store, lambda asked: meddle(store, asked))
    sharing = Sharing(leases=leases, clock=MovableClock(NOON), holder="slow", parts=1)
    report = bill_day_shared(store, world.rulebook, world.at(), sharing, page=1)
    assert report.held == []
    assert sorted({each.id for each in report.parked}) == spoiled
    return sorted([each.id for each in report.parked]), leases.asked


def test_what_is_parked_in_a_part_that_was_lost_and_had_again_is_told_once() -> None:
    """A part that was lost in mid-run, and is had to the end in the second round, is reported as one run of it."""
    name, until = "bill/2025-04-08/0-256", later(NOON, LEASE_SECONDS)
    undisturbed, asks = parked(lambda _store, _asked: None)
    assert len(undisturbed) == 2

    def meddle(store: MemoryStore, asked: int) -> None:
        if asked == asks:
            store.release(name, "slow")
            store.lease(name, "new", NOON, until)
        if asked == asks + 1:
            store.release(name, "new")

    assert parked(meddle)[0] == undisturbed


def test_pages_in_two_threads_leave_the_collector_on() -> None:
    """Pages that overlap pause it once: it is off until the last of them ends, and then as it was before the first."""
    assert gc.isenabled()
    one, other = collector_paused(), collector_paused()
    seen: list[bool] = []
    for step in (one.__enter__, other.__enter__):
        step()
        seen.append(gc.isenabled())
    for end in (one.__exit__, other.__exit__):
        end(None, None, None)
        seen.append(gc.isenabled())
    assert seen == [False, False, False, True]
