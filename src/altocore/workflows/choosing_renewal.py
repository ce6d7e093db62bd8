"""The holder of a domain sets it not to renew, or to renew again: what it does where another service would be cancelled."""

from typing import TypeAlias, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.registrations import RenewalChoice
from altocore.lifecycle.service import Service
from altocore.plans.documents import Stored
from altocore.plans.messages import MessageKind, message
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Expect, Plan, chain
from altocore.plans.reading import Reader
from altocore.policy.renewal_choice import (
    RENEWAL_CHOICE,
    RenewalChoiceFacts,
    RenewalChoiceRefused,
    RenewalChosen,
    decide_renewal_choice,
)
from altocore.ports.store import Store
from altocore.terms.judgements import rests_on
from altocore.values.ids import ServiceId
from altocore.workflows.door import Result, claim, perform
from altocore.workflows.moving import with_agenda
from altocore.workflows.one import one
from altocore.workflows.rulebook import Rulebook
from altocore.workflows.stepping import missed_steps
from altocore.workflows.voiding import charged, voided

__all__ = ["SettingRenewal", "plan_renewal_choice", "set_renewal"]

RenewalChoiceAnswer: TypeAlias = RenewalChosen | RenewalChoiceRefused


@final
@frozen(kw_only=True)
class SettingRenewal:
    """What is asked. `key` is the caller's own name for this request: given twice, it is one request."""

    key: str = field()
    service: ServiceId = field()
    choice: RenewalChoice = field()


def set_renewal(
    store: Store, rulebook: Rulebook, request: SettingRenewal, occasion: Occasion
) -> Result[RenewalChoiceAnswer]:
    """Set a domain not to renew, or to renew again, once for each request.

    Raises:
        UnknownKey: the service is not stored.
        BadValue: the key was used before, for another service or another choice.
    """
    return perform(store, _deed(request), lambda reader: plan_renewal_choice(reader, request, rulebook, occasion))


def plan_renewal_choice(
    reader: Reader, request: SettingRenewal, rulebook: Rulebook, occasion: Occasion
) -> Plan[RenewalChoiceAnswer]:
    """Return the plan of a choice, and of what the domain's agenda then has due: its renewal, where that day has come.

    Raises:
        UnknownKey: the service is not stored.

    Source: CAN-5, `manual/cancellation`; DOM-1, `terms/12.d`.
    """
    overlay = Overlay(reader)
    chosen = _chosen(overlay, one(overlay, Service, request.service), request, rulebook, occasion)
    if not chosen.writes:
        return chosen
    overlay.apply(chosen)
    return chain(chosen.answer, chosen, *missed_steps(overlay, request.service, rulebook, occasion))


def _deed(request: SettingRenewal) -> Claim:
    return claim("renewal_choice", request.key, request.service, request.choice.value)


def _chosen(
    reader: Reader, stored: Stored[Service], request: SettingRenewal, rulebook: Rulebook, occasion: Occasion
) -> Plan[RenewalChoiceAnswer]:
    service, held = stored.document, stored.document.registration
    invoices, last = charged(reader, service)
    unpaid = last if last is not None and last.document.state is StandingState.OPEN else None
    facts = RenewalChoiceFacts(
        actor=occasion.actor,
        state=service.state,
        held=None if held is None else held.renewal,
        asked=request.choice,
        expiry=service.registered_until or occasion.day,
        unpaid=0 if unpaid is None else 1,
        voided=service.next_revision,
        today=occasion.day,
    )
    answer, rules = decide_renewal_choice(facts, None), rests_on(RENEWAL_CHOICE, facts, None)
    if isinstance(answer, RenewalChoiceRefused) or held is None:
        return Plan(answer=answer, deed=_deed(request), rests_on=rules)
    set_so = replace(service, registration=replace(held, renewal=request.choice))
    told = message(MessageKind.DOMAIN_RENEWAL_SET, service.client, service.id, request.key, occasion.day)
    plan: Plan[RenewalChoiceAnswer] = Plan(
        answer=answer,
        deed=_deed(request),
        expects=(
            Expect(Service, service.id, stored.version),
            *(() if last is None else (Expect(Standing, last.document.id, last.version),)),
        ),
        writes=(with_agenda(set_so, rulebook.editions),),
        messages=(told,),
        rests_on=rules,
        occasion=occasion,
    )
    if unpaid is None or not answer.voids:
        return plan
    shortened, after, postings = voided(set_so, unpaid.document, invoices, occasion.day)
    fallen = message(MessageKind.INVOICE_CANCELLED, service.client, after.id, request.key, occasion.day)
    return replace(
        plan,
        writes=(with_agenda(shortened, rulebook.editions), after),
        postings=postings,
        messages=(told, fallen),
    )
