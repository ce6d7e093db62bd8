"""What staff does in a world, in one word each; every verb acts on the day at hand and returns the answer."""

from datetime import timedelta

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.costs import CostReason
from altocore.billing.promises import PromiseReason
from altocore.billing.standing import Standing
from altocore.billing.write_offs import WriteOffReason
from altocore.lifecycle.events import Actor
from altocore.lifecycle.faults import FaultReason
from altocore.testing.worlds import yes
from altocore.values.days import Day
from altocore.values.ids import ClientId, InvoiceId, ServiceId
from altocore.values.instants import Instant, from_datetime, start_of_day
from altocore.values.money import Money
from altocore.workflows.adjusting import Adjustment, AdjustmentAnswer, adjust_credit
from altocore.workflows.cancelling_invoices import InvoiceCancellationAnswer, cancel_invoice
from altocore.workflows.costing import Costs, CostsAnswer, invoice_costs
from altocore.workflows.faulting import Fault, FaultAnswer, record_fault
from altocore.workflows.one import one
from altocore.workflows.promising import PromiseAnswer, PromiseToPay, record_promise
from altocore.workflows.writing_off import GivenUp, WriteOffAnswer, write_off
from tests import cast as examples
from tests.workflows.cast import PROVIDER, World

TEN: Money = examples.usd("10.00")


def moment(on: Day, hours: int = 0, zone: str = PROVIDER.zone) -> Instant:
    """Return so many hours after the first instant of a day of the provider."""
    return from_datetime(start_of_day(on, zone) + timedelta(hours=hours))


def a_fault(service: ServiceId, start: Day, hours: int, *, key: str = "f1", zone: str = PROVIDER.zone) -> Fault:
    """Return a fault of so many hours, from the first instant of a day."""
    return Fault(
        key=key,
        service=service,
        start=moment(start, zone=zone),
        end=moment(start, hours, zone),
        reason=FaultReason.PAYMENT_CHANNEL_DOWN,
        reference="ticket 7",
    )


def fault(  # noqa: PLR0913  # what, when, who
    world: World, service: ServiceId, start: Day, hours: int, *, key: str = "f1", by: Actor = Actor.STAFF
) -> FaultAnswer:
    """Record a fault of so many hours."""
    told = a_fault(service, start, hours, key=key, zone=world.rulebook.provider.zone)
    return yes(record_fault(world.store, world.rulebook, told, world.at(by)))


def promise(world: World, invoice: InvoiceId, until: Day, *, key: str = "p1", by: Actor = Actor.STAFF) -> PromiseAnswer:
    """Record a promise to pay by a day."""
    told = PromiseToPay(key=key, invoice=invoice, until=until, reason=PromiseReason.SHORT_OF_MONEY)
    return yes(record_promise(world.store, world.rulebook, told, world.at(by)))


def give_up(world: World, invoice: InvoiceId, *, key: str = "w1", by: Actor = Actor.STAFF) -> WriteOffAnswer:
    """Write an invoice off."""
    told = GivenUp(key=key, invoice=invoice, reason=WriteOffReason.UNCOLLECTABLE, reference="case 3")
    return yes(write_off(world.store, world.rulebook, told, world.at(by)))


def adjust(  # noqa: PLR0913  # what, whose, who
    world: World,
    amount: Money = TEN,
    *,
    of: ClientId = examples.ANA,
    direction: Direction = Direction.UP,
    reason: AdjustmentReason = AdjustmentReason.GOODWILL,
    service: ServiceId | None = None,
    key: str = "a1",
    by: Actor = Actor.STAFF,
) -> AdjustmentAnswer:
    """Adjust a client's credit."""
    told = Adjustment(key=key, client=of, direction=direction, amount=amount, reason=reason, service=service)
    return yes(adjust_credit(world.store, world.rulebook, told, world.at(by)))


def call_off(
    world: World, invoice: InvoiceId, *, key: str = "x1", by: Actor = Actor.STAFF
) -> InvoiceCancellationAnswer:
    """Cancel an invoice on request."""
    return yes(cancel_invoice(world.store, world.rulebook, key, invoice, world.at(by)))


def costs(
    world: World, service: ServiceId, amount: Money = TEN, *, key: str = "c1", by: Actor = Actor.STAFF
) -> CostsAnswer:
    """Invoice administrative costs."""
    told = Costs(key=key, service=service, amount=amount, reason=CostReason.BANK_CHARGES)
    return yes(invoice_costs(world.store, world.rulebook, told, world.at(by)))


def standing(world: World, invoice: InvoiceId) -> Standing:
    """Return where an invoice stands."""
    return one(world.store, Standing, invoice).document
