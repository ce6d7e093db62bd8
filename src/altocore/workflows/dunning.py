"""An unpaid invoice takes the steps of its timeline whose day has come; a channel tells when it took the last notice."""

from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.invoices import Invoice, InvoiceKind
from altocore.billing.ledger import Posting
from altocore.billing.standing import Standing, StandingCommand
from altocore.billing.timeline import Stage, Step
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import Occasion, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document, Stored
from altocore.plans.messages import Message, MessageKind, MessageState, message
from altocore.plans.plan import Expect, Plan
from altocore.plans.reading import Ids, Reader
from altocore.policy.governing import invoice_edition
from altocore.policy.overdue import OVERDUE, StepsDue, StepsWaiting, decide_overdue
from altocore.terms.judgements import rests_on
from altocore.terms.parts import OverdueTerms
from altocore.workflows.closing import closed
from altocore.workflows.door import claim
from altocore.workflows.moving import lapsed, moved, suspended, with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.timelines import overdue_facts, with_next_step

__all__ = [
    "OverdueCase",
    "load_overdue",
    "notice_cause",
    "plan_overdue",
    "plan_standing_step",
    "prefetch_standings",
]

OverdueAnswer: TypeAlias = StepsDue | StepsWaiting


@final
@frozen(kw_only=True)
class OverdueCase:
    """An invoice with its standing, and its service."""

    standing: Stored[Standing] = field()
    invoice: Invoice = field()
    service: Stored[Service] = field()


def load_overdue(reader: Reader, standing: Stored[Standing]) -> OverdueCase:
    """Return the case of a standing whose step is due."""
    return OverdueCase(
        standing=standing,
        invoice=one(reader, Invoice, standing.document.id).document,
        service=one(reader, Service, standing.document.service),
    )


def plan_overdue(case: OverdueCase, rulebook: Rulebook, occasion: Occasion) -> Plan[OverdueAnswer]:
    """Return the plan of the steps that are due on this occasion, all in one."""
    standing, service = case.standing.document, case.service.document
    facts = overdue_facts(standing, service, occasion.day)
    terms = invoice_edition(rulebook.editions, standing.terms_edition).terms.overdue
    answer = decide_overdue(facts, terms)
    deed = claim("overdue", f"{standing.id}/{standing.steps_done}")
    rules = rests_on(OVERDUE, facts, terms)
    if isinstance(answer, StepsWaiting):
        return Plan(answer=answer, deed=deed, rests_on=rules)
    start = _Progress(standing=replace(standing, steps_done=answer.steps_done), service=service)
    told = tuple([_superseded(start, step, occasion) for step in answer.superseded if step.stage in _TELLING])
    progress = replace(start, messages=told)
    for step in answer.taken:
        progress = _taken(progress, step, case.invoice, occasion)
    return Plan(
        answer=answer,
        deed=deed,
        expects=(
            Expect(Standing, standing.id, case.standing.version),
            Expect(Service, service.id, case.service.version),
            *[Expect(ServiceEvent, event.id, 0) for event in progress.events],
        ),
        writes=_writes(progress, case, rulebook, terms),
        postings=progress.postings,
        messages=progress.messages,
        rests_on=rules,
        occasion=occasion,
    )


@final
@frozen(kw_only=True)
class _Progress:
    """Where the invoice and its service have come, step by step, and what that made happen."""

    standing: Standing = field()
    service: Service = field()
    events: tuple[ServiceEvent, ...] = field(default=())
    postings: tuple[Posting, ...] = field(default=())
    messages: tuple[Message, ...] = field(default=())


_TELLING: Final = {Stage.REMIND: MessageKind.REMINDER, Stage.LAST_NOTICE: MessageKind.LAST_NOTICE}
"""The stages that are nothing but a message."""


def notice_cause(step: Step) -> str:
    """Return what tells one reminder of an invoice from another: its stage, and its day from the due date."""
    return f"{step.stage.value}/{step.from_due_days}"


def _superseded(progress: _Progress, step: Step, occasion: Occasion) -> Message:
    standing = progress.standing
    return message(
        _TELLING[step.stage],
        standing.client,
        standing.id,
        notice_cause(step),
        occasion.day,
        MessageState.SUPERSEDED,
    )


