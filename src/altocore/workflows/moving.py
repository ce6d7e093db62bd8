"""Moving a service: the event of a command, and the service after it, with its agenda derived anew."""

from attrs import evolve as replace

from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Life, Occasion, ServiceEvent, decide, evolve
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.service import Service, next_service_step
from altocore.policy.governing import renewal_issue_day
from altocore.terms.editions import Editions
from altocore.terms.machines import Illegal
from altocore.values.anchors import boundary
from altocore.values.cycles import Once

__all__ = ["lapsed", "lifted", "moved", "suspended", "with_agenda"]


def moved(  # noqa: PLR0913, PLR0917  # a move says who, what, when and why
    service: Service,
    command: ServiceCommand,
    occasion: Occasion,
    cause: str,
    suspension: SuspensionReason | None = None,
    termination: TerminationReason | None = None,
) -> tuple[Service, ServiceEvent]:
    """Return the service after a command that its judgement has allowed, and the event of it.

    Raises:
        HistoryCorrupt: the table has no such move, so judgement and table disagree about what is stored.
    """
    life = Life(state=service.state, suspensions=service.suspensions)
    event = decide(
        service=service.id,
        client=service.client,
        life=life,
        events=service.events,
        command=command,
        occasion=occasion,
        cause=cause,
        suspension=suspension,
        termination=termination,
    )
    if isinstance(event, Illegal):
        raise HistoryCorrupt(service.id, f"a service has no move {command.value} from {service.state.value}")
    after = evolve(life, event)
    return replace(service, state=after.state, suspensions=after.suspensions, events=event.number), event


def suspended(
    service: Service, reason: SuspensionReason, occasion: Occasion, cause: str
) -> tuple[Service, ServiceEvent]:
    """Return the service after it is suspended for this reason, or for this one more, and the event of it."""
    further = service.state is ServiceState.SUSPENDED
    command = ServiceCommand.SUSPEND_FURTHER if further else ServiceCommand.SUSPEND
    after, event = moved(service, command, occasion, cause, suspension=reason)
    overloads = service.overloads + (reason is SuspensionReason.OVERLOAD)
    return replace(after, overloads=overloads), event


def lifted(service: Service, reason: SuspensionReason, occasion: Occasion, cause: str) -> tuple[Service, ServiceEvent]:
    """Return the service after this reason is lifted, active again where it was the last, and the event of it."""
    last = service.suspensions == (reason,)
    command = ServiceCommand.REACTIVATE if last else ServiceCommand.LIFT
    return moved(service, command, occasion, cause, suspension=reason)


def lapsed(service: Service, occasion: Occasion, cause: str) -> tuple[Service, ServiceEvent]:
    """Return the service of a domain after its time is over, and the event of it; no other end is pending then."""
    return moved(replace(service, ending=None), ServiceCommand.LAPSE, occasion, cause)


def with_agenda(service: Service, editions: Editions) -> Service:
    """Return the service with its next step derived anew from these editions; none before it has periods."""
    contract = service.contract
    if contract.anchor is None:
        return replace(service, next_step=None)
    issue = None
    if contract.cycle is not Once.ONE_TIME:
        start = boundary(contract.anchor, contract.cycle, service.last_period + 1)
        issue = renewal_issue_day(editions, service.terms_edition, start)
    return replace(service, next_step=next_service_step(service, issue))
