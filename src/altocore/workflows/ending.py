"""A pending end takes effect on its day, a client's once the debt is paid, and the service ends."""

from typing import Final, TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.standing import Standing
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.service import EndedBy, Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Ids, OfClients, Reader
from altocore.policy.ending import ENDING, EndingDue, EndingFacts, EndingWaiting, decide_ending
from altocore.policy.governing import contract_edition
from altocore.terms.judgements import rests_on
from altocore.workflows.door import claim
from altocore.workflows.moving import moved, with_agenda
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.timelines import outliving

__all__ = ["EndingCase", "load_ending", "plan_ending"]

EndingAnswer: TypeAlias = EndingDue | EndingWaiting

_COMMANDS: Final = {EndedBy.CLIENT: ServiceCommand.CANCEL, EndedBy.PROVIDER: ServiceCommand.DISCONTINUE}
"""The move of an end, by who wants it: each has its own rule."""


@final
@frozen(kw_only=True)
class EndingCase:
    """A service whose end is pending, its unpaid invoices, and all services of its client, whose debts may count."""

    service: Stored[Service] = field()
    siblings: tuple[Stored[Service], ...] = field()
    unpaid: tuple[Stored[Standing], ...] = field()


def load_ending(reader: Reader, service: Stored[Service]) -> EndingCase:
    """Return the case of a service whose end is pending."""
    return EndingCase(
        service=service,
        siblings=tuple(reader.select(Service, OfClients((service.document.client,)))),
        unpaid=tuple(reader.select(Standing, Ids(service.document.open_invoices))),
    )


def plan_ending(case: EndingCase, rulebook: Rulebook, occasion: Occasion) -> Plan[EndingAnswer]:
    """Return the plan of a pending end on the day it may take effect.

    What the service still owes stays owed: of the timeline of such an invoice nothing is left but its own cancellation.

    Raises:
        HistoryCorrupt: no end is pending.
    """
    service = case.service.document
    if service.ending is None:
        raise HistoryCorrupt(service.id, "the service has no end pending")
    facts = EndingFacts(
        state=service.state,
        pending=1,
        by=service.ending.by,
        effective=service.ending.effective,
        service_invoices=len(service.debts),
        client_invoices=sum(len(each.document.debts) for each in case.siblings),
        today=occasion.day,
    )
    terms = contract_edition(rulebook.editions, service, occasion.day).terms.cancellation
    answer = decide_ending(facts, terms)
    deed = claim("ending", f"{service.id}/{service.contract.number}/{service.events + 1}")
    rules = rests_on(ENDING, facts, terms)
    if isinstance(answer, EndingWaiting):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    ended, event = moved(service, _COMMANDS[service.ending.by], occasion, deed.key)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            *[Expect(Service, each.document.id, each.version) for each in case.siblings],
            *[Expect(Standing, each.document.id, each.version) for each in case.unpaid],
            Expect(ServiceEvent, event.id, 0),
        ),
        writes=(
            with_agenda(replace(ended, ending=None), rulebook.editions),
            event,
            *outliving(case.unpaid, service, rulebook.editions),
        ),
        messages=(message(MessageKind.SERVICE_CANCELLED, service.client, service.id, event.id, occasion.day),),
        rests_on=rules,
        occasion=occasion,
    )
