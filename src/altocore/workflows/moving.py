"""Moving a service: the event of a command, and the service after it, with its agenda derived anew."""

from attrs import evolve as replace

from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion, ServiceEvent, decide
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.service import Service, next_service_step
from altocore.terms.editions import Editions
from altocore.terms.machines import Illegal

__all__ = ["moved", "with_agenda"]


def moved(service: Service, command: ServiceCommand, occasion: Occasion, cause: str) -> tuple[Service, ServiceEvent]:
    """Return the service after a command that its judgement has allowed, and the event of it.

    Raises:
        HistoryCorrupt: the table has no such move, so judgement and table disagree about what is stored.
    """
    event = decide(
        service=service.id,
        client=service.client,
        state=service.state,
        events=service.events,
        command=command,
        occasion=occasion,
        cause=cause,
    )
    if isinstance(event, Illegal):
        raise HistoryCorrupt(service.id, f"a service has no move {command.value} from {service.state.value}")
    return replace(service, state=event.after, events=event.number), event


def with_agenda(service: Service, editions: Editions) -> Service:
    """Return the service with its next step derived anew, under the edition of its last invoice."""
    notice_days = editions.of(service.terms_edition).terms.invoicing.renewal_notice_days
    return replace(service, next_step=next_service_step(service, notice_days))