def _taken(progress: _Progress, step: Step, invoice: Invoice, occasion: Occasion) -> _Progress:
    """Return the progress after one more step."""
    standing, service = progress.standing, progress.service
    match step.stage:
        case Stage.REMIND | Stage.LAST_NOTICE:
            return _told(progress, step, occasion)
        case Stage.GRANT_RIGHT:
            # The right is there from its day on, whoever may use it: nothing is done about it here.
            return progress
        case Stage.SUSPEND:
            return _happened(progress, *suspended(service, SuspensionReason.OVERDUE, occasion, standing.id))
        case Stage.TERMINATE:
            if SuspensionReason.OVERDUE not in service.suspensions:
                raise HistoryCorrupt(service.id, "its debt would end it and has not suspended it")
            over = replace(service, ending=None)
            command, why = ServiceCommand.TERMINATE, TerminationReason.DEBT
            return _happened(progress, *moved(over, command, occasion, standing.id, termination=why))
        case Stage.LET_DOMAIN_LAPSE:
            return _happened(progress, *lapsed(service, occasion, standing.id))
        case Stage.CANCEL_INVOICE | Stage.LAPSE_INVOICE:
            return _over(progress, step.stage, invoice, occasion)
        case _:
            assert_never(step.stage)


def _told(progress: _Progress, step: Step, occasion: Occasion) -> _Progress:
    """Return the progress after a reminder, or after the last notice, whose day is kept."""
    standing = progress.standing
    told = message(_TELLING[step.stage], standing.client, standing.id, notice_cause(step), occasion.day)
    after = replace(progress, messages=(*progress.messages, told))
    if step.stage is Stage.REMIND:
        return after
    return replace(after, standing=replace(standing, last_notice_queued=occasion.day))


_MOVING: Final = {
    ServiceState.SUSPENDED: MessageKind.SERVICE_SUSPENDED,
    ServiceState.TERMINATED: MessageKind.SERVICE_TERMINATED,
    ServiceState.CANCELLED: MessageKind.SERVICE_CANCELLED,
}
"""What is told of a service that an unpaid invoice has brought into this state."""


def _happened(progress: _Progress, service: Service, event: ServiceEvent) -> _Progress:
    lapses = event.command is ServiceCommand.LAPSE
    kind = MessageKind.DOMAIN_LAPSED if lapses else _MOVING[event.after]
    told = message(kind, service.client, service.id, event.id, event.day)
    return replace(
        progress,
        service=service,
        events=(*progress.events, event),
        messages=(*progress.messages, told),
    )


_CLOSING: Final = {
    Stage.CANCEL_INVOICE: (StandingCommand.CANCEL, MessageKind.INVOICE_CANCELLED),
    Stage.LAPSE_INVOICE: (StandingCommand.LAPSE, MessageKind.INVOICE_LAPSED),
}
"""The stages that close an invoice, by which command, and what the client is told."""


def _over(progress: _Progress, stage: Stage, invoice: Invoice, occasion: Occasion) -> _Progress:
    """Cancel the invoice, or let it lapse; an order that was never paid goes with its own (LIF-5)."""
    command, tells = _CLOSING[stage]
    standing, postings = closed(progress.standing, invoice, command, occasion.day)
    service = progress.service
    told = message(tells, standing.client, standing.id, standing.id, occasion.day)
    after = replace(
        progress,
        standing=standing,
        service=service.without(standing.id),
        postings=(*progress.postings, *postings),
        messages=(*progress.messages, told),
    )
    if service.state is ServiceState.PENDING and standing.kind is InvoiceKind.FIRST:
        return _happened(after, *moved(after.service, ServiceCommand.CANCEL, occasion, standing.id))
    return after


def _writes(progress: _Progress, case: OverdueCase, rulebook: Rulebook, terms: OverdueTerms) -> tuple[Document, ...]:
    """Return the documents that changed, each with its agenda derived anew."""
    standing = with_next_step(progress.standing, progress.service.faults, terms)
    if progress.service == case.service.document:
        return (standing,)
    return (standing, with_agenda(progress.service, rulebook.editions), *progress.events)


def prefetch_standings(reader: Reader, page: Sequence[Stored[Standing]]) -> None:
    """Read at once what the steps of this page will read one by one through the same overlay."""
    reader.select(Invoice, Ids(tuple([stored.document.id for stored in page])))
    reader.select(Service, Ids(tuple({stored.document.service for stored in page})))


def plan_standing_step(
    reader: Reader, standing: Stored[Standing], rulebook: Rulebook, occasion: Occasion
) -> Plan[OverdueAnswer]:
    """Return the plan of what is next for this invoice on this occasion."""
    return plan_overdue(load_overdue(reader, standing), rulebook, occasion)
