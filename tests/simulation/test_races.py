"""What the simulation found, in as few steps as show it."""

from altocore.billing.invoices import Invoice
from altocore.lifecycle.events import Actor
from altocore.plans.documents import Document
from altocore.plans.reading import Ids, Which
from altocore.values.days import add_days
from altocore.workflows.day import bill_day
from altocore.workflows.ordering import service_id
from altocore.workflows.paying import take_payments
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.stores import BlindStore, MeddlingStore


def test_a_plan_falls_out_with_the_one_that_it_rests_on() -> None:
    """Two payments of one invoice in a file, and a reminder between planning and commit: 121.00 came in, no more."""
    world = cast.in_memory()
    world.order("o")
    service = service_id("o")
    first = world.notice(world.invoice(service, 0).id, examples.usd("100.00"))
    rest = world.notice(world.invoice(service, 0).id, examples.usd("21.00"))
    world.today = add_days(world.invoice(service, 0).due, -5)

    def remind(number: int) -> None:
        if number == 1:
            assert world.bill().committed == 1

    meddled = MeddlingStore(world.store, remind)
    report = take_payments(meddled, world.rulebook, [first, rest], world.at(Actor.GATEWAY))
    assert report.committed == 2
    assert cast.findings(world.store) == []
    assert world.standing(service, 0).settled.minor + world.credit() == 121_00


def test_a_payment_between_two_reads_parks_nothing() -> None:
    """A worker reads that the termination is due; the client pays and is back; then the worker reads the service."""
    world = cast.in_memory()
    service = world.run("o")
    world.bill_to(add_days(world.today, 60))
    world.take_last_notice(service, 1)
    due = world.standing(service, 1).next_step
    assert due is not None
    world.bill_to(add_days(due, -1))
    world.today = due
    paid: list[int] = []

    def pay_in_between(kind: type[Document], which: Which) -> bool:
        if kind is Invoice and isinstance(which, Ids) and not paid:
            paid.append(1)
            world.pay(service, 1)
        return False

    report = bill_day(BlindStore(world.store, pay_in_between), world.rulebook, world.at())
    assert paid
    assert report.parked == []
