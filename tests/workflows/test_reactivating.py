"""A suspended service comes back once nothing of it is overdue; data taken over may hold several debts."""

from typing import Final

import attrs
import pytest

from altocore.adapters.memory import MemoryStore
from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import Standing
from altocore.lifecycle.machine import ServiceState
from altocore.policy.reactivation import ReactivationDue, ReactivationWithheld
from altocore.terms.reasons import Why
from altocore.values.days import Day, add_days, day
from altocore.values.ids import InvoiceId
from altocore.workflows.ordering import service_id
from altocore.workflows.reactivating import plan_reactivation
from tests.workflows import cast
from tests.workflows.corruptions import Corruption, plant

TODAY: Final = day(2025, 3, 10)


def with_another_debt(kind: InvoiceKind, due: Day) -> cast.World:
    """Return a world whose service is suspended, its own debt paid, and another one of this kind and due day open."""
    world = cast.world(MemoryStore())
    service = world.run("o1")
    world.bill_to(TODAY)
    other = attrs.evolve(world.standing(service, 1), id=InvoiceId("inv_other"), kind=kind, due=due)
    suspended = attrs.evolve(world.service(service), open_invoices=(other.id,))
    plant(world.store, Corruption(put=(suspended, other)))
    return world


@pytest.mark.parametrize(
    ("kind", "due", "comes_back"),
    [
        (InvoiceKind.RENEWAL, add_days(TODAY, -1), "no"),
        (InvoiceKind.RENEWAL, TODAY, "yes"),
        (InvoiceKind.RENEWAL, add_days(TODAY, 5), "yes"),
        (InvoiceKind.FIRST, add_days(TODAY, -1), "yes"),
    ],
    ids=["overdue", "due today", "due later", "of a kind that does not suspend"],
)
def test_another_debt_holds_it_back_where_it_is_overdue(kind: InvoiceKind, due: Day, comes_back: str) -> None:
    """PAY-14: "overdue invoices" are those past their due day whose kind suspends (PAY-16); each is expected as read."""
    world = with_another_debt(kind, due)
    service = service_id("o1")
    plan = plan_reactivation(world.store, service, "pay_1", world.rulebook, world.at())
    if comes_back == "no":
        assert isinstance(plan.answer, ReactivationWithheld)
        assert [each.why for each in plan.answer.reasons] == [Why.DEBT_UNPAID]
        assert plan.writes == ()
        return
    assert plan.answer == ReactivationDue(left=())
    assert {each.id for each in plan.expects if each.kind is Standing} == {"inv_other"}


def test_an_active_service_has_nothing_to_come_back_from() -> None:
    """LIF-3: suspended to active, and from nowhere else."""
    world = cast.world(MemoryStore())
    service = world.run("o1")
    plan = plan_reactivation(world.store, service, "pay_1", world.rulebook, world.at())
    assert isinstance(plan.answer, ReactivationWithheld)
    assert [each.why for each in plan.answer.reasons] == [Why.SERVICE_NOT_SUSPENDED]
    assert world.state(service) is ServiceState.ACTIVE
