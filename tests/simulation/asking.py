"""What clients and staff ask for beside ordering, paying and leaving: one request each, done as in production."""

from typing import Final, TypeAlias, final

from attrs import evolve, field, frozen

from altocore.analysis import deeds
from altocore.lifecycle.events import Actor
from altocore.plans.plan import Claim
from altocore.policy.adjustment import AdjustmentAccepted
from altocore.policy.administrative_costs import AdministrativeCostsAccepted
from altocore.policy.cancellation import CancellationAccepted
from altocore.policy.discontinuation import DiscontinuationAccepted
from altocore.policy.fault import FaultAccepted
from altocore.policy.promise import PromiseAccepted
from altocore.policy.reactivation import ReactivationDue
from altocore.policy.suspension import SuspensionDue
from altocore.policy.taking_back import TakenBack
from altocore.policy.termination import TerminationGranted
from altocore.policy.write_off import WriteOffAccepted
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.workflows.adjusting import Adjustment, adjust_credit, adjustment_deed
from altocore.workflows.cancelling import CancellationRequest, request_deed
from altocore.workflows.costing import Costs, costs_deed
from altocore.workflows.discontinuing import Discontinuing
from altocore.workflows.door import Did, Result, claim
from altocore.workflows.faulting import Fault, fault_deed, record_fault
from altocore.workflows.ordering import Order, order_deed
from altocore.workflows.promising import PromiseToPay, promise_deed
from altocore.workflows.reactivating import Lifting
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.suspending import Suspending
from altocore.workflows.taking_back import TakingBack
from altocore.workflows.terminating import Terminating
from altocore.workflows.writing_off import GivenUp, write_off_deed
from tests.workflows.cast import occasion

__all__ = ["GRANTED", "Asks", "Request"]

Request: TypeAlias = deeds.Deed | Fault | Adjustment

GRANTED: Final = (
    AdjustmentAccepted,
    AdministrativeCostsAccepted,
    CancellationAccepted,
    DiscontinuationAccepted,
    FaultAccepted,
    PromiseAccepted,
    ReactivationDue,
    SuspensionDue,
    TakenBack,
    TerminationGranted,
    WriteOffAccepted,
)
"""The answers that promise something."""


def _claim(request: Request) -> Claim:  # noqa: C901, PLR0911  # one case for each request
    """Return what is claimed once it is told done."""
    match request:
        case Order():
            return order_deed(request)
        case CancellationRequest():
            return request_deed(request)
        case PromiseToPay():
            return promise_deed(request)
        case GivenUp():
            return write_off_deed(request)
        case Costs():
            return costs_deed(request)
        case Adjustment():
            return adjustment_deed(request)
        case Fault():
            return fault_deed(request)
        case Terminating():
            return claim("termination", request.key, request.service, request.reason.value, request.evidence)
        case Suspending():
            return claim("suspension", request.key, request.service, request.reason.value)
        case Lifting():
            return claim("lifting", request.key, request.service, request.reason.value)
        case TakingBack():
            return claim("taking_back", request.key, request.service)
        case Discontinuing():
            return claim("discontinuation", request.key, request.service)


@final
@frozen
class Asks:
    """Somebody asks for something; staff is named."""

    request: Request = field()
    actor: Actor = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (_claim(self.request),)

    @property
    def makes(self) -> tuple[()]:
        return ()

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        if isinstance(self.request, PromiseToPay) and self.request.until < today:
            # Nobody was there on the day: a promise for a day that is over is a mistake, and counts as a no.
            return Did(answer=None, numbers=())
        at = evolve(occasion(today, self.actor), by="staff-1" if self.actor is Actor.STAFF else "")
        match self.request:
            case Fault():
                return record_fault(store, rulebook, self.request, at)
            case Adjustment():
                return adjust_credit(store, rulebook, self.request, at)
            case _:
                return deeds.do(store, rulebook, self.request, at)
