"""PAY-2: a client is shown what follows from its unpaid invoice, and the daily runs do just that."""

from typing import Final

import pytest

from altocore.errors import UnknownKey
from altocore.lifecycle.machine import ServiceState
from altocore.plans.messages import MessageKind
from altocore.policy.timelines import StepFate
from altocore.values.days import Day, add_days, day
from altocore.values.ids import InvoiceId
from altocore.workflows.enquiries import timeline_of
from tests.workflows import cast, staff
from tests.workflows.cast import World

DUE: Final = day(2025, 2, 27)


def after(days: int) -> Day:
    """Return the day so many days after the due date."""
    return add_days(DUE, days)


def test_the_runs_do_what_was_told(world: World) -> None:
    """PAY-2, PAY-18: told on one day with a fault and a promise behind it, and then lived."""
    service = world.run("o1")
    world.bill_to(after(4))
    invoice = world.invoice(service, 1).id
    staff.fault(world, service, after(2), 30)
    staff.promise(world, invoice, after(12))
    told = timeline_of(world.store, cast.ANA, invoice, world.today)
    planned = {step.stage.value: step.on for step in told if step.fate is StepFate.PLANNED}
    assert planned == {
        "suspend": after(13),
        "last_notice": after(29),
        "terminate": after(32),
        "cancel_invoice": after(62),
    }
    world.bill_to(after(29))
    world.take_last_notice(service, 1)
    world.bill_to(after(62))
    kinds = (MessageKind.SERVICE_SUSPENDED, MessageKind.LAST_NOTICE, MessageKind.SERVICE_TERMINATED)
    assert [on for on, _ in world.told(*kinds)] == [planned["suspend"], planned["last_notice"], planned["terminate"]]
    assert world.standing(service, 1).closed == planned["cancel_invoice"]
    assert world.state(service) is ServiceState.TERMINATED


def test_nobody_is_shown_what_is_anothers(world: World) -> None:
    """CLI-7: another client's invoice is as unknown as none."""
    service = world.run("o1")
    for client, invoice in ((cast.BEN, world.invoice(service, 0).id), (cast.ANA, InvoiceId("inv_no"))):
        with pytest.raises(UnknownKey):
            timeline_of(world.store, client, invoice, world.today)
