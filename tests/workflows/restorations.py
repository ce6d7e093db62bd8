"""A service that ended for a debt, and the way back, in one word each."""

from altocore.billing.invoices import Invoice, invoice_id
from altocore.billing.standing import Standing
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ServiceState
from altocore.policy.restoration import RestorationGranted
from altocore.testing.worlds import yes
from altocore.values.days import add_days
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import InvoiceId, ServiceId
from altocore.workflows.one import one
from altocore.workflows.restoring import RestorationAnswer, Restoring, restore
from tests.workflows.cast import World


def terminated(world: World, key: str = "a") -> ServiceId:
    """Return a service whose first renewal stayed unpaid until the service was terminated for it, today."""
    service = world.run(key)
    while world.state(service) is not ServiceState.TERMINATED:
        world.today = add_days(world.today, 1)
        world.bill()
        if world.service(service).last_period and world.standing(service, 1).last_notice_queued == world.today:
            world.take_last_notice(service, 1)
    return service


def settled(world: World, key: str = "a") -> ServiceId:
    """Return a terminated service whose debt is paid."""
    service = terminated(world, key)
    world.pay(service, 1)
    return service


def asked(
    world: World,
    service: ServiceId,
    *,
    key: str = "back",
    rate: ExchangeRate | None = None,
    by: Actor = Actor.CLIENT,
) -> RestorationAnswer:
    """Ask for a restoration, and return the answer."""
    return yes(restore(world.store, world.rulebook, Restoring(key=key, service=service, rate=rate), world.at(by)))


def offer_id(service: ServiceId, *, contract: int = 2, attempt: int = 0) -> InvoiceId:
    """Return the id of the invoice that restores a service."""
    return invoice_id(service, contract, 0, attempt)


def offered(world: World, service: ServiceId, *, key: str = "back", contract: int = 2, attempt: int = 0) -> InvoiceId:
    """Have a restoration granted, and return its invoice."""
    assert isinstance(asked(world, service, key=key), RestorationGranted)
    return offer_id(service, contract=contract, attempt=attempt)


def invoice(world: World, of: InvoiceId) -> Invoice:
    """Return an invoice."""
    return one(world.store, Invoice, of).document


def standing(world: World, of: InvoiceId) -> Standing:
    """Return where an invoice stands."""
    return one(world.store, Standing, of).document
