"""What is done in a simulation beside what everybody does as always: the deed that is wanted, by whom, on which day."""

from typing import TypeAlias, assert_never, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor, Occasion
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.workflows.cancelling import CancellationRequest, cancel
from altocore.workflows.costing import Costs, invoice_costs
from altocore.workflows.discontinuing import Discontinuing, discontinue
from altocore.workflows.door import Result
from altocore.workflows.ordering import Order, order
from altocore.workflows.promising import PromiseToPay, record_promise
from altocore.workflows.reactivating import Lifting, lift
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.suspending import Suspending, suspend
from altocore.workflows.taking_back import TakingBack, take_back
from altocore.workflows.terminating import Terminating, terminate
from altocore.workflows.writing_off import GivenUp, write_off

__all__ = ["Deed", "Intended", "do"]

Deed: TypeAlias = (
    Order
    | CancellationRequest
    | TakingBack
    | Discontinuing
    | Suspending
    | Lifting
    | Terminating
    | PromiseToPay
    | GivenUp
    | Costs
)
"""What can be wanted: the production request, each with its own key."""


@final
@frozen(kw_only=True)
class Intended:
    """A deed, the day on which it is done, and who does it."""

    on: Day = field()
    actor: Actor = field()
    deed: Deed = field()


def do(store: Store, rulebook: Rulebook, deed: Deed, occasion: Occasion) -> Result[object]:  # noqa: C901, PLR0911  # one case for each deed
    """Do it, once however often it is asked for, and return what was told.

    Raises:
        UnknownKey: what it is about is not stored.
        Unavailable: the store failed.
    """
    match deed:
        case Order():
            return order(store, rulebook, deed, occasion)
        case CancellationRequest():
            return cancel(store, rulebook, deed, occasion)
        case TakingBack():
            return take_back(store, rulebook, deed, occasion)
        case Discontinuing():
            return discontinue(store, rulebook, deed, occasion)
        case Suspending():
            return suspend(store, rulebook, deed, occasion)
        case Lifting():
            return lift(store, rulebook, deed, occasion)
        case Terminating():
            return terminate(store, rulebook, deed, occasion)
        case PromiseToPay():
            return record_promise(store, rulebook, deed, occasion)
        case GivenUp():
            return write_off(store, rulebook, deed, occasion)
        case Costs():
            return invoice_costs(store, rulebook, deed, occasion)
        case _:
            assert_never(deed)
