"""A scripted spring of a small portfolio, in which nearly everything happens; only the billing is left to the caller."""

from collections.abc import Callable
from typing import Final

from altocore.billing.standing import StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.values.anchors import Cadence
from altocore.values.days import Day, add_days, day
from altocore.values.money import money
from altocore.workflows.ordering import service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World

LAST: Final = day(2025, 5, 6)
"""The last day of the spring."""


def january(world: World) -> None:
    """Let everybody in on 31 January: running services in two currencies, an order that is never paid, credit."""
    world.run("late")
    world.run("leaver", of=cast.BEN)
    world.run("debtor", of=cast.CLEO, plan=cast.STUDIO)
    world.run("quarter", cycle=Cadence.QUARTERLY)
    world.run("free", plan=cast.FREE)
    world.run("dinars", of=cast.DAN)
    world.order("never", of=cast.CLEO)
    world.pay(service_id("dinars"), 0, money("100.000", "KWD"))


def outside(world: World) -> None:
    """Let happen what comes from outside today, before the billing."""
    if world.today == day(2025, 2, 5):
        world.run("second")
    elif world.today == day(2025, 2, 20):
        world.pay(service_id("leaver"), 1, money("12000", "JPY"))
        world.cancel(service_id("leaver"))
    elif world.today == day(2025, 3, 1):
        world.pay(service_id("second"), 1, examples.usd("100.00"))
    elif world.today == day(2025, 3, 24):
        world.pay(service_id("late"), 1, examples.usd("300.00"))
    elif world.today == day(2025, 4, 25):
        world.pay(service_id("late"), 3)
    elif world.today == day(2025, 3, 28):
        world.take_last_notice(service_id("debtor"), 1)


def spring(world: World, bill: Callable[[World], object], *, last: Day = LAST) -> None:
    """Live from 31 January to the last day."""
    january(world)
    bill(world)
    while world.today < last:
        world.today = add_days(world.today, 1)
        outside(world)
        bill(world)


def check_spring(world: World) -> None:
    """See that the spring was one: who paid late is back, who left is gone, who owed is ended, what was free went on."""
    states = {key: world.state(service_id(key)) for key in ("late", "leaver", "debtor", "never", "free", "second")}
    assert states == {
        "late": ServiceState.ACTIVE,
        "leaver": ServiceState.CANCELLED,
        "debtor": ServiceState.TERMINATED,
        "never": ServiceState.CANCELLED,
        "free": ServiceState.ACTIVE,
        "second": ServiceState.SUSPENDED,
    }
    assert world.standing(service_id("debtor"), 1).state is StandingState.CANCELLED
    assert len(world.charged(service_id("free"))) == 4
    assert world.credit(cast.DAN) == 100_000 - 30_125 * 3
