"""What else befalls the clients of one seed, beside ordering, paying and leaving: drawn from names, as their habits are."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from altocore.billing.adjustments import AdjustmentReason, Direction
from altocore.billing.costs import CostReason
from altocore.billing.invoices import InvoiceKind, command_invoice_id
from altocore.billing.promises import PromiseReason
from altocore.billing.standing import Standing
from altocore.billing.write_offs import WriteOffReason
from altocore.clients.clients import Client
from altocore.lifecycle.events import Actor
from altocore.lifecycle.reasons import BREACHES, SuspensionReason, TerminationReason
from altocore.lifecycle.service import Service
from altocore.values.days import Day, add_days
from altocore.values.money import Money
from altocore.workflows.adjusting import Adjustment
from altocore.workflows.costing import Costs
from altocore.workflows.discontinuing import Discontinuing
from altocore.workflows.promising import PromiseToPay
from altocore.workflows.reactivating import Lifting
from altocore.workflows.suspending import Suspending
from altocore.workflows.taking_back import TakingBack
from altocore.workflows.terminating import Terminating
from altocore.workflows.writing_off import GivenUp
from tests.simulation.asking import Asks
from tests.simulation.habits import Habits
from tests.workflows.staff import a_fault

__all__ = ["of_client", "of_service", "of_standing"]

Wish: TypeAlias = tuple[Day, Asks]

SUSPENDED: Final = (SuspensionReason.OVERLOAD, SuspensionReason.FRAUD_RISK, SuspensionReason.ABUSE)
ENDED: Final = sorted(BREACHES)
STAFF: Final = Actor.STAFF


def of_client(habits: Habits, client: Client, today: Day) -> Iterator[Wish]:
    """Yield where a client's credit is adjusted by hand."""
    rng = habits.drawn(client.id, "adjusted")
    for direction, share in ((Direction.UP, 0.2), (Direction.DOWN, 0.15)):
        on, amount = add_days(today, rng.randrange(habits.days)), Money(rng.randint(1, 20_000), client.currency)
        if rng.random() < share:
            told = Adjustment(
                key=f"{client.id}/{direction}",
                client=client.id,
                direction=direction,
                amount=amount,
                reason=AdjustmentReason.GOODWILL,
            )
            yield on, Asks(told, STAFF)


def of_service(habits: Habits, service: Service) -> Iterator[Wish]:
    """Yield where a service is suspended and the reason lifted, ended or discontinued, faulted, or an end taken back."""
    rng, own, ordered = habits.drawn(service.id, "wishes"), service.id, service.contract.ordered
    for on in habits.leaving(service):
        if rng.random() < 0.4:
            after = add_days(on, rng.randrange(25))
            yield after, Asks(TakingBack(key=f"{own}/stay/{on}", service=own), Actor.CLIENT)
    for number in range(2):
        on, reason = add_days(ordered, rng.randrange(1, 400)), rng.choice(SUSPENDED)
        lasts = rng.choice((1, 3, 20, 45))
        if rng.random() < 0.15:
            yield on, Asks(Suspending(key=f"{own}/suspend{number}", service=own, reason=reason), STAFF)
            yield add_days(on, lasts), Asks(Lifting(key=f"{own}/lift{number}", service=own, reason=reason), STAFF)
    on, why = add_days(ordered, rng.randrange(1, 500)), rng.choice(ENDED)
    if rng.random() < 0.04:
        yield on, Asks(Terminating(key=f"{own}/end", service=own, reason=why), STAFF)
    if rng.random() < 0.08:
        yield add_days(on, 9), Asks(Discontinuing(key=f"{own}/over", service=own), STAFF)
    hours, began = rng.choice((1, 25, 80)), rng.randrange(1, 200)
    if rng.random() < 0.25:
        fault = a_fault(own, add_days(ordered, began), hours, key=f"{own}/fault")
        yield add_days(ordered, began + 4), Asks(fault, STAFF)


def of_standing(habits: Habits, standing: Standing) -> Iterator[Wish]:
    """Yield where an invoice is promised to be paid or given up, and where costs come beside a first one, unpaid or not."""
    rng, own, due = habits.drawn(standing.id, "wishes"), standing.id, standing.due
    on, days = add_days(due, rng.randrange(-3, 26)), rng.randrange(17)
    if rng.random() < 0.15:
        why = PromiseReason.SHORT_OF_MONEY
        told = PromiseToPay(key=f"{own}/promise", invoice=own, until=add_days(on, days), reason=why)
        yield on, Asks(told, STAFF)
    if rng.random() < 0.06:
        given_up = GivenUp(key=f"{own}/loss", invoice=own, reason=WriteOffReason.UNCOLLECTABLE)
        yield add_days(due, rng.randrange(66)), Asks(given_up, STAFF)
    if standing.kind is InvoiceKind.FIRST and rng.random() < 0.2:
        yield from _costs(standing, add_days(due, rng.randrange(120)), rng.randint(1, 5_000))


def _costs(standing: Standing, on: Day, minor: int) -> Iterator[Wish]:
    """Yield costs, and the right that they give where they stay unpaid for a month."""
    own, amount = f"{standing.service}/costs", Money(minor, standing.total.currency)
    yield on, Asks(Costs(key=own, service=standing.service, amount=amount, reason=CostReason.BANK_CHARGES), STAFF)
    right = Terminating(
        key=f"{own}/right",
        service=standing.service,
        reason=TerminationReason.ADMINISTRATIVE_COSTS,
        evidence=command_invoice_id(own),
    )
    yield add_days(on, 40), Asks(right, STAFF)
