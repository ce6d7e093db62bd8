"""A client takes a pending cancellation back: the service goes on, and a period that was voided for it is charged again."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import EndedBy, EndingTime, Service
from altocore.plans.messages import MessageKind, message
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Expect, Plan, chain
from altocore.plans.reading import Reader
from altocore.policy.governing import contract_edition
from altocore.policy.taking_back import TAKING_BACK, TakenBack, TakingBackFacts, TakingBackRefused, decide_taking_back
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.ending import EndingCase, load_ending
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import missed_steps

__all__ = ["TakingBack", "plan_taking_back", "take_back"]

TakingBackAnswer: TypeAlias = TakenBack | TakingBackRefused


@final
@frozen(kw_only=True)
class TakingBack:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request."""

    key: str = field()
    service: ServiceId = field()


def take_back(store: Store, rulebook: Rulebook, request: TakingBack, occasion: Occasion) -> Result[TakingBackAnswer]:
    """Take back the cancellation of a service, once for each request.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service.
    """
    return perform(store, _deed(request), lambda reader: plan_taking_back(reader, request, rulebook, occasion))


def plan_taking_back(
    reader: Reader, request: TakingBack, rulebook: Rulebook, occasion: Occasion
) -> Plan[TakingBackAnswer]:
    """Return the plan of a cancellation that is taken back, and of the renewals that its service's agenda then has due.

    Raises:
        UnknownKey: the service is not stored.

    Source: CAN-9, "taking back re-issues a voided renewal, due on the later of its own due day and issue + `due_days`".
    """
    overlay = Overlay(reader)
    undone = _undone(load_ending(overlay, one(overlay, Service, request.service)), request, rulebook, occasion)
    if not undone.writes:
        return undone
    overlay.apply(undone)
    return chain(undone.answer, undone, *missed_steps(overlay, request.service, rulebook, occasion))


def _deed(request: TakingBack) -> Claim:
    return claim("taking_back", request.key, request.service)


def _undone(case: EndingCase, request: TakingBack, rulebook: Rulebook, occasion: Occasion) -> Plan[TakingBackAnswer]:
    service = case.service.document
    facts = TakingBackFacts(
        state=service.state,
        pending=0 if service.ending is None else 1,
        by=EndedBy.CLIENT if service.ending is None else service.ending.by,
        time=EndingTime.END_OF_PERIOD if service.ending is None else service.ending.time,
        effective=occasion.day if service.ending is None else service.ending.effective,
        service_invoices=len(service.debts),
        client_invoices=sum(len(each.document.debts) for each in case.siblings),
        voided=service.next_revision,
        today=occasion.day,
    )
    terms = contract_edition(rulebook.editions, service, occasion.day).terms.cancellation
    answer, rules = decide_taking_back(facts, terms), rests_on(TAKING_BACK, facts, terms)
    if isinstance(answer, TakingBackRefused):
        return Plan(answer=answer, deed=_deed(request), rests_on=rules)
    told = message(MessageKind.CANCELLATION_TAKEN_BACK, service.client, service.id, request.key, occasion.day)
    return Plan(
        answer=answer,
        deed=_deed(request),
        expects=tuple([Expect(Service, each.document.id, each.version) for each in case.siblings]),
        writes=(with_agenda(replace(service, ending=None), rulebook.editions),),
        messages=(told,),
        rests_on=rules,
        occasion=occasion,
    )
